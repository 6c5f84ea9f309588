#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif
public import FullText

/// The note files of a vault with their stamps, as one walk over its folders found them.
///
/// With the table of the last scan, a folder whose modification time is the same is not listed again
/// (its files are still asked for their stamps). Folders and files are asked on two threads.
public struct VaultScan: Sendable {
  public struct File: Sendable {
    var path: Range<Int>
    /// The stamp to keep; its `modified` is -1 while the file is too young to be trusted. Nothing but
    /// zeros after a scan that was told to ask for none.
    public var stamp: Stamp
    /// Modified so shortly before the scan that a later change could carry the same time.
    public var isYoung: Bool { stamp.modified == -1 }
  }

  /// Ascending by the bytes of the path.
  public private(set) var files: [File] = []
  /// Symbolic links that look like notes but lead out of the vault or nowhere.
  public private(set) var refusedLinks: [String] = []
  /// Temporary files of processes that were killed while they saved something.
  public private(set) var leftovers: [String] = []
  /// Folders that could not be listed.
  public private(set) var errors: [FileError] = []
  private(set) var table = FolderTable()
  /// Whether the table differs from the one the scan began with.
  private(set) var tableChanged = true

  public func path(of file: File) -> String { table.text(file.path) }

  func withPath<R>(of file: File, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    table.paths.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[file.path])) }
  }

  /// When the walk began, for `Walk.isYoung`.
  private(set) var began: Int64 = 0

  /// Walks the vault. Never fails: what cannot be read is in `errors`.
  ///
  /// - Parameter stamping: Whether to ask each file for its stamp; who reads them all anyway asks
  ///   then. Without, names stand for files that may be none.
  init(
    _ vault: Vault, after previous: FolderTable?, fingerprint: UInt64, stamping: Bool = true
  ) {
    var walk = Walk(vault: vault, fingerprint: fingerprint)
    if let previous, walk.resume(previous) {
      tableChanged = walk.dropped
    } else {
      walk = Walk(vault: vault, fingerprint: fingerprint)
      walk.walkAll()
    }
    walk.finish()
    table = walk.table
    if let previous, !tableChanged, walk.listed > 0 {
      tableChanged = !table.saysTheSame(as: previous)
    }
    refusedLinks = walk.refusedLinks.sorted()
    errors = walk.errors
    leftovers = walk.leftovers
    began = walk.began
    if stamping {
      stampFiles(root: vault.root, began: walk.began)
    } else {
      files = table.files.map { File(path: $0.path, stamp: Stamp()) }
    }
  }

  /// Asks every file for its stamp; files that are gone meanwhile are left out.
  private mutating func stampFiles(root: String, began: Int64) {
    let table = table
    let count = table.files.count
    let halves = 2
    let results = Results<[File]>(count: halves)
    let opened = OpenFolder(root)
    concurrently(halves) { half in
      let range = (count * half / halves)..<(count * (half + 1) / halves)
      var found: [File] = []
      found.reserveCapacity(range.count)
      var buffer = PathBuffer(root: root, opened)
      table.paths.withUnsafeBufferPointer { paths in
        for file in table.files[range] {
          guard let status = buffer.status(UnsafeBufferPointer(rebasing: paths[file.path])),
            status.kind == .file
          else { continue }
          var stamp = status.stamp
          if Walk.isYoung(stamp.modified, began) { stamp.modified = -1 }
          found.append(File(path: file.path, stamp: stamp))
        }
      }
      results[half] = found
    }
    files = results.all.flatMap { $0 }
  }
}

/// Results of parallel work, each worker writing only its own place.
public final class Results<Value>: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<Value?>
  private let count: Int

  public init(count: Int) {
    self.count = count
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil, count: count)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  public subscript(index: Int) -> Value? {
    get { storage[index] }
    set { storage[index] = newValue }
  }

  var all: [Value] { (0..<count).compactMap { storage[$0] } }
}

/// A path below the root, put together in one buffer for one system call after another.
struct PathBuffer {
  private var bytes: [CChar]
  private let rootCount: Int
  private let opened: OpenFolder?

  /// Paths are relative to `opened`, which is the folder at `root`, or absolute without it.
  init(root: String, _ opened: OpenFolder?) {
    let start = opened == nil ? Array((root == "/" ? "" : root).utf8) + [UInt8(ascii: "/")] : []
    bytes = start.map { CChar(bitPattern: $0) }
    rootCount = start.count
    self.opened = opened
    bytes.reserveCapacity(rootCount + 256)
  }

  /// Where relative paths begin.
  var folder: Int32 { opened?.descriptor ?? AT_FDCWD }

  mutating func set(_ path: UnsafeBufferPointer<UInt8>) {
    bytes.removeLast(bytes.count - rootCount)
    path.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
    if bytes.isEmpty { bytes.append(CChar(UInt8(ascii: "."))) }
    bytes.append(0)
  }

  var cString: [CChar] { bytes }

  mutating func status(
    _ path: UnsafeBufferPointer<UInt8>, followingLinks: Bool = true
  ) -> FileSystem.Status? {
    set(path)
    var raw = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    return fstatat(folder, bytes, &raw, flags) == 0 ? FileSystem.Status(raw) : nil
  }
}
