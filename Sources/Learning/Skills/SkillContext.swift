/// What a guide says about a skill area, besides its name.
public struct SkillContext: Sendable {
  /// Where it stands, and what is said there.
  public var words: [String] = []
  /// Projects of the same phase.
  public var projects: [GuideItem] = []
  public var resources: [GuideItem] = []
  /// Project ideas that ask for it.
  public var ideas: [GuideSection] = []

  public init(_ area: SkillArea, in guide: Guide, _ areas: SkillAreas) {
    let sections = guide.sections.flatMap(\.allSections)
    if let section = sections.first(where: { $0.id == area.section }) {
      let path = guide.path(of: section).map { one in
        one.title + (one.window.map { " (\($0))" } ?? "")
      }
      words.append(path.joined(separator: " › "))
      words += section.prose
      // A list under headings of its own has its neighbours one heading up.
      let around = guide.path(of: section).dropLast().last
      let near = section.items.contains { $0.role == .project } ? section : (around ?? section)
      let items = near.allItems
      projects = items.filter { $0.role == .project }
      resources = items.filter { $0.role == .resource }
    }
    let match = TopicMatch(SkillTopic.all)
    ideas = sections.filter { section in
      section.kind == .idea
        && section.ideaSkills.contains { areas.area(about: $0, match)?.id == area.id }
    }
  }
}

extension SkillAreas {
  /// The area that words of a guide are about: the one of that name, else one about the same topic.
  func area(about name: String, _ match: TopicMatch) -> SkillArea? {
    if case .area(let area) = area(named: name) { return area }
    guard let topic = match.topic(of: name) else { return nil }
    return all.first { match.topic(of: $0.name) == topic }
  }

  /// The roles whose paths name an area.
  public func roles(of id: String) -> [String] { rolesByArea[id] ?? [] }
}
