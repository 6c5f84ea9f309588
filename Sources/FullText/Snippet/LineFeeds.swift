/// Counts line feeds, 16 bytes at a time.
enum LineFeeds {
  static func count(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    typealias Vector = SIMD16<UInt8>
    guard let base = bytes.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    let wanted = Vector(repeating: 0x0A)
    var total = 0
    var at = 0
    while at &+ 16 <= bytes.count {
      // A lane holds 255 at most.
      let last = min(bytes.count &- 16, at &+ 254 &* 16)
      var lanes = Vector(repeating: 0)
      while at <= last {
        let found = raw.loadUnaligned(fromByteOffset: at, as: Vector.self) .== wanted
        lanes = lanes &- unsafeBitCast(found, to: Vector.self)
        at &+= 16
      }
      let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
      total &+= sum(words[0]) &+ sum(words[1])
    }
    while at < bytes.count {
      if bytes[at] == 0x0A { total &+= 1 }
      at &+= 1
    }
    return total
  }

  /// The sum of eight bytes.
  @inline(__always)
  private static func sum(_ word: UInt64) -> Int {
    let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ (word &>> 8 & 0x00FF_00FF_00FF_00FF)
    return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
  }
}
