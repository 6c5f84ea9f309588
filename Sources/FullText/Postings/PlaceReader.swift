/// Reads the positions of postings as bits; past the end it gives zeros and says `isDamaged`.
///
/// Positions come in runs of short codes and are seldom read from one end to the other: several codes
/// are taken from one load, and how many does not depend on what they are, because a branch that
/// cannot be foreseen costs more than a code.
struct PlaceReader {
  private let base: UnsafeRawPointer
  private var at: Int
  private let end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.init(bytes, from: 0)
  }

  /// - Parameter from: The number of a bit.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from: Int) {
    base = UnsafeRawPointer(bytes.baseAddress ?? ByteReader.nothing)
    end = bytes.count * 8
    at = from
  }

  var isDamaged: Bool { at > end }
  /// Where another reader of the same bits stands: one number is stored sooner than all of it.
  @inline(__always)
  mutating func go(with other: PlaceReader) { at = other.at }
  var remainingBits: Int { max(0, end - at) }

  /// The next bits, 57 at least.
  @inline(__always)
  private func word(_ at: Int) -> UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at &>> 3, as: UInt64.self))
      &>> UInt64(at & 7)
  }

  @inline(__always)
  private mutating func checkEnd() { if at > end { at = end &+ 1 } }

  /// A position that is the only one in its field.
  @inline(__always)
  mutating func lone(_ code: UniformCode) -> UInt32 {
    let word = word(at)
    let value = UInt32(truncatingIfNeeded: word & (1 &<< UInt64(code.width) &- 1))
    let last = UInt32(truncatingIfNeeded: word &>> UInt64(code.width) & 1)
    let isShort = value < code.short
    at &+= isShort ? code.width : code.width &+ 1
    checkEnd()
    let number = isShort ? value : (value &<< 1 | last) &- code.short
    return number == code.last ? announced() : number
  }

  /// A number in 32 bits.
  private mutating func announced() -> UInt32 {
    if isDamaged { return 0 }
    let number = UInt32(truncatingIfNeeded: word(at))
    at += 32
    checkEnd()
    return isDamaged ? 0 : number
  }

  /// Numbers behind the last that are given to `body`, whatever they are.
  static let spare = 2

  /// Calls `body` with `count` numbers in the Rice code, three at a time and a few more at the end;
  /// fewer when the bits end.
  @inline(__always)
  mutating func numbers(
    _ count: Int, _ parameter: Int, _ body: (_ at: Int, UInt32, UInt32, UInt32) -> Void
  ) {
    var done = 0
    var at = at
    let mask: UInt64 = 1 &<< UInt64(parameter) &- 1
    @inline(__always)
    func number(_ word: UInt64, _ zeros: Int) -> UInt32 {
      UInt32(truncatingIfNeeded: word &>> UInt64(zeros &+ 1) & mask)
        | UInt32(truncatingIfNeeded: zeros) &<< UInt32(truncatingIfNeeded: parameter)
    }
    while done < count {
      let left = count &- done
      let first = word(at)
      let zeros = first.trailingZeroBitCount
      let length = zeros &+ 1 &+ parameter
      let second = first &>> UInt64(length & 63)
      let secondZeros = second.trailingZeroBitCount
      let secondLength = secondZeros &+ 1 &+ parameter
      let third = second &>> UInt64(secondLength & 63)
      let thirdZeros = third.trailingZeroBitCount
      let thirdLength = thirdZeros &+ 1 &+ parameter
      // Those that are not wanted count for nothing.
      let (takesSecond, takesThird) = (left > 1, left > 2)
      let all =
        length &+ (takesSecond ? secondLength : 0) &+ (takesThird ? thirdLength : 0)
      let most = zeros | (takesSecond ? secondZeros : 0) | (takesThird ? thirdZeros : 0)
      // The zeros of what was shifted in are many.
      if most < 16, all <= min(57, end &- at) {
        body(done, number(first, zeros), number(second, secondZeros), number(third, thirdZeros))
        at &+= all
        done &+= 3
        continue
      }
      if zeros < RiceCode.mostZeros, length <= end &- at {
        body(done, number(first, zeros), 0, 0)
        at &+= length
      } else {
        self.at = at
        let whole = whole(zeros)
        if isDamaged { return }
        body(done, whole, 0, 0)
        at = self.at
      }
      done &+= 1
    }
    self.at = at
  }

  /// A number that stands in 32 bits behind its announcement.
  private mutating func whole(_ zeros: Int) -> UInt32 {
    at += RiceCode.mostZeros + 1
    guard zeros == RiceCode.mostZeros, at + 32 <= end else {
      at = end + 1
      return 0
    }
    return announced()
  }
}
