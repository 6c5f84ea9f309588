/// The greatest of some scores: a heap with the least on top.
struct GreatestScores {
  private let wanted: Int
  private var heap: [UInt32] = []

  /// - Parameter wanted: How many are kept, at least 1.
  init(_ wanted: Int) {
    self.wanted = wanted
    heap.reserveCapacity(min(wanted, 1024))
  }

  /// The least of them; nil while there are fewer.
  var least: UInt32? { heap.count < wanted ? nil : heap.first }

  mutating func offer(_ score: UInt32) {
    var at = heap.count
    if at < wanted {
      heap.append(score)
      while at > 0, heap[(at - 1) / 2] > score {
        heap[at] = heap[(at - 1) / 2]
        at = (at - 1) / 2
      }
      heap[at] = score
      return
    }
    guard let least = heap.first, score > least else { return }
    at = 0
    while true {
      var child = 2 * at + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      if heap[child] >= score { break }
      heap[at] = heap[child]
      at = child
    }
    heap[at] = score
  }
}
