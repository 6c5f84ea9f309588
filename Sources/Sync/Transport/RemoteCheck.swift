public import Notes

/// Whether a remote could be read and sent to, found out without sending anything.
public struct RemoteCheck: Sendable {
  /// What came of one direction.
  public struct Finding: Sendable {
    /// Nil when it works.
    public let problem: SyncError?
    /// In a sentence.
    public let text: String
  }

  public let remote: String
  /// As it is written in git's settings, without a password.
  public let address: String
  /// Where it is read, when git's settings make that another address.
  public let readAddress: String?
  /// Where is sent to, when that is another place.
  public let sendAddress: String?
  public let reading: Finding
  public let sending: Finding
  /// What of the person's settings is not heeded, in sentences.
  public let remarks: [String]
  /// Branches by name, as the remote has them.
  public let branches: [String: ObjectID]
  public let defaultBranch: String?
  /// How the vault stands to the branch there; nil when that cannot be told.
  public let standing: String?

  /// Asks a remote; the one that sync uses when none is named.
  public init(
    _ name: String?, of vault: Vault, _ transport: RemoteTransport
  ) throws(SyncError) {
    let remotes = try Remotes(of: vault)
    let remote: String
    if let name { remote = name } else { remote = try remotes.forSync() }
    let written = try remotes.written(remote)
    let repository = remotes.repository
    self.remote = remote
    address = RemoteAddress.harmless(written.text)
    readAddress = written.fetch.text == written.text ? nil : written.fetch.shown
    sendAddress = written.send.text == written.fetch.text ? nil : written.send.shown
    remarks = transport.remarks(on: written.fetch)
    var tips: RemoteTips?
    do {
      let found = try transport.tips(of: remote, in: repository.folder)
      tips = found
      reading = Finding(problem: nil, text: Self.words(found))
    } catch {
      let problem = SyncError(any: error) ?? .damaged("\(error)")
      if problem == .cancelled { throw problem }
      reading = Finding(problem: problem, text: problem.message)
    }
    branches = tips?.branches ?? [:]
    defaultBranch = tips?.defaultBranch
    do {
      if written.send.isFolder {
        try LibGit2Transport.checkSending(to: written.send.text)
        sending = Finding(problem: nil, text: "works")
      } else {
        _ = try transport.tips(of: remote, in: repository.folder, forSending: true)
        sending = Finding(
          problem: nil, text: "works, unless a rule there refuses what is sent")
      }
    } catch {
      let problem = SyncError(any: error) ?? .damaged("\(error)")
      if problem == .cancelled { throw problem }
      sending = Finding(problem: problem, text: problem.message)
    }
    standing = tips.flatMap { try? Self.standing(repository, remote, $0) }
  }

  private static func words(_ tips: RemoteTips) -> String {
    if tips.branches.isEmpty { return "works; it is empty, and the first sync makes the branch" }
    let count = tips.branches.count == 1 ? "1 branch" : "\(tips.branches.count) branches"
    return "works; it has \(count)" + (tips.defaultBranch.map { ", first \($0)" } ?? "")
  }

  private static func standing(
    _ repository: Repository, _ remote: String, _ tips: RemoteTips
  ) throws -> String? {
    guard let local = repository.branch else { return nil }
    let name = try Upstream(repository, branch: local).branch(among: tips)
    guard let tip = tips.branches[name] else {
      return "It has no branch \(name) yet; the first sync makes it"
    }
    guard let head = try repository.target(of: "refs/heads/" + local) else {
      return "The vault has no commit yet; the first sync takes what is there"
    }
    if head == tip { return "\(local) is the same here and there" }
    guard repository.contains(tip) else { return "\(name) there has commits that are not here yet" }
    let (ahead, behind) = try repository.aheadAndBehind(head, tip)
    return "\(local) has \(ahead) commits that are not there, and lacks \(behind)"
  }
}
