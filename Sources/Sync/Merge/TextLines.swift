/// A text cut into lines. Lines are compared without the bytes that end them.
struct TextLines {
  enum Ending: Equatable { case none, feed, carriage, mixed }

  let bytes: [UInt8]
  /// Each line with what ends it.
  let ranges: [Range<Int>]
  let ending: Ending
  /// Whether the last line is ended too; true for an empty text.
  let isEnded: Bool

  init(_ bytes: [UInt8]) {
    var ranges: [Range<Int>] = []
    var start = 0
    var feeds = 0
    var carriages = 0
    for (at, byte) in bytes.enumerated() where byte == 0x0A {
      ranges.append(start..<at + 1)
      if at > start, bytes[at - 1] == 0x0D { carriages += 1 } else { feeds += 1 }
      start = at + 1
    }
    isEnded = start == bytes.count
    if !isEnded { ranges.append(start..<bytes.count) }
    self.bytes = bytes
    self.ranges = ranges
    ending =
      feeds == 0 && carriages == 0
      ? .none : feeds == 0 ? .carriage : carriages == 0 ? .feed : .mixed
  }

  var count: Int { ranges.count }

  /// A line without what ends it.
  func line(_ index: Int) -> ArraySlice<UInt8> {
    var line = bytes[ranges[index]]
    if line.last == 0x0A {
      line.removeLast()
      if line.last == 0x0D { line.removeLast() }
    }
    return line
  }

  /// A line and what ends it.
  func whole(_ index: Int) -> ArraySlice<UInt8> { bytes[ranges[index]] }
}

/// Gives equal lines of several texts equal numbers.
struct LineNumbers {
  private var known: [ArraySlice<UInt8>: Int] = [:]

  mutating func numbers(of text: TextLines) -> [Int] {
    (0..<text.count).map { index in
      let line = text.line(index)
      if let number = known[line] { return number }
      known[line] = known.count
      return known.count - 1
    }
  }
}
