public import Learning
public import Manuscript
internal import Notes

/// What one reader may see: the first of the two steps to a document, and the only place that leaves
/// out by provenance.
public struct Choice: Sendable {
  public let profile: Profile
  public let view: View
  public let areas: SkillAreas
  /// How well each skill area is known and when it was last used, by its id.
  public let skills: [String: SkillUse]
  /// The chosen projects, in the order of the view, with the metrics that may be shown.
  public let projects: [Project]
  /// Projects that the audience does not see.
  public let keptBack: [Project]
  /// Metrics of chosen projects that say they are private or redacted.
  public let keptMetrics: [Metric]
  /// The day the documents speak of.
  public let day: CalendarDate
  let words: Words
  /// Charts of what other parts of the vault say, for the sections that show them.
  public var charts: [View.Part: Chart] = [:]

  /// - Parameters:
  ///   - projects: Every project of the vault.
  ///   - records: Notes that record a talk, a contribution, a certificate and the like.
  ///   - skills: What the notes that this reader may see show for each skill area.
  ///   - day: The day the documents speak of; nil for the newest date in what was chosen.
  public init(
    profile: Profile, projects: [Project], areas: SkillAreas, view: View,
    records: [LearningRecord] = [], skills: [String: SkillUse] = [:], day: CalendarDate? = nil
  ) throws(Problems) {
    self.profile = profile.adding(
      records.filter { Self.shows(Visibility(record: $0.visibility), to: view.audience) })
    self.skills = skills
    self.view = view
    self.areas = areas
    words = Words(view.language) ?? .english
    try Self.check(view, projects, areas)
    var seen: [Project] = []
    var kept: [Project] = []
    var keptMetrics: [Metric] = []
    for project in projects {
      let isNamed = view.projects?.contains { Self.means($0, project) } ?? true
      guard Self.shows(project.visibility, to: view.audience) else {
        kept.append(project)
        continue
      }
      guard isNamed, Self.has(view.tags, project) else { continue }
      var shown = project
      shown.metrics = project.metrics.filter { $0.visibility != .private }
      keptMetrics += project.metrics.filter { $0.visibility != .public }
      seen.append(shown)
    }
    self.projects = Self.ordered(seen, by: view)
    keptBack = kept
    self.keptMetrics = keptMetrics
    self.day = day ?? Self.newestDay(self.profile, seen)
  }

  /// Whether an audience sees what says this of itself.
  static func shows(_ visibility: Visibility, to audience: View.Audience) -> Bool {
    switch audience {
    case .application: visibility != .private
    case .public: visibility == .public
    }
  }

  /// Whether a project has one of the tags, or one below it: `cost` has `cost/cloud`.
  private static func has(_ tags: [String]?, _ project: Project) -> Bool {
    tags?.contains { wanted in
      project.tags.contains { tag in
        tag.lowercased() == wanted.lowercased()
          || tag.lowercased().hasPrefix(wanted.lowercased() + "/")
      }
    } ?? true
  }

  /// Whether an entry of the profile is shown. The sections of the profile are shown when the view
  /// names them, so only what says that it is private stays out.
  func showsEntry(_ visibility: Visibility) -> Bool {
    visibility != .private && (profile.visibility != .private || visibility == .public)
  }

  /// The contact details that the view and the audience allow.
  public var contactFields: [Profile.ContactField] {
    switch view.audience {
    case .application: view.contact ?? Profile.ContactField.allCases
    case .public: view.contact ?? []
    }
  }

  private static func means(_ name: String, _ project: Project) -> Bool {
    name == project.name || name == project.path || name + ".md" == project.path
      || name == project.title
  }

  private static func check(
    _ view: View, _ projects: [Project], _ areas: SkillAreas
  ) throws(Problems) {
    var problems: [Problem] = []
    func report(_ key: View.Key, _ message: String, _ remedy: String) {
      let place = view.places[key]
      // What the command line says has no place in a file.
      problems.append(
        Problem(
          place == nil ? "" : view.path ?? "", place ?? TextPosition(line: 1, column: 1), message,
          remedy))
    }
    for name in view.projects ?? [] where !projects.contains(where: { means(name, $0) }) {
      let near = Similar.closest(to: name, among: projects.map(\.name))
      report(
        .projects, "there is no project note \(name)",
        (near.map { "Did you mean \($0)? " } ?? "")
          + "The projects are \(projects.map(\.name).joined(separator: ", ")).")
    }
    for tag in view.tags ?? [] where !projects.contains(where: { has([tag], $0) }) {
      let known = Array(Set(projects.flatMap(\.tags))).sorted()
      report(
        .tags, "no project note has the tag \(tag)",
        (Similar.closest(to: tag, among: known).map { "Did you mean \($0)? " } ?? "")
          + "'folio tag list' shows them.")
    }
    // Without a guide nothing can be said about roles and areas.
    if !areas.all.isEmpty {
      if let role = view.role, !areas.roles.contains(where: { $0.id == role }) {
        let near = Similar.closest(to: role, among: areas.roles.map(\.id))
        report(
          .role, "the guide has no role \(role)",
          (near.map { "Did you mean \($0)? " } ?? "")
            + "The roles are \(areas.roles.map(\.id).joined(separator: ", ")).")
      }
      for id in view.skills where areas.area(id) == nil {
        let near = Similar.closest(to: id, among: areas.all.map(\.id))
        report(
          .skills, "the guide has no skill area \(id)",
          (near.map { "Did you mean \($0)? " } ?? "") + "'folio skills' lists them.")
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }

  private static func ordered(_ projects: [Project], by view: View) -> [Project] {
    if let names = view.projects, !view.isOrderSaid {
      return projects.sorted { a, b in
        let first = names.firstIndex { means($0, a) } ?? .max
        let second = names.firstIndex { means($0, b) } ?? .max
        return (first, a.path) < (second, b.path)
      }
    }
    // What still goes on is newest; then by the end, then by the beginning.
    func age(_ project: Project) -> (Int, Int) {
      (-(project.end?.firstDay ?? 1 << 30), -(project.start?.firstDay ?? 0))
    }
    return projects.sorted { a, b in
      switch view.order {
      case .newest: (age(a), a.path) < (age(b), b.path)
      case .oldest:
        (a.start?.firstDay ?? .max, a.path) < (b.start?.firstDay ?? .max, b.path)
      case .title: (a.title, a.path) < (b.title, b.path)
      case .difficulty:
        (a.difficulty ?? 6, a.start?.firstDay ?? .max, a.path)
          < (b.difficulty ?? 6, b.start?.firstDay ?? .max, b.path)
      }
    }
  }

  private static func newestDay(_ profile: Profile, _ projects: [Project]) -> CalendarDate {
    var days: [CalendarDate] = []
    for project in projects {
      days += [project.created, project.start, project.end].compactMap { $0?.start }
      for metric in project.metrics {
        days += [metric.asOf, metric.since].compactMap { $0?.start }
      }
    }
    for work in profile.work { days += [work.start, work.end].compactMap { $0?.start } }
    for one in profile.certificates { days += [one.date].compactMap { $0?.start } }
    for one in profile.talks + profile.contributions + profile.publications {
      days += [one.start].compactMap { $0?.start }
    }
    return days.max() ?? CalendarDate(year: 2000, month: 1, day: 1)
  }

  /// How much of what an advertisement asks for a project speaks of.
  func wanted(in project: Project) -> Int {
    guard !view.wanted.isEmpty else { return 0 }
    let areaWords = project.skills.compactMap { areas.area($0)?.name }
    let text = WantedWords.normalised(
      ([project.title, project.impact ?? ""] + project.stack + project.skills + areaWords
        + project.tags + project.metrics.map { $0.name + " " + ($0.action ?? "") }
        + project.challenges.map { $0.problem + " " + $0.solution }).joined(separator: " \n "))
    return view.wanted.reduce(0) { $0 + ($1.isIn(text) ? $1.weight * 8 : 0) }
  }

  /// The same for a sentence.
  func wanted(in sentence: String) -> Int {
    guard !view.wanted.isEmpty else { return 0 }
    let text = WantedWords.normalised(sentence)
    return view.wanted.reduce(0) { $0 + ($1.isIn(text) ? $1.weight : 0) }
  }

  /// The sums over what is shown; redacted metrics would give themselves away in them.
  public var totals: MetricTotals {
    MetricTotals(projects.flatMap(\.metrics).filter { $0.visibility == .public }, to: day.end)
  }

  /// Which terms sentences speak of.
  public func terms(in sentences: [String], _ terms: [JobAdvertisement.Term]) -> [String] {
    let text = WantedWords.normalised(sentences.joined(separator: " \n "))
    return terms.filter { term in term.spellings.contains { WantedWords.has(text, $0) } }
      .map(\.name)
  }

  /// Why a project stands where it does, in a few words: the wanted words it has, its areas, its
  /// strongest figure, when it was.
  public func reasons(for project: Project, _ terms: [JobAdvertisement.Term]) -> String {
    let text = WantedWords.normalised(
      ([project.title] + project.stack + project.skills + project.tags
        + project.skills.compactMap { areas.area($0)?.name }
        + project.metrics.map { $0.name + " " + ($0.action ?? "") }).joined(separator: " \n "))
    var parts = terms.filter { term in term.spellings.contains { WantedWords.has(text, $0) } }
      .prefix(6).map(\.name)
    if let strongest = project.metrics.max(by: { Bullet.strength($0) < Bullet.strength($1) }),
      !strongest.changeWords.isEmpty
    {
      let names = Set(project.stack.flatMap { $0.split(separator: " ").map(String.init) })
      let bullet = Bullet(metric: strongest, names: names, words: words)
      parts.append(strongest.changeWords + " " + bullet.inSentence(strongest.name))
    }
    let dates = words.range(project.start, project.end)
    return (parts + (dates.isEmpty ? [] : [dates])).joined(separator: "; ")
  }

  /// The names of projects in the order of their relevance.
  public var ranking: [Project] {
    projects.enumerated().sorted {
      (-relevance(of: $0.element), $0.offset) < (-relevance(of: $1.element), $1.offset)
    }.map(\.element)
  }

  /// How much a project has to do with what the view asks for: its areas among those named and those
  /// of the role, its own difficulty, how recent it is.
  func relevance(of project: Project) -> Int {
    let broughtForward = Set(view.skills)
    let role = Set(areas.all.filter { $0.role != nil && $0.role == view.role }.map(\.id))
    let named = project.skills.count { broughtForward.contains($0) }
    let ofRole = project.skills.count { role.contains($0) }
    let age = max(0, day.monthIndex - (project.end ?? day).monthIndex)
    let strongest = project.metrics.map(Bullet.strength).max() ?? 0
    return wanted(in: project) + named * 30 + ofRole * 20 + (project.difficulty ?? 0) * 10
      + strongest / 4 - age / 2
  }
}

/// Tuples of tuples have no order of their own.
private func < (a: ((Int, Int), String), b: ((Int, Int), String)) -> Bool {
  (a.0.0, a.0.1, a.1) < (b.0.0, b.0.1, b.1)
}

extension View.WantedTerm {
  /// Whether a text made by ``WantedWords/normalised(_:)`` says it, in any of its spellings.
  func isIn(_ text: String) -> Bool {
    WantedWords.has(text, term) || spellings.contains { WantedWords.has(text, $0) }
  }
}
