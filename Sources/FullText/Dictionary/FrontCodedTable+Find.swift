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
  private(set) var coded: FrontCodedEntry
  var entry: TableEntry
  private(set) var isDamaged = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, streams: Int, block: Int) {
    reader = ByteReader(bytes)
    self.streams = streams
    entry = TableEntry(ordinal: block * FrontCodedTableWriter.blockSize - 1)
    entry.offsets = (Int(reader.varint()), Int(reader.varint()))
    var nothing = ByteReader(UnsafeBufferPointer(start: nil, count: 0))
    coded = FrontCodedEntry(&nothing)
  }

  /// Goes to the next entry; false at the end of the block or where it is damaged.
  @inline(__always)
  mutating func next() -> Bool {
    if reader.isAtEnd { return false }
    coded = FrontCodedEntry(&reader)
    var payload = ByteReader(coded.payload)
    entry.offsets.0 &+= entry.lengths.0
    entry.offsets.1 &+= entry.lengths.1
    entry.lengths = (0, 0)
    entry.isInline = coded.inlineCount > 0
    entry.count = entry.isInline ? UInt32(coded.inlineCount) : payload.varint()
    if !entry.isInline {
      if streams > 0 { entry.lengths.0 = Int(payload.varint()) }
      if streams > 1 { entry.lengths.1 = Int(payload.varint()) }
    }
    entry.rest = payload.bytes(payload.remaining)
    entry.ordinal &+= 1
    isDamaged = reader.isDamaged || payload.isDamaged
    return !isDamaged
  }
}

extension FrontCodedTable {
  /// Longer keys are put together by a cursor.
  private static let longestQuickKey = 256

  /// The entry of `key`; nil when there is none or where the table is damaged, which is told.
  ///
  /// A key that is not the wanted one is read only as far as it shares bytes with it. The sparse part
  /// only says where to begin: that the key is not there is known from keys below and above it, so that
  /// a changed byte of the sparse part hides nothing.
  func look(for key: UnsafeBufferPointer<UInt8>, isDamaged: inout Bool) -> TableEntry? {
    guard blockCount > 0 else { return nil }
    let wanted = Self.prefix(key)
    // The last block whose first key is surely below.
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low &+ high) / 2
      if sparseKey(middle) < wanted { low = middle &+ 1 } else { high = middle }
    }
    let start = max(0, low &- 1)
    for block in start..<blockCount {
      switch look(for: key, inBlock: block) {
      case .found(let entry): return entry
      case .behind(let isFirst):
        if isFirst, block == start, block > 0 { isDamaged = true }
        return nil
      case .long, .damaged:
        let cursor = cursor(atOrAfter: key)
        if cursor.isDamaged { isDamaged = true }
        guard cursor.isValid, cursor.withKey({ compare($0, key) == 0 }) else { return nil }
        return cursor.entry
      case .before: continue
      }
    }
    return nil
  }

  private enum Look {
    case found(TableEntry)
    /// All keys are below.
    case before
    /// A key is above, the first of the block or another.
    case behind(isFirst: Bool)
    case long
    case damaged
  }

  private func look(for key: UnsafeBufferPointer<UInt8>, inBlock block: Int) -> Look {
    guard let bytes = blockBytes(block) else { return .damaged }
    let room = Self.longestQuickKey + SymbolTable.longest
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { text in
      let text = text.baseAddress!
      var scan = BlockScan(bytes, streams: streams, block: block)
      // How many bytes the key before, which is below, has in common with the wanted one.
      var common = 0
      while scan.next() {
        let shared = scan.coded.shared
        if shared > common { continue }
        if shared < common { return .behind(isFirst: false) }
        var suffix = scan.coded.suffix
        if !scan.coded.isPlain {
          guard let count = symbols.decode(suffix, into: text, limit: Self.longestQuickKey)
          else { return .long }
          suffix = UnsafeBufferPointer(start: text, count: count)
        }
        var at = 0
        while at < suffix.count, common < key.count, suffix[at] == key[common] {
          at &+= 1
          common &+= 1
        }
        if at == suffix.count {
          if common == key.count { return .found(scan.entry) }
        } else if common == key.count || suffix[at] > key[common] {
          return .behind(isFirst: scan.entry.ordinal == block * FrontCodedTableWriter.blockSize)
        }
      }
      return scan.isDamaged ? .damaged : .before
    }
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
