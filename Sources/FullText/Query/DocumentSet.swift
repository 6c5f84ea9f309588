/// A set of the documents of one segment.
struct DocumentSet: Equatable {
  private(set) var words: [UInt64]
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
  }

  /// The live documents of `segment`.
  init(live segment: Segment) {
    self.init(capacity: segment.documentCount)
    for index in words.indices { words[index] = .max }
    if capacity % 64 != 0, !words.isEmpty {
      words[words.count - 1] = .max >> UInt64(64 - capacity % 64)
    }
    if !segment.deletions.isEmpty {
      for index in words.indices { words[index] &= ~segment.deletions.words[index] }
    }
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  @inline(__always)
  mutating func insert(_ document: UInt32) {
    words[Int(document >> 6)] |= 1 &<< UInt64(document & 63)
  }

  mutating func insert(_ range: Range<UInt32>) {
    for document in range { insert(document) }
  }

  func contains(_ document: UInt32) -> Bool {
    words[Int(document >> 6)] & 1 &<< UInt64(document & 63) != 0
  }

  mutating func formIntersection(_ other: DocumentSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func formUnion(_ other: DocumentSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  mutating func subtract(_ other: DocumentSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  /// The documents in ascending order; `count` is how many there are.
  func documents(count: Int) -> [UInt32] {
    // An array for nothing would be written to where all empty arrays are one.
    guard count > 0 else { return [] }
    return [UInt32](unsafeUninitializedCapacity: count) { documents, used in
      for (index, word) in words.enumerated() where word != 0 {
        var word = word
        while word != 0 {
          documents[used] = UInt32(index &* 64 &+ word.trailingZeroBitCount)
          used += 1
          word &= word &- 1
        }
      }
    }
  }

  /// Calls `body` with each document in ascending order.
  func forEach(_ body: (UInt32) -> Void) {
    for (index, word) in words.enumerated() where word != 0 {
      var word = word
      while word != 0 {
        body(UInt32(index * 64 + word.trailingZeroBitCount))
        word &= word - 1
      }
    }
  }
}
