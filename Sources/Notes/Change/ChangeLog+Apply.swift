internal import FullText

extension ChangeLog {
  /// What became of changes.
  public struct Outcome: Sendable {
    /// The changes as they were made in the end.
    public var changes: ChangeSet
    /// Files that somebody else was writing at the same moment; the change was made on what they wrote.
    public var retried: [VaultPath] = []
    /// Files that were left as they are, because they are no longer what the change was made for.
    public var left: [VaultPath] = []
  }

  /// The edit of a file made again on bytes that somebody else wrote meanwhile.
  public typealias Remake = (VaultPath, [UInt8]) throws(VaultError) -> [Splice]

  /// Makes the changes, all or none, and keeps them for `undo`.
  ///
  /// Nothing is touched when a file is not as the changes expect it, unless it can be remade. After
  /// the journal is written the changes happen, now or, should the process die, at the next command.
  public func apply(
    _ changes: ChangeSet, records: Bool = true, remake: Remake? = nil
  ) throws -> Outcome {
    let lock: Int32?
    do throws(FileError) { lock = try self.lock(waits: true) } catch {
      throw VaultError.file(error)
    }
    defer { lock.map(unlock) }
    sweep()
    _ = try finishJournal()
    var outcome = Outcome(changes: changes)
    try verify(&outcome, remake)
    do throws(FileError) {
      try SafeFile.overwrite(journalPath, outcome.changes.encoded, durably: true)
    } catch { throw VaultError.file(error) }
    try hook(.journaled)
    try run(&outcome, remake)
    try finish(outcome.changes, records: records)
    return outcome
  }

  /// Finishes what a process that died had begun; nil when there is nothing, or when the process that
  /// wrote the journal is still at work.
  public func recover() throws -> Outcome? {
    guard FileSystem.status(journalPath, followingLinks: false) != nil,
      let lock = try lock(waits: false)
    else { return nil }
    defer { unlock(lock) }
    return try finishJournal()
  }

  private func finishJournal() throws -> Outcome? {
    guard let bytes = try? FileSystem.read(journalPath) else { return nil }
    guard let changes = ChangeSet(encoded: bytes) else {
      // A journal is renamed into place whole: one that cannot be read was damaged afterwards, and
      // guessing at it could harm. It is kept aside.
      try? SafeFile.overwrite(journalPath + ".damaged", bytes)
      try FileSystem.remove(journalPath)
      return nil
    }
    var outcome = Outcome(changes: changes)
    try run(&outcome, nil)
    try finish(changes, records: true)
    return outcome
  }

  private func finish(_ changes: ChangeSet, records: Bool) throws {
    SafeFile.flush(vault.root, files: changes.steps.count)
    try hook(.flushed)
    if records { record(changes) }
    try hook(.logged)
    do throws(FileError) { try FileSystem.remove(journalPath) } catch {
      throw VaultError.file(error)
    }
  }

  // MARK: - Before

  /// Looks whether every step can be made; throws at the first that cannot, before anything is.
  private func verify(_ outcome: inout Outcome, _ remake: Remake?) throws(VaultError) {
    var made: Set<VaultPath> = []
    // Folders that were found to lie in the vault: two thousand notes lie in few.
    var inside: Set<String> = []
    for (index, step) in outcome.changes.steps.enumerated() {
      switch step {
      case .edit(let path, let before, _, _):
        let place = outcome.changes.original(path, at: index)
        guard let status = FileSystem.status(vault.absolute(place), followingLinks: false) else {
          throw .changedMeanwhile(place.description)
        }
        if status.kind == .link || inside.insert(place.folder).inserted {
          try vault.refuseLinksOutside(place)
        }
        guard let remake else {
          guard let bytes = try? FileSystem.read(vault.absolute(place)),
            ContentMark(bytes) == before
          else { throw .changedMeanwhile(place.description) }
          break
        }
        // Its size gives most changes away; one of the same length is met when the file is written.
        if status.kind == .file, status.size == before.count { break }
        guard let bytes = try? FileSystem.read(vault.absolute(place)) else {
          throw .changedMeanwhile(place.description)
        }
        try self.remake(&outcome, index, path, bytes, remake)
      case .move(let from, let to):
        let place = outcome.changes.original(from, at: index)
        try vault.refuseLinksOutside(place)
        try vault.refuseLinksOutside(to)
        guard made.contains(from) || exists(place) else {
          throw .changedMeanwhile(place.description)
        }
        if exists(to), !isSame(place, to), outcome.changes.original(to, at: index) == to,
          !outcome.changes.leaves(to, before: index)
        {
          throw .exists(to.description)
        }
        made.insert(to)
      case .create(let path, _):
        try vault.refuseLinksOutside(path)
        if exists(path), !outcome.changes.leaves(path, before: index) {
          throw .exists(path.description)
        }
      case .remove(let path, let bytes):
        let place = outcome.changes.original(path, at: index)
        guard let have = try? FileSystem.read(vault.absolute(place)), have == bytes else {
          throw .changedMeanwhile(place.description)
        }
      case .makeFolder(let path): try vault.refuseLinksOutside(path)
      case .removeFolder, .other: break
      }
    }
  }

  private func remake(
    _ outcome: inout Outcome, _ index: Int, _ path: VaultPath, _ bytes: [UInt8], _ remake: Remake
  ) throws(VaultError) {
    let splices = try remake(path, bytes)
    guard let edited = Splice.apply(splices, to: bytes) else {
      throw .changedMeanwhile(path.description)
    }
    outcome.changes.steps[index] = .edit(
      path, before: ContentMark(bytes), after: ContentMark(edited), splices)
    outcome.retried.append(path)
  }

  private func exists(_ path: VaultPath) -> Bool {
    FileSystem.status(vault.absolute(path), followingLinks: false) != nil
  }

  /// Whether two names lead to one file, as two spellings do where case does not matter.
  private func isSame(_ a: VaultPath, _ b: VaultPath) -> Bool {
    guard let a = FileSystem.status(vault.absolute(a), followingLinks: false),
      let b = FileSystem.status(vault.absolute(b), followingLinks: false)
    else { return false }
    return a.stamp.inode == b.stamp.inode && a.device == b.device
  }

  // MARK: - The changes

  /// Makes every step that is not made yet. Steps know their work by what they find, so this may
  /// begin anywhere.
  private func run(_ outcome: inout Outcome, _ remake: Remake?) throws {
    for index in outcome.changes.steps.indices {
      do throws(FileError) {
        try make(index, &outcome, remake)
      } catch {
        throw VaultError.file(error)
      }
      try hook(.stepDone(index))
    }
  }

  private func make(
    _ index: Int, _ outcome: inout Outcome, _ remake: Remake?
  ) throws(FileError) {
    switch outcome.changes.steps[index] {
    case .edit(let path, _, _, _):
      try edit(path, index, &outcome, remake)
    case .move(let from, let to):
      if isSame(from, to) {
        try SafeFile.move(vault.absolute(from), to: vault.absolute(to), isSameFile: true)
      } else if exists(from) {
        do throws(FileError) {
          if !to.folder.isEmpty { try FileSystem.createFolder(vault.root + "/" + to.folder) }
          try SafeFile.move(vault.absolute(from), to: vault.absolute(to))
        } catch {
          guard error.exists else { throw error }
          outcome.left.append(from)
        }
      } else if !exists(to) {
        outcome.left.append(from)
      }
    case .create(let path, let bytes):
      do throws(FileError) {
        if !path.folder.isEmpty { try FileSystem.createFolder(vault.root + "/" + path.folder) }
        try SafeFile.create(vault.absolute(path), bytes)
      } catch {
        guard error.exists else { throw error }
        if (try? FileSystem.read(vault.absolute(path))) != bytes { outcome.left.append(path) }
      }
    case .remove(let path, let bytes):
      guard let have = try? FileSystem.read(vault.absolute(path)) else { return }
      guard have == bytes else {
        outcome.left.append(path)
        return
      }
      try FileSystem.remove(vault.absolute(path))
    case .makeFolder(let path): try FileSystem.createFolder(vault.absolute(path))
    case .removeFolder(let path): FileSystem.removeFolder(vault.absolute(path))
    case .other: break
    }
  }

  private func edit(
    _ path: VaultPath, _ index: Int, _ outcome: inout Outcome, _ remake: Remake?
  ) throws(FileError) {
    for _ in 0..<4 {
      guard case .edit(_, let before, let after, let splices) = outcome.changes.steps[index] else {
        return
      }
      guard let bytes = try? FileSystem.read(vault.absolute(path)) else {
        // Moved on by a later step already, or gone.
        if !exists(outcome.changes.final(path, at: index)) { outcome.left.append(path) }
        return
      }
      let mark = ContentMark(bytes)
      if mark == after { return }
      if mark == before, let edited = Splice.apply(splices, to: bytes) {
        let done = try SafeFile.replace(
          vault.absolute(path), original: bytes, with: edited, durably: false)
        if done == .done { return }
        continue
      }
      guard let remake else { break }
      do throws(VaultError) { try self.remake(&outcome, index, path, bytes, remake) } catch {
        break
      }
      try SafeFile.overwrite(journalPath, outcome.changes.encoded, durably: true)
    }
    outcome.left.append(path)
  }
}

extension ChangeSet {
  /// Whether a step before `index` takes away what lies at `path`.
  func leaves(_ path: VaultPath, before index: Int) -> Bool {
    steps[..<index].contains { step in
      switch step {
      case .move(let from, _): path.moved(from: from, to: from) != nil
      case .remove(let gone, _): gone == path
      default: false
      }
    }
  }
}
