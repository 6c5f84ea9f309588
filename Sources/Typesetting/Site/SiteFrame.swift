/// What stands around the document of a page of a site.
public struct SiteFrame: Sendable {
  public struct Step: Sendable {
    public var label: String
    /// Relative to the page.
    public var path: String

    public init(label: String, path: String) {
      self.label = label
      self.path = path
    }
  }

  /// What leads from the page to the top of the site: empty or `../`.
  public var up: String
  /// The site's own navigation, the first page first.
  public var navigation: [Step]
  public var previous: Step?
  public var next: Step?
  /// The address of the page on the web; nil when the site has none yet.
  public var address: String?
  public var hasFeed: Bool
  /// Whether the page is the one to search in.
  public var isSearch: Bool

  public init(
    up: String, navigation: [Step], previous: Step? = nil, next: Step? = nil,
    address: String? = nil, hasFeed: Bool = false, isSearch: Bool = false
  ) {
    self.up = up
    self.navigation = navigation
    self.previous = previous
    self.next = next
    self.address = address
    self.hasFeed = hasFeed
    self.isSearch = isSearch
  }

  /// The values of the template.
  var values: [String: Any] {
    func step(_ step: Step?) -> Any {
      step.map { ["label": $0.label, "path": $0.path] as [String: Any] } ?? false
    }
    return [
      "up": up, "navigation": navigation.map { step($0) }, "previous": step(previous),
      "next": step(next), "hasNeighbours": previous != nil || next != nil,
      "address": HTMLWriter.orFalse(address ?? ""), "hasFeed": hasFeed, "isSearch": isSearch,
    ]
  }
}
