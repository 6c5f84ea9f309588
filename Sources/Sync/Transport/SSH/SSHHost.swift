internal import Notes

/// A host to reach over ssh, with all that is known of it.
struct SSHHost {
  let place: RemoteAddress.SSHPlace
  let config: SSHConfig
  let name: String
  let port: Int
  let user: String
  let known: KnownHosts
  /// The file that a new key is written to; nil when the settings name none that can be.
  let pinFile: String?
  /// The host as lines of known_hosts name it.
  let lineName: String

  init(_ place: RemoteAddress.SSHPlace, _ settings: TransportSettings) throws(RemoteProblem) {
    self.place = place
    config = Self.config(of: place, settings)
    if let proxy = config.proxy {
      throw RemoteProblem(
        .unsafe,
        "~/.ssh/config sends \(place.host) through another host (\(proxy)), which is not supported",
        "Open the way by hand, such as 'ssh -N -L 2222:\(config.hostName ?? place.host):22 GATE', "
          + "and use ssh://localhost:2222/PATH as the address; or use https.")
    }
    name = config.hostName ?? place.host
    port = place.port ?? config.port ?? 22
    user = place.user ?? config.user ?? settings.user
    lineName = config.hostKeyAlias ?? (port == 22 ? name : "[\(name)]:\(port)")
    let own =
      config.userKnownHosts ?? ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]
    let system =
      config.globalKnownHosts
      ?? settings.systemFolder.map { ["\($0)/ssh_known_hosts", "\($0)/ssh_known_hosts2"] } ?? []
    let config = config
    let paths = own.map { config.expanded($0) }
    pinFile = paths.first { $0 != "/dev/null" && $0 != "none" }
    known = KnownHosts(
      files: paths + system.map { config.expanded($0) }, of: lineName,
      plain: config.hostKeyAlias ?? name)
  }

  static func config(
    of place: RemoteAddress.SSHPlace, _ settings: TransportSettings
  ) -> SSHConfig {
    var files = [settings.home + "/.ssh/config"]
    if let folder = settings.systemFolder { files.append(folder + "/ssh_config") }
    return SSHConfig(of: place.host, home: settings.home, files: files)
  }

  /// The host and port for people.
  var shown: String { port == 22 ? name : "\(name) port \(port)" }

  /// The address in the form that libgit2 reads, with what the settings say put in.
  var url: String {
    let host = name.contains(":") ? "[\(name)]" : name
    if place.path.hasPrefix("/") { return "ssh://\(user)@\(host):\(port)\(place.path)" }
    // A path from the home folder has no other form that reaches another port.
    if port == 22, !name.contains(":") { return "\(user)@\(name):\(place.path)" }
    let path = place.path.hasPrefix("~") ? place.path : "~/" + place.path
    return "ssh://\(user)@\(host):\(port)/\(path)"
  }

  /// The lines of a known_hosts file that makes libgit2 ask the host for one kind of key: the key
  /// that is known, else one that no host has.
  func lines(askingFor type: String) -> String {
    let blob =
      known.keys.first { $0.type == type }?.blob ?? SSHBlob.part(Array(type.utf8))
      + Self.filler(type)
    let key = "\(type) \(Base64.encode(blob, padded: true))"
    return "[\(name)]:\(port) \(key)\n\(name) \(key)\n"
  }

  private static func filler(_ type: String) -> [UInt8] {
    SSHBlob.part([UInt8](repeating: 0, count: type == "ssh-ed25519" ? 32 : 64))
  }

  /// Whether and why a key that the host shows is not taken; nil when it is the right one.
  func refusal(
    of blob: [UInt8], fingerprint: String, asking ask: (Question) -> String?
  ) -> RemoteProblem? {
    let type = SSHKeyFile.type(blob) ?? "?"
    switch known.verdict(on: blob) {
    case .known: return nil
    case .revoked(let place):
      return RemoteProblem(
        .notAuthorised,
        "\(shown) shows a key that is marked as revoked (\(place)): \(type) \(fingerprint)",
        "Somebody may be between you and it. Ask who keeps the host before you go on.")
    case .changed(let place):
      return RemoteProblem(
        .notAuthorised,
        "\(shown) shows another key than the one that is known (\(place)): \(type) \(fingerprint)",
        "Somebody may be between you and it. Ask who keeps the host; only when its key was really "
          + "changed, run 'ssh-keygen -R \"\(lineName)\"' and try again.")
    case .new(let types): return meet(blob, type, fingerprint, types, ask)
    }
  }

  private func meet(
    _ blob: [UInt8], _ type: String, _ fingerprint: String, _ otherTypes: [String],
    _ ask: (Question) -> String?
  ) -> RemoteProblem? {
    let remark: String
    if let authority = known.authorities.first {
      remark = "(an authority vouches for it, \(authority.place), which is not supported)"
    } else if otherTypes.isEmpty {
      remark = ""
    } else {
      remark =
        "(a key of another kind is known, \(otherTypes.joined(separator: ", ")), which cannot be "
        + "checked here)"
    }
    let isTaken: Bool
    switch config.strictChecking {
    case "accept-new", "no", "off": isTaken = otherTypes.isEmpty && known.authorities.isEmpty
    case "yes": isTaken = false
    default:
      isTaken =
        ask(
          .newHost(name: shown, keyType: type, fingerprint: fingerprint, remark: remark)) == "yes"
    }
    guard isTaken else {
      let why = remark.isEmpty ? "" : " " + remark
      return RemoteProblem(
        .notAuthorised,
        "\(shown) is not known yet; its key is \(type) \(fingerprint)\(why)",
        "Compare that with what its keeper publishes, then run this on a terminal and say yes, or "
          + "add the host to \(pinFile ?? "known_hosts") with 'ssh-keyscan\(port == 22 ? "" : " -p \(port)") \(name)'."
      )
    }
    guard let pinFile else { return nil }
    do throws(FileError) {
      if let slash = pinFile.lastIndex(of: "/") {
        try FileSystem.createFolder(String(pinFile[..<slash]), mode: 0o700)
      }
      try LineFile.append(
        "\(lineName) \(type) \(Base64.encode(blob, padded: true))", to: pinFile, mode: 0o600)
      return nil
    } catch {
      return RemoteProblem(
        .notAuthorised, "the key of \(shown) cannot be kept: \(error.path): \(error.reason)",
        "Mend that and run this again.")
    }
  }
}
