// What the last scan of a vault saw, so that the next one need not list unchanged folders.
//
//   offset  size  field (little-endian)
//   0       8     magic "FOLIOFT3"
//   8       8     checksum of everything behind it (FolderTable.checksum)
//   16      8     fingerprint of the settings that decide what is a note
//   24      4     folder count F
//   28      4     file count N
//   32            folders in the order in which they were met: modification time in ns (-1: list it
//                 again) as the difference to the folder before (varint of 64 bits, the sign in the
//                 lowest bit); a varint 0, or 1 and then the modification time of its .gitignore
//                 (i64; -1: read it again); bytes shared with the path of the folder before and bytes
//                 that follow, both varints; those bytes
//   ...           files, ascending by path: folder as the difference to the one of the file before
//                 (varint, the sign in the lowest bit); then the name, which is what stands behind
//                 the folder's path: bytes shared with the start and with the end of the name before
//                 and bytes between, all varints; those bytes, UTF-8 as the file system has them
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
    /// Starts with the path of the folder.
    var path: Range<Int>
    var folder: Int
  }

  static let magic: [UInt8] = Array("FOLIOFT3".utf8)

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

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 + folders.count * 24 + files.count * 16)
    func put<T: FixedWidthInteger>(_ value: T) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    func varint(_ value: Int) { varint(UInt64(value)) }
    func varint(_ value: UInt64) {
      var value = value
      while value >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
        value >>= 7
      }
      bytes.append(UInt8(value))
    }
    func path(_ path: Range<Int>, after before: Range<Int>) {
      var shared = 0
      while shared < min(path.count, before.count),
        paths[path.lowerBound + shared] == paths[before.lowerBound + shared]
      {
        shared += 1
      }
      varint(shared)
      varint(path.count - shared)
      bytes += paths[path.dropFirst(shared)]
    }
    put(fingerprint)
    put(UInt32(folders.count))
    put(UInt32(files.count))
    var before = 0..<0
    var time: Int64 = 0
    for folder in folders {
      let step = folder.modified &- time
      varint(UInt64(bitPattern: step &<< 1 ^ step &>> 63))
      time = folder.modified
      varint(folder.ignoreModified == 0 ? 0 : 1)
      if folder.ignoreModified != 0 { put(folder.ignoreModified) }
      path(folder.path, after: before)
      before = folder.path
    }
    var last = 0
    var nameBefore = 0..<0
    for file in files {
      let step = file.folder - last
      varint(step < 0 ? -step << 1 | 1 : step << 1)
      last = file.folder
      let name = file.path.dropFirst(folders[file.folder].path.count)
      var most = min(name.count, nameBefore.count)
      var start = 0
      while start < most,
        paths[name.lowerBound + start] == paths[nameBefore.lowerBound + start]
      {
        start += 1
      }
      most -= start
      var end = 0
      while end < most,
        paths[name.upperBound - 1 - end] == paths[nameBefore.upperBound - 1 - end]
      {
        end += 1
      }
      varint(start)
      varint(end)
      varint(name.count - start - end)
      bytes += paths[name.lowerBound + start..<name.upperBound - end]
      nameBefore = name
    }
    var header = Self.magic
    withUnsafeBytes(of: Self.checksum(bytes[...]).littleEndian) { header.append(contentsOf: $0) }
    return header + bytes
  }

  init() {}

  /// Reads a table; nil when it is damaged or was made under other settings.
  init?(_ bytes: [UInt8], fingerprint wanted: UInt64) {
    guard bytes.count >= 32, bytes.starts(with: Self.magic) else { return nil }
    let read = bytes.withUnsafeBytes { raw -> FolderTable? in
      var at = 8
      func fixed<T: FixedWidthInteger>(_ type: T.Type) -> T? {
        guard at + MemoryLayout<T>.size <= raw.count else { return nil }
        defer { at += MemoryLayout<T>.size }
        return T(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: type))
      }
      func varint() -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 35, by: 7) {
          guard at < raw.count else { return nil }
          let byte = Int(raw[at])
          at += 1
          value |= (byte & 0x7F) << shift
          if byte < 0x80 { return value }
        }
        return nil
      }
      func difference() -> Int64? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
          guard at < raw.count else { return nil }
          let byte = UInt64(raw[at])
          at += 1
          value |= (byte & 0x7F) << UInt64(shift)
          if byte < 0x80 {
            return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
          }
        }
        return nil
      }
      guard fixed(UInt64.self) == Self.checksum(bytes[16...]), fixed(UInt64.self) == wanted,
        let folderCount = fixed(UInt32.self), let fileCount = fixed(UInt32.self),
        Int(folderCount) <= raw.count, Int(fileCount) <= raw.count
      else { return nil }
      var table = FolderTable()
      table.fingerprint = wanted
      table.paths.reserveCapacity(raw.count * 4)
      table.folders.reserveCapacity(Int(folderCount))
      table.files.reserveCapacity(Int(fileCount))
      func path(after before: Range<Int>) -> Range<Int>? {
        guard let shared = varint(), let rest = varint(), shared <= before.count,
          rest <= raw.count - at
        else { return nil }
        let start = table.paths.count
        let common = before.lowerBound..<before.lowerBound + shared
        // Byte by byte: a slice of the array would keep its storage, and each append would copy it all.
        for place in common { table.paths.append(table.paths[place]) }
        table.paths.append(contentsOf: raw[at..<at + rest])
        at += rest
        return start..<table.paths.count
      }
      var before = 0..<0
      var time: Int64 = 0
      for _ in 0..<folderCount {
        guard let step = difference(), let hasIgnoreFile = varint() else { return nil }
        time &+= step
        var ignoreModified: Int64 = 0
        if hasIgnoreFile != 0 {
          guard let time = fixed(Int64.self) else { return nil }
          ignoreModified = time
        }
        guard let path = path(after: before) else { return nil }
        table.folders.append(
          Folder(path: path, modified: time, ignoreModified: ignoreModified))
        before = path
      }
      var folder = 0
      var name = 0..<0
      for _ in 0..<fileCount {
        guard let step = varint(), let start = varint(), let end = varint(), let between = varint()
        else { return nil }
        folder += step & 1 == 1 ? -(step >> 1) : step >> 1
        guard table.folders.indices.contains(folder), start + end <= name.count,
          between <= raw.count - at
        else { return nil }
        let first = table.paths.count
        let parent = table.folders[folder].path
        for place in parent { table.paths.append(table.paths[place]) }
        let nameStart = table.paths.count
        for place in name.prefix(start) { table.paths.append(table.paths[place]) }
        table.paths.append(contentsOf: raw[at..<at + between])
        for place in name.suffix(end) { table.paths.append(table.paths[place]) }
        at += between
        name = nameStart..<table.paths.count
        table.files.append(File(path: first..<table.paths.count, folder: folder))
      }
      return table
    }
    guard let read else { return nil }
    self = read
  }
}
