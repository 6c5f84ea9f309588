internal import CLibGit2
internal import Notes

extension SyncRun {
  /// Hosts where a repository may be open to all the world.
  private static let publicHosts: Set<String> = [
    "github.com", "ssh.github.com", "gitlab.com", "altssh.gitlab.com", "bitbucket.org",
    "codeberg.org", "git.sr.ht", "gitea.com", "notabug.org", "framagit.org",
  ]
  private static let mostDeleted = 20

  /// A look at every file that a snapshot takes anew.
  func contentGuard() -> ContentGuard {
    ContentGuard(allowedSecrets: allowances.secrets, allowsLarge: options.allowsLarge)
  }

  /// Throws for what must not be committed; tells of what a person should know.
  mutating func check(_ found: ContentGuard, _ changes: [TreeChange], fileCount: Int) throws {
    if let deletion = massDeletion(changes, fileCount: fileCount), !options.allowsDeletion {
      throw SyncError.guarded([deletion])
    }
    for path in found.emptied {
      report.notices.append(
        "\(path) is empty now; 'folio restore \(path)@1' brings back what was in it.")
    }
  }

  /// More than a quarter of the vault gone, or all of it. What was only moved is not gone.
  ///
  /// - Parameter fileCount: Files that are in the vault now.
  private func massDeletion(_ changes: [TreeChange], fileCount: Int) -> GuardFinding? {
    var added: [ObjectID: Int] = [:]
    for change in changes where change.old == nil {
      if let new = change.new { added[new.id, default: 0] += 1 }
    }
    var gone = 0
    var removed = 0
    for change in changes where change.new == nil {
      guard let old = change.old,
        change.path.below(place.prefix)?.description.hasPrefix(ConflictRecord.folder) != true
      else { continue }
      removed += 1
      if let count = added[old.id], count > 0 {
        added[old.id] = count - 1
      } else {
        gone += 1
      }
    }
    let before = fileCount + removed - changes.count { $0.old == nil }
    let hasLostMany = gone > Self.mostDeleted && gone * 4 > before
    let isEmptied = gone > 0 && changes.allSatisfy { $0.new == nil } && fileCount == 0
    guard hasLostMany || isEmptied else { return nil }
    return GuardFinding(
      .deletion, "",
      isEmptied
        ? "all \(gone) files of the vault are gone" : "\(gone) of \(before) files are gone at once")
  }

  /// Looks through every commit that the remote does not have and that this run has not made.
  mutating func checkLeaving(_ commit: ObjectID, _ tip: ObjectID?, _ upstream: Upstream) throws {
    var guarding = contentGuard()
    for id in try repository.commits(of: commit, without: tip, upstream.trackingPattern)
    where !checkedCommits.contains(id) {
      let leaving = try repository.commit(id)
      // What a merge took over unchanged is looked at where it was made.
      var changes = try repository.changes(
        from: leaving.parents.first.map { try repository.commit($0).tree }, to: leaving.tree)
      for parent in leaving.parents.dropFirst() {
        let other = Set(
          try repository.changes(from: repository.commit(parent).tree, to: leaving.tree).map(\.path)
        )
        changes = changes.filter { other.contains($0.path) }
      }
      for change in changes {
        guard let new = change.new, new.kind == .file, new.id != change.old?.id else { continue }
        let path = (change.path.below(place.prefix) ?? change.path).description
        let size = try repository.size(of: new.id)
        guard size <= ContentGuard.largestFile else { continue }
        try guarding.look(at: path, repository.blob(new.id), in: id) {
          try change.old.flatMap { $0.kind == .file ? try repository.blob($0.id) : nil } ?? []
        }
      }
    }
    guard guarding.findings.isEmpty else { throw SyncError.guarded(guarding.findings) }
  }

  /// Throws when notes that say they are private are on their way to a host for the public and nobody
  /// has said that this is meant.
  mutating func checkPrivacy(_ changes: [TreeChange], _ upstream: Upstream) throws {
    guard let host = upstream.host, Self.publicHosts.contains(host.lowercased()),
      !allowances.privateAddresses.contains(upstream.address)
    else { return }
    if options.allowsPrivate {
      if !options.isDryRun { try allowances.allow(secrets: [], privateAddress: upstream.address) }
      return
    }
    var found: [String] = []
    let word = Array("private".utf8)
    for change in changes {
      guard let new = change.new, new.kind == .file,
        VaultPath.isNote(String(decoding: change.path.name, as: UTF8.self))
      else { continue }
      let bytes = try repository.blob(new.id)
      guard bytes.firstRange(of: word) != nil,
        FrontMatter(bytes).value("visibility")?.text?.lowercased() == "private"
      else { continue }
      found.append((change.path.below(place.prefix) ?? change.path).description)
    }
    guard let first = found.first else { return }
    let more = found.count == 1 ? "" : " and \(found.count - 1) more"
    throw SyncError.guarded([
      GuardFinding(
        .privacy, first,
        "this note\(more) says that it is private, and \(host) may show it to anybody")
    ])
  }
}

extension Repository {
  /// The commits of a history that neither `tip` nor any reference of `pattern` has, newest first.
  func commits(
    of commit: ObjectID, without tip: ObjectID?, _ pattern: String
  ) throws(GitError) -> [ObjectID] {
    var walk: OpaquePointer?
    try GitError.check("walk the history", git_revwalk_new(&walk, pointer))
    defer { git_revwalk_free(walk) }
    var raw = commit.raw
    try GitError.check("walk the history", git_revwalk_push(walk, &raw))
    if let tip, contains(tip) {
      raw = tip.raw
      try GitError.check("walk the history", git_revwalk_hide(walk, &raw))
    }
    _ = git_revwalk_hide_glob(walk, pattern)
    var found: [ObjectID] = []
    while git_revwalk_next(&raw, walk) == 0 { found.append(ObjectID(raw)) }
    return found
  }

  /// The size of an object in bytes, without reading it.
  func size(of id: ObjectID) throws(GitError) -> Int {
    var objects: OpaquePointer?
    try GitError.check("open the objects of \(folder)", git_repository_odb(&objects, pointer))
    defer { git_odb_free(objects) }
    var size = 0
    var type = GIT_OBJECT_ANY
    var raw = id.raw
    try GitError.check("read the object \(id)", git_odb_read_header(&size, &type, objects, &raw))
    return size
  }
}
