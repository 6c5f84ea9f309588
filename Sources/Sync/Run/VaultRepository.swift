internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A vault together with the repository it lies in.
struct VaultRepository {
  let vault: Vault
  let repository: Repository
  /// Where the vault lies in the repository; the top when it is all of it.
  let prefix: TreePath

  /// Journal, lock and stamps of this device.
  var local: String { vault.root + "/.folio/local" }
  private var stampPath: String { vault.root + "/.folio/cache/sync-stamps" }

  /// Opens the repository around a vault; the repository may be larger than the vault.
  init(_ vault: Vault) throws {
    self.vault = vault
    repository = try Repository.around(vault.root)
    let path = repository.folder
    guard let working = repository.workingFolder else {
      throw SyncError.unsupported(
        "the repository \(path) is bare: it has no files",
        remedy: "Clone it with 'folio clone \(path)'.")
    }
    let top = FileSystem.realPath(working) ?? working
    if top == vault.root {
      prefix = .top
    } else {
      guard vault.root.hasPrefix(top == "/" ? "/" : top + "/") else {
        throw SyncError.noRepository(vault: vault.root)
      }
      prefix = TreePath(String(vault.root.dropFirst(top == "/" ? 1 : top.utf8.count + 1)))
    }
    guard vault.isMarked else { throw SyncError.notAVault(vault.root) }
    do throws(FileError) {
      try FileSystem.createFolder(local, mode: 0o700)
      try FileSystem.createFolder(vault.root + "/.folio/cache", mode: 0o700)
    } catch {
      throw SyncError.file(error)
    }
  }

  /// The branch that HEAD names, as a full reference.
  func branch() throws(SyncError) -> String {
    guard let name = repository.branch else {
      throw .unsupported(
        "HEAD is detached: no branch is checked out",
        remedy: "Go back to your branch, such as 'git switch main'.")
    }
    return "refs/heads/" + name
  }

  /// Throws for what sync does not work in, with the way out.
  func preflight() throws {
    let pointer = repository.pointer
    let state = UInt32(bitPattern: git_repository_state(pointer))
    if state != GIT_REPOSITORY_STATE_NONE.rawValue {
      throw SyncError.unsupported(
        "a \(Self.name(ofState: state)) made by hand is not finished in this repository",
        remedy: "Finish it with git, or give it up as 'git status' says.")
    }
    _ = try branch()
    if repository.flag("core.sparsecheckout") == true {
      throw SyncError.unsupported(
        "the repository is a sparse checkout: files are missing here on purpose",
        remedy: "Run 'git sparse-checkout disable' first.")
    }
    if git_repository_is_shallow(pointer) == 1 {
      throw SyncError.unsupported(
        "the repository is a shallow clone: its history is cut off",
        remedy: "Run 'git fetch --unshallow' first.")
    }
    let partial = repository.settings(matching: "extensions\\.partialclone|remote\\..*\\.promisor")
    if !partial.isEmpty {
      throw SyncError.unsupported(
        "the repository is a partial clone: some objects are only on the remote",
        remedy: "Clone it again without '--filter'.")
    }
    if let problem = try repository.indexProblem() { throw problem }
    if !prefix.isTop, repository.ignores(prefix.bytes + [UInt8(ascii: "/")]),
      try repository.subtree(prefix, of: headTree()) == nil
    {
      throw SyncError.unsupported(
        "git ignores the folder of the vault, \(prefix), in the repository around it",
        remedy: "Take it out of .gitignore there, or run 'git init' in the vault.")
    }
  }

  private static func name(ofState state: UInt32) -> String {
    switch state {
    case GIT_REPOSITORY_STATE_MERGE.rawValue: "merge"
    case GIT_REPOSITORY_STATE_REVERT.rawValue, GIT_REPOSITORY_STATE_REVERT_SEQUENCE.rawValue:
      "revert"
    case GIT_REPOSITORY_STATE_CHERRYPICK.rawValue,
      GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE.rawValue:
      "cherry-pick"
    case GIT_REPOSITORY_STATE_BISECT.rawValue: "bisection"
    default: "rebase"
    }
  }

  /// The commit of the branch; nil before the first.
  func head() throws -> ObjectID? { try repository.target(of: branch()) }

  /// The root tree of the last commit; nil before the first.
  func headTree() throws -> ObjectID? { try head().map { try repository.commit($0).tree } }

  func stamps() -> StampTable {
    StampTable((try? FileSystem.read(stampPath)) ?? [])
  }

  /// Keeps the stamps; they are a cache, so that failing to is no error.
  func keep(_ stamps: StampTable) {
    try? SafeFile.overwrite(stampPath, stamps.encoded)
  }
}
