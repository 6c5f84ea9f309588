internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What tells one state of a file from another without reading it. Times in ns since 1970.
struct FileStamp: Hashable, Sendable {
  var modified: Int64
  var changed: Int64
  var size: UInt64
  var inode: UInt64
}

/// A name in the working folder, never looked through when it is a symbolic link.
struct WorkFile: Sendable {
  enum Kind: Sendable { case file, folder, link, other }

  let kind: Kind
  let stamp: FileStamp
  /// Permission bits.
  let mode: UInt32

  init(_ raw: stat) {
    switch mode_t(raw.st_mode) & mode_t(S_IFMT) {
    case mode_t(S_IFREG): kind = .file
    case mode_t(S_IFDIR): kind = .folder
    case mode_t(S_IFLNK): kind = .link
    default: kind = .other
    }
    mode = UInt32(raw.st_mode) & 0o7777
    #if canImport(Darwin)
      let modified = raw.st_mtimespec
      let changed = raw.st_ctimespec
    #else
      let modified = raw.st_mtim
      let changed = raw.st_ctim
    #endif
    stamp = FileStamp(
      modified: Int64(modified.tv_sec) &* 1_000_000_000 &+ Int64(modified.tv_nsec),
      changed: Int64(changed.tv_sec) &* 1_000_000_000 &+ Int64(changed.tv_nsec),
      size: UInt64(truncatingIfNeeded: raw.st_size), inode: UInt64(truncatingIfNeeded: raw.st_ino))
  }

  var isExecutable: Bool { mode & 0o100 != 0 }

  /// Changed so shortly before `now` that a later change could leave the same stamp.
  func isYoung(_ now: Int64) -> Bool {
    // Two seconds are the coarsest clock a file system has.
    let latest = max(stamp.modified, stamp.changed)
    let grain: Int64 = latest % 1_000_000_000 == 0 ? 2_000_000_000 : 100_000_000
    return latest > now - grain
  }

  /// The time in ns since 1970.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// The status of a name in an open folder; nil when there is none.
  static func status(_ name: [CChar], in folder: Int32 = AT_FDCWD) -> WorkFile? {
    var raw = stat()
    return fstatat(folder, name, &raw, AT_SYMLINK_NOFOLLOW) == 0 ? WorkFile(raw) : nil
  }

  /// The bytes of a regular file together with the status that they belong to.
  ///
  /// A file that changes while it is read is read again, five times at most; nil when it keeps
  /// changing or is none.
  static func read(
    _ name: [CChar], in folder: Int32 = AT_FDCWD
  ) throws(FileError) -> (bytes: [UInt8], status: WorkFile)? {
    for _ in 0..<5 {
      let descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else {
        if errno == ENOENT || errno == ELOOP || errno == ENOTDIR { return nil }
        throw FileError("read", text(name), code: errno)
      }
      defer { close(descriptor) }
      var raw = stat()
      guard fstat(descriptor, &raw) == 0 else {
        throw FileError("read", text(name), code: errno)
      }
      let before = WorkFile(raw)
      guard before.kind == .file else { return nil }
      guard let bytes = readAll(descriptor, Int(clamping: before.stamp.size)) else {
        throw FileError("read", text(name), code: errno)
      }
      guard fstat(descriptor, &raw) == 0 else {
        throw FileError("read", text(name), code: errno)
      }
      let after = WorkFile(raw)
      if after.stamp == before.stamp, UInt64(bytes.count) == after.stamp.size {
        return (bytes, after)
      }
    }
    return nil
  }

  private static func readAll(_ descriptor: Int32, _ size: Int) -> [UInt8]? {
    var failed = false
    // One byte more than there should be shows a file that grew.
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      count = 0
      while count < size + 1 {
        let got = systemRead(descriptor, buffer.baseAddress! + count, size + 1 - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failed = true }
        if got <= 0 { break }
        count += got
      }
    }
    return failed ? nil : bytes
  }

  private static func systemRead(
    _ descriptor: Int32, _ into: UnsafeMutableRawPointer, _ count: Int
  ) -> Int {
    #if canImport(Darwin)
      Darwin.read(descriptor, into, count)
    #elseif canImport(Glibc)
      Glibc.read(descriptor, into, count)
    #else
      Musl.read(descriptor, into, count)
    #endif
  }

  /// Where a symbolic link points, as bytes; nil when it is none.
  static func linkTarget(_ name: [CChar], in folder: Int32 = AT_FDCWD) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlinkat(folder, name, &buffer, buffer.count)
    return count < 0 ? nil : buffer[..<count].map { UInt8(bitPattern: $0) }
  }

  /// What git would call the thing at a path, and its status; nil when nothing is there.
  ///
  /// Folders, pipes and devices have no entry.
  static func entry(at path: [CChar]) throws(FileError) -> (entry: TreeEntry?, status: WorkFile)? {
    guard let status = status(path) else { return nil }
    switch status.kind {
    case .link:
      guard let target = linkTarget(path) else { return (nil, status) }
      return (TreeEntry(mode: TreeEntry.linkMode, id: Repository.id(ofBlob: target)), status)
    case .file:
      guard let (bytes, status) = try read(path) else { return (nil, status) }
      let mode = status.isExecutable ? TreeEntry.executableMode : TreeEntry.fileMode
      return (TreeEntry(mode: mode, id: Repository.id(ofBlob: bytes)), status)
    case .folder, .other: return (nil, status)
    }
  }

  static func cString(_ bytes: some Sequence<UInt8>) -> [CChar] {
    bytes.map { CChar(bitPattern: $0) } + [0]
  }

  static func text(_ path: [CChar]) -> String {
    String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
