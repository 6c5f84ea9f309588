/// The documents whose title is a query, by segment; nil until they were looked for.
final class Titles {
  var found: [[UInt32]]?
}

/// A query at work on an index.
struct Evaluation {
  let index: Index
  let options: SearchOptions
  /// The query's leaves, negated ones too; the positive ones come first.
  let leaves: [Query.Leaf]
  let positiveCount: Int
  /// By segment.
  private let searches: [LeafSearch]
  /// By leaf, then segment.
  private let sources: [[LeafSource]]
  private let counts: [LeafCount]
  let idfs: [Float]
  /// By segment, then leaf.
  let windows: [LeafWindows]
  let memory: SearchMemory
  private let damage: Damage
  let titles = Titles()

  /// The file in which damage was met; the answer is not to be trusted then.
  var damagedFile: String? { damage.file }

  init(_ index: Index, _ query: Query, _ options: SearchOptions) {
    self.index = index
    self.options = options
    var leaves: [Query.Leaf] = []
    for leaf in query.positiveLeaves where !leaves.contains(leaf) { leaves.append(leaf) }
    positiveCount = leaves.count
    for leaf in Self.negativeLeaves(query.root) where !leaves.contains(leaf) {
      leaves.append(leaf)
    }
    self.leaves = leaves
    let ranking = BM25F(
      index.schema, weights: options.weights, means: index.meanLengths,
      factors: index.lengthFactors)
    let damage = Damage()
    self.damage = damage
    let memory = SearchMemory()
    self.memory = memory
    let searches = index.segments.map {
      LeafSearch(
        $0, ranking, index.schema, language: index.options.language, damage: damage,
        memory: memory)
    }
    self.searches = searches
    let sources = leaves.map { leaf in searches.map { $0.source(leaf) } }
    self.sources = sources
    let counts = sources.map { LeafCount($0, index.segments, damage) }
    self.counts = counts
    let idfs = counts.map { $0.idf(of: index.documentCount) }
    self.idfs = idfs
    windows = searches.indices.map { number in
      LeafWindows(leaves.count, memory) {
        LeafWindow(sources[$0][number], idf: idfs[$0], searches[number])
      }
    }
  }

  private static func negativeLeaves(_ root: Query.Node?) -> [Query.Leaf] {
    var found: [Query.Leaf] = []
    func collect(_ node: Query.Node, _ isNegated: Bool) {
      switch node {
      case .leaf(let leaf): if isNegated { found.append(leaf) }
      case .and(let nodes), .or(let nodes): for node in nodes { collect(node, isNegated) }
      case .not(let node): collect(node, true)
      case .filter: break
      }
    }
    if let root { collect(root, false) }
    return found
  }

  // MARK: The best documents

  /// What was found, before words near each other, titles and days have their say.
  struct Found {
    var best: [TopHits.Entry]
    var total: Int
    var isTotalExact: Bool
  }

  /// The best `depth` documents that match `root` and the filter.
  func find(_ root: Query.Node?, depth: Int) -> Found {
    let limit = options.exactTotal ? Int.max : options.countLimit
    let known = options.filter == nil && depth > 0 ? atLeast(root) : (count: 0, isExact: false)
    var search = WindowSearch(
      self, depth: depth, wanted: wanted(depth), countLimit: limit,
      mayPrune: known.isExact || known.count > limit || limit == 0)
    search.run(root)
    return Found(
      best: search.top.sorted(), total: max(known.count, search.counted),
      isTotalExact: known.isExact || !search.hasPruned)
  }

  /// How many of the best `depth` are wanted; nil for all of them.
  ///
  /// A word or phrase alone gains nothing by nearness, and when no title is the query, what a document
  /// can gain is known.
  private func wanted(_ depth: Int) -> Wanted? {
    guard positiveCount == 1, options.limit > 0, options.limit < depth, !hasTitled else {
      return nil
    }
    return Wanted(count: options.limit, growth: greatestGrowth)
  }

  /// A number of documents that match at least, and whether it is the number.
  private func atLeast(_ root: Query.Node?) -> (count: Int, isExact: Bool) {
    switch root {
    case .leaf(let leaf):
      guard let place = leaves.firstIndex(of: leaf) else { return (0, false) }
      return (counts[place].atLeast, counts[place].isExact)
    case .or(let nodes):
      return (nodes.map { atLeast($0).count }.max() ?? 0, false)
    case .and(let nodes) where nodes.count == 1:
      return atLeast(nodes[0])
    default:
      return (0, false)
    }
  }

  /// The condition on documents of segment `number`.
  func plan(_ node: Query.Node, _ number: Int) -> WindowPlan {
    switch node {
    case .leaf(let leaf): .leaf(leaves.firstIndex(of: leaf) ?? 0)
    case .filter(let filter): .documents(index.segments[number].documents(where: filter))
    case .not(let node): .not(plan(node, number))
    case .and(let nodes): .and(nodes.map { plan($0, number) })
    case .or(let nodes): .or(nodes.map { plan($0, number) })
    }
  }

  /// The live documents of each segment that match `root` and the filter, neither of which has
  /// words in it.
  func filtered(_ root: Query.Node?) -> [DocumentSet] {
    index.segments.indices.map { number in
      let segment = index.segments[number]
      var set =
        root.map { documents($0, number) { _ in DocumentSet(capacity: 0) } }
        ?? DocumentSet(live: segment)
      if let filter = options.filter { set.formIntersection(segment.documents(where: filter)) }
      return set
    }
  }

  // MARK: All documents

  private func documents(
    _ node: Query.Node, _ number: Int, _ ofLeaf: (Query.Leaf) -> DocumentSet
  ) -> DocumentSet {
    let segment = index.segments[number]
    switch node {
    case .leaf(let leaf):
      return ofLeaf(leaf)
    case .filter(let filter):
      return segment.documents(where: filter)
    case .not(let node):
      var set = DocumentSet(live: segment)
      set.subtract(documents(node, number, ofLeaf))
      return set
    case .and(let nodes):
      var set = DocumentSet(live: segment)
      for node in nodes { set.formIntersection(documents(node, number, ofLeaf)) }
      return set
    case .or(let nodes):
      var set = DocumentSet(capacity: segment.documentCount)
      for node in nodes { set.formUnion(documents(node, number, ofLeaf)) }
      return set
    }
  }

  /// What `find` finds, by scoring every document: slow, and simple enough to be believed.
  func findAll(_ root: Query.Node?, depth: Int) -> Found {
    var top = TopHits(limit: depth, index: index)
    var total = 0
    for number in index.segments.indices {
      let segment = index.segments[number]
      let matches = leaves.map { searches[number].matches($0) }
      var set =
        root.map {
          documents($0, number) { leaf in
            var set = DocumentSet(capacity: segment.documentCount)
            if let place = leaves.firstIndex(of: leaf) {
              for document in matches[place].documents { set.insert(document) }
            }
            return set
          }
        } ?? DocumentSet(live: segment)
      if let filter = options.filter { set.formIntersection(segment.documents(where: filter)) }
      set.forEach { document in
        var score: UInt32 = 0
        var found: UInt64 = 0
        for leaf in 0..<positiveCount {
          if let frequency = matches[leaf].frequency(of: document) {
            score += BM25F.fixedScore(frequency, idf: idfs[leaf])
            if leaf < 64 { found |= 1 << UInt64(leaf) }
          }
        }
        total += 1
        top.offer(
          TopHits.Entry(
            score: score,
            document: Index.DocumentID(segment: UInt16(number), local: document), leaves: found))
      }
    }
    return Found(best: top.sorted(), total: total, isTotalExact: true)
  }

  // MARK: Words about it

  func parts(_ document: Index.DocumentID) -> [ScorePart] {
    var found: UInt64 = 0
    var parts = (0..<positiveCount).map { leaf in
      var count = 0
      var frequency: Float = 0
      for (number, search) in searches.enumerated() {
        let matches = search.matches(leaves[leaf])
        count += matches.documents.count
        if number == Int(document.segment), let own = matches.frequency(of: document.local) {
          frequency = own
          if leaf < 64 { found |= 1 << UInt64(leaf) }
        }
      }
      return ScorePart(
        text: leaves[leaf].text, documents: count, idf: idfs[leaf], frequency: frequency,
        score: BM25F.score(BM25F.fixedScore(frequency, idf: idfs[leaf])))
    }
    let adjustment = adjustment(document, found)
    func add(_ text: String, _ score: Float) {
      guard score > 0 else { return }
      parts.append(ScorePart(text: text, documents: 1, idf: 0, frequency: 1, score: score))
    }
    add("words near each other", adjustment.nearness)
    add("the title", adjustment.title)
    let sum = parts.reduce(0) { $0 + $1.score }
    add("a recent change", sum * adjustment.recency - sum)
    return parts
  }

  /// Finds the words in texts. Few searches ask for it, so the terms are looked up only then.
  func matching() -> SearchResult.Matching {
    SearchResult.Matching(
      index: index, leaves: (0..<positiveCount).map { (leaves[$0].pattern, sources[$0]) })
  }
}
