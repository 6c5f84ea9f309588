/// Numbers of one width side by side, least significant bit first.
///
/// Readers look up to 8 bytes behind the packed bytes; in a segment file the section table always
/// stands there.
enum BitPacking {
  /// The bits that `value` needs.
  @inline(__always)
  static func width(_ value: UInt32) -> Int { 32 - value.leadingZeroBitCount }

  /// The bytes that `count` numbers of `width` bits take.
  @inline(__always)
  static func byteCount(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }

  /// Reads `count` numbers of `width` bits (0 to 32) from `bytes`.
  @inline(__always)
  static func unpack(
    _ bytes: UnsafePointer<UInt8>, count: Int, width: Int,
    into values: UnsafeMutablePointer<UInt32>
  ) {
    if width == 0 {
      values.update(repeating: 0, count: count)
      return
    }
    let raw = UnsafeRawPointer(bytes)
    let mask: UInt64 = 1 &<< UInt64(width) &- 1
    var bit = 0
    for index in 0..<count {
      let word = UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self))
      values[index] = UInt32(truncatingIfNeeded: (word &>> UInt64(bit & 7)) & mask)
      bit &+= width
    }
  }
}

/// 128 numbers of one width in four lanes: number i is in lane i mod 4, and each lane is a stream of
/// 32-bit words, so that four numbers are unpacked at a time.
enum LanePacking {
  static let count = 128

  @inline(__always)
  static func byteCount(width: Int) -> Int { 16 * width }

  /// Writes the low `width` bits (0 to 32) of 128 numbers.
  static func pack(_ values: UnsafePointer<UInt32>, width: Int, to buffer: inout ByteBuffer) {
    guard width > 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 16) { room in
      let out = room.baseAddress!
      let raw = UnsafeRawPointer(values)
      let mask = SIMD4<UInt32>(
        repeating: UInt32(truncatingIfNeeded: UInt64(1) &<< UInt64(width) &- 1))
      var word = SIMD4<UInt32>(repeating: 0)
      var filled = 0
      var at = 0
      for row in 0..<32 {
        let value =
          raw.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self) & mask
        word |= value &<< SIMD4(repeating: UInt32(truncatingIfNeeded: filled))
        filled &+= width
        if filled < 32 { continue }
        out.storeBytes(of: word, toByteOffset: at, as: SIMD4<UInt32>.self)
        at &+= 16
        filled &-= 32
        word =
          filled == 0
          ? SIMD4(repeating: 0)
          : value &>> SIMD4(repeating: UInt32(truncatingIfNeeded: width &- filled))
      }
      let bytes = UnsafeRawBufferPointer(start: out, count: at)
      buffer.append(bytes.assumingMemoryBound(to: UInt8.self))
    }
  }

  /// Reads 128 numbers of `width` bits (0 to 32).
  @inline(__always)
  static func unpack(
    _ bytes: UnsafePointer<UInt8>, width: Int, into values: UnsafeMutablePointer<UInt32>
  ) {
    let out = UnsafeMutableRawPointer(values)
    if width == 0 {
      values.update(repeating: 0, count: count)
      return
    }
    let raw = UnsafeRawPointer(bytes)
    let mask = SIMD4<UInt32>(
      repeating: UInt32(truncatingIfNeeded: UInt64(1) &<< UInt64(width) &- 1))
    var bit = 0
    for row in 0..<32 {
      let at = (bit &>> 5) &* 16
      let shift = UInt32(truncatingIfNeeded: bit & 31)
      var value =
        raw.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt32>.self)
        &>> SIMD4(repeating: shift)
      if Int(shift) &+ width > 32 {
        value |=
          raw.loadUnaligned(fromByteOffset: at &+ 16, as: SIMD4<UInt32>.self)
          &<< SIMD4(repeating: 32 &- shift)
      }
      out.storeBytes(of: value & mask, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
      bit &+= width
    }
  }

  /// Turns 128 gaps, each counted from the number after the one before, into numbers from `start`.
  @inline(__always)
  static func sum(_ values: UnsafeMutablePointer<UInt32>, from start: UInt32) {
    let raw = UnsafeMutableRawPointer(values)
    var last = start &- 1
    for row in 0..<32 {
      var value = raw.load(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self)
      value &+= SIMD4(repeating: 1)
      value &+= SIMD4(0, value.x, value.y, value.z)
      value &+= SIMD4(0, 0, value.x, value.y)
      value &+= SIMD4(repeating: last)
      last = value.w
      raw.storeBytes(of: value, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }
  }
}

/// Collects bits, least significant first.
struct BitWriter {
  private var pending: UInt64 = 0
  private var pendingCount = 0

  /// Adds the low `count` bits (0 to 32) of `value`, which has no others.
  @inline(__always)
  mutating func put(_ value: UInt32, _ count: Int, to buffer: inout ByteBuffer) {
    pending |= UInt64(value) &<< UInt64(pendingCount)
    pendingCount += count
    while pendingCount >= 8 {
      buffer.byte(UInt8(truncatingIfNeeded: pending))
      pending &>>= 8
      pendingCount -= 8
    }
  }

  /// Fills the last byte with zeros.
  mutating func finish(_ buffer: inout ByteBuffer) {
    if pendingCount > 0 { buffer.byte(UInt8(truncatingIfNeeded: pending)) }
    pending = 0
    pendingCount = 0
  }
}

/// The Rice code: a quotient in unary, then `parameter` low bits; near the best for gaps.
///
/// A quotient q is q zeros and a one. 24 zeros and a one announce the number itself in 32 bits.
/// Source: Rice and Plaunt (1971).
enum RiceCode {
  static let mostZeros = 24
  static let highestParameter = 28

  /// A parameter that makes numbers of this sum short.
  static func parameter(sum: UInt64, count: Int) -> Int {
    guard count > 0 else { return 0 }
    // The mean times ln 2, whose logarithm is the best parameter for a geometric distribution.
    let scaled = sum * 177 / (UInt64(count) * 256)
    return min(highestParameter, scaled == 0 ? 0 : 63 - scaled.leadingZeroBitCount)
  }

  @inline(__always)
  static func put(
    _ value: UInt32, _ parameter: Int, _ bits: inout BitWriter, to buffer: inout ByteBuffer
  ) {
    let quotient = value &>> UInt32(parameter)
    if quotient >= mostZeros {
      bits.put(1 << UInt32(mostZeros), mostZeros + 1, to: &buffer)
      bits.put(value, 32, to: &buffer)
    } else {
      bits.put(1 &<< quotient, Int(quotient) + 1, to: &buffer)
      bits.put(value & (1 &<< UInt32(parameter) &- 1), parameter, to: &buffer)
    }
  }
}

/// Reads Rice codes; past the end it gives zeros and says `isDamaged`.
///
/// Bits that are at hand are kept in a register: one load serves several codes, and where a code
/// starts does not have to go through memory.
struct RiceReader {
  private let base: UnsafeRawPointer
  /// The next bits, the first one lowest, and how many of them are good.
  private var window: UInt64 = 0
  private var left = 0
  /// The bit behind those in the window.
  private var bit = 0
  private let end: Int
  private(set) var isDamaged = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    base = UnsafeRawPointer(bytes.baseAddress ?? ByteReader.nothing)
    end = bytes.count * 8
  }

  var remainingBits: Int { end - bit + left }

  /// Bytes that have been read, the last one perhaps in part.
  var byteCount: Int { (bit - left + 7) / 8 }

  @inline(__always)
  mutating func next(_ parameter: Int) -> UInt32 {
    var zeros = window.trailingZeroBitCount
    var length = zeros &+ 1 &+ parameter
    if length > left || zeros >= RiceCode.mostZeros {
      refill()
      zeros = window.trailingZeroBitCount
      length = zeros &+ 1 &+ parameter
      if length > left || zeros >= RiceCode.mostZeros { return whole(zeros) }
    }
    let rest = (window &>> UInt64(zeros &+ 1)) & (1 &<< UInt64(parameter) &- 1)
    // A code has at most 52 bits, so that this is no shift by 64.
    window &>>= UInt64(length)
    left &-= length
    return UInt32(truncatingIfNeeded: rest) | UInt32(truncatingIfNeeded: zeros)
      &<< UInt32(parameter)
  }

  @inline(__always)
  private mutating func refill() {
    let at = bit &- left
    let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at &>> 3, as: UInt64.self))
    window = word &>> UInt64(at & 7)
    left = min(64 &- (at & 7), end &- at)
    bit = at &+ left
  }

  /// Reads a number that stands in 32 bits, in a window that was just filled; zero at the end.
  private mutating func whole(_ zeros: Int) -> UInt32 {
    let at = bit - left
    let number = at + RiceCode.mostZeros + 1
    guard zeros == RiceCode.mostZeros, number + 32 <= end else {
      isDamaged = true
      (window, left, bit) = (0, 0, end)
      return 0
    }
    let word = UInt64(
      littleEndian: base.loadUnaligned(fromByteOffset: number >> 3, as: UInt64.self))
    (window, left, bit) = (0, 0, number + 32)
    return UInt32(truncatingIfNeeded: word >> UInt64(number & 7))
  }
}

/// A short checksum of a stretch of bytes, to notice damage when it is read.
///
/// Words of eight bytes are rotated in one after another; folded to 16 or to 8 bits. A change of
/// the bits of one byte always shows: they stay neighbours, and a fold takes 8 neighbours to 8
/// different bits.
enum Seal {
  @inline(__always)
  static func of(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt16 {
    let raw = UnsafeRawPointer(bytes)
    var sum: UInt64 = 0x9E37_79B9_7F4A_7C15 &* UInt64(truncatingIfNeeded: count &+ 1)
    var at = 0
    while at &+ 8 <= count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      sum = (sum &<< 5 | sum &>> 59) ^ word
      at &+= 8
    }
    var tail: UInt64 = 0
    while at < count {
      tail = tail &<< 8 | UInt64(bytes[at])
      at &+= 1
    }
    sum = (sum &<< 5 | sum &>> 59) ^ tail
    sum ^= sum &>> 32
    return UInt16(truncatingIfNeeded: sum ^ sum &>> 16)
  }

  /// The same in one byte.
  @inline(__always)
  static func byte(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt8 {
    let seal = of(bytes, count)
    return UInt8(truncatingIfNeeded: seal ^ seal &>> 8)
  }
}
