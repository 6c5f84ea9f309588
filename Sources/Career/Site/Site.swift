internal import Learning
public import Manuscript
public import Notes

/// A portfolio as a site: its pages and how one leads to another.
///
/// There are a first page, a page a project and a page an article, lists of all articles and of those of
/// a tag or a skill area, and a page to search in. Every path is relative to the site.
public struct Site: Sendable {
  /// A link to another page.
  public struct Step: Sendable, Equatable {
    public var label: String
    public var path: String
  }

  public struct Page: Sendable {
    public enum Kind: String, Sendable { case front, project, article, list, search }

    public var kind: Kind
    public var path: String
    public var document: Document
    /// The page before and after it in its row.
    public var previous: Step?
    public var next: Step?
    /// The newest day its content speaks of.
    public var day: CalendarDate?

    /// What leads from the page to the top of the site: empty or `../`.
    public var up: String { path.contains("/") ? "../" : "" }
  }

  public private(set) var pages: [Page] = []
  /// The articles, the newest first.
  public private(set) var articles: [Article] = []
  /// Files of the vault that articles show, by their path inside the vault.
  public private(set) var attachments: [String] = []

  private let choice: Choice
  private let links: ArticleLinks
  private var portfolio: Portfolio
  /// The parts of the tags of each article, in lower case.
  private var tagWords: [Set<String>] = []

  /// - Parameters:
  ///   - choice: What everybody may see of profile and projects.
  ///   - projectNotes: The notes of the projects, for what they tell beyond their front matter.
  ///   - notes: Notes that may become articles; those that are not public are left out.
  ///   - resolver: Finds what links between notes mean.
  public init(_ choice: Choice, projectNotes: [Note], notes: [Note], resolver: LinkResolver) {
    self.choice = choice
    portfolio = Portfolio(choice)
    let written =
      choice.view.sections.contains(.notes) ? Article.all(notes.filter(Article.isOne)) : []
    var known: [String: ArticleLinks.Page] = [:]
    for project in choice.projects {
      known[project.path] = ArticleLinks.Page(
        path: "projects/" + Portfolio.fileName(project), title: project.title)
    }
    for (article, _) in written {
      known[article.note] = ArticleLinks.Page(path: article.page, title: article.title)
    }
    links = ArticleLinks(pages: known, resolver: resolver)
    let bodies = written.map { entry -> (article: Article, body: ArticleBody) in
      let body = ArticleBody(entry.note, title: entry.article.title, links: links, up: "../")
      var article = entry.article
      if article.summary.isEmpty { article.summary = Self.beginning(of: body.sections) }
      return (article, body)
    }.sorted { Self.isBefore($0.article, $1.article) }
    articles = bodies.map(\.article)
    portfolio = Portfolio(choice, articles: articles)
    tagWords = articles.map {
      Set($0.tags.flatMap { $0.lowercased().split(separator: "/").map(String.init) })
    }
    addFront()
    addProjects(Dictionary(projectNotes.map { ($0.path.description, $0) }) { a, _ in a })
    addArticles(bodies)
    addLists()
  }

  /// The newest first; those without a date last, by title.
  static func isBefore(_ a: Article, _ b: Article) -> Bool {
    let (first, second) = (a.day?.firstDay ?? .min, b.day?.firstDay ?? .min)
    if first != second { return first > second }
    return (a.title, a.note) < (b.title, b.note)
  }

  /// The first paragraph, cut at a word.
  private static func beginning(of sections: [Section]) -> String {
    for block in sections.flatMap(\.blocks) {
      guard case .paragraph(let runs, _) = block else { continue }
      let text = runs.text
      guard text.count > 200 else { return text }
      let cut = text.prefix(200)
      return (cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? String(cut)) + " …"
    }
    return ""
  }

  // MARK: - Pages

  private mutating func addFront() {
    let newest = articles.prefix(8).map { Block.entry(teaser($0, up: "")) }
    var notes: Section?
    if !articles.isEmpty {
      let all = articles.count > newest.count ? "All \(articles.count) notes" : "All notes by date"
      notes = Section(
        id: "notes", title: "Notes",
        blocks: newest + [
          .paragraph([Run(all, link: Link(page: "notes/index.html"))], tone: .note)
        ])
    }
    pages.append(
      Page(
        kind: .front, path: "index.html",
        document: portfolio.document(sections: portfolio.frontSections(notes: notes)),
        day: choice.day))
  }

  private mutating func addProjects(_ notes: [String: Note]) {
    for (project, made) in zip(choice.projects, portfolio.pages) {
      var document = made.document
      if let note = notes[project.path] {
        let body = ArticleBody(note, title: project.title, links: links, up: "../")
        remember(body.attachments)
        let known = Set(document.sections.map(\.id))
        document.sections += body.sections.map { section in
          var section = section
          if section.title.isEmpty { section.title = "The story" }
          if known.contains(section.id) { section.id += "-story" }
          return section
        }
      }
      let evidence = evidence(of: project)
      if !evidence.isEmpty {
        document.sections.append(Section(id: "evidence", title: "Evidence", blocks: evidence))
      }
      let related = related(to: project)
      if !related.isEmpty {
        document.sections.append(
          Section(
            id: "related", title: "Related notes",
            blocks: [.list(related.map { [Run($0.title, link: Link(page: "../" + $0.page))] })]))
      }
      pages.append(
        Page(
          kind: .project, path: made.path, document: document,
          previous: made.previous.map { Step(label: $0.title, path: $0.path) },
          next: made.next.map { Step(label: $0.title, path: $0.path) },
          day: project.end ?? project.created))
    }
  }

  /// What the numbers of a project rest on, as far as everybody can look at it.
  private func evidence(of project: Project) -> [Block] {
    let lines = project.metrics.filter { $0.visibility == .public }.flatMap { metric in
      metric.evidence.compactMap { one -> [Run]? in
        guard let link = Link(one.reference), one.kind == .url
        else { return nil }
        let words = one.note.flatMap { $0.isEmpty ? nil : $0 } ?? Choice.shortened(one.reference)
        return [Run(metric.name + ": "), Run(words, link: link)]
      }
    }
    return lines.isEmpty ? [] : [.list(lines)]
  }

  /// Articles that share skill areas or tags with a project, the closest first.
  private func related(to project: Project) -> [Article] {
    let skills = Set(project.skills)
    let stack = Set(project.stack.map { $0.lowercased() })
    return
      articles.enumerated().map { index, article -> (score: Int, index: Int) in
        let shared = article.skills.count { skills.contains($0) }
        return (shared * 2 + stack.count { tagWords[index].contains($0) }, index)
      }
      .filter { $0.score > 0 }.sorted { ($1.score, $0.index) < ($0.score, $1.index) }
      .prefix(6).map { articles[$0.index] }
  }

  private mutating func addArticles(_ bodies: [(article: Article, body: ArticleBody)]) {
    for (index, entry) in bodies.enumerated() {
      let article = entry.article
      remember(entry.body.attachments)
      var facts: [[Run]] = []
      if let day = article.day { facts.append(.plain(day.words)) }
      for tag in article.tags.prefix(6) {
        facts.append([Run("#" + tag, link: Link(page: "../" + Self.tagPage(tag)))])
      }
      func step(_ other: Int) -> Step? {
        bodies.indices.contains(other)
          ? Step(
            label: bodies[other].article.title,
            path: String(bodies[other].article.page.dropFirst("notes/".count))) : nil
      }
      pages.append(
        Page(
          kind: .article, path: article.page,
          document: page(
            title: article.title, label: article.kindWord, subject: article.summary,
            keywords: article.tags, facts: facts, sections: entry.body.sections),
          previous: step(index - 1), next: step(index + 1), day: article.day))
    }
  }

  private mutating func addLists() {
    guard !articles.isEmpty || !choice.projects.isEmpty else { return }
    if !articles.isEmpty {
      let years = Dictionary(grouping: articles) { $0.day.map { String($0.iso.prefix(4)) } ?? "" }
      let sections = years.keys.sorted(by: >).map { year in
        Section(
          id: year.isEmpty ? "undated" : "year-" + year,
          title: year.isEmpty ? "Without a date" : year,
          blocks: (years[year] ?? []).map { .entry(teaser($0, up: "../")) })
      }
      addList(
        "notes/index.html", title: "Notes", label: Self.count(articles.count, "note"), sections)
    }
    var byTag: [String: (name: String, articles: [Article])] = [:]
    for article in articles {
      for tag in article.tags {
        byTag[SitePath.safe(tag.lowercased()), default: (tag, [])].articles.append(article)
      }
    }
    for key in byTag.keys.sorted() {
      guard let (name, found) = byTag[key] else { continue }
      addList(
        "tags/\(key).html", title: "#" + name, label: Self.count(found.count, "note"),
        [
          Section(
            id: "notes", title: "Notes", blocks: found.map { .entry(teaser($0, up: "../")) })
        ])
    }
    for area in choice.areas.all {
      let projects = choice.projects.filter { $0.skills.contains(area.id) }
      let found = articles.filter { $0.skills.contains(area.id) }
      guard !projects.isEmpty || !found.isEmpty else { continue }
      var sections: [Section] = []
      if !projects.isEmpty {
        sections.append(
          Section(
            id: "projects", title: "Projects",
            blocks: projects.map { .entry(teaser($0, up: "../")) }))
      }
      if !found.isEmpty {
        sections.append(
          Section(id: "notes", title: "Notes", blocks: found.map { .entry(teaser($0, up: "../")) }))
      }
      addList(
        Self.skillPage(area.id), title: area.name, label: area.roleTitle ?? "Skill area", sections)
    }
    addList("search.html", title: "Search", label: "", [], kind: .search)
  }

  private mutating func addList(
    _ path: String, title: String, label: String, _ sections: [Section], kind: Page.Kind = .list
  ) {
    pages.append(
      Page(
        kind: kind, path: path,
        document: page(
          title: title, label: label, subject: "\(title): \(choice.profile.name)", keywords: [],
          facts: [], sections: sections)))
  }

  private func page(
    title: String, label: String, subject: String, keywords: [String], facts: [[Run]],
    sections: [Section]
  ) -> Document {
    Document(
      title: title, author: choice.profile.name, subject: subject, keywords: keywords,
      day: choice.day.iso, masthead: Masthead(name: title, label: label, contacts: facts),
      sections: sections)
  }

  private func teaser(_ article: Article, up: String) -> Entry {
    let summary = article.summary
    return Entry(
      id: "note-"
        + SitePath.safe(article.page.dropFirst("notes/".count).dropLast(".html".count).lowercased()),
      title: [Run(article.title, link: Link(page: up + article.page))],
      details: article.kind == .note ? [] : [.plain(article.kindWord.lowercased())],
      dates: article.day?.words ?? "",
      blocks: summary.isEmpty ? [] : [.paragraph(.plain(summary), tone: .note)])
  }

  private func teaser(_ project: Project, up: String) -> Entry {
    Entry(
      id: "project-" + SitePath.safe(project.name),
      title: [Run(project.title, link: Link(page: up + "projects/" + Portfolio.fileName(project)))],
      dates: CalendarDate.range(project.start, project.end),
      blocks: project.impact.map { [.paragraph(.plain($0), tone: .note)] } ?? [])
  }

  private mutating func remember(_ paths: [String]) {
    for path in paths where !attachments.contains(path) { attachments.append(path) }
  }

  private static func count(_ number: Int, _ what: String) -> String {
    number == 1 ? "1 \(what)" : "\(number) \(what)s"
  }

  static func tagPage(_ tag: String) -> String { "tags/\(SitePath.safe(tag.lowercased())).html" }
  static func skillPage(_ id: String) -> String { "skills/\(SitePath.safe(id)).html" }

  /// What every page offers at its top, relative to the top of the site.
  public var navigation: [Step] {
    var steps = [Step(label: choice.profile.name, path: "index.html")]
    if choice.view.sections.contains(.projects) {
      steps.append(Step(label: "Projects", path: "index.html#projects"))
    }
    if !articles.isEmpty { steps.append(Step(label: "Notes", path: "notes/index.html")) }
    steps.append(Step(label: "Search", path: "search.html"))
    return steps
  }
}
