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
