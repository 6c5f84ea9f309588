/// What a query can find in ranges of one segment's documents, a range being 64 of them or, in a large
/// segment, more: whether anything, and how high a score at best.
struct WindowRanges {
  private let leaves: UnsafeMutableBufferPointer<LeafWindow>
  private let positiveCount: Int
  private let shift: UInt32
  private let count: Int
  /// By leaf, then range; 0 where it has no documents.
  private let bounds: UnsafeMutablePointer<Float>
  /// The sums of all leaves, below 0 where nothing can be found.
  private let sums: UnsafeMutablePointer<Float>

  /// - Parameter plan: The query, with nothing in an `and` that is one itself.
  init(
    _ segment: Segment, _ leaves: UnsafeMutableBufferPointer<LeafWindow>, _ positiveCount: Int,
    _ plan: WindowPlan, _ memory: SearchMemory
  ) {
    self.leaves = leaves
    self.positiveCount = positiveCount
    shift = RangeBounds.leastShift(segment.documentCount)
    count = RangeBounds.ranges(segment.documentCount, shift: shift)
    bounds = memory.take(Float.self, max(1, positiveCount) * count)
    sums = memory.take(Float.self, count)
    sums.update(repeating: 0, count: count)
    for leaf in 0..<positiveCount {
      let own = bounds + leaf * count
      findBounds(leaf, own, UInt32(segment.documentCount))
      for range in 0..<count { sums[range] += own[range] }
    }
    // A byte a range, not 0 where the plan may find something.
    let marks = memory.take(UInt8.self, plan.depth * count)
    mark(plan, marks)
    for range in 0..<count where marks[range] == 0 { sums[range] = -1 }
  }

  private func findBounds(
    _ leaf: Int, _ bounds: UnsafeMutablePointer<Float>, _ documents: UInt32
  ) {
    if leaves[leaf].hasRanges {
      leaves[leaf].findBounds(bounds, count, shift: shift)
      return
    }
    let size = UInt32(LeafWindow.size)
    var base: UInt32 = 0
    while base < documents {
      let end = min(documents, base + size)
      let bound = leaves[leaf].findBound(base, end)
      for range in Int(base >> shift)...Int((end - 1) >> shift) {
        // A range may be of several windows.
        bounds[range] =
          base & ((1 << shift) - 1) == 0 || base >> shift != UInt32(range)
          ? bound : max(bounds[range], bound)
      }
      base = end
    }
  }

  private func mark(_ plan: WindowPlan, _ marks: UnsafeMutablePointer<UInt8>) {
    switch plan {
    case .leaf(let leaf) where leaf < positiveCount:
      let own = bounds + leaf * count
      for range in 0..<count { marks[range] = own[range] > 0 ? 1 : 0 }
    case .documents(let set):
      let step = Int(shift) - 6
      marks.update(repeating: 0, count: count)
      for word in 0..<min(set.words.count, count << step) where set.words[word] != 0 {
        marks[word >> step] = 1
      }
    case .and(let plans), .or(let plans):
      let isAll = if case .and = plan { true } else { false }
      marks.update(repeating: isAll ? 1 : 0, count: count)
      let own = marks + count
      for plan in plans {
        mark(plan, own)
        for range in 0..<count {
          marks[range] = isAll ? marks[range] & own[range] : marks[range] | own[range]
        }
      }
    case .leaf, .not, .all:
      marks.update(repeating: 1, count: count)
    }
  }

  /// The range of 64 documents.
  @inline(__always)
  private func range(_ base: UInt32, _ word: Int) -> Int {
    Int((base &+ UInt32(truncatingIfNeeded: word &<< 6)) &>> shift)
  }

  /// How high a score can be where the plan may find something; below 0 elsewhere.
  @inline(__always)
  func bound(_ base: UInt32, _ word: Int) -> Float { sums[range(base, word)] }

  /// How high a score of a leaf can be.
  @inline(__always)
  func bound(_ leaf: Int, _ base: UInt32, _ word: Int) -> Float {
    bounds[leaf &* count &+ range(base, word)]
  }

  /// How high a score can be from one document to before another; below 0 where nothing is found.
  func bound(_ base: UInt32, _ end: UInt32) -> Float {
    var most: Float = -1
    for range in Int(base >> shift)...Int((end - 1) >> shift) { most = max(most, sums[range]) }
    return most
  }

  /// About as many ranges as there are best documents are looked at before all others.
  private static let fewRanges = 24
  /// With fewer postings to a range it is as quick to look at all at once.
  private static let leastPostings = 4

  /// A score that only a few ranges can reach, which are worth to be looked at first; below 0 when that
  /// would not pay.
  func best(_ postings: Int) -> Float {
    guard postings > count * Self.leastPostings else { return -1 }
    var most: Float = 0
    for range in 0..<count { most = max(most, sums[range]) }
    guard most > 0 else { return -1 }
    let steps = 128
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: steps) { counts in
      counts.initialize(repeating: 0)
      let factor = Float(steps) / most * 0.9999
      for range in 0..<count where sums[range] >= 0 { counts[Int(sums[range] * factor)] += 1 }
      var reached = 0
      for step in stride(from: steps - 1, to: 0, by: -1) {
        reached += counts[step]
        if reached >= Self.fewRanges {
          // Where many are as good, looking at them first tells nothing.
          return reached < 4 * Self.fewRanges ? Float(step) / factor : -1
        }
      }
      return -1
    }
  }
}
