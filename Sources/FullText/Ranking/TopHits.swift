/// Keeps the best documents: a heap with the worst on top. Of equal scores the first key is better.
struct TopHits {
  struct Entry {
    /// In steps of `BM25F.step`.
    var score: UInt32
    var document: Index.DocumentID
    /// A bit for each of the first 64 leaves that the document has.
    var leaves: UInt64 = .max
  }

  private let limit: Int
  private let index: Index
  private var heap: [Entry] = []

  init(limit: Int, index: Index) {
    self.limit = limit
    self.index = index
    heap.reserveCapacity(min(limit, 1024))
  }

  @inline(__always)
  private static func precedes(_ left: Entry, _ right: Entry, _ index: Index) -> Bool {
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
