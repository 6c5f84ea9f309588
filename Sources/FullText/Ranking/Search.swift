/// How to search.
public struct SearchOptions: Sendable {
  /// How many hits are wanted.
  public var limit: Int
  /// A condition besides those of the query.
  public var filter: Filter?
  /// Weights of text fields by name, instead of the schema's.
  public var weights: [String: Float] {
    get { named?.weights ?? [:] }
    set { named = newValue.isEmpty ? nil : Weights(newValue) }
  }
  /// Kept apart: nearly always there are none, and copies of the options need not know of tables.
  private var named: Weights?

  private final class Weights: Sendable {
    let weights: [String: Float]
    init(_ weights: [String: Float]) { self.weights = weights }
  }

  /// Whether `total` must be exact.
  public var exactTotal: Bool
  /// Up to this number `total` is exact in any case; beyond it the search may leave out documents
  /// that cannot be among the best.
  public var countLimit = 1000
  /// The attribute that holds documents' titles: a document whose title is the query comes first.
  public var titleAttribute: String?

  public init(
    limit: Int = 20, filter: Filter? = nil, weights: [String: Float] = [:],
    exactTotal: Bool = false, titleAttribute: String? = ".title"
  ) {
    self.titleAttribute = titleAttribute
    self.limit = limit
    self.filter = filter
    named = weights.isEmpty ? nil : Weights(weights)
    self.exactTotal = exactTotal
  }
}

/// What a search found.
public struct SearchResult: Sendable {
  /// A document found.
  public struct Hit: Sendable, Equatable {
    public var document: Index.DocumentID
    /// 0 or more; comparable within one search only.
    public var score: Float
  }

  /// Best first; those of equal score in the order of their keys' bytes.
  public var hits: [Hit]
  /// How many documents match; a lower bound unless `isTotalExact`.
  public var total: Int
  public var isTotalExact: Bool
  /// Whether nothing had all the words, so that these have some of them.
  public var isRelaxed: Bool
  /// What was read otherwise than it looks; see `Query.remarks`.
  public var remarks: [String]
  /// Finds the query's words in a document's text, for `Snippet`. Made anew each time.
  public var matcher: Matcher { matching.matcher() }
  let matching: Matching
}

extension SearchResult {
  /// What a matcher is made of.
  struct Matching: @unchecked Sendable {
    /// Holds the mapped files that the sources point into.
    let index: Index
    let leaves: [(pattern: Query.Leaf.Pattern, sources: [LeafSource])]

    func matcher() -> Matcher {
      var matcher = Matcher()
      for (pattern, sources) in leaves {
        let forms = zip(sources, index.segments).flatMap { $0.forms($1) }
        matcher.add(pattern, forms: forms)
      }
      return matcher
    }
  }
}

/// What one word or phrase of a query, or something else about the document, adds to its score.
public struct ScorePart: Sendable, Equatable {
  /// As typed.
  public var text: String
  /// Live documents that have it.
  public var documents: Int
  /// Inverse document frequency, as `BM25F` has it.
  public var idf: Float
  /// Occurrences in the document, weighted by field, form and length.
  public var frequency: Float
  public var score: Float
}

extension Index {
  /// Finds documents and ranks them.
  ///
  /// A query of conditions alone gives its documents by the indexed attribute `modified`, the
  /// highest first, then by key; those without come last. The best of other queries gain by words
  /// that stand near each other, by a title that is the query, and a little by a recent day in the
  /// attribute `modified` unless something is quoted. Results are the same every time, however
  /// the index is divided into segments. Cost: grows with the postings of the query's terms that
  /// can matter, not with the index.
  public func search(_ query: Query, options: SearchOptions = SearchOptions()) throws(IndexError)
    -> SearchResult
  {
    let result = try search(query, options: options, exhaustively: false)
    // Conditions are read before there is an evaluation that could take notice, by the parser too.
    if let segment = segments.first(where: { $0.hasDamage || !$0.hasIntactColumns }) {
      throw .damaged(file: segment.name, what: "the documents' lengths, days or attributes")
    }
    return result
  }

  /// So many hits are checked for damage of what will be shown of them.
  private static let mostChecked = 100

  /// As `search`; exhaustively means that every document is scored, for comparison.
  func search(
    _ query: Query, options: SearchOptions, exhaustively: Bool
  ) throws(IndexError) -> SearchResult {
    let evaluation = Evaluation(self, query, options)
    // Cursors point into memory that only the evaluation holds.
    defer { withExtendedLifetime(evaluation) {} }
    var result = SearchResult(
      hits: [], total: 0, isTotalExact: true, isRelaxed: false, remarks: query.remarks,
      matching: evaluation.matching())
    guard query.root != nil || options.filter != nil else { return result }
    if query.root == nil || query.isFilterOnly {
      let sets = evaluation.filtered(query.root)
      result.total = sets.reduce(0) { $0 + $1.count }
      if options.limit > 0, result.total > 0 { result.hits = newest(sets, options.limit) }
      try checkShown(result.hits)
      return result
    }
    let depth =
      options.limit == 0
      ? 0 : max(Adjustment.leastDepth, min(options.limit, 1 << 24) * Adjustment.depth)
    func find(_ root: Query.Node?) -> Evaluation.Found {
      exhaustively
        ? evaluation.findAll(root, depth: depth) : evaluation.find(root, depth: depth)
    }
    var found = find(query.root)
    if found.total == 0, let relaxed = query.relaxed {
      found = find(relaxed)
      result.isRelaxed = found.total > 0
    }
    result.total = found.total
    result.isTotalExact = found.isTotalExact
    result.hits = evaluation.adjusted(found.best, options.limit)
    try checkShown(result.hits)
    if let file = evaluation.damagedFile {
      throw .damaged(file: file, what: "a list or a part of the dictionary fails its checksum")
    }
    return result
  }

  private func checkShown(_ hits: [SearchResult.Hit]) throws(IndexError) {
    for hit in hits.prefix(Self.mostChecked) {
      let segment = segments[Int(hit.document.segment)]
      if !segment.isIntact(hit.document.local) {
        throw .damaged(file: segment.name, what: "a document's key or attributes")
      }
    }
  }

  /// What each word of `query` adds to the score of `document`, in the order of the query, and then
  /// what the words' nearness, the title and the day of the last change do.
  public func explain(
    _ query: Query, options: SearchOptions = SearchOptions(), document: DocumentID
  ) -> [ScorePart] {
    let evaluation = Evaluation(self, query, options)
    defer { withExtendedLifetime(evaluation) {} }
    return evaluation.parts(document)
  }

  private func newest(_ sets: [DocumentSet], _ limit: Int) -> [SearchResult.Hit] {
    let prefix = AttributeKey.name("modified")
    var found: [(value: [UInt8], document: DocumentID)] = []
    for (index, segment) in segments.enumerated() {
      var newest: [UInt32: [UInt8]] = [:]
      segment.forEachValue(prefix) { cursor in
        let value = Array(cursor.key[prefix.count...])
        segment.forEachDocument(cursor) { if sets[index].contains($0) { newest[$0] = value } }
        return true
      }
      sets[index].forEach {
        found.append((newest[$0] ?? [], DocumentID(segment: UInt16(index), local: $0)))
      }
    }
    found.sort {
      let numbers = (ValueOrder.number($0.value), ValueOrder.number($1.value))
      let order = ValueOrder.compare($0.value, numbers.0, $1.value, numbers.1)
      return order != 0 ? order > 0 : precedes($0.document, $1.document)
    }
    return found.prefix(limit).map { SearchResult.Hit(document: $0.document, score: 0) }
  }
}
