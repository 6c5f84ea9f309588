internal import Notes

/// Where a remote is: a folder, or a URL of a kind that is allowed.
public struct RemoteAddress: Equatable, Sendable {
  /// How it is reached.
  enum Kind: Equatable, Sendable {
    case folder
    case ssh(SSHPlace)
    case web(WebPlace)
  }

  /// A repository behind ssh.
  struct SSHPlace: Equatable, Sendable {
    var user: String?
    /// As typed, which may be a name of `~/.ssh/config`.
    var host: String
    var port: Int?
    /// From `/` on, or as seen from the home of the user there.
    var path: String
  }

  /// A repository behind https or http.
  struct WebPlace: Equatable, Sendable {
    var isSecure: Bool
    var user: String?
    var host: String
    var port: Int?
  }

  /// As git's settings have it.
  public let text: String
  let kind: Kind

  /// Whether it is a folder of this machine.
  public var isFolder: Bool { kind == .folder }

  /// Whether what is sent there can be read on the way.
  public var isPlain: Bool {
    guard case .web(let place) = kind else { return false }
    return !place.isSecure && !place.isLoopback
  }

  /// The address without a password, for people.
  public var shown: String { Self.harmless(text) }

  /// The host that is talked to; nil for a folder.
  public var host: String? {
    switch kind {
    case .folder: nil
    case .ssh(let place): place.host
    case .web(let place): place.host
    }
  }

  /// Reads an address as a person types it; paths are taken from `folder`.
  ///
  /// - Parameter plain: Whether http to another machine is taken, which everybody on the way can read.
  public init(_ typed: String, from folder: String, plain: Bool = false) throws(SyncError) {
    func bad(_ reason: String) -> SyncError { .badAddress(Self.harmless(typed), reason: reason) }
    guard !typed.isEmpty, !typed.hasPrefix("-"),
      !typed.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { throw bad("it is no address") }
    if let scheme = Self.scheme(of: typed) {
      let rest = typed.dropFirst(scheme.count + 3)
      if scheme == "file" {
        guard rest.hasPrefix("/") else { throw bad("a file: address begins with file:///") }
        self.init(folder: String(rest))
        return
      }
      guard ["ssh", "https", "http"].contains(scheme) else {
        throw bad("\(scheme) is not a kind of address that sync uses")
      }
      let authority = rest.prefix { $0 != "/" }
      let path = String(rest.dropFirst(authority.count))
      let (user, host, port) = try Self.parts(of: authority, bad)
      if scheme == "ssh" {
        guard path.count > 1 else { throw bad("it names no path") }
        try Self.check(path: path, bad)
        self.init(typed, .ssh(SSHPlace(user: user, host: host, port: port, path: path)))
        return
      }
      if let user, Self.looksSecret(user) {
        throw bad("a token does not belong in an address, for it would be kept in clear")
      }
      let place = WebPlace(isSecure: scheme == "https", user: user, host: host, port: port)
      guard place.isSecure || place.isLoopback || plain else {
        throw bad("http is not private; use https, or --insecure if it must be")
      }
      self.init(typed, .web(place))
      return
    }
    if let place = typed.firstRange(of: "::"), !typed[..<place.lowerBound].contains("[") {
      throw bad("it names a program")
    }
    if let colon = Self.colonOfShortForm(typed) {
      let path = String(typed[typed.index(after: colon)...])
      guard !path.isEmpty, !path.hasPrefix("-") else { throw bad("it names no host and path") }
      try Self.check(path: path, bad)
      let (user, host, port) = try Self.parts(of: typed[..<colon], bad)
      self.init(typed, .ssh(SSHPlace(user: user, host: host, port: port, path: path)))
      return
    }
    self.init(folder: FileSystem.absolute(typed, from: folder))
  }

  private init(_ text: String, _ kind: Kind) {
    self.text = text
    self.kind = kind
  }

  private init(folder: String) { self.init(folder, .folder) }

  /// The `:` of `user@host:path`; nil when the text is a path.
  private static func colonOfShortForm(_ text: String) -> String.Index? {
    var start = text.startIndex
    if let open = text.firstIndex(of: "["), !text[..<open].contains("/"),
      let close = text[open...].firstIndex(of: "]")
    {
      start = close
    }
    guard let colon = text[start...].firstIndex(of: ":"), !text[..<colon].contains("/") else {
      return nil
    }
    return colon
  }

  private static func parts(
    of authority: Substring, _ bad: (String) -> SyncError
  ) throws(SyncError) -> (user: String?, host: String, port: Int?) {
    var host = authority
    var user: Substring?
    if let at = authority.lastIndex(of: "@") {
      user = authority[..<at]
      host = authority[authority.index(after: at)...]
    }
    if let name = user {
      if name.contains(":") {
        throw bad("a password does not belong in an address, for it would be kept in clear")
      }
      let isFine = name.utf8.allSatisfy {
        isLetterOrDigit($0) || "._-+~".utf8.contains($0)
      }
      guard !name.isEmpty, !name.hasPrefix("-"), isFine else {
        throw bad("its user name has a character that is not used in one")
      }
    }
    var port: Int?
    if host.hasPrefix("[") {
      guard let close = host.firstIndex(of: "]") else { throw bad("a ']' is missing") }
      let rest = host[host.index(after: close)...]
      if !rest.isEmpty {
        guard rest.hasPrefix(":"), let number = Int(rest.dropFirst()) else {
          throw bad("its port is no number")
        }
        port = number
      }
      host = host[host.index(after: host.startIndex)..<close]
    } else if let colon = host.firstIndex(of: ":") {
      guard let number = Int(host[host.index(after: colon)...]) else {
        throw bad("its port is no number")
      }
      port = number
      host = host[..<colon]
    }
    let isFine = host.utf8.allSatisfy { isLetterOrDigit($0) || ".-_:%".utf8.contains($0) }
    guard !host.isEmpty, !host.hasPrefix("-"), isFine else { throw bad("it names no host") }
    guard port.map({ (1...65_535).contains($0) }) ?? true else {
      throw bad("its port is no number up to 65535")
    }
    return (user.map(String.init), String(host), port)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// The other side's shell reads the path between quotes.
  private static func check(
    path: String, _ bad: (String) -> SyncError
  ) throws(SyncError) {
    if path.contains("'") || path.contains("!") || path.contains("\\") {
      throw bad("its path has a character that a shell there could read as its own")
    }
  }

  private static func scheme(of text: String) -> String? {
    guard let place = text.firstRange(of: "://") else { return nil }
    return text[..<place.lowerBound].lowercased()
  }

  /// Whether the user part of an address is a token, as the hosts give them out.
  private static func looksSecret(_ user: String) -> Bool {
    let marks = ["ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "ATBB", "hf_"]
    return marks.contains { user.hasPrefix($0) }
      || user.count >= 32 && user.contains(where: \.isNumber)
  }

  /// The address without a password, for people.
  static func harmless(_ text: String) -> String {
    guard let place = text.firstRange(of: "://") else { return text }
    let rest = text[place.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@") else { return text }
    let user = authority[..<at]
    let end: Substring.Index
    if let colon = user.firstIndex(of: ":") {
      end = colon
    } else if text.hasPrefix("http"), looksSecret(String(user)) {
      return String(text[..<place.upperBound] + "…" + rest[at...])
    } else {
      return text
    }
    return String(text[..<place.upperBound] + authority[..<end] + rest[at...])
  }
}

extension RemoteAddress.WebPlace {
  var isLoopback: Bool { ["localhost", "127.0.0.1", "::1"].contains(host) }
}
