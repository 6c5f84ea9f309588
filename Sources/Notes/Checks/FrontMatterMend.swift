/// A change of one line that lets front matter be read which cannot be.
struct FrontMatterMend {
  var advice: String
  var splice: Splice

  /// The mend of a note whose front matter has an error; nil when no known one helps.
  ///
  /// Tried on the line of the error and on the one above: quotes around a value (`title: a: b`), and
  /// blanks for tabs. A mend counts only when the whole block can be read afterwards.
  static func find(_ note: Note) -> FrontMatterMend? {
    guard let error = note.frontMatter.error, note.frontMatter.format == .yaml else { return nil }
    for line in [error.position.line, error.position.line - 1] where line >= 2 {
      guard let range = range(of: line, in: note.bytes),
        range.upperBound <= note.frontMatter.bodyStart
      else { continue }
      let text = String(decoding: note.bytes[range], as: UTF8.self)
      for (advice, mended) in [
        ("quotes around the value mend it", quoted(text)),
        ("blanks for the tabs mend it", untabbed(text)),
      ] {
        guard let mended, mended != text else { continue }
        let splice = Splice(
          offset: range.lowerBound, removed: Array(note.bytes[range]), inserted: Array(mended.utf8))
        guard let edited = Splice.apply([splice], to: note.bytes) else { continue }
        let after = FrontMatter(edited)
        if after.error == nil, after.root != nil, after.duplicateKeys.isEmpty {
          return FrontMatterMend(advice: advice, splice: splice)
        }
      }
    }
    return nil
  }

  private static func range(of line: Int, in bytes: [UInt8]) -> Range<Int>? {
    var at = 0
    for _ in 1..<line {
      guard let feed = bytes[at...].firstIndex(of: 0x0A) else { return nil }
      at = feed + 1
    }
    var end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
    if end > at, bytes[end - 1] == 0x0D { end -= 1 }
    return at..<end
  }

  /// `key: value` with the value in quotes.
  private static func quoted(_ line: String) -> String? {
    guard let colon = line.firstRange(of: ": ") else { return nil }
    let value = line[colon.upperBound...].drop { $0 == " " }
    guard let first = value.first, !"\"'|>[{&*!".contains(first) || first == "*" || first == "!"
    else {
      return nil
    }
    return line[..<colon.upperBound] + YAMLText.quoted(String(value).withoutOuterSpaces)
  }

  private static func untabbed(_ line: String) -> String? {
    line.contains("\t") ? line.replacing("\t", with: "  ") : nil
  }
}
