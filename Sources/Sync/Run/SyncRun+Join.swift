internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension SyncRun {
  enum Joined {
    case done
    /// Somebody edited a note or moved the branch meanwhile; everything is as it was.
    case again(SyncError)
  }

  /// The tip of the upstream branch, with its commits brought here; nil when there is no such branch.
  mutating func fetch(_ upstream: Upstream) throws -> ObjectID? {
    let folder = repository.folder
    let tips = try transport.tips(of: upstream.remote, in: folder)
    let name = upstream.branch(among: tips)
    guard let tip = tips.branches[name] else { return nil }
    if try repository.target(of: upstream.tracking(name)) != tip || !repository.contains(tip) {
      progress("receiving from \(upstream.remote)")
      try transport.fetch(name, of: upstream.remote, in: folder)
      guard repository.contains(tip) else {
        // The branch moved between the two questions; the next round has it.
        throw SyncError.remoteKeepsMoving(upstream.address)
      }
      if !options.isDryRun { try repository.point(upstream.tracking(name), at: tip) }
    }
    if let seen = try repository.target(of: upstream.seen(name)),
      try !repository.isAncestor(seen, of: tip)
    {
      guard !options.acceptsRewrite else {
        rewrittenFrom = seen
        remoteBranch = name
        return tip
      }
      throw SyncError.rewritten(
        reference: upstream.tracking(name), seen: seen, now: tip, mark: upstream.seen(name))
    }
    remoteBranch = name
    return tip
  }

  /// Puts what is here and what the remote has together, in the repository and in the vault.
  mutating func join(
    _ saved: SavedVault, _ upstream: Upstream, _ tip: ObjectID?
  ) throws -> Joined {
    remoteBranch = remoteBranch ?? report.branch
    guard let tip else { return try begin(saved) }
    guard let head = saved.commit else { return try take(tip, saved, upstream) }
    report.commit = head
    if let seen = rewrittenFrom, repository.contains(seen) {
      return try follow(tip, since: seen, head, saved, upstream)
    }
    if try repository.isAncestor(tip, of: head) { return .done }
    if try repository.isAncestor(head, of: tip) { return try bring(tip, saved) }
    let reference = upstream.tracking(remoteBranch ?? report.branch)
    let found = try repository.gathering {
      try CommonAncestor(repository, prefix: place.prefix, head, tip)
    }
    guard let base = found else {
      if options.joins { return try merge(nil, head, tip, saved, upstream) }
      throw SyncError.unrelated(mine: head, theirs: tip, reference: reference)
    }
    return try merge(base.tree, head, tip, saved, upstream)
  }

  /// Follows a history that was rewritten: what was made here since the last sync goes on top of it as
  /// one commit that leaves the old history behind.
  private mutating func follow(
    _ tip: ObjectID, since seen: ObjectID, _ head: ObjectID, _ saved: SavedVault,
    _ upstream: Upstream
  ) throws -> Joined {
    progress("merging")
    let mine = try repository.commit(head)
    let theirs = try repository.commit(tip)
    var merge = TreeMerge(
      repository, prefix: place.prefix, first: theirs.side, second: mine.side)
    let tree = try repository.gathering {
      try merge.merge(base: repository.commit(seen).tree, theirs.tree, mine.tree)
    }
    var commit = tip
    if tree != theirs.tree {
      let changes = try repository.changes(from: theirs.tree, to: tree, in: .top)
      commit = try repository.writeCommit(
        tree: try tree ?? repository.writeTree([]), parents: [tip], author: author,
        message: message(changes), date: options.date)
    }
    let joined = try bring(commit, saved)
    if case .done = joined {
      add(merge)
      rewrittenFrom = nil
      if !options.isDryRun {
        try repository.point(upstream.seen(remoteBranch ?? report.branch), at: tip)
      }
      report.notices.append(
        "The rewritten history of the remote was taken; the old one is kept for 90 days under "
          + "refs/folio/backup.")
    }
    return joined
  }

  /// Puts two histories together, which come from `base`.
  private mutating func merge(
    _ base: ObjectID?, _ head: ObjectID, _ tip: ObjectID, _ saved: SavedVault, _ upstream: Upstream
  ) throws -> Joined {
    progress("merging")
    let sides = try [repository.commit(head), repository.commit(tip)].sorted(by: Commit.isOrdered)
    var merge = TreeMerge(
      repository, prefix: place.prefix, first: sides[0].side, second: sides[1].side)
    let tree = try repository.gathering {
      try merge.merge(base: base, sides[0].tree, sides[1].tree)
    }
    var message = "Merge \(upstream.remote)/\(remoteBranch ?? "")\n\nFolio-Device: \(device)\n"
    if !merge.conflicts.isEmpty { message += "Folio-Conflicts: \(merge.conflicts.count)\n" }
    let commit = try repository.writeCommit(
      tree: try tree ?? repository.writeTree([]), parents: [head, tip], author: author,
      message: message, date: options.date)
    try hook(.merged)
    report.isMerge = true
    let joined = try bring(commit, saved)
    if case .done = joined { add(merge) }
    return joined
  }

  /// What a merge left for a person to know.
  private mutating func add(_ merge: TreeMerge) {
    func text(_ path: TreePath) -> String { (path.below(place.prefix) ?? path).description }
    report.kept += merge.kept.map(text)
    report.conflicts += merge.conflicts
    report.notices += merge.moved.map {
      "\(text($0.from)) is now \(text($0.to)): both sides gave that file or that name."
    }
  }

  /// The first commit of all, when the remote has none either.
  private mutating func begin(_ saved: SavedVault) throws -> Joined {
    guard saved.commit == nil, let tree = saved.tree else {
      report.commit = saved.commit
      return .done
    }
    let changes = try repository.changes(from: nil, to: tree, in: place.prefix)
    let root = try repository.replacing(place.prefix, with: tree, in: nil)
    let commit = try repository.writeCommit(
      tree: root ?? tree, parents: [], author: author, message: message(changes), date: options.date
    )
    checkedCommits.insert(commit)
    SyncReport.add(SyncReport.changes(changes, prefix: place.prefix), to: &report.saved)
    report.commit = commit
    if options.isDryRun { return .done }
    let journal = Journal(kind: .save, branch: branch, from: nil, to: commit, vaultTree: tree)
    guard try move(journal, changes) else { return .again(.branchMoved(report.branch)) }
    try hook(.saved)
    return .done
  }

  /// A vault without a commit takes what the remote has; its own notes go on top.
  private mutating func take(
    _ tip: ObjectID, _ saved: SavedVault, _ upstream: Upstream
  ) throws -> Joined {
    let theirs = try repository.commit(tip).tree
    let mine = try withoutStarterFiles(saved.tree, theirs)
    let root = try repository.replacing(place.prefix, with: mine, in: nil)
    let mySide = MergeSide(commit: nil, time: Int64(time(nil)), device: device)
    var merge = TreeMerge(
      repository, prefix: place.prefix, first: try repository.commit(tip).side, second: mySide)
    let tree = try repository.gathering { try merge.merge(base: nil, theirs, root) }
    if tree == theirs { return try bring(tip, saved) }
    let changes = try repository.changes(from: theirs, to: tree)
    let commit = try repository.writeCommit(
      tree: try tree ?? repository.writeTree([]), parents: [tip], author: author,
      message: message(changes), date: options.date)
    let joined = try bring(commit, saved)
    if case .done = joined {
      SyncReport.add(SyncReport.changes(changes, prefix: place.prefix), to: &report.saved)
      add(merge)
    }
    return joined
  }

  /// The vault's tree without the files that a new vault begins with and that the remote has too.
  private func withoutStarterFiles(_ tree: ObjectID?, _ theirs: ObjectID) throws -> ObjectID? {
    let other = try repository.subtree(place.prefix, of: theirs)
    var edits: [TreePath: TreeEntry?] = [:]
    for change in try repository.changes(from: other, to: tree) {
      guard change.old != nil, let new = change.new, new.kind == .file else { continue }
      let bytes = try repository.blob(new.id)
      if options.isStarterFile(change.path.description, bytes) {
        edits.updateValue(nil, forKey: change.path)
      }
    }
    return edits.isEmpty ? tree : try repository.editing(tree, edits)
  }

  /// Changes the vault to what a commit has and moves the branch to it.
  mutating func bring(_ commit: ObjectID, _ saved: SavedVault) throws -> Joined {
    let target = try repository.commit(commit).tree
    let oldRoot = try saved.commit.map { try repository.commit($0).tree }
    let all = try repository.changes(from: oldRoot, to: target)
    let outside = all.filter { $0.path.below(place.prefix) == nil }
    if let first = outside.first {
      throw SyncError.outsideVault(first.path.description, count: outside.count)
    }
    let new = try repository.subtree(place.prefix, of: target)
    let changes = try repository.changes(from: saved.tree, to: new, in: place.prefix)
    try IncomingCheck.check(changes, prefix: place.prefix)
    let list = SyncReport.changes(changes, prefix: place.prefix)
    report.commit = commit
    if options.isDryRun {
      SyncReport.add(list, to: &report.received)
      return .done
    }
    progress("writing \(changes.count) files")
    let journal = Journal(
      kind: .apply, branch: branch, from: saved.commit, to: commit, vaultTree: saved.tree)
    if let again = try apply(journal, changes) { return .again(again) }
    if let from = report.brought?.from ?? saved.commit, !changes.isEmpty {
      report.brought = (from, commit)
    }
    SyncReport.add(list, to: &report.received)
    return .done
  }

  /// Changes the files and moves the branch; an error when it was all taken back.
  private mutating func apply(_ journal: Journal, _ changes: [TreeChange]) throws -> SyncError? {
    try repository.waitForIndex(seconds: options.patience)
    try repository.point(Self.pending, at: journal.to)
    try backUp()
    try hook(.backedUp)
    try journal.write(place.local)
    try hook(.journalled)
    var work = try Apply(
      repository, root: place.vault.root, prefix: place.prefix, local: place.local,
      changes: changes, durably: options.isDurable)
    do {
      try work.forward(hook)
    } catch let error as SyncError {
      try work.backward()
      try Journal.remove(place.local)
      switch error {
      case .editedMeanwhile, .inTheWay: return error
      default: throw error
      }
    }
    try hook(.applied)
    guard
      try repository.move(
        branch, from: journal.from, to: journal.to, because: "folio sync: received")
    else {
      try work.backward()
      try Journal.remove(place.local)
      return .branchMoved(report.branch)
    }
    try hook(.moved)
    try finish(journal)
    return nil
  }

  /// What remains once the branch has moved.
  func finish(_ journal: Journal) throws {
    let old = try journal.from.flatMap {
      try repository.subtree(place.prefix, of: repository.commit($0).tree)
    }
    let new = try repository.subtree(place.prefix, of: repository.commit(journal.to).tree)
    try updateIndex(try repository.changes(from: old, to: new, in: place.prefix))
    try hook(.indexed)
    try Journal.remove(place.local)
    repository.forget(Self.pending)
    try hook(.journalRemoved)
  }
}
