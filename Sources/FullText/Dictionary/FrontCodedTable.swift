// A sorted table of byte keys with a short payload each. Two parts, each a section of a segment.
//   sparse part, 12 bytes a block: the first 8 bytes of the block's first key, big-endian, zero
//     filled (u64), the block's offset in the data part (u32)
//   data part, blocks of 32 entries:
//     seal       of the rest of the block (u16)
//     base       two varints: where the block's first entry starts in the two streams it points to
//     an entry   a byte: bytes shared with the key before (0 for a block's first) << 4 | bytes that
//                follow; when a number does not fit below 15, 0xF0 and two varints instead; the
//                bytes that follow, varint payload length, payload
// A payload opens with varint (count << 1 | inline). When the low bit is clear there is, for each of
// the table's streams (1 or 2), a varint with the length of the entry's part of that stream; parts
// of neighbours follow each other. What comes after that is the user's.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Writes a table; keys must come in ascending byte order.
struct FrontCodedTableWriter {
  static let blockSize = 32

  private(set) var sparse = ByteBuffer()
  private(set) var data = ByteBuffer()
  private(set) var count = 0
  private var last: [UInt8] = []
  private var blockStart = 0

  /// Adds an entry; `bases` are written when it opens a block.
  mutating func append(
    _ key: UnsafeBufferPointer<UInt8>, payload: [UInt8], bases: (Int, Int) = (0, 0)
  ) {
    var shared = 0
    if count % Self.blockSize == 0 {
      finishBlock()
      sparse.fixed(FrontCodedTable.prefix(key))
      sparse.fixed(UInt32(truncatingIfNeeded: data.count))
      blockStart = data.count
      data.fixed(UInt16(0))
      data.varint(bases.0)
      data.varint(bases.1)
    } else {
      let most = min(last.count, key.count)
      while shared < most, last[shared] == key[shared] { shared += 1 }
    }
    let follow = key.count - shared
    if shared < 15, follow < 15 {
      data.byte(UInt8(shared << 4 | follow))
    } else {
      data.byte(0xF0)
      data.varint(shared)
      data.varint(follow)
    }
    data.append(UnsafeBufferPointer(rebasing: key[shared...]))
    data.varint(payload.count)
    payload.withUnsafeBufferPointer { data.append($0) }
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: key)
    count += 1
  }

  /// Must be called after the last entry.
  mutating func finishBlock() {
    guard data.count > blockStart + 2 else { return }
    let seal = data.seal(from: blockStart + 2)
    data.bytes[blockStart] = UInt8(truncatingIfNeeded: seal)
    data.bytes[blockStart + 1] = UInt8(truncatingIfNeeded: seal >> 8)
    blockStart = data.count
  }
}

/// Reads a table in place.
struct FrontCodedTable {
  private let sparse: UnsafeBufferPointer<UInt8>
  private let data: UnsafeBufferPointer<UInt8>
  /// How many streams the entries point into.
  let streams: Int
  let blockCount: Int
  /// Longest key that is believed; a longer one means damage.
  static let longestKey = 4096
  static let sparseSize = 12

  init(sparse: UnsafeBufferPointer<UInt8>, data: UnsafeBufferPointer<UInt8>, streams: Int) {
    self.sparse = sparse
    self.data = data
    self.streams = streams
    blockCount = sparse.count / FrontCodedTable.sparseSize
  }

  /// The first 8 bytes of `key`, big-endian, zero filled: compares as the bytes do.
  static func prefix(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<8 { value = value << 8 | (index < key.count ? UInt64(key[index]) : 0) }
    return value
  }

  func sparseKey(_ block: Int) -> UInt64 {
    let base = UnsafeRawPointer(sparse.baseAddress!)
    return UInt64(
      littleEndian: base.loadUnaligned(fromByteOffset: block * Self.sparseSize, as: UInt64.self))
  }

  private func blockStart(_ block: Int) -> Int {
    let base = UnsafeRawPointer(sparse.baseAddress!)
    let value = base.loadUnaligned(fromByteOffset: block * Self.sparseSize + 8, as: UInt32.self)
    return Int(UInt32(littleEndian: value))
  }

  /// The bytes of `block` behind its seal; nil when they fail it.
  func blockBytes(_ block: Int) -> UnsafeBufferPointer<UInt8>? {
    let from = blockStart(block)
    let to = block + 1 < blockCount ? blockStart(block + 1) : data.count
    guard from + 2 <= to, to <= data.count else { return nil }
    let base = data.baseAddress! + from
    guard UInt16(base[0]) | UInt16(base[1]) << 8 == Seal.of(base + 2, to - from - 2) else {
      return nil
    }
    return UnsafeBufferPointer(start: base + 2, count: to - from - 2)
  }

  /// A cursor before the first entry of `block`; at the end when there is no such block.
  func cursor(block: Int) -> TableCursor { TableCursor(self, block: block) }

  /// A cursor standing on the first entry whose key is at or after `key`, or at the end.
  func cursor(atOrAfter key: UnsafeBufferPointer<UInt8>) -> TableCursor {
    guard blockCount > 0 else { return cursor(block: 0) }
    let wanted = Self.prefix(key)
    // The last block whose first key is surely below; equal prefixes need a look at the whole key.
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low + high) / 2
      let found = sparseKey(middle)
      var isBelow = found < wanted
      if found == wanted {
        var look = cursor(block: middle)
        isBelow = look.next() && look.withKey { compare($0, key) <= 0 }
      }
      if isBelow { low = middle + 1 } else { high = middle }
    }
    var cursor = cursor(block: max(0, low - 1))
    while cursor.next() {
      if cursor.withKey({ compare($0, key) >= 0 }) { return cursor }
    }
    return cursor
  }

  /// A cursor standing on `key`, or nil.
  func find(_ key: UnsafeBufferPointer<UInt8>) -> TableCursor? {
    let cursor = cursor(atOrAfter: key)
    guard cursor.isValid, cursor.withKey({ compare($0, key) == 0 }) else {
      return nil
    }
    return cursor
  }

  /// A cursor standing on entry `ordinal`, or nil.
  func entry(_ ordinal: Int) -> TableCursor? {
    guard ordinal >= 0 else { return nil }
    var cursor = cursor(block: ordinal / FrontCodedTableWriter.blockSize)
    for _ in 0...(ordinal % FrontCodedTableWriter.blockSize) where !cursor.next() { return nil }
    return cursor.ordinal == ordinal ? cursor : nil
  }
}

/// Walks a table forwards.
struct TableCursor {
  private let table: FrontCodedTable
  private var reader = ByteReader(UnsafeBufferPointer(start: nil, count: 0))
  private var block: Int
  private var inBlock = FrontCodedTableWriter.blockSize
  private var keyBytes = [UInt8](repeating: 0, count: 64)
  private var keyCount = 0
  /// The number of the current entry.
  private(set) var ordinal: Int
  /// How many bytes the key shares with the one before.
  private(set) var shared = 0
  /// The count that opens the payload.
  private(set) var count: UInt32 = 0
  /// Whether the entry holds its data itself, in `rest`.
  private(set) var isInline = false
  /// Where the entry's parts of the streams start, and how long they are.
  private(set) var offsets = (0, 0)
  private(set) var lengths = (0, 0)
  /// What follows the count and the lengths.
  private(set) var rest = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// Whether the cursor stands on an entry.
  private(set) var isValid = false
  /// Whether the table broke off.
  private(set) var isDamaged = false

  fileprivate init(_ table: FrontCodedTable, block: Int) {
    self.table = table
    self.block = block >= 0 ? block - 1 : table.blockCount
    ordinal = block * FrontCodedTableWriter.blockSize - 1
  }

  /// The current key.
  var key: [UInt8] { Array(keyBytes[..<keyCount]) }

  @inline(__always)
  func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    keyBytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<keyCount])) }
  }

  /// Whether the current key starts with `prefix`.
  func hasPrefix(_ prefix: UnsafeBufferPointer<UInt8>) -> Bool {
    guard keyCount >= prefix.count, let start = prefix.baseAddress else { return prefix.isEmpty }
    return keyBytes.withUnsafeBufferPointer { memcmp($0.baseAddress!, start, prefix.count) == 0 }
  }

  private mutating func openBlock() -> Bool {
    block += 1
    guard block < table.blockCount else { return false }
    guard let bytes = table.blockBytes(block) else { return damaged() }
    reader = ByteReader(bytes)
    inBlock = 0
    keyCount = 0
    offsets = (Int(reader.varint()), Int(reader.varint()))
    lengths = (0, 0)
    return true
  }

  private mutating func damaged() -> Bool {
    isDamaged = true
    block = table.blockCount
    inBlock = FrontCodedTableWriter.blockSize
    reader = ByteReader(UnsafeBufferPointer(start: nil, count: 0))
    return false
  }

  /// Goes to the next entry; false at the end or where the table is damaged.
  mutating func next() -> Bool {
    isValid = false
    if reader.isAtEnd || inBlock == FrontCodedTableWriter.blockSize {
      guard block < table.blockCount, openBlock() else { return false }
    }
    let head = Int(reader.byte())
    var follow = head & 15
    shared = head >> 4
    if head >= 0xF0 {
      shared = Int(reader.varint())
      follow = Int(reader.varint())
    }
    let suffix = reader.bytes(follow)
    var payload = ByteReader(reader.bytes(Int(reader.varint())))
    guard !reader.isDamaged, shared <= keyCount, shared + follow <= FrontCodedTable.longestKey
    else { return damaged() }
    offsets = (offsets.0 + lengths.0, offsets.1 + lengths.1)
    let opening = payload.varint()
    count = opening >> 1
    isInline = opening & 1 == 1
    lengths = (0, 0)
    if !isInline {
      if table.streams > 0 { lengths.0 = Int(payload.varint()) }
      if table.streams > 1 { lengths.1 = Int(payload.varint()) }
    }
    guard !payload.isDamaged else { return damaged() }
    rest = payload.bytes(payload.remaining)
    keyCount = shared + follow
    if keyCount > keyBytes.count {
      keyBytes.append(contentsOf: repeatElement(0, count: 2 * keyCount - keyBytes.count))
    }
    if follow > 0 {
      let at = shared
      keyBytes.withUnsafeMutableBufferPointer {
        _ = memcpy($0.baseAddress! + at, suffix.baseAddress!, follow)
      }
    }
    inBlock += 1
    ordinal += 1
    isValid = true
    return true
  }
}

/// Compares bytes as unsigned numbers: negative, 0 or positive.
func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
  let common = min(left.count, right.count)
  if common > 0 {
    let order = memcmp(left.baseAddress!, right.baseAddress!, common)
    if order != 0 { return Int(order) }
  }
  return left.count - right.count
}

/// Whether `left` comes before `right` by its bytes.
func isBelow(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.withUnsafeBufferPointer { left in
    right.withUnsafeBufferPointer { compare(left, $0) < 0 }
  }
}
