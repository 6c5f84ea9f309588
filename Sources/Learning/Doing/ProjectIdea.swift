internal import Notes

/// Something that a guide proposes to build.
public struct ProjectIdea: Sendable, Equatable {
  public var id: String
  public var title: String
  /// What it stands under: a tier, or a role and phase.
  public var group: String
  public var window: String?
  public var objective: String?
  public var components: [String]
  /// Ids of skill areas.
  public var skills: [String]
  public var line: Int

  /// The ideas of a guide: its headings of ideas, then the projects of its roles.
  public static func all(in guide: Guide, _ areas: SkillAreas) -> [ProjectIdea] {
    let match = TopicMatch(SkillTopic.all)
    var ideas: [ProjectIdea] = []
    var projects: [ProjectIdea] = []
    func visit(_ section: GuideSection, _ around: [GuideSection]) {
      if section.kind == .idea {
        let tier = around.last { $0.kind == .tier } ?? around.last
        var skills: [String] = []
        for name in section.ideaSkills {
          if let id = areas.area(about: name, match)?.id, !skills.contains(id) { skills.append(id) }
        }
        ideas.append(
          ProjectIdea(
            id: section.id, title: section.title, group: tier?.title ?? "", window: tier?.window,
            objective: section.fact("objective") ?? section.fact("goal") ?? section.prose.first,
            components: section.items.filter { $0.role == .component }.map(\.text), skills: skills,
            line: section.line))
      }
      for item in section.items where item.role == .project {
        let near = areas.all.filter { $0.section == section.id }
        // The areas of its phase that its words are about; all of them when none is.
        let named = areas.area(about: item.lead ?? item.text, match)
        let skills = near.filter { $0.id == named?.id }.map(\.id)
        let phase = section.kind == .phase ? section : around.last { $0.kind == .phase }
        let role = around.last { $0.kind == .role }
        projects.append(
          ProjectIdea(
            id: item.id, title: item.lead ?? item.text,
            group: [role.map(SkillAreas.roleTitle), (phase ?? section).title].compactMap { $0 }
              .joined(separator: ", "), window: phase?.window,
            objective: item.lead == nil ? nil : item.detail, components: [],
            skills: skills.isEmpty ? near.map(\.id) : skills, line: item.line))
      }
      for inner in section.sections { visit(inner, around + [section]) }
    }
    for section in guide.sections { visit(section, []) }
    return ideas + projects
  }

  public enum Match: Sendable, Equatable {
    case idea(ProjectIdea)
    case several([ProjectIdea])
    case none(similar: String?)
  }

  /// The idea of a name: its id, the end of it, its title, or words that only its title has.
  public static func find(_ name: String, among ideas: [ProjectIdea]) -> Match {
    let slug = name.split(separator: "/").map { Slug.make(String($0)) ?? "" }
      .joined(separator: "/")
    let words = Guide.words(name)
    guard !words.isEmpty else { return .none(similar: nil) }
    let tests: [(ProjectIdea) -> Bool] = [
      { $0.id == slug || $0.id == name }, { $0.id.hasSuffix("/" + slug) },
      { Slug.make($0.title) == slug }, { Guide.words($0.title).isSuperset(of: words) },
      { Guide.words($0.title + " " + $0.id).isSuperset(of: words) },
    ]
    for test in tests {
      let found = ideas.filter(test)
      if found.count == 1 { return .idea(found[0]) }
      if !found.isEmpty { return .several(found) }
    }
    return .none(similar: Similar.closest(to: name, among: ideas.map(\.title)))
  }

  /// The text of a project note: the objective, and the components as tasks.
  public var body: String {
    var parts: [String] = []
    if let objective { parts.append(objective) }
    if !components.isEmpty {
      parts.append("## Components\n\n" + components.map { "- [ ] \($0)" }.joined(separator: "\n"))
    }
    parts.append("From [[guide]]: \(group.isEmpty ? title : group).")
    return parts.joined(separator: "\n\n")
  }
}
