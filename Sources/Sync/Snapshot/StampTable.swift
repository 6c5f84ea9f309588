// What the last snapshot read, so that the next one need not read unchanged files.
//
//   offset  size  field (little-endian)
//   0       8     magic "FOLIOSY1"
//   8       8     checksum of everything behind it
//   16      4     record count
//   20      ...   records: path length u32, modified i64, changed i64 (ns), size u64, inode u64,
//                 id of the blob (20 bytes), the path from the top of the repository
//
// The table is a cache: one that is damaged is ignored and every file is read.

/// The stamps of the files of a vault and the blobs that they were.
struct StampTable {
  struct Record: Equatable {
    var stamp: FileStamp
    var id: ObjectID
  }

  private static let magic = Array("FOLIOSY1".utf8)
  private static let fixed = 56

  var records: [TreePath: Record] = [:]

  init() {}

  init(_ bytes: [UInt8]) {
    guard bytes.count >= 20, bytes.starts(with: Self.magic) else { return }
    let found = bytes.withUnsafeBytes { raw -> [TreePath: Record]? in
      func number<T: FixedWidthInteger>(_ at: Int, _ type: T.Type) -> T {
        T(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: type))
      }
      guard number(8, UInt64.self) == Self.checksum(UnsafeRawBufferPointer(rebasing: raw[16...]))
      else { return nil }
      let count = Int(number(16, UInt32.self))
      guard count <= raw.count / Self.fixed else { return nil }
      var records: [TreePath: Record] = [:]
      records.reserveCapacity(count)
      var at = 20
      for _ in 0..<count {
        guard at + Self.fixed <= raw.count else { return nil }
        let length = Int(number(at, UInt32.self))
        let end = at + Self.fixed + length
        guard end <= raw.count else { return nil }
        let stamp = FileStamp(
          modified: number(at + 4, Int64.self), changed: number(at + 12, Int64.self),
          size: number(at + 20, UInt64.self), inode: number(at + 28, UInt64.self))
        let id = ObjectID(UnsafeRawBufferPointer(rebasing: raw[(at + 36)..<(at + 56)]))
        records[TreePath(bytes: Array(raw[(at + Self.fixed)..<end]))] = Record(stamp: stamp, id: id)
        at = end
      }
      return records
    }
    records = found ?? [:]
  }

  var encoded: [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(4 + records.count * 100)
    func put(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { body += $0 }
    }
    put(UInt32(records.count))
    for (path, record) in records {
      put(UInt32(path.bytes.count))
      put(record.stamp.modified)
      put(record.stamp.changed)
      put(record.stamp.size)
      put(record.stamp.inode)
      body += record.id.bytes
      body += path.bytes
    }
    var header = Self.magic
    withUnsafeBytes(of: body.withUnsafeBytes { Self.checksum($0) }.littleEndian) { header += $0 }
    return header + body
  }

  /// Guards against damage, not malice.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0x51_7C_C1_B7_27_22_0A_95 ^ UInt64(bytes.count)
    var at = 0
    while at + 8 <= bytes.count {
      hash = (hash ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian)
      hash = hash &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      at += 8
    }
    while at < bytes.count {
      hash = (hash ^ UInt64(bytes[at])) &* 0x9E37_79B9_7F4A_7C15
      at += 1
    }
    return hash ^ (hash >> 32)
  }
}
