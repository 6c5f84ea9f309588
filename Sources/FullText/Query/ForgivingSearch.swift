/// What a search found that looks further when words of the query are rare or unknown.
public struct ForgivingResult: Sendable {
  /// A word of the query that stands in few documents or none.
  public struct Correction: Sendable, Equatable {
    /// As typed.
    public var typed: String
    /// The nearest word that documents have; nil when only words that begin so were added.
    public var meant: String?
  }

  public var result: SearchResult
  /// What was searched for in the end, for `Index.explain`.
  public var query: Query
  /// The words for which others were taken too; empty when the answer is that to the query itself.
  public var corrections: [Correction] = []

  public init(result: SearchResult, query: Query) {
    self.result = result
    self.query = query
  }
}

extension Index {
  /// With fewer documents than this, words that begin so or are spelt nearly so are tried.
  private static let few = 3
  /// Shorter words are near to too many others.
  private static let shortestWord = 4
  /// From this length on, two letters may be wrong.
  private static let longWord = 8

  /// Finds documents as `search` does; where that gives less than three, or nothing with all words,
  /// looks for the beginnings and the near spellings of the words that few documents have.
  ///
  /// Documents that match the query itself come first and score higher. Words in quotes, with an
  /// operator of their own, with digits or of less than four letters are taken as they are.
  public func searchForgiving(_ query: Query, options: SearchOptions = SearchOptions())
    throws(IndexError) -> ForgivingResult
  {
    let found = try search(query, options: options)
    var answer = ForgivingResult(result: found, query: query)
    guard found.total < Self.few || found.isRelaxed, !query.isFilterOnly, let root = query.root
    else { return answer }
    var others: [(leaf: Query.Leaf, alternatives: [Query.Leaf])] = []
    var corrections: [ForgivingResult.Correction] = []
    for leaf in query.positiveLeaves where !others.contains(where: { $0.leaf == leaf }) {
      guard let (alternatives, meant) = try alternatives(to: leaf, found.isRelaxed ? 1 : Self.few)
      else { continue }
      others.append((leaf, alternatives))
      corrections.append(.init(typed: leaf.text, meant: meant))
    }
    guard !others.isEmpty else { return answer }
    let wider = Query(root: Self.widened(root, others), remarks: query.remarks)
    let more = try search(wider, options: options)
    let exact = found.isRelaxed ? 0 : found.total
    guard more.total > 0, !more.isRelaxed || found.total == 0, more.isRelaxed || more.total > exact
    else { return answer }
    answer.query = wider
    answer.corrections = corrections
    answer.result = more
    if exact > 0 { answer.result.hits = Self.behind(found.hits, more.hits, options.limit) }
    return answer
  }

  /// The first hits, then those of the others that are new, with scores below.
  private static func behind(
    _ first: [SearchResult.Hit], _ others: [SearchResult.Hit], _ limit: Int
  ) -> [SearchResult.Hit] {
    let known = Set(first.map(\.document))
    let new = others.filter { !known.contains($0.document) }
    let room = (first.last?.score ?? 0) * 0.9
    let highest = new.first?.score ?? 0
    let factor = highest > room ? room / highest : 1
    let scaled = new.map { SearchResult.Hit(document: $0.document, score: $0.score * factor) }
    return Array((first + scaled).prefix(limit))
  }

  private static func widened(
    _ node: Query.Node, _ others: [(leaf: Query.Leaf, alternatives: [Query.Leaf])]
  ) -> Query.Node {
    switch node {
    case .leaf(let leaf):
      guard let other = others.first(where: { $0.leaf == leaf }) else { return node }
      return .or([node] + other.alternatives.map { .leaf($0) })
    case .and(let nodes): return .and(nodes.map { widened($0, others) })
    case .or(let nodes): return .or(nodes.map { widened($0, others) })
    case .not, .filter: return node
    }
  }

  /// What to look for besides a plain word that fewer than `few` documents have; nil when the word
  /// is to be taken as it is or nothing is near it.
  private func alternatives(
    to leaf: Query.Leaf, _ few: Int
  ) throws(IndexError) -> (leaves: [Query.Leaf], meant: String?)? {
    guard case .term(let term, _) = leaf.pattern, !leaf.text.hasPrefix("="),
      !leaf.text.hasPrefix("\""), !term.contains(where: { $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    let length = String(decoding: term, as: UTF8.self).unicodeScalars.count
    guard length >= Self.shortestWord else { return nil }
    let count = try search(leaf).total
    guard count < few else { return nil }
    var leaves: [Query.Leaf] = []
    let prefix = Query.Leaf(pattern: .prefix(term), fields: leaf.fields, text: leaf.text + "*")
    let begun = try search(prefix).total
    if begun > count { leaves.append(prefix) }
    var meant: String?
    if begun < few {
      let edits = length >= Self.longWord ? 2 : 1
      let fuzzy = Query.Leaf(
        pattern: .fuzzy(term, edits), fields: leaf.fields, text: "\(leaf.text)~\(edits)")
      let near = try search(fuzzy)
      if near.total > count {
        leaves.append(fuzzy)
        meant = try nearest(to: term, edits, among: near.matcher.terms.texts)
      }
    }
    return leaves.isEmpty ? nil : (leaves, meant)
  }

  private func search(_ leaf: Query.Leaf) throws(IndexError) -> SearchResult {
    try search(Query(root: .leaf(leaf), remarks: []), options: SearchOptions(limit: 0))
  }

  /// Of some terms the one with the fewest edits, then in the most documents, then the first by its
  /// bytes.
  private func nearest(
    to word: [UInt8], _ edits: Int, among terms: [[UInt8]]
  ) throws(IndexError) -> String? {
    var best: (term: [UInt8], edits: Int, count: Int)?
    let compared = EditDistance(word: word, most: edits)
    for term in terms.sorted(by: isBelow) where term != word {
      guard let distance = term.withUnsafeBufferPointer({ compared.distance($0, shared: 0) })
      else { continue }
      if let best, best.edits < distance { continue }
      let count = try documentCount(of: term)
      if best.map({ (distance, $0.count) < ($0.edits, count) }) ?? true {
        best = (term, distance, count)
      }
    }
    return best.map { String(decoding: $0.term, as: UTF8.self) }
  }

  /// How many live documents have a term.
  private func documentCount(of term: [UInt8]) throws(IndexError) -> Int {
    var count = 0
    for segment in segments {
      let damage = Damage()
      var isDamaged = false
      let entry = term.withUnsafeBufferPointer {
        segment.terms.look(for: $0, isDamaged: &isDamaged)
      }
      if isDamaged { damage.note(segment) }
      if let entry { count += segment.liveCount(segment.list(entry), damage) }
      if let file = damage.file {
        throw .damaged(file: file, what: "a part of the dictionary fails its checksum")
      }
    }
    return count
  }
}
