extension SyncRun {
  /// Takes back what a sync brought: the difference between two commits is taken out of the vault as it
  /// is now, as a new commit. Nothing is sent; the next sync does.
  mutating func takeBack(from old: ObjectID, to new: ObjectID) throws -> SyncReport {
    Git.setFlushing(options.isDurable)
    try repository.waitForIndex(seconds: options.patience)
    report.notices += try repository.mend()
    try recover()
    try place.preflight()
    before = try place.head()
    for id in [old, new] where !repository.contains(id) {
      throw SyncError.damaged("the commit \(id) of that sync is no longer there")
    }
    for round in 1... {
      let saved = try save()
      guard let head = saved.commit else { throw SyncError.damaged("there is no commit yet") }
      let mine = try repository.commit(head)
      let theirs = try repository.commit(old)
      var merge = TreeMerge(
        repository, prefix: place.prefix, first: mine.side, second: theirs.side)
      let tree = try repository.gathering {
        try merge.merge(base: repository.commit(new).tree, mine.tree, theirs.tree)
      }
      report.commit = head
      if tree == mine.tree { return report }
      let commit = try repository.writeCommit(
        tree: try tree ?? repository.writeTree([]), parents: [head], author: author,
        message: "Undo a sync\n\nFolio-Device: \(device)\n", date: options.date)
      switch try bring(commit, saved) {
      case .done:
        report.conflicts += merge.conflicts
        return report
      case .again(let error): if round == 3 { throw error }
      }
    }
    return report
  }
}
