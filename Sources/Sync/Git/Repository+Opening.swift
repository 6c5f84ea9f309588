internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Repository {
  /// Opens the repository that a folder lies in, when it is one that sync understands.
  ///
  /// The environment has no say (`GIT_DIR` and its like are for git). A repository of another user is
  /// refused, for its settings would act in the name of this one; so is what libgit2 opens without
  /// understanding it.
  static func around(_ folder: String) throws(SyncError) -> Repository {
    do {
      try Git.start()
      var found = git_buf()
      defer { git_buf_dispose(&found) }
      let code = git_repository_discover(&found, folder, 0, nil)
      if code == GIT_ENOTFOUND.rawValue { throw SyncError.noRepository(vault: folder) }
      if code == GIT_EOWNER.rawValue { throw SyncError.notOwner(folder) }
      try GitError.check("look for a repository in \(folder)", code)
      let path = String(cString: found.ptr)
      let repository: Repository
      do throws(GitError) { repository = try open(path) } catch {
        throw refusal(of: path, error)
      }
      try repository.refuseWhatIsNotUnderstood()
      return repository
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  /// What it means that libgit2 does not open a repository.
  private static func refusal(of path: String, _ error: GitError) -> any Error {
    if error.code == GIT_EOWNER.rawValue || error.reason.contains("safe.directory")
      || isForeign(path)
    {
      return SyncError.notOwner(path)
    }
    let reason = error.reason.lowercased()
    if reason.contains("extension") || reason.contains("object format")
      || reason.contains("repository version")
    {
      for (name, refusal) in extensions where reason.contains(name) { return refusal(path) }
      return SyncError.unsupported(
        "the repository \(path) is of a kind that libgit2 does not know: \(error.reason)",
        remedy: "Clone it into an ordinary repository with 'git clone' and use that.")
    }
    return error
  }

  private static func isForeign(_ path: String) -> Bool {
    var raw = stat()
    return stat(path, &raw) == 0 && raw.st_uid != geteuid()
  }

  /// Extensions of git's format by name, in lower case, each with what is said of it.
  private static let extensions: [(String, @Sendable (String) -> SyncError)] = [
    (
      "objectformat",
      { path in
        .unsupported(
          "the repository \(path) uses SHA-256 for its objects, which is not supported",
          remedy: "Make a vault with 'folio init' elsewhere and copy the notes there.")
      }
    ),
    (
      "refstorage",
      { path in
        .unsupported(
          "the repository \(path) keeps its branches in a table (reftable), which is not supported",
          remedy: "Run 'git refs migrate --ref-format=files' there.")
      }
    ),
    (
      "partialclone",
      { path in
        .unsupported(
          "the repository \(path) is a partial clone: some objects are only on the remote",
          remedy: "Clone it again without '--filter'.")
      }
    ),
    (
      "worktreeconfig",
      { path in
        .unsupported(
          "the repository \(path) has settings for each worktree (extensions.worktreeConfig), which "
            + "are not supported",
          remedy: "If nothing needs them, run 'git config --unset extensions.worktreeConfig' there."
        )
      }
    ),
  ]

  /// Throws for settings that libgit2 1.5 passes over although they change what is in the repository.
  private func refuseWhatIsNotUnderstood() throws {
    let harmless = ["extensions.noop", "extensions.preciousobjects", "extensions.worktreeconfig"]
    for name in settings(matching: "^extensions\\.") where !harmless.contains(name) {
      let value = setting(name)?.lowercased()
      if name == "extensions.objectformat", value == "sha1" { continue }
      if name == "extensions.refstorage", value == "files" { continue }
      let known = Self.extensions.first { name.hasSuffix("." + $0.0) }
      throw known?.1(folder)
        ?? SyncError.unsupported(
          "the repository \(folder) has the extension \(name), which is not supported",
          remedy: "Clone it into an ordinary repository with 'git clone' and use that.")
    }
    // Settings that came with a folder from elsewhere must not make another folder the vault's.
    if folder.hasSuffix("/.git/"), let working = workingFolder, setting("core.worktree") != nil {
      let beside = String(folder.dropLast("/.git/".count))
      if FileSystem.realPath(working) != FileSystem.realPath(beside) {
        throw SyncError.unsupported(
          "the settings in \(folder)config name another folder as the place of the files: \(working)",
          remedy: "If that is not wanted, run 'git config --unset core.worktree' there.")
      }
    }
  }
}
