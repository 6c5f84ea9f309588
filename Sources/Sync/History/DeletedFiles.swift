internal import CLibGit2
public import Notes

/// Files of a vault that are gone but in its history.
public struct DeletedFiles {
  public struct File: Equatable, Sendable {
    /// Relative to the vault.
    public let path: String
    /// When it went, in seconds after 1970; nil when that is not saved yet.
    public let time: Int64?
    public let device: String
    let blob: ObjectID
    let mode: UInt32
  }

  /// Newest first: those whose going is not saved yet, then by the time of the commit.
  public let files: [File]
  private let repository: Repository

  /// - Parameter limit: Commits that are looked at.
  public init(of vault: Vault, limit: Int = 20_000) throws(SyncError) {
    do {
      let place = try VaultRepository(vault)
      repository = place.repository
      files = try Self.find(place, limit)
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  public func bytes(of file: File) throws(SyncError) -> [UInt8] {
    do { return try repository.blob(file.blob) } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  private static func find(_ place: VaultRepository, _ limit: Int) throws -> [File] {
    guard let head = try place.head() else { return [] }
    let repository = place.repository
    var found: [String: File] = [:]
    func isThere(_ path: String) -> Bool {
      FileSystem.status(place.vault.root + "/" + path, followingLinks: false) != nil
    }
    func add(_ change: TreeChange, _ commit: Commit?) {
      guard let path = change.path.below(place.prefix)?.description, let old = change.old,
        old.kind == .file, found[path] == nil, !path.hasPrefix(ConflictRecord.folder + "/"),
        !isThere(path)
      else { return }
      found[path] = File(
        path: path, time: commit?.time, device: commit?.device ?? "", blob: old.id, mode: old.mode)
    }
    let tree = try repository.subtree(place.prefix, of: repository.commit(head).tree)
    for change in try repository.changes(from: nil, to: tree, in: place.prefix) {
      add(TreeChange(path: change.path, old: change.new, new: nil), nil)
    }
    for id in try repository.commits(of: head, without: nil, "refs/folio/none/*").prefix(limit) {
      let commit = try repository.commit(id)
      guard let parent = commit.parents.first, repository.contains(parent) else { continue }
      let changes = try repository.changes(from: repository.commit(parent).tree, to: commit.tree)
      let arrived = Set(changes.compactMap { $0.old == nil ? $0.new?.id : nil })
      for change in changes where change.new == nil {
        // What only moved is still there.
        if let old = change.old, !arrived.contains(old.id) { add(change, commit) }
      }
    }
    return found.values.sorted { a, b in
      let (first, second) = (a.time ?? .max, b.time ?? .max)
      return first != second ? first > second : a.path < b.path
    }
  }
}
