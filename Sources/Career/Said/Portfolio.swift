internal import Learning
public import Manuscript

/// A portfolio: projects with their numbers, as one document or as pages.
public struct Portfolio: Sendable {
  /// A page of the site.
  public struct Page: Sendable {
    /// `projects/price-watch.html`, relative to the site.
    public var path: String
    public var document: Document
    /// Nil for the first and the last page of a project.
    public var previous: (path: String, title: String)?
    public var next: (path: String, title: String)?
  }

  let choice: Choice
  /// Public notes, which show skills as projects do.
  let articles: [Article]

  public init(_ choice: Choice) { self.init(choice, articles: []) }

  init(_ choice: Choice, articles: [Article]) {
    self.choice = choice
    self.articles = articles
  }

  /// Everything on one scroll, but for what notes tell beyond their front matter.
  public var document: Document {
    document(sections: choice.view.sections.compactMap { section($0, linked: false) })
  }

  /// The first page of the site, with links to those of the projects.
  public var index: Document {
    document(sections: frontSections(notes: nil))
  }

  /// The sections of the first page; `notes` stands where the view asks for notes.
  func frontSections(notes: Section?) -> [Section] {
    choice.view.sections.compactMap { part in
      part == .notes ? notes : section(part, linked: true)
    }
  }

  /// A page for each project, in the order of the view.
  public var pages: [Page] {
    let projects = choice.projects
    return projects.indices.map { index in
      let project = projects[index]
      func neighbour(_ other: Int) -> (path: String, title: String)? {
        projects.indices.contains(other)
          ? (Self.fileName(projects[other]), projects[other].title) : nil
      }
      let entry = entry(project)
      let page = Document(
        title: project.title, author: choice.profile.name,
        subject: project.impact ?? "A project of \(choice.profile.name)",
        keywords: project.stack, day: choice.day.iso,
        masthead: Masthead(
          name: project.title, label: details(project).map(\.text).joined(separator: " · "),
          contacts: entry.dates.isEmpty ? [] : [.plain(entry.dates)]),
        sections: sections(of: project))
      return Page(
        path: "projects/" + Self.fileName(project), document: page, previous: neighbour(index - 1),
        next: neighbour(index + 1))
    }
  }

  /// The file of a project's page. Names of notes are free, names of pages must be safe in a link.
  static func fileName(_ project: Project) -> String { SitePath.safe(project.name) + ".html" }

  func document(sections: [Section]) -> Document {
    let profile = choice.profile
    return Document(
      title: choice.view.title ?? profile.label.map { "\(profile.name), \($0)" } ?? profile.name,
      author: profile.name, subject: "Portfolio of \(profile.name)",
      keywords: choice.shownAreas.map(\.area.name), day: choice.day.iso,
      masthead: Masthead(
        name: profile.name, label: profile.label ?? "", contacts: choice.contacts),
      sections: sections)
  }

  /// - Parameter stories: What project notes tell beyond their front matter, by their path.
  func section(
    _ part: View.Part, linked: Bool, stories: [String: ArticleBody] = [:]
  ) -> Section? {
    var title = ""
    var blocks: [Block] = []
    switch part {
    case .summary:
      title = "Summary"
      blocks = choice.summaryBlocks
      // The sums stand with the summary unless the view gives them a place of their own.
      if !choice.view.sections.contains(.figures), !choice.figures.isEmpty {
        blocks.append(.figures(choice.figures))
      }
    case .figures:
      title = "In figures"
      blocks = choice.figures.isEmpty ? [] : [.figures(choice.figures)]
    case .projects:
      title = "Projects"
      blocks = choice.projects.map { .entry(linked ? teaser($0) : entry($0, stories[$0.path])) }
    case .skills:
      title = "Skills"
      blocks = skills(linked: linked)
    case .timeline:
      title = "Timeline"
      blocks = choice.timeline.map { [.chart($0)] } ?? []
    case .certificates:
      title = "Certificates"
      blocks = choice.certificateEntries
    case .education:
      title = "Education"
      blocks = choice.educationEntries
    case .languages:
      title = "Languages"
      blocks = choice.languageLine
    case .interests:
      title = "Interests"
      blocks = choice.interestLine
    case .talks:
      title = "Talks"
      blocks = choice.entries(choice.profile.talks, "talk")
    case .contributions:
      title = "Contributions"
      blocks = choice.entries(choice.profile.contributions, "contribution")
    case .publications:
      title = "Publications"
      blocks = choice.entries(choice.profile.publications, "publication")
    case .awards:
      title = "Awards"
      blocks = choice.entries(choice.profile.awards, "award")
    case .volunteer:
      title = "Volunteering"
      blocks = choice.entries(choice.profile.volunteer, "volunteer")
    case .growth, .practice, .milestones:
      blocks = choice.charts[part].map { [.chart($0)] } ?? []
    case .work, .notes, .references:
      return nil
    }
    title = choice.words.parts[part] ?? (title.isEmpty ? choice.words.title(of: part) : title)
    return blocks.isEmpty ? nil : Section(id: part.rawValue, title: title, blocks: blocks)
  }

  /// Areas by role, each with the number of projects that show it; on a site each leads to its page.
  private func skills(linked: Bool) -> [Block] {
    var groups: [(label: String, runs: [Run])] = []
    for (area, count) in choice.shownAreas where count > 0 {
      let label = area.roleTitle ?? "Areas"
      let page = linked ? Link(page: Site.skillPage(area.id)) : nil
      var words = [Run(area.name, link: page)]
      if count > 1 { words.append(Run(" (\(count) projects)")) }
      if let index = groups.firstIndex(where: { $0.label == label }) {
        groups[index].runs += [Run(", ")] + words
      } else {
        groups.append((label, words))
      }
    }
    var lines = groups.map { Labelled($0.label, $0.runs) }
    let tools = choice.tools(limit: 20, withWork: false)
    if !tools.isEmpty { lines.append(Labelled("Tools", .plain(tools.joined(separator: ", ")))) }
    let chart = choice.skillChart(articles: articles).map { [Block.chart($0)] } ?? []
    return (lines.isEmpty ? [] : [.labelled(lines)]) + chart
  }

  private func details(_ project: Project) -> [[Run]] {
    [project.role, project.organisation].compactMap { $0.map { .plain($0) } }
  }

  /// A project on the first page: what it did for whom, its two strongest numbers, and the way on.
  private func teaser(_ project: Project) -> Entry {
    var blocks: [Block] = []
    if let impact = project.impact { blocks.append(.paragraph(.plain(impact), tone: .body)) }
    let lines = Array(project.bullets(choice.words).prefix(2))
    if !lines.isEmpty { blocks.append(.list(lines)) }
    return Entry(
      id: project.name,
      title: [Run(project.title, link: Link(page: "projects/" + Self.fileName(project)))],
      details: details(project), dates: choice.words.range(project.start, project.end),
      blocks: blocks)
  }

  /// A project with everything that may be shown of it.
  private func entry(_ project: Project, _ story: ArticleBody? = nil) -> Entry {
    var blocks: [Block] = []
    if let impact = project.impact { blocks.append(.paragraph(.plain(impact), tone: .lead)) }
    let chart = project.comparison
    if let chart { blocks.append(.chart(chart)) }
    let levels = levelBullets(project, afterChart: chart != nil)
    if !levels.isEmpty { blocks.append(.list(levels)) }
    blocks += challenges(project, heading: true)
    if !project.stack.isEmpty {
      blocks.append(
        .labelled([Labelled("Built with", .plain(project.stack.joined(separator: ", ")))]))
    }
    if let story { blocks += Self.blocks(of: story.sections, level: 4) }
    return Entry(
      id: project.name, title: .plain(project.title), details: details(project),
      dates: choice.words.range(project.start, project.end), blocks: blocks)
  }

  private func sections(of project: Project) -> [Section] {
    var sections: [Section] = []
    func add(_ id: String, _ title: String, _ blocks: [Block]) {
      if !blocks.isEmpty { sections.append(Section(id: id, title: title, blocks: blocks)) }
    }
    add(
      "impact", "What it changed",
      project.impact.map { [.paragraph(.plain($0), tone: .lead)] } ?? [])
    var results: [Block] = project.comparison.map { [.chart($0)] } ?? []
    if let table = table(project) {
      results.append(.table(table))
    } else {
      let bullets = project.bullets(choice.words)
      if !bullets.isEmpty { results.append(.list(bullets)) }
    }
    add("results", "Results", results)
    let actions = project.metrics.compactMap { metric -> [Run]? in
      metric.action.map { [Run(metric.name + ": ", .strong), Run($0)] }
    }
    add("how", "How", actions.isEmpty ? [] : [.list(actions)])
    add("challenges", "What was hard", challenges(project, heading: false))
    let areas = project.skills.compactMap { choice.areas.area($0) }
    var lines: [Labelled] = []
    if !project.stack.isEmpty {
      lines.append(Labelled("Built with", .plain(project.stack.joined(separator: ", "))))
    }
    if !areas.isEmpty {
      let runs = areas.map { [Run($0.name, link: Link(page: "../" + Site.skillPage($0.id)))] }
      lines.append(Labelled("Skills", Array(runs.joined(separator: [Run(", ")]))))
    }
    add("tools", "Tools and skills", lines.isEmpty ? [] : [.labelled(lines)])
    return sections
  }

  private func challenges(_ project: Project, heading: Bool) -> [Block] {
    guard !project.challenges.isEmpty else { return [] }
    let items = project.challenges.map { one -> [Run] in
      one.solution.isEmpty
        ? .plain(one.problem) : [Run(one.problem + ". ", .strong), Run(one.solution + ".")]
    }
    return (heading ? [.heading(.plain("What was hard"))] : []) + [.list(items)]
  }

  /// Sentences for what the chart cannot show: levels, figures that began at nothing, redacted ones.
  private func levelBullets(_ project: Project, afterChart: Bool) -> [[Run]] {
    guard afterChart else { return project.bullets(choice.words) }
    var rest = project
    rest.metrics = project.metrics.filter {
      $0.before == nil || $0.before?.base.isZero == true || $0.visibility == .redacted
    }
    return rest.bullets(choice.words)
  }

  private func table(_ project: Project) -> Table? {
    let rows = project.metrics.filter { $0.visibility == .public }.map { metric -> [[Run]] in
      [
        .plain(metric.name),
        metric.before.map { [Run($0.words + metric.periodWords, .quantity)] } ?? .plain("–"),
        [Run(metric.after.words + metric.periodWords, .quantity)],
        metric.changeWords.isEmpty ? .plain("–") : [Run(metric.changeWords, .quantity)],
        .plain(metric.basis.rawValue + (metric.asOf.map { ", " + $0.words } ?? "")),
      ]
    }
    guard rows.count > 1 else { return nil }
    return Table(
      header: ["Measure", "Before", "After", "Change", "Known by"].map { .plain($0) }, rows: rows,
      numeric: [1, 2, 3])
  }
}
