/// The end of a ticked item: `✅ 2026-11-22 [[projects/etl]]`.
struct TickTail: Equatable {
  var text: String
  var date: String?
  var note: String?

  /// Parts the text of an item from its tail. A mark without a date behind it is text.
  init(_ line: String) {
    // The name of a block stays at the end of its line and is no part of the text.
    let written = Self.withoutBlockName(line)
    text = written
    guard let mark = written.ranges(of: "✅").last else { return }
    let tail = written[mark.upperBound...].drop { $0 == " " || $0 == "\u{FE0F}" }
    let day = tail.prefix(10)
    guard CalendarDay(String(day)) != nil else { return }
    var rest = tail.dropFirst(10).drop { $0 == " " }
    var note: String?
    if rest.hasPrefix("[["), let end = rest.firstRange(of: "]]") {
      let inside = rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound]
      note = String(inside.prefix { $0 != "|" && $0 != "#" })
      rest = rest[end.upperBound...].drop { $0 == " " }
    }
    guard rest.isEmpty else { return }
    var text = written[..<mark.lowerBound]
    while text.last == " " { text.removeLast() }
    self.text = String(text)
    date = String(day)
    self.note = note
  }

  /// Parts the lines of an item's first paragraph: the tail is at the end of the first.
  init(lines: [String]) {
    guard let first = lines.first else {
      self.init("")
      return
    }
    self.init(first)
    if lines.count > 1 {
      text = ([text] + lines.dropFirst()).joined(separator: " ")
    }
  }

  private static func withoutBlockName(_ line: String) -> String {
    guard let space = line.lastIndex(of: " ") else { return line }
    let last = line[line.index(after: space)...]
    guard last.hasPrefix("^"), isBlockName(last.dropFirst()) else { return line }
    var text = line[..<space]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  static func isBlockName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")
          || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") || $0 == UInt8(ascii: "-")
      }
  }

  /// The tail as it is written, with a space in front.
  static func written(date: String, note: String?) -> String {
    " ✅ \(date)" + (note.map { " [[\($0)]]" } ?? "")
  }
}
