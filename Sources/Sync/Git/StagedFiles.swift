internal import CLibGit2
public import Notes

/// What the next commit of git would change in a vault: `git add` has put it there.
public struct StagedFiles: Sendable {
  /// Files of the vault that are new or changed, as they would be committed.
  public private(set) var files: [(path: VaultPath, bytes: [UInt8])] = []
  /// Notes of the vault that would be gone, as the last commit has them.
  public private(set) var removedNotes: [(path: VaultPath, bytes: [UInt8])] = []

  /// Reads git's index of the repository that the vault lies in; nil when it is in none.
  public static func read(_ vault: Vault) throws(GitError) -> StagedFiles? {
    guard let working = try Repository.workingFolder(containing: vault.root),
      let root = FileSystem.realPath(working)
    else { return nil }
    let repository = try Repository.open(root)
    let prefix = vault.root == root ? "" : String(vault.root.dropFirst(root.count + 1)) + "/"
    var staged = StagedFiles()
    try staged.add(from: repository, prefix: prefix)
    return staged
  }

  private mutating func add(from repository: Repository, prefix: String) throws(GitError) {
    var index: OpaquePointer?
    try GitError.check("read git's index", git_repository_index(&index, repository.pointer))
    defer { git_index_free(index) }
    var head: OpaquePointer?
    // Without a commit everything is new.
    if git_revparse_single(&head, repository.pointer, "HEAD^{tree}") != 0 { head = nil }
    defer { git_object_free(head) }
    if let head { try addRemoved(from: repository, head, index, prefix: prefix) }
    for position in 0..<git_index_entrycount(index) {
      guard let entry = git_index_get_byindex(index, position) else { continue }
      let path = String(cString: entry.pointee.path)
      guard path.hasPrefix(prefix), entry.pointee.mode & 0o170000 == 0o100000,
        let inside = try? VaultPath(String(path.dropFirst(prefix.utf8.count)))
      else { continue }
      var id = entry.pointee.id
      if Self.isCommitted(path, &id, in: head) { continue }
      if let bytes = try Self.bytes(of: path, &id, in: repository) { files.append((inside, bytes)) }
    }
  }

  private mutating func addRemoved(
    from repository: Repository, _ head: OpaquePointer, _ index: OpaquePointer?, prefix: String
  ) throws(GitError) {
    var diff: OpaquePointer?
    try GitError.check(
      "compare git's index with the last commit",
      git_diff_tree_to_index(&diff, repository.pointer, head, index, nil))
    defer { git_diff_free(diff) }
    for position in 0..<git_diff_num_deltas(diff) {
      guard let delta = git_diff_get_delta(diff, position),
        delta.pointee.status.rawValue == GIT_DELTA_DELETED.rawValue
      else { continue }
      let path = String(cString: delta.pointee.old_file.path)
      guard path.hasPrefix(prefix), delta.pointee.old_file.mode & 0o170000 == 0o100000,
        let inside = try? VaultPath(String(path.dropFirst(prefix.utf8.count))),
        VaultPath.isNote(inside.name)
      else { continue }
      var id = delta.pointee.old_file.id
      if let bytes = try Self.bytes(of: path, &id, in: repository) {
        removedNotes.append((inside, bytes))
      }
    }
  }

  /// What is kept of a file; nil when it is larger than a note.
  private static func bytes(
    of path: String, _ id: inout git_oid, in repository: Repository
  ) throws(GitError) -> [UInt8]? {
    var blob: OpaquePointer?
    try GitError.check(
      "read \(path) from git's index", git_blob_lookup(&blob, repository.pointer, &id))
    defer { git_blob_free(blob) }
    let size = Int(git_blob_rawsize(blob))
    guard size <= NoteReader.maximumSearched, let content = git_blob_rawcontent(blob) else {
      return nil
    }
    return Array(UnsafeRawBufferPointer(start: content, count: size))
  }

  private static func isCommitted(
    _ path: String, _ id: inout git_oid, in tree: OpaquePointer?
  ) -> Bool {
    guard let tree else { return false }
    var entry: OpaquePointer?
    guard git_tree_entry_bypath(&entry, tree, path) == 0, let entry else { return false }
    defer { git_tree_entry_free(entry) }
    return git_oid_equal(git_tree_entry_id(entry), &id) == 1
  }
}
