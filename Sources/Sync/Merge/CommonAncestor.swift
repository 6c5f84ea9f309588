/// The tree that two histories have in common.
struct CommonAncestor {
  let tree: ObjectID?

  /// Nil when the histories are unrelated.
  ///
  /// Two devices that merged the same commits at the same time leave several common ancestors; they
  /// are then merged with each other first, oldest first, so that every device gets the same tree.
  init?(_ repository: Repository, _ a: ObjectID, _ b: ObjectID, depth: Int = 0) throws {
    let bases = try repository.mergeBases(a, b)
    guard let first = bases.first else { return nil }
    var tree: ObjectID? = try repository.commit(first).tree
    if depth < 8 {
      for next in bases.dropFirst() {
        let below = try CommonAncestor(repository, first, next, depth: depth + 1)
        var merge = TreeMerge(repository, isForAncestor: true)
        tree = try merge.merge(base: below?.tree, tree, repository.commit(next).tree)
      }
    }
    self.tree = tree
  }
}
