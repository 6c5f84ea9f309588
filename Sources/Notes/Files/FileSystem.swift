#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif
public import FullText

/// Reading files and folders. Paths are absolute, or relative to the current folder.
public enum FileSystem {
  /// What `lstat` or `stat` said of a name.
  public struct Status: Sendable {
    public enum Kind: Sendable { case file, folder, link, other }
    public let kind: Kind
    public let stamp: Stamp
    public let mode: UInt16
    public let device: UInt64

    public var size: Int { Int(clamping: stamp.size) }

    init(_ raw: stat) {
      switch mode_t(raw.st_mode) & mode_t(S_IFMT) {
      case mode_t(S_IFREG): kind = .file
      case mode_t(S_IFDIR): kind = .folder
      case mode_t(S_IFLNK): kind = .link
      default: kind = .other
      }
      mode = UInt16(truncatingIfNeeded: raw.st_mode & 0o7777)
      device = UInt64(truncatingIfNeeded: raw.st_dev)
      #if canImport(Darwin)
        let modified = raw.st_mtimespec
        let changed = raw.st_ctimespec
      #else
        let modified = raw.st_mtim
        let changed = raw.st_ctim
      #endif
      stamp = Stamp(
        modified: Int64(modified.tv_sec) &* 1_000_000_000 &+ Int64(modified.tv_nsec),
        changed: Int64(changed.tv_sec) &* 1_000_000_000 &+ Int64(changed.tv_nsec),
        size: UInt64(truncatingIfNeeded: raw.st_size),
        inode: UInt64(truncatingIfNeeded: raw.st_ino))
    }
  }

  /// The status of a name, or nil when there is nothing, or nothing that can be reached.
  public static func status(_ path: String, followingLinks: Bool = true) -> Status? {
    var raw = stat()
    let result = followingLinks ? stat(path, &raw) : lstat(path, &raw)
    return result == 0 ? Status(raw) : nil
  }

  public static func isFolder(_ path: String) -> Bool { status(path)?.kind == .folder }

  /// The bytes of a file, at most `limit` of them.
  ///
  /// Only regular files are read: a pipe or a device could keep the caller waiting for ever.
  public static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError("read", path) }
    defer { close(descriptor) }
    var raw = stat()
    guard fstat(descriptor, &raw) == 0 else { throw FileError("read", path) }
    let status = Status(raw)
    if status.kind == .folder { throw FileError("read", path, code: EISDIR) }
    guard status.kind == .file else { throw FileError("read", path, code: EINVAL) }
    return try read(descriptor, expecting: min(status.size, limit), limit: limit, path: path)
  }

  /// What is left in an open descriptor, at most `limit` bytes.
  static func read(
    _ descriptor: Int32, expecting size: Int, limit: Int, path: String
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var capacity = max(size + 1, 64)
    while bytes.count < limit {
      let have = bytes.count
      let want = min(capacity - have, limit - have)
      var got = 0
      let grown = [UInt8](unsafeUninitializedCapacity: have + want) { buffer, count in
        _ = buffer.initialize(from: bytes)
        repeat {
          #if canImport(Darwin)
            got = Darwin.read(descriptor, buffer.baseAddress! + have, want)
          #elseif canImport(Glibc)
            got = Glibc.read(descriptor, buffer.baseAddress! + have, want)
          #else
            got = Musl.read(descriptor, buffer.baseAddress! + have, want)
          #endif
        } while got < 0 && errno == EINTR
        count = have + max(got, 0)
      }
      guard got >= 0 else { throw FileError("read", path) }
      bytes = grown
      if got == 0 { break }
      // A short read of a regular file is its end; only a full one may have more behind it.
      if got < want && bytes.count >= size && size > 0 { break }
      if bytes.count == capacity { capacity *= 2 }
    }
    return bytes
  }

  /// The names in a folder except `.` and `..`, in byte order.
  public static func names(in folder: String) throws(FileError) -> [String] {
    guard let handle = opendir(folder) else { throw FileError("list", folder) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The names in a folder that begin with `prefix` whatever their case and form, folded; none when it
  /// cannot be listed. Other names cost next to nothing.
  static func foldedNames(in folder: String, beginning prefix: String) -> Set<String> {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: Set<String> = []
    let wanted = TextFolding.fold(prefix)
    while let entry = readdir(handle) {
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { name in
          var at = 0
          while name[at] > 0 { at += 1 }
          // Bytes above 127 need a real look; the rest is compared as it stands.
          if name[at] == 0, strncasecmp(name, prefix, prefix.utf8.count) != 0 { return }
          let folded = TextFolding.fold(String(cString: name))
          if folded.hasPrefix(wanted) { names.insert(folded) }
        }
      }
    }
    return names
  }

  /// Makes a folder and those above it that are missing; one that is there is left as it is.
  public static func createFolder(_ path: String, mode: UInt16 = 0o777) throws(FileError) {
    if mkdir(path, mode_t(mode)) == 0 || (errno == EEXIST && isFolder(path)) { return }
    guard errno == ENOENT, let parent = parent(of: path) else {
      throw FileError("create the folder", path)
    }
    try createFolder(parent)
    guard mkdir(path, mode_t(mode)) == 0 || (errno == EEXIST && isFolder(path)) else {
      throw FileError("create the folder", path)
    }
  }

  public static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 else { throw FileError("remove", path) }
  }

  /// Removes a folder when it is empty; one that is not stays.
  static func removeFolder(_ path: String) { rmdir(path) }

  /// Removes a folder with all that is in it; links are removed, not followed.
  static func removeTree(_ path: String) {
    guard status(path, followingLinks: false)?.kind == .folder else {
      unlink(path)
      return
    }
    for name in (try? names(in: path)) ?? [] { removeTree(path + "/" + name) }
    rmdir(path)
  }

  /// The absolute path with every symbolic link resolved, or nil when it leads nowhere.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  public static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// The folder above, or nil for `/` and for a bare name.
  static func parent(of path: String) -> String? {
    let bytes = Array(path.utf8)
    guard let slash = bytes.lastIndex(of: 0x2F), slash > 0 else { return nil }
    return String(decoding: bytes[..<slash], as: UTF8.self)
  }

  /// `path` made absolute and free of `.`, `..` and doubled slashes, without looking at the disk.
  public static func absolute(_ path: String, from folder: String? = nil) -> String {
    let whole = path.hasPrefix("/") ? path : (folder ?? currentFolder) + "/" + path
    if isClean(whole) { return whole }
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether nothing in an absolute path is doubled, a dot alone, or two.
  private static func isClean(_ path: String) -> Bool {
    var path = path
    return path.withUTF8 { path in
      guard path.count > 1, path[path.count - 1] != 0x2F else { return path.count == 1 }
      for index in 1..<path.count where path[index - 1] == 0x2F {
        if path[index] == 0x2F || path[index] == 0x2E { return false }
      }
      return true
    }
  }

  /// How a file is best called from a folder: relative when it is below it or not far above.
  public static func display(_ path: String, from folder: String = currentFolder) -> String {
    let target = absolute(path).split(separator: "/")
    let base = absolute(folder).split(separator: "/")
    var shared = 0
    while shared < target.count, shared < base.count, target[shared] == base[shared] { shared += 1 }
    let ups = base.count - shared
    guard ups <= 3, shared > 0 || base.isEmpty else { return absolute(path) }
    let parts = Array(repeating: "..", count: ups) + target[shared...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}
