internal import Notes

/// Where a remote is: a folder, or a URL of a kind that is allowed.
public struct RemoteAddress: Equatable, Sendable {
  /// As git's settings have it.
  public let text: String
  /// Whether it is a folder of this machine.
  public let isFolder: Bool

  /// Reads an address as a person types it; paths are taken from `folder`.
  public init(_ typed: String, from folder: String) throws(SyncError) {
    func bad(_ reason: String) -> SyncError { .badAddress(Self.harmless(typed), reason: reason) }
    guard !typed.isEmpty, !typed.hasPrefix("-"),
      !typed.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { throw bad("it is no address") }
    if let scheme = Self.scheme(of: typed) {
      let rest = typed.dropFirst(scheme.count + 3)
      switch scheme {
      case "file":
        guard rest.hasPrefix("/") else { throw bad("a file: address begins with file:///") }
        text = String(rest)
        isFolder = true
        return
      case "ssh", "https": break
      case "http":
        let host = rest.prefix { $0 != "/" && $0 != ":" }
        guard ["localhost", "127.0.0.1", "[::1]"].contains(String(host)) else {
          throw bad("http is not private; use https")
        }
      default: throw bad("\(scheme) is not a kind of address that sync uses")
      }
      let authority = rest.prefix { $0 != "/" }
      guard !authority.isEmpty, !authority.hasPrefix("-") else { throw bad("it names no host") }
      if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") {
        throw bad("a password does not belong in an address, for it would be kept in clear")
      }
      text = typed
      isFolder = false
      return
    }
    if typed.contains("::") { throw bad("it names a program") }
    if let colon = typed.firstIndex(of: ":"), !typed[..<colon].contains("/") {
      let host = typed[..<colon].split(separator: "@").last ?? ""
      guard !host.isEmpty, !host.hasPrefix("-"), typed.index(after: colon) != typed.endIndex else {
        throw bad("it names no host and path")
      }
      text = typed
      isFolder = false
      return
    }
    text = FileSystem.absolute(typed, from: folder)
    isFolder = true
  }

  private static func scheme(of text: String) -> String? {
    guard let place = text.firstRange(of: "://") else { return nil }
    return text[..<place.lowerBound].lowercased()
  }

  /// An address as git's settings have it, read back.
  init(known text: String) {
    self.text = text
    isFolder = text.hasPrefix("/")
  }

  /// The address without a password, for people.
  static func harmless(_ text: String) -> String {
    guard let place = text.firstRange(of: "://") else { return text }
    let rest = text[place.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":")
    else { return text }
    return String(text[..<place.upperBound] + authority[..<colon] + rest[at...])
  }
}
