#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes that are addressed by their offsets in the source.
///
/// It borrows memory that its maker keeps alive; bounds are checked in debug builds only, as the
/// scanner's loops already compare with `end`.
struct ByteView {
  let base: UnsafePointer<UInt8>
  let origin: Int
  let end: Int

  @inline(__always) subscript(_ index: Int) -> UInt8 {
    assert(index >= origin && index < end)
    return base[index - origin]
  }

  /// The byte at `index`, or 0 at and after `limit`.
  @inline(__always) func peek(_ index: Int, _ limit: Int) -> UInt8 {
    index < limit ? self[index] : 0
  }

  /// The text of `range`, invalid UTF-8 repaired.
  func string(_ range: Range<Int>) -> String {
    assert(range.lowerBound >= origin && range.upperBound <= end)
    let start = base + (range.lowerBound - origin)
    return String(decoding: UnsafeBufferPointer(start: start, count: range.count), as: UTF8.self)
  }

  /// `range` without spaces, tabs and line ends on both sides.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, ASCII.isSpace(self[low]) { low += 1 }
    while high > low, ASCII.isSpace(self[high - 1]) { high -= 1 }
    return low..<high
  }

  /// Whether the bytes from `index` are `text`, ASCII letters compared without case.
  func matches(_ text: StaticString, at index: Int, _ limit: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index >= origin, index + count <= limit else { return false }
    let wanted = text.utf8Start
    for k in 0..<count where ASCII.lower(self[index + k]) != wanted[k] { return false }
    return true
  }

  /// The first place of `text` in `index..<limit`; `text` is in lower case, the bytes in any.
  func find(_ text: StaticString, from index: Int, _ limit: Int) -> Int? {
    let first = text.utf8Start[0]
    var i = index
    while i + text.utf8CodeUnitCount <= limit {
      if ASCII.lower(self[i]) == first, matches(text, at: i, limit) { return i }
      i += 1
    }
    return nil
  }
}

/// A piece of one line that belongs to a leaf block.
struct Segment: Sendable, Hashable {
  var start: Int
  /// The end without the line end.
  var end: Int
  /// Spaces before the first byte, left over from a tab that a container took in part.
  var padding: Int
}

/// Byte classes of ASCII.
enum ASCII {
  @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (byte >= 9 && byte <= 13)
  }
  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 }
  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  @inline(__always) static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte)
  }
  @inline(__always) static func isPunctuation(_ byte: UInt8) -> Bool {
    byte > 32 && byte < 127 && !isAlphanumeric(byte)
  }
  /// Whether `byte` is one of the characters of `set`; a few comparisons, no string is made.
  @inline(__always) static func isOne(of set: StaticString, _ byte: UInt8) -> Bool {
    let start = set.utf8Start
    for k in 0..<set.utf8CodeUnitCount where start[k] == byte { return true }
    return false
  }
  @inline(__always) static func lower(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 32 : byte
  }
}

extension ByteView {
  /// The first byte from `index` that may begin or end markup, or `limit`.
  @inline(__always)
  func nextMark(from index: Int, _ limit: Int) -> Int {
    typealias Bytes = SIMD16<UInt8>
    let raw = UnsafeRawPointer(base) - origin
    var i = index
    // Sixteen bytes at a time; what is behind the limit does not matter as long as it can be read.
    while i < limit, i + 16 <= end {
      let bytes = raw.loadUnaligned(fromByteOffset: i, as: Bytes.self)
      let three = Bytes(repeating: 3)
      var marks = (bytes &- Bytes(repeating: UInt8(ascii: "["))) .< three  // [ \\ ]
      marks .|= (bytes &- Bytes(repeating: UInt8(ascii: "#"))) .< three  // # $ %
      marks .|= bytes .== Bytes(repeating: UInt8(ascii: "\n"))
      marks .|= bytes .== Bytes(repeating: UInt8(ascii: "!"))
      marks .|= bytes .== Bytes(repeating: UInt8(ascii: ":"))
      marks .|= bytes .== Bytes(repeating: UInt8(ascii: "<"))
      marks .|= bytes .== Bytes(repeating: UInt8(ascii: "`"))
      marks .|= bytes .== Bytes(repeating: UInt8(ascii: "{"))
      let found = marks.firstSet
      if found < 16 { return min(i &+ found, limit) }
      i &+= 16
    }
    while i < limit, !Self.isMark(self[i]) { i &+= 1 }
    return min(i, limit)
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "["),
      UInt8(ascii: "!"), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ":"),
      UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "{"):
      true
    default: false
    }
  }

  /// The first `byte` in `index..<limit`, or `limit`.
  @inline(__always)
  func first(_ byte: UInt8, from index: Int, _ limit: Int) -> Int {
    let raw = UnsafeRawPointer(base) - origin
    let wanted = SIMD16<UInt8>(repeating: byte)
    var i = index
    while i < limit, i + 16 <= end {
      let found = (raw.loadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self) .== wanted).firstSet
      if found < 16 { return min(i &+ found, limit) }
      i &+= 16
    }
    while i < limit, self[i] != byte { i &+= 1 }
    return min(i, limit)
  }

  /// The first line feed at or after `index`, or the end.
  func lineFeed(from index: Int) -> Int {
    guard let found = memchr(base + (index - origin), 10, end - index) else { return end }
    return index + (UnsafeRawPointer(found) - UnsafeRawPointer(base + (index - origin)))
  }
}

extension SIMDMask where Storage == SIMD16<Int8> {
  /// The first lane that is set; 16 when none is.
  @inline(__always)
  fileprivate var firstSet: Int {
    let halves = unsafeBitCast(self, to: SIMD2<UInt64>.self)
    let (low, high) = (halves[0].littleEndian, halves[1].littleEndian)
    return low != 0 ? low.trailingZeroBitCount &>> 3 : 8 &+ high.trailingZeroBitCount &>> 3
  }
}
