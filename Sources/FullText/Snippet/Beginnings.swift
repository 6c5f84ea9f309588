/// What some terms begin with, to pass over the pieces of a text that can hold none of them.
///
/// Of each byte five bits are compared: capitals then are small letters. Beyond ASCII letters fold in
/// ways that only the analyser knows, and apostrophes inside words are left out of them.
struct Beginnings: Sendable {
  /// A bit for what the first three bytes of each term can be.
  private var places = [UInt64](repeating: 0, count: 512)
  /// Five bits of the first byte of each term, and above them of the second; `anything` for one that is
  /// not there. Numbers, for a list of vectors is a type that takes long to make.
  private var pairs = List<UInt16>()
  /// Whether the pairs say enough to go by them alone.
  private var isNarrow = true
  private static let anything: UInt8 = 0xFF
  /// With more pairs it is no quicker to look for them first.
  private static let mostPairs = 8
  private static let apostrophe = UInt8(ascii: "'")
  /// No term has this byte or one below it.
  private static let blank: UInt8 = 0x20

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

  /// Calls `body` with the pieces between blanks of a text's `range` that may hold a term, in order;
  /// the others surely hold none.
  @inline(__always)
  func forEachPiece(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    var at = quickLook(text, range)
    places.withUnsafeBufferPointer { places in
      while at < range.upperBound {
        if text[at] <= Self.blank {
          at &+= 1
          continue
        }
        let start = at
        var place = 0
        var mayBe = false
        while at < range.upperBound, text[at] > Self.blank {
          let byte = text[at]
          at &+= 1
          if mayBe || byte == Self.apostrophe { continue }
          place = (place &<< 5 | Int(byte & 31)) & 0x7FFF
          mayBe = byte >= 0x80 || places[place &>> 6] & 1 &<< UInt64(place & 63) != 0
        }
        // A term of one or two bytes may be the end of the piece.
        for _ in 0..<2 where !mayBe {
          place = place &<< 5 & 0x7FFF
          mayBe = places[place &>> 6] & 1 &<< UInt64(place & 63) != 0
        }
        if mayBe { body(start..<at) }
      }
    }
  }

  /// Where the first piece begins that needs a closer look; the end of `range` when none does.
  @inline(__always)
  private func quickLook(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    guard isNarrow, let base = text.baseAddress else { return range.lowerBound }
    var at = range.lowerBound
    // The bytes behind the range belong to the text too: at worst they want a closer look.
    while at < range.upperBound, at &+ 17 <= text.count {
      if mayBe(UnsafeRawPointer(base + at)) { break }
      at &+= 16
    }
    guard at < range.upperBound else { return range.upperBound }
    while at > range.lowerBound, text[at &- 1] > Self.blank { at &-= 1 }
    return at
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
}
