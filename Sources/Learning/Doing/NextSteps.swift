/// The few things of a guide to do now, each with its reason.
public struct NextSteps: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case milestone, skill, tick, project, habit
  }

  public struct Step: Sendable, Equatable {
    public var kind: Kind
    public var title: String
    /// The id of the item, section or area.
    public var id: String
    public var reason: String
    /// Smaller is more urgent.
    var order: Int
  }

  public let steps: [Step]

  /// - Parameters:
  ///   - standings: The areas of the role, or of all roles.
  ///   - role: The role that is followed, by id.
  ///   - limit: Steps at most; of each kind there are at most three.
  public init(
    _ guide: Guide, _ areas: SkillAreas, standings: [SkillStanding], start: CalendarDay,
    today: CalendarDay, role: String?, limit: Int
  ) {
    let plan = GuidePlan(guide, start: start, role: role)
    var steps: [Step] = []
    // Milestones that are due, the oldest first, and those of the next two months.
    for entry in plan.entries where entry.kind == .milestone && entry.done == 0 {
      let days = entry.last.number - today.number
      if days < 0 {
        steps.append(
          Step(
            kind: .milestone, title: entry.title, id: entry.id,
            reason: "was due on \(entry.last.iso)", order: 10))
      } else if days <= 61 {
        steps.append(
          Step(
            kind: .milestone, title: entry.title, id: entry.id,
            reason: "due on \(entry.last.iso)", order: 20))
      }
    }
    // Areas of a phase that has begun and has nothing yet, then those that are fading.
    let phases = plan.entries.filter { $0.kind == .phase && $0.first <= today }
    for standing in standings {
      let area = standing.area
      let hasBegun =
        phases.isEmpty
        || phases.contains { entry in area.section.map { $0.hasPrefix(entry.id) } ?? false }
      if hasBegun, standing.gap > 0 {
        steps.append(
          Step(
            kind: .skill, title: area.name, id: area.id,
            reason: standing.level == .none
              ? "nothing shows it yet" + Self.phase(area)
              : "\(standing.level.rawValue), below \(standing.target.rawValue)" + Self.phase(area),
            order: standing.level == .none ? 30 : 40))
      } else if standing.level >= standing.target, let day = standing.fallsOn,
        day.number - today.number <= 90
      {
        steps.append(
          Step(
            kind: .skill, title: area.name, id: area.id,
            reason: "falls below \(standing.level.rawValue) on \(day.iso)", order: 35))
      }
    }
    // Open boxes of stages and levels whose time it is, else of the first level that has some.
    let sections = guide.sections.flatMap(\.allSections)
    let open = plan.entries.filter { entry in
      entry.kind == .stage && entry.first <= today && entry.done < entry.total
    }
    for entry in open {
      let isLate = entry.last < today
      for item in sections.first(where: { $0.id == entry.id })?.allItems ?? []
      where item.isDone == false {
        steps.append(
          Step(
            kind: .tick, title: item.text, id: item.id,
            reason: isLate
              ? "left over from \(entry.title), which ended on \(entry.last.iso)"
              : "\(entry.title), until \(entry.last.iso)", order: isLate ? 50 : 25))
      }
    }
    if let level = sections.first(where: {
      $0.kind == .level && $0.progress.done < $0.progress.total
    }) {
      for item in level.allItems where item.isDone == false {
        steps.append(
          Step(
            kind: .tick, title: item.text, id: item.id, reason: "the last open of \(level.title)",
            order: 55))
      }
    }
    steps += Self.ideas(guide, areas, standings, today: today, start: start)
    var counts: [Kind: Int] = [:]
    self.steps = Array(
      steps.enumerated().sorted {
        ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
      }.map(\.element).filter { step in
        counts[step.kind, default: 0] += 1
        return counts[step.kind, default: 0] <= 3
      }.prefix(limit))
  }

  private static func phase(_ area: SkillArea) -> String {
    area.phase.map { ", and \($0.replacing("-", with: " ")) has begun" } ?? ""
  }

  /// Ideas that would give evidence for areas without it.
  private static func ideas(
    _ guide: Guide, _ areas: SkillAreas, _ standings: [SkillStanding], today: CalendarDay,
    start: CalendarDay
  ) -> [Step] {
    let match = TopicMatch(SkillTopic.all)
    let missing = Set(standings.filter { $0.gap > 0 }.map(\.area.id))
    var steps: [(count: Int, step: Step)] = []
    for section in guide.sections.flatMap(\.allSections) where section.kind == .idea {
      let wanted = section.ideaSkills.compactMap { areas.area(about: $0, match) }
        .filter { missing.contains($0.id) }
      guard !wanted.isEmpty else { continue }
      steps.append(
        (
          wanted.count,
          Step(
            kind: .project, title: section.title, id: section.id,
            reason: "would show \(wanted.map(\.name).joined(separator: ", "))", order: 45)
        ))
    }
    return steps.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }
    .map(\.element.step)
  }
}
