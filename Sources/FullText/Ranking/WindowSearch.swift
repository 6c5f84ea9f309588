/// Finds the best documents of a query in one segment after another, a window of documents at a time.
///
/// In a window every condition is a set of bits. Words that must all be there narrow the set one
/// after another, the rarest first, and blocks of postings without any of its documents are not
/// decoded. Once enough documents are counted and the best so far are as many as wanted, the
/// greatest frequencies beside each block say whether it can hold anything better: such blocks are
/// left out, windows are taken in the order of what they can hold at best, and of words that may be
/// there those that cannot lift a document by themselves only add to documents that others found.
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

/// A query's condition on the documents of one segment.
indirect enum WindowPlan {
  case leaf(Int)
  case documents(DocumentSet)
  case and([WindowPlan])
  case or([WindowPlan])
  case not(WindowPlan)
  case all

  /// With nothing in an `and` that is one itself.
  func flattened() -> WindowPlan {
    switch self {
    case .and(let plans):
      var flat: [WindowPlan] = []
      for plan in plans.map({ $0.flattened() }) {
        if case .and(let inner) = plan { flat += inner } else { flat.append(plan) }
      }
      return .and(flat)
    case .or(let plans): return .or(plans.map { $0.flattened() })
    case .not(let plan): return .not(plan.flattened())
    default: return self
    }
  }

  /// Whether no document of the segment can have it, for want of a word.
  func isImpossible(_ leaves: UnsafeMutableBufferPointer<LeafWindow>) -> Bool {
    switch self {
    case .leaf(let leaf): leaves[leaf].cost == 0
    case .and(let plans): plans.contains { $0.isImpossible(leaves) }
    case .or(let plans): plans.allSatisfy { $0.isImpossible(leaves) }
    case .documents, .not, .all: false
    }
  }

  /// How many conditions deep it is.
  var depth: Int {
    switch self {
    case .and(let plans), .or(let plans): 1 + (plans.map(\.depth).max() ?? 0)
    case .not(let plan): 1 + plan.depth
    default: 1
    }
  }

  fileprivate func countLeaves(_ counts: inout [Int]) {
    switch self {
    case .leaf(let leaf): counts[leaf] += 1
    case .and(let plans), .or(let plans): for plan in plans { plan.countLeaves(&counts) }
    case .not(let plan): plan.countLeaves(&counts)
    default: break
    }
  }
}

/// The work on one window after another of one segment.
struct WindowPass {
  private typealias Bits = UnsafeMutablePointer<UInt64>

  private let segment: Segment
  private let leaves: UnsafeMutableBufferPointer<LeafWindow>
  private let positiveCount: Int
  private let plan: WindowPlan
  /// How often the plan has each leaf; what stands there more than once is evaluated whole.
  private var occurrences: [Int]
  /// Bits for the result and for each level of the plan.
  private let arena: UnsafeMutablePointer<UInt64>
  /// The scores that the leaves evaluated so far give each document of the window.
  let sums: UnsafeMutablePointer<UInt32>
  /// Whether a leaf's scores are in `sums`.
  private var isAdded: [Bool]
  private var base: UInt32 = 0
  private var end: UInt32 = 0
  private var threshold: Float?
  /// Whether documents were left out that cannot be among the best.
  private(set) var isPruned = false
  private let ranges: WindowRanges
  /// By word of the window: the highest score that the leaves not evaluated yet can give.
  private let rest: UnsafeMutablePointer<Float>
  /// Whether all documents of the window are to be looked at.
  private var isAll = true

  init(
    _ segment: Segment, _ leaves: UnsafeMutableBufferPointer<LeafWindow>, _ positiveCount: Int,
    _ plan: WindowPlan, _ ranges: WindowRanges, _ memory: SearchMemory
  ) {
    self.ranges = ranges
    rest = memory.take(Float.self, LeafWindow.wordCount)
    self.segment = segment
    self.leaves = leaves
    self.positiveCount = positiveCount
    occurrences = [Int](repeating: 0, count: leaves.count)
    plan.countLeaves(&occurrences)
    if case .and(let plans) = plan {
      self.plan = .and(plans.sorted { Self.cost($0, leaves) < Self.cost($1, leaves) })
    } else {
      self.plan = plan
    }
    arena = memory.take(UInt64.self, (2 * plan.depth + 3) * LeafWindow.wordCount)
    sums = memory.take(UInt32.self, LeafWindow.size)
    isAdded = [Bool](repeating: false, count: positiveCount)
  }

  /// The leaf of a query that is nothing but one, with filters perhaps.
  var onlyLeaf: UnsafeMutablePointer<LeafWindow>? {
    guard leaves.count == 1, occurrences[0] == 1, positiveCount == 1 else { return nil }
    switch plan {
    case .leaf: return leaves.baseAddress
    default: return nil
    }
  }

  /// A bit for each of the first 64 leaves that a document of the window has.
  func leaves(at place: Int) -> UInt64 {
    var found: UInt64 = 0
    for number in 0..<min(64, positiveCount)
    where leaves[number].window == base && leaves[number].contains(place) {
      found |= 1 &<< UInt64(number)
    }
    return found
  }

  /// In which of their lists the first eight leaves have a document of the window; see `TopHits.Entry`.
  func parts(at place: Int) -> UInt64 {
    var parts: UInt64 = 0
    for number in 0..<min(8, positiveCount) where leaves[number].window == base {
      parts |= UInt64(leaves[number].lists(at: place)) &<< UInt64(8 &* number)
    }
    return parts
  }

  /// The documents that were found.
  var result: UnsafeMutablePointer<UInt64> { arena }

  private static func cost(_ plan: WindowPlan, _ leaves: UnsafeMutableBufferPointer<LeafWindow>)
    -> Int
  {
    switch plan {
    case .documents, .all: -1
    case .leaf(let leaf): leaves[leaf].cost
    case .or(let plans): plans.reduce(1) { $0 + cost($1, leaves) }
    case .and(let plans): plans.map { cost($0, leaves) }.max() ?? 0
    case .not: 1 << 40
    }
  }

  /// Adds what a leaf is worth to the scores of those documents in `bits` that have it.
  private mutating func addScores(_ number: Int, _ bits: Bits) {
    isAdded[number] = true
    let leaf = leaves.baseAddress! + number
    let (found, frequencies) = (leaf.pointee.found, leaf.pointee.frequencies)
    let (sums, idf) = (sums, leaf.pointee.idf)
    for word in 0..<LeafWindow.wordCount {
      var left = bits[word] & found[word]
      while left != 0 {
        let place = word &* 64 &+ left.trailingZeroBitCount
        left &= left &- 1
        sums[place] &+= BM25F.fixedScore(frequencies[place], idf: idf)
      }
    }
  }

  /// Adds the leaves that were evaluated without looking at scores.
  mutating func addRemainingScores() {
    for number in 0..<positiveCount where !isAdded[number] && leaves[number].window == base {
      addScores(number, arena)
    }
  }

  /// Gets ready for a window, of which those ranges are of interest whose bounds are from `lower` to
  /// below `upper` and not below the threshold; false when there are none.
  mutating func prepare(
    _ base: UInt32, _ end: UInt32, _ lower: Float, _ upper: Float, _ threshold: Float?
  ) -> Bool {
    self.base = base
    self.end = end
    self.threshold = threshold
    let live = arena + LeafWindow.wordCount
    var any: UInt64 = 0
    isAll = segment.deletions.isEmpty
    let words = Int(end &- base &+ 63) / 64
    for word in 0..<words {
      let bound = ranges.bound(base, word)
      var bits: UInt64 = 0
      if bound >= lower, bound < upper {
        if let threshold, BM25F.slack(bound) < threshold {
          isPruned = true
        } else {
          bits = .max
        }
      }
      rest[word] = bound
      if bits == 0 { isAll = false }
      any |= bits
      live[word] = bits
    }
    if any == 0 { return false }
    for word in words..<LeafWindow.wordCount { live[word] = 0 }
    if Int(end &- base) & 63 != 0 {
      live[words &- 1] &= .max &>> UInt64(64 &- (Int(end &- base) & 63))
    }
    if !segment.deletions.isEmpty {
      let first = Int(base) / 64
      for word in 0..<words { live[word] &= ~segment.deletions.words[first + word] }
    }
    for leaf in 0..<positiveCount {
      var most: Float = 0
      for word in 0..<words where live[word] != 0 {
        most = max(most, ranges.bound(leaf, base, word))
      }
      leaves[leaf].bound = most
      if !leaves[leaf].hasRanges { _ = leaves[leaf].findBound(base, end) }
    }
    return true
  }

  /// Evaluates the window that was prepared.
  mutating func evaluate() {
    if threshold != nil { isPruned = true }
    if onlyLeaf == nil {
      let live = arena + LeafWindow.wordCount
      for word in 0..<LeafWindow.wordCount where live[word] != 0 {
        (sums + word &* 64).update(repeating: 0, count: 64)
      }
      for number in 0..<positiveCount { isAdded[number] = false }
    }
    let live = arena + LeafWindow.wordCount
    evaluate(plan, restrict: live, isAll: isAll, isRoot: true, into: arena, level: 2)
  }

  private mutating func evaluate(
    _ plan: WindowPlan, restrict: Bits, isAll: Bool, isRoot: Bool, into out: Bits, level: Int
  ) {
    let words = LeafWindow.wordCount
    switch plan {
    case .all:
      out.update(from: restrict, count: words)
    case .leaf(let leaf):
      evaluate(leaf, restrict: isAll ? nil : restrict)
      let found = leaves[leaf].found
      for word in 0..<words { out[word] = found[word] & restrict[word] }
    case .documents(let set):
      let first = Int(base) / 64
      for word in 0..<words {
        out[word] =
          first + word < set.words.count ? restrict[word] & set.words[first + word] : 0
      }
    case .not(let inner):
      let own = arena + level * words
      evaluate(inner, restrict: restrict, isAll: isAll, isRoot: false, into: own, level: level + 2)
      for word in 0..<words { out[word] = restrict[word] & ~own[word] }
    case .or(let plans):
      if isRoot, threshold != nil, let order = simpleLeaves(plans) {
        evaluateAny(order, restrict: restrict, isAll: isAll, into: out)
        return
      }
      let own = arena + level * words
      out.update(repeating: 0, count: words)
      for inner in plans {
        evaluate(
          inner, restrict: restrict, isAll: isAll, isRoot: false, into: own, level: level + 2)
        for word in 0..<words { out[word] |= own[word] }
      }
    case .and(let plans):
      let own = arena + level * words
      let kept = own + words
      kept.update(from: restrict, count: words)
      var isWhole = isAll
      for (number, inner) in plans.enumerated() {
        // What other parts of the query also look for must not be narrowed down by this one.
        evaluate(
          inner, restrict: isRoot ? kept : restrict, isAll: isRoot ? isWhole : isAll,
          isRoot: isRoot, into: own, level: level + 2)
        var any: UInt64 = 0
        for word in 0..<words {
          kept[word] &= own[word]
          any |= kept[word]
        }
        isWhole = false
        if any == 0, isRoot { break }
        guard isRoot, let threshold, number + 1 < plans.count, case .leaf(let leaf) = inner,
          leaf < positiveCount, occurrences[leaf] == 1
        else { continue }
        addScores(leaf, kept)
        takeFromRest(leaf)
        if !narrow(kept, threshold) { break }
      }
      out.update(from: kept, count: words)
    }
  }

  /// What a leaf can give is no longer to come.
  private func takeFromRest(_ leaf: Int) {
    for word in 0..<LeafWindow.wordCount where base &+ UInt32(word &<< 6) < end {
      rest[word] -= ranges.bound(leaf, base, word)
    }
  }

  /// Leaves out documents that the leaves evaluated so far and `rest` cannot lift to the threshold;
  /// says whether any are left.
  private func narrow(_ bits: Bits, _ threshold: Float) -> Bool {
    var any: UInt64 = 0
    for word in 0..<LeafWindow.wordCount where bits[word] != 0 {
      let least = BM25F.leastSum(reaching: threshold, with: max(0, rest[word]))
      var left = bits[word]
      while left != 0 {
        let place = word &* 64 &+ left.trailingZeroBitCount
        let bit = left & (0 &- left)
        left &= left &- 1
        if sums[place] < least { bits[word] &= ~bit }
      }
      any |= bits[word]
    }
    return any != 0
  }

  private func evaluate(_ number: Int, restrict: Bits?) {
    let leaf = leaves.baseAddress! + number
    if occurrences[number] > 1 {
      if leaf.pointee.window != base || !leaf.pointee.isWhole {
        leaf.pointee.evaluate(base, end, candidates: nil)
      }
      return
    }
    var need: LeafWindow.Need?
    if let threshold, number < positiveCount,
      !leaf.pointee.hasRanges || leaf.pointee.isPhrase
    {
      need = LeafWindow.Need(threshold: threshold, others: mostOfOthers(number))
    }
    leaf.pointee.evaluate(
      base, end, candidates: restrict.map { UnsafePointer($0) }, need: need,
      areRanges: restrict == arena + LeafWindow.wordCount)
  }

  /// The highest score that the leaves but one can give a document of the window.
  private func mostOfOthers(_ number: Int) -> Float {
    let live = arena + LeafWindow.wordCount
    var most: Float = 0
    for word in 0..<LeafWindow.wordCount where live[word] != 0 {
      most = max(most, ranges.bound(base, word) - ranges.bound(number, base, word))
    }
    return most
  }

  /// The numbers of the leaves that `plans` are, by ascending bound; nil when one is something else.
  private func simpleLeaves(_ plans: [WindowPlan]) -> [Int]? {
    var numbers: [Int] = []
    for plan in plans {
      guard case .leaf(let leaf) = plan, occurrences[leaf] == 1, leaf < positiveCount else {
        return nil
      }
      numbers.append(leaf)
    }
    return numbers.sorted { leaves[$0].bound < leaves[$1].bound }
  }

  /// Documents with any of the leaves that can reach the threshold.
  private mutating func evaluateAny(_ order: [Int], restrict: Bits, isAll: Bool, into out: Bits) {
    let words = LeafWindow.wordCount
    let threshold = threshold ?? 0
    // What all leaves but these can add.
    var outside: Float = 0
    for leaf in 0..<positiveCount where !order.contains(leaf) { outside += leaves[leaf].bound }
    // The first leaves that even together cannot reach the threshold.
    var light = 0
    var sum = outside
    while light < order.count {
      let next = sum + leaves[order[light]].bound
      if BM25F.slack(next) >= threshold { break }
      sum = next
      light += 1
    }
    out.update(repeating: 0, count: words)
    for leaf in order[light...] {
      evaluate(leaf, restrict: isAll ? nil : restrict)
      let found = leaves[leaf].found
      for word in 0..<words { out[word] |= found[word] & restrict[word] }
      addScores(leaf, restrict)
      takeFromRest(leaf)
    }
    for place in stride(from: light - 1, through: 0, by: -1) {
      if !narrow(out, threshold) { return }
      leaves[order[place]].evaluate(base, end, candidates: UnsafePointer(out))
      addScores(order[place], out)
      takeFromRest(order[place])
    }
  }
}
