public import Notes

/// Sending finished files to a branch of their own, which holds nothing else and keeps its history.
///
/// The branch has no ancestor in common with the notes. What was published stays below what is
/// published now; nothing is ever forced. A branch that holds files which were not published from
/// here is refused.
public struct Publication {
  public struct Options: Sendable {
    /// The name of the remote; nil for the only one that sync does not use.
    public var remote: String?
    public var branch = "gh-pages"
    /// Whether the remote may be the one that the notes are synced with.
    public var allowsSyncRemote = false
    public var isDryRun = false
    public var message = "Publish the portfolio"
    public var fallbackAuthor: Author
    /// Who the commits say made them: everybody can read it. Nil for the author of the notes.
    public var author: Author?
    /// Seconds after 1970 in UTC for the commit; nil for the clock's.
    public var date: Int64?

    public init(fallbackAuthor: Author) { self.fallbackAuthor = fallbackAuthor }
  }

  public struct Report: Sendable, Equatable {
    public var remote: String
    /// Without a password.
    public var address: String
    public var branch: String
    /// Files that are new or other than on the branch.
    public var changed: [String] = []
    public var removed: [String] = []
    /// The commit; nil when there was nothing to send or it was a dry run.
    public var commit: String?
    /// Whether the branch was made by this.
    public var isNew = false
  }

  /// The file that says a branch was published from here.
  public static let mark = ".folio-output"

  private let vault: Vault
  private let options: Options
  private let transport: any Transport

  public init(_ vault: Vault, _ options: Options, transport: any Transport) {
    self.vault = vault
    self.options = options
    self.transport = transport
  }

  /// Publishes `files`, which are the whole of the branch afterwards.
  ///
  /// - Parameters:
  ///   - check: Reads a file of the branch's history, as path and bytes, and throws for what must not be
  ///     public. Each content is read once, and each commit with its author and its message.
  ///   - progress: Told what is being done.
  public func run(
    _ files: [(path: String, bytes: [UInt8])],
    check: (_ path: String, _ bytes: [UInt8]) throws -> Void,
    progress: (String) -> Void = { _ in }
  ) throws -> Report {
    let place = try VaultRepository(vault)
    let lock = try SyncLock(place.local)
    defer { withExtendedLifetime(lock) {} }
    let repository = place.repository
    let remote = try self.remote(Remotes(repository))
    let branch = options.branch
    var report = Report(
      remote: remote, address: RemoteAddress.harmless(Remotes(repository).address(of: remote)),
      branch: branch)
    progress("asking \(remote)")
    let kept = "refs/folio/published/\(remote)/\(branch)"
    // Another device may publish at the same time: then theirs is below ours.
    for _ in 0..<5 {
      let tips = try transport.tips(of: remote, in: repository.folder)
      let tip = tips.branches[branch]
      if let tip {
        if !repository.contains(tip) {
          progress("fetching \(branch)")
          try transport.fetch(branch, of: remote, in: repository.folder)
        }
        // Kept alive, so that a clean-up of the repository does not take it away.
        try repository.point(kept, at: tip)
        let top = try repository.tree(repository.commit(tip).tree)
        guard top[Array(Self.mark.utf8)] != nil else {
          throw SyncError.unsupported(
            "the branch \(branch) of \(remote) holds files that were not published by folio",
            remedy: "Choose another with '--branch NAME', or empty that one first.")
        }
        progress("reading what is public already")
        try history(from: tip, repository, check)
      }
      if options.isDryRun { try repository.keepInMemory() }
      let tree = try repository.gathering { try write(files, to: repository) }
      let old = try tip.map { try repository.commit($0).tree }
      if old == tree { return report }
      report.isNew = tip == nil
      (report.changed, report.removed) = try Self.difference(old, tree, repository)
      if options.isDryRun { return report }
      let author =
        options.author ?? Author.of(vault, in: repository, fallback: options.fallbackAuthor)
      let commit = try repository.writeCommit(
        tree: tree, parents: tip.map { [$0] } ?? [], author: author, message: options.message,
        date: options.date)
      try repository.point(kept, at: commit)
      progress("sending to \(remote)")
      switch try transport.push(kept, to: branch, of: remote, in: repository.folder) {
      case .behind: continue
      case .refused(let reason): throw SyncError.refused(report.address, reason: reason)
      case .accepted: break
      }
      let now = try transport.tips(of: remote, in: repository.folder).branches[branch]
      guard now == commit else { throw SyncError.notVerified(report.address) }
      report.commit = commit.description
      return report
    }
    throw SyncError.remoteKeepsMoving(report.address)
  }

  private func remote(_ remotes: Remotes) throws(SyncError) -> String {
    let names = remotes.names
    let forSync = try? remotes.forSync()
    if let wanted = options.remote {
      guard names.contains(wanted) else { throw .noSuchRemote(wanted, known: names) }
      guard wanted != forSync || options.allowsSyncRemote else { throw sameRemote(wanted) }
      return wanted
    }
    let others = names.filter { $0 != forSync }
    if others.count == 1 { return others[0] }
    if others.count > 1 {
      throw .unsupported(
        "there are \(others.count) remotes to publish to: \(others.joined(separator: ", "))",
        remedy: "Say which with '--remote NAME'.")
    }
    if let forSync {
      guard options.allowsSyncRemote else { throw sameRemote(forSync) }
      return forSync
    }
    throw .unsupported(
      "there is no remote to publish to",
      remedy: "Name one with 'folio remote add site URL'.")
  }

  private func sameRemote(_ name: String) -> SyncError {
    .unsupported(
      "\(name) is the remote that your notes are synced with, and a site is mostly public",
      remedy:
        "Name another with 'folio remote add site URL', or add '--same-remote' if everybody may "
        + "read that repository.")
  }

  /// Every content of the history, each once.
  private func history(
    from tip: ObjectID, _ repository: Repository,
    _ check: (_ path: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    var commits: Set<ObjectID> = []
    var seen: Set<ObjectID> = []
    var waiting = [tip]
    func visit(_ tree: ObjectID, _ folder: String) throws {
      guard seen.insert(tree).inserted else { return }
      // In the order of their names, so that the same history gives the same answer.
      let entries = try repository.tree(tree).sorted { $0.key.lexicographicallyPrecedes($1.key) }
      for (name, entry) in entries {
        let path = folder + String(decoding: name, as: UTF8.self)
        switch entry.kind {
        case .folder: try visit(entry.id, path + "/")
        case .file:
          guard seen.insert(entry.id).inserted else { continue }
          try check(path, try repository.blob(entry.id))
        case .link, .repository: continue
        }
      }
    }
    while let id = waiting.popLast() {
      guard commits.insert(id).inserted else { continue }
      let commit = try repository.commit(id)
      try check("commit \(id.description.prefix(10))", try repository.blob(id))
      try visit(commit.tree, "")
      waiting += commit.parents
    }
  }

  private func write(
    _ files: [(path: String, bytes: [UInt8])], to repository: Repository
  ) throws -> ObjectID {
    /// A folder under construction.
    final class Folder {
      var entries: Tree = [:]
      var folders: [String: Folder] = [:]
    }
    let top = Folder()
    for (path, bytes) in files {
      var folder = top
      var parts = path.split(separator: "/").map(String.init)
      guard let name = parts.popLast() else { continue }
      for part in parts {
        let inner = folder.folders[part] ?? Folder()
        folder.folders[part] = inner
        folder = inner
      }
      let id = Repository.id(ofBlob: bytes)
      // What is there already is not written again.
      if !repository.contains(id) { _ = try repository.writeBlob(bytes) }
      folder.entries[Array(name.utf8)] = TreeEntry(mode: TreeEntry.fileMode, id: id)
    }
    func finish(_ folder: Folder) throws -> ObjectID? {
      var tree = folder.entries
      for (name, inner) in folder.folders {
        if let id = try finish(inner) {
          tree[Array(name.utf8)] = TreeEntry(mode: TreeEntry.folderMode, id: id)
        }
      }
      return try repository.write(tree)
    }
    guard let tree = try finish(top) else { throw SyncError.damaged("there is nothing to publish") }
    return tree
  }

  private static func difference(
    _ old: ObjectID?, _ new: ObjectID, _ repository: Repository
  ) throws -> (changed: [String], removed: [String]) {
    func list(_ tree: ObjectID?, _ folder: String, _ into: inout [String: ObjectID]) throws {
      for (name, entry) in try repository.tree(tree) {
        let path = folder + String(decoding: name, as: UTF8.self)
        if entry.kind == .folder {
          try list(entry.id, path + "/", &into)
        } else {
          into[path] = entry.id
        }
      }
    }
    var before: [String: ObjectID] = [:]
    var after: [String: ObjectID] = [:]
    try list(old, "", &before)
    try list(new, "", &after)
    return (
      after.filter { before[$0.key] != $0.value }.keys.filter { $0 != mark }.sorted(),
      before.keys.filter { after[$0] == nil }.sorted()
    )
  }
}
