public import Notes

/// What lies in a vault but in no commit yet.
public struct VaultDiff {
  public struct File: Sendable {
    /// Relative to the vault.
    public let path: String
    public let kind: SyncReport.Change.Kind
    public let difference: UnifiedDiff
  }

  /// In the order of the paths.
  public let files: [File]

  /// Compares the vault with its last commit; nothing is written.
  ///
  /// - Parameter folder: Only files in there, or the one file of that name.
  public init(of vault: Vault, in folder: String? = nil) throws(SyncError) {
    do {
      let place = try VaultRepository(vault)
      let repository = place.repository
      try repository.keepInMemory()
      let old = try repository.subtree(place.prefix, of: place.headTree())
      var snapshot = Snapshot(repository, prefix: place.prefix, known: place.stamps())
      let tree = try snapshot.take(root: vault.root, over: old)
      let changes = try repository.changes(from: old, to: tree, in: place.prefix).filter { change in
        guard let folder, !folder.isEmpty else { return true }
        let path = (change.path.below(place.prefix) ?? change.path).description
        return path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
      }
      func bytes(_ entry: TreeEntry?) throws -> [UInt8] {
        guard let entry, entry.kind == .file || entry.kind == .link else { return [] }
        return try repository.blob(entry.id)
      }
      files = try changes.map { change in
        File(
          path: (change.path.below(place.prefix) ?? change.path).description,
          kind: change.old == nil ? .added : change.new == nil ? .removed : .changed,
          difference: UnifiedDiff(from: try bytes(change.old), to: try bytes(change.new)))
      }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }
}
