internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What ssh's settings say of a host: `~/.ssh/config`, then `/etc/ssh/ssh_config`.
///
/// The first value that is found counts, as in ssh. Read are Host, HostName, User, Port,
/// IdentityFile, IdentitiesOnly, IdentityAgent, UserKnownHostsFile, GlobalKnownHostsFile,
/// HostKeyAlias, StrictHostKeyChecking and Include; ProxyJump and ProxyCommand are refused by name. Match
/// blocks that ask for `host`, `originalhost` or `all` are read; others are passed over, and named.
struct SSHConfig: Equatable {
  var hostName: String?
  var user: String?
  var port: Int?
  var identityFiles: [String] = []
  var identitiesOnly: Bool?
  var identityAgent: String?
  var userKnownHosts: [String]?
  var globalKnownHosts: [String]?
  var hostKeyAlias: String?
  var strictChecking: String?
  /// A way through another host, which folio does not take: `ProxyJump gate`.
  var proxy: String?

  /// Match blocks that ask for more than the host, which are not read: `Match exec "test -e x"`.
  private(set) var passedOver: [String] = []

  private let host: String
  private let home: String
  private var isProxyDecided = false

  init(of host: String, home: String, files: [String]) {
    self.host = host
    self.home = home
    for file in files { read(file, depth: 0) }
  }

  private mutating func read(_ file: String, depth: Int) {
    guard depth < 5, let bytes = try? FileSystem.read(file, limit: 1 << 20) else { return }
    var isForHost = true
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      var words = Self.words(line)
      guard let key = words.first?.lowercased() else { continue }
      words.removeFirst()
      switch key {
      case "host": isForHost = SSHPattern.fits(host, anyOf: words.map { $0[...] })
      case "match":
        let fits = fits(words)
        if fits == nil { passedOver.append("Match " + words.joined(separator: " ")) }
        isForHost = fits ?? false
      case "include" where isForHost:
        for pattern in words {
          let path = expanded(pattern)
          let folder = file.hasPrefix("/etc/") ? "/etc/ssh/" : home + "/.ssh/"
          for found in Self.files(matching: path.hasPrefix("/") ? path : folder + path) {
            read(found, depth: depth + 1)
          }
        }
      default: if isForHost { set(key, words) }
      }
    }
  }

  /// Whether a Match block is about the host; nil when it asks for something else than the host.
  private func fits(_ criteria: [String]) -> Bool? {
    var fits = true
    var rest = criteria[...]
    while let word = rest.popFirst()?.lowercased() {
      let isNegated = word.hasPrefix("!")
      let name = isNegated ? String(word.dropFirst()) : word
      if name == "all" {
        fits = fits && !isNegated
        continue
      }
      guard name == "host" || name == "originalhost", let patterns = rest.popFirst() else {
        return nil
      }
      let wanted = name == "host" ? hostName ?? host : host
      let isFound = SSHPattern.fits(wanted, anyOf: patterns.split(separator: ","))
      fits = fits && isFound != isNegated
    }
    return fits
  }

  private mutating func set(_ key: String, _ words: [String]) {
    guard let value = words.first else { return }
    switch key {
    case "hostname":
      hostName = hostName ?? value.replacing("%h", with: host).replacing("%%", with: "%")
    case "user": user = user ?? value
    case "port": port = port ?? Int(value).flatMap { (1...65_535).contains($0) ? $0 : nil }
    case "identityfile": if value.lowercased() != "none" { identityFiles.append(value) }
    case "identitiesonly": identitiesOnly = identitiesOnly ?? (value.lowercased() == "yes")
    case "identityagent": identityAgent = identityAgent ?? value
    case "userknownhostsfile": userKnownHosts = userKnownHosts ?? words
    case "globalknownhostsfile": globalKnownHosts = globalKnownHosts ?? words
    case "hostkeyalias": hostKeyAlias = hostKeyAlias ?? value
    case "stricthostkeychecking": strictChecking = strictChecking ?? value.lowercased()
    case "proxyjump", "proxycommand":
      guard !isProxyDecided else { return }
      isProxyDecided = true
      let name = key == "proxyjump" ? "ProxyJump" : "ProxyCommand"
      if value.lowercased() != "none" { proxy = name + " " + words.joined(separator: " ") }
    default: break
    }
  }

  /// A path with `~` and `%` in it, as ssh reads it.
  func expanded(_ path: String) -> String {
    var path = path
    if path == "~" || path.hasPrefix("~/") { path = home + path.dropFirst() }
    return path.replacing("%d", with: home).replacing("%h", with: hostName ?? host)
      .replacing("%n", with: host).replacing("%%", with: "%")
  }

  /// The words of a line: a key, then values with blanks, or one `=`, between; quotes keep blanks.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var isOpen = false
    var hasEquals = false
    for character in line {
      switch character {
      case "\"":
        isQuoted.toggle()
        isOpen = true
      case "#" where !isOpen && !isQuoted: return words
      case " ", "\t", "\r":
        if isQuoted { word.append(character) } else { fallthrough }
      case "=" where !isQuoted && !hasEquals && (words.isEmpty || words.count == 1 && !isOpen):
        if character == "=" { hasEquals = true }
        if isOpen { words.append(word) }
        word = ""
        isOpen = false
      default:
        word.append(character)
        isOpen = true
      }
    }
    if isOpen { words.append(word) }
    return words
  }

  private static func files(matching pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }
}
