/// A feed of articles as Atom (RFC 4287), and the list of all pages as sitemaps.org describes it.
public struct FeedWriter: Sendable {
  public struct Entry: Sendable {
    public var title: String
    /// Relative to the site.
    public var path: String
    /// `2026-11-22`.
    public var day: String
    public var summary: String

    public init(title: String, path: String, day: String, summary: String) {
      self.title = title
      self.path = path
      self.day = day
      self.summary = summary
    }
  }

  /// The address of the site on the web, with a slash at its end.
  public let address: String

  /// - Parameter address: An `http` or `https` address; a slash is added when it has none at its end.
  public init(address: String) {
    self.address = address.hasSuffix("/") ? address : address + "/"
  }

  /// - Parameters:
  ///   - day: The day of the site, for a feed without entries.
  ///   - entries: The newest first.
  public func feed(title: String, author: String, day: String, entries: [Entry]) -> String {
    let updated = entries.map(\.day).max() ?? day
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
      "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
      "<title>\(XMLText.escaped(title))</title>",
      "<id>\(XMLText.escaped(address))</id>",
      "<link href=\"\(XMLText.escaped(address))\"/>",
      "<link rel=\"self\" href=\"\(XMLText.escaped(address + "feed.xml"))\"/>",
      "<updated>\(Self.moment(updated))</updated>",
      "<author><name>\(XMLText.escaped(author))</name></author>",
    ]
    for entry in entries {
      let link = XMLText.escaped(address + entry.path)
      lines += [
        "<entry>", "<title>\(XMLText.escaped(entry.title))</title>", "<id>\(link)</id>",
        "<link href=\"\(link)\"/>", "<updated>\(Self.moment(entry.day))</updated>",
        "<summary>\(XMLText.escaped(entry.summary))</summary>", "</entry>",
      ]
    }
    return (lines + ["</feed>"]).joined(separator: "\n") + "\n"
  }

  /// - Parameter pages: Paths relative to the site with the day of their content, where it is known.
  public func sitemap(_ pages: [(path: String, day: String?)]) -> String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">",
    ]
    for page in pages {
      let path = page.path == "index.html" ? "" : page.path
      lines.append(
        "<url><loc>\(XMLText.escaped(address + path))</loc>"
          + (page.day.map { "<lastmod>\($0)</lastmod>" } ?? "") + "</url>")
    }
    return (lines + ["</urlset>"]).joined(separator: "\n") + "\n"
  }

  /// A day as RFC 3339 writes a moment: its first in UTC.
  private static func moment(_ day: String) -> String {
    let parts = day.split(separator: "-").map(String.init)
    let full = parts + Array(repeating: "01", count: max(0, 3 - parts.count))
    return full.prefix(3).joined(separator: "-") + "T00:00:00Z"
  }
}
