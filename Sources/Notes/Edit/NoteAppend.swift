internal import FullText
internal import Markup

/// Text added to a note behind what is there; every byte of the note stays.
///
/// A blank line is put in between, except where an item joins a list. Line endings and a missing
/// final newline are kept.
public struct NoteAppend: Sendable {
  private let note: Note

  public init(_ note: Note) { self.note = note }

  /// The note with `text` at its end.
  public func atEnd(_ text: String) throws(VaultError) -> [UInt8] {
    try refuseOpenFence(before: note.bytes.count)
    return insert(text, at: note.bytes.count)
  }

  /// The note with `text` at the end of the section under a heading, before the sections below it
  /// that stand at its own level or above.
  ///
  /// - Parameter isMade: A heading that is not there is written at the end of the note.
  public func under(
    _ heading: String, _ text: String, makingIt isMade: Bool = false
  ) throws(VaultError) -> [UInt8] {
    let wanted = Self.key(heading)
    let headings = note.markdown.headings
    let found = headings.indices.filter { Self.key(headings[$0].text) == wanted }
    guard let index = found.first else {
      if isMade { return try atEnd("## \(heading)\n\n\(text)") }
      let names = headings.map(\.text)
      throw .noSuchHeading(
        heading, path: note.path.description,
        similar: Similar.all(to: heading, among: names, limit: 3).isEmpty
          ? Array(names.prefix(8)) : Similar.all(to: heading, among: names, limit: 3))
    }
    guard found.count == 1 else {
      throw .ambiguousHeading(
        heading, path: note.path.description, lines: found.map { headings[$0].line })
    }
    let level = headings[index].level
    guard let next = headings[(index + 1)...].first(where: { $0.level <= level }) else {
      return try atEnd(text)
    }
    // Behind the last line of the section that is not blank.
    var end = lineStart(of: next.range.lowerBound)
    while end > 0 {
      let previous = lineStart(of: end - 1)
      guard note.bytes[previous..<end].allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) })
      else { break }
      end = previous
    }
    return insert(text, at: end)
  }

  /// Headings are told apart by their letters and digits, whatever the case.
  private static func key(_ heading: String) -> String {
    var text = heading[...]
    while text.first == "#" || text.first == " " { text.removeFirst() }
    return TextFolding.fold(String(text.split(separator: " ").joined(separator: " ")))
  }

  private func refuseOpenFence(before end: Int) throws(VaultError) {
    guard let last = note.markdown.codeBlocks.last, !last.isClosed,
      end >= last.contentRange.lowerBound
    else { return }
    throw .unsafeEdit(
      path: note.path.description,
      reason: "the code block that begins on line \(last.lines.lowerBound) is never closed")
  }

  private func lineStart(of offset: Int) -> Int {
    var at = offset
    while at > 0, note.bytes[at - 1] != 0x0A { at -= 1 }
    return at
  }

  private var newline: [UInt8] {
    guard let feed = note.bytes.firstIndex(of: 0x0A), feed > 0, note.bytes[feed - 1] == 0x0D else {
      return [0x0A]
    }
    return [0x0D, 0x0A]
  }

  private func insert(_ text: String, at offset: Int) -> [UInt8] {
    var text = text[...]
    while text.last?.isNewline == true { text.removeLast() }
    while text.first?.isNewline == true { text.removeFirst() }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var added: [UInt8] = []
    let before = note.bytes[..<offset]
    let endsLine = before.isEmpty || before.last == 0x0A
    let hasBody = offset > note.frontMatter.bodyStart || note.frontMatter.bodyStart == 0
    if !endsLine { added += newline }
    if !before.isEmpty, !endsInBlankLine(before), !(hasBody && joinsList(before, lines[0])) {
      added += newline
    }
    for (index, line) in lines.enumerated() {
      if index > 0 { added += newline }
      added += line.utf8.filter { $0 != 0x0D }
    }
    // A file that ended without a newline goes on doing so.
    if endsLine || offset < note.bytes.count { added += newline }
    // The section behind keeps the blank line before it.
    let behind = note.bytes[offset...]
    if offset < note.bytes.count, behind.first != 0x0A, behind.first != 0x0D { added += newline }
    return Array(before) + added + Array(behind)
  }

  private func endsInBlankLine(_ bytes: ArraySlice<UInt8>) -> Bool {
    var feeds = 0
    for byte in bytes.reversed() {
      if byte == 0x0A { feeds += 1 } else if byte != 0x0D, byte != 0x20, byte != 0x09 { break }
      if feeds == 2 { return true }
    }
    return false
  }

  /// Whether the last line is an item of the kind that the text begins with.
  private func joinsList(_ bytes: ArraySlice<UInt8>, _ line: Substring) -> Bool {
    guard let marker = Self.marker(line) else { return false }
    var end = bytes.endIndex
    while end > bytes.startIndex, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    // An item may go on over lines that are indented.
    while end > note.frontMatter.bodyStart {
      let start = lineStart(of: end)
      let last = String(decoding: bytes[start..<end], as: UTF8.self)
      if let found = Self.marker(last[...]) { return found == marker }
      guard last.hasPrefix(" ") || last.hasPrefix("\t"), start > note.frontMatter.bodyStart else {
        return false
      }
      end = start - 1
    }
    return false
  }

  /// The mark of a list item that a line begins with: `-`, `*`, `+`, or `1` for any number.
  private static func marker(_ line: Substring) -> Character? {
    if let first = line.first, "-*+".contains(first), line.dropFirst().first == " " { return first }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line.dropFirst(digits.count)
    return !digits.isEmpty && digits.count < 10 && (rest.hasPrefix(". ") || rest.hasPrefix(") "))
      ? "1" : nil
  }
}
