#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif
internal import FullText

#if canImport(Darwin)
  private typealias FolderHandle = UnsafeMutablePointer<DIR>
#else
  private typealias FolderHandle = OpaquePointer
#endif

/// What one folder of a vault holds, as far as a scan cares.
struct FolderListing: Sendable {
  var notes: [[UInt8]] = []
  var folders: [[UInt8]] = []
  /// Notes that are symbolic links to somewhere outside the vault, or to nothing.
  var refusedLinks: [[UInt8]] = []
  /// Files that are no notes.
  var attachments: [[UInt8]] = []
  /// Temporary files of processes that were killed.
  var leftovers: [[UInt8]] = []
  /// Whether there are links among the notes: what they lead to changes without the folder.
  var hasLinks = false
  var hasIgnoreFile = false
  /// A folder that a command wrote (`-o DIR`): nothing in it is a note.
  var isOutput = false
  var error: FileError?
  /// The folder's own time of modification, read before the names: a change in between is seen the
  /// next time. -1 where there is none.
  var modified: Int64 = -1

  static let ignoreFile = Array(".gitignore".utf8)
  static let outputMark = Array(".folio-output".utf8)

  /// Lists the folder at `absolute`, a path ending in 0 as C wants it.
  init(absolute: [CChar], root: String) { self.init(absolute, in: AT_FDCWD, root: root) }

  /// Lists the folder at a path ending in 0, absolute or below the open folder that `start` is, which
  /// then is the one at `root`.
  init(_ path: [CChar], in start: Int32, root: String) {
    let descriptor = openat(start, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0, let handle = fdopendir(descriptor) else {
      let code = errno
      if descriptor >= 0 { close(descriptor) }
      let given = path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      let isAbsolute = given.hasPrefix("/")
      let absolute = isAbsolute ? given : given == "." ? root : root + "/" + given
      error = FileError("list", absolute, code: code)
      return
    }
    defer { closedir(handle) }
    var raw = stat()
    if fstat(descriptor, &raw) == 0 { modified = FileSystem.Status(raw).stamp.modified }
    while let entry = readdir(handle) {
      let type = Int32(entry.pointee.d_type)
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: Int(NAME_MAX) + 1) {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0)))
        }
      }
      add(name, type: type, handle: handle, root: root)
    }
  }

  private mutating func add(_ name: [UInt8], type: Int32, handle: FolderHandle, root: String) {
    if name.first == UInt8(ascii: ".") {
      if name == Self.ignoreFile { hasIgnoreFile = true }
      if name == Self.outputMark { isOutput = true }
      if SafeFile.isLeftover(name) { leftovers.append(name) }
      guard Self.isNote(name) else { return }
    }
    var type = type
    if type == Int32(DT_UNKNOWN) {
      var raw = stat()
      guard fstatat(dirfd(handle), Self.cString(name), &raw, AT_SYMLINK_NOFOLLOW) == 0 else {
        return
      }
      switch FileSystem.Status(raw).kind {
      case .file: type = Int32(DT_REG)
      case .folder: type = Int32(DT_DIR)
      case .link: type = Int32(DT_LNK)
      case .other: return
      }
    }
    if type == Int32(DT_DIR) {
      if name.first != UInt8(ascii: ".") { folders.append(name) }
    } else if Self.isNote(name) {
      if type == Int32(DT_REG) {
        notes.append(name)
      } else if type == Int32(DT_LNK) {
        hasLinks = true
        if Self.leadsToNote(name, in: handle, root: root) {
          notes.append(name)
        } else {
          refusedLinks.append(name)
        }
      }
    } else if type == Int32(DT_REG) {
      attachments.append(name)
    }
  }

  /// A link counts as a note when what it leads to is a file inside the vault.
  private static func leadsToNote(_ name: [UInt8], in handle: FolderHandle, root: String) -> Bool {
    let descriptor = openat(
      dirfd(handle), cString(name), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var raw = stat()
    guard fstat(descriptor, &raw) == 0, FileSystem.Status(raw).kind == .file else { return false }
    guard let real = path(of: descriptor) else { return false }
    return real.hasPrefix(root == "/" ? "/" : root + "/")
  }

  private static func path(of descriptor: Int32) -> String? {
    #if canImport(Darwin)
      var buffer = [CChar](repeating: 0, count: Int(MAXPATHLEN))
      guard fcntl(descriptor, F_GETPATH, &buffer) == 0 else { return nil }
      return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    #else
      return FileSystem.realPath("/proc/self/fd/\(descriptor)")
    #endif
  }

  static func cString(_ bytes: [UInt8]) -> [CChar] {
    bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// As `VaultPath.isNote`, over bytes: names are not always valid UTF-8.
  ///
  /// A dot in front hides a folder, not a note (`..md` can be one), except for what macOS (`._`) and
  /// Emacs (`.#`) put beside a file.
  static func isNote(_ name: [UInt8]) -> Bool {
    func ends(_ suffix: StaticString) -> Bool {
      suffix.withUTF8Buffer { suffix in
        name.count > suffix.count
          && zip(name.suffix(suffix.count), suffix).allSatisfy { $0 | 0x20 == $1 | 0x20 }
      }
    }
    if name.starts(with: "._".utf8) || name.starts(with: ".#".utf8) { return false }
    return ends(".md") || ends(".markdown")
  }
}
