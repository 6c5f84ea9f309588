/// A value as a person gives it for a key of the front matter.
public enum FrontMatterValue: Equatable, Sendable {
  case text(String)
  case list([String])
  /// The key with nothing behind it.
  case empty
}

extension FrontMatterEdit {
  /// The note with `value` under `key`, which may name a nested key that is there: `params.weight`.
  ///
  /// A value that is there keeps its place, its quotes and the style of its list. A list stays one
  /// when a text comes in. A new key goes to the end of the block; a note without front matter gets a
  /// block with this key alone.
  public func setting(
    _ key: String, to value: FrontMatterValue
  ) throws(VaultError) -> [UInt8] {
    if frontMatter.format == .toml { return try settingTOML(key, to: value) }
    guard let (names, node) = find(key) else {
      guard Self.isPlainKey(key) else {
        throw .unsafeEdit(path: path, reason: "\(key) cannot be a new key")
      }
      return try checked(insertEntry(key + ":" + Self.text(of: value)), at: [key]) {
        Self.says($0, value)
      }
    }
    var value = value
    if case .sequence = node.value, case .text(let text) = value { value = .list([text]) }
    if Self.says(node, value) { return original }
    let edited: [UInt8]
    let base = frontMatter.content.lowerBound
    let range = (base + node.range.lowerBound)..<(base + node.range.upperBound)
    switch node.value {
    case .mapping:
      throw .unsafeEdit(path: path, reason: "\(key) holds keys of its own, not one value")
    case .sequence(let old, isFlow: false):
      if case .list(let items) = value, !items.isEmpty {
        edited = try replaceBlockList(old, items, key)
      } else {
        // The list goes from its first item to the end of its last; the line of the key stays.
        let start = Self.keyEnd(of: names, in: frontMatter).map { base + $0 }
        guard let start, let last = old.last, start <= range.lowerBound,
          original[start] == UInt8(ascii: ":")
        else { throw .unsafeEdit(path: path, reason: "\(key) is written in an unusual way") }
        let end = base + Self.end(of: last)
        guard !original[start..<end].contains(UInt8(ascii: "#")) else {
          throw .unsafeEdit(path: path, reason: "\(key) has comments in its list")
        }
        edited = replacing(start + 1..<end, with: Self.text(of: value))
      }
    case .sequence(let old, isFlow: true):
      let kept = Dictionary(
        old.map {
          ($0.text ?? "", original[(base + $0.range.lowerBound)..<(base + $0.range.upperBound)])
        },
        uniquingKeysWith: { first, _ in first })
      guard case .list(let items) = value else {
        edited = replacing(range, with: Self.inlineText(of: value))
        break
      }
      let texts = items.map { item in
        kept[item].map { String(decoding: $0, as: UTF8.self) } ?? YAMLText.flowScalar(item)
      }
      edited = replacing(range, with: "[" + texts.joined(separator: ", ") + "]")
    case .scalar(let text, let isPlain):
      edited = try replaceScalar(node, text, isPlain, range, with: value)
    }
    return try checked(edited, at: names) { Self.says($0, value) }
  }

  /// The note without `key`; a block that has nothing else goes with it.
  ///
  /// Throws `VaultError.noSuchKey` when it is not there.
  public func unsetting(_ key: String) throws(VaultError) -> [UInt8] {
    guard let (names, _) = find(key) else {
      throw .noSuchKey(key, path: path, present: frontMatter.entries.map(\.name))
    }
    guard names.count == 1, let name = names.first else {
      throw .unsafeEdit(path: path, reason: "\(key) is inside another value")
    }
    if frontMatter.format == .toml { return try unsettingTOML(name) }
    return try checked(removeEntry(name), at: names) { $0 == nil }
  }

  // MARK: - Places

  /// The entry that `key` names: one of that name, else one inside the mapping before a dot.
  private func find(_ key: String) -> (names: [String], node: YAMLNode)? {
    if let node = frontMatter.root?[key] { return ([key], node) }
    var node = frontMatter.root
    let names = key.split(separator: ".").map(String.init)
    guard names.count > 1 else { return nil }
    for name in names { node = node?[name] }
    return node.map { (names, $0) }
  }

  /// Where the key at `names` ends, in the block.
  private static func keyEnd(of names: [String], in frontMatter: FrontMatter) -> Int? {
    var entries = frontMatter.entries
    var end: Int?
    for name in names {
      guard let entry = entries.first(where: { $0.name.lowercased() == name.lowercased() }) else {
        return nil
      }
      end = entry.key.range.upperBound
      entries = entry.value.entries
    }
    return end
  }

  private func replaceScalar(
    _ node: YAMLNode, _ text: String, _ isPlain: Bool, _ range: Range<Int>,
    with value: FrontMatterValue
  ) throws(VaultError) -> [UInt8] {
    let style = range.isEmpty ? nil : original[range.lowerBound]
    if node.isNull, range.isEmpty {
      // The mark of an absent value stands behind the colon, or behind the blanks that follow it.
      var at = range.lowerBound
      while at > 0, original[at - 1] == 0x20 || original[at - 1] == 0x09 { at -= 1 }
      return replacing(at..<at, with: Self.text(of: value))
    }
    switch style {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      // A block of text ends where its last line does; what follows may be comments and blank lines.
      var end = range.upperBound
      while end > range.lowerBound, original[end - 1] == 0x0A || original[end - 1] == 0x0D {
        end -= 1
      }
      return replacing(range.lowerBound..<end, with: Self.inlineText(of: value))
    case UInt8(ascii: "'"):
      guard case .text(let new) = value, YAMLText.canBeSingleQuoted(new) else { break }
      return replacing(range, with: YAMLText.singleQuoted(new))
    case UInt8(ascii: "\""):
      guard case .text(let new) = value else { break }
      return replacing(range, with: YAMLText.quoted(new))
    case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
      throw .unsafeEdit(path: path, reason: "its value is an alias, or has an anchor or a tag")
    default: break
    }
    return replacing(range, with: Self.inlineText(of: value))
  }

  /// Lines of a list: those of items that stay keep their bytes, new ones are written like the first.
  private func replaceBlockList(
    _ old: [YAMLNode], _ items: [String], _ key: String
  ) throws(VaultError) -> [UInt8] {
    let base = frontMatter.content.lowerBound
    guard let first = old.first, let last = old.last, old.allSatisfy({ $0.text != nil }) else {
      throw .unsafeEdit(path: path, reason: "the list of \(key) holds more than words")
    }
    let firstStart = base + first.range.lowerBound
    let line = lineRange(at: firstStart)
    let prefix = original[line.lowerBound..<firstStart]
    guard prefix.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else {
      throw .unsafeEdit(path: path, reason: "the list of \(key) is written in an unusual way")
    }
    var kept: [String: [UInt8]] = [:]
    for item in old {
      let start = lineRange(at: base + item.range.lowerBound).lowerBound
      let end = lineRange(at: max(start, base + item.range.upperBound - 1)).upperBound
      kept[item.text ?? ""] = Array(original[start..<end])
    }
    var text: [UInt8] = []
    for item in items {
      text += kept[item] ?? prefix + Array(YAMLText.blockScalar(item).utf8) + newline
    }
    let end = lineRange(at: max(line.lowerBound, base + last.range.upperBound - 1)).upperBound
    return replacing(line.lowerBound..<end, withBytes: text)
  }

  // MARK: - Texts

  /// What stands behind `key:`, with the blank before it.
  private static func text(of value: FrontMatterValue) -> String {
    let text = inlineText(of: value)
    return text.isEmpty ? "" : " " + text
  }

  private static func inlineText(of value: FrontMatterValue) -> String {
    switch value {
    case .empty: ""
    case .text(let text): YAMLText.typedScalar(text)
    case .list(let items): "[" + items.map(YAMLText.flowScalar).joined(separator: ", ") + "]"
    }
  }

  private static func says(_ node: YAMLNode?, _ value: FrontMatterValue) -> Bool {
    guard let node else { return false }
    switch (node.value, value) {
    case (.scalar(let text, _), .text(let wanted)): return text == wanted && !node.isNull
    case (.scalar, .empty): return node.isNull
    case (.sequence(let items, _), .list(let wanted)):
      return items.map(\.text) == wanted.map(Optional.some)
    default: return false
    }
  }

  /// A key that needs no quotes: letters and digits first, then also `-`, `_`, `.` and blanks inside.
  private static func isPlainKey(_ key: String) -> Bool {
    YAMLText.isPlainSafe(key) && !key.contains(":") && key.utf8.count <= 200
  }
}
