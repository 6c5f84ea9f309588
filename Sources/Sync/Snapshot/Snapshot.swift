internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A file that a snapshot left out, and why.
public struct SkippedFile: Equatable, Sendable {
  public enum Reason: String, Sendable {
    case nestedRepository = "it is a repository of its own"
    case cannotBeRead = "it cannot be read"
    case keepsChanging = "it changed while it was read"
    case badName = "its name cannot travel to every system"
    case special = "it is no file, folder or link"
    case tooDeep = "it lies too many folders deep"
  }

  /// Relative to the vault.
  public let path: String
  public let reason: Reason
}

/// The vault as it lies on the disk, written as git trees.
///
/// One walk goes through the folders and the trees of the last commit side by side; a file whose
/// stamp is known is not read, a folder in which nothing changed is not written. Everything that git
/// does not ignore is taken, and what was committed before stays whether ignored or not. Symbolic
/// links are taken as links. Folders that are repositories, and folders that commands wrote, stay as
/// they were in the last commit.
struct Snapshot {
  /// Folders of `.folio/` that belong to this device alone.
  static let deviceFolders = ["cache", "local", "trash"].map { Array($0.utf8) }
  private static let dotFolio = Array(".folio".utf8)
  private static let dotGit = Array(".git".utf8)
  private static let outputMark = Array(".folio-output".utf8)
  private static let maximumDepth = 200

  private let repository: Repository
  private let prefix: TreePath
  private var known: StampTable
  private let keepsModes: Bool
  private(set) var stamps = StampTable()
  private(set) var skipped: [SkippedFile] = []
  /// Whether objects were written, or files were read whose stamps were not known.
  private(set) var isStampTableNew = false
  /// Looks at every file that the last commit does not have as it is.
  var contents: ContentGuard?
  /// Files and links that were taken.
  private(set) var fileCount = 0

  /// - Parameter prefix: Where the vault lies in the repository.
  init(_ repository: Repository, prefix: TreePath, known: StampTable) {
    self.repository = repository
    self.prefix = prefix
    self.known = known
    keepsModes = repository.flag("core.filemode") ?? true
  }

  /// Takes the snapshot; the id of the vault's tree, nil when there is nothing in it.
  ///
  /// - Parameter tree: The vault's tree in the last commit.
  mutating func take(root: String, over tree: ObjectID?) throws -> ObjectID? {
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("list", root, code: errno) }
    defer { close(descriptor) }
    let result = try folder(
      descriptor, prefix, tree, depth: 0, names: try Self.names(descriptor, root))
    if stamps.count != known.count { isStampTableNew = true }
    return result
  }

  private mutating func folder(
    _ descriptor: Int32, _ path: TreePath, _ id: ObjectID?, depth: Int, names: [[UInt8]]
  ) throws -> ObjectID? {
    let before = try repository.entries(id).sorted { TreePath.precedes($0.name, $1.name) }
    let isDotFolio = path.below(prefix)?.bytes == Self.dotFolio
    var after: [NamedEntry] = []
    after.reserveCapacity(names.count)
    func add(_ name: [UInt8], _ entry: TreeEntry?) {
      if let entry { after.append(NamedEntry(name: name, entry: entry)) }
    }
    // What the commit has and what the disk has, side by side.
    var place = 0
    func passOver(until name: [UInt8]?) {
      while place < before.count {
        let old = before[place]
        if let name, !TreePath.precedes(old.name, name) { break }
        // What is no business of a snapshot stays, whatever the disk says.
        if old.entry.kind == .repository || isDotFolio && Self.deviceFolders.contains(old.name) {
          after.append(old)
        }
        place += 1
      }
    }
    for name in names.sorted(by: TreePath.precedes) {
      passOver(until: name)
      var old: TreeEntry?
      if place < before.count, before[place].name == name {
        old = before[place].entry
        place += 1
      }
      if name == Self.dotGit || isDotFolio && Self.deviceFolders.contains(name) {
        add(name, old)
        continue
      }
      add(name, try take(name, in: descriptor, path.appending(name), old, depth))
      // A submodule whose folder is gone, or gave way to a file, is a change for git to make.
      if let old, old.kind == .repository, after.last?.name != name { add(name, old) }
    }
    passOver(until: nil)
    return after == before ? id : try repository.write(after)
  }

  private mutating func skip(_ path: TreePath, _ reason: SkippedFile.Reason) {
    skipped.append(SkippedFile(path: (path.below(prefix) ?? path).description, reason: reason))
  }

  /// What becomes of one name; nil when it is not in the snapshot.
  private mutating func take(
    _ name: [UInt8], in descriptor: Int32, _ path: TreePath, _ before: TreeEntry?, _ depth: Int
  ) throws -> TreeEntry? {
    if CarriedName.isTemporary(name) { return before }
    let cName = WorkFile.cString(name)
    guard let status = WorkFile.status(cName, in: descriptor) else { return nil }
    if before == nil {
      let asked = status.kind == .folder ? path.bytes + [UInt8(ascii: "/")] : path.bytes
      if repository.ignores(asked) { return nil }
    }
    if status.kind != .folder || before == nil, CarriedName.problem(name) != nil {
      skip(path, .badName)
      return before
    }
    switch status.kind {
    case .folder:
      return try takeFolder(cName, in: descriptor, path, before, depth)
    case .file:
      return try takeFile(cName, in: descriptor, path, before, status)
    case .link:
      fileCount += 1
      guard let target = WorkFile.linkTarget(cName, in: descriptor) else { return nil }
      let id = Repository.id(ofBlob: target)
      if id != before?.id { _ = try repository.writeBlob(target) }
      return TreeEntry(mode: TreeEntry.linkMode, id: id)
    case .other:
      skip(path, .special)
      return before
    }
  }

  private mutating func takeFolder(
    _ name: [CChar], in parent: Int32, _ path: TreePath, _ before: TreeEntry?, _ depth: Int
  ) throws -> TreeEntry? {
    if before?.kind == .repository { return before }
    guard depth < Self.maximumDepth else {
      skip(path, .tooDeep)
      return before
    }
    let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ELOOP || errno == ENOTDIR { return nil }
      guard errno == EACCES || errno == EPERM else {
        throw FileError("list", path.description, code: errno)
      }
      skip(path, .cannotBeRead)
      return before
    }
    defer { close(descriptor) }
    let names = try Self.names(descriptor, path.description)
    if names.contains(Self.dotGit) {
      skip(path, .nestedRepository)
      return before
    }
    if names.contains(Self.outputMark) { return before }
    let id = before?.kind == .folder ? before?.id : nil
    return try folder(descriptor, path, id, depth: depth + 1, names: names).map {
      TreeEntry(mode: TreeEntry.folderMode, id: $0)
    }
  }

  private mutating func takeFile(
    _ name: [CChar], in parent: Int32, _ path: TreePath, _ before: TreeEntry?, _ status: WorkFile
  ) throws -> TreeEntry? {
    let beforeFile = before?.kind == .file ? before : nil
    func entry(_ id: ObjectID, _ status: WorkFile) -> TreeEntry {
      let executable = keepsModes ? status.isExecutable : beforeFile?.isExecutable ?? false
      let entry = TreeEntry(
        mode: executable ? TreeEntry.executableMode : TreeEntry.fileMode, id: id)
      if let beforeFile, beforeFile.matches(entry) { return beforeFile }
      return entry
    }
    fileCount += 1
    if let record = known.find(path), record.stamp == status.stamp,
      record.id == beforeFile?.id || repository.contains(record.id)
    {
      if record.id != beforeFile?.id {
        // Known from a run that was not finished: it is looked at again.
        let bytes = try repository.blob(record.id)
        guard try look(at: path, bytes, beforeFile) else { return before }
      }
      stamps.add(path, record)
      return entry(record.id, status)
    }
    isStampTableNew = true
    let shown = (path.below(prefix) ?? path).description
    if contents?.admits(shown, size: Int(clamping: status.stamp.size)) == false { return before }
    let read: (bytes: [UInt8], status: WorkFile)?
    do throws(FileError) { read = try WorkFile.read(name, in: parent) } catch {
      if error.isMissing { return nil }
      // Too many open files or a failing disk say nothing about this file.
      guard error.isDenied else { throw error }
      skip(path, .cannotBeRead)
      return before
    }
    guard let (bytes, status) = read else {
      skip(path, .keepsChanging)
      return before
    }
    var id = Repository.id(ofBlob: bytes)
    if id != beforeFile?.id {
      guard try look(at: path, bytes, beforeFile) else { return before }
      id = try repository.writeBlob(bytes)
    }
    if !status.isYoung(WorkFile.now) {
      stamps.add(path, .init(stamp: status.stamp, id: id))
    }
    return entry(id, status)
  }

  /// Looks at a file that is new or changed; false when its size alone keeps it out.
  private mutating func look(
    at path: TreePath, _ bytes: [UInt8], _ before: TreeEntry?
  ) throws -> Bool {
    let shown = (path.below(prefix) ?? path).description
    guard contents?.admits(shown, size: bytes.count) ?? true else { return false }
    try contents?.look(at: shown, bytes) {
      try before.map { try repository.blob($0.id) } ?? []
    }
    return true
  }

  /// The names in an open folder, without `.` and `..`.
  private static func names(_ descriptor: Int32, _ path: String) throws(FileError) -> [[UInt8]] {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let handle = fdopendir(copy) else {
      throw FileError("list", path, code: errno)
    }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    while let found = readdir(handle) {
      let name = withUnsafePointer(to: &found.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: Int(NAME_MAX) + 1) {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0)))
        }
      }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }
}
