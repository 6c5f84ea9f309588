internal import Manuscript

/// A resume from which lines are taken until it is short enough.
struct ResumeDraft {
  /// Lines of body text on an A4 or Letter page set a little tight, and characters on a line.
  static let linesPerPage = 69
  static let lineLength = 112

  private let choice: Choice
  private let work: [Profile.Work]
  private let profileProjects: [Block]
  private let ranked: [Project]

  // What is still said.
  private var summaryParagraphs: Int
  private var saysCourses = true
  private var saysWorkSummary: [Bool]
  private var highlights: [Int]
  private var projectCount: Int
  private var saysImpact: [Bool]
  private var bullets: [Int]
  private var toolCount = 14
  private let allBullets: [[[Run]]]

  init(_ choice: Choice) {
    self.choice = choice
    work = choice.profile.work.filter { choice.showsEntry($0.visibility) }.map { job in
      // What the reader asks for comes first, and so goes last; without an advertisement the order
      // is the writer's.
      var job = job
      let ranked = job.highlights.enumerated().map {
        (wanted: choice.wanted(in: $0.element), place: $0.offset, text: $0.element)
      }
      job.highlights = ranked.sorted { ($1.wanted, $0.place) < ($0.wanted, $1.place) }.map(\.text)
      return job
    }
    profileProjects = choice.entries(choice.profile.projects, "profile-project")
    let order = Dictionary(
      uniqueKeysWithValues: choice.projects.enumerated().map { ($0.element.path, $0.offset) })
    ranked = choice.projects.sorted {
      (-choice.relevance(of: $0), order[$0.path] ?? 0)
        < (-choice.relevance(of: $1), order[$1.path] ?? 0)
    }
    summaryParagraphs = choice.profile.summary.count
    saysWorkSummary = Array(repeating: true, count: work.count)
    highlights = work.map(\.highlights.count)
    allBullets = ranked.map { $0.bullets(choice.words) }
    bullets = allBullets.map { min($0.count, 4) }
    saysImpact = Array(repeating: true, count: ranked.count)
    projectCount = ranked.count
  }

  // MARK: - Taking away

  /// Takes the least important line away; false when there is nothing left that could go.
  mutating func dropLeastImportant() -> Bool {
    let sections = choice.view.sections
    if sections.contains(.education), saysCourses,
      choice.profile.education.contains(where: { !$0.courses.isEmpty })
    {
      saysCourses = false
      return true
    }
    if sections.contains(.projects) {
      // First the tails of the least fitting projects, then the least fitting projects.
      for keep in [3, 2] {
        if let index = bullets.indices.prefix(projectCount).last(where: { bullets[$0] > keep }) {
          bullets[index] -= 1
          return true
        }
        if keep == 3, projectCount > 5 {
          projectCount -= 1
          return true
        }
      }
      if projectCount > 4 {
        projectCount -= 1
        return true
      }
    }
    if sections.contains(.work) {
      if let index = saysWorkSummary.indices.last(where: { saysWorkSummary[$0] && $0 > 0 }) {
        saysWorkSummary[index] = false
        return true
      }
      for (place, keep) in [(1, 2), (0, 3)] {
        if let index = highlights.indices.last(where: { $0 >= place && highlights[$0] > keep }) {
          highlights[index] -= 1
          return true
        }
      }
    }
    if sections.contains(.summary), summaryParagraphs > 1 {
      summaryParagraphs -= 1
      return true
    }
    if sections.contains(.projects) {
      if projectCount > 3 {
        projectCount -= 1
        return true
      }
      if let index = saysImpact.indices.prefix(projectCount).last(where: {
        saysImpact[$0] && bullets[$0] > 0
      }) {
        saysImpact[index] = false
        return true
      }
      if let index = bullets.indices.prefix(projectCount).last(where: { bullets[$0] > 1 }) {
        bullets[index] -= 1
        return true
      }
    }
    if sections.contains(.work),
      let index = highlights.indices.last(where: { highlights[$0] > 1 })
    {
      highlights[index] -= 1
      return true
    }
    if toolCount > 8 {
      toolCount -= 1
      return true
    }
    if sections.contains(.projects), projectCount > 1 {
      projectCount -= 1
      return true
    }
    return false
  }

  var leftOut: [String] {
    var parts: [String] = []
    let projects = ranked.count - projectCount
    if projects > 0 { parts.append(projects == 1 ? "1 project" : "\(projects) projects") }
    var lines = choice.profile.summary.count - summaryParagraphs
    lines += zip(work, highlights).reduce(0) { $0 + $1.0.highlights.count - $1.1 }
    lines += saysWorkSummary.count { !$0 } + saysImpact.prefix(projectCount).count { !$0 }
    for index in 0..<projectCount { lines += min(4, allBullets[index].count) - bullets[index] }
    if lines > 0 { parts.append(lines == 1 ? "1 line" : "\(lines) lines") }
    if !saysCourses { parts.append("courses") }
    return parts
  }

  // MARK: - What is said

  var json: JSONValue {
    ResumeJSON.make(
      choice,
      work: work.indices.map { index in
        var job = work[index]
        job.highlights = Array(job.highlights.prefix(highlights[index]))
        if !saysWorkSummary[index] { job.summary = nil }
        return job
      },
      projects: choice.projects.compactMap { project in
        guard let index = ranked.prefix(projectCount).firstIndex(where: { $0.path == project.path })
        else { return nil }
        return (project, allBullets[index].prefix(bullets[index]).map(\.text))
      })
  }

  var document: Document {
    let profile = choice.profile
    let label = profile.label ?? choice.view.title ?? ""
    return Document(
      title: label.isEmpty ? profile.name : "\(profile.name), \(label)", author: profile.name,
      subject: Words.filled(choice.words.resumeOf, profile.name),
      keywords: choice.shownAreas.map(\.area.name),
      language: choice.view.language ?? "en-GB", day: choice.day.iso,
      masthead: Masthead(name: profile.name, label: label, contacts: choice.contacts),
      sections: choice.view.sections.compactMap(section))
  }

  private func section(_ part: View.Part) -> Section? {
    let blocks: [Block] =
      switch part {
      case .summary: Array(choice.summaryBlocks.prefix(summaryParagraphs))
      case .figures: choice.figures.isEmpty ? [] : [.figures(choice.figures)]
      case .skills: skills
      case .work: workEntries
      case .projects: projectEntries + profileProjects
      case .education: educationEntries
      case .certificates: choice.certificateEntries
      case .languages: choice.languageLine
      case .interests: choice.interestLine
      case .timeline: choice.timeline.map { [.chart($0)] } ?? []
      case .volunteer: choice.entries(choice.profile.volunteer, "volunteer")
      case .awards: choice.entries(choice.profile.awards, "award")
      case .publications: choice.entries(choice.profile.publications, "publication")
      case .talks: choice.entries(choice.profile.talks, "talk")
      case .contributions: choice.entries(choice.profile.contributions, "contribution")
      case .references: choice.referenceBlocks
      case .notes: []
      case .growth, .practice, .milestones: choice.charts[part].map { [.chart($0)] } ?? []
      }
    guard !blocks.isEmpty else { return nil }
    return Section(id: part.rawValue, title: choice.words.title(of: part), blocks: blocks)
  }

  private var skills: [Block] {
    var lines: [Labelled] = []
    let areas = choice.shownAreas.prefix(10).map(\.area.name)
    if !areas.isEmpty {
      lines.append(Labelled(choice.words.areas, .plain(areas.joined(separator: ", "))))
    }
    let tools = choice.tools(limit: toolCount, withWork: true)
    if !tools.isEmpty {
      lines.append(Labelled(choice.words.tools, .plain(tools.joined(separator: ", "))))
    }
    lines += choice.statedSkills
    return lines.isEmpty ? [] : [.labelled(lines)]
  }

  private var workEntries: [Block] {
    work.indices.map { index in
      let job = work[index]
      var blocks: [Block] = []
      if saysWorkSummary[index], let summary = job.summary {
        blocks.append(.paragraph(.plain(summary), tone: .body))
      }
      let lines = job.highlights.prefix(highlights[index]).map { [Run].plain($0) }
      if !lines.isEmpty { blocks.append(.list(Array(lines))) }
      let employer = [Run(job.name, link: job.url.flatMap { Link($0) })]
      return .entry(
        Entry(
          id: "work-\(index + 1)", title: job.position.map { .plain($0) } ?? employer,
          details: (job.position == nil ? [] : [employer])
            + (job.location.map { [.plain($0)] } ?? []),
          dates: choice.words.range(job.start, job.end), blocks: blocks))
    }
  }

  private var projectEntries: [Block] {
    let chosen = Dictionary(
      uniqueKeysWithValues: ranked.prefix(projectCount).enumerated().map {
        ($0.element.path, $0.offset)
      })
    return choice.projects.compactMap { project in
      guard let index = chosen[project.path] else { return nil }
      var blocks: [Block] = []
      if saysImpact[index], let impact = project.impact {
        blocks.append(.paragraph(.plain(impact), tone: .body))
      }
      let lines = Array(allBullets[index].prefix(bullets[index]))
      if !lines.isEmpty { blocks.append(.list(lines)) }
      return .entry(
        Entry(
          id: "project-" + project.name,
          title: [Run(project.title, link: project.url.flatMap { Link($0) })],
          details: project.organisation.map { [.plain($0)] } ?? [],
          dates: choice.words.range(project.start, project.end), blocks: blocks))
    }
  }

  private var educationEntries: [Block] {
    choice.educationEntries.map { block in
      guard !saysCourses, case .entry(var entry) = block else { return block }
      entry.blocks = []
      return .entry(entry)
    }
  }

  // MARK: - Length

  /// The lines it takes, rounded up, headings and gaps included.
  var lines: Int {
    let document = self.document
    let contacts = document.masthead.contacts.map(\.text).joined(separator: "  ·  ")
    let tenths =
      45 + 9 * Self.lines(contacts)
      + document.sections.reduce(0) { sum, section in
        sum + 28 + section.blocks.reduce(0) { $0 + Self.tenths($1) }
      }
    return (tenths + 9) / 10
  }

  private static func lines(_ text: String, indent: Int = 0) -> Int {
    max(1, (text.count + lineLength - 1 - indent) / (lineLength - indent))
  }

  /// The height of a block in tenths of a line, with the gap above it.
  private static func tenths(_ block: Block) -> Int {
    switch block {
    case .heading: return 16
    case .paragraph(let runs, _): return lines(runs.text) * 10 + 2
    case .list(let items): return items.reduce(0) { $0 + lines($1.text, indent: 4) * 10 + 2 }
    case .entry(let entry):
      let title = ([entry.title] + entry.details).map(\.text).joined(separator: ", ")
      let own = lines(title + " — " + entry.dates) * 11 + (entry.blocks.isEmpty ? 2 : 6)
      return own + entry.blocks.reduce(0) { $0 + tenths($1) }
    case .labelled(let items):
      return items.reduce(0) { $0 + lines($1.label + ": " + $1.text.text) * 10 + 2 }
    case .table(let table): return table.rows.count * 13 + 20
    case .figures: return 45
    case .chart(.comparison(let pairs)): return pairs.count * 33
    case .chart(.timeline(let spans, _, _)): return spans.count * 13 + 12
    case .chart(.heatMap(let map)): return map.rows.count * 17 + 30
    case .chart(.growth): return 180
    case .chart(.calendar): return 100
    case .chart(.milestones(let track)): return track.items.count * 17 + 50
    // A resume has none of these.
    case .subheading, .code, .items, .quote, .image: return 12
    }
  }
}
