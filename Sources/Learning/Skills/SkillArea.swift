internal import Notes

/// A skill area of a guide.
public struct SkillArea: Sendable, Equatable {
  /// The name in lower case with dashes: what notes write in `skills:`.
  public var id: String
  /// Exactly as the guide writes it.
  public var name: String
  /// Whose path it belongs to: `data-engineer`; nil when the guide has no roles.
  public var role: String?
  /// The role as the guide calls it: `Data Engineer`.
  public var roleTitle: String?
  /// `phase-1`; nil when it stands in none.
  public var phase: String?
  /// The id of the section it stands in.
  public var section: String?
}

/// The skill areas of a vault, in the order of its guide.
public struct SkillAreas: Sendable, Equatable {
  public let all: [SkillArea]
  let rolesByArea: [String: [String]]

  public init(_ areas: [SkillArea]) {
    all = areas
    rolesByArea = Dictionary(
      areas.map { ($0.id, $0.role.map { [$0] } ?? []) }, uniquingKeysWith: { $0 + $1 })
  }

  /// The areas of a guide. One that two roles name is listed once, with the first.
  public init(_ guide: Guide) {
    var areas: [SkillArea] = []
    var rolesByArea: [String: [String]] = [:]
    var seen: Set<String> = []
    func visit(_ section: GuideSection, _ role: GuideSection?, _ phase: GuideSection?) {
      let role = section.kind == .role ? section : role
      let phase = section.kind == .phase ? section : phase
      for item in section.items.flatMap(\.flattened) where item.role == .skill {
        guard let id = Slug.make(item.text) else { continue }
        if let role { rolesByArea[id, default: []].append(Self.lastPart(role.id)) }
        guard seen.insert(id).inserted else { continue }
        let roleTitle = role.map(Self.roleTitle)
        areas.append(
          SkillArea(
            id: id, name: item.text, role: role.map { Self.lastPart($0.id) }, roleTitle: roleTitle,
            phase: phase.map { Self.lastPart($0.id) }, section: section.id))
      }
      for inner in section.sections { visit(inner, role, phase) }
    }
    for section in guide.sections { visit(section, nil, nil) }
    all = areas
    self.rolesByArea = rolesByArea
  }

  /// The title of a role's section without the word that makes it a path.
  static func roleTitle(_ section: GuideSection) -> String {
    section.title.hasSuffix(" Path") ? String(section.title.dropLast(5)) : section.title
  }

  private static func lastPart(_ id: String) -> String {
    id.split(separator: "/").last.map(String.init) ?? id
  }

  /// The roles in the order of the guide: id and title.
  public var roles: [(id: String, title: String)] {
    var roles: [(id: String, title: String)] = []
    for area in all {
      guard let id = area.role, !roles.contains(where: { $0.id == id }) else { continue }
      roles.append((id, area.roleTitle ?? id))
    }
    return roles
  }

  public func area(_ id: String) -> SkillArea? { all.first { $0.id == id } }

  /// Which area a name could mean.
  public enum Match: Sendable, Equatable {
    case area(SkillArea)
    case several([String])
    case none(similar: String?)
  }

  /// The area of an id, or of the only id that begins so.
  public func area(named name: String) -> Match {
    let wanted = Slug.make(name) ?? name
    if let area = area(wanted) { return .area(area) }
    let found = wanted.isEmpty ? [] : all.filter { $0.id.hasPrefix(wanted) }
    switch found.count {
    case 0: return .none(similar: Similar.closest(to: wanted, among: all.map(\.id)))
    case 1: return .area(found[0])
    default: return .several(found.map(\.id))
    }
  }
}
