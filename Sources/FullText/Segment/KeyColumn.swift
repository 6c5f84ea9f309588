// The keys of a segment's documents, ascending by bytes, in two sections.
//   keyOffsets  u32 for each 16 documents: where the first of them starts in `keys`
//   keys        a document: varint bytes shared with the key before (0 for the first of 16),
//               varint bytes that follow, those bytes

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Writes the keys.
struct KeyColumnWriter {
  static let group = 16

  private(set) var offsets = ByteBuffer()
  private(set) var keys = ByteBuffer()
  private var last: [UInt8] = []
  private var count = 0

  mutating func append(_ key: UnsafeBufferPointer<UInt8>) {
    var shared = 0
    if count % Self.group == 0 {
      offsets.fixed(UInt32(truncatingIfNeeded: keys.count))
    } else {
      let most = min(last.count, key.count)
      while shared < most, last[shared] == key[shared] { shared += 1 }
    }
    keys.varint(shared)
    keys.varint(key.count - shared)
    keys.append(UnsafeBufferPointer(rebasing: key[shared...]))
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: key)
    count += 1
  }
}

/// Reads the keys in place.
struct KeyColumn {
  fileprivate let offsets: UnsafeBufferPointer<UInt8>
  fileprivate let keys: UnsafeBufferPointer<UInt8>
  let count: Int

  init(offsets: UnsafeBufferPointer<UInt8>, keys: UnsafeBufferPointer<UInt8>, count: Int) {
    self.offsets = offsets
    self.keys = keys
    self.count = count
  }

  /// A walk whose first step leads to `document`.
  func walk(from document: Int) -> KeyWalker { KeyWalker(self, document) }

  /// Longer keys are put together by a walk.
  private static let longestQuickKey = 512

  /// Calls `body` with the key of a document; nil when it is long or damaged.
  ///
  /// The key is valid during the call. Nothing is allocated.
  func withKey<Result>(
    of document: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    guard document >= 0, document < count else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestQuickKey) { key in
      let group = document / KeyColumnWriter.group
      let start = groupStart(group)
      var reader = ByteReader(keys, from: start, count: keys.count - start)
      var length = 0
      for _ in 0...document % KeyColumnWriter.group {
        let shared = Int(reader.varint())
        let suffix = reader.bytes(Int(reader.varint()))
        guard !reader.isDamaged, shared <= length,
          shared + suffix.count <= Self.longestQuickKey
        else { return nil }
        length = shared + suffix.count
        if suffix.count > 0 {
          memcpy(key.baseAddress! + shared, suffix.baseAddress!, suffix.count)
        }
      }
      return body(UnsafeBufferPointer(start: key.baseAddress!, count: length))
    }
  }

  fileprivate func groupStart(_ group: Int) -> Int {
    Int(
      UInt32(
        littleEndian: UnsafeRawPointer(offsets.baseAddress!)
          .loadUnaligned(fromByteOffset: group * 4, as: UInt32.self)))
  }

  /// The whole key that opens a group of documents.
  private func first(ofGroup group: Int) -> UnsafeBufferPointer<UInt8> {
    let start = groupStart(group)
    var reader = ByteReader(keys, from: start, count: keys.count - start)
    _ = reader.varint()
    return reader.bytes(Int(reader.varint()))
  }

  /// The first document whose key is at or after `key`, or the document count.
  func lowerBound(_ key: UnsafeBufferPointer<UInt8>) -> Int {
    var low = 0
    var high = (count + KeyColumnWriter.group - 1) / KeyColumnWriter.group
    while low < high {
      let middle = (low + high) / 2
      if compare(first(ofGroup: middle), key) <= 0 { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let start = (low - 1) * KeyColumnWriter.group
    var walker = walk(from: start)
    for document in start..<min(count, start + KeyColumnWriter.group) {
      guard walker.next(), walker.withKey({ compare($0, key) }) < 0 else { return document }
    }
    return min(count, start + KeyColumnWriter.group)
  }
}

/// Walks the keys forwards.
struct KeyWalker {
  private let column: KeyColumn
  private var reader: ByteReader
  private var upcoming: Int
  private var bytes = [UInt8](repeating: 0, count: 128)
  private var length = 0

  fileprivate init(_ column: KeyColumn, _ document: Int) {
    self.column = column
    let group = document / KeyColumnWriter.group
    upcoming = group * KeyColumnWriter.group
    let start = document < column.count ? column.groupStart(group) : 0
    reader = ByteReader(column.keys, from: start, count: column.keys.count - start)
    while upcoming < document, next() {}
  }

  /// Goes to the next key; false behind the last or where the keys are damaged.
  mutating func next() -> Bool {
    guard upcoming < column.count else { return false }
    let shared = Int(reader.varint())
    let follow = Int(reader.varint())
    let suffix = reader.bytes(follow)
    guard !reader.isDamaged, shared <= length else {
      length = 0
      return false
    }
    length = shared + follow
    if length > bytes.count {
      bytes.append(contentsOf: repeatElement(0, count: 2 * length - bytes.count))
    }
    if follow > 0 {
      bytes.withUnsafeMutableBufferPointer {
        _ = memcpy($0.baseAddress! + shared, suffix.baseAddress!, follow)
      }
    }
    upcoming += 1
    return true
  }

  /// The current key.
  var key: [UInt8] { Array(bytes[..<length]) }

  func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[..<length])) }
  }
}
