/// The cells of a line of a GitHub table.
enum TableRow {
  /// The number of cells in `range`; 0 when it is no row.
  static func cellCount(_ source: ByteView, _ range: Range<Int>) -> Int {
    let body = source.trimmed(range)
    guard !body.isEmpty else { return 0 }
    var pipes = 0
    for i in body where isBorder(source, i, body.lowerBound) { pipes += 1 }
    var count = pipes + 1
    if isBorder(source, body.lowerBound, body.lowerBound) { count -= 1 }
    if isBorder(source, body.upperBound - 1, body.lowerBound) { count -= 1 }
    return count
  }

  /// Whether `index` holds a `|` that is not escaped.
  static func isBorder(_ source: ByteView, _ index: Int, _ start: Int) -> Bool {
    source[index] == UInt8(ascii: "|")
      && (index == start || source[index - 1] != UInt8(ascii: "\\"))
  }

  /// Whether `range` is a delimiter row such as `| :-- | --- |`.
  static func isDelimiter(_ source: ByteView, _ range: Range<Int>) -> Bool {
    let body = source.trimmed(range)
    let end = body.upperBound
    var i = body.lowerBound
    func skipSpace() { while i < end, source[i] == 32 || source[i] == 9 { i += 1 } }
    if source.peek(i, end) == UInt8(ascii: "|") { i += 1 }
    while true {
      skipSpace()
      if source.peek(i, end) == UInt8(ascii: ":") { i += 1 }
      let dashes = i
      while i < end, source[i] == UInt8(ascii: "-") { i += 1 }
      guard i > dashes else { return false }
      if source.peek(i, end) == UInt8(ascii: ":") { i += 1 }
      skipSpace()
      if i == end { return true }
      guard source[i] == UInt8(ascii: "|") else { return false }
      i += 1
      skipSpace()
      if i == end { return true }
    }
  }
}
