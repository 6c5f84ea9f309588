internal import Career
internal import EverydayCommands
internal import FullText
internal import Learning
internal import Notes

/// What documents take from the learning side: records, and how well each skill area is known.
extension CareerSource {
  /// Notes that record a talk, a contribution, a certificate and the like; throws what is wrong with
  /// the first that cannot be read.
  func records() throws -> [LearningRecord] {
    try notes(where: .exists("record")).compactMap { note in
      if let problem = LearningRecord.problem(of: note) {
        throw Failure(.badInput, problem.sentence, problem.remedy)
      }
      return LearningRecord(note)
    }
  }

  /// How well each area is known on a day, from what a reader of `view` may see: no level rests on a
  /// note that is kept from them.
  func skills(
    _ areas: SkillAreas, _ view: View, profile: Profile, projects: [Project],
    records: [LearningRecord], day: CalendarDate
  ) throws -> [String: SkillUse] {
    guard !areas.all.isEmpty, view.sections.contains(.skills) else { return [:] }
    let seen: Filter =
      switch view.audience {
      case .application: .not(.equals("visibility", "private"))
      case .public: .equals("visibility", "public")
      }
    let summaries = self.summaries(where: .and([.exists("skill"), seen]))
    let paths = Set(summaries.map(\.path))
    let metrics = projects.filter { paths.contains($0.path) }.flatMap { project in
      project.metrics.filter { $0.visibility != .private }.map {
        SkillEvidence.MetricMention(
          note: $0.note, name: $0.name, date: ($0.asOf ?? $0.since)?.iso)
      }
    }
    let evidence = SkillEvidence(
      guide: view.audience == .application ? try guide() : nil, areas: areas, notes: summaries,
      metrics: metrics,
      certificates: profile.certificates.filter { $0.visibility != .private }.map {
        .init(name: $0.name, skills: $0.skills, date: $0.date?.iso)
      },
      records: Dictionary(
        records.map { ($0.path, $0.kind) }, uniquingKeysWith: { first, _ in first }),
      resolve: resolve)
    let scale: SkillScale
    let declared: [String: SkillLevel]
    do throws(GuideProblem) {
      scale = try SkillScale(vault.settings.learning)
      declared =
        try file(SkillWords.fileName).map { bytes throws(GuideProblem) in
          try SkillWords(bytes)
        }?.declared ?? [:]
    } catch {
      throw Failure(error)
    }
    guard let on = Learning.CalendarDay(startOf: day.iso) else { return [:] }
    var uses: [String: SkillUse] = [:]
    for area in areas.all {
      let pieces = evidence.pieces(of: area.id)
      guard !pieces.isEmpty else { continue }
      uses[area.id] = SkillUse(
        SkillStanding(area, evidence, declared: declared[area.id], on: on, scale: scale), pieces)
    }
    return uses
  }
}
