internal import Notes

/// A file that two trees do not have alike.
struct TreeChange: Sendable {
  /// From the top of the repository.
  var path: TreePath
  var old: TreeEntry?
  var new: TreeEntry?
}

extension Repository {
  /// The files in which two trees differ, ascending by path. Folders that are alike are not read.
  ///
  /// - Parameter folder: Where both trees stand in the repository; put before every path.
  func changes(
    from old: ObjectID?, to new: ObjectID?, in folder: TreePath = .top
  ) throws -> [TreeChange] {
    var changes: [TreeChange] = []
    try collect(from: old, to: new, in: folder, into: &changes)
    return changes.sorted { $0.path < $1.path }
  }

  private func collect(
    from old: ObjectID?, to new: ObjectID?, in folder: TreePath, into changes: inout [TreeChange]
  ) throws {
    if old == new { return }
    let before = try tree(old)
    let after = try tree(new)
    for name in Set(before.keys).union(after.keys) {
      let left = before[name]
      let right = after[name]
      if left == right { continue }
      let path = folder.appending(name)
      let leftFolder = left.flatMap { $0.kind == .folder ? $0.id : nil }
      let rightFolder = right.flatMap { $0.kind == .folder ? $0.id : nil }
      if leftFolder != nil || rightFolder != nil {
        try collect(from: leftFolder, to: rightFolder, in: path, into: &changes)
      }
      let leftFile = leftFolder == nil ? left : nil
      let rightFile = rightFolder == nil ? right : nil
      if leftFile != nil || rightFile != nil {
        changes.append(TreeChange(path: path, old: leftFile, new: rightFile))
      }
    }
  }
}
