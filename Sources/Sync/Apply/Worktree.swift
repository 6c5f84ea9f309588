internal import CFileSystem
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Changing files of the vault so that each is at all times entirely old or entirely new, and so that
/// what somebody else wrote meanwhile is never overwritten.
///
/// A file is written beside a numbered slot in `.folio/local/apply/`, flushed, renamed to the slot, which
/// so is whole at all times, and exchanged with the one in the vault in one step; what comes out is
/// compared with what was expected and put back when it is something else. Nothing here cleans up after an error: the next sync reads the journal and does.
struct Worktree {
  enum Outcome: Equatable { case done, already, edited, inTheWay }

  let repository: Repository
  let root: String
  let prefix: TreePath
  /// Whether a file must be on the disk before it is put into the vault.
  var flushes = true
  let keepsModes: Bool
  private let slots: String
  private(set) var touchedFolders: Set<TreePath> = []

  init(_ repository: Repository, root: String, prefix: TreePath, local: String) throws(FileError) {
    self.repository = repository
    self.root = root
    self.prefix = prefix
    keepsModes = repository.flag("core.filemode") ?? true
    slots = local + "/apply"
    try FileSystem.createFolder(slots, mode: 0o700)
  }

  func absolute(_ path: TreePath) -> [CChar] {
    WorkFile.cString(Array(root.utf8) + [UInt8(ascii: "/")] + (path.below(prefix) ?? path).bytes)
  }

  func slot(_ number: Int) -> [CChar] { WorkFile.cString("\(slots)/\(number)".utf8) }

  /// Whether the name holds exactly this; nil stands for nothing.
  func holds(_ entry: TreeEntry?, at path: TreePath) throws(FileError) -> Bool {
    try holds(entry, at: absolute(path))
  }

  func holds(_ entry: TreeEntry?, at path: [CChar]) throws(FileError) -> Bool {
    guard let found = try WorkFile.entry(at: path) else { return entry == nil }
    guard let entry, let have = found.entry else { return false }
    if !keepsModes { return have.id == entry.id && have.kind == entry.kind }
    return have.matches(entry)
  }

  /// Changes one file from `old` to `new`.
  ///
  /// - Parameter number: The slot; the same change has the same number after an interruption.
  mutating func change(
    _ path: TreePath, from old: TreeEntry?, to new: TreeEntry?, number: Int, _ hook: SyncHook
  ) throws -> Outcome {
    let outcome = try prepare(path, from: old, to: new, number: number)
    guard outcome == .done else { return outcome }
    guard new != nil else { return try remove(absolute(path), old, slot(number), number, hook) }
    try fill([number])
    try hook(.fileWritten(number))
    return try put(path, from: old, number: number, hook)
  }

  /// Looks whether a change can be made, and writes its new file beside its slot.
  ///
  /// - Returns: `done` when the change is ready to be made.
  mutating func prepare(
    _ path: TreePath, from old: TreeEntry?, to new: TreeEntry?, number: Int
  ) throws -> Outcome {
    guard parentsAreFolders(path) else { return new == nil ? .already : .inTheWay }
    if try holds(new, at: path) { return .already }
    guard try holds(old, at: path) else {
      return old == nil ? .inTheWay : .edited
    }
    touchedFolders.insert(path.folder)
    guard let new else { return .done }
    try makeFolders(for: path)
    try write(new, to: part(number), like: old == nil ? nil : absolute(path))
    return .done
  }

  /// Makes the files of these slots durable, and gives them their slots.
  func fill(_ numbers: [Int]) throws(FileError) {
    if flushes { try Disk.flushFiles(numbers.map(part)) }
    for number in numbers where rename(part(number), slot(number)) != 0 {
      throw FileError("save", WorkFile.text(slot(number)), code: errno)
    }
  }

  /// Takes away what was written for changes that are not made after all.
  func discard(_ numbers: ArraySlice<Int>) {
    for number in numbers {
      unlink(part(number))
      unlink(slot(number))
    }
  }

  /// Puts the file of a slot into the vault.
  func put(
    _ path: TreePath, from old: TreeEntry?, number: Int, _ hook: SyncHook
  ) throws -> Outcome {
    let target = absolute(path)
    let slot = slot(number)
    if old == nil {
      // A hard link is the rename that replaces nothing.
      guard linkat(AT_FDCWD, slot, AT_FDCWD, target, 0) == 0 else {
        if errno == EEXIST {
          unlink(slot)
          return .inTheWay
        }
        throw FileError("create", WorkFile.text(target), code: errno)
      }
      try hook(.fileExchanged(number))
      unlink(slot)
      return .done
    }
    guard folio_exchange(slot, target) == 0 else {
      throw FileError("change", WorkFile.text(target), code: errno)
    }
    try hook(.fileExchanged(number))
    guard try holds(old, at: slot) else {
      guard folio_exchange(slot, target) == 0 else {
        throw FileError("change", WorkFile.text(target), code: errno)
      }
      unlink(slot)
      return .edited
    }
    unlink(slot)
    return .done
  }

  /// Takes a file out of the vault, looks at it once more, and only then removes it.
  private mutating func remove(
    _ target: [CChar], _ old: TreeEntry?, _ slot: [CChar], _ number: Int, _ hook: SyncHook
  ) throws -> Outcome {
    guard rename(target, slot) == 0 else {
      throw FileError("remove", WorkFile.text(target), code: errno)
    }
    try hook(.fileExchanged(number))
    guard try holds(old, at: slot) else {
      if linkat(AT_FDCWD, slot, AT_FDCWD, target, 0) == 0 { unlink(slot) }
      return .edited
    }
    unlink(slot)
    return .done
  }

  private func part(_ number: Int) -> [CChar] { WorkFile.cString("\(slots)/\(number).part".utf8) }

  /// Writes a file or a link that is not whole before it is flushed.
  private func write(_ entry: TreeEntry, to part: [CChar], like model: [CChar]?) throws {
    let bytes = try repository.blob(entry.id)
    unlink(part)
    if entry.kind == .link {
      guard symlink(WorkFile.cString(bytes), part) == 0 else {
        throw FileError("create", WorkFile.text(part), code: errno)
      }
      return
    }
    let fresh: mode_t = entry.isExecutable ? 0o777 : 0o666
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, fresh)
    guard descriptor >= 0 else { throw FileError("create", WorkFile.text(part), code: errno) }
    defer { close(descriptor) }
    if let model, let before = WorkFile.status(model), before.kind == .file {
      let readable = before.mode & 0o444
      let mode = entry.isExecutable ? before.mode | readable >> 2 : before.mode & ~0o111
      fchmod(descriptor, mode_t(mode))
      let source = open(model, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      if source >= 0 {
        folio_xattr_copy(source, descriptor)
        close(source)
      }
    }
    try Descriptor.write(bytes, to: descriptor, WorkFile.text(part))
  }

  /// Whether every folder above is a folder or missing, and none a symbolic link that leads away.
  private func parentsAreFolders(_ path: TreePath) -> Bool {
    var folder = path.folder
    while folder.bytes.count > prefix.bytes.count {
      if let status = WorkFile.status(absolute(folder)), status.kind != .folder { return false }
      folder = folder.folder
    }
    return true
  }

  private mutating func makeFolders(for path: TreePath) throws(FileError) {
    let folder = path.folder
    guard folder.bytes.count > prefix.bytes.count else { return }
    if mkdir(absolute(folder), 0o777) == 0 {
      touchedFolders.insert(folder.folder)
      return
    }
    if errno == EEXIST { return }
    guard errno == ENOENT else {
      throw FileError("create the folder", WorkFile.text(absolute(folder)), code: errno)
    }
    try makeFolders(for: folder)
    guard mkdir(absolute(folder), 0o777) == 0 || errno == EEXIST else {
      throw FileError("create the folder", WorkFile.text(absolute(folder)), code: errno)
    }
  }

  /// Removes the folders that have become empty, as git has none; the vault itself stays.
  func removeEmptyFolders(above paths: [TreePath]) {
    for path in paths {
      var folder = path.folder
      while folder.bytes.count > prefix.bytes.count, rmdir(absolute(folder)) == 0 {
        folder = folder.folder
      }
    }
  }

  func flushFolders() {
    for folder in touchedFolders { Disk.flush(absolute(folder)) }
  }
}
