internal import Notes

/// The host keys that are known, as `known_hosts` files have them: a line a key,
///
///     [MARKER] HOSTS TYPE BASE64 [COMMENT]
///
/// HOSTS are names with commas between, each plain, with `*`, `?` or `!`, `[name]:port`, or hidden as
/// `|1|SALT|CODE`; MARKER is `@revoked` or `@cert-authority`. Lines that are none of this are skipped:
/// libgit2 would refuse every connection because of one.
struct KnownHosts {
  struct Key: Equatable {
    let type: String
    let blob: [UInt8]
    /// Where it is written: `/home/maya/.ssh/known_hosts:12`.
    let place: String
  }

  /// Keys that the host may show.
  private(set) var keys: [Key] = []
  /// Keys that nobody may show any more.
  private(set) var revoked: [Key] = []
  /// Lines that trust whatever an authority has signed, which libssh2 cannot check.
  private(set) var authorities: [Key] = []
  /// Keys of the host at no port in particular, good for any port.
  private var portless: [Key] = []

  /// Reads what the files say of a host.
  ///
  /// - Parameter name: The host as lines name it: `host`, or `[host]:port` for another port than 22.
  init(files: [String], of name: String, plain host: String) {
    for file in files {
      guard let bytes = try? FileSystem.read(file, limit: 16 << 20) else { continue }
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        read(
          String(decoding: line, as: UTF8.self), "\(file):\(number + 1)", name, host)
      }
    }
  }

  private mutating func read(_ line: String, _ place: String, _ name: String, _ host: String) {
    var fields = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }[...]
    guard let first = fields.first, !first.hasPrefix("#") else { return }
    var marker: Substring?
    if first.hasPrefix("@") { marker = fields.removeFirst() }
    guard fields.count >= 3, let blob = Base64.decode(fields[fields.startIndex + 2]),
      SSHBlob(blob).first.map({ String(decoding: $0, as: UTF8.self) })
        == String(fields[fields.startIndex + 1])
    else { return }
    let key = Key(type: String(fields[fields.startIndex + 1]), blob: blob, place: place)
    let names = fields[fields.startIndex]
    let isNamed = Self.names(names, name)
    let isNamedPlain = name != host && Self.names(names, host)
    switch marker {
    case nil:
      if isNamed { keys.append(key) } else if isNamedPlain { portless.append(key) }
    case "@revoked": if isNamed || isNamedPlain { revoked.append(key) }
    case "@cert-authority": if isNamed { authorities.append(key) }
    default: break
    }
  }

  private static func names(_ field: Substring, _ name: String) -> Bool {
    if field.hasPrefix("|") {
      let parts = field.split(separator: "|")
      guard parts.count == 3, parts[0] == "1", let salt = Base64.decode(parts[1]),
        let code = Base64.decode(parts[2])
      else { return false }
      return SHA1.code(of: Array(name.lowercased().utf8), key: salt) == code
    }
    return SSHPattern.fits(name, anyOf: field.split(separator: ","))
  }

  enum Verdict: Equatable {
    case known
    case revoked(String)
    /// Another key of that kind is known.
    case changed(String)
    /// Nothing is known of the host, or only keys of other kinds.
    case new(otherTypes: [String])
  }

  /// What a key that a host shows is worth.
  func verdict(on blob: [UInt8]) -> Verdict {
    if let key = revoked.first(where: { $0.blob == blob }) { return .revoked(key.place) }
    if keys.contains(where: { $0.blob == blob }) || portless.contains(where: { $0.blob == blob }) {
      return .known
    }
    let type = SSHBlob(blob).first.map { String(decoding: $0, as: UTF8.self) }
    if let key = keys.first(where: { $0.type == type }) { return .changed(key.place) }
    return .new(otherTypes: keys.map(\.type))
  }

  /// The kinds of keys to ask the host for, best first: those that are known, then the others.
  ///
  /// libssh2 1.10 has no other, and signs an RSA key with SHA-1 only, which servers of today refuse.
  var typesToAskFor: [String] {
    let all = [
      "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
    ]
    let known = (keys + portless).map(\.type)
    return all.filter(known.contains) + all.filter { !known.contains($0) }
  }
}

/// The parts of a binary value of ssh: each a length of four bytes and that many bytes.
struct SSHBlob {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: some Sequence<UInt8>) { rest = ArraySlice(Array(bytes)) }

  /// The next part; nil when there is none.
  mutating func next() -> [UInt8]? {
    guard let count = number(), count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func number() -> Int? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func byte() -> UInt8? { rest.popFirst() }

  var first: [UInt8]? {
    var copy = self
    return copy.next()
  }

  static func part(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let count = UInt32(bytes.count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> UInt32($0)) } + bytes
  }
}
