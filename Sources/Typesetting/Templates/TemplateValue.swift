/// What a name of a template stands for.
indirect enum TemplateValue: Sendable {
  /// Empty text counts as nothing in a section.
  case text(String)
  case flag(Bool)
  case object(TemplateObject)
  case list([TemplateObject])

  static func number(_ number: Int) -> TemplateValue { .text(String(number)) }
  static func object(
    _ scope: TemplateScope, _ members: [(TemplateVariable, TemplateValue)]
  ) -> TemplateValue { .object(TemplateObject(scope, members)) }
}

/// Names with their values. Few enough to look through one after another.
struct TemplateObject: Sendable {
  let scope: TemplateScope
  private(set) var members: [(name: TemplateVariable, value: TemplateValue)]

  init(_ scope: TemplateScope, _ members: [(TemplateVariable, TemplateValue)]) {
    self.scope = scope
    self.members = members.map { (name: $0.0, value: $0.1) }
  }

  mutating func add(_ other: [(TemplateVariable, TemplateValue)]) {
    members += other.map { (name: $0.0, value: $0.1) }
  }

  /// The value of a name; nil when the things around are to be asked.
  func value(_ name: TemplateVariable) -> TemplateValue? {
    for member in members where member.name == name { return member.value }
    // A block is of one kind, whatever kind the block around it is of; shapes likewise.
    switch scope {
    case .block where Self.kindsOfBlocks.contains(name): return .flag(false)
    case .shape where Self.kindsOfShapes.contains(name): return .flag(false)
    default: return nil
    }
  }

  static let kindsOfBlocks: Set<TemplateVariable> = [
    .heading, .paragraph, .list, .entry, .labelled, .table, .figures, .chart, .subheading, .code,
    .items, .quote, .image,
  ]
  static let kindsOfShapes: Set<TemplateVariable> = [.rect, .line, .circle, .text]
}
