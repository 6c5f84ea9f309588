internal import Notes

/// The vault as the repository now has it.
struct SavedVault {
  /// The vault's tree; nil when the vault is empty.
  var tree: ObjectID?
  /// The commit that holds it; nil while the branch has none.
  var commit: ObjectID?
}

extension SyncRun {
  /// Commits what lies on the disk. A branch without a commit stays so: the remote is asked first,
  /// for the notes may belong on top of what it has.
  mutating func save() throws -> SavedVault {
    progress("looking for changes")
    for _ in 0..<3 {
      let head = try place.head()
      let root = try head.map { try repository.commit($0).tree }
      let old = try repository.subtree(place.prefix, of: root)
      let (tree, found, count) = try takeSnapshot(over: old)
      try hook(.snapshotTaken)
      if tree == old { return SavedVault(tree: tree, commit: head) }
      let changes = try repository.changes(from: old, to: tree, in: place.prefix)
      if let found { try check(found, changes, fileCount: count) }
      guard let head else { return SavedVault(tree: tree, commit: nil) }
      if let filtered = try filtered(changes) { throw filtered }
      let newRoot = try repository.replacing(place.prefix, with: tree, in: root)
      let commit = try repository.writeCommit(
        tree: try newRoot ?? repository.writeTree([]), parents: [head], author: author,
        message: message(changes), date: options.date)
      checkedCommits.insert(commit)
      let list = SyncReport.changes(changes, prefix: place.prefix)
      if options.isDryRun {
        SyncReport.add(list, to: &report.saved)
        return SavedVault(tree: tree, commit: commit)
      }
      let journal = Journal(
        kind: .save, branch: branch, from: head, to: commit, vaultTree: tree)
      if try move(journal, changes) {
        SyncReport.add(list, to: &report.saved)
        report.commit = commit
        try hook(.saved)
        return SavedVault(tree: tree, commit: commit)
      }
    }
    throw SyncError.branchMoved(report.branch)
  }

  private mutating func takeSnapshot(
    over old: ObjectID?
  ) throws -> (tree: ObjectID?, found: ContentGuard?, fileCount: Int) {
    var snapshot = Snapshot(repository, prefix: place.prefix, known: place.stamps())
    snapshot.contents = contentGuard()
    let tree = try repository.gathering {
      let tree = try snapshot.take(root: place.vault.root, over: old)
      // What is refused is not in the repository either.
      if let found = snapshot.contents, !found.findings.isEmpty {
        throw SyncError.guarded(found.findings)
      }
      return tree
    }
    stamps = snapshot.stamps
    report.skipped = snapshot.skipped
    if snapshot.isStampTableNew, !options.isDryRun { place.keep(stamps) }
    return (tree, snapshot.contents, snapshot.fileCount)
  }

  /// Moves the branch to a commit of what lies on the disk; false when another program moved it.
  mutating func move(_ journal: Journal, _ changes: [TreeChange]) throws -> Bool {
    try backUp()
    try journal.write(place.local)
    try hook(.saveJournalled)
    guard
      try repository.move(
        branch, from: journal.from, to: journal.to, because: "folio sync: saved")
    else {
      try Journal.remove(place.local)
      return false
    }
    try hook(.saveMoved)
    try updateIndex(changes)
    try hook(.saveIndexed)
    try Journal.remove(place.local)
    return true
  }

  func updateIndex(_ changes: [TreeChange]) throws {
    let root = Array(place.vault.root.utf8) + [UInt8(ascii: "/")]
    let prefix = place.prefix
    try repository.updateIndex(
      changes, worktree: { WorkFile.cString(root + ($0.below(prefix) ?? $0).bytes) }, stamps)
  }

  /// Files that git would pass through another program (Git LFS), which sync does not run.
  private func filtered(_ changes: [TreeChange]) throws -> SyncError? {
    let attributes = Array(".gitattributes".utf8)
    let root = try repository.tree(place.headTree())
    let hasAttributes =
      root[attributes] != nil || changes.contains { $0.path.name == attributes }
      || FileSystem.status(repository.folder + "info/attributes") != nil
    guard hasAttributes else { return nil }
    for change in changes where change.new?.kind == .file {
      if repository.needsFilter(change.path.bytes) {
        return .unsupported(
          "\(change.path) is kept by a filter of git (such as Git LFS), which sync does not run",
          remedy: "Commit that file with 'git add' and 'git commit', then run 'folio sync' again.")
      }
    }
    return nil
  }

  /// The message of a commit: the person's own, else what changed.
  func message(_ changes: [TreeChange]) -> String {
    if let message = options.message, !message.isEmpty { return message + "\n" }
    let files = SyncReport.changes(changes, prefix: place.prefix)
    let names = files.prefix(3).map { file in
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      return file.isNote && name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    }
    let count = Tally(files).text
    let rest = files.count > names.count ? ", …" : ""
    return "\(count): \(names.joined(separator: ", "))\(rest)\n\nFolio-Device: \(device)\n"
  }

  /// The name of the device on one line.
  var device: String {
    let scalars = options.device.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    return String(String.UnicodeScalarView(scalars))
  }
}
