internal import Notes

extension SyncRun {
  /// Finishes what an interrupted sync began, or takes it back.
  mutating func recover() throws {
    guard let journal = Journal.read(place.local) else {
      // A journal that cannot be read was never renamed into place: nothing had begun.
      try Journal.remove(place.local)
      return
    }
    progress("finishing an interrupted sync")
    guard repository.contains(journal.to) else {
      throw SyncError.damaged("the commit \(journal.to) of an interrupted sync is missing")
    }
    switch journal.kind {
    case .save: try recoverSave(journal)
    case .apply: try recoverApply(journal)
    }
  }

  private mutating func recoverSave(_ journal: Journal) throws {
    if journal.branch == branch, try place.head() == journal.to { try finish(journal) }
    try Journal.remove(place.local)
  }

  private mutating func recoverApply(_ journal: Journal) throws {
    let new = try repository.subtree(place.prefix, of: repository.commit(journal.to).tree)
    let changes = try repository.changes(from: journal.vaultTree, to: new, in: place.prefix)
    var work = try Apply(
      repository, root: place.vault.root, prefix: place.prefix, local: place.local,
      changes: changes, durably: options.isDurable)
    for path in try work.sweep() {
      report.notices.append("An edit made while a sync was interrupted is kept in \(path).")
    }
    let head = try place.head()
    if journal.branch == branch, head == journal.to {
      try finish(journal)
    } else if journal.branch == branch, head == journal.from {
      if try work.canFinish() {
        do {
          try work.forward(hook)
          try hook(.applied)
          if try repository.move(
            branch, from: journal.from, to: journal.to, because: "folio sync: received")
          {
            try hook(.moved)
            try finish(journal)
            report.notices.append("An interrupted sync was finished.")
            return
          }
        } catch SyncError.editedMeanwhile {
        } catch SyncError.inTheWay {}
      }
      // What lay on the disk as that sync had merged it stays within reach.
      try backUp(journal.to, as: "taken-back")
      try work.backward()
      try Journal.remove(place.local)
      report.notices.append("An interrupted sync was taken back; it is made again now.")
    } else {
      // The branch went elsewhere by another hand; what lies on the disk is saved as it is.
      try Journal.remove(place.local)
    }
  }
}
