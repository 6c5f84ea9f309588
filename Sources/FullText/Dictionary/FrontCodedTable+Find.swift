/// An entry of a table without its key.
struct TableEntry {
  var ordinal: Int
  /// The count that opens the payload.
  var count: UInt32 = 0
  /// Whether the entry holds its data itself, in `rest`.
  var isInline = false
  /// Where the entry's parts of the streams start, and how long they are.
  var offsets = (0, 0)
  var lengths = (0, 0)
  /// What follows the count and the lengths.
  var rest = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
}

/// Walks the entries of one block without putting keys together.
private struct BlockScan {
  private var reader: ByteReader
  private let streams: Int
  var entry: TableEntry
  private(set) var shared = 0
  private(set) var suffix = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var isDamaged: Bool { reader.isDamaged }

  init(_ bytes: UnsafeBufferPointer<UInt8>, streams: Int, block: Int) {
    reader = ByteReader(bytes)
    self.streams = streams
    entry = TableEntry(ordinal: block * FrontCodedTableWriter.blockSize - 1)
    entry.offsets = (Int(reader.varint()), Int(reader.varint()))
  }

  /// Goes to the next entry; false at the end of the block or where it is damaged.
  @inline(__always)
  mutating func next() -> Bool {
    if reader.isAtEnd { return false }
    let head = Int(reader.byte())
    var follow = head & 15
    shared = head >> 4
    if head >= 0xF0 {
      shared = Int(reader.varint())
      follow = Int(reader.varint())
    }
    suffix = reader.bytes(follow)
    var payload = ByteReader(reader.bytes(Int(reader.varint())))
    entry.offsets.0 &+= entry.lengths.0
    entry.offsets.1 &+= entry.lengths.1
    entry.lengths = (0, 0)
    let opening = payload.varint()
    entry.count = opening >> 1
    entry.isInline = opening & 1 == 1
    if !entry.isInline {
      if streams > 0 { entry.lengths.0 = Int(payload.varint()) }
      if streams > 1 { entry.lengths.1 = Int(payload.varint()) }
    }
    entry.rest = payload.bytes(payload.remaining)
    entry.ordinal &+= 1
    return !reader.isDamaged && !payload.isDamaged
  }
}

extension FrontCodedTable {
  /// The entry of `key`; nil when there is none or where the table is damaged, which is told.
  ///
  /// A key that is not the wanted one is looked at only as far as it shares bytes with it.
  func look(for key: UnsafeBufferPointer<UInt8>, isDamaged: inout Bool) -> TableEntry? {
    guard blockCount > 0 else { return nil }
    let wanted = Self.prefix(key)
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low &+ high) / 2
      let found = sparseKey(middle)
      var isBelow = found < wanted
      if found == wanted {
        guard let bytes = blockBytes(middle) else {
          isDamaged = true
          return nil
        }
        var scan = BlockScan(bytes, streams: streams, block: middle)
        isBelow = scan.next() && compare(scan.suffix, key) <= 0
      }
      if isBelow { low = middle &+ 1 } else { high = middle }
    }
    guard let bytes = blockBytes(max(0, low &- 1)) else {
      isDamaged = true
      return nil
    }
    var scan = BlockScan(bytes, streams: streams, block: max(0, low &- 1))
    // How many bytes the key before, which is below, has in common with the wanted one.
    var common = 0
    while scan.next() {
      if scan.shared > common { continue }
      if scan.shared < common { return nil }
      let suffix = scan.suffix
      var at = 0
      while at < suffix.count, common < key.count, suffix[at] == key[common] {
        at &+= 1
        common &+= 1
      }
      if at == suffix.count {
        if common == key.count { return scan.entry }
      } else if common == key.count || suffix[at] > key[common] {
        return nil
      }
    }
    if scan.isDamaged { isDamaged = true }
    return nil
  }

  /// Entry `ordinal`; nil where there is none or the table is damaged.
  func look(at ordinal: Int) -> TableEntry? {
    let block = ordinal / FrontCodedTableWriter.blockSize
    guard ordinal >= 0, block < blockCount, let bytes = blockBytes(block) else { return nil }
    var scan = BlockScan(bytes, streams: streams, block: block)
    while scan.next() { if scan.entry.ordinal == ordinal { return scan.entry } }
    return nil
  }
}
