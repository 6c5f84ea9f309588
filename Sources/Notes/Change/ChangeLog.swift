#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Changes of several files as one, and taking back what was done.
///
/// In the vault's local folder: `change-journal`, the changes under way, written whole before the
/// first of them; `undo/NNNNNNNN`, what was done, newest last; `undo/NNNNNNNN.undone`, what was taken
/// back and can be done again; `change.lock`, held while files are changed. A process that dies half-way
/// leaves its journal, and the next one finishes what it began; a temporary file that it leaves here is
/// taken away by the next change.
public struct ChangeLog: Sendable {
  /// What was done, as `folio undo --list` shows it.
  public struct Entry: Sendable {
    public let number: Int
    public let isUndone: Bool
    public let changes: ChangeSet
  }

  /// A moment between two steps, for tests that end there.
  typealias Hook = @Sendable (Moment) throws -> Void

  enum Moment: Equatable, Sendable { case journaled, stepDone(Int), flushed, logged }

  /// How many entries are kept.
  static let kept = 100

  public let vault: Vault
  /// The folder of this device's own state of the vault.
  public let local: String
  var hook: Hook = { _ in }

  public init(_ vault: Vault, local: String) {
    self.vault = vault
    self.local = local
  }

  var journalPath: String { local + "/change-journal" }
  var undoFolder: String { local + "/undo" }

  func name(_ number: Int, isUndone: Bool = false) -> String {
    let digits = String(number)
    return undoFolder + "/" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
      + (isUndone ? ".undone" : "")
  }

  /// The numbers of the entries, ascending; those taken back have a number above all others.
  private func numbers() -> (done: [Int], undone: [Int]) {
    var done: [Int] = []
    var undone: [Int] = []
    for file in (try? FileSystem.names(in: undoFolder)) ?? [] {
      if let number = Int(file) {
        done.append(number)
      } else if file.hasSuffix(".undone"), let number = Int(file.dropLast(7)) {
        undone.append(number)
      } else if SafeFile.isLeftover(Array(file.utf8)) {
        try? FileSystem.remove(undoFolder + "/" + file)
      }
    }
    return (done.sorted(), undone.sorted())
  }

  /// What can be taken back, newest first, then what can be done again. Entries that cannot be read
  /// are left out.
  public func entries() -> [Entry] {
    let (done, undone) = numbers()
    func entry(_ number: Int, _ isUndone: Bool) -> Entry? {
      guard let bytes = try? FileSystem.read(name(number, isUndone: isUndone)),
        let changes = ChangeSet(encoded: bytes)
      else { return nil }
      return Entry(number: number, isUndone: isUndone, changes: changes)
    }
    return done.reversed().compactMap { entry($0, false) }
      + undone.compactMap { entry($0, true) }
  }

  /// Keeps what was done, so that it can be taken back; what was taken back before cannot be done
  /// again then. A log that cannot be written is no reason to fail: the change has been made.
  public func record(_ changes: ChangeSet) {
    if changes.steps.isEmpty { return }
    let (done, undone) = numbers()
    do throws(FileError) {
      try FileSystem.createFolder(undoFolder, mode: 0o700)
      try write(changes.encoded, from: (done.last ?? 0) + 1)
    } catch { return }
    for number in undone { try? FileSystem.remove(name(number, isUndone: true)) }
    for number in done.dropLast(Self.kept - 1) { try? FileSystem.remove(name(number)) }
  }

  /// Writes an entry under the first number that is free: another command may take one just now.
  private func write(_ bytes: [UInt8], from first: Int) throws(FileError) {
    var number = first
    while true {
      do throws(FileError) {
        return try SafeFile.create(name(number), bytes, mode: 0o600, durably: false)
      } catch {
        guard error.exists, number < first + 1000 else { throw error }
        number += 1
      }
    }
  }

  /// Keeps that a file was changed from `old` to `new` by somebody whom folio called, such as an
  /// editor.
  public func record(_ title: String, _ path: VaultPath, from old: [UInt8], to new: [UInt8]) {
    if old == new { return }
    var changes = ChangeSet(title: title + " " + path.description, moment: moment)
    changes.edit(path, from: old, to: new)
    record(changes)
  }

  /// The moment at which the running command changes things, in seconds of UTC.
  var moment: Int64 { vault.moment ?? LocalTime.now().seconds }

  /// Marks an entry as taken back, or as done again.
  func mark(_ entry: Entry, undone: Bool) throws(FileError) {
    let from = name(entry.number, isUndone: !undone)
    let to = name(entry.number, isUndone: undone)
    guard rename(from, to) == 0 else { throw FileError("change", from) }
  }

  // MARK: - Locking

  /// The right to change several files, held by one process at a time; given back by `close`.
  ///
  /// - Parameter waits: Nil is returned when another holds it and this is false.
  func lock(_ name: String = "change", waits: Bool) throws(FileError) -> Int32? {
    try FileSystem.createFolder(local, mode: 0o700)
    let path = local + "/" + name + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileError("open", path) }
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      close(descriptor)
      return nil
    }
    return descriptor
  }

  /// Lets one command at a time plan a change of names and make it: a look at the vault misses a note
  /// that another command is moving just then, and with it the links in it.
  public func planning(_ body: () throws -> Void) throws {
    let held: Int32?
    do throws(FileError) { held = try lock("plan", waits: true) } catch {
      throw VaultError.file(error)
    }
    defer { held.map(unlock) }
    try body()
  }

  /// Takes away what a killed process left beside the journal; scans do not come here.
  func sweep() {
    for file in (try? FileSystem.names(in: local)) ?? []
    where SafeFile.isLeftover(Array(file.utf8)) {
      try? FileSystem.remove(local + "/" + file)
    }
  }

  func unlock(_ descriptor: Int32) { close(descriptor) }
}

extension Vault {
  /// What was changed here and can be taken back; nil where there is no place to keep it.
  public var changeLog: ChangeLog? {
    guard isMarked || shared != nil else { return nil }
    return ChangeLog(self, local: localFolder(shared: shared ?? ""))
  }

  /// Makes a new file with the folders that it lies in, and adds to `changes` what was made; throws
  /// an error whose `exists` is true when there is such a file.
  public func make(
    _ path: VaultPath, _ bytes: [UInt8], keeping changes: inout ChangeSet, durably: Bool = true
  ) throws(FileError) {
    var made = ChangeSet(title: "", moment: 0)
    Rename.addFolders(of: path, to: &made, in: self)
    if !path.folder.isEmpty { try FileSystem.createFolder(root + "/" + path.folder) }
    try SafeFile.create(absolute(path), bytes, durably: durably)
    changes.steps += made.steps + [.create(path, bytes)]
  }

  /// A set of changes that begins now.
  public func changes(_ title: String) -> ChangeSet {
    ChangeSet(title: title, moment: moment ?? LocalTime.now().seconds)
  }

  /// The folder of what this device alone knows of the vault: journal, undo.
  public func localFolder(shared: String) -> String {
    isMarked ? root + "/.folio/local" : cacheFolder(shared: shared) + "/local"
  }
}
