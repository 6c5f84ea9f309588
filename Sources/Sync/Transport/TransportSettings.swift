/// What talking to remotes is done with: the person's folders, time limits, and who answers questions.
public struct TransportSettings: Sendable {
  /// The person's home folder, whose `.ssh` is read.
  public var home: String
  /// The name of the person on this machine, which ssh logs in as when nothing else is said.
  public var user: String
  /// The socket of the ssh agent.
  public var agentSocket: String?
  /// A file with the certificates to trust instead of the system's.
  public var authorities: String?
  /// A remote that is silent for so many seconds is given up.
  public var patience = 30
  /// The file in which it is kept what a person has agreed to once.
  public var agreements: String
  /// Folders that ssh's system-wide files are read from; none in tests.
  public var systemFolder: String? = "/etc/ssh"

  public init(home: String, user: String, agreements: String) {
    self.home = home
    self.user = user
    self.agreements = agreements
  }
}
