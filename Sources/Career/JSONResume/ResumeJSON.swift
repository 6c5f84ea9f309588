internal import Learning

/// A resume as JSON Resume 1.x: what the view chose and the length left, in the schema's fields.
///
/// A project's figures are highlights in words, and once more as `x-folio-metrics` for programs.
struct ResumeJSON {
  private let choice: Choice
  private let paragraphs: Int
  private var members: [JSONValue.Member] = []

  /// - Parameter paragraphs: How many of the summary are said.
  static func make(
    _ choice: Choice, paragraphs: Int, work: [Profile.Work], projects: [(Project, [String])]
  ) -> JSONValue {
    var json = ResumeJSON(choice: choice, paragraphs: paragraphs)
    json.add(work, projects)
    return .object(json.members)
  }

  private init(choice: Choice, paragraphs: Int) {
    self.choice = choice
    self.paragraphs = paragraphs
  }

  private mutating func add(_ work: [Profile.Work], _ projects: [(Project, [String])]) {
    let profile = choice.profile
    members.append(
      .init(
        "$schema",
        .string(
          "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json")))
    members.append(.init("basics", basics))
    func list(_ part: View.Part, _ key: String, _ items: [JSONValue]) {
      if choice.view.sections.contains(part), !items.isEmpty {
        members.append(.init(key, .array(items)))
      }
    }
    list(
      .work, "work",
      work.map { job in
        Self.object([
          ("name", Self.text(job.name)), ("position", Self.text(job.position)),
          ("location", Self.text(job.location)), ("url", Self.text(job.url)),
          ("startDate", Self.text(job.start?.iso)), ("endDate", Self.text(job.end?.iso)),
          ("summary", Self.text(job.summary)), ("highlights", Self.texts(job.highlights)),
        ])
      })
    list(.volunteer, "volunteer", items(profile.volunteer, "position", "organization", nil))
    list(
      .education, "education",
      profile.education.filter { choice.showsEntry($0.visibility) }.map { school in
        Self.object([
          ("institution", Self.text(school.institution)), ("url", Self.text(school.url)),
          ("area", Self.text(school.area)), ("studyType", Self.text(school.studyType)),
          ("startDate", Self.text(school.start?.iso)), ("endDate", Self.text(school.end?.iso)),
          ("score", Self.text(school.score)), ("courses", Self.texts(school.courses)),
        ])
      })
    list(.awards, "awards", items(profile.awards, "title", "awarder", "date"))
    list(
      .certificates, "certificates",
      profile.certificates.filter { choice.showsEntry($0.visibility) }.map { one in
        Self.object([
          ("name", Self.text(one.name)), ("date", Self.text(one.date?.iso)),
          ("url", Self.text(one.url)), ("issuer", Self.text(one.issuer)),
        ])
      })
    list(
      .publications, "publications",
      items(profile.publications, "name", "publisher", "releaseDate"))
    // Not of the schema, which lets keys of one's own be.
    list(.talks, "talks", items(profile.talks, "name", "event", "date"))
    list(
      .contributions, "contributions", items(profile.contributions, "name", "project", "date"))
    list(.skills, "skills", skills)
    list(
      .languages, "languages",
      profile.languages.filter { choice.showsEntry($0.visibility) }.map {
        Self.object([("language", Self.text($0.language)), ("fluency", Self.text($0.fluency))])
      })
    list(
      .interests, "interests",
      profile.interests.filter { choice.showsEntry($0.visibility) }.map {
        Self.object([("name", Self.text($0.name)), ("keywords", Self.texts($0.keywords))])
      })
    list(
      .references, "references",
      profile.references.filter { choice.showsEntry($0.visibility) }.map {
        Self.object([("name", Self.text($0.name)), ("reference", Self.text($0.text))])
      })
    list(.projects, "projects", projects.map { project($0.0, $0.1) } + profileProjects)
    members.append(
      .init("meta", .object([.init("lastModified", .string(choice.day.iso + "T00:00:00"))])))
  }

  private var basics: JSONValue {
    let profile = choice.profile
    let shown = Set(choice.contactFields)
    var summary: String?
    if choice.view.sections.contains(.summary), profile.visibility != .private,
      !profile.summary.isEmpty
    {
      summary = profile.summary.prefix(paragraphs).joined(separator: "\n\n")
    }
    let place = profile.location.map { Self.object([("city", .string($0))]) }
    let accounts = profile.accounts.map {
      Self.object([
        ("network", Self.text($0.network)), ("username", Self.text($0.username)),
        ("url", Self.text($0.url)),
      ])
    }
    return Self.object([
      ("name", Self.text(profile.name)), ("label", Self.text(profile.label)),
      ("email", Self.text(shown.contains(.email) ? profile.email : nil)),
      ("phone", Self.text(shown.contains(.phone) ? profile.phone : nil)),
      ("url", Self.text(shown.contains(.url) ? profile.url : nil)),
      ("summary", Self.text(summary)), ("location", shown.contains(.location) ? place : nil),
      ("profiles", shown.contains(.profiles) && !accounts.isEmpty ? .array(accounts) : nil),
    ])
  }

  private var skills: [JSONValue] {
    var list = choice.shownAreas.prefix(10).map { shown in
      let tools = choice.projects.filter { $0.skills.contains(shown.area.id) }.flatMap(\.stack)
      var seen: Set<String> = []
      let use = choice.view.levels ? choice.skills[shown.area.id] : nil
      return Self.object([
        ("name", Self.text(shown.area.name)),
        ("level", use.flatMap { $0.level == .none ? nil : .string($0.level.rawValue) }),
        ("keywords", Self.texts(tools.filter { seen.insert($0).inserted })),
        ("x-folio-last-used", Self.text(use?.lastUsed?.iso)),
      ])
    }
    list += choice.profile.skills.filter { choice.showsEntry($0.visibility) }.map {
      Self.object([
        ("name", Self.text($0.name)), ("level", Self.text($0.level)),
        ("keywords", Self.texts($0.keywords)),
      ])
    }
    return list
  }

  private func project(_ project: Project, _ lines: [String]) -> JSONValue {
    let metrics = project.metrics.filter { $0.visibility == .public }.map { metric in
      Self.object([
        ("id", Self.text(metric.id)), ("name", Self.text(metric.name)),
        ("before", Self.text(metric.before?.wordsWithRate)),
        ("after", Self.text(metric.after.wordsWithRate)),
        ("change", metric.changeWords.isEmpty ? nil : .string(metric.changeWords)),
        ("per", Self.text(metric.per.rawValue)), ("basis", Self.text(metric.basis.rawValue)),
      ])
    }
    return Self.object([
      ("name", Self.text(project.title)), ("description", Self.text(project.impact)),
      ("highlights", Self.texts(lines)), ("keywords", Self.texts(project.stack)),
      ("startDate", Self.text(project.start?.iso)), ("endDate", Self.text(project.end?.iso)),
      ("url", Self.text(project.url)), ("roles", project.role.map { .strings([$0]) }),
      ("entity", Self.text(project.organisation)),
      ("x-folio-metrics", metrics.isEmpty ? nil : .array(metrics)),
    ])
  }

  private var profileProjects: [JSONValue] {
    choice.profile.projects.filter { choice.showsEntry($0.visibility) }.map {
      Self.object([
        ("name", Self.text($0.title)), ("description", Self.text($0.summary)),
        ("highlights", Self.texts($0.highlights)), ("keywords", Self.texts($0.keywords)),
        ("startDate", Self.text($0.start?.iso)), ("endDate", Self.text($0.end?.iso)),
        ("url", Self.text($0.url)), ("entity", Self.text($0.detail)),
      ])
    }
  }

  private func items(
    _ list: [Profile.Item], _ title: String, _ detail: String, _ day: String?
  ) -> [JSONValue] {
    list.filter { choice.showsEntry($0.visibility) }.map { item in
      Self.object([
        (title, Self.text(item.title)), (detail, Self.text(item.detail)),
        (day ?? "startDate", Self.text(item.start?.iso)),
        ("endDate", day == nil ? Self.text(item.end?.iso) : nil), ("url", Self.text(item.url)),
        ("summary", Self.text(item.summary)), ("highlights", Self.texts(item.highlights)),
      ])
    }
  }

  // MARK: - Values

  private static func object(_ pairs: [(String, JSONValue?)]) -> JSONValue {
    .object(pairs.compactMap { key, value in value.map { .init(key, $0) } })
  }

  private static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

  private static func texts(_ texts: [String]) -> JSONValue? {
    texts.isEmpty ? nil : .strings(texts)
  }
}
