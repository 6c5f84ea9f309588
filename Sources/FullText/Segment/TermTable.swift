/// Numbers the distinct terms of a run in the making and counts their occurrences.
///
/// Open addressing, linear probing; a slot holds 32 bits of hash and the number + 1. A term of up to
/// 16 bytes is two words, zero filled, so that it is compared without a loop; terms hold no zeros.
struct TermTable {
  struct Entry {
    /// The first 16 bytes of the term.
    var low: UInt64
    var high: UInt64
    /// Of a term of more than 16 bytes where it starts among the long ones and its length:
    /// `start << 8 | length`; 0 for others.
    var place: UInt64
    var occurrences: UInt32
  }

  private(set) var entries = Room<Entry>(capacity: 1 << 12)
  private var slots = Room<UInt64>(repeating: 0, count: 1 << 13)
  private var shift = UInt32(32 - 13)
  private var long = Room<UInt8>(capacity: 1 << 12)

  static let longestShort = 16

  var count: Int { entries.count }
  /// Bytes held.
  var memory: Int { slots.memory + long.memory + entries.memory }

  /// Forgets the terms and keeps the memory.
  mutating func clear() {
    entries.clear()
    long.clear()
    slots.base.update(repeating: 0, count: slots.count)
  }

  /// What the table has where a search for the hash begins.
  @inline(__always)
  func slot(_ hash: UInt32) -> UInt64 { slots.base[Int(hash &>> shift)] }

  /// The number of a term of 1 to 16 bytes, given one when it is new; counts the occurrence.
  ///
  /// `slot` is what `slot` gave for the hash, perhaps some terms ago.
  @inline(__always)
  mutating func number(_ low: UInt64, _ high: UInt64, _ hash: UInt32, _ slot: UInt64) -> UInt32 {
    if UInt32(truncatingIfNeeded: slot &>> 32) == hash, slot != 0 {
      let number = UInt32(truncatingIfNeeded: slot) &- 1
      let entry = entries.base + Int(number)
      if entry.pointee.low == low, entry.pointee.high == high, entry.pointee.place == 0 {
        entry.pointee.occurrences &+= 1
        return number
      }
    }
    return number(low, high, hash)
  }

  @inline(never)
  private mutating func number(_ low: UInt64, _ high: UInt64, _ hash: UInt32) -> UInt32 {
    let mask = slots.count &- 1
    var at = Int(hash &>> shift)
    while true {
      let slot = slots.base[at]
      if slot == 0 { return insert(low, high, 0, hash, at) }
      if UInt32(truncatingIfNeeded: slot &>> 32) == hash {
        let number = UInt32(truncatingIfNeeded: slot) &- 1
        let entry = entries.base + Int(number)
        if entry.pointee.low == low, entry.pointee.high == high, entry.pointee.place == 0 {
          entry.pointee.occurrences &+= 1
          return number
        }
      }
      at = (at &+ 1) & mask
    }
  }

  /// The number of a term of more than 16 bytes.
  mutating func number(ofLong term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let (low, high) = ShortTerm.words(term)
    var rest = UInt64(term.count)
    for byte in term[Self.longestShort...] {
      rest = (rest ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    let hash = Self.hash(low, high, rest: rest)
    let mask = slots.count - 1
    var at = Int(hash &>> shift)
    while slots[at] != 0 {
      let slot = slots[at]
      if UInt32(truncatingIfNeeded: slot >> 32) == hash {
        let number = UInt32(truncatingIfNeeded: slot) - 1
        if isLong(Int(number), term) {
          entries.base[Int(number)].occurrences &+= 1
          return number
        }
      }
      at = (at + 1) & mask
    }
    let place = UInt64(long.count) << 8 | UInt64(term.count)
    long.append(term)
    return insert(low, high, place, hash, at)
  }

  private func isLong(_ number: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let known = longText(entries[number]), known.count == term.count else { return false }
    return compare(known, term) == 0
  }

  private func longText(_ entry: Entry) -> UnsafeBufferPointer<UInt8>? {
    guard entry.place != 0 else { return nil }
    return UnsafeBufferPointer(
      start: long.base + Int(entry.place >> 8), count: Int(entry.place & 0xFF))
  }

  @inline(never)
  private mutating func insert(
    _ low: UInt64, _ high: UInt64, _ place: UInt64, _ hash: UInt32, _ at: Int
  ) -> UInt32 {
    let number = UInt32(entries.count)
    slots[at] = UInt64(hash) << 32 | UInt64(number + 1)
    entries.append(Entry(low: low, high: high, place: place, occurrences: 1))
    if entries.count * 8 > slots.count * 5 { grow() }
    return number
  }

  private mutating func grow() {
    let larger = Room<UInt64>(repeating: 0, count: slots.count * 2)
    shift -= 1
    let mask = larger.count - 1
    for slot in slots where slot != 0 {
      var at = Int(UInt32(truncatingIfNeeded: slot >> 32) >> shift)
      while larger[at] != 0 { at = (at + 1) & mask }
      larger[at] = slot
    }
    slots = larger
  }

  /// The hash of a term; `rest` is 0 for one of up to 16 bytes.
  @inline(__always)
  static func hash(_ low: UInt64, _ high: UInt64, rest: UInt64 = 0) -> UInt32 {
    var hash = (low ^ high &* 0x9E37_79B9_7F4A_7C15 ^ rest) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash &>> 32
    hash = hash &* 0xC4CE_B9FE_1A85_EC53
    return UInt32(truncatingIfNeeded: hash &>> 32)
  }

  /// The text of a term.
  func withText<Result>(
    _ number: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let entry = entries[Int(number)]
    if let text = longText(entry) { return body(text) }
    return ShortTerm.withText(entry.low, entry.high, body)
  }

  /// The numbers of the terms in the order of their bytes.
  func sorted() -> Room<RadixSort.Entry> {
    var order = Room<RadixSort.Entry>(capacity: count)
    let entries = UnsafePointer(entries.base)
    for number in 0..<count {
      order.append(.init(key: entries[number].low.bigEndian, number: UInt32(number)))
    }
    RadixSort.sort(&order)
    RadixSort.settle(order) { left, right in
      let first = entries[Int(left)]
      let second = entries[Int(right)]
      if first.high != second.high { return first.high.bigEndian < second.high.bigEndian }
      // The first 16 bytes are the same: one has more, or both have.
      guard let left = longText(first) else { return second.place != 0 }
      guard let right = longText(second) else { return false }
      return compare(left, right) < 0
    }
    return order
  }
}

/// Terms of up to 16 bytes as two little-endian words, zero filled.
enum ShortTerm {
  /// The first 16 bytes of a term.
  @inline(__always)
  static func words(_ term: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
    var words: (UInt64, UInt64) = (0, 0)
    withUnsafeMutableBytes(of: &words) {
      $0.copyMemory(
        from: UnsafeRawBufferPointer(start: term.baseAddress, count: min(16, term.count)))
    }
    return (UInt64(littleEndian: words.0), UInt64(littleEndian: words.1))
  }

  /// What to keep of the two words of a term of so many bytes (0 to 16).
  @inline(__always)
  static func masks(_ count: Int) -> (UInt64, UInt64) {
    let bits = UInt64(truncatingIfNeeded: count &* 8)
    let low: UInt64 = count >= 8 ? .max : (1 &<< bits) &- 1
    let high: UInt64 = count >= 16 ? .max : count <= 8 ? 0 : (1 &<< (bits &- 64)) &- 1
    return (low, high)
  }

  static func count(_ low: UInt64, _ high: UInt64) -> Int {
    high != 0 ? 16 - high.leadingZeroBitCount / 8 : 8 - low.leadingZeroBitCount / 8
  }

  @inline(__always)
  static func withText<Result>(
    _ low: UInt64, _ high: UInt64, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let words = (low.littleEndian, high.littleEndian)
    return withUnsafeBytes(of: words) {
      body(
        UnsafeBufferPointer(
          start: $0.baseAddress!.assumingMemoryBound(to: UInt8.self), count: count(low, high)))
    }
  }
}
