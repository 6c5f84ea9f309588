extension Query {
  /// The same query, looking only in these text fields where it names none itself.
  public func restricted(to fields: [String]) -> Query {
    Query(root: root.map { Self.restrict($0, fields) }, remarks: remarks)
  }

  private static func restrict(_ node: Node, _ fields: [String]) -> Node {
    switch node {
    case .leaf(var leaf):
      if leaf.fields.isEmpty { leaf.fields = fields }
      return .leaf(leaf)
    case .and(let nodes): return .and(nodes.map { restrict($0, fields) })
    case .or(let nodes): return .or(nodes.map { restrict($0, fields) })
    case .not(let inner): return .not(restrict(inner, fields))
    case .filter: return node
    }
  }
}
