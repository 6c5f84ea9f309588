/// A search as it was understood.
public struct Query: Sendable, Equatable {
  /// A condition on documents.
  indirect enum Node: Sendable, Equatable {
    case leaf(Leaf)
    case and([Node])
    case or([Node])
    case not(Node)
    case filter(Filter)

    /// Whether only conditions on attributes are in it, which do not score.
    var isFilter: Bool {
      switch self {
      case .leaf: false
      case .and(let nodes), .or(let nodes): nodes.allSatisfy(\.isFilter)
      case .not(let node): node.isFilter
      case .filter: true
      }
    }
  }

  /// Something to look for in the text.
  struct Leaf: Sendable, Equatable {
    enum Pattern: Sendable, Equatable {
      /// One term; `stemmed` takes its other forms too.
      case term([UInt8], stemmed: Bool)
      /// All terms that start so.
      case prefix([UInt8])
      /// All terms within so many edits.
      case fuzzy([UInt8], Int)
      /// The whole as one term, or the slots one after another.
      case sequence(whole: [UInt8]?, slots: [Slot])
    }

    /// A term of a phrase and how many positions after the one before it may stand.
    struct Slot: Sendable, Equatable {
      var term: [UInt8]
      var leastStep: Int
      var mostStep: Int
    }

    var pattern: Pattern
    /// Names of the text fields to look in; empty for all.
    var fields: [String]
    /// As it was typed.
    var text: String

    var isPrefix: Bool { if case .prefix = pattern { true } else { false } }
  }

  /// Nil when there is nothing to look for.
  let root: Node?
  /// What was read as text though it looks like an operator, and what was left out.
  public let remarks: [String]

  /// Whether there is nothing to look for.
  public var isEmpty: Bool { root == nil }

  /// Whether there are conditions but no words.
  public var isFilterOnly: Bool { root?.isFilter ?? false }

  /// The words, phrases and patterns looked for, as typed, without negated ones.
  public var terms: [String] { positiveLeaves.map(\.text) }

  /// Reads `text`; whatever is no operator is text, so there are no errors.
  ///
  /// Words side by side are all wanted and bind closer than `OR`. At most 64 KB and 256 words are
  /// read, and parentheses 32 deep.
  ///
  /// - Parameter isTyping: The text is still being typed: a last word without a blank behind it also
  ///   finds what begins with it, whole words first.
  public static func parse(
    _ text: String, syntax: QuerySyntax, isTyping: Bool = false
  ) -> Query {
    var parser = QueryParser(text, syntax, isTyping: isTyping)
    return parser.parse()
  }

  /// The leaves that are not negated.
  var positiveLeaves: [Leaf] {
    var leaves: [Leaf] = []
    func collect(_ node: Node) {
      switch node {
      case .leaf(let leaf): leaves.append(leaf)
      case .and(let nodes), .or(let nodes): nodes.forEach(collect)
      case .not, .filter: break
      }
    }
    if let root { collect(root) }
    return leaves
  }

  /// The conditions on attributes, without negated ones.
  public var conditions: [Filter] {
    var conditions: [Filter] = []
    func collect(_ node: Node) {
      switch node {
      case .filter(let filter): conditions.append(filter)
      case .and(let nodes), .or(let nodes): nodes.forEach(collect)
      case .not, .leaf: break
      }
    }
    if let root { collect(root) }
    return conditions
  }

  /// The same with any of the words instead of all; nil when that is no difference.
  var relaxed: Node? {
    guard case .and(let nodes)? = root else { return nil }
    var kept: [Node] = []
    var words: [Node] = []
    for node in nodes {
      switch node {
      case .not, .filter: kept.append(node)
      default: if node.isFilter { kept.append(node) } else { words.append(node) }
      }
    }
    guard words.count > 1 else { return nil }
    return .and(kept + [.or(words)])
  }
}

/// The names that a query may use before a colon.
public struct QuerySyntax: Sendable {
  /// Kept apart, so that a query without a colon never touches the tables.
  private final class Names: Sendable {
    let fields: [String: [String]]
    let attributes: [String: String]
    let nested: Set<String>

    init(fields: [String: [String]], attributes: [String: String], nested: Set<String>) {
      self.fields = fields
      self.attributes = attributes
      self.nested = nested
    }
  }

  private let names: Names?
  /// The attribute that `before:` (below) and `after:` (at or above) compare.
  public var dateAttribute: String?
  /// Whether there is an attribute of this name; `name:value` is text when there is none.
  public var isAttribute: @Sendable (String) -> Bool

  /// No names at all.
  public init() {
    names = nil
    isAttribute = { _ in false }
  }

  /// - Parameters:
  ///   - fields: Text fields by the names that queries use; several names may mean the same fields.
  ///   - attributeNames: Attributes by other names that queries may use.
  ///   - nestedAttributes: Attributes whose values are nested: `tag:a` also finds `a/b`.
  public init(
    fields: [String: [String]], attributeNames: [String: String] = [:],
    nestedAttributes: Set<String> = [], dateAttribute: String? = nil,
    isAttribute: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    names = Names(fields: fields, attributes: attributeNames, nested: nestedAttributes)
    self.dateAttribute = dateAttribute
    self.isAttribute = isAttribute
  }

  /// The text fields of a name.
  func fields(_ name: String) -> [String]? { names?.fields[name] }

  /// The attribute that a name means.
  func attribute(_ name: String) -> String { names?.attributes[name] ?? name }

  /// Whether the values of an attribute are nested.
  func isNested(_ attribute: String) -> Bool { names?.nested.contains(attribute) ?? false }
}
