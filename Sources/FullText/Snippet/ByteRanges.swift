/// Ascending ranges of bytes in a text, as a list of their ends: the library's list of ranges is a type
/// that takes longer to make than ten snippets.
public struct ByteRanges: Sendable, Equatable, RandomAccessCollection, ExpressibleByArrayLiteral {
  /// Each range's beginning and end.
  private var bounds: [Int] = []

  public init() {}

  public init(arrayLiteral ranges: Range<Int>...) {
    for range in ranges { append(range) }
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { bounds.count / 2 }

  public subscript(number: Int) -> Range<Int> { bounds[2 * number]..<bounds[2 * number + 1] }

  /// The end of the last range; 0 when there is none.
  var end: Int { bounds.last ?? 0 }

  mutating func append(_ range: Range<Int>) {
    bounds.append(range.lowerBound)
    bounds.append(range.upperBound)
  }

  /// Makes the last range end at `end`.
  mutating func extendLast(to end: Int) { bounds[bounds.count - 1] = end }
}
