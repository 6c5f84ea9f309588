// A sorted table of byte keys with a short payload each. Two parts, each a section of a segment.
//   sparse part, 12 bytes a block: the first 8 bytes of the block's first key, big-endian, zero
//     filled (u64), the block's offset in the data part (u32)
//   data part, blocks of 32 entries:
//     seal       of the rest of the block (u16)
//     base       two varints: where the block's first entry starts in the two streams it points to
//     an entry   a byte: bytes shared with the key before (0 for a block's first) << 4 | bytes that
//                follow; a varint behind it adds to each of the two numbers that is 15, in order;
//                varint (payload length << 3 | isPlain << 2 | inline count, 0 to 3); the bytes that
//                follow, as codes of the segment's symbols (SymbolTable.swift) unless they are
//                plain; payload
// With an inline count the payload is the user's alone. With none it opens with varint count and, for
// each of the table's streams (0 to 2), a varint with the length of the entry's part of that stream;
// parts of neighbours follow each other.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Gathers a table; keys must come in ascending byte order.
///
/// The symbols that keys are written with are chosen when all are known, so that `coded` writes it.
struct FrontCodedTableWriter {
  static let blockSize = 32

  private(set) var count = 0
  /// An entry: varints of bytes shared, bytes that follow and payload << 2 | inline count; both.
  private var entries = RunBytes()
  /// A block's first eight bytes, where it starts in `entries`, and its bases.
  private var blocks: [(prefix: UInt64, start: Int, bases: (Int, Int))] = []
  private var last: [UInt8] = []

  /// Adds an entry; `inlineCount` is 0 to 3, `bases` are written when it opens a block.
  mutating func append(
    _ key: UnsafeBufferPointer<UInt8>, payload: [UInt8], inlineCount: Int,
    bases: (Int, Int) = (0, 0)
  ) {
    var shared = 0
    if count % Self.blockSize == 0 {
      blocks.append((FrontCodedTable.prefix(key), entries.count, bases))
    } else {
      let most = min(last.count, key.count)
      while shared < most, last[shared] == key[shared] { shared += 1 }
    }
    entries.varint(UInt32(shared))
    entries.varint(UInt32(key.count - shared))
    entries.varint(UInt32(payload.count << 2 | inlineCount))
    entries.append(UnsafeBufferPointer(rebasing: key[shared...]))
    payload.withUnsafeBufferPointer { entries.append($0) }
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: key)
    count += 1
  }

  private func forEachEntry(
    ofBlock block: Int,
    _ body: (
      _ shared: Int, _ suffix: UnsafeBufferPointer<UInt8>, _ payload: UnsafeBufferPointer<UInt8>,
      _ inlineCount: Int
    ) -> Void
  ) {
    let end = block + 1 < blocks.count ? blocks[block + 1].start : entries.count
    let start = blocks[block].start
    var reader = ByteReader(entries.bytes.buffer, from: start, count: end - start)
    while !reader.isAtEnd {
      let shared = Int(reader.varint())
      let follow = Int(reader.varint())
      let size = Int(reader.varint())
      let suffix = reader.bytes(follow)
      body(shared, suffix, reader.bytes(size >> 2), size & 3)
    }
  }

  /// Gives a sample of what keys do not share, about `most` bytes, to a training of symbols.
  func sample(_ most: Int, to training: inout SymbolTraining) {
    let step = max(1, entries.count / max(1, 2 * most))
    for block in stride(from: 0, to: blocks.count, by: step) {
      forEachEntry(ofBlock: block) { _, suffix, _, _ in training.add(suffix) }
    }
  }

  /// The two parts of the table.
  func coded(_ symbols: SymbolCoder) -> (sparse: [UInt8], data: [UInt8]) {
    var sparse = ByteBuffer()
    var data = ByteBuffer()
    data.bytes.reserveCapacity(entries.count)
    var text = RunBytes()
    var bytes = RunBytes()
    for (number, block) in blocks.enumerated() {
      sparse.fixed(block.prefix)
      sparse.fixed(UInt32(truncatingIfNeeded: data.count))
      bytes.clear()
      bytes.varint(UInt32(truncatingIfNeeded: block.bases.0))
      bytes.varint(UInt32(truncatingIfNeeded: block.bases.1))
      forEachEntry(ofBlock: number) { shared, suffix, payload, inlineCount in
        text.clear()
        let isPlain = !symbols.append(suffix, to: &text)
        if isPlain { text.append(suffix) }
        bytes.byte(UInt8(min(shared, 15) << 4 | min(text.count, 15)))
        if shared >= 15 { bytes.varint(UInt32(shared - 15)) }
        if text.count >= 15 { bytes.varint(UInt32(text.count - 15)) }
        bytes.varint(UInt32(payload.count << 3 | (isPlain ? 4 : 0) | inlineCount))
        bytes.append(text.bytes.buffer)
        bytes.append(payload)
      }
      data.fixed(Seal.of(UnsafePointer(bytes.bytes.base), bytes.count))
      data.append(bytes.bytes.buffer)
    }
    return (sparse.bytes, data.bytes)
  }
}

/// Reads a table in place.
struct FrontCodedTable {
  private let sparse: UnsafeBufferPointer<UInt8>
  private let data: UnsafeBufferPointer<UInt8>
  /// How many streams the entries point into.
  let streams: Int
  let symbols: SymbolTable
  let blockCount: Int
  /// Longest key that is believed; a longer one means damage.
  static let longestKey = 4096
  /// The greatest inline count.
  static let mostInline = 3
  static let sparseSize = 12

  init(
    sparse: UnsafeBufferPointer<UInt8>, data: UnsafeBufferPointer<UInt8>, streams: Int,
    symbols: SymbolTable
  ) {
    self.sparse = sparse
    self.data = data
    self.streams = streams
    self.symbols = symbols
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
    cursor.seek(key)
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
    cursor.enter(at: ordinal % FrontCodedTableWriter.blockSize)
    return cursor.isValid && cursor.ordinal == ordinal ? cursor : nil
  }
}

/// The parts of an entry.
struct FrontCodedEntry {
  let shared: Int
  let suffix: UnsafeBufferPointer<UInt8>
  let payload: UnsafeBufferPointer<UInt8>
  let isPlain: Bool
  /// 0 where the data is not in the entry itself.
  let inlineCount: Int

  @inline(__always)
  init(_ reader: inout ByteReader) {
    let head = Int(reader.byte())
    var (shared, follow) = (head &>> 4, head & 15)
    if shared == 15 { shared += Int(reader.varint()) }
    if follow == 15 { follow += Int(reader.varint()) }
    let opening = Int(reader.varint())
    self.shared = shared
    suffix = reader.bytes(follow)
    payload = reader.bytes(opening &>> 3)
    isPlain = opening & 4 != 0
    inlineCount = opening & 3
  }

  /// The most bytes that the key can have.
  @inline(__always)
  var longest: Int { shared &+ suffix.count &* SymbolTable.longest }

  /// Puts what follows behind the shared bytes of `key`, where there is room for `limit` bytes and 8
  /// more; returns the key's length, nil when it is longer or damaged.
  @inline(__always)
  func put(to key: UnsafeMutablePointer<UInt8>, limit: Int, _ symbols: SymbolTable) -> Int? {
    guard shared <= limit,
      let count = putSuffix(to: key + shared, limit: limit &- shared, symbols)
    else { return nil }
    return shared &+ count
  }

  /// The same of what follows alone.
  @inline(__always)
  func putSuffix(
    to text: UnsafeMutablePointer<UInt8>, limit: Int, _ symbols: SymbolTable
  ) -> Int? {
    if !isPlain { return symbols.decode(suffix, into: text, limit: limit) }
    guard suffix.count <= limit else { return nil }
    if let from = suffix.baseAddress { memcpy(text, from, suffix.count) }
    return suffix.count
  }
}

/// Walks a table forwards.
struct TableCursor {
  private let table: FrontCodedTable
  private var reader = ByteReader(UnsafeBufferPointer(start: nil, count: 0))
  private var block: Int
  private var inBlock = FrontCodedTableWriter.blockSize
  private var keyBytes = [UInt8](repeating: 0, count: 128)
  private var keyCount = 0
  /// The number of the current entry.
  private(set) var ordinal: Int
  /// How many bytes the key shares with the one before.
  private(set) var shared = 0
  /// The count of the entry.
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

  /// The entry without its key.
  var entry: TableEntry {
    TableEntry(
      ordinal: ordinal, count: count, isInline: isInline, offsets: offsets, lengths: lengths,
      rest: rest)
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
    let entry = FrontCodedEntry(&reader)
    guard !reader.isDamaged, entry.shared <= keyCount, putKey(entry), take(entry) else {
      return damaged()
    }
    isValid = true
    return true
  }

  /// Goes from before the first entry of a block to the first entry at or after `wanted`.
  ///
  /// Of keys below `wanted` only the bytes they have in common with it matter: one that shares more
  /// with the key before is below as well, and one that shares less is above.
  fileprivate mutating func seek(_ wanted: UnsafeBufferPointer<UInt8>) {
    guard block < table.blockCount, openBlock() else { return }
    var common = 0
    while !reader.isAtEnd {
      let entry = FrontCodedEntry(&reader)
      guard !reader.isDamaged, take(entry) else {
        _ = damaged()
        return
      }
      if entry.shared > common { continue }
      guard putKey(entry) else {
        _ = damaged()
        return
      }
      if entry.shared == common {
        let most = min(keyCount, wanted.count)
        keyBytes.withUnsafeBufferPointer {
          while common < most, $0[common] == wanted[common] { common += 1 }
        }
        if common < most ? keyBytes[common] < wanted[common] : keyCount < wanted.count { continue }
      }
      keyBytes.withUnsafeMutableBufferPointer {
        for place in 0..<entry.shared { $0[place] = wanted[place] }
      }
      isValid = true
      return
    }
    // The next block begins above.
    while next(), withKey({ compare($0, wanted) < 0 }) {}
  }

  /// Goes from before the first entry of a block to one of its entries.
  ///
  /// The key is put together backwards: most of the keys before have no part in it.
  fileprivate mutating func enter(at place: Int) {
    guard block < table.blockCount, openBlock() else { return }
    let isWhole = withUnsafeTemporaryAllocation(of: FrontCodedEntry.self, capacity: place + 1) {
      entries in
      for number in 0...place {
        entries.initializeElement(at: number, to: FrontCodedEntry(&reader))
        guard !reader.isDamaged, take(entries[number]) else { return false }
      }
      guard putKey(entries[place]) else { return false }
      var missing = entries[place].shared
      var number = place
      while missing > 0, number > 0 {
        number -= 1
        let entry = entries[number]
        if entry.shared >= missing { continue }
        let size = entry.suffix.count * SymbolTable.longest
        let symbols = table.symbols
        let isThere = withUnsafeTemporaryAllocation(
          of: UInt8.self, capacity: size + SymbolTable.longest
        ) { part in
          guard let count = entry.putSuffix(to: part.baseAddress!, limit: size, symbols),
            entry.shared + count >= missing, missing <= keyBytes.count
          else { return false }
          keyBytes.withUnsafeMutableBufferPointer {
            for at in entry.shared..<missing { $0[at] = part[at - entry.shared] }
          }
          return true
        }
        guard isThere else { return false }
        missing = entry.shared
      }
      return missing == 0
    }
    if isWhole { isValid = true } else { _ = damaged() }
  }

  /// Makes an entry the current one, but for its key; false when its payload is damaged.
  @inline(__always)
  private mutating func take(_ entry: FrontCodedEntry) -> Bool {
    shared = entry.shared
    offsets = (offsets.0 &+ lengths.0, offsets.1 &+ lengths.1)
    inBlock += 1
    ordinal += 1
    isInline = entry.inlineCount > 0
    lengths = (0, 0)
    if isInline {
      count = UInt32(truncatingIfNeeded: entry.inlineCount)
      rest = entry.payload
      return true
    }
    var payload = ByteReader(entry.payload)
    count = payload.varint()
    if table.streams > 0 { lengths.0 = Int(payload.varint()) }
    if table.streams > 1 { lengths.1 = Int(payload.varint()) }
    rest = payload.bytes(payload.remaining)
    return !payload.isDamaged
  }

  /// Puts what follows in an entry's key behind the bytes it shares; false when it is damaged.
  @inline(__always)
  private mutating func putKey(_ entry: FrontCodedEntry) -> Bool {
    let limit = entry.longest
    if keyBytes.count < limit + SymbolTable.longest {
      keyBytes.append(contentsOf: repeatElement(0, count: 2 * limit))
    }
    let symbols = table.symbols
    let count = keyBytes.withUnsafeMutableBufferPointer {
      entry.put(to: $0.baseAddress!, limit: limit, symbols)
    }
    guard let count, count <= FrontCodedTable.longestKey else { return false }
    keyCount = count
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
