internal import CLibGit2

/// Bringing a commit with all that it stands on from one repository of this machine into another.
///
/// Files are compared by folders: a folder that a parent has too is not looked into, so the cost goes
/// with the changes.
struct Delivery {
  private let source: Repository
  private let target: Repository
  private var seen: Set<ObjectID> = []

  init(from source: Repository, to target: Repository) {
    self.source = source
    self.target = target
  }

  /// Copies what the other repository lacks; no reference moves.
  mutating func send(_ commit: ObjectID, isCancelled: () -> Bool) throws {
    let commits = try missing(commit)
    try target.gathering {
      // Parents first: what is cut short has no hole behind it.
      for id in commits.reversed() {
        let commit = try source.commit(id)
        let before = try commit.parents.map { try source.commit($0).tree }
        try sendFolder(commit.tree, before, isCancelled)
        try send(id, .commit)
      }
    }
  }

  /// The commits that no branch of the other repository has, nor what it knows of its remotes, newest
  /// first.
  private func missing(_ commit: ObjectID) throws -> [ObjectID] {
    var walk: OpaquePointer?
    try GitError.check("walk the history", git_revwalk_new(&walk, source.pointer))
    defer { git_revwalk_free(walk) }
    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue)
    var raw = commit.raw
    try GitError.check("walk the history", git_revwalk_push(walk, &raw))
    let names = try ["refs/heads/*", "refs/remotes/*"].flatMap {
      try target.references(matching: $0)
    }
    for name in names {
      guard let tip = try target.target(of: name), source.contains(tip) else { continue }
      raw = tip.raw
      try GitError.check("walk the history", git_revwalk_hide(walk, &raw))
    }
    var found: [ObjectID] = []
    while git_revwalk_next(&raw, walk) == 0 { found.append(ObjectID(raw)) }
    return found
  }

  /// - Parameter before: The same folder in the parents, which the other side has.
  private mutating func sendFolder(
    _ id: ObjectID, _ before: [ObjectID], _ isCancelled: () -> Bool
  ) throws {
    guard !before.contains(id), seen.insert(id).inserted else { return }
    if isCancelled() { throw SyncError.cancelled }
    let old = try before.map { try source.tree($0) }
    for (name, entry) in try source.tree(id) {
      if old.contains(where: { $0[name]?.id == entry.id }) { continue }
      switch entry.kind {
      case .folder:
        let folders = old.compactMap { $0[name] }.filter { $0.kind == .folder }
        try sendFolder(entry.id, folders.map(\.id), isCancelled)
      case .file, .link: if seen.insert(entry.id).inserted { try send(entry.id, .blob) }
      case .repository: break
      }
    }
    try send(id, .tree)
  }

  private func send(_ id: ObjectID, _ kind: ObjectKind) throws {
    try target.take(id, kind, source.read(id) { Array($0) })
  }
}
