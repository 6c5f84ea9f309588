/// The live documents of one segment that match a leaf, with their weighted frequencies.
struct LeafMatches {
  /// Ascending.
  var documents: [UInt32] = []
  var frequencies: [Float] = []
  /// The terms that matched by another form, a prefix or with typos, for highlighting.
  var forms: [[UInt8]] = []
  /// The postings of a word's forms, for the nearness of words, and the fields in which they count.
  var lists: [(list: PostingsList, mask: UInt8)] = []

  /// Adds the frequencies of others, multiplied.
  mutating func add(_ other: LeafMatches, factor: Float) {
    var documents: [UInt32] = []
    var frequencies: [Float] = []
    documents.reserveCapacity(self.documents.count + other.documents.count)
    frequencies.reserveCapacity(self.documents.count + other.documents.count)
    var at = 0
    for (place, document) in other.documents.enumerated() {
      while at < self.documents.count, self.documents[at] < document {
        documents.append(self.documents[at])
        frequencies.append(self.frequencies[at])
        at += 1
      }
      var frequency = other.frequencies[place] * factor
      if at < self.documents.count, self.documents[at] == document {
        frequency = self.frequencies[at] + frequency
        at += 1
      }
      documents.append(document)
      frequencies.append(frequency)
    }
    documents.append(contentsOf: self.documents[at...])
    frequencies.append(contentsOf: self.frequencies[at...])
    self.documents = documents
    self.frequencies = frequencies
  }

  /// The weighted frequency of a document; nil when it is not among them.
  func frequency(of document: UInt32) -> Float? {
    var (low, high) = (0, documents.count)
    while low < high {
      let middle = (low + high) / 2
      if documents[middle] < document { low = middle + 1 } else { high = middle }
    }
    return low < documents.count && documents[low] == document ? frequencies[low] : nil
  }
}

/// Sums weighted frequencies of one segment's documents; used again for leaf after leaf.
final class Accumulator {
  private let sums: UnsafeMutablePointer<Float>
  private let found: UnsafeMutablePointer<UInt64>
  private let wordCount: Int

  init(_ capacity: Int) {
    wordCount = (capacity + 63) / 64
    sums = .allocate(capacity: max(1, capacity))
    sums.initialize(repeating: 0, count: max(1, capacity))
    found = .allocate(capacity: max(1, wordCount))
    found.initialize(repeating: 0, count: max(1, wordCount))
  }

  deinit {
    sums.deallocate()
    found.deallocate()
  }

  @inline(__always)
  func add(_ document: UInt32, _ frequency: Float) {
    sums[Int(document)] += frequency
    found[Int(document &>> 6)] |= 1 &<< UInt64(document & 63)
  }

  func add(_ matches: LeafMatches) {
    for (index, document) in matches.documents.enumerated() {
      add(document, matches.frequencies[index])
    }
  }

  /// Takes the sums out; the accumulator is empty afterwards.
  func take() -> LeafMatches {
    var count = 0
    for index in 0..<wordCount { count += found[index].nonzeroBitCount }
    var matches = LeafMatches()
    // An array for nothing would be written to where all empty arrays are one.
    guard count > 0 else { return matches }
    let (found, sums, wordCount) = (found, sums, wordCount)
    matches.documents = [UInt32](unsafeUninitializedCapacity: count) { documents, used in
      for index in 0..<wordCount where found[index] != 0 {
        var word = found[index]
        while word != 0 {
          documents[used] = UInt32(index &* 64 &+ word.trailingZeroBitCount)
          used += 1
          word &= word &- 1
        }
        found[index] = 0
      }
    }
    matches.frequencies = [Float](unsafeUninitializedCapacity: count) { frequencies, used in
      for document in matches.documents {
        frequencies[used] = sums[Int(document)]
        sums[Int(document)] = 0
        used += 1
      }
    }
    return matches
  }
}

/// Remembers where a query met damage.
final class Damage {
  private(set) var file: String?

  func note(_ segment: Segment) { file = file ?? segment.name }
}
