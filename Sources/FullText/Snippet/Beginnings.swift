/// What some terms begin with, to pass over the lines of a text that can hold none of them.
///
/// Of each byte five bits are compared: capitals then are small letters. Beyond ASCII letters fold in
/// ways that only the analyser knows, and apostrophes inside words are left out of them.
struct Beginnings: Sendable {
  /// A bit for what the first three bytes of each term can be.
  private var places = [UInt64](repeating: 0, count: 512)
  /// Five bits of the first byte of each term, and above them of the second; `anything` for one that is
  /// not there. Numbers, for a list of vectors is a type that takes long to make.
  private var pairs: [UInt16] = []
  /// Whether the pairs say enough to go by them alone.
  private var isNarrow = true
  private static let anything: UInt8 = 0xFF
  /// With more pairs it is no quicker to look for them first.
  private static let mostPairs = 8
  private static let apostrophe = UInt8(ascii: "'")

  mutating func add(_ term: [UInt8]) {
    guard let first = term.first else { return }
    let seconds: ClosedRange<UInt8> = term.count > 1 ? term[1]...term[1] : 0...31
    let thirds: ClosedRange<UInt8> = term.count > 2 ? term[2]...term[2] : 0...31
    for second in seconds {
      for third in thirds {
        let place = Int(first & 31) << 10 | Int(second & 31) << 5 | Int(third & 31)
        places[place >> 6] |= 1 << UInt64(place & 63)
      }
    }
    let second = term.count > 1 ? term[1] & 31 : Self.anything
    // The end of a line and its beginning look like zeros.
    if first & 31 == 0 || second == 0 { isNarrow = false }
    let pair = UInt16(second) << 8 | UInt16(first & 31)
    if !pairs.contains(pair) { pairs.append(pair) }
    if pairs.count > Self.mostPairs { isNarrow = false }
  }

  /// Whether the line that is the `range` of a text may hold a term; false is certain.
  func mayBe(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let base = text.baseAddress else { return mayBe(text) }
    var at = range.lowerBound
    if isNarrow {
      // The bytes behind the line belong to the text too: at worst they want a closer look.
      while at < range.upperBound, at &+ 17 <= text.count {
        if mayBe(UnsafeRawPointer(base + at)) { break }
        at &+= 16
      }
      if at >= range.upperBound { return false }
      at = max(range.lowerBound, at &- 2)
    }
    return mayBe(UnsafeBufferPointer(start: base + at, count: range.upperBound &- at))
  }

  /// Whether one of the pairs begins in 16 bytes, or something that they do not tell of is there.
  @inline(__always)
  private func mayBe(_ bytes: UnsafeRawPointer) -> Bool {
    typealias Vector = SIMD16<UInt8>
    let here = bytes.loadUnaligned(as: Vector.self)
    let next = bytes.loadUnaligned(fromByteOffset: 1, as: Vector.self)
    let low = Vector(repeating: 31)
    let (left, right) = (here & low, next & low)
    let beyond = unsafeBitCast(here, to: SIMD2<UInt64>.self) & 0x8080_8080_8080_8080
    var found = here .== Vector(repeating: Self.apostrophe)
    for pair in pairs {
      var begins = left .== Vector(repeating: UInt8(truncatingIfNeeded: pair))
      let second = UInt8(truncatingIfNeeded: pair &>> 8)
      if second != Self.anything { begins = begins .& (right .== Vector(repeating: second)) }
      found = found .| begins
    }
    let any = unsafeBitCast(found, to: SIMD2<UInt64>.self) | beyond
    return any[0] | any[1] != 0
  }

  /// Whether three bytes of `line`, one after another, can be the beginning of a term.
  private func mayBe(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    places.withUnsafeBufferPointer { places in
      var place = 0
      for byte in line {
        if byte >= 0x80 { return true }
        if byte == Self.apostrophe { continue }
        place = (place &<< 5 | Int(byte & 31)) & 0x7FFF
        if places[place &>> 6] & 1 &<< UInt64(place & 63) != 0 { return true }
      }
      // A term of one or two bytes may be the end of the line.
      for _ in 0..<2 {
        place = place << 5 & 0x7FFF
        if places[place >> 6] & 1 << UInt64(place & 63) != 0 { return true }
      }
      return false
    }
  }
}
