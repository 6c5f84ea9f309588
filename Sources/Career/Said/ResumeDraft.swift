internal import Learning
internal import Manuscript

/// A resume from which is taken what does not fit its length.
///
/// What must be there stays: name, contact, every job with its first point (the newest with two), every
/// school, certificate and other entry of the view. The rest competes for the room that is left by what
/// it is worth (``Choice/worth(_:of:place:)``); ``Budget`` finds the best choice.
struct ResumeDraft {
  /// Lines of body text on an A4 or Letter page set a little tight, and characters on a line.
  static let linesPerPage = 67
  static let lineLength = 112

  let choice: Choice
  private let measure: TextMeasure
  let work: [Profile.Work]
  private let profileProjects: [Block]
  let ranked: [Project]
  let allClaims: [[Claim]]

  // What is still said; for projects in the order of `ranked`.
  private(set) var summaryParagraphs: Int
  private var saysCourses = true
  private(set) var saysWorkSummary: [Bool]
  private(set) var highlights: [[Int]]
  private(set) var isShown: [Bool]
  private(set) var saysImpact: [Bool]
  private(set) var points: [[Int]]
  private var toolCount = 14

  init(_ choice: Choice, _ measure: TextMeasure = .common) {
    self.choice = choice
    self.measure = measure
    work = choice.profile.work.filter { choice.showsEntry($0.visibility) }.map { job in
      // What the reader asks for comes first; without an advertisement the order is the writer's.
      var job = job
      let places = job.highlightPlaces
      let ranked = job.highlights.enumerated().map {
        (wanted: choice.wanted(in: $0.element), place: $0.offset, text: $0.element)
      }.sorted { ($1.wanted, $0.place) < ($0.wanted, $1.place) }
      job.highlights = ranked.map(\.text)
      if places.count == ranked.count { job.highlightPlaces = ranked.map { places[$0.place] } }
      return job
    }
    profileProjects = choice.entries(choice.profile.projects, "profile-project")
    ranked = choice.ranking
    summaryParagraphs = choice.summaryBlocks.count
    saysWorkSummary = work.map { $0.summary != nil }
    highlights = work.map { Array($0.highlights.indices) }
    allClaims = ranked.map { $0.claims(choice.words, measure) }
    points = allClaims.map { Array($0.indices) }
    saysImpact = ranked.map { $0.impact != nil }
    isShown = ranked.map { _ in true }
  }

  // MARK: - Choosing

  /// At most so many points of a project where the length is limited.
  private static let mostPoints = 6

  /// Leaves out what does not fit so many pages.
  mutating func fit(pages: Int) {
    let room = pages * Self.linesPerPage * 10
    let sections = choice.view.sections
    var bare = self
    bare.summaryParagraphs = min(1, summaryParagraphs)
    bare.saysCourses = false
    bare.saysWorkSummary = work.map { _ in false }
    for index in work.indices {
      let least = index == 0 ? 2 : index < 5 ? 1 : 0
      bare.highlights[index] = Array(work[index].highlights.indices.prefix(least))
    }
    bare.isShown = ranked.map { _ in false }
    if bare.tenths > room { bare.toolCount = 8 }
    var taken = bare.tenths
    // The heading of the projects.
    if sections.contains(.projects), !ranked.isEmpty, profileProjects.isEmpty { taken += 28 }
    var groups: [Budget.Group] = []
    groups.append(aside(bare))
    for index in work.indices { groups.append(group(ofJob: index, bare)) }
    if sections.contains(.projects) {
      for index in ranked.indices { groups.append(group(ofProject: index)) }
    }
    let picks = Budget.best(groups, within: room - taken)
    self = bare
    take(picks)
    if sections.contains(.projects), !ranked.isEmpty, !isShown.contains(true) {
      // A project with its strongest figure belongs into every resume.
      isShown[0] = true
      saysImpact[0] = false
      points[0] = Array(allClaims[0].indices.prefix(1))
    }
  }

  /// Further paragraphs of the summary and the courses: what stands under no job and no project.
  private func aside(_ bare: ResumeDraft) -> Budget.Group {
    var items: [Budget.Item] = []
    for block in choice.summaryBlocks.dropFirst(bare.summaryParagraphs) {
      items.append(
        Budget.Item(
          worth: choice.view.sections.contains(.summary) ? 900 : 0, cost: tenths(block)))
    }
    let courses = choice.educationEntries.reduce(0) { sum, block in
      guard case .entry(let entry) = block else { return sum }
      return sum + entry.blocks.reduce(0) { $0 + tenths($1) }
    }
    items.append(
      Budget.Item(
        worth: choice.view.sections.contains(.education) ? 150 : 0, cost: max(1, courses)))
    return Budget.Group(head: Budget.Item(worth: 0, cost: 0), items: items, isRequired: true)
  }

  private func group(ofJob index: Int, _ bare: ResumeDraft) -> Budget.Group {
    let job = work[index]
    let isSection = choice.view.sections.contains(.work)
    var items: [Budget.Item] = []
    if let summary = job.summary {
      items.append(
        Budget.Item(
          worth: isSection ? choice.worth(ofHighlight: summary, of: job, place: 2) : 0,
          cost: tenths(.paragraph(.plain(summary), tone: .body))))
    }
    for place in job.highlights.indices.dropFirst(bare.highlights[index].count) {
      items.append(
        Budget.Item(
          worth: isSection
            ? choice.worth(ofHighlight: job.highlights[place], of: job, place: place) : 0,
          cost: cost(ofPoint: job.highlights[place])))
    }
    return Budget.Group(head: Budget.Item(worth: 0, cost: 0), items: items, isRequired: true)
  }

  private func group(ofProject index: Int) -> Budget.Group {
    let project = ranked[index]
    var items: [Budget.Item] = []
    if let impact = project.impact {
      items.append(
        Budget.Item(
          worth: choice.worth(ofImpactOf: project),
          cost: tenths(.paragraph(.plain(impact), tone: .body))))
    }
    for (place, claim) in allClaims[index].prefix(Self.mostPoints).enumerated() {
      items.append(
        Budget.Item(
          worth: choice.worth(claim, of: project, place: place), cost: cost(ofPoint: claim.text)))
    }
    return Budget.Group(
      head: Budget.Item(worth: choice.worth(ofHeadOf: project), cost: cost(ofHead: project)),
      items: items)
  }

  private mutating func take(_ picks: [Budget.Pick]) {
    var rest = picks[...]
    func items(_ pick: Budget.Pick?) -> [Int]? {
      guard case .head(let items) = pick else { return nil }
      return items
    }
    let further = choice.summaryBlocks.count - summaryParagraphs
    // A later paragraph is not said without the one before it.
    for item in items(rest.popFirst()) ?? [] {
      if item < further { summaryParagraphs += 1 } else { saysCourses = true }
    }
    for index in work.indices {
      let least = highlights[index].count
      let offset = work[index].summary == nil ? 0 : 1
      for item in items(rest.popFirst()) ?? [] {
        if item < offset {
          saysWorkSummary[index] = true
        } else {
          highlights[index].append(least + item - offset)
        }
      }
    }
    guard choice.view.sections.contains(.projects) else { return }
    for index in ranked.indices {
      guard let taken = items(rest.popFirst()) else { continue }
      let offset = ranked[index].impact == nil ? 0 : 1
      isShown[index] = true
      saysImpact[index] = offset == 1 && taken.contains(0)
      points[index] = taken.filter { $0 >= offset }.map { $0 - offset }
    }
  }

  var leftOut: [String] {
    var parts: [String] = []
    let projects = isShown.count { !$0 }
    if projects > 0, choice.view.sections.contains(.projects) {
      parts.append(projects == 1 ? "1 project" : "\(projects) projects")
    }
    var lines = choice.summaryBlocks.count - summaryParagraphs
    for (index, job) in work.enumerated() {
      lines += job.highlights.count - highlights[index].count
      if job.summary != nil, !saysWorkSummary[index] { lines += 1 }
    }
    for (index, project) in ranked.enumerated() where isShown[index] {
      lines += allClaims[index].count - points[index].count
      if project.impact != nil, !saysImpact[index] { lines += 1 }
    }
    if lines > 0 { parts.append(lines == 1 ? "1 line" : "\(lines) lines") }
    let hasCourses = choice.profile.education.contains { !$0.courses.isEmpty }
    if !saysCourses, hasCourses, choice.view.sections.contains(.education) {
      parts.append("courses")
    }
    return parts
  }

  // MARK: - What is said

  var json: JSONValue {
    ResumeJSON.make(
      choice, paragraphs: summaryParagraphs,
      work: work.indices.map { index in
        var job = work[index]
        job.highlights = highlights[index].map { job.highlights[$0] }
        if !saysWorkSummary[index] { job.summary = nil }
        return job
      },
      projects: choice.projects.compactMap { project in
        guard let index = ranked.firstIndex(where: { $0.path == project.path }), isShown[index]
        else { return nil }
        var project = project
        if !saysImpact[index] { project.impact = nil }
        return (project, points[index].map { allClaims[index][$0].text })
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
    var lines = choice.areaLines(limit: 10)
    let tools = choice.tools(limit: toolCount, withWork: true)
    if !tools.isEmpty {
      lines.append(
        Labelled(choice.words.tools, .plain(tools.joined(separator: choice.words.comma))))
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
      let lines = highlights[index].map { [Run].plain(job.highlights[$0]) }
      if !lines.isEmpty { blocks.append(.list(lines)) }
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
      uniqueKeysWithValues: ranked.indices.filter { isShown[$0] }.map { (ranked[$0].path, $0) })
    return choice.projects.compactMap { project in
      guard let index = chosen[project.path] else { return nil }
      var blocks: [Block] = []
      if saysImpact[index], let impact = project.impact {
        blocks.append(.paragraph(.plain(impact), tone: .body))
      }
      let lines = points[index].map { allClaims[index][$0].runs }
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

  /// The height in tenths of a line, headings and gaps included.
  private var tenths: Int {
    let document = self.document
    let contacts = document.masthead.contacts.map(\.text).joined(separator: "  ·  ")
    return 45 + 9 * measure.lines(contacts, .paragraph)
      + document.sections.reduce(0) { sum, section in
        sum + 28 + section.blocks.reduce(0) { $0 + tenths($1) }
      }
  }

  private func cost(ofPoint text: String) -> Int { measure.lines(text, .point) * 10 + 2 }

  private func cost(ofHead project: Project) -> Int {
    let title = [project.title, project.organisation].compactMap { $0 }.joined(separator: ", ")
    let dates = choice.words.range(project.start, project.end)
    return measure.lines(title + " — " + dates, .title) * 11 + 6
  }

  /// The height of a block in tenths of a line, with the gap above it.
  private func tenths(_ block: Block) -> Int {
    switch block {
    case .heading: return 16
    case .paragraph(let runs, _): return measure.lines(runs.text, .paragraph) * 10 + 2
    case .list(let items): return items.reduce(0) { $0 + cost(ofPoint: $1.text) }
    case .entry(let entry):
      let title = ([entry.title] + entry.details).map(\.text).joined(separator: ", ")
      let own =
        measure.lines(title + " — " + entry.dates, .title) * 11 + (entry.blocks.isEmpty ? 2 : 6)
      return own + entry.blocks.reduce(0) { $0 + tenths($1) }
    case .labelled(let items):
      return items.reduce(0) {
        $0 + measure.lines($1.label + ": " + $1.text.text, .paragraph) * 10 + 2
      }
    case .table(let table): return table.rows.count * 13 + 20
    case .figures: return 45
    case .chart(.comparison(let pairs)): return pairs.count * 33
    case .chart(.timeline(let spans, _, _)): return spans.count * 13 + 12
    case .chart(.heatMap(let map)): return map.rows.count * 17 + 30
    case .chart(.growth): return 180
    case .chart(.calendar): return 100
    case .chart(.milestones(let track)): return track.items.count * 17 + 50
    // A resume has none of these.
    case .subheading, .code, .items, .quote, .image, .chart: return 12
    }
  }
}
