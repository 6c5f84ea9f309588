internal import CLibGit2
public import Notes

/// The versions of one file in the history of a vault, through renames.
public struct NoteHistory {
  /// A commit that changed the file.
  public struct Revision: Equatable, Sendable {
    public enum Change: String, Sendable { case added, changed, renamed, removed }

    /// 0 for the newest version, then upwards.
    public internal(set) var number: Int
    public let commit: ObjectID
    /// Seconds after 1970, UTC.
    public let time: Int64
    public let author: String
    /// Empty when the commit does not say.
    public let device: String
    /// The first line of the message.
    public let title: String
    public let change: Change
    /// The file in that commit, relative to the vault.
    public let path: String
    /// The name before, when it was renamed.
    public let oldPath: String?
    let blob: ObjectID?
  }

  public let path: String
  /// Newest first.
  public let revisions: [Revision]
  private let repository: Repository

  /// Walks the history of the file at `path` of a vault.
  ///
  /// - Complexity: A look at one path for each commit; two trees are compared only where the file
  ///   first appears.
  public init(of vault: Vault, path: String) throws(SyncError) {
    self.path = path
    do {
      let place = try VaultRepository(vault)
      repository = place.repository
      var walk = Walk(place)
      guard let head = try place.head() else { throw SyncError.noHistory(path) }
      revisions = try walk.revisions(from: head, place.full(path))
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
    guard !revisions.isEmpty else { throw .noHistory(path) }
  }

  /// The version that a person means: a number of the list, the digits of a commit, or a day.
  public func revision(_ text: String, now: LocalTime) throws(SyncError) -> Revision {
    if text.utf8.count <= 3, let number = Int(text), number >= 0 {
      guard number < revisions.count else { throw .noRevision(path, text, count: revisions.count) }
      return revisions[number]
    }
    let isHash = text.utf8.count >= 4 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    if isHash {
      let found = revisions.filter { $0.commit.description.hasPrefix(text) }
      if let only = found.first, found.count == 1 { return only }
    }
    if let day = try? DateWords.parse(text, now: now) {
      let limit = String(day.prefix(10)) + "~"
      if let found = revisions.first(where: { LocalTime(seconds: $0.time).isoDate < limit }) {
        return found
      }
    }
    throw .noRevision(path, text, count: revisions.count)
  }

  /// The bytes of a version; a commit that removed the file has the ones before.
  public func bytes(of revision: Revision) throws(SyncError) -> [UInt8] {
    do {
      guard let blob = revision.blob else {
        guard let before = revisions.first(where: { $0.number > revision.number && $0.blob != nil })
        else { throw SyncError.noRevision(path, revision.commit.short, count: revisions.count) }
        return try bytes(of: before)
      }
      return try repository.blob(blob)
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  /// Goes from commit to parents, newest first, along the names that the file had.
  private struct Walk {
    private let place: VaultRepository
    private var open: [(commit: Commit, path: TreePath)] = []
    private var seen: Set<ObjectID> = []

    init(_ place: VaultRepository) { self.place = place }

    private mutating func push(_ id: ObjectID, _ path: TreePath) throws {
      guard seen.insert(id).inserted, place.repository.contains(id) else { return }
      let commit = try place.repository.commit(id)
      // Kept in the order of time, the newest last.
      let at = open.firstIndex { Commit.isOrdered(commit, $0.commit) } ?? open.count
      open.insert((commit, path), at: at)
    }

    mutating func revisions(from head: ObjectID, _ path: TreePath) throws -> [Revision] {
      var found: [Revision] = []
      try push(head, path)
      while let (commit, path) = open.popLast() {
        let entry = try place.repository.entry(at: path, of: commit.tree)
        let parents = try commit.parents.filter { place.repository.contains($0) }.map { id in
          let tree = try place.repository.commit(id).tree
          return (id: id, tree: tree, entry: try place.repository.entry(at: path, of: tree))
        }
        if let same = parents.first(where: { $0.entry == entry }) {
          // The file came from there; while it is missing all sides may have had it.
          if entry == nil { for parent in parents { try push(parent.id, path) } }
          if entry != nil { try push(same.id, path) }
          continue
        }
        guard let entry else {
          if parents.isEmpty { continue }
          found.append(revision(commit, .removed, path, nil, nil))
          for parent in parents where parent.entry != nil { try push(parent.id, path) }
          continue
        }
        let before = parents.filter { $0.entry != nil }
        if !before.isEmpty {
          found.append(revision(commit, .changed, path, nil, entry.id))
          for parent in parents {
            // One side of a merge may know the file by another name.
            let name =
              try parent.entry != nil
              ? path : origin(of: path, entry, from: parent.tree, to: commit.tree)
            if let name { try push(parent.id, name) }
          }
        } else if let parent = parents.first,
          let old = try origin(of: path, entry, from: parent.tree, to: commit.tree)
        {
          found.append(revision(commit, .renamed, path, old, entry.id))
          try push(parent.id, old)
        } else {
          found.append(revision(commit, .added, path, nil, entry.id))
        }
      }
      for index in found.indices { found[index].number = index }
      return found
    }

    private func revision(
      _ commit: Commit, _ change: Revision.Change, _ path: TreePath, _ old: TreePath?,
      _ blob: ObjectID?
    ) -> Revision {
      func text(_ path: TreePath) -> String { (path.below(place.prefix) ?? path).description }
      return Revision(
        number: 0, commit: commit.id, time: commit.time, author: commit.author,
        device: commit.device,
        title: commit.message.split(separator: "\n").first.map(String.init) ?? "", change: change,
        path: text(path), oldPath: old.map(text), blob: blob)
    }

    /// The name under which a new file was there before: one that went in the same commit and has the
    /// same bytes, the same id, or at least half of the lines.
    private func origin(
      of path: TreePath, _ entry: TreeEntry, from old: ObjectID, to new: ObjectID
    ) throws -> TreePath? {
      guard entry.kind == .file else { return nil }
      let gone = try place.repository.changes(from: old, to: new).filter {
        $0.new == nil && $0.old?.kind == .file
      }
      if let same = gone.first(where: { $0.old?.id == entry.id }) { return same.path }
      guard !gone.isEmpty, gone.count <= 400 else { return nil }
      let bytes = try place.repository.blob(entry.id)
      let id = NoteMerge.identity(of: bytes)
      let lines = LineCount(bytes)
      var best: (share: Double, path: TreePath)?
      for change in gone {
        guard let blob = change.old?.id else { continue }
        let other = try place.repository.blob(blob)
        if let id, NoteMerge.identity(of: other) == id { return change.path }
        let share = lines.share(in: LineCount(other))
        if share >= 0.5, share > best?.share ?? 0 { best = (share, change.path) }
      }
      return best?.path
    }
  }
}

extension VaultRepository {
  /// Where a file of the vault lies in the repository.
  func full(_ path: String) -> TreePath {
    prefix.isTop ? TreePath(path) : TreePath(bytes: prefix.bytes + [0x2F] + Array(path.utf8))
  }
}

extension Repository {
  /// What a tree has at a path; nil when it has nothing there.
  func entry(at path: TreePath, of tree: ObjectID) throws(GitError) -> TreeEntry? {
    var opened: OpaquePointer?
    var raw = tree.raw
    try GitError.check("read the tree \(tree)", git_tree_lookup(&opened, pointer, &raw))
    defer { git_tree_free(opened) }
    var found: OpaquePointer?
    let code = git_tree_entry_bypath(&found, opened, WorkFile.cString(path.bytes))
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check("read the tree \(tree)", code)
    defer { git_tree_entry_free(found) }
    return TreeEntry(
      mode: git_tree_entry_filemode_raw(found).rawValue,
      id: ObjectID(git_tree_entry_id(found).pointee))
  }
}
