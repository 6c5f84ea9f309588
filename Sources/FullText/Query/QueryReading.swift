extension Query {
  /// The query as it was understood, in words that can be typed again: every operator written out,
  /// `=` before words that are taken in this form only. Empty when there is nothing to look for.
  public var reading: String { root.map { Self.reading($0, isInside: false) } ?? "" }

  private static func reading(_ node: Node, isInside: Bool) -> String {
    switch node {
    case .leaf(let leaf): return leaf.reading
    case .filter(let filter): return filter.reading
    case .not(let node): return "NOT " + reading(node, isInside: true)
    case .and(let nodes), .or(let nodes):
      let sign = if case .or = node { " OR " } else { " AND " }
      let text = nodes.map { reading($0, isInside: true) }.joined(separator: sign)
      return isInside && nodes.count > 1 ? "(\(text))" : text
    }
  }
}

extension Query.Leaf {
  fileprivate var reading: String {
    let place = fields.isEmpty ? "" : fields.joined(separator: "/") + ":"
    func word(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    switch pattern {
    case .term(let term, let stemmed): return place + (stemmed ? "" : "=") + word(term)
    case .prefix(let prefix): return place + word(prefix) + "*"
    case .fuzzy(let term, let edits): return place + word(term) + "~\(edits)"
    case .sequence(let whole, let slots):
      let phrase = "\"" + slots.map { word($0.term) }.joined(separator: " ") + "\""
      guard let whole else { return place + phrase }
      return "(\(place)=\(word(whole)) OR \(place)\(phrase))"
    }
  }
}

extension Filter {
  fileprivate var reading: String {
    switch self {
    case .all: return "everything"
    case .equals(let name, let value): return "\(name) is \(value)"
    case .within(let name, let value): return "\(name) is \(value) or below"
    case .prefix(let name, let value): return "\(name) begins with \(value)"
    case .compare(let name, let comparison, let value):
      return "\(name) \(comparison.rawValue) \(value)"
    case .exists(let name): return "there is \(name)"
    case .keyPrefix(let prefix): return "path begins with \(prefix)"
    case .and(let filters): return "(" + filters.map(\.reading).joined(separator: " AND ") + ")"
    case .or(let filters): return "(" + filters.map(\.reading).joined(separator: " OR ") + ")"
    case .not(let filter): return "NOT " + filter.reading
    }
  }
}
