internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// One run of sync: the order of its steps. What each does is in the files beside this one.
struct SyncRun {
  static let pending = "refs/folio/pending"
  static let outgoing = "refs/folio/outgoing"
  private static let maximumRounds = 5

  let options: Sync.Options
  let transport: any Transport
  let hook: SyncHook
  let progress: (String) -> Void
  let place: VaultRepository
  let lock: SyncLock
  let branch: String
  let author: Author
  var report = SyncReport()
  var stamps = StampTable()
  /// Where the branch was when the run began; the backup leads there.
  var before: ObjectID?
  /// The branch on the remote, once it was asked.
  var remoteBranch: String?
  var allowances: Allowances
  /// Commits whose files this run has looked through.
  var checkedCommits: Set<ObjectID> = []
  /// The last commit that both sides had, when the remote's history was rewritten and that is accepted.
  var rewrittenFrom: ObjectID?
  private var isBackedUp = false

  var repository: Repository { place.repository }

  init(
    _ vault: Vault, _ options: Sync.Options, _ transport: any Transport, _ hook: @escaping SyncHook,
    _ progress: @escaping (String) -> Void
  ) throws {
    self.options = options
    self.transport = transport
    self.hook = hook
    self.progress = progress
    place = try VaultRepository(vault)
    lock = try SyncLock(place.local)
    branch = try place.branch()
    allowances = Allowances(place.local)
    author = Author.of(vault, in: place.repository, fallback: options.fallbackAuthor)
    report.isDryRun = options.isDryRun
    report.branch = String(branch.dropFirst("refs/heads/".count))
  }

  mutating func run() throws -> SyncReport {
    Git.setFlushing(options.isDurable)
    if options.isDryRun {
      if Journal.read(place.local) != nil {
        report.notices.append("An interrupted sync will be finished or taken back first.")
      }
      try place.repository.keepInMemory()
    } else {
      try repository.waitForIndex(seconds: options.patience)
      report.notices += try repository.mend()
      try recover()
      PendingConflicts(of: place.vault).sweep(place.vault)
    }
    try place.preflight()
    if options.isDryRun {
      allowances.pass(options.allowedSecrets)
    } else {
      try allowances.allow(secrets: options.allowedSecrets)
    }
    before = try place.head()
    let upstream = try? Upstream(repository, branch: report.branch)
    report.remote = upstream?.remote
    report.address = upstream?.address
    for round in 1... {
      let snapshot = try save()
      guard let upstream else { return try endWithoutRemote() }
      do {
        progress("asking \(upstream.remote)")
        let tip = try fetch(upstream)
        try hook(.fetched)
        let outcome = try join(snapshot, upstream, tip)
        if case .again(let error) = outcome {
          // A file made meanwhile is part of the next snapshot; one that git ignores never is.
          if case .inTheWay = error, round > 1 { throw error }
          if round == Self.maximumRounds { throw error }
          continue
        }
        if try send(upstream, tip) { break }
        if round == Self.maximumRounds { throw SyncError.remoteKeepsMoving(upstream.address) }
        // Others were quicker: give them a moment, each device another one.
        if options.isDurable { usleep(UInt32.random(in: 50_000...400_000)) }
      } catch let error as SyncError {
        guard !report.saved.isEmpty || !report.received.isEmpty, !options.isDryRun else {
          throw error
        }
        report.failure = error
        break
      }
    }
    return report
  }

  /// Saving is possible without a remote; being in sync with it is not.
  private mutating func endWithoutRemote() throws -> SyncReport {
    do throws(SyncError) { _ = try Remotes(repository).forSync() } catch {
      guard !report.saved.isEmpty else { throw error }
      report.failure = error
    }
    return report
  }

  /// A reference to where the branch was, made once a run and before anything moves.
  mutating func backUp() throws {
    guard let before, !isBackedUp else { return }
    isBackedUp = true
    try backUp(before, as: String(getpid()))
    try forgetOldBackups()
  }

  /// A reference to a commit that would be out of reach otherwise, for 90 days.
  func backUp(_ commit: ObjectID, as mark: String) throws {
    let time = LocalTime.utc(seconds: Int64(time(nil)))
    let name = String(time.filter { $0.isNumber || $0 == "T" || $0 == "Z" })
    try repository.point("refs/folio/backup/\(name)-\(mark)", at: commit)
  }

  /// Backups older than 90 days are given up.
  private func forgetOldBackups() throws {
    let limit = LocalTime.utc(seconds: Int64(time(nil)) - 90 * 86_400)
      .filter { $0.isNumber || $0 == "T" || $0 == "Z" }
    for name in try repository.references(matching: "refs/folio/backup/*") {
      if name.dropFirst("refs/folio/backup/".count) < limit { repository.forget(name) }
    }
  }
}
