internal import CFileSystem
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Bringing the files of the vault from one tree to another, or back.
struct Apply {
  /// Files that are written before the first of them is put into the vault: flushed together they cost
  /// hardly more than one.
  private static let group = 200

  private var worktree: Worktree
  private let changes: [TreeChange]
  private let slots: String
  private let durably: Bool

  init(
    _ repository: Repository, root: String, prefix: TreePath, local: String,
    changes: [TreeChange], durably: Bool
  ) throws(FileError) {
    worktree = try Worktree(repository, root: root, prefix: prefix, local: local)
    worktree.flushes = durably
    self.changes = changes
    self.durably = durably
    slots = local + "/apply"
  }

  /// Makes the changes; those that are made already cost a look each.
  ///
  /// Throws `SyncError.editedMeanwhile` or `.inTheWay` at the first file that is neither as it was
  /// nor as it shall be; that file is not touched, those before it are changed.
  mutating func forward(_ hook: SyncHook) throws {
    // Deletions first: a folder may take the place of a file, or a file that of a folder.
    let gone = changes.indices.filter { changes[$0].new == nil }
    for number in gone {
      let change = changes[number]
      let outcome = try worktree.change(
        change.path, from: change.old, to: nil, number: number, hook)
      try tell(outcome, number, hook)
    }
    worktree.removeEmptyFolders(above: gone.map { changes[$0].path })
    let come = changes.indices.filter { changes[$0].new != nil }
    for start in stride(from: 0, to: come.count, by: Self.group) {
      var ready: [Int] = []
      for number in come[start..<min(start + Self.group, come.count)] {
        let change = changes[number]
        let outcome = try worktree.prepare(
          change.path, from: change.old, to: change.new, number: number)
        if outcome == .done {
          ready.append(number)
        } else {
          try tell(outcome, number, hook, givingUp: ready[...])
        }
      }
      try worktree.fill(ready)
      for (place, number) in ready.enumerated() {
        try hook(.fileWritten(number))
        let change = changes[number]
        let outcome = try worktree.put(change.path, from: change.old, number: number, hook)
        try tell(outcome, number, hook, givingUp: ready[(place + 1)...])
      }
    }
    flush()
  }

  /// - Parameter rest: What was written for later and is not wanted when this is where it ends.
  private func tell(
    _ outcome: Worktree.Outcome, _ number: Int, _ hook: SyncHook,
    givingUp rest: ArraySlice<Int> = []
  ) throws {
    if outcome == .edited || outcome == .inTheWay { worktree.discard(rest) }
    switch outcome {
    case .edited: throw SyncError.editedMeanwhile(changes[number].path.description)
    case .inTheWay: throw SyncError.inTheWay(changes[number].path.description)
    case .done: try hook(.fileDone(number))
    case .already: break
    }
  }

  /// Takes back what was changed; files that are not as the change left them stay as they are.
  mutating func backward() throws {
    let order =
      changes.indices.filter { changes[$0].old == nil }
      + changes.indices.filter { changes[$0].old != nil }
    for number in order {
      let change = changes[number]
      _ = try worktree.change(
        change.path, from: change.new, to: change.old, number: number, { _ in })
    }
    worktree.removeEmptyFolders(above: changes.filter { $0.old == nil }.map(\.path))
    flush()
  }

  private func flush() { if durably { worktree.flushFolders() } }

  /// Whether every file is either as it was or as it shall be, so that going forward is safe.
  func canFinish() throws(FileError) -> Bool {
    for change in changes {
      if try worktree.holds(change.new, at: change.path) { continue }
      if try worktree.holds(change.old, at: change.path) { continue }
      return false
    }
    return true
  }

  /// Puts the slots in order that an interrupted sync left.
  ///
  /// A slot holds a copy that was never put in place, or the old file that came out; both are in the
  /// repository. Anything else is an edit that was caught between two steps: it goes back to its
  /// place, or, when there is something new in it, to `.folio/local/kept/`.
  ///
  /// - Returns: Where edits were kept.
  func sweep() throws -> [String] {
    var kept: [String] = []
    for name in (try? FileSystem.names(in: slots)) ?? [] {
      let slot = WorkFile.cString("\(slots)/\(name)".utf8)
      guard let number = Int(name) else {
        unlink(slot)
        continue
      }
      guard changes.indices.contains(number) else {
        kept.append(try keep(slot, name))
        continue
      }
      let change = changes[number]
      let isOurs =
        try worktree.holds(change.old, at: slot) || worktree.holds(change.new, at: slot)
        || isSaved(slot)
      if isOurs {
        unlink(slot)
        continue
      }
      let target = worktree.absolute(change.path)
      if try worktree.holds(change.new, at: change.path), change.new != nil {
        if folio_exchange(slot, target) == 0 {
          unlink(slot)
          continue
        }
      } else if linkat(AT_FDCWD, slot, AT_FDCWD, target, 0) == 0 {
        unlink(slot)
        continue
      }
      kept.append(try keep(slot, name))
    }
    return kept
  }

  /// Whether the bytes of a slot are an object of the repository.
  private func isSaved(_ slot: [CChar]) throws(FileError) -> Bool {
    guard let id = try WorkFile.entry(at: slot)?.entry?.id else { return false }
    return worktree.repository.contains(id)
  }

  private func keep(_ slot: [CChar], _ name: String) throws(FileError) -> String {
    let folder = slots.dropLast("apply".count) + "kept"
    try FileSystem.createFolder(String(folder), mode: 0o700)
    let place = "\(folder)/\(WorkFile.now)-\(name)"
    guard rename(slot, WorkFile.cString(place.utf8)) == 0 else {
      throw FileError("keep", place, code: errno)
    }
    return place
  }
}
