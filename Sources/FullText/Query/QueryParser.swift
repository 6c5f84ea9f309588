/// Makes a tree of a query's pieces.
struct QueryParser {
  private static let mostBytes = 64 * 1024
  private static let mostLeaves = 256
  private static let deepest = 32

  private let syntax: QuerySyntax
  private let tokens: List<QueryToken>
  /// The number of the token that is still being typed.
  private var typed: Int?
  private var at = 0
  private var leaves = 0
  private var remarks: [String]

  init(_ text: String, _ syntax: QuerySyntax, isTyping: Bool = false) {
    self.syntax = syntax
    var bytes = Array(text.utf8.prefix(Self.mostBytes))
    var cut = false
    if text.utf8.count > bytes.count {
      cut = true
      while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
    }
    var lexer = QueryLexer(bytes)
    tokens = lexer.tokens()
    remarks = lexer.remarks
    if isTyping, !lexer.endsInBlank, case .chunk(_, nil, isNegated: false)? = tokens.last {
      typed = tokens.count - 1
    }
    if cut { remarks.append("Only the first 64 KB of the query are read.") }
  }

  mutating func parse() -> Query {
    var parts: [Query.Node] = []
    while at < tokens.count {
      if let node = alternatives(0) { parts.append(node) }
      if at < tokens.count { at += 1 }  // a closing parenthesis without partner
    }
    let root = Self.joined(parts)
    if leaves >= Self.mostLeaves {
      remarks.append("Only the first \(Self.mostLeaves) words of the query are looked for.")
    }
    return Query(root: root, remarks: remarks)
  }

  private static func joined(_ nodes: [Query.Node]) -> Query.Node? {
    var flat: [Query.Node] = []
    for node in nodes {
      if case .and(let inner) = node { flat += inner } else { flat.append(node) }
    }
    return flat.count > 1 ? .and(flat) : flat.first
  }

  private mutating func remark(_ text: String) {
    if remarks.count < 20 { remarks.append(text) }
  }

  /// Reads `a b OR c d` up to a closing parenthesis or the end.
  private mutating func alternatives(_ depth: Int) -> Query.Node? {
    var options: [Query.Node] = []
    while true {
      if let node = conjunction(depth) { options.append(node) }
      guard at < tokens.count, tokens[at] == .or else { break }
      at += 1
    }
    return options.count > 1 ? .or(options) : options.first
  }

  /// Whether an operand can start at `index`.
  private func isOperand(_ index: Int) -> Bool {
    guard index >= 0, index < tokens.count else { return false }
    switch tokens[index] {
    case .chunk, .phrase, .open, .not: return true
    case .close, .or, .and: return false
    }
  }

  private func endsOperand(_ index: Int) -> Bool {
    guard index >= 0, index < tokens.count else { return false }
    switch tokens[index] {
    case .chunk, .phrase, .close: return true
    case .open, .or, .and, .not: return false
    }
  }

  /// Reads operands side by side.
  private mutating func conjunction(_ depth: Int) -> Query.Node? {
    var wanted: [Query.Node] = []
    var unwanted: [Query.Node] = []
    reading: while at < tokens.count {
      switch tokens[at] {
      case .close:
        break reading
      case .or:
        if endsOperand(at - 1), isOperand(at + 1) { break reading }
        remark("'OR' without words on both sides is read as text.")
        wanted += leafNodes("OR", [])
        at += 1
      case .and:
        if !(endsOperand(at - 1) && isOperand(at + 1)) {
          remark("'AND' without words on both sides is read as text.")
          wanted += leafNodes("AND", [])
        }
        at += 1
      case .not:
        at += 1
        guard isOperand(at) else {
          remark("'NOT' without a word behind it is read as text.")
          wanted += leafNodes("NOT", [])
          continue
        }
        let before = wanted.count
        operand(depth, &wanted, &unwanted)
        if wanted.count > before {
          unwanted.append(Self.joined(Array(wanted[before...])) ?? wanted[before])
          wanted.removeSubrange(before...)
        }
      case .open, .chunk, .phrase:
        operand(depth, &wanted, &unwanted)
      }
    }
    return combine(wanted, unwanted)
  }

  /// Negated words count only beside wanted ones; negated conditions stand by themselves.
  private mutating func combine(
    _ wanted: [Query.Node], _ unwanted: [Query.Node]
  ) -> Query.Node? {
    if !wanted.isEmpty || unwanted.allSatisfy(\.isFilter) {
      return Self.joined(wanted + unwanted.map { .not($0) })
    }
    remark("There is nothing beside the negated words, so they are read as text.")
    return Self.joined(unwanted)
  }

  private mutating func operand(
    _ depth: Int, _ wanted: inout [Query.Node], _ unwanted: inout [Query.Node]
  ) {
    let token = tokens[at]
    at += 1
    switch token {
    case .open:
      guard depth < Self.deepest else { return }
      if let node = alternatives(depth + 1) { wanted.append(node) }
      if at < tokens.count, tokens[at] == .close {
        at += 1
      } else {
        remark("The opening parenthesis without a partner is read as text.")
      }
    case .phrase(let text, let isNegated):
      add(phraseNodes(text, []), isNegated, &wanted, &unwanted)
    case .chunk(let text, let phrase, let isNegated):
      let nodes = chunkNodes(text, phrase)
      let isUnfinished = at - 1 == typed
      add(isUnfinished ? nodes.unfinished : nodes, isNegated, &wanted, &unwanted)
    case .close, .or, .and, .not:
      break
    }
  }

  private func add(
    _ nodes: [Query.Node], _ isNegated: Bool, _ wanted: inout [Query.Node],
    _ unwanted: inout [Query.Node]
  ) {
    if isNegated {
      if let node = Self.joined(nodes) { unwanted.append(node) }
    } else {
      wanted += nodes
    }
  }

  // MARK: Chunks

  private mutating func chunkNodes(_ text: String, _ phrase: String?) -> [Query.Node] {
    if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex {
      let name = String(text[..<colon])
      let value = phrase ?? String(text[text.index(after: colon)...])
      let isWhole = phrase == nil || text.index(after: colon) == text.endIndex
      if isWhole, let nodes = named(name, value, isPhrase: phrase != nil) { return nodes }
    }
    return wordNodes(text, []) + (phrase.map { phraseNodes($0, []) } ?? [])
  }

  /// What `name:value` means; nil when it is text.
  private mutating func named(
    _ name: String, _ value: String, isPhrase: Bool
  ) -> [Query.Node]? {
    guard name.utf8.count <= 64, !value.isEmpty, !value.hasPrefix(":") else { return nil }
    let known = TextFolding.fold(name)
    if let fields = syntax.fields(known) {
      return isPhrase ? phraseNodes(value, fields) : wordNodes(value, fields)
    }
    if let attribute = syntax.dateAttribute, known == "before" || known == "after" {
      return [.filter(.compare(attribute, known == "before" ? .less : .greaterOrEqual, value))]
    }
    let attribute = syntax.attribute(known)
    guard syntax.isAttribute(attribute) else {
      if name.utf8.allSatisfy({ ASCIIClass.table[Int($0)] != ASCIIClass.other }) {
        remark("'\(name):' is read as text: there is no such field.")
      }
      return nil
    }
    return [.filter(condition(attribute, value, isPhrase))]
  }

  private func condition(_ attribute: String, _ value: String, _ isPhrase: Bool) -> Filter {
    if !isPhrase {
      for comparison in [Comparison.lessOrEqual, .greaterOrEqual, .less, .greater]
      where value.hasPrefix(comparison.rawValue) && value != comparison.rawValue {
        return .compare(attribute, comparison, String(value.dropFirst(comparison.rawValue.count)))
      }
      if value == "*" { return .exists(attribute) }
      if value.hasSuffix("*") { return .prefix(attribute, String(value.dropLast())) }
    }
    return syntax.isNested(attribute)
      ? .within(attribute, value) : .equals(attribute, value)
  }

  private mutating func wordNodes(_ text: String, _ fields: [String]) -> [Query.Node] {
    if text.hasPrefix("="), text.utf8.count > 1 {
      let leaves = QueryTerms(String(text.dropFirst())).exact(fields)
      if leaves.count == 1 { return nodes(leaves) }
      remark("'\(text.prefix(40))' is read as text: an exact form is one word.")
    }
    if text.hasSuffix("*"), text.utf8.count > 1 {
      if let leaf = QueryTerms(String(text.dropLast())).prefix(fields, text) {
        return nodes([leaf])
      }
      remark("'\(text.prefix(40))' is read as text: a prefix is one word and an asterisk.")
    }
    if let (word, distance) = Self.fuzzy(text) {
      if let leaf = QueryTerms(word).fuzzy(distance, fields, text) { return nodes([leaf]) }
      remark("'\(text.prefix(40))' is read as text: only a word of 3 letters or more has typos.")
    }
    return leafNodes(text, fields)
  }

  /// The word before `~`, `~1` or `~2`, and how many letters of it may be wrong.
  private static func fuzzy(_ text: String) -> (word: String, distance: Int)? {
    if text.hasSuffix("~") { return (String(text.dropLast()), 1) }
    if text.hasSuffix("~1") { return (String(text.dropLast(2)), 1) }
    return text.hasSuffix("~2") ? (String(text.dropLast(2)), 2) : nil
  }

  private mutating func leafNodes(_ text: String, _ fields: [String]) -> [Query.Node] {
    nodes(QueryTerms(text).words(fields))
  }

  private mutating func phraseNodes(_ text: String, _ fields: [String]) -> [Query.Node] {
    nodes(QueryTerms(text).phrase(fields))
  }

  private mutating func nodes(_ found: [Query.Leaf]) -> [Query.Node] {
    let room = max(0, Self.mostLeaves - leaves)
    leaves += min(room, found.count)
    return found.prefix(room).map { .leaf($0) }
  }
}

extension [Query.Node] {
  /// The same, where the last word or value may go on.
  fileprivate var unfinished: [Query.Node] {
    guard let last else { return self }
    let begun: Query.Node
    switch last {
    case .filter(.equals(let name, let value)), .filter(.within(let name, let value)):
      return dropLast() + [.filter(.prefix(name, value))]
    case .leaf(var leaf):
      switch leaf.pattern {
      case .term(let term, _) where !leaf.text.hasPrefix("="): leaf.pattern = .prefix(term)
      case .sequence(let whole?, _): leaf.pattern = .prefix(whole)
      default: return self
      }
      leaf.text += "*"
      begun = .leaf(leaf)
    default:
      return self
    }
    return dropLast() + [.or([last, begun])]
  }
}
