extension SyncRun {
  /// Sends the branch and asks whether it arrived; false when the remote has moved meanwhile.
  mutating func send(_ upstream: Upstream, _ tip: ObjectID?) throws -> Bool {
    let name = remoteBranch ?? report.branch
    guard let commit = report.commit else { return true }
    if commit != tip {
      let old = try tip.map { try repository.commit($0).tree }
      let changes = try repository.changes(from: old, to: repository.commit(commit).tree)
      let list = SyncReport.changes(changes, prefix: place.prefix)
      try checkLeaving(commit, tip, upstream)
      try checkPrivacy(changes, upstream)
      if options.isDryRun {
        SyncReport.add(list, to: &report.sent)
        return true
      }
      progress("sending to \(upstream.remote)")
      try repository.point(Self.outgoing, at: commit)
      let outcome = try transport.push(
        Self.outgoing, to: name, of: upstream.remote, in: repository.folder)
      switch outcome {
      case .behind: return false
      case .refused(let reason): throw SyncError.refused(upstream.address, reason: reason)
      case .accepted: break
      }
      try hook(.pushed)
      let tips = try transport.tips(of: upstream.remote, in: repository.folder)
      guard let now = tips.branches[name] else { throw SyncError.notVerified(upstream.address) }
      // Somebody may have sent more on top of it by now.
      if now != commit { return false }
      try hook(.verified)
      SyncReport.add(list, to: &report.sent)
      try repository.point(upstream.tracking(name), at: commit)
      repository.forget(Self.outgoing)
    }
    if options.isDryRun { return true }
    if try repository.target(of: upstream.seen(name)) != commit {
      try repository.point(upstream.seen(name), at: commit)
    }
    try upstream.set(name, in: repository)
    return true
  }
}
