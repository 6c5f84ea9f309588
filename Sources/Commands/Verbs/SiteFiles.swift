internal import Career
internal import EverydayCommands
internal import FullText
internal import Manuscript
internal import Notes
internal import Synchronization
internal import Typesetting

/// The files of a site, every one read through the gate.
struct SiteFiles {
  private(set) var files: [(path: String, bytes: [UInt8])] = []
  private(set) var pages = 0
  /// Pictures that are not shown, as they could not be freed of what is written beside them.
  private(set) var leftOut: [String] = []

  private var search = SearchIndexWriter()

  /// A page, and its words when it can be found by them.
  private struct Made: Sendable {
    var bytes: [UInt8]
    var words: [String: Int]?
  }

  private let source: CareerSource
  private let checked: CheckedChoice
  private let address: String?

  /// - Parameter address: Where the site will be on the web; without it there is no feed and no sitemap.
  init(_ source: CareerSource, _ checked: CheckedChoice, address: String?) throws {
    self.source = source
    self.checked = checked
    self.address = try address.map(Self.checkedAddress)
    let site = Site(
      checked.choice, projectNotes: checked.projectNotes, notes: checked.publicNotes,
      resolver: source.resolver)
    let writer = HTMLWriter(templates: try source.templates(.portfolio), look: checked.look)
    try addPages(site, writer)
    try addLists(site)
    try addAttachments(site)
    add("style.css", writer.styleSheet())
    files.append(("search.js", HTMLWriter.searchScript))
    // Hosts that pass files through Jekyll would leave some out.
    files.append((".nojekyll", []))
  }

  private static func checkedAddress(_ text: String) throws -> String {
    guard let link = Link(text), text.hasPrefix("https://") || text.hasPrefix("http://"),
      !text.contains("?"), !text.contains("#")
    else {
      throw Failure(
        .usage, "\(text) is no address of a site", "Write it as https://maya.example/portfolio/.")
    }
    return link.target.hasSuffix("/") ? link.target : link.target + "/"
  }

  private mutating func add(_ path: String, _ text: String) {
    files.append((path, Array(text.utf8)))
  }

  private mutating func addPages(_ site: Site, _ writer: HTMLWriter) throws {
    let pages = site.pages
    self.pages = pages.count
    let (checked, address) = (self.checked, self.address)
    let navigation = site.navigation
    let hasFeed = address != nil && !site.articles.isEmpty
    let workers = 2
    // A page depends on no other: two threads share them.
    let made = Mutex<[Int: Result<Made, Failure>]>([:])
    concurrently(workers) { worker in
      for index in stride(from: worker, to: pages.count, by: workers) {
        let page = pages[index]
        func step(_ step: Site.Step) -> SiteFrame.Step {
          SiteFrame.Step(label: step.label, path: step.path)
        }
        let frame = SiteFrame(
          up: page.up,
          navigation: navigation.map { SiteFrame.Step(label: $0.label, path: page.up + $0.path) },
          previous: page.previous.map(step), next: page.next.map(step),
          address: address.map { $0 + (page.path == "index.html" ? "" : page.path) },
          hasFeed: hasFeed, isSearch: page.kind == .search)
        let result: Result<Made, Failure>
        do {
          try checked.check(page.document, page.path)
          let bytes = writer.bytes(of: page.document, template: "site.html", frame: frame)
          try checked.check(bytes, page.path)
          let isFound = page.kind == .project || page.kind == .article
          result = .success(
            Made(
              bytes: bytes, words: isFound ? SearchIndexWriter.weights(of: page.document) : nil))
        } catch let failure as Failure {
          result = .failure(failure)
        } catch {
          result = .failure(Failure(.bug, "\(error)", "Please report this."))
        }
        made.withLock { $0[index] = result }
      }
    }
    let results = made.withLock { $0 }
    for (index, page) in pages.enumerated() {
      guard let made = try results[index]?.get() else { continue }
      files.append((page.path, made.bytes))
      if let words = made.words {
        search.add(path: page.path, document: page.document, weights: words)
      }
    }
  }

  private mutating func addLists(_ site: Site) throws {
    let script = search.script()
    try checked.check(script, "search-index.js")
    add("search-index.js", script)
    guard let address else { return }
    let writer = FeedWriter(address: address)
    if !site.articles.isEmpty {
      let entries = site.articles.prefix(30).map {
        FeedWriter.Entry(
          title: $0.title, path: $0.page, day: ($0.day ?? checked.choice.day).iso,
          summary: $0.summary)
      }
      let feed = writer.feed(
        title: site.pages.first?.document.title ?? "", author: checked.choice.profile.name,
        day: checked.choice.day.iso, entries: entries)
      try checked.check(feed, "feed.xml")
      add("feed.xml", feed)
    }
    add("sitemap.xml", writer.sitemap(site.pages.map { ($0.path, $0.day?.iso) }))
  }

  /// Pictures that articles show, without what their cameras wrote into them.
  private mutating func addAttachments(_ site: Site) throws {
    for path in site.attachments {
      let inside = try VaultPath(path)
      try source.vault.refuseLinksOutside(inside)
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try FileSystem.read(source.vault.absolute(inside), limit: 20 << 20)
      } catch {
        leftOut.append(path)
        continue
      }
      guard bytes.count < 20 << 20, let clean = ImageMetadata.stripped(bytes) else {
        leftOut.append(path)
        continue
      }
      // The gate reads what may still be written in them.
      try checked.check(clean, path)
      files.append((ArticleFile.sitePath(path), clean))
    }
  }
}
