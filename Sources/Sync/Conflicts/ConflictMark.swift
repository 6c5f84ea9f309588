internal import Notes

/// What a copy says about itself, and what the note that stayed says about the copy.
enum ConflictMark {
  static let keys = ["conflict_of", "conflict_device", "conflict_time"]
  static let linkKey = "conflicts"

  /// The version with keys that say what it is; unchanged where front matter cannot be written.
  static func marking(_ note: [UInt8], of path: String, _ side: MergeSide) -> [UInt8] {
    let frontMatter = FrontMatter(note)
    guard frontMatter.error == nil else { return note }
    let end: [UInt8] = TextLines(note).ending == .carriage ? [0x0D, 0x0A] : [0x0A]
    var lines: [String] = ["conflict_of: " + YAMLText.blockScalar(path)]
    if !side.device.isEmpty {
      lines.append("conflict_device: " + YAMLText.blockScalar(side.device))
    }
    lines.append("conflict_time: " + LocalTime.utc(seconds: side.time))
    let block = lines.flatMap { Array($0.utf8) + end }
    var bytes = note
    switch frontMatter.format {
    case .yaml:
      guard frontMatter.root != nil || frontMatter.content.isEmpty else { return note }
      let at = frontMatter.content.upperBound
      bytes.insert(contentsOf: block, at: at)
    case .none:
      let fence = Array("---".utf8) + end
      bytes.insert(contentsOf: fence + block + fence + end, at: frontMatter.bodyStart)
    case .toml, .json: return note
    }
    let after = FrontMatter(bytes)
    return after.error == nil && after.duplicateKeys.isEmpty ? bytes : note
  }

  /// A copy without what `marking` added.
  static func unmarking(_ copy: [UInt8]) -> [UInt8] {
    let frontMatter = FrontMatter(copy)
    guard frontMatter.format == .yaml, frontMatter.error == nil else { return copy }
    let names = Set(frontMatter.entries.map(\.name))
    guard names.contains(keys[0]) else { return copy }
    var content: [UInt8] = []
    let text = TextLines(Array(copy[frontMatter.content]))
    for index in 0..<text.count {
      let line = String(decoding: text.line(index), as: UTF8.self)
      if keys.contains(where: { line.hasPrefix($0 + ":") }) { continue }
      content += text.whole(index)
    }
    if content.isEmpty, names.isSubset(of: Set(keys)) {
      var body = copy[frontMatter.bodyStart...]
      if body.starts(with: [0x0D, 0x0A]) {
        body = body.dropFirst(2)
      } else if body.first == 0x0A {
        body = body.dropFirst()
      }
      let mark: [UInt8] = copy.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
      return mark + body
    }
    return copy[..<frontMatter.content.lowerBound] + content
      + copy[frontMatter.content.upperBound...]
  }

  static func link(to copy: String) -> String {
    let name = copy.split(separator: "/").last.map(String.init) ?? copy
    return "[[" + (name.hasSuffix(".md") ? String(name.dropLast(3)) : name) + "]]"
  }

  /// The note with a link to the copy; unchanged where its front matter cannot be written.
  static func linking(_ note: [UInt8], to copy: String) -> [UInt8] {
    edit(note) { edit throws(VaultError) in try edit.adding([link(to: copy)], to: linkKey) }
  }

  /// The note without the link to the copy.
  static func unlinking(_ note: [UInt8], from copy: String) -> [UInt8] {
    edit(note) { edit throws(VaultError) in try edit.removing([link(to: copy)], from: linkKey) }
  }

  private static func edit(
    _ note: [UInt8], _ change: (FrontMatterEdit) throws(VaultError) -> [UInt8]
  ) -> [UInt8] {
    do throws(VaultError) {
      return try change(FrontMatterEdit(Note(path: VaultPath("merge.md"), bytes: note)))
    } catch {
      return note
    }
  }
}
