internal import CLibGit2

extension Repository {
  /// The commit a reference leads to; nil when there is no such reference.
  func target(of name: String) throws(GitError) -> ObjectID? {
    var raw = git_oid()
    let code = git_reference_name_to_id(&raw, pointer, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check("read \(name)", code)
    return ObjectID(raw)
  }

  /// Moves a reference that must be at `old` (nil: must not exist) to `new`, in one step.
  ///
  /// Throws a `GitError` whose `isMoved` is true when it is elsewhere.
  func move(
    _ name: String, from old: ObjectID?, to new: ObjectID, because message: String
  ) throws(GitError) {
    var made: OpaquePointer?
    var target = new.raw
    defer { git_reference_free(made) }
    if let old {
      var current = old.raw
      try GitError.check(
        "move \(name)",
        git_reference_create_matching(&made, pointer, name, &target, 1, &current, message))
    } else {
      try GitError.check(
        "make \(name)", git_reference_create(&made, pointer, name, &target, 0, message))
    }
  }

  /// Points one of folio's own references, or one that follows a remote, at a commit.
  func point(_ name: String, at commit: ObjectID) throws(GitError) {
    var made: OpaquePointer?
    var target = commit.raw
    try GitError.check(
      "write \(name)", git_reference_create(&made, pointer, name, &target, 1, "folio"))
    git_reference_free(made)
  }

  func removeReference(_ name: String) throws(GitError) {
    let code = git_reference_remove(pointer, name)
    if code == GIT_ENOTFOUND.rawValue { return }
    try GitError.check("remove \(name)", code)
  }

  /// The names of the references that match a pattern such as `refs/folio/backup/*`.
  func references(matching pattern: String) throws(GitError) -> [String] {
    var iterator: OpaquePointer?
    try GitError.check(
      "list the references", git_reference_iterator_glob_new(&iterator, pointer, pattern))
    defer { git_reference_iterator_free(iterator) }
    var names: [String] = []
    var name: UnsafePointer<CChar>?
    while git_reference_next_name(&name, iterator) == 0, let found = name {
      names.append(String(cString: found))
    }
    return names
  }
}
