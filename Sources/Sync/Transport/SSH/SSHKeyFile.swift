internal import Notes

/// A file with a private key: of what kind it is, without opening it.
struct SSHKeyFile: Equatable {
  enum Kind: Equatable {
    case usable
    /// RSA or DSA: the git library can only sign in a way that servers refuse.
    case tooOld(String)
    /// A key of another kind, such as one on a stick.
    case unknown(String)
  }

  let path: String
  let kind: Kind
  let isEncrypted: Bool
  /// The public half, when the file shows it without a passphrase.
  let publicKey: [UInt8]?

  /// Reads a key; nil when the file holds none or cannot be read.
  init?(_ path: String) {
    guard let bytes = try? FileSystem.read(path, limit: 1 << 16) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    self.path = path
    guard let begin = text.firstRange(of: "-----BEGIN "),
      let end = text[begin.upperBound...].firstRange(of: " PRIVATE KEY-----")
    else { return nil }
    let label = text[begin.upperBound..<end.lowerBound]
    guard label == "OPENSSH" else {
      publicKey = Self.publicHalf(beside: path)
      isEncrypted = label == "ENCRYPTED" || text.contains("ENCRYPTED")
      switch label {
      case "RSA", "DSA": kind = .tooOld(String(label))
      case "EC": kind = .usable
      default:
        // PKCS#8 names the algorithm inside; the public half beside it tells.
        kind = Self.kind(of: publicKey.flatMap(Self.type) ?? "")
      }
      return
    }
    let body = text[end.upperBound...].prefix { $0 != "-" }.filter { !$0.isWhitespace }
    let magic = Array("openssh-key-v1\0".utf8)
    guard let raw = Base64.decode(body), raw.starts(with: magic) else { return nil }
    var blob = SSHBlob(raw.dropFirst(magic.count))
    guard let cipher = blob.next(), blob.next() != nil, blob.next() != nil, blob.number() == 1,
      let key = blob.next()
    else { return nil }
    isEncrypted = cipher != Array("none".utf8)
    publicKey = key
    kind = Self.kind(of: Self.type(key) ?? "")
  }

  static func kind(of type: String) -> Kind {
    switch type {
    case "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
      .usable
    case "ssh-rsa": .tooOld("RSA")
    case "ssh-dss": .tooOld("DSA")
    default: .unknown(type)
    }
  }

  static func type(_ blob: [UInt8]) -> String? {
    SSHBlob(blob).first.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func publicHalf(beside path: String) -> [UInt8]? { publicKey(in: path + ".pub") }

  /// The key of a file with a public key on one line, such as `id_ed25519.pub`.
  static func publicKey(in path: String) -> [UInt8]? {
    guard let bytes = try? FileSystem.read(path, limit: 1 << 16) else { return nil }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count >= 2, let blob = Base64.decode(words[1]), type(blob) == String(words[0])
    else {
      return nil
    }
    return blob
  }
}
