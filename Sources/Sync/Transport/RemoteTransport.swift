internal import Notes

/// Talks to folders in this process, and to everything else in a child with a deadline.
public struct RemoteTransport: Transport {
  private let settings: TransportSettings
  private let program: String
  private let answer: @Sendable (Question) -> String?
  private let isCancelled: @Sendable () -> Bool
  private let waiting: @Sendable (Int) -> Void

  /// - Parameters:
  ///   - program: The program that has the verb `sync-transport`.
  ///   - answer: Asks the person; nil when there is nobody. A secret is asked for once.
  ///   - isCancelled: Whether the person wants to stop; asked five times a second.
  ///   - waiting: Told every ten seconds in which nothing moved.
  public init(
    _ settings: TransportSettings, program: String,
    answer: @escaping @Sendable (Question) -> String? = { _ in nil },
    isCancelled: @escaping @Sendable () -> Bool = { false },
    waiting: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.settings = settings
    self.program = program
    let answers = Answers(answer)
    self.answer = { answers.answer($0) }
    self.isCancelled = isCancelled
    self.waiting = waiting
  }

  public func tips(of remote: String, in repository: String) throws -> RemoteTips {
    try tips(of: remote, in: repository, forSending: false)
  }

  /// The branches as the remote shows them to one who reads, or to one who sends.
  func tips(of remote: String, in repository: String, forSending: Bool) throws -> RemoteTips {
    let here = try Repository.open(repository)
    let place = try Remotes(here).written(remote)
    let address = forSending ? place.send : place.fetch
    try agree(to: address, place)
    if address.isFolder { return try folders.tips(at: address.text, here) }
    var tips = RemoteTips()
    for words in try ask(address, [forSending ? "test" : "tips", here.folder, address.text]) {
      if words.count == 2, words[0] == "head" { tips.defaultBranch = words[1] }
      if words.count == 3, words[0] == "branch", let id = ObjectID(words[1]) {
        tips.branches[words[2]] = id
      }
    }
    return tips
  }

  public func fetch(_ branch: String, of remote: String, in repository: String) throws {
    let here = try Repository.open(repository)
    let place = try Remotes(here).written(remote)
    try agree(to: place.fetch, place)
    if place.fetch.isFolder { return try folders.fetch(branch, at: place.fetch.text, here) }
    _ = try ask(place.fetch, ["fetch", here.folder, place.fetch.text, branch])
  }

  public func push(
    _ source: String, to branch: String, of remote: String, in repository: String
  ) throws -> PushOutcome {
    let here = try Repository.open(repository)
    let place = try Remotes(here).written(remote)
    try agree(to: place.send, place)
    if place.send.isFolder {
      return try folders.push(source, to: branch, at: place.send.text, here)
    }
    for words in try ask(place.send, ["push", here.folder, place.send.text, branch, source]) {
      switch words.first {
      case "accepted": return .accepted
      case "behind": return .behind
      case "refused": return .refused(words.dropFirst().joined(separator: " "))
      default: break
      }
    }
    throw SyncError.notVerified(RemoteAddress.harmless(place.send.text))
  }

  /// What of a person's settings for a host is not heeded, in sentences.
  func remarks(on address: RemoteAddress) -> [String] {
    guard case .ssh(let place) = address.kind else { return [] }
    return SSHHost.config(of: place, settings).passedOver.map {
      "'\($0)' in the settings of ssh is passed over: only host, originalhost and all are understood"
    }
  }

  private var folders: LibGit2Transport {
    LibGit2Transport(isCancelled: isCancelled)
  }

  private func ask(_ address: RemoteAddress, _ arguments: [String]) throws -> [[String]] {
    try RemoteProcess(
      program: program, settings: settings, shown: RemoteAddress.harmless(address.text),
      answer: answer, isCancelled: isCancelled, waiting: waiting
    ).run(arguments)
  }

  /// Asks once about an address that git's settings turn into another one (`url.….insteadOf`,
  /// `pushurl`), and about one that is not private.
  private func agree(to address: RemoteAddress, _ place: Remotes.Written) throws {
    let agreements = Agreements(path: settings.agreements)
    let used = RemoteAddress.harmless(address.text)
    let written = RemoteAddress.harmless(place.text)
    if used != written, !agreements.hasOther(written, used) {
      guard answer(.otherAddress(written: written, used: used)) == "yes" else {
        throw SyncError.remote(
          RemoteProblem(
            .unsafe, "git's settings turn the address \(written) into \(used)",
            "If that is wanted, say yes with 'folio remote test' on a terminal, or write "
              + "\(used) with 'folio remote add'. Otherwise look at url.*.insteadOf and pushurl in "
              + "'git config --list --show-origin'."))
      }
      try agreements.addOther(written, used)
    }
    if address.isPlain, !agreements.hasPlain(used) {
      guard answer(.plain(address: used)) == "yes" else {
        throw SyncError.remote(
          RemoteProblem(
            .unsafe,
            "\(used) is not private: everybody on the way can read the notes and the token",
            "Use https or ssh; or agree to it with 'folio remote test' on a terminal."))
      }
      try agreements.addPlain(used)
    }
  }
}
