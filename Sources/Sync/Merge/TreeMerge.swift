internal import Notes

/// Putting two trees together in memory: no file of the vault and no reference is touched.
///
/// What only one side changed is taken; what both changed alike is taken once; a note that both
/// changed is merged by lines. A note that one side deleted and the other edited stays. Folders that
/// neither side changed are not read, so the cost goes with the changes.
struct TreeMerge {
  private let repository: Repository
  /// For a common ancestor that is itself a merge: what cannot be merged is left as it was before.
  private let isForAncestor: Bool
  private(set) var conflicts: [MergeConflict] = []
  /// Files deleted on one side and edited on the other, which stay.
  private(set) var kept: [TreePath] = []

  init(_ repository: Repository, isForAncestor: Bool = false) {
    self.repository = repository
    self.isForAncestor = isForAncestor
  }

  /// The merged tree, nil when it is empty; meaningless when there are `conflicts`.
  mutating func merge(
    base: ObjectID?, _ first: ObjectID?, _ second: ObjectID?
  ) throws -> ObjectID? {
    if first == second || base == second { return first }
    if base == first { return second }
    let moved = try RenamePlan(repository, base: base, first, second)
    return try folder(moved.base, moved.first, moved.second, .top)
  }

  private mutating func folder(
    _ base: ObjectID?, _ first: ObjectID?, _ second: ObjectID?, _ path: TreePath
  ) throws -> ObjectID? {
    if first == second || base == second { return first }
    if base == first { return second }
    let old = try repository.tree(base)
    let left = try repository.tree(first)
    let right = try repository.tree(second)
    var merged: Tree = [:]
    for name in Set(left.keys).union(right.keys) {
      merged[name] = try entry(old[name], left[name], right[name], path.appending(name))
    }
    return try repository.write(merged)
  }

  private mutating func entry(
    _ base: TreeEntry?, _ first: TreeEntry?, _ second: TreeEntry?, _ path: TreePath
  ) throws -> TreeEntry? {
    if first == second || base == second { return first }
    if base == first { return second }
    if [first, second].contains(where: { $0?.kind == .repository }) {
      return conflict(path, .kinds, base)
    }
    let firstFolder = first?.kind == .folder
    let secondFolder = second?.kind == .folder
    if firstFolder || secondFolder {
      // One side may have taken the whole folder away while the other worked in it.
      guard (firstFolder || first == nil) && (secondFolder || second == nil) else {
        return conflict(path, .kinds, base)
      }
      let below = base?.kind == .folder ? base?.id : nil
      if let base, base.kind != .folder, first == nil || second == nil { kept.append(path) }
      return try folder(below, first?.id, second?.id, path).map {
        TreeEntry(mode: TreeEntry.folderMode, id: $0)
      }
    }
    guard let first, let second else {
      kept.append(path)
      return first ?? second
    }
    return try file(base, first, second, path)
  }

  private mutating func file(
    _ base: TreeEntry?, _ first: TreeEntry, _ second: TreeEntry, _ path: TreePath
  ) throws -> TreeEntry? {
    guard first.kind == second.kind else { return conflict(path, .kinds, base) }
    guard first.kind == .file else { return conflict(path, .links, base) }
    let baseFile = base?.kind == .file ? base : nil
    var merged = first
    // A mode that one side changed wins over the one that stayed.
    merged.mode = baseFile?.mode == first.mode ? second.mode : first.mode
    if baseFile?.mode != first.mode, baseFile?.mode != second.mode, first.mode != second.mode {
      merged.mode = max(first.mode, second.mode)
    }
    let outcome = TextMerge.merge(
      base: try baseFile.map { try repository.blob($0.id) }, try repository.blob(first.id),
      try repository.blob(second.id),
      isNote: VaultPath.isNote(String(decoding: path.name, as: UTF8.self)))
    switch outcome {
    case .merged(let bytes): merged.id = try repository.writeBlob(bytes)
    case .conflict(let reason): return conflict(path, reason, base)
    }
    return merged
  }

  private mutating func conflict(
    _ path: TreePath, _ reason: MergeConflict.Reason, _ base: TreeEntry?
  ) -> TreeEntry? {
    if !isForAncestor {
      conflicts.append(MergeConflict(path: path.description, reason: reason))
    }
    return base
  }
}
