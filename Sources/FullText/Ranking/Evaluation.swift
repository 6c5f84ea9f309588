/// A query at work on an index.
struct Evaluation {
  let index: Index
  let options: SearchOptions
  /// The query's leaves, negated ones too; the positive ones come first.
  var leaves: [Query.Leaf]
  let positiveCount: Int
  /// By leaf, then segment.
  var matches: [[LeafMatches]]
  let idfs: [Float]
  private let damage: Damage

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
      index.schema, weights: options.weights, averageLength: index.averageLength)
    let damage = Damage()
    self.damage = damage
    let searches = index.segments.map {
      LeafSearch($0, ranking, index.schema, language: index.options.language, damage: damage)
    }
    matches = leaves.map { leaf in searches.map { $0.matches(leaf) } }
    idfs = matches.map { found in
      BM25F.idf(found.reduce(0) { $0 + $1.documents.count }, of: index.documentCount)
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

  // MARK: Sets

  /// The live documents of each segment that match `root` and the filter.
  func documents(_ root: Query.Node?) -> [DocumentSet] {
    index.segments.indices.map { number in
      let segment = index.segments[number]
      var set = root.map { documents($0, number) } ?? DocumentSet(live: segment)
      if let filter = options.filter { set.formIntersection(segment.documents(where: filter)) }
      return set
    }
  }

  private func documents(_ node: Query.Node, _ number: Int) -> DocumentSet {
    let segment = index.segments[number]
    switch node {
    case .leaf(let leaf):
      var set = DocumentSet(capacity: segment.documentCount)
      if let place = leaves.firstIndex(of: leaf) {
        for document in matches[place][number].documents { set.insert(document) }
      }
      return set
    case .filter(let filter):
      return segment.documents(where: filter)
    case .not(let node):
      var set = DocumentSet(live: segment)
      set.subtract(documents(node, number))
      return set
    case .and(let nodes):
      var set = DocumentSet(live: segment)
      for node in nodes { set.formIntersection(documents(node, number)) }
      return set
    case .or(let nodes):
      var set = DocumentSet(capacity: segment.documentCount)
      for node in nodes { set.formUnion(documents(node, number)) }
      return set
    }
  }

  // MARK: Scores

  /// The best `limit` documents of `sets`, best first.
  func best(_ sets: [DocumentSet], _ limit: Int) -> [SearchResult.Hit] {
    let depth = max(Adjustment.leastDepth, limit * Adjustment.depth)
    var top = TopHits(limit: depth, index: index)
    for (number, set) in sets.enumerated() {
      let count = set.count
      if count == 0 { continue }
      let documents = set.documents(count: count)
      var scores = [Float](repeating: 0, count: count)
      for leaf in 0..<positiveCount { add(leaf, number, documents, set, to: &scores) }
      for (place, document) in documents.enumerated() where scores[place] >= top.threshold {
        let document = Index.DocumentID(segment: UInt16(number), local: document)
        top.offer(SearchResult.Hit(document: document, score: scores[place]))
      }
    }
    return adjusted(top.sorted(), limit)
  }

  /// How many documents match a query that is one leaf; nil for another or with a filter.
  func countOfLeaf(_ root: Query.Node?) -> Int? {
    guard case .leaf? = root, options.filter == nil, leaves.count == 1 else { return nil }
    return matches[0].reduce(0) { $0 + $1.documents.count }
  }

  /// The best documents of a query that is one leaf.
  func bestOfLeaf(_ limit: Int) -> [SearchResult.Hit] {
    let depth = max(Adjustment.leastDepth, limit * Adjustment.depth)
    var top = TopHits(limit: depth, index: index)
    for (number, found) in matches[0].enumerated() {
      // Scores rise with frequencies, so that most documents need no score.
      var least: Float = -1
      for (place, frequency) in found.frequencies.enumerated() where frequency >= least {
        let document = Index.DocumentID(
          segment: UInt16(number), local: found.documents[place])
        top.offer(
          SearchResult.Hit(
            document: document, score: BM25F.score(frequency, idf: idfs[0])))
        if top.isFull, top.threshold >= BM25F.score(frequency, idf: idfs[0]) {
          least = max(least, frequency)
        }
      }
    }
    return adjusted(top.sorted(), limit)
  }

  /// Adds a leaf's scores to those of the documents found.
  private func add(
    _ leaf: Int, _ number: Int, _ documents: [UInt32], _ set: DocumentSet,
    to scores: inout [Float]
  ) {
    let found = matches[leaf][number]
    let idf = idfs[leaf]
    if documents.count * 8 < found.documents.count {
      var at = 0
      for (place, document) in documents.enumerated() {
        at = found.place(of: document, from: at)
        guard at < found.documents.count else { return }
        if found.documents[at] == document {
          scores[place] += BM25F.score(found.frequencies[at], idf: idf)
        }
      }
      return
    }
    scores.withUnsafeMutableBufferPointer { scores in
      documents.withUnsafeBufferPointer { documents in
        found.documents.withUnsafeBufferPointer { own in
          found.frequencies.withUnsafeBufferPointer { frequencies in
            var place = 0
            for at in 0..<own.count {
              while place < documents.count, documents[place] < own[at] { place += 1 }
              guard place < documents.count else { return }
              if documents[place] == own[at] {
                scores[place] += BM25F.score(frequencies[at], idf: idf)
              }
            }
          }
        }
      }
    }
  }

  func parts(_ document: Index.DocumentID) -> [ScorePart] {
    var parts = (0..<positiveCount).map { leaf in
      let found = matches[leaf][Int(document.segment)]
      let count = matches[leaf].reduce(0) { $0 + $1.documents.count }
      let place = found.documents.firstIndex(of: document.local)
      let frequency = place.map { found.frequencies[$0] } ?? 0
      return ScorePart(
        text: leaves[leaf].text, documents: count, idf: idfs[leaf], frequency: frequency,
        score: BM25F.score(frequency, idf: idfs[leaf]))
    }
    let adjustment = adjustments([document])[0]
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

  func matcher() -> Matcher {
    var matcher = Matcher()
    for leaf in 0..<positiveCount {
      matcher.add(leaves[leaf].pattern, forms: matches[leaf].flatMap(\.forms))
    }
    return matcher
  }
}

/// Keeps the best hits: a heap with the worst on top.
struct TopHits {
  private let limit: Int
  private let index: Index
  private var heap: [SearchResult.Hit] = []

  init(limit: Int, index: Index) {
    self.limit = limit
    self.index = index
  }

  /// Whether `left` ranks before `right`.
  private func precedes(_ left: SearchResult.Hit, _ right: SearchResult.Hit) -> Bool {
    if left.score != right.score { return left.score > right.score }
    return index.precedes(left.document, right.document)
  }

  /// A hit of a lower score than this is not wanted.
  var threshold: Float { heap.count < limit ? -1 : heap[0].score }

  var isFull: Bool { heap.count == limit }

  mutating func offer(_ hit: SearchResult.Hit) {
    if heap.count < limit {
      heap.append(hit)
      var at = heap.count - 1
      while at > 0, precedes(heap[(at - 1) / 2], heap[at]) {
        heap.swapAt(at, (at - 1) / 2)
        at = (at - 1) / 2
      }
      return
    }
    guard let worst = heap.first, precedes(hit, worst) else { return }
    heap[0] = hit
    var at = 0
    while true {
      var last = at
      for child in [2 * at + 1, 2 * at + 2] where child < heap.count {
        if precedes(heap[last], heap[child]) { last = child }
      }
      if last == at { return }
      heap.swapAt(at, last)
      at = last
    }
  }

  func sorted() -> [SearchResult.Hit] { heap.sorted(by: precedes) }
}
