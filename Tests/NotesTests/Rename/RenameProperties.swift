import TestSupport
import Testing

@testable import Notes

/// Renames in vaults made at random.
@Suite struct RenameProperties {
  private static let names = [
    "one", "two", "Three", "four five", "sechs-ß", "日記", "x.y", "🎉", "שלום עולם",
  ]
  private static let folders = ["", "a/", "b/", "a/c/", "d e/"]

  private func vault(
    _ generator: inout SeededGenerator, unique: Bool = false
  ) -> [String: String] {
    var notes: [String: String] = [:]
    if unique {
      // Every name once, and none at the top, where a path and a bare name are the same.
      for name in Self.names.shuffled(using: &generator) {
        notes[generator.pick(Array(Self.folders.dropFirst())) + name + ".md"] = ""
      }
    }
    let count = 4 + generator.below(8)
    while !unique, notes.count < count {
      notes[generator.pick(Self.folders) + generator.pick(Self.names) + ".md"] = ""
    }
    let paths = notes.keys.sorted()
    for path in paths {
      var text =
        generator.once(in: 3) ? "---\nup: \"[[\(stem(generator.pick(paths)))]]\"\n---\n" : ""
      for _ in 0..<generator.below(7) {
        text += link(to: generator.pick(paths), from: path, &generator)
        text += generator.pick([" ", "\n", "\n\n", " and ", "\r\n"])
      }
      notes[path] = text
    }
    return notes
  }

  private func stem(_ path: String) -> String { VaultPath(known: path).stem }

  private func link(
    to target: String, from source: String, _ generator: inout SeededGenerator
  ) -> String {
    let bare = String(target.dropLast(3))
    let dots = generator.once(in: 2) ? "./" : ""
    let relative = dots + LinkText.relative(target, from: VaultPath(known: source).folder)
    let encoded = GitHubSlug.percentEncoded(relative).replacing(" ", with: "%20")
    switch generator.below(9) {
    case 0: return "[[\(stem(target))]]"
    case 1: return "[[\(bare)]]"
    case 2: return "[[\(bare)|label]]"
    case 3: return "![[\(target)#part]]"
    case 4: return "[t](\(encoded))"
    case 5: return "[t](<\(relative)#x>)"
    case 6: return "[t](/\(GitHubSlug.percentEncoded(target)))"
    case 7: return "`[[\(stem(target))]]`"
    default: return "[[missing]] https://example.org/\(generator.below(9))"
    }
  }

  private func contents(_ vault: TestVault) throws -> [String: String] {
    var found: [String: String] = [:]
    func visit(_ folder: String) throws {
      for name in try vault.folder.names(in: folder) {
        let path = folder.isEmpty ? name : folder + "/" + name
        if FileSystem.isFolder(vault.folder.absolute(path)) {
          try visit(path)
        } else {
          found[path] = try vault.folder.text(path)
        }
      }
    }
    try visit("")
    return found
  }

  /// Where every link leads, by its source and its order there, in the names of before; nil for one
  /// that leads nowhere or could lead to several notes.
  private func targets(
    _ vault: TestVault, _ back: (String) -> String
  ) throws -> [String: String?] {
    var counts: [String: Int] = [:]
    var found: [String: String?] = [:]
    for link in NoteLinks(try vault.index()).all() {
      let source = back(link.source)
      counts[source, default: 0] += 1
      found["\(source) \(counts[source] ?? 0)"] = .some(link.path.map(back))
    }
    return found
  }

  private func expectSame(
    _ after: [String: String?], _ before: [String: String?], _ what: String
  ) {
    #expect(after.count == before.count, "\(what)")
    // What led nowhere, or could be several, may become clear when a name is given up.
    for (place, target) in before where target != nil {
      #expect(after[place] == target, "\(place): \(what)")
    }
  }

  private func move(_ vault: TestVault, _ a: VaultPath, _ b: VaultPath) throws {
    let log = ChangeLog(try vault.vault(), local: vault.cache.path + "/l")
    let rename = Rename(try vault.index())
    _ = try rename.perform(try rename.plan(a, to: b, moment: 0), log: log)
  }

  @Test(arguments: [UInt64(41), 42, 43, 44])
  func linksLeadWhereTheyLed(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let notes = vault(&generator)
      let vault = try TestVault(notes)
      let before = try targets(vault) { $0 }
      let bytes = try contents(vault)
      let from: String
      let to: String
      if generator.once(in: 4) {
        from = generator.pick(["a", "b", "d e"])
        to = generator.pick(["f", "a2", "g/h"])
        guard FileSystem.isFolder(vault.folder.absolute(from)) else { continue }
      } else {
        from = generator.pick(notes.keys.sorted())
        to =
          generator.pick(Self.folders + ["new/"])
          + generator.pick(["fresh", "fresh two", "ONE", "é"]) + ".md"
      }
      let (old, new) = (try VaultPath(from), try VaultPath(to))
      try move(vault, old, new)
      let after = try targets(vault) { path in
        VaultPath(known: path).moved(from: new, to: old)?.description ?? path
      }
      expectSame(after, before, "seed \(seed): \(from) to \(to) in \(notes)")
      let log = ChangeLog(try vault.vault(), local: vault.cache.path + "/l")
      _ = try log.undo { _, _ in }
      #expect(try contents(vault) == bytes)
      _ = try log.undo(again: true) { _, _ in }
      try move(vault, new, old)
      expectSame(try targets(vault) { $0 }, before, "back")
    }
  }

  @Test(arguments: [UInt64(51), 52, 53, 54])
  func thereAndBackIsByteIdentical(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let notes = vault(&generator, unique: true)
      let vault = try TestVault(notes)
      let bytes = try contents(vault)
      let old = try VaultPath(
        generator.once(in: 3)
          ? generator.pick(notes.keys.sorted().map { VaultPath(known: $0).topFolder })
          : generator.pick(notes.keys.sorted()))
      let isNote = VaultPath.isNote(old.name)
      let name = generator.pick(["fresh", "fresh two (3)", "é", "zwölf & mehr"])
      let new = try VaultPath(
        generator.pick(["new/", "a/new/", "f/g h/"]) + name + (isNote ? ".md" : ""))
      guard new.moved(from: old, to: old) == nil else { continue }
      try move(vault, old, new)
      try move(vault, new, old)
      let after = try contents(vault)
      for (path, text) in bytes {
        #expect(after[path] == text, "seed \(seed): \(old) to \(new): \(path)")
      }
      #expect(after.count == bytes.count)
    }
  }
}
