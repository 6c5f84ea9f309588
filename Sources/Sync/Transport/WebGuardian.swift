internal import CLibGit2

/// Logs in to a web server with a token, and only to the host that was named.
final class WebGuardian: Guardian {
  private let place: RemoteAddress.WebPlace
  private let address: String
  private let authorities: String?
  private let ask: (Question) -> String?
  private var hasAnswered = false

  init(
    _ place: RemoteAddress.WebPlace, address: String, authorities: String?,
    ask: @escaping (Question) -> String?
  ) {
    self.place = place
    self.address = address
    self.authorities = authorities
    self.ask = ask
  }

  /// The host with its port, as tokens are kept for it.
  private var hostName: String {
    let usual = place.isSecure ? 443 : 80
    return place.port.map { $0 == usual ? place.host : "\(place.host):\($0)" } ?? place.host
  }

  func logIn(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>, _ url: String,
    _ allowed: UInt32
  ) throws(RemoteProblem) -> Int32 {
    guard isSameHost(url) else {
      throw RemoteProblem(
        .unsafe,
        "\(address) sends on to another host, \(RemoteAddress.harmless(url)), which gets "
          + "no token",
        "If that is the right one, use its address with 'folio remote add'.")
    }
    guard allowed & UInt32(GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue) != 0 else {
      throw RemoteProblem(
        .notAuthorised, "\(address) asks to log in in a way that is not supported",
        "Use a token, or ssh.")
    }
    let ways =
      "Put a token with the right to read and write into $FOLIO_TOKEN, or as the line "
      + "'\(hostName) TOKEN' into the file ~/.config/folio/tokens with mode 0600."
    guard !hasAnswered else {
      throw RemoteProblem(.notAuthorised, "\(address) does not take the token", ways)
    }
    hasAnswered = true
    guard let answer = ask(.token(host: hostName, user: place.user)), !answer.isEmpty else {
      throw RemoteProblem(.notAuthorised, "\(address) asks for a token, and there is none", ways)
    }
    let parts = answer.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let user = parts.count == 2 ? String(parts[0]) : place.user ?? "git"
    let token = String(parts.count == 2 ? parts[1] : parts[0])
    return git_credential_userpass_plaintext_new(out, user, token)
  }

  private func isSameHost(_ url: String) -> Bool {
    guard let asked = try? RemoteAddress(url, from: "/", plain: true),
      case .web(let other) = asked.kind
    else { return false }
    func port(_ place: RemoteAddress.WebPlace) -> Int { place.port ?? (place.isSecure ? 443 : 80) }
    return other.host.lowercased() == place.host.lowercased()
      && other.isSecure == place.isSecure && port(other) == port(place)
  }

  func refusal(of blob: [UInt8], fingerprint: String) -> RemoteProblem? { badCertificate }

  var badCertificate: RemoteProblem {
    RemoteProblem(
      .notAuthorised,
      "the certificate of \(address) is not signed by an authority that is trusted"
        + (authorities.map { " (those of \($0))" } ?? "") + ", or is not for that host",
      "Check the address. If the host has an authority of its own, name its file with --ca-file, "
        + "$FOLIO_CA_FILE, or 'ca_file:' in ~/.config/folio/config.yaml.")
  }
}
