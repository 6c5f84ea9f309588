internal import CLibGit2
internal import Notes

/// Talking to a URL through libgit2, in a process that does nothing else and may be ended at any time.
///
/// Over ssh one request can take several connections: one for each kind of host key until the host
/// has it, and one for every four keys that are tried to log in.
public final class RemoteLink {
  private static let maximumConnections = 12

  private let repository: Repository
  private let address: RemoteAddress
  private let shown: String
  private let settings: TransportSettings
  private let home: PrivateHome
  private let ask: (Question) -> String?
  private let moved: @Sendable (Bool) -> Bool

  /// Opens the repository. Called once a process, before anything else of git.
  ///
  /// - Parameters:
  ///   - temporary: A folder for what libgit2 is to read instead of the person's own files.
  ///   - ask: Answers questions; nil when nobody does.
  ///   - moved: Told whenever something came in or went out, and whether that was all there was to
  ///     send.
  public init(
    _ address: RemoteAddress, repository path: String, settings: TransportSettings,
    temporary: String, ask: @escaping (Question) -> String?,
    moved: @escaping @Sendable (Bool) -> Bool
  ) throws(SyncError) {
    do {
      self.address = address
      self.settings = settings
      self.ask = ask
      self.moved = moved
      shown = RemoteAddress.harmless(address.text)
      home = try PrivateHome(in: temporary)
      try Git.start(readingSettingsIn: settings.home)
      repository = try Repository.open(path)
      if let file = settings.authorities { try Git.trust(authoritiesIn: file) }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  deinit { home.remove() }

  public func tips(forSending: Bool = false) throws(SyncError) -> RemoteTips {
    try talk { try $0.tips(forSending: forSending) }
  }

  public func fetch(_ branch: String) throws(SyncError) { try talk { try $0.fetch(branch) } }

  public func push(_ source: String, to branch: String) throws(SyncError) -> PushOutcome {
    try talk { try $0.send(source, to: "refs/heads/" + branch) }
  }

  private func talk<R>(_ body: (RemoteCalls) throws -> R) throws(SyncError) -> R {
    do {
      switch address.kind {
      case .folder: throw SyncError.badAddress(shown, reason: "it is a folder")
      case .web(let place):
        let guardian = WebGuardian(
          place, address: shown, authorities: settings.authorities, ask: ask)
        let conversation = Conversation(moved, guardian)
        do {
          return try body(calls(address.text, conversation))
        } catch let error as GitError {
          throw SyncError.remote(conversation.problem ?? meaning(of: error))
        }
      case .ssh(let place): return try talk(over: place, body)
      }
    } catch {
      if let problem = error as? RemoteProblem { throw .remote(problem) }
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  private func calls(_ url: String, _ conversation: Conversation) -> RemoteCalls {
    RemoteCalls(repository: repository, url: url, shown: shown, conversation: conversation)
  }

  private func talk<R>(
    over place: RemoteAddress.SSHPlace, _ body: (RemoteCalls) throws -> R
  ) throws -> R {
    let host = try SSHHost(place, settings)
    let guardian = SSHGuardian(host, settings, address: shown, ask: ask)
    var types = host.known.typesToAskFor[...]
    for _ in 0..<Self.maximumConnections {
      guard let type = types.first else { break }
      try home.write(host.lines(askingFor: type))
      guardian.beginConnection()
      let conversation = Conversation(moved, guardian)
      do {
        return try body(calls(host.url, conversation))
      } catch let error as GitError {
        if guardian.wantsNewConnection { continue }
        if let problem = conversation.problem { throw problem }
        if !conversation.hasMetHost, error.reason.contains("exchange encryption keys") {
          types = types.dropFirst()
          continue
        }
        if conversation.hasMetHost, guardian.login.hasMore, Self.isAboutKeys(error.reason) {
          continue
        }
        if Self.isAboutKeys(error.reason) {
          throw guardian.notLetIn
        }
        throw meaning(of: error)
      }
    }
    guard types.isEmpty else { throw guardian.notLetIn }
    throw RemoteProblem(
      .notAuthorised,
      "\(host.shown) has no kind of host key, or no way to encrypt, that the git library knows",
      "Its keeper can add an ed25519 host key; or use https.")
  }

  /// Errors of libssh2 about one key, after which another one, or another passphrase, may do.
  private static func isAboutKeys(_ reason: String) -> Bool {
    ["passphrase", "private key", "public key", "publickey", "authenticat"]
      .contains { reason.lowercased().contains($0) }
  }

  /// What an error of libgit2 means for a person.
  private func meaning(of error: GitError) -> RemoteProblem {
    let reason = error.reason
    let later = "What was saved here is safe; run 'folio sync' again when it is back."
    func has(_ words: String...) -> Bool { words.contains { reason.contains($0) } }
    if error.code == GIT_ECERTIFICATE.rawValue || has("SSL certificate") {
      return RemoteProblem(
        .notAuthorised, "\(shown) cannot show that it is the right host: \(reason)",
        "Check the address.")
    }
    if has("status code: 404") || error.code == GIT_EEOF.rawValue || error.code == -20
      || has("does not appear to be a git repository", "not found")
    {
      return RemoteProblem(
        .refused,
        "\(shown) has no such repository, or does not show it to you"
          + (has("status code") ? "" : ": \(reason)"),
        "Check the address with 'folio remote list', and that you may read it.")
    }
    if has("status code: 401", "status code: 403") || error.code == GIT_EAUTH.rawValue {
      return RemoteProblem(
        .notAuthorised, "\(shown) does not let you do that: \(reason)",
        "Check what your token or key may do there.")
    }
    if has("invalid content-type") {
      return RemoteProblem(
        .offline, "\(shown) answers with a web page and not as a git server",
        "Check the address; on a network that asks to sign in first, do that in a browser.")
    }
    if has("too many redirects", "redirect") {
      return RemoteProblem(
        .unsafe, "\(shown) sends on to another address: \(reason)",
        "If the new address is right, use it with 'folio remote add'.")
    }
    return RemoteProblem(.offline, "\(shown) cannot be reached: \(reason)", later)
  }
}
