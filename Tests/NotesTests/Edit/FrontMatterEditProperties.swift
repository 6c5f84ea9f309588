import TestSupport
import Testing

@testable import Notes

/// Edits of front matter made at random, in the styles that people write.
@Suite struct FrontMatterEditProperties {
  private static let words = ["etl", "sql", "日記", "b/c", "é", "x-1", "Go", "emoji🎉", "data_eng"]

  private func scalar(_ word: String, _ generator: inout SeededGenerator) -> String {
    switch generator.below(4) {
    case 0: "'\(word)'"
    case 1: "\"\(word)\""
    default: word
    }
  }

  /// The lines of a list under `key`, never empty.
  private func list(_ key: String, _ generator: inout SeededGenerator) -> [String] {
    let items = Self.words.shuffled(using: &generator).prefix(1 + generator.below(4))
    let comment = generator.once(in: 4) ? " # why" : ""
    switch generator.below(5) {
    case 0:
      let space = generator.once(in: 2) ? " " : ""
      let joined = items.map { scalar($0, &generator) }.joined(separator: "," + space)
      return ["\(key): [\(space)\(joined)\(space)]\(comment)"]
    case 1:
      let indent = String(repeating: " ", count: generator.below(5))
      return ["\(key):\(comment)"]
        + items.map { "\(indent)- \(scalar($0, &generator))\(generator.once(in: 5) ? " # c" : "")" }
    case 2:
      let lines = items.map { "  \(scalar($0, &generator))," }
      return ["\(key): ["] + lines + ["]\(comment)"]
    case 3:
      return ["\(key): \(items.joined(separator: " "))\(comment)"]
    default:
      return ["\(key): \"\(items.joined(separator: ", "))\"\(comment)"]
    }
  }

  private func block(_ generator: inout SeededGenerator) -> [String] {
    let others = [
      ["title: \"A: é\""], ["# a comment"], [""], ["text: |", "  one", "  # two", ""],
      ["nested:", "  a: [1, 2]", "  b:", "    - c"], ["date: 2026-11-22 # day"],
      ["folded: >-", "  one", "  two"], ["quoted: 'it''s'"], ["empty:"],
    ].shuffled(using: &generator).prefix(generator.below(6))
    let tags = generator.once(in: 5) ? [] : list("tags", &generator)
    let at = generator.below(others.count + 1)
    return Array((others.prefix(at) + [tags] + others.dropFirst(at)).joined())
  }

  func randomNote(_ generator: inout SeededGenerator) -> String {
    let newline = generator.once(in: 3) ? "\r\n" : "\n"
    let mark = generator.once(in: 4) ? "\u{FEFF}" : ""
    let body = generator.pick(["", "# T", "\(newline)text\(newline)", "a\(newline)---\(newline)b"])
    if generator.once(in: 6) { return mark + body }
    let lines = ["---"] + block(&generator) + [generator.once(in: 5) ? "..." : "---"]
    return mark + lines.joined(separator: newline) + newline + body
  }

  /// Lines without their ends and without a byte order mark.
  private func lines(_ bytes: [UInt8]) -> [String] {
    bytes.filter { ![0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
      .split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private func difference(_ a: [UInt8], _ b: [UInt8]) -> (removed: Int, inserted: Int) {
    let changes = lines(b).difference(from: lines(a))
    return (changes.removals.count, changes.insertions.count)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func addingAndRemovingGivesTheSameBytesBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var edited = 0
    for _ in 0..<400 {
      let text = randomNote(&generator)
      let before = note(text)
      // An empty block is taken for one that adding a tag has made.
      let isEmptyBlock = before.frontMatter.format == .yaml && before.frontMatter.content.isEmpty
      guard before.frontMatter.error == nil, !isEmptyBlock else { continue }
      let edit = try FrontMatterEdit(before)
      let tag = generator.pick(["new", "new/tag", "ж", "1st"])
      guard let added = try? edit.adding([tag], to: edit.tagKey) else { continue }
      edited += 1
      let after = Note(path: before.path, bytes: added)
      #expect(after.frontMatterTags == before.frontMatterTags + [tag])
      #expect(
        after.frontMatter.entries.filter { $0.name != "tags" }.map(\.name)
          == before.frontMatter.entries.filter { $0.name != "tags" }.map(\.name))
      let start = before.frontMatter.bodyStart
      let change = difference(before.bytes, added)
      if before.frontMatter.format == .none {
        #expect(added.count > before.bytes.count)
        #expect(added.suffix(text.utf8.count - start).elementsEqual(before.bytes[start...]))
      } else {
        #expect(change.inserted == 1 && change.removed <= 1, "\(text)")
      }
      let removed = try FrontMatterEdit(after).removingTags([tag])
      #expect(removed == before.bytes, "\(text.debugDescription)")
    }
    #expect(edited > 350)
  }

  @Test(arguments: [UInt64(5), 6])
  func removingLeavesEverythingElseAsItWas(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let text = randomNote(&generator)
      let before = note(text)
      let tags = before.frontMatterTags
      guard before.frontMatter.error == nil, !tags.isEmpty else { continue }
      let gone = tags.shuffled(using: &generator).prefix(1 + generator.below(tags.count))
      let edited = try FrontMatterEdit(before).removingTags(Array(gone))
      let after = Note(path: before.path, bytes: edited)
      #expect(after.frontMatterTags == tags.filter { !gone.contains($0) }, "\(text)")
      // What goes is in the lines of the list; every other line stays, comments above all.
      let left = lines(edited)
      for line in lines(before.bytes) where line.hasPrefix("#") || line.hasPrefix("  #") {
        #expect(left.contains(line), "\(text)")
      }
    }
  }
}
