/// The ways there are to log in to a host over ssh, best first, each taken once.
///
/// First the keys of the agent, then key files: those that the settings name, else the usual ones.
/// Why a key is not tried is remembered, for the person who wonders.
final class SSHLogin {
  enum Way: Equatable {
    case agent(SSHAgent.Identity)
    case file(SSHKeyFile)
  }

  /// Servers hang up after six failures on one connection, and asking how to log in may be one.
  private static let triesAtOnce = 4

  let agent: SSHAgent?
  /// What kept a key from being tried: "the key ~/.ssh/id_rsa is RSA, …".
  private(set) var remarks: [String] = []
  /// Whether a key was shown to the host, which did not take it.
  private(set) var hasShownKey = false
  private var ways: ArraySlice<Way> = []
  private var triedHere = 0
  /// The key file whose passphrase may have been wrong, and how often it was asked for.
  private var opening: (file: SSHKeyFile, count: Int)?

  init(_ config: SSHConfig, home: String, agentSocket: String?) {
    var socket = agentSocket
    switch config.identityAgent {
    case nil, "SSH_AUTH_SOCK": break
    case "none": socket = nil
    case let path?: socket = config.expanded(path)
    }
    agent = socket.flatMap { $0.isEmpty ? nil : SSHAgent(socketPath: $0) }
    let isChosen = !config.identityFiles.isEmpty
    let names =
      isChosen
      ? config.identityFiles
      : ["id_ed25519", "id_ecdsa", "id_rsa", "id_dsa"].map { "~/.ssh/" + $0 }
    let paths = names.map { config.expanded($0) }
    let files = paths.compactMap { SSHKeyFile($0) }
    let only = config.identitiesOnly == true ? Self.publicKeys(files, paths) : nil
    var found: [Way] = []
    var held: [[UInt8]] = []
    if let agent {
      let identities = agent.identities()
      if identities == nil { remarks.append("the ssh agent does not answer") }
      if identities?.isEmpty == true, files.isEmpty { remarks.append("the ssh agent holds no key") }
      for identity in identities ?? [] where only?.contains(identity.blob) ?? true {
        held.append(identity.blob)
        switch SSHKeyFile.kind(of: identity.type) {
        case .usable: found.append(.agent(identity))
        case .tooOld(let name):
          remarks.append(Self.tooOld("\(identity.comment) of the agent", name))
        case .unknown(let type):
          remarks.append("the key \(identity.comment) of the agent is of the kind \(type)")
        }
      }
    }
    for file in files where !(file.publicKey.map(held.contains) ?? false) {
      switch file.kind {
      case .usable: found.append(.file(file))
      case .tooOld(let name): remarks.append(Self.tooOld(file.path, name))
      case .unknown(let type):
        remarks.append("the key \(file.path) is of a kind that is not known (\(type))")
      }
    }
    if isChosen {
      for path in paths where SSHKeyFile(path) == nil && SSHKeyFile.publicKey(in: path) == nil {
        remarks.append("there is no key in \(path)")
      }
    }
    ways = found[...]
  }

  private static func tooOld(_ name: String, _ kind: String) -> String {
    "the key \(name) is \(kind), which the git library could only sign with in a way that servers "
      + "refuse since 2021"
  }

  private static func publicKeys(_ files: [SSHKeyFile], _ paths: [String]) -> [[UInt8]] {
    files.compactMap(\.publicKey)
      + paths.compactMap { SSHKeyFile.publicKey(in: $0) ?? SSHKeyFile.publicKey(in: $0 + ".pub") }
  }

  /// A new connection: the host counts from the beginning.
  func beginConnection() { triedHere = 0 }

  /// Whether another connection could succeed where this one was given up.
  var hasMore: Bool { !ways.isEmpty || opening != nil }

  /// Whether this connection has seen as many keys as a host allows.
  var isFull: Bool { triedHere >= Self.triesAtOnce }

  /// The next key to show, with its passphrase when it has one; nil when there is no more.
  func next(asking ask: (Question) -> String?) -> (way: Way, passphrase: String?)? {
    if let (file, count) = opening {
      // Back here after a passphrase: it was wrong, or the host did not want the key.
      opening = nil
      if count > 0, count < 3, let answer = ask(.passphrase(path: file.path, isAgain: true)) {
        opening = (file, count + 1)
        return (.file(file), answer)
      }
      remarks.append("the passphrase of \(file.path) was not right")
    }
    while let way = ways.popFirst() {
      guard case .file(let file) = way, file.isEncrypted else {
        triedHere += 1
        hasShownKey = true
        return (way, nil)
      }
      guard let answer = ask(.passphrase(path: file.path, isAgain: false)) else {
        remarks.append(
          "the key \(file.path) has a passphrase, and there is nobody to ask for it here")
        continue
      }
      opening = (file, 1)
      triedHere += 1
      return (way, answer)
    }
    return nil
  }

  /// The host answered to the key that was opened last: the passphrase was right.
  func passphraseWasRight() {
    if opening != nil { hasShownKey = true }
    opening = nil
  }

  /// What a person can do about it.
  func remedy(_ place: String) -> String {
    if remarks.contains(where: { $0.contains("passphrase, and") }) {
      return "Load it with 'ssh-add', set SSH_ASKPASS, or run this on a terminal."
    }
    if !hasShownKey, remarks.contains(where: { $0.contains("is RSA") || $0.contains("is DSA") }) {
      return "Make a key of today with 'ssh-keygen -t ed25519', add its .pub file to your account "
        + "on \(place), and run this again."
    }
    if !hasShownKey {
      return "Make a key with 'ssh-keygen -t ed25519', add its .pub file to your account on "
        + "\(place), and run this again."
    }
    return "Add the .pub file of one of your keys to your account on \(place), or name the right "
      + "one with IdentityFile in ~/.ssh/config."
  }
}
