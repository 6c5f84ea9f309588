/// The lines of a guide's file, for edits that touch one of them and nothing else.
///
/// A tick turns `- [ ] text` into `- [x] text ✅ 2026-11-22 [[note]]`; taking it back gives the same
/// bytes as before. Blanks at the end of the line, the name of a block there, and the line ending stay.
public struct GuideLines: Sendable {
  public private(set) var bytes: [UInt8]
  /// Where each line begins.
  private var starts: [Int]

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  /// The line ending of the file: that of its first line.
  public var newline: [UInt8] {
    guard let feed = bytes.firstIndex(of: 0x0A), feed > 0, bytes[feed - 1] == 0x0D else {
      return [0x0A]
    }
    return [0x0D, 0x0A]
  }

  /// The bytes of a line without its ending.
  private func range(of line: Int) -> Range<Int>? {
    guard line >= 1, line <= starts.count else { return nil }
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// A line as it is, without the blanks in front.
  func withoutIndent(_ line: Int) -> [UInt8] {
    guard let range = range(of: line) else { return [] }
    return Array(bytes[range].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") })
  }

  /// The byte between the brackets of the box of a line.
  private func box(in range: Range<Int>) -> Int? {
    var at = range.lowerBound
    func skip(_ isWanted: (UInt8) -> Bool) -> Int {
      let start = at
      while at < range.upperBound, isWanted(bytes[at]) { at += 1 }
      return at - start
    }
    // Quotes and items may stand on one line: `> - 1. [ ] text`.
    while at < range.upperBound {
      _ = skip { $0 == 0x20 || $0 == 0x09 }
      guard at < range.upperBound else { return nil }
      switch bytes[at] {
      case UInt8(ascii: ">"): at += 1
      case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"): at += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        _ = skip { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard at < range.upperBound,
          bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ")")
        else { return nil }
        at += 1
      case UInt8(ascii: "["):
        guard at + 2 < range.upperBound, bytes[at + 2] == UInt8(ascii: "]") else { return nil }
        return at + 1
      default: return nil
      }
    }
    return nil
  }

  /// Ticks the box of an item; false when its line has none.
  ///
  /// - Parameters:
  ///   - date: What stands behind it; nil for nothing.
  ///   - onlyBox: Leaves a tail that is there.
  public mutating func tick(
    _ item: GuideItem, date: String?, note: String?, onlyBox: Bool = false
  ) -> Bool {
    guard let line = range(of: item.line), let box = box(in: line) else { return false }
    let hasTail = item.doneOn != nil
    if hasTail, !onlyBox { removeTail(of: item.line) }
    bytes[box] = UInt8(ascii: "x")
    guard let date, !(hasTail && onlyBox) else { return true }
    guard let line = range(of: item.line) else { return true }
    let end = textEnd(of: line)
    insert(Array(TickTail.written(date: date, note: note).utf8), at: end)
    return true
  }

  /// Opens the box of an item and takes its tail away; false when its line has none.
  public mutating func untick(_ item: GuideItem) -> Bool {
    guard let line = range(of: item.line), let box = box(in: line) else { return false }
    bytes[box] = 0x20
    if item.doneOn != nil { removeTail(of: item.line) }
    return true
  }

  /// Where the text of a line ends: before blanks and before the name of a block.
  private func textEnd(of line: Range<Int>) -> Int {
    var end = line.upperBound
    while end > line.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    let text = bytes[line.lowerBound..<end]
    if let space = text.lastIndex(of: 0x20), space + 2 < end, bytes[space + 1] == UInt8(ascii: "^"),
      TickTail.isBlockName(Substring(decoding: bytes[(space + 2)..<end], as: UTF8.self))
    {
      end = space
      while end > line.lowerBound, bytes[end - 1] == 0x20 { end -= 1 }
    }
    return end
  }

  private mutating func removeTail(of line: Int) {
    guard let range = range(of: line) else { return }
    let mark = Array("✅".utf8)
    let end = textEnd(of: range)
    var at = end - mark.count
    while at >= range.lowerBound {
      if bytes[at..<(at + mark.count)].elementsEqual(mark) { break }
      at -= 1
    }
    guard at >= range.lowerBound else { return }
    if at > range.lowerBound, bytes[at - 1] == 0x20 { at -= 1 }
    bytes.removeSubrange(at..<end)
    shift(after: line, by: at - end)
  }

  private mutating func insert(_ new: [UInt8], at place: Int) {
    bytes.insert(contentsOf: new, at: place)
    let line = starts.lastIndex { $0 <= place } ?? 0
    shift(after: line + 1, by: new.count)
  }

  private mutating func shift(after line: Int, by distance: Int) {
    for index in starts.indices where index >= line { starts[index] += distance }
  }
}
