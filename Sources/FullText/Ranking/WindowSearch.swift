/// Finds the best documents of a query in one segment after another, a window of documents at a time.
///
/// In a window every condition is a set of bits. Words that must all be there narrow the set one
/// after another, the rarest first, and blocks of postings without any of its documents are not
/// decoded. Once enough documents are counted and the best so far are as many as wanted, what stands
/// beside each range of documents, or each block, says whether it can hold anything better: others are
/// left out, the best ranges or windows come first, and of words that may be there those that cannot
/// lift a document by themselves only add to documents that others found.
/// The best documents and their scores are the same as if all had been scored.
///
/// Sources: Turtle and Flood (1995) for the last; Ding and Suel (2011) for bounds by block.
struct WindowSearch {
  private let evaluation: Evaluation
  /// So many documents are counted exactly.
  private let countLimit: Int
  fileprivate(set) var top: TopHits
  fileprivate(set) var counted = 0
  /// Whether documents may be left out that cannot be among the best.
  private var mayPrune: Bool
  private(set) var hasPruned = false
  private let wanted: Wanted

  /// - Parameter wanted: Of the best `depth`: others may or may not be found.
  init(
    _ evaluation: Evaluation, depth: Int, wanted: Wanted?, countLimit: Int, mayPrune: Bool
  ) {
    self.wanted = wanted ?? Wanted(count: depth, growth: 1)
    self.evaluation = evaluation
    self.countLimit = countLimit
    self.mayPrune = mayPrune
    top = TopHits(limit: depth, index: evaluation.index, wanted: wanted)
  }

  mutating func run(_ root: Query.Node?) {
    for number in evaluation.index.segments.indices { run(root, number) }
  }

  private mutating func run(_ root: Query.Node?, _ number: Int) {
    let segment = evaluation.index.segments[number]
    let leaves = evaluation.windows[number].leaves
    for leaf in leaves.indices { leaves[leaf].forget() }
    var plan = root.map { evaluation.plan($0, number) } ?? .all
    if let filter = evaluation.options.filter {
      plan = .and([.documents(segment.documents(where: filter)), plan])
    }
    plan = plan.flattened()
    if plan.isImpossible(leaves) { return }
    let ranges = WindowRanges(
      segment, leaves, evaluation.positiveCount, plan, evaluation.memory)
    var pass = WindowPass(
      segment, leaves, evaluation.positiveCount, plan, ranges, evaluation.memory)
    let count = UInt32(segment.documentCount)
    let size = UInt32(LeafWindow.size)
    var bases = (0..<(count + size - 1) / size).map { $0 * size }
    // What has the best documents comes first, which shows what can be left out of all others: of a
    // word alone the best ranges, of words of which one is enough the best windows. Blocks with
    // documents in more than one are decoded again. A phrase looks first where it may stand often itself.
    if mayPrune, let leaf = pass.onlyLeaf, !leaf.pointee.isPhrase {
      let best = ranges.best(leaf.pointee.cost)
      if best > 0 {
        run(&pass, bases, count, best, .infinity, UInt16(number))
        run(&pass, bases, count, 0, best, UInt16(number))
        return
      }
    } else if mayPrune, case .or = plan {
      let bounds = bases.map { ranges.bound($0, min(count, $0 + size)) }
      bases.sort { bounds[Int($0 / size)] > bounds[Int($1 / size)] }
    }
    run(&pass, bases, count, 0, .infinity, UInt16(number))
  }

  /// Evaluates windows of a segment, of them the ranges whose bounds are from `lower` to below `upper`.
  private mutating func run(
    _ pass: inout WindowPass, _ bases: [UInt32], _ count: UInt32, _ lower: Float, _ upper: Float,
    _ number: UInt16
  ) {
    for base in bases {
      let end = min(count, base + UInt32(LeafWindow.size))
      let threshold = mayPrune && top.isFull ? BM25F.score(top.threshold) : nil
      guard pass.prepare(base, end, lower, upper, threshold) else { continue }
      if mayPrune, wanted.count > 0 { pass.onlyLeaf?.pointee.leaveOut(wanted) }
      pass.evaluate()
      if pass.onlyLeaf?.pointee.hasLeftOut == true { hasPruned = true }
      collect(&pass, base, number)
      if counted > countLimit { mayPrune = true }
    }
    if pass.isPruned { hasPruned = true }
  }

  private mutating func collect(_ pass: inout WindowPass, _ base: UInt32, _ segment: UInt16) {
    if let leaf = pass.onlyLeaf {
      collect(pass, leaf, base, segment)
      return
    }
    pass.addRemainingScores()
    let sums = pass.sums
    var least = top.threshold
    for word in 0..<LeafWindow.wordCount {
      var bits = pass.result[word]
      if bits == 0 { continue }
      counted += bits.nonzeroBitCount
      while bits != 0 {
        let place = word &* 64 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        if sums[place] < least { continue }
        top.offer(
          TopHits.Entry(
            score: sums[place],
            document: Index.DocumentID(segment: segment, local: base &+ UInt32(place)),
            leaves: pass.leaves(at: place), parts: pass.parts(at: place)))
        least = top.threshold
      }
    }
  }
}

extension WindowSearch {
  /// The same for the documents of one leaf: a frequency too low for the best needs no score.
  private mutating func collect(
    _ pass: WindowPass, _ leaf: UnsafeMutablePointer<LeafWindow>, _ base: UInt32,
    _ segment: UInt16
  ) {
    let idf = leaf.pointee.idf
    let frequencies = leaf.pointee.frequencies
    let result = pass.result
    var least = top.isFull ? BM25F.frequency(scoring: top.threshold, idf: idf) : 0
    for word in 0..<LeafWindow.wordCount {
      var bits = result[word]
      if bits == 0 { continue }
      if !mayPrune || !top.isFull {
        counted &+= bits.nonzeroBitCount
      } else {
        hasPruned = true
      }
      // Where many documents are, most are not good enough, which is seen at eight at a time.
      if bits.nonzeroBitCount > 8 {
        bits &= Self.reaching(least, frequencies + word &* 64)
      }
      while bits != 0 {
        let place = word &* 64 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        if frequencies[place] < least { continue }
        let score = BM25F.fixedScore(frequencies[place], idf: idf)
        if top.isFull, score < top.threshold { continue }
        top.offer(
          TopHits.Entry(
            score: score,
            document: Index.DocumentID(segment: segment, local: base &+ UInt32(place))))
        least = top.isFull ? BM25F.frequency(scoring: top.threshold, idf: idf) : 0
      }
    }
  }

  /// A bit for each of 64 frequencies that may be as high as `least`: for eight together.
  @inline(__always)
  private static func reaching(_ least: Float, _ frequencies: UnsafeMutablePointer<Float>) -> UInt64
  {
    let raw = UnsafeRawPointer(frequencies)
    let wanted = SIMD8<Float>(repeating: least)
    var bits: UInt64 = 0
    for group in 0..<8 {
      let values = raw.loadUnaligned(fromByteOffset: group &* 32, as: SIMD8<Float>.self)
      if any(values .>= wanted) { bits |= 0xFF &<< UInt64(8 &* group) }
    }
    return bits
  }
}
