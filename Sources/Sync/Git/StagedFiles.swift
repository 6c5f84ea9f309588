internal import CLibGit2
public import Notes

/// What the next commit of git would change in a vault: `git add` has put it there.
public struct StagedFiles: Sendable {
  /// Files of the vault that are new or changed, as they would be committed.
  public private(set) var files: [(path: VaultPath, bytes: [UInt8])] = []

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
    for position in 0..<git_index_entrycount(index) {
      guard let entry = git_index_get_byindex(index, position) else { continue }
      let path = String(cString: entry.pointee.path)
      guard path.hasPrefix(prefix), entry.pointee.mode & 0o170000 == 0o100000,
        let inside = try? VaultPath(String(path.dropFirst(prefix.utf8.count)))
      else { continue }
      var id = entry.pointee.id
      if Self.isCommitted(path, &id, in: head) { continue }
      var blob: OpaquePointer?
      try GitError.check(
        "read \(path) from git's index", git_blob_lookup(&blob, repository.pointer, &id))
      defer { git_blob_free(blob) }
      let size = Int(git_blob_rawsize(blob))
      guard size <= NoteReader.maximumSearched, let content = git_blob_rawcontent(blob) else {
        continue
      }
      files.append((inside, Array(UnsafeRawBufferPointer(start: content, count: size))))
    }
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
