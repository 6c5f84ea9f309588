internal import Career
internal import EverydayCommands
internal import FullText
internal import Learning
internal import Notes

extension LearningSource {
  /// The day on which the command runs.
  var today: Learning.CalendarDay { Learning.CalendarDay(Environment.now) }

  /// Notes that record something, in the order of their paths; says what is wrong with others.
  func records() throws -> [LearningRecord] {
    var records: [LearningRecord] = []
    for note in try read(where: .exists("record")) {
      if let problem = LearningRecord.problem(of: note) {
        Output.remark(Terminal.harmless("\(problem.sentence). \(problem.remedy)"))
      }
      if let record = LearningRecord(note) { records.append(record) }
    }
    return records
  }

  /// The profile, filled in or not; nil when the vault has none.
  func profile() throws -> Profile? {
    guard let (note, _) = reader.read(try VaultPath("profile.md")) else { return nil }
    return try CareerSource.checked { () throws(Problems) in
      try ProfileReader.read(note, needsName: false)
    }
  }

  func metrics() throws -> MetricBook {
    let notes = try read(where: .equals("kind", "project"))
    return try CareerSource.checked { () throws(Problems) in try MetricBook(notes) }
  }

  /// Everything that the vault shows for the areas of its guide.
  func evidence(_ areas: SkillAreas) throws -> SkillEvidence {
    let certificates = try profile()?.certificates ?? []
    return SkillEvidence(
      guide: guide, areas: areas, notes: summaries(where: .exists("skill")),
      metrics: try metrics().metrics.map {
        .init(note: $0.note, name: $0.name, date: ($0.asOf ?? $0.since)?.iso)
      },
      certificates: certificates.map {
        .init(name: $0.name, skills: $0.skills, date: $0.date?.iso)
      },
      records: Dictionary(
        try records().map { ($0.path, $0.kind) }, uniquingKeysWith: { first, _ in first }),
      resolve: resolve)
  }

  func scale() throws -> SkillScale {
    do throws(GuideProblem) { return try SkillScale(vault.settings.learning) } catch {
      throw Failure(error)
    }
  }

  /// Each area with its level on the day of the command, in the order of the guide.
  func standings(_ areas: SkillAreas, _ evidence: SkillEvidence) throws -> [SkillStanding] {
    let scale = try scale()
    let declared = try words().declared
    return areas.all.map {
      SkillStanding($0, evidence, declared: declared[$0.id], on: today, scale: scale)
    }
  }

  /// The role that a person named, or the one that the guide's front matter names.
  func role(_ name: String?, _ areas: SkillAreas) throws -> (id: String, title: String)? {
    try Self.role(name, areas, file)
  }

  static func role(
    _ name: String?, _ areas: SkillAreas, _ file: GuideFile
  ) throws -> (id: String, title: String)? {
    guard let name = name ?? file.note.frontMatter.value("role")?.text else { return nil }
    let wanted = Slug.make(name) ?? name
    let exact = areas.roles.filter { $0.id == wanted }
    let near = exact.isEmpty ? areas.roles.filter { $0.id.hasPrefix(wanted) } : exact
    if near.count == 1 { return near[0] }
    let names = areas.roles.map(\.id)
    let similar = Similar.closest(to: wanted, among: names)
    throw Failure(
      .badInput,
      near.isEmpty ? "the guide has no role \(name)" : "\(name) could be \(near.count) roles",
      (similar.map { "Did you mean \($0)? " } ?? "")
        + "The roles are \(names.joined(separator: ", ")).")
  }
}
