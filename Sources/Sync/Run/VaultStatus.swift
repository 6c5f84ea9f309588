public import Notes

/// How a vault stands towards its last commit and its remote, without asking the network.
public struct VaultStatus: Sendable {
  /// The local branch: `main`.
  public let branch: String
  /// The last commit; nil before the first.
  public let commit: ObjectID?
  /// Changes that no commit has yet.
  public let unsaved: [SyncReport.Change]
  public let skipped: [SkippedFile]
  public let remote: String?
  public let address: String?
  /// Commits that the remote did not have when it was last asked; nil when it never was.
  public let ahead: Int?
  /// Commits of the remote that are not in the vault, as of then.
  public let behind: Int?
  /// Whether a sync was interrupted, which the next one finishes.
  public let isInterrupted: Bool
  /// Whether a sync runs now.
  public let isRunning: Bool

  /// Looks at the vault. Nothing is written; unchanged files are not read.
  public init(of vault: Vault) throws(SyncError) {
    do {
      let place = try VaultRepository(vault)
      let repository = place.repository
      branch = String(try place.branch().dropFirst("refs/heads/".count))
      commit = try place.head()
      isRunning = SyncLock.isHeld(place.local)
      isInterrupted = !isRunning && Journal.read(place.local) != nil
      try repository.keepInMemory()
      let old = try repository.subtree(place.prefix, of: place.headTree())
      var snapshot = Snapshot(repository, prefix: place.prefix, known: place.stamps())
      let tree = try snapshot.take(root: vault.root, over: old)
      unsaved = SyncReport.changes(
        try repository.changes(from: old, to: tree, in: place.prefix), prefix: place.prefix)
      skipped = snapshot.skipped
      let upstream = try? Upstream(repository, branch: branch)
      remote = upstream?.remote
      address = upstream?.address
      let tracking = upstream?.tracking(upstream?.branch ?? branch)
      if let commit, let tracking, let theirs = try repository.target(of: tracking) {
        let counts = try repository.aheadAndBehind(commit, theirs)
        ahead = counts.0
        behind = counts.1
      } else {
        ahead = nil
        behind = nil
      }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }
}
