/// Keeps the best documents: a heap with the worst on top. Of equal scores the first key is better.
struct TopHits {
  struct Entry {
    /// In steps of `BM25F.step`.
    var score: UInt32
    var document: Index.DocumentID
  }

  private let limit: Int
  private let index: Index
  private var heap: [Entry] = []

  init(limit: Int, index: Index) {
    self.limit = limit
    self.index = index
    heap.reserveCapacity(min(limit, 1024))
  }

  private func precedes(_ left: Entry, _ right: Entry) -> Bool {
    if left.score != right.score { return left.score > right.score }
    return index.precedes(left.document, right.document)
  }

  /// A document of a lower score than this is not wanted.
  var threshold: UInt32 { heap.count < limit ? 0 : heap.first?.score ?? .max }

  var isFull: Bool { heap.count >= limit }

  mutating func offer(_ entry: Entry) {
    if heap.count < limit {
      heap.append(entry)
      var at = heap.count - 1
      while at > 0, precedes(heap[(at - 1) / 2], heap[at]) {
        heap.swapAt(at, (at - 1) / 2)
        at = (at - 1) / 2
      }
      return
    }
    guard let worst = heap.first, precedes(entry, worst) else { return }
    heap[0] = entry
    var at = 0
    while true {
      var last = at
      var child = 2 * at + 1
      while child <= 2 * at + 2, child < heap.count {
        if precedes(heap[last], heap[child]) { last = child }
        child += 1
      }
      if last == at { return }
      heap.swapAt(at, last)
      at = last
    }
  }

  func sorted() -> [Entry] { heap.sorted(by: precedes) }
}
