// A deletion file: the documents deleted from one segment.
//   offset  size  field
//   0       8     magic "FOLIODL1"
//   8       4     documents of the segment
//   12      4     documents deleted
//   16      8 x n a bit a document, least significant first, in u64
//   end     4     CRC32C of all before

/// The deleted documents of a segment.
struct DeletionMap: Sendable, Equatable {
  private(set) var words: [UInt64] = []
  /// How many documents are deleted.
  private(set) var count = 0
  /// How many documents the segment has; 0 in a map that nothing was put into.
  private(set) var capacity = 0

  var isEmpty: Bool { count == 0 }

  init() {}

  @inline(__always)
  func contains(_ document: UInt32) -> Bool {
    guard count > 0 else { return false }
    return words[Int(document >> 6)] & 1 &<< UInt64(document & 63) != 0
  }

  /// Marks a document of a segment with `capacity` documents.
  mutating func insert(_ document: UInt32, capacity: Int) {
    if words.isEmpty {
      words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
      self.capacity = capacity
    }
    let bit: UInt64 = 1 << UInt64(document & 63)
    if words[Int(document >> 6)] & bit == 0 { count += 1 }
    words[Int(document >> 6)] |= bit
  }

  private static let magic = Array("FOLIODL1".utf8)

  func encoded() -> [UInt8] {
    var buffer = ByteBuffer(bytes: Self.magic)
    buffer.fixed(UInt32(capacity))
    buffer.fixed(UInt32(count))
    for word in words { buffer.fixed(word) }
    buffer.fixed(CRC32C.checksum(buffer.bytes))
    return buffer.bytes
  }

  /// Nil when `bytes` are not a whole deletion file.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 20, bytes.starts(with: Self.magic) else { return nil }
    let body = Array(bytes.dropLast(4))
    let map = bytes.withUnsafeBufferPointer { bytes -> DeletionMap? in
      var reader = ByteReader(bytes, from: 8, count: bytes.count - 8)
      var map = DeletionMap()
      map.capacity = Int(reader.fixed(UInt32.self))
      map.count = Int(reader.fixed(UInt32.self))
      guard reader.remaining == (map.capacity + 63) / 64 * 8 + 4 else { return nil }
      map.words = (0..<(map.capacity + 63) / 64).map { _ in reader.fixed(UInt64.self) }
      guard reader.fixed(UInt32.self) == CRC32C.checksum(body),
        map.words.reduce(0, { $0 + $1.nonzeroBitCount }) == map.count
      else { return nil }
      return map
    }
    guard let map else { return nil }
    self = map
  }
}
