internal import Notes

/// What a sync did, or with `isDryRun` would do.
public struct SyncReport: Sendable {
  /// A file that was saved, received or sent.
  public struct Change: Equatable, Sendable {
    public enum Kind: String, Sendable { case added, changed, removed }
    /// Relative to the vault; from the top of the repository when it lies outside.
    public let path: String
    public let kind: Kind
    public let isNote: Bool
  }

  public internal(set) var isDryRun = false
  public internal(set) var remote: String?
  public internal(set) var address: String?
  /// The local branch: `main`.
  public internal(set) var branch = ""
  /// Changes made on this device that are now commits.
  public internal(set) var saved: [Change] = []
  /// Changes of others that are now in the vault.
  public internal(set) var received: [Change] = []
  /// Changes that the remote now has.
  public internal(set) var sent: [Change] = []
  /// Notes that one side deleted and the other edited; they stay.
  public internal(set) var kept: [String] = []
  /// What this run could not put together, for a person to choose.
  public internal(set) var conflicts: [MergeConflict] = []
  public internal(set) var skipped: [SkippedFile] = []
  /// What a person should know, in sentences.
  public internal(set) var notices: [String] = []
  /// The commit that the vault and, without `failure`, the remote are at.
  public internal(set) var commit: ObjectID?
  /// The commits between which the vault was changed by what others did; nil when it was not. Undoing
  /// the sync takes back the way from the first to the second.
  public internal(set) var brought: (from: ObjectID, to: ObjectID)?
  /// Whether two histories were put together.
  public internal(set) var isMerge = false
  /// What kept the sync from being finished after something was saved.
  public internal(set) var failure: SyncError?

  public var isUpToDate: Bool {
    saved.isEmpty && received.isEmpty && sent.isEmpty && failure == nil
  }

  static func changes(_ changes: [TreeChange], prefix: TreePath) -> [Change] {
    changes.compactMap { change in
      let kind: Change.Kind =
        change.old == nil ? .added : change.new == nil ? .removed : .changed
      let path = (change.path.below(prefix) ?? change.path).description
      // Records of conflicts travel unseen: what they are about is said elsewhere.
      if path.hasPrefix(ConflictRecord.folder + "/") { return nil }
      return Change(
        path: path, kind: kind,
        isNote: VaultPath.isNote(String(decoding: change.path.name, as: UTF8.self)))
    }
  }

  /// Adds changes of a later round; a path counts once.
  static func add(_ more: [Change], to list: inout [Change]) {
    let known = Set(list.map(\.path))
    list += more.filter { !known.contains($0.path) }
  }
}
