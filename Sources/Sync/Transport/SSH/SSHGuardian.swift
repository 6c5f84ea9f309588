internal import CLibGit2

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Checks the key of an ssh host and logs in there.
final class SSHGuardian: Guardian {
  let host: SSHHost
  let login: SSHLogin
  private let ask: (Question) -> String?
  private let address: String
  /// Signers must live as long as the connection.
  private var signers: [AgentSigner] = []
  /// Whether the connection was ended because the host would have ended it.
  private(set) var wantsNewConnection = false
  private var hasAnswered = false

  init(
    _ host: SSHHost, _ settings: TransportSettings, address: String,
    ask: @escaping (Question) -> String?
  ) {
    self.host = host
    self.ask = ask
    self.address = address
    login = SSHLogin(host.config, home: settings.home, agentSocket: settings.agentSocket)
  }

  func beginConnection() {
    wantsNewConnection = false
    hasAnswered = false
    login.beginConnection()
  }

  func refusal(of blob: [UInt8], fingerprint: String) -> RemoteProblem? {
    host.refusal(of: blob, fingerprint: fingerprint, asking: ask)
  }

  var badCertificate: RemoteProblem {
    RemoteProblem(.notAuthorised, "\(address) shows a bad certificate", "Check the address.")
  }

  func logIn(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>, _ url: String,
    _ allowed: UInt32
  ) throws(RemoteProblem) -> Int32 {
    if allowed & UInt32(GIT_CREDENTIAL_USERNAME.rawValue) != 0 {
      return git_credential_username_new(out, host.user)
    }
    guard allowed & UInt32(GIT_CREDENTIAL_SSH_KEY.rawValue) != 0 else {
      throw RemoteProblem(
        .notAuthorised, "\(host.shown) lets \(host.user) in by password only, not by a key",
        "Ask its keeper to allow keys; folio does not handle ssh passwords.")
    }
    // A second question on one connection: the key before was shown, so its passphrase was right.
    if hasAnswered { login.passphraseWasRight() }
    if login.isFull, login.hasMore {
      wantsNewConnection = true
      throw notLetIn
    }
    guard let (way, passphrase) = login.next(asking: ask) else { throw notLetIn }
    hasAnswered = true
    switch way {
    case .file(let file):
      return git_credential_ssh_key_new(out, host.user, nil, file.path, passphrase)
    case .agent(let identity):
      guard let agent = login.agent else { throw notLetIn }
      let signer = AgentSigner(agent, identity.blob)
      signers.append(signer)
      return identity.blob.withUnsafeBufferPointer { blob in
        blob.withMemoryRebound(to: CChar.self) { text in
          git_credential_ssh_custom_new(
            out, host.user, text.baseAddress, text.count, AgentSigner.sign,
            Unmanaged.passUnretained(signer).toOpaque())
        }
      }
    }
  }

  /// Why nobody was let in, once every key was tried.
  var notLetIn: RemoteProblem {
    var why =
      login.hasShownKey
      ? "none of the keys of this machine is known there for \(host.user)"
      : "there is no key to show for \(host.user)"
    if !login.remarks.isEmpty { why += " (\(login.remarks.joined(separator: "; ")))" }
    return RemoteProblem(
      .notAuthorised, "\(address) does not let you in: \(why)", login.remedy(host.shown))
  }
}

/// Signs with a key of the agent when libssh2 asks.
private final class AgentSigner {
  private let agent: SSHAgent
  private let blob: [UInt8]

  init(_ agent: SSHAgent, _ blob: [UInt8]) {
    self.agent = agent
    self.blob = blob
  }

  static let sign: git_credential_sign_cb = { _, signature, size, data, count, payload in
    guard let signature, let size, let data, let raw = payload?.pointee else { return -1 }
    let this = Unmanaged<AgentSigner>.fromOpaque(raw).takeUnretainedValue()
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let made = this.agent.sign(bytes, with: this.blob), let copy = malloc(made.count) else {
      return -1
    }
    copy.copyMemory(from: made, byteCount: made.count)
    signature.pointee = copy.assumingMemoryBound(to: UInt8.self)
    size.pointee = made.count
    return 0
  }
}
