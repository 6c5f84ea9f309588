internal import Manuscript
internal import Markup

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

/// A thing with names for what it has. The things of which a page has thousands keep what they are made
/// of, and give a value when they are asked for it.
struct TemplateObject: Sendable {
  private enum Storage: Sendable {
    /// Few enough to look through one after another.
    case members([(TemplateVariable, TemplateValue)])
    case run(Run)
    case runs([Run])
    case block(Block)
    case token(CodeTokens.Token)
    case attribute(name: String, value: String)
  }

  let scope: TemplateScope
  private var storage: Storage

  init(_ scope: TemplateScope, _ members: [(TemplateVariable, TemplateValue)]) {
    self.scope = scope
    storage = .members(members)
  }

  init(_ run: Run) { (scope, storage) = (.run, .run(run)) }
  init(_ block: Block) { (scope, storage) = (.block, .block(block)) }
  init(_ token: CodeTokens.Token) { (scope, storage) = (.token, .token(token)) }
  /// Text as a thing: a contact, a line of a list.
  init(_ scope: TemplateScope, runs: [Run]) { (self.scope, storage) = (scope, .runs(runs)) }
  init(attribute name: String, value: String) {
    (scope, storage) = (.attribute, .attribute(name: name, value: value))
  }

  mutating func add(_ other: [(TemplateVariable, TemplateValue)]) {
    if case .members(let members) = storage { storage = .members(members + other) }
  }

  /// Every name it has, with the value.
  var members: [(name: TemplateVariable, value: TemplateValue)] {
    let names: [TemplateVariable]
    switch storage {
    case .members(let members): return members.map { (name: $0.0, value: $0.1) }
    case .run: names = [.text, .href, .plain, .strong, .emphasis, .quantity, .isCode]
    case .runs: names = [.runs]
    case .block(let block):
      let content = HTMLWriter.content(of: block)
      return [(name: content.0, value: content.1)]
    case .token: names = [.token, .text]
    case .attribute: names = [.key, .value]
    }
    return names.compactMap { name in value(name).map { (name: name, value: $0) } }
  }

  /// The value of a name; nil when the things around are to be asked.
  func value(_ name: TemplateVariable) -> TemplateValue? {
    switch storage {
    case .members(let members):
      for index in members.indices where members[index].0 == name { return members[index].1 }
      return scope == .shape && name.isKindOfShape ? .flag(false) : nil
    case .run(let run):
      switch name {
      case .text: return .text(run.text)
      case .href: return .text(run.link?.target ?? "")
      case .plain: return .flag(run.style == .plain)
      case .strong: return .flag(run.style == .strong)
      case .emphasis: return .flag(run.style == .emphasis)
      case .quantity: return .flag(run.style == .quantity)
      case .isCode: return .flag(run.style == .code)
      default: return nil
      }
    case .runs(let runs): return name == .runs ? HTMLWriter.runs(runs) : nil
    case .block(let block):
      guard name.isKindOfBlock else { return nil }
      // A block is of one kind, whatever kind the block around it is of.
      return HTMLWriter.kind(of: block) == name ? HTMLWriter.content(of: block).1 : .flag(false)
    case .token(let token):
      switch name {
      case .token: return .text(token.kind.rawValue)
      case .text: return .text(token.text)
      default: return nil
      }
    case .attribute(let key, let value):
      switch name {
      case .key: return .text(key)
      case .value: return .text(value)
      default: return nil
      }
    }
  }
}

extension TemplateVariable {
  var isKindOfBlock: Bool {
    switch self {
    case .heading, .paragraph, .list, .entry, .labelled, .table, .figures, .chart, .subheading,
      .code, .items, .quote, .image:
      true
    default: false
    }
  }

  var isKindOfShape: Bool {
    switch self {
    case .rect, .line, .circle, .text: true
    default: false
    }
  }
}
