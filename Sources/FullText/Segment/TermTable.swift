/// Numbers the distinct terms of a segment in the making.
///
/// Open addressing, linear probing; a slot holds 32 bits of hash and the number + 1.
struct TermTable {
  private var slots = [UInt64](repeating: 0, count: 1 << 12)
  private var text: [UInt8] = []
  /// Where each term starts in `text`, and the end of the last.
  private var starts: [UInt32] = [0]

  var count: Int { starts.count - 1 }
  /// Bytes held, about.
  var memory: Int { slots.count * 8 + text.count + starts.count * 4 }

  func term(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

  func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.withUnsafeBufferPointer { body($0) }
  }

  /// The number of `term`, given one when it is new.
  mutating func number(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = Self.hash(term)
    let mask = slots.count - 1
    var at = Int(hash) & mask
    let found: UInt32? = slots.withUnsafeBufferPointer { slots in
      while slots[at] != 0 {
        let slot = slots[at]
        if UInt32(truncatingIfNeeded: slot >> 32) == hash {
          let number = UInt32(truncatingIfNeeded: slot) - 1
          if equals(term, number) { return number }
        }
        at = (at + 1) & mask
      }
      return nil
    }
    if let found { return found }
    let number = UInt32(count)
    slots[at] = UInt64(hash) << 32 | UInt64(number + 1)
    text.append(contentsOf: term)
    starts.append(UInt32(text.count))
    if count * 2 > slots.count { grow() }
    return number
  }

  @inline(__always)
  private func equals(_ term: UnsafeBufferPointer<UInt8>, _ number: UInt32) -> Bool {
    let start = Int(starts[Int(number)])
    guard Int(starts[Int(number) + 1]) - start == term.count else { return false }
    return text.withUnsafeBufferPointer { text in
      for index in 0..<term.count where text[start &+ index] != term[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 4)
    let mask = larger.count - 1
    for slot in slots where slot != 0 {
      var at = Int(slot >> 32) & mask
      while larger[at] != 0 { at = (at + 1) & mask }
      larger[at] = slot
    }
    slots = larger
  }

  /// A 32-bit hash that takes 8 bytes at a time.
  @inline(__always)
  private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash = UInt64(term.count) &* 0x9E37_79B9_7F4A_7C15
    let raw = UnsafeRawBufferPointer(term)
    var at = 0
    while at + 8 <= raw.count {
      hash =
        (hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      at += 8
    }
    var tail: UInt64 = 0
    while at < raw.count {
      tail = tail << 8 | UInt64(raw[at])
      at += 1
    }
    hash = (hash ^ tail) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash >> 29
    hash = hash &* 0xFF51_AFD7_ED55_8CCD
    return UInt32(truncatingIfNeeded: hash >> 32)
  }

  /// The numbers of the terms in the order of their bytes.
  func sorted() -> [UInt32] {
    withText { text in
      var order = (0..<count).map { number in
        let term = UnsafeBufferPointer(rebasing: text[self.term(number)])
        return (prefix: FrontCodedTable.prefix(term), number: UInt32(number))
      }
      order.sort { left, right in
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        return compare(
          UnsafeBufferPointer(rebasing: text[term(Int(left.number))]),
          UnsafeBufferPointer(rebasing: text[term(Int(right.number))])) < 0
      }
      return order.map(\.number)
    }
  }
}
