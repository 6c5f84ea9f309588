/// How many of the best documents are wanted in the end, when their scores may still grow by a factor.
struct Wanted {
  let count: Int
  /// At least 1.
  let growth: Float

  /// A document of a lower score than this is not among the wanted when so many have `least`.
  func floor(_ least: UInt32) -> UInt32 {
    growth > 1 ? UInt32(max(0, Float(least) / growth * 0.9999 - 1)) : least
  }
}

/// Keeps the best documents: a heap with the worst on top. Of equal scores the first key is better.
struct TopHits {
  struct Entry {
    /// In steps of `BM25F.step`.
    var score: UInt32
    var document: Index.DocumentID
    /// A bit for each of the first 64 leaves that the document has.
    var leaves: UInt64 = .max
    /// Eight bits for each of the first eight leaves: which of its lists have the document, the last
    /// bit for all lists from there on. No more than what is known: a bit too many does no harm.
    var parts: UInt64 = .max
  }

  private let limit: Int
  private let index: Index
  private var heap: [Entry] = []
  private let wanted: Wanted?
  private var greatest: GreatestScores?
  /// What the best scores so far say about those that are wanted; 0 until there are enough.
  private var floor: UInt32 = 0

  /// - Parameter wanted: Of the kept ones: others may or may not be kept. Nil for all.
  init(limit: Int, index: Index, wanted: Wanted? = nil) {
    self.limit = limit
    self.index = index
    self.wanted = wanted
    greatest = wanted.map { GreatestScores($0.count) }
    heap.reserveCapacity(min(limit, 1024))
  }

  @inline(__always)
  private static func precedes(_ left: Entry, _ right: Entry, _ index: Index) -> Bool {
    if left.score != right.score { return left.score > right.score }
    return index.precedes(left.document, right.document)
  }

  /// A document of a lower score than this is not wanted.
  var threshold: UInt32 { heap.count < limit ? floor : max(floor, heap.first?.score ?? .max) }

  /// Whether there is a threshold.
  var isFull: Bool { heap.count >= limit || floor > 0 }

  mutating func offer(_ entry: Entry) {
    if let wanted {
      greatest?.offer(entry.score)
      if let least = greatest?.least { floor = wanted.floor(least) }
    }
    if heap.count < limit {
      heap.append(entry)
      var at = heap.count - 1
      while at > 0, Self.precedes(heap[(at - 1) / 2], entry, index) {
        heap[at] = heap[(at - 1) / 2]
        at = (at - 1) / 2
      }
      heap[at] = entry
      return
    }
    guard let worst = heap.first, Self.precedes(entry, worst, index) else { return }
    let (count, index) = (heap.count, index)
    heap.withUnsafeMutableBufferPointer { heap in
      var at = 0
      while true {
        var child = 2 &* at &+ 1
        if child >= count { break }
        if child &+ 1 < count, Self.precedes(heap[child], heap[child &+ 1], index) { child &+= 1 }
        if !Self.precedes(entry, heap[child], index) { break }
        heap[at] = heap[child]
        at = child
      }
      heap[at] = entry
    }
  }

  func sorted() -> [Entry] { heap.sorted { Self.precedes($0, $1, index) } }
}
