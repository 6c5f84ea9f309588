// A sorted table of byte keys with a short payload each. Two parts, each a section of a segment.
//   sparse part, 16 bytes a block: the first 8 bytes of the block's first key, big-endian, zero
//     filled (u64), the block's offset in the data part (u32), zero (u32)
//   data part, blocks of 32 entries:
//     base       two varints: where the block's first entry starts in the two streams it points to
//     an entry   varint bytes shared with the key before (0 for a block's first),
//                varint bytes that follow, those bytes, varint payload length, payload
// A payload opens with a varint count, then, for each of the table's streams (0, 1 or 2), a varint
// with the length of the entry's part of that stream; parts of neighbours follow each other. What
// comes after that is the user's.

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

  /// Whether the next entry opens a block.
  var startsBlock: Bool { count % Self.blockSize == 0 }

  /// Adds an entry; `bases` are written when it opens a block.
  mutating func append(
    _ key: UnsafeBufferPointer<UInt8>, payload: [UInt8], bases: (Int, Int) = (0, 0)
  ) {
    var shared = 0
    if startsBlock {
      sparse.fixed(FrontCodedTable.prefix(key))
      sparse.fixed(UInt32(truncatingIfNeeded: data.count))
      sparse.fixed(UInt32(0))
      data.varint(bases.0)
      data.varint(bases.1)
    } else {
      let most = min(last.count, key.count)
      while shared < most, last[shared] == key[shared] { shared += 1 }
    }
    data.varint(shared)
    data.varint(key.count - shared)
    data.append(UnsafeBufferPointer(rebasing: key[shared...]))
    data.varint(payload.count)
    payload.withUnsafeBufferPointer { data.append($0) }
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: key)
    count += 1
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

  init(sparse: UnsafeBufferPointer<UInt8>, data: UnsafeBufferPointer<UInt8>, streams: Int) {
    self.sparse = sparse
    self.data = data
    self.streams = streams
    blockCount = sparse.count / 16
  }

  /// The first 8 bytes of `key`, big-endian, zero filled: compares as the bytes do.
  static func prefix(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<8 { value = value << 8 | (index < key.count ? UInt64(key[index]) : 0) }
    return value
  }

  private func sparseKey(_ block: Int) -> UInt64 {
    let base = UnsafeRawPointer(sparse.baseAddress!)
    return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: block * 16, as: UInt64.self))
  }

  private func blockStart(_ block: Int) -> Int {
    let base = UnsafeRawPointer(sparse.baseAddress!)
    let value = base.loadUnaligned(fromByteOffset: block * 16 + 8, as: UInt32.self)
    return Int(UInt32(littleEndian: value))
  }

  /// A cursor before the first entry of `block`; at the end when there is no such block.
  func cursor(block: Int) -> TableCursor {
    guard block >= 0, block < blockCount else { return TableCursor(self, 0, 0, data, 0, 0) }
    let from = blockStart(block)
    let reader = from <= data.count ? from : data.count
    return TableCursor(
      self, block, blockCount, data, reader, block * FrontCodedTableWriter.blockSize)
  }

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
        isBelow = look.next() && look.key.withUnsafeBufferPointer { compare($0, key) <= 0 }
      }
      if isBelow { low = middle + 1 } else { high = middle }
    }
    var cursor = cursor(block: max(0, low - 1))
    while cursor.next() {
      if cursor.key.withUnsafeBufferPointer({ compare($0, key) >= 0 }) { return cursor }
    }
    return cursor
  }

  /// A cursor standing on `key`, or nil.
  func find(_ key: UnsafeBufferPointer<UInt8>) -> TableCursor? {
    let cursor = cursor(atOrAfter: key)
    guard cursor.isValid, cursor.key.withUnsafeBufferPointer({ compare($0, key) == 0 }) else {
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
  private var reader: ByteReader
  private let streams: Int
  private var block: Int
  private let blockCount: Int
  private var inBlock = 0
  /// The number of the current entry.
  private(set) var ordinal: Int
  /// The current key.
  private(set) var key: [UInt8] = []
  /// How many bytes the key shares with the one before.
  private(set) var shared = 0
  private(set) var payload = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The count that opens the payload.
  private(set) var count: UInt32 = 0
  /// Where the entry's parts of the streams start, and how long they are.
  private(set) var offsets = (0, 0)
  private(set) var lengths = (0, 0)
  /// What follows the count and the lengths.
  private(set) var rest = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// Whether the current entry opens a block.
  private(set) var opensBlock = false
  /// Whether the cursor stands on an entry.
  private(set) var isValid = false
  /// Whether the table broke off.
  private(set) var isDamaged = false

  fileprivate init(
    _ table: FrontCodedTable, _ block: Int, _ blockCount: Int,
    _ data: UnsafeBufferPointer<UInt8>, _ from: Int, _ ordinal: Int
  ) {
    streams = table.streams
    self.block = block
    self.blockCount = blockCount
    self.ordinal = ordinal - 1
    reader = ByteReader(data, from: from, count: data.count - from)
  }

  /// Goes to the next entry; false at the end or where the table is damaged.
  mutating func next() -> Bool {
    isValid = false
    guard block < blockCount, !reader.isAtEnd else { return false }
    if inBlock == FrontCodedTableWriter.blockSize {
      block += 1
      inBlock = 0
      guard block < blockCount else { return false }
    }
    opensBlock = inBlock == 0
    if opensBlock {
      offsets = (Int(reader.varint()), Int(reader.varint()))
    } else {
      offsets = (offsets.0 + lengths.0, offsets.1 + lengths.1)
    }
    shared = Int(reader.varint())
    let suffix = reader.bytes(Int(reader.varint()))
    payload = reader.bytes(Int(reader.varint()))
    guard !reader.isDamaged, shared <= key.count,
      shared + suffix.count <= FrontCodedTable.longestKey
    else {
      isDamaged = true
      block = blockCount
      return false
    }
    var head = ByteReader(payload)
    count = head.varint()
    lengths.0 = streams > 0 ? Int(head.varint()) : 0
    lengths.1 = streams > 1 ? Int(head.varint()) : 0
    rest = head.bytes(head.remaining)
    key.removeSubrange(shared...)
    key.append(contentsOf: suffix)
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
