internal import Manuscript
public import Notes

/// Where the links of an article lead once the note is a page among others.
public struct ArticleLinks: Sendable {
  /// A page of the site that was made from a note.
  public struct Page: Sendable {
    /// Relative to the site.
    public var path: String
    public var title: String
  }

  /// The pages of the site by the path of the note they were made from.
  var pages: [String: Page]
  /// Finds the note or the file that a link means.
  var resolver: LinkResolver

  /// Whether all pages are one document, in which a link to a note is the note's title.
  var isOnePiece: Bool

  /// - Parameter pages: The pages by the path of their note.
  public init(pages: [String: Page], resolver: LinkResolver, isOnePiece: Bool = false) {
    self.pages = pages
    self.resolver = resolver
    self.isOnePiece = isOnePiece
  }

  enum Target {
    /// `title` is that of the page when the whole of a note is meant.
    case link(Link, title: String?)
    /// A file of the vault that the article shows: its path inside the vault.
    case attachment(String)
    /// The title of a note that is shown without a page of its own.
    case title(String)
    /// A note that is not for everybody, or nothing at all: the words alone stay.
    case none
  }

  /// What `[[target#fragment]]` in the note at `source` means, seen from a page `depth` folders down.
  func wikilink(_ written: String, from source: VaultPath, up: String) -> Target {
    let parts = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0]).trimmed
    return target(
      name, fragment: parts.count > 1 ? String(parts[1]) : nil,
      resolver.resolve(wikilink: name, from: source), up)
  }

  /// What a Markdown link's address means.
  func address(_ url: String, isImage: Bool, from source: VaultPath, up: String) -> Target {
    if let link = Link(url) { return isImage ? .none : .link(link, title: nil) }
    guard !url.contains(":") || url.hasPrefix("./") else { return .none }
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts.first ?? "").removingPercentEncoding
    return target(
      path, fragment: parts.count > 1 ? String(parts[1]) : nil,
      resolver.resolve(address: path, from: source), up)
  }

  private func target(
    _ target: String, fragment: String?,
    _ resolution: @autoclosure () -> LinkResolver.Resolution, _ up: String
  ) -> Target {
    let anchor = fragment.flatMap { $0.hasPrefix("^") ? nil : Slug.make($0) }
    if target.isEmpty {
      return anchor.flatMap { Link(page: "#" + $0) }.map { .link($0, title: nil) } ?? .none
    }
    switch resolution() {
    case .note(let path):
      guard let page = pages[path.description] else { return .none }
      if isOnePiece { return .title(page.title) }
      let suffix = anchor.map { "#" + $0 } ?? ""
      return Link(page: up + page.path + suffix).map {
        .link($0, title: suffix.isEmpty ? page.title : nil)
      } ?? .none
    case .file(let path):
      return ArticleFile.isShown(path) ? .attachment(path) : .none
    case .ambiguous, .site, .missing: return .none
    }
  }
}

/// Files beside notes that an article may carry along.
public enum ArticleFile {
  /// Pictures that browsers show and that run nothing. SVG is left out: it can hold scripts and links.
  static let extensions: Set<String> = ["png", "jpg", "jpeg", "gif", "webp"]

  static func isShown(_ path: String) -> Bool {
    guard let dot = path.lastIndex(of: ".") else { return false }
    return extensions.contains(path[path.index(after: dot)...].lowercased())
  }

  /// Where a file of the vault lies in the site: `files/` and a name that is safe in an address.
  public static func sitePath(_ path: String) -> String { "files/" + SitePath.safe(path) }
}

/// Names in a site: of letters, digits, dashes and underscores, whatever the note is called.
public enum SitePath {
  /// `name` with every other byte as `x` and two hexadecimal digits; dots and slashes stay when they
  /// part a name from its ending or a folder from its content.
  static func safe(_ name: String) -> String {
    var out = ""
    for byte in name.utf8 {
      let isSafe =
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || "-_".utf8.contains(byte)
      if isSafe || (byte == UInt8(ascii: ".") && out.last?.isASCIIAlphanumeric == true) {
        out.unicodeScalars.append(UnicodeScalar(byte))
      } else if byte == UInt8(ascii: "/") {
        out += "-"
      } else {
        out += "x" + String(byte, radix: 16)
      }
    }
    return out
  }
}

extension Character {
  fileprivate var isASCIIAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
}

extension String {
  /// With `%20` and the like read; the text as it is when they make no UTF-8.
  fileprivate var removingPercentEncoding: String {
    guard contains("%") else { return self }
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "%"), rest.count >= 3,
        let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? self
  }
}
