/// What a remote said it has.
public struct RemoteTips: Equatable, Sendable {
  /// Commits by branch: `main`.
  public var branches: [String: ObjectID] = [:]
  /// The branch that its HEAD names.
  public var defaultBranch: String?

  public init(branches: [String: ObjectID] = [:], defaultBranch: String? = nil) {
    self.branches = branches
    self.defaultBranch = defaultBranch
  }
}

/// What became of something sent.
public enum PushOutcome: Equatable, Sendable {
  case accepted
  /// The remote has commits that are not here.
  case behind
  case refused(String)
}

/// Talking to a remote of a repository.
///
/// Implementations throw `SyncError.offline`, `.notAuthorised` or `.refused` for what the network and
/// the other side do, and may take a process of their own to do it.
public protocol Transport: Sendable {
  /// Asks for the branches of a remote.
  func tips(of remote: String, in repository: String) throws -> RemoteTips

  /// Brings the commits of a branch here; no reference is changed.
  func fetch(_ branch: String, of remote: String, in repository: String) throws

  /// Sends the commit of the reference `source` to a branch; never by force.
  func push(
    _ source: String, to branch: String, of remote: String, in repository: String
  ) throws -> PushOutcome
}
