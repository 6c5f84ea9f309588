// What the last scan of a vault saw, so that the next one need not list unchanged folders.
//
//   offset  size  field (little-endian)
//   0       8     magic "FOLIOFT1"
//   8       8     checksum of everything behind it (FolderTable.checksum)
//   16      8     fingerprint of the settings that decide what is a note
//   24      4     folder count F
//   28      4     file count N
//   32      24 F  folders: path offset u32, path length u32, mtime i64 (ns; -1: list it again),
//                 mtime of its .gitignore i64 (0: it has none; -1: read it again), in the order in
//                 which they were met
//   ...     12 N  files: path offset u32, path length u32, folder u32, ascending by path
//   ...           the paths, UTF-8 as the file system has them
//
// The table is a cache: one that is damaged, short, or of other settings is ignored.

/// The folders and note files of a vault as one scan saw them.
struct FolderTable: Sendable {
  struct Folder: Sendable {
    var path: Range<Int>
    /// Modification time in ns, or -1 when it was too young to be trusted, or when the folder has to be
    /// listed each time.
    var modified: Int64
    /// Modification time of the folder's `.gitignore` in ns; 0 when it has none, -1 when it was too
    /// young to be trusted.
    var ignoreModified: Int64
  }

  struct File: Sendable {
    var path: Range<Int>
    var folder: Int
  }

  static let magic: [UInt8] = Array("FOLIOFT1".utf8)

  var fingerprint: UInt64 = 0
  var folders: [Folder] = []
  var files: [File] = []
  var paths: [UInt8] = []

  mutating func append(path: [UInt8]) -> Range<Int> {
    let start = paths.count
    paths += path
    return start..<paths.count
  }

  /// Whether both would make the next scan do the same, whatever the order of their folders.
  func saysTheSame(as other: FolderTable) -> Bool {
    guard fingerprint == other.fingerprint, folders.count == other.folders.count,
      files.count == other.files.count
    else { return false }
    let known = Dictionary(
      other.folders.map { (other.paths[$0.path], $0) }, uniquingKeysWith: { first, _ in first })
    for folder in folders {
      guard let before = known[paths[folder.path]], before.modified == folder.modified,
        before.ignoreModified == folder.ignoreModified
      else { return false }
    }
    return zip(files, other.files).allSatisfy { paths[$0.path] == other.paths[$1.path] }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: paths[range], as: UTF8.self) }

  /// A 64-bit multiplicative hash over words of eight bytes; guards against damage, not malice.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { raw in
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(raw.count)
      var at = 0
      while at + 8 <= raw.count {
        hash = (hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        hash = hash &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 32
        at += 8
      }
      while at < raw.count {
        hash = (hash ^ UInt64(raw[at])) &* 0xFF51_AFD7_ED55_8CCD
        at += 1
      }
      return hash ^ (hash >> 29)
    }
  }

  /// The same without paths that nothing points to any more.
  private var compacted: FolderTable {
    var table = FolderTable()
    table.fingerprint = fingerprint
    table.paths.reserveCapacity(paths.count)
    for var folder in folders {
      folder.path = table.append(path: Array(paths[folder.path]))
      table.folders.append(folder)
    }
    for var file in files {
      file.path = table.append(path: Array(paths[file.path]))
      table.files.append(file)
    }
    return table
  }

  var encoded: [UInt8] { compacted.bytes }

  private var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 + folders.count * 24 + files.count * 12 + paths.count)
    func put<T: FixedWidthInteger>(_ value: T) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    put(fingerprint)
    put(UInt32(folders.count))
    put(UInt32(files.count))
    for folder in folders {
      put(UInt32(folder.path.lowerBound))
      put(UInt32(folder.path.count))
      put(folder.modified)
      put(folder.ignoreModified)
    }
    for file in files {
      put(UInt32(file.path.lowerBound))
      put(UInt32(file.path.count))
      put(UInt32(file.folder))
    }
    bytes += paths
    var header = Self.magic
    withUnsafeBytes(of: Self.checksum(bytes[...]).littleEndian) { header.append(contentsOf: $0) }
    return header + bytes
  }

  init() {}

  /// Reads a table; nil when it is damaged or was made under other settings.
  init?(_ bytes: [UInt8], fingerprint wanted: UInt64) {
    guard bytes.count >= 32, bytes.starts(with: Self.magic) else { return nil }
    let read = bytes.withUnsafeBytes { raw -> FolderTable? in
      func get<T: FixedWidthInteger>(_ offset: Int, _ type: T.Type) -> T {
        T(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: type))
      }
      guard get(8, UInt64.self) == Self.checksum(bytes[16...]), get(16, UInt64.self) == wanted
      else { return nil }
      let folderCount = Int(get(24, UInt32.self))
      let fileCount = Int(get(28, UInt32.self))
      let filesAt = 32 + folderCount * 24
      let pathsAt = filesAt + fileCount * 12
      guard pathsAt <= raw.count else { return nil }
      var table = FolderTable()
      table.fingerprint = wanted
      table.paths = Array(raw[pathsAt...])
      let limit = table.paths.count
      table.folders.reserveCapacity(folderCount)
      table.files.reserveCapacity(fileCount)
      for i in 0..<folderCount {
        let at = 32 + i * 24
        let start = Int(get(at, UInt32.self))
        let end = start + Int(get(at + 4, UInt32.self))
        guard end <= limit else { return nil }
        table.folders.append(
          Folder(
            path: start..<end, modified: get(at + 8, Int64.self),
            ignoreModified: get(at + 16, Int64.self)))
      }
      for i in 0..<fileCount {
        let at = filesAt + i * 12
        let start = Int(get(at, UInt32.self))
        let end = start + Int(get(at + 4, UInt32.self))
        let folder = Int(get(at + 8, UInt32.self))
        guard end <= limit, folder < folderCount else { return nil }
        table.files.append(File(path: start..<end, folder: folder))
      }
      return table
    }
    guard let read else { return nil }
    self = read
  }
}
