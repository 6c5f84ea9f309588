/// Why a remote could not be used, with what to do about it.
public struct RemoteProblem: Error, Equatable, Sendable {
  public enum Kind: String, Sendable {
    /// It does not answer, or not as a git server does.
    case offline
    /// It does not let this person in, or cannot show that it is the right host.
    case notAuthorised
    /// It does not take what is sent.
    case refused
    /// Going on could do harm.
    case unsafe
  }

  public let kind: Kind
  /// What happened, and where.
  public let message: String
  /// What to type next.
  public let remedy: String

  init(_ kind: Kind, _ message: String, _ remedy: String) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }
}
