internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Repository {
  private func withIndex<R>(_ body: (OpaquePointer) throws -> R) throws -> R {
    var index: OpaquePointer?
    try GitError.check("open the index of \(folder)", git_repository_index(&index, pointer))
    defer { git_index_free(index) }
    guard let index else { throw SyncError.damaged("the index of \(folder) cannot be opened") }
    try GitError.check("read the index of \(folder)", git_index_read(index, 1))
    return try body(index)
  }

  /// Tells git's index of files that a commit now has, so that `git status` shows them as they are.
  ///
  /// Only the paths of `changes` are touched: what is staged elsewhere stays staged. Stamps are
  /// written where they are known, so that git need not read those files again.
  func updateIndex(
    _ changes: [TreeChange], worktree: (TreePath) -> [CChar], _ stamps: StampTable,
    patience: Int = 2
  ) throws {
    if changes.isEmpty { return }
    var stamps = stamps
    let path = folder + "index"
    let copy = path + "-folio"
    defer {
      unlink(copy)
      unlink(copy + ".lock")
    }
    for _ in 0..<5 {
      let before = WorkFile.status(WorkFile.cString(path.utf8))?.stamp
      let bytes = try before.map { _ in try FileSystem.read(path) }
      let after: [UInt8]
      if let changed = plainly(changing: bytes, before?.modified ?? 0, changes, worktree, &stamps) {
        after = changed
      } else {
        unlink(copy + ".lock")
        unlink(copy)
        if let bytes { try SafeFile.overwrite(copy, bytes) }
        try change(copy, changes, worktree, &stamps)
        after = try FileSystem.read(copy)
      }
      let isDone = try LockedFile.replace(path, after, in: folder, patience: patience) {
        WorkFile.status(WorkFile.cString(path.utf8))?.stamp == before
      }
      if isDone { return }
    }
    throw SyncError.indexLocked(path + ".lock")
  }

  /// The index with the changes; nil for one that only libgit2 can change.
  private func plainly(
    changing bytes: [UInt8]?, _ written: Int64, _ changes: [TreeChange],
    _ worktree: (TreePath) -> [CChar], _ stamps: inout StampTable
  ) -> [UInt8]? {
    guard let index = bytes.map({ IndexFile($0) }) ?? .empty else { return nil }
    var entries: [(path: [UInt8], entry: IndexFile.Entry?)] = []
    entries.reserveCapacity(changes.count)
    for change in changes {
      guard let new = change.new else {
        entries.append((change.path.bytes, nil))
        continue
      }
      guard new.kind != .repository, change.path.bytes.count < 0x0FFF else { return nil }
      var entry = IndexFile.Entry(
        mode: new.mode == 0o100664 ? TreeEntry.fileMode : new.mode, id: new.id)
      if let record = stamps.find(change.path), record.id == new.id {
        entry.stamp(worktree(change.path), record.stamp)
      }
      entries.append((change.path.bytes, entry))
    }
    return index.changing(entries, written: IndexFile.time(written))
  }

  /// Makes the changes in the index file at `path`, which is nobody else's.
  private func change(
    _ path: String, _ changes: [TreeChange], _ worktree: (TreePath) -> [CChar],
    _ stamps: inout StampTable
  ) throws {
    var opened: OpaquePointer?
    try GitError.check("open the index of \(folder)", git_index_open(&opened, path))
    defer { git_index_free(opened) }
    guard let index = opened else { return }
    for change in changes where change.new == nil {
      let code = git_index_remove(index, WorkFile.cString(change.path.bytes), 0)
      if code != GIT_ENOTFOUND.rawValue { try GitError.check("update the index", code) }
    }
    for change in changes {
      guard let new = change.new, new.kind != .repository else { continue }
      var entry = git_index_entry()
      entry.mode = new.mode == 0o100664 ? TreeEntry.fileMode : new.mode
      entry.id = new.id.raw
      if let record = stamps.find(change.path), record.id == new.id {
        Self.stamp(&entry, worktree(change.path), record.stamp)
      }
      try WorkFile.cString(change.path.bytes).withUnsafeBufferPointer { path in
        entry.path = path.baseAddress
        try GitError.check("update the index", git_index_add(index, &entry))
      }
    }
    try GitError.check("write the index of \(folder)", git_index_write(index))
  }

  private static func stamp(_ entry: inout git_index_entry, _ path: [CChar], _ known: FileStamp) {
    var raw = stat()
    guard lstat(path, &raw) == 0, WorkFile(raw).stamp == known else { return }
    func time(_ nanoseconds: Int64) -> git_index_time {
      git_index_time(
        seconds: Int32(truncatingIfNeeded: nanoseconds / 1_000_000_000),
        nanoseconds: UInt32(truncatingIfNeeded: nanoseconds % 1_000_000_000))
    }
    entry.mtime = time(known.modified)
    entry.ctime = time(known.changed)
    entry.dev = UInt32(truncatingIfNeeded: raw.st_dev)
    entry.ino = UInt32(truncatingIfNeeded: known.inode)
    entry.uid = raw.st_uid
    entry.gid = raw.st_gid
    entry.file_size = UInt32(truncatingIfNeeded: known.size)
  }

  /// What of the index keeps sync from working; nil when nothing does.
  func indexProblem() throws -> SyncError? {
    if let bytes = try? FileSystem.read(folder + "index"), IndexFile.isPlain(bytes) { return nil }
    do {
      return try withIndex { index in
        if git_index_has_conflicts(index) == 1 {
          return .unsupported(
            "a merge made by hand is not finished: the index has conflicts",
            remedy: "Finish it with 'git add' and 'git commit', or 'git merge --abort'.")
        }
        let skipped = UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
        for place in 0..<git_index_entrycount(index) {
          guard let entry = git_index_get_byindex(index, place) else { continue }
          if entry.pointee.flags_extended & skipped != 0 {
            return .unsupported(
              "the repository is a sparse checkout: files are missing here on purpose",
              remedy: "Run 'git sparse-checkout disable' first.")
          }
        }
        return nil
      }
    } catch let error as GitError {
      if error.reason.contains("'link'") {
        return .unsupported(
          "the index is split, which libgit2 cannot read",
          remedy: "Run 'git update-index --no-split-index' first.")
      }
      return .unsupported(
        error.message, remedy: "Remove \(folder)index and run 'git reset'; no note is in it.")
    }
  }

  /// Waits until no other program holds the index.
  func waitForIndex(seconds: Int) throws(SyncError) {
    let lock = folder + "index.lock"
    for _ in 0...(seconds * 10) {
      LockedFile.sweep(lock, in: folder)
      if FileSystem.status(lock, followingLinks: false) == nil { return }
      usleep(100_000)
    }
    throw .indexLocked(lock)
  }
}

extension IndexFile {
  /// A time in ns since 1970 as the index has it.
  static func time(_ nanoseconds: Int64) -> (UInt32, UInt32) {
    (
      UInt32(truncatingIfNeeded: nanoseconds / 1_000_000_000),
      UInt32(truncatingIfNeeded: nanoseconds % 1_000_000_000)
    )
  }
}

extension IndexFile.Entry {
  /// Takes over what the system says of the file, when it is still the one that was read.
  fileprivate mutating func stamp(_ path: [CChar], _ known: FileStamp) {
    var raw = stat()
    guard lstat(path, &raw) == 0, WorkFile(raw).stamp == known else { return }
    modified = IndexFile.time(known.modified)
    changed = IndexFile.time(known.changed)
    device = UInt32(truncatingIfNeeded: raw.st_dev)
    inode = UInt32(truncatingIfNeeded: known.inode)
    user = raw.st_uid
    group = raw.st_gid
    size = UInt32(truncatingIfNeeded: known.size)
  }
}
