/// What only a person can answer while a remote is talked to.
public enum Question: Equatable, Sendable {
  /// A host is met for the first time. "yes" pins its key.
  case newHost(name: String, keyType: String, fingerprint: String, remark: String)
  /// The key in a file is encrypted; the answer is its passphrase.
  case passphrase(path: String, isAgain: Bool)
  /// A web server asks who is there; the answer is the user, a line feed, and the token.
  case token(host: String, user: String?)
  /// Git's settings turn an address into another one. "yes" remembers that this is wanted.
  case otherAddress(written: String, used: String)
  /// The way to a host can be read by others. "yes" remembers that this is wanted.
  case plain(address: String)

  /// The question as the words of a line between processes.
  var words: [String] {
    switch self {
    case .newHost(let name, let type, let print, let remark):
      ["new-host", name, type, print, remark]
    case .passphrase(let path, let isAgain): ["passphrase", path, isAgain ? "again" : ""]
    case .token(let host, let user): ["token", host, user ?? ""]
    case .otherAddress(let written, let used): ["other-address", written, used]
    case .plain(let address): ["plain", address]
    }
  }

  init?(_ words: [String]) {
    switch (words.first, words.count) {
    case ("new-host", 5):
      self = .newHost(name: words[1], keyType: words[2], fingerprint: words[3], remark: words[4])
    case ("passphrase", 3): self = .passphrase(path: words[1], isAgain: words[2] == "again")
    case ("token", 3): self = .token(host: words[1], user: words[2].isEmpty ? nil : words[2])
    default: return nil
    }
  }
}
