/// Edits of TOML front matter, where they are safe: a key at the top, before the first table, that has
/// one value on its line. Lists, tables and texts over several lines are only read.
extension FrontMatterEdit {
  /// A line `key = value`, with or without a comment behind it.
  private struct Line {
    let name: String
    let value: Range<Int>
    let whole: Range<Int>
  }

  func settingTOML(_ key: String, to value: FrontMatterValue) throws(VaultError) -> [UInt8] {
    let (lines, end) = simpleLines
    guard case .text(let text) = value, Self.isOneLine(text) else {
      throw .unsafeEdit(
        path: path, reason: "its front matter is TOML, of which only single values are edited")
    }
    let isAsAsked: (YAMLNode?) -> Bool = { $0?.text == text }
    guard let node = frontMatter.root?[key] else {
      guard key.utf8.allSatisfy(Self.isBare), !key.isEmpty else {
        throw .unsafeEdit(path: path, reason: "\(key) cannot be a new key in TOML")
      }
      let line = Array("\(key) = \(Self.value(text))".utf8) + newline
      return try checked(replacing(end..<end, withBytes: line), at: [key], isAsAsked)
    }
    if node.text == text { return original }
    guard let line = lines.first(where: { $0.name.lowercased() == key.lowercased() }) else {
      throw .unsafeEdit(
        path: path, reason: "\(key) is no single value at the top of its TOML front matter")
    }
    let isQuoted = original[line.value.lowerBound] == UInt8(ascii: "\"")
    return try checked(
      replacing(line.value, with: isQuoted ? Self.quoted(text) : Self.value(text)), at: [line.name],
      isAsAsked)
  }

  func unsettingTOML(_ key: String) throws(VaultError) -> [UInt8] {
    guard let line = simpleLines.lines.first(where: { $0.name.lowercased() == key.lowercased() })
    else {
      throw .unsafeEdit(
        path: path, reason: "\(key) is no single value at the top of its TOML front matter")
    }
    return try checked(replacing(line.whole, withBytes: []), at: [line.name]) { $0 == nil }
  }

  /// The lines of single values before the first that is something else, and where a new one goes:
  /// behind the last of them.
  private var simpleLines: (lines: [Line], end: Int) {
    var lines: [Line] = []
    var end = frontMatter.content.lowerBound
    var at = end
    while at < frontMatter.content.upperBound {
      let range = lineRange(at: at)
      let whole = range.lowerBound..<min(range.upperBound, frontMatter.content.upperBound)
      if let line = simple(whole) {
        lines.append(line)
        end = whole.upperBound
      } else if !isBlankOrComment(whole) {
        break
      }
      at = whole.upperBound
    }
    return (lines, end)
  }

  private func simple(_ whole: Range<Int>) -> Line? {
    var at = whole.lowerBound
    func skipBlanks() {
      while at < whole.upperBound, original[at] == 0x20 || original[at] == 0x09 { at += 1 }
    }
    skipBlanks()
    let keyStart = at
    while at < whole.upperBound, Self.isBare(original[at]) { at += 1 }
    let name = String(decoding: original[keyStart..<at], as: UTF8.self)
    skipBlanks()
    guard !name.isEmpty, at < whole.upperBound, original[at] == UInt8(ascii: "=") else {
      return nil
    }
    at += 1
    skipBlanks()
    guard at < whole.upperBound else { return nil }
    let start = at
    let quote = original[at]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      at += 1
      while at < whole.upperBound, original[at] != quote {
        at += quote == UInt8(ascii: "\"") && original[at] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard at < whole.upperBound else { return nil }
      at += 1
      // Three quotes begin a text over several lines.
      if at < whole.upperBound, original[at] == quote { return nil }
    } else {
      while at < whole.upperBound, Self.isBare(original[at]) || ".:+".utf8.contains(original[at]) {
        at += 1
      }
    }
    let value = start..<at
    guard !value.isEmpty, isBlankOrComment(at..<whole.upperBound) else { return nil }
    return Line(name: name, value: value, whole: whole)
  }

  private func isBlankOrComment(_ range: Range<Int>) -> Bool {
    let first = original[range].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D && $0 != 0x0A }
    return first == nil || first == UInt8(ascii: "#")
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static func isOneLine(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }

  /// Numbers, truth values and whole dates as they are, everything else in quotes.
  private static func value(_ text: String) -> String {
    let isDate = NoteDate(text).map { $0.iso == text && text.utf8.count == 10 } ?? false
    return isDate || YAMLText.isTyped(text) ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
