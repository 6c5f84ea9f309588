/// The remote and the branch there that a local branch is kept in step with.
struct Upstream {
  let remote: String
  let address: String
  /// The host that things are sent to; nil for a folder.
  let host: String?
  /// The branch on the remote, when the local one has been told: `main`.
  let branch: String?
  private let local: String

  init(_ repository: Repository, branch local: String) throws(SyncError) {
    let remotes = Remotes(repository)
    remote = try remotes.forSync()
    address = RemoteAddress.harmless(remotes.address(of: remote))
    host = (try? remotes.written(remote))?.send.host
    self.local = local
    let merge =
      repository.setting("branch.\(local).remote") == remote
      ? repository.setting("branch.\(local).merge") : nil
    branch = merge.flatMap { $0.hasPrefix("refs/heads/") ? String($0.dropFirst(11)) : nil }
  }

  /// The branch to use, given what the remote has: the one that was set, else the one of the same
  /// name, else the remote's own default, else one that is to be made there.
  func branch(among tips: RemoteTips) -> String {
    if let branch { return branch }
    if tips.branches[local] != nil { return local }
    return tips.defaultBranch ?? local
  }

  /// All that is known of the remote's branches.
  var trackingPattern: String { "refs/remotes/\(remote)/*" }

  func tracking(_ branch: String) -> String { "refs/remotes/\(remote)/\(branch)" }

  /// Where the last commit that both sides had is kept, to notice a rewritten history.
  func seen(_ branch: String) -> String { "refs/folio/seen/\(remote)/\(branch)" }

  /// Writes down which branch it is, once it is known to be there.
  func set(_ branch: String, in repository: Repository) throws {
    guard self.branch == nil else { return }
    try repository.set("branch.\(local).remote", remote)
    try repository.set("branch.\(local).merge", "refs/heads/" + branch)
  }
}
