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
  let isSite: Bool

  public init(
    up: String, navigation: [Step], previous: Step? = nil, next: Step? = nil,
    address: String? = nil, hasFeed: Bool = false, isSearch: Bool = false
  ) {
    self.init(
      up: up, navigation: navigation, previous: previous, next: next, address: address,
      hasFeed: hasFeed, isSearch: isSearch, isSite: true)
  }

  private init(
    up: String, navigation: [Step], previous: Step? = nil, next: Step? = nil,
    address: String? = nil, hasFeed: Bool = false, isSearch: Bool = false, isSite: Bool
  ) {
    self.isSite = isSite
    self.up = up
    self.navigation = navigation
    self.previous = previous
    self.next = next
    self.address = address
    self.hasFeed = hasFeed
    self.isSearch = isSearch
  }

  /// What a document by itself has around it.
  static let none = SiteFrame(up: "", navigation: [], isSite: false)

  /// The values of the template.
  var values: [(TemplateVariable, TemplateValue)] {
    func object(_ step: Step) -> TemplateObject {
      TemplateObject(.step, [(.label, .text(step.label)), (.path, .text(step.path))])
    }
    func value(_ step: Step?) -> TemplateValue {
      step.map { .object(object($0)) } ?? .flag(false)
    }
    return [
      (.up, .text(up)), (.navigation, .list(navigation.map(object))), (.previous, value(previous)),
      (.next, value(next)), (.hasNeighbours, .flag(previous != nil || next != nil)),
      (.address, .text(address ?? "")), (.hasFeed, .flag(hasFeed)), (.isSearch, .flag(isSearch)),
      (.isSite, .flag(isSite)),
    ]
  }
}
