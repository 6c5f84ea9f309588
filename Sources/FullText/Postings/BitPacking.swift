// Streams of bits have the least significant bit of each byte first. Readers look up to 8 bytes behind
// a stream; in a segment file the section table always stands there.

enum BitPacking {
  /// The bits that `value` needs.
  @inline(__always)
  static func width(_ value: UInt32) -> Int { 32 - value.leadingZeroBitCount }
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

  /// Turns 128 gaps, each counted from the number after the one before, into ascending numbers from
  /// `start`; false when they run over.
  @inline(__always)
  static func sum(_ values: UnsafeMutablePointer<UInt32>, from start: UInt32) -> Bool {
    var last = start &- 1
    var all: UInt32 = 0
    var index = 0
    // One addition of each four waits for the one before.
    while index < count {
      let first = values[index] &+ 1
      let second = values[index &+ 1] &+ 1
      let third = values[index &+ 2] &+ 1
      let fourth = values[index &+ 3] &+ 1
      all |= first | second | third | fourth
      let two = first &+ second
      values[index] = last &+ first
      values[index &+ 1] = last &+ two
      values[index &+ 2] = last &+ two &+ third
      last = last &+ two &+ (third &+ fourth)
      values[index &+ 3] = last
      index &+= 4
    }
    if all < 1 << 24 { return true }
    // Gaps so wide are seldom, or damage.
    for index in 1..<count where values[index] <= values[index &- 1] { return false }
    return values[0] >= start
  }
}

/// Collects bits, least significant first.
struct BitWriter {
  private var pending: UInt64 = 0
  private var pendingCount = 0
  private var bytes = Room<UInt8>(capacity: 256)

  /// Adds the low `count` bits (0 to 32) of `value`, which has no others.
  @inline(__always)
  mutating func put(_ value: UInt32, _ count: Int) {
    pending |= UInt64(value) &<< UInt64(truncatingIfNeeded: pendingCount)
    pendingCount &+= count
    if pendingCount >= 32 {
      bytes.makeRoom(8)
      UnsafeMutableRawPointer(bytes.base + bytes.count).storeBytes(
        of: UInt32(truncatingIfNeeded: pending).littleEndian, as: UInt32.self)
      bytes.add(4)
      pending &>>= 32
      pendingCount &-= 32
    }
  }

  /// Fills the last byte with zeros, hands on all bytes and begins anew; they are good during the
  /// call.
  mutating func finish<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    while pendingCount > 0 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending &>>= 8
      pendingCount -= 8
    }
    pending = 0
    pendingCount = 0
    defer { bytes.clear() }
    return body(bytes.buffer)
  }

  /// The same behind what is in a buffer already.
  mutating func finish(_ buffer: inout ByteBuffer) { finish { buffer.append($0) } }
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

  /// The bits that a number takes.
  static func length(_ value: UInt32, _ parameter: Int) -> Int {
    let quotient = Int(value >> UInt32(parameter))
    return quotient >= mostZeros ? mostZeros + 1 + 32 : quotient + 1 + parameter
  }

  @inline(__always)
  static func put(_ value: UInt32, _ parameter: Int, _ bits: inout BitWriter) {
    let quotient = value &>> UInt32(truncatingIfNeeded: parameter)
    let length = Int(quotient) &+ 1 &+ parameter
    if quotient < mostZeros, length <= 32 {
      let rest = value & (1 &<< UInt32(truncatingIfNeeded: parameter) &- 1)
      bits.put((rest &<< 1 | 1) &<< quotient, length)
    } else if quotient >= mostZeros {
      bits.put(1 << UInt32(mostZeros), mostZeros + 1)
      bits.put(value, 32)
    } else {
      bits.put(1 &<< quotient, Int(quotient) + 1)
      bits.put(value & (1 &<< UInt32(parameter) &- 1), parameter)
    }
  }
}

/// The code of numbers below a count that are all as likely: the first ones in one bit less than the
/// others (truncated binary).
struct UniformCode {
  /// The bits of the short codes.
  let width: Int
  /// How many numbers have them.
  let short: UInt32
  /// The greatest number.
  let last: UInt32

  /// `count` is 1 to 2^31.
  init(below count: UInt32) {
    width = 31 - count.leadingZeroBitCount
    short = UInt32(truncatingIfNeeded: UInt64(2) << UInt64(width) - UInt64(count))
    last = count - 1
  }

  @inline(__always)
  func put(_ value: UInt32, _ bits: inout BitWriter) {
    if value < short {
      bits.put(value, width)
    } else {
      let whole = value &+ short
      bits.put(whole &>> 1 | (whole & 1) &<< UInt32(truncatingIfNeeded: width), width &+ 1)
    }
  }
}

/// The code of numbers that are mostly small and sometimes far greater: two low bits; for the rest
/// and one, as many zeros as it has bits behind its first, and its bits (exponential Golomb).
enum GrowingCode {
  static let mostZeros = 26

  /// `value` is below 2^28 - 4.
  static func put(_ value: UInt32, _ bits: inout BitWriter) {
    let rest = value >> 2 + 1
    let zeros = BitPacking.width(rest) - 1
    bits.put(1 << UInt32(zeros), zeros + 1)
    bits.put(rest - 1 << UInt32(zeros), zeros)
    bits.put(value & 3, 2)
  }
}

/// Reads bits and codes; past the end it gives zeros and says `isDamaged`.
///
/// Bits that are at hand are kept in a register: one load serves several codes, and where a code
/// starts does not have to go through memory.
struct BitReader {
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

  /// The number of the next bit.
  var position: Int { bit &- left }

  /// Goes to a bit whose number `position` was.
  @inline(__always)
  mutating func go(to position: Int) { (window, left, bit) = (0, 0, min(max(0, position), end)) }

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

  /// A number in the code of numbers that are all as likely.
  @inline(__always)
  mutating func next(_ code: UniformCode) -> UInt32 {
    if code.width &+ 1 > left { refill() }
    let value = UInt32(truncatingIfNeeded: window & (1 &<< UInt64(code.width) &- 1))
    let last = UInt32(truncatingIfNeeded: window &>> UInt64(code.width) & 1)
    let isShort = value < code.short
    return take(
      isShort ? code.width : code.width &+ 1,
      isShort ? value : (value &<< 1 | last) &- code.short)
  }

  /// The next `count` bits, at most 32.
  @inline(__always)
  mutating func bits(_ count: Int) -> UInt32 {
    if count > left { refill() }
    return take(count, UInt32(truncatingIfNeeded: window & (1 &<< UInt64(count) &- 1)))
  }

  /// A number in the code of numbers that are mostly small.
  @inline(__always)
  mutating func growing() -> UInt32 {
    var zeros = window.trailingZeroBitCount
    if 2 &* zeros &+ 3 > left {
      refill()
      zeros = window.trailingZeroBitCount
    }
    guard zeros <= GrowingCode.mostZeros else { return broken() }
    let rest = window &>> UInt64(zeros &+ 1)
    let high = UInt32(truncatingIfNeeded: rest & (1 &<< UInt64(zeros) &- 1))
    let low = UInt32(truncatingIfNeeded: rest &>> UInt64(zeros) & 3)
    return take(2 &* zeros &+ 3, (high &+ 1 &<< UInt32(zeros) &- 1) &<< 2 | low)
  }

  /// Goes on by `length` bits, at most 57, if there are so many.
  @inline(__always)
  private mutating func take(_ length: Int, _ value: UInt32) -> UInt32 {
    guard length <= left else { return broken() }
    window &>>= UInt64(length)
    left &-= length
    return value
  }

  private mutating func broken() -> UInt32 {
    isDamaged = true
    (window, left, bit) = (0, 0, end)
    return 0
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
    guard zeros == RiceCode.mostZeros, number + 32 <= end else { return broken() }
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
    if count >= 8 {
      // The last bytes without a loop, whose end could not be foreseen.
      let word = raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      tail = UInt64(bigEndian: word) & (1 &<< UInt64(8 &* (count &- at)) &- 1)
    } else {
      while at < count {
        tail = tail &<< 8 | UInt64(bytes[at])
        at &+= 1
      }
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
