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

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The stamps of the files of a vault and the blobs that they were.
///
/// Records are asked for in the order in which they were added, but for what changed: a search begins
/// behind the last record that was found.
struct StampTable {
  struct Record: Equatable {
    var stamp: FileStamp
    var id: ObjectID
  }

  private static let magic = Array("FOLIOSY1".utf8)
  private static let fixed = 56
  private static let header = 20

  private var records: [Record] = []
  /// All paths, one behind the other.
  private var paths: [UInt8] = []
  private var ends: [Int] = []
  private var cursor = 0
  /// Paths that were looked for in vain; with many of them an index of the paths is worth making.
  private var misses = 0
  private static let mostMisses = 20
  private var index: [TreePath: Int]?

  init() {}

  init(_ bytes: [UInt8]) {
    guard bytes.count >= Self.header, bytes.starts(with: Self.magic) else { return }
    var table = StampTable()
    let isWhole = bytes.withUnsafeBytes { raw -> Bool in
      func number<T: FixedWidthInteger>(_ at: Int, _ type: T.Type) -> T {
        T(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: type))
      }
      let body = UnsafeRawBufferPointer(rebasing: raw[16...])
      guard number(8, UInt64.self) == Self.checksum(body) else { return false }
      let count = Int(number(16, UInt32.self))
      guard count <= raw.count / Self.fixed else { return false }
      table.records.reserveCapacity(count)
      table.ends.reserveCapacity(count)
      table.paths.reserveCapacity(raw.count - Self.header - count * Self.fixed)
      var at = Self.header
      for _ in 0..<count {
        guard at + Self.fixed <= raw.count else { return false }
        let end = at + Self.fixed + Int(number(at, UInt32.self))
        guard end <= raw.count else { return false }
        let stamp = FileStamp(
          modified: number(at + 4, Int64.self), changed: number(at + 12, Int64.self),
          size: number(at + 20, UInt64.self), inode: number(at + 28, UInt64.self))
        let id = ObjectID(UnsafeRawBufferPointer(rebasing: raw[(at + 36)..<(at + 56)]))
        table.records.append(Record(stamp: stamp, id: id))
        table.paths += raw[(at + Self.fixed)..<end]
        table.ends.append(table.paths.count)
        at = end
      }
      return true
    }
    if isWhole { self = table }
  }

  var count: Int { records.count }

  /// Adds the record of a path that has none.
  mutating func add(_ path: TreePath, _ record: Record) {
    records.append(record)
    paths += path.bytes
    ends.append(paths.count)
    index = nil
  }

  /// The record of a path; nil when there is none.
  mutating func find(_ path: TreePath) -> Record? {
    guard let place = place(of: path) else { return nil }
    cursor = place + 1
    return records[place]
  }

  private mutating func place(of path: TreePath) -> Int? {
    // A file or two may have gone since.
    for place in cursor..<min(cursor + 4, records.count) where isPath(path.bytes, at: place) {
      return place
    }
    if misses < Self.mostMisses {
      for place in cursor..<records.count where isPath(path.bytes, at: place) { return place }
      for place in 0..<min(cursor, records.count) where isPath(path.bytes, at: place) {
        return place
      }
      misses += 1
      return nil
    }
    let index = index ?? makeIndex()
    self.index = index
    return index[path]
  }

  private func bounds(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }

  private func isPath(_ path: [UInt8], at place: Int) -> Bool {
    let range = bounds(place)
    guard range.count == path.count else { return false }
    return paths.withUnsafeBufferPointer { all in
      path.withUnsafeBufferPointer { one in
        one.isEmpty || memcmp(all.baseAddress! + range.lowerBound, one.baseAddress!, one.count) == 0
      }
    }
  }

  private func makeIndex() -> [TreePath: Int] {
    var index: [TreePath: Int] = [:]
    index.reserveCapacity(records.count)
    for place in records.indices { index[TreePath(bytes: Array(paths[bounds(place)]))] = place }
    return index
  }

  var encoded: [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(4 + records.count * Self.fixed + paths.count)
    func put(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { body += $0 }
    }
    put(UInt32(records.count))
    for (place, record) in records.enumerated() {
      let path = bounds(place)
      put(UInt32(path.count))
      put(record.stamp.modified)
      put(record.stamp.changed)
      put(record.stamp.size)
      put(record.stamp.inode)
      body += record.id.bytes
      body += paths[path]
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
