internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What a power cut leaves of a repository, and can be put right without a guess.
extension Repository {
  /// Puts right what was cut short: an index that cannot be read is made anew from the last commit,
  /// and a branch whose file is empty goes back to where its log says it was.
  ///
  /// - Returns: What was done, in sentences.
  func mend() throws -> [String] {
    var notices: [String] = []
    if let branch, let notice = try mendBranch("refs/heads/" + branch) { notices.append(notice) }
    if let notice = try mendIndex() { notices.append(notice) }
    return notices
  }

  /// A reference is 40 digits, or `ref:` and a name. One that was being written when the power went
  /// is empty or zeros.
  private func mendBranch(_ name: String) throws -> String? {
    let path = String(cString: git_repository_commondir(pointer)) + name
    guard let bytes = try? FileSystem.read(path, limit: 4096),
      bytes.allSatisfy({ $0 == 0 || $0 == 0x0A || $0 == 0x20 })
    else { return nil }
    guard let commit = lastKnown(name) else {
      throw SyncError.unsupported(
        "the file \(path) is empty, and no log says which commit the branch was at",
        remedy:
          "Look for it with 'git fsck --lost-found', and put it back with 'git update-ref \(name) "
          + "COMMIT'.")
    }
    guard try replace(name, with: commit, if: { (try? FileSystem.read(path)) == bytes }) else {
      return nil
    }
    return
      "The branch was cut short by a crash; it is back at \(commit.short), where its log left it."
  }

  /// The commit that the log of a branch, else folio's own notes, say it was at last.
  private func lastKnown(_ name: String) -> ObjectID? {
    let common = String(cString: git_repository_commondir(pointer))
    let log = (try? FileSystem.read(common + "logs/" + name)) ?? []
    for line in log.split(separator: 0x0A).reversed() {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 2)
      if words.count == 3, let id = ObjectID(words[1]), (try? commit(id)) != nil { return id }
    }
    let own = (try? references(matching: "refs/folio/*")) ?? []
    let commits = own.filter { !$0.hasPrefix("refs/folio/incoming/") }
      .compactMap { (try? target(of: $0)) ?? nil }.compactMap { try? commit($0) }
    return commits.max { ($0.time, $0.id.description) < ($1.time, $1.id.description) }?.id
  }

  /// An index that libgit2 and git cannot read holds nothing that is not elsewhere, but for what was
  /// staged by hand; it is kept beside.
  private func mendIndex() throws -> String? {
    let path = folder + "index"
    guard let before = FileSystem.status(path)?.stamp, let reason = unreadable(path) else {
      return nil
    }
    let fresh = path + "-folio"
    defer {
      unlink(fresh)
      unlink(fresh + ".lock")
    }
    unlink(fresh)
    unlink(fresh + ".lock")
    var opened: OpaquePointer?
    try GitError.check("make an index", git_index_open(&opened, fresh))
    defer { git_index_free(opened) }
    guard let index = opened else { return nil }
    if let branch, let head = try target(of: "refs/heads/" + branch) {
      var tree: OpaquePointer?
      var raw = try commit(head).tree.raw
      try GitError.check("read the last commit", git_tree_lookup(&tree, pointer, &raw))
      defer { git_tree_free(tree) }
      try GitError.check("make an index", git_index_read_tree(index, tree))
    }
    try GitError.check("make an index", git_index_write(index))
    let kept = path + ".damaged"
    let isDone = try LockedFile.replace(path, try FileSystem.read(fresh), in: folder) {
      guard FileSystem.status(path)?.stamp == before else { return false }
      unlink(kept)
      return link(path, kept) == 0 || errno == EPERM || errno == ENOTSUP
    }
    return isDone
      ? "The index of git was damaged (\(reason)); it was made anew from the last commit, and the old "
        + "one is kept as \(kept)."
      : nil
  }

  /// Why an index file cannot be read; nil when it can, or when it is whole but of another kind.
  private func unreadable(_ path: String) -> String? {
    if let bytes = try? FileSystem.read(path), IndexFile.isPlain(bytes) { return nil }
    var opened: OpaquePointer?
    guard git_index_open(&opened, path) < 0 else {
      git_index_free(opened)
      return nil
    }
    let reason = git_error_last()?.pointee.message.map { String(cString: $0) } ?? "it is cut short"
    // Unknown parts are no damage: a newer git wrote them.
    if reason.contains("extension") || reason.contains("version") { return nil }
    return reason
  }
}
