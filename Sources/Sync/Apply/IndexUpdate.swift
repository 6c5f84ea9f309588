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
    let path = folder + "index"
    let copy = path + "-folio"
    defer {
      unlink(copy)
      unlink(copy + ".lock")
    }
    for _ in 0..<5 {
      let before = FileSystem.status(path)?.stamp
      unlink(copy + ".lock")
      unlink(copy)
      if before != nil { try SafeFile.overwrite(copy, FileSystem.read(path)) }
      try change(copy, changes, worktree, stamps)
      let after = try FileSystem.read(copy)
      let isDone = try LockedFile.replace(path, after, in: folder, patience: patience) {
        FileSystem.status(path)?.stamp == before
      }
      if isDone { return }
    }
    throw SyncError.indexLocked(path + ".lock")
  }

  /// Makes the changes in the index file at `path`, which is nobody else's.
  private func change(
    _ path: String, _ changes: [TreeChange], _ worktree: (TreePath) -> [CChar],
    _ stamps: StampTable
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
      if let record = stamps.records[change.path], record.id == new.id {
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
