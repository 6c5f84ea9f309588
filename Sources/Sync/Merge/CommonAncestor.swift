/// The tree that two histories have in common.
struct CommonAncestor {
  let tree: ObjectID?

  /// Nil when the histories are unrelated.
  ///
  /// Two devices that merged the same commits at the same time leave several common ancestors; they
  /// are then merged with each other first, oldest first, as the devices merged them: every device gets
  /// the same tree, and what a person settled since is seen as a change.
  init?(
    _ repository: Repository, prefix: TreePath, _ a: ObjectID, _ b: ObjectID, depth: Int = 0
  ) throws {
    let bases = try repository.mergeBases(a, b)
    guard let first = bases.first else { return nil }
    let oldest = try repository.commit(first)
    var tree: ObjectID? = oldest.tree
    if depth < 8 {
      for id in bases.dropFirst() {
        let next = try repository.commit(id)
        let below = try CommonAncestor(repository, prefix: prefix, first, id, depth: depth + 1)
        var merge = TreeMerge(repository, prefix: prefix, first: oldest.side, second: next.side)
        tree = try merge.merge(base: below?.tree, tree, next.tree)
      }
    }
    self.tree = tree
  }
}

extension Commit {
  /// The commit as a side of a merge.
  var side: MergeSide { MergeSide(commit: id, time: time, device: device) }
}
