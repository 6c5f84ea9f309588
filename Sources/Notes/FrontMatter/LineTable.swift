/// Where the lines of a text begin, to tell line and column of a byte.
///
/// Only a line feed ends a line, as in the rest of the program; other marks that YAML takes for line
/// breaks do not. Cost of a look-up: logarithmic in the number of lines.
struct LineTable {
  private let starts: [Int]
  private let offset: Int

  /// - Parameter offset: Added to every line number, for a block inside a larger text.
  init(_ bytes: [UInt8], offset: Int) {
    starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    self.offset = offset
  }

  func position(of index: Int) -> TextPosition {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return TextPosition(line: offset + low + 1, column: index - starts[low] + 1)
  }
}
