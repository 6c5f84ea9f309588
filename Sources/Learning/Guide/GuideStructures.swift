/// The structures of a guide with how many there are of each.
public struct GuideStructures: Sendable {
  /// Name (as in JSON, words joined by `_`) and count, in the order in which guides have them.
  public let counts: [(name: String, count: Int)]

  public init(_ guide: Guide) {
    let sections = guide.sections.flatMap(\.allSections)
    let items = guide.items
    func all(_ kind: GuideSection.Kind) -> [GuideSection] { sections.filter { $0.kind == kind } }
    func number(_ role: GuideItem.Role) -> Int { items.count { $0.role == role } }
    let ideas = all(.idea)
    let ladders = items.filter { $0.role == .ladder }
    let certificates = all(.certifications).flatMap(\.items)
    let quarters = Set(
      sections.filter { $0.kind == .year }.flatMap { year in
        year.items.filter { $0.role == .roadmap }.map { year.id + "/" + ($0.label ?? "") }
      })
    var counts: [(name: String, count: Int)] = [
      ("levels", all(.level).count), ("checks", number(.check)),
      ("next_focus", sections.count { $0.fact("next focus") != nil }),
      ("roles", all(.role).count), ("phases", all(.phase).count),
      ("skills", number(.skill)), ("projects", number(.project)), ("resources", number(.resource)),
      ("stages", all(.stage).count), ("goals", number(.goal)),
      ("activities", number(.activity)), ("success_metrics", number(.success)),
    ]
    counts += [
      ("tiers", all(.tier).count), ("ideas", ideas.count),
      ("idea_skills", ideas.reduce(0) { $0 + $1.ideaSkills.count }),
      ("components", number(.component)), ("steps", number(.step)),
      ("step_points", number(.stepPoint)), ("contributions", number(.contribution)),
      ("channels", number(.channel)), ("certification_groups", certificates.count),
      ("certificates", number(.certificate)), ("certificate_notes", number(.certificateNote)),
      ("resume_skills", number(.resumeSkill)), ("portfolio_rules", number(.portfolioRule)),
      ("tracks", Set(ladders.map { $0.label ?? "" }).count), ("ladders", ladders.count),
      ("ladder_roles", ladders.reduce(0) { $0 + $1.rungs.count }),
    ]
    counts += [
      ("leadership", number(.leadership)), ("years", all(.year).count),
      ("quarters", quarters.count + all(.quarter).count), ("roadmap_points", number(.roadmap)),
      ("cadences", all(.habits).count { !$0.items.isEmpty }), ("habits", number(.habit)),
      ("areas", number(.area)), ("sharing", number(.sharing)), ("milestones", number(.milestone)),
      ("contents", number(.contents)), ("groups", number(.group)),
      ("other_tasks", number(.task)), ("points", number(.point)),
      ("windows", sections.count { $0.window != nil }),
      ("prose", sections.reduce(0) { $0 + $1.prose.count }),
    ]
    self.counts = counts
  }
}

extension GuideSection {
  /// The skills that an idea names: `**Skills**: one, two, three`.
  public var ideaSkills: [String] {
    (fact("skills") ?? "").split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}
