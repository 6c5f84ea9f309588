/// All documents of a leaf in one segment, worked out at once because there are few.
struct KnownDocuments {
  /// Ascending.
  let documents: UnsafeMutablePointer<UInt32>
  let frequencies: UnsafeMutablePointer<Float>
  /// Which of the leaf's lists have them; see `LeafWindow`.
  let marks: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  private init(capacity: Int, _ memory: SearchMemory) {
    documents = memory.take(UInt32.self, capacity)
    frequencies = memory.take(Float.self, capacity)
    marks = memory.take(UInt8.self, capacity)
  }

  /// Those that were worked out beforehand.
  init(_ matches: LeafMatches, _ memory: SearchMemory) {
    self.init(capacity: matches.documents.count, memory)
    count = matches.documents.count
    for place in 0..<count {
      documents[place] = matches.documents[place]
      frequencies[place] = matches.frequencies[place]
    }
    marks.update(repeating: .max, count: count)
  }

  /// The documents of a word's lists, their frequencies summed in the order of the lists.
  init(
    _ parts: UnsafeMutableBufferPointer<LeafWindow.Part>, _ lengths: UnsafePointer<UInt8>,
    _ ranking: BM25F, _ memory: SearchMemory
  ) {
    var postings = 0
    for part in parts { postings += part.cursor.list.count }
    var known = KnownDocuments(capacity: postings, memory)
    var next = parts.count > 1 ? KnownDocuments(capacity: postings, memory) : known
    for index in parts.indices {
      next.merge(known, parts.baseAddress! + index, LeafWindow.mark(index), lengths, ranking)
      swap(&known, &next)
    }
    self = known
  }

  /// Becomes what `known` has and the postings of a list; both may be one when `known` has nothing.
  private mutating func merge(
    _ known: KnownDocuments, _ part: UnsafeMutablePointer<LeafWindow.Part>, _ mark: UInt8,
    _ lengths: UnsafePointer<UInt8>, _ ranking: BM25F
  ) {
    let factors = ranking.lengthFactors.factors
    let (factor, weights) = (part.pointee.factor, part.pointee.weights)
    let (documents, frequencies, marks) = (documents, frequencies, marks)
    var (at, count) = (0, 0)
    @inline(__always)
    func keep() {
      documents[count] = known.documents[at]
      frequencies[count] = known.frequencies[at]
      marks[count] = known.marks[at]
      at &+= 1
      count &+= 1
    }
    while part.pointee.cursor.nextBlock(), part.pointee.cursor.loadCodes() {
      let (own, codes) = (part.pointee.cursor.documents, part.pointee.cursor.codes)
      for index in 0..<part.pointee.cursor.length {
        var weight = weights[Int(codes[index])]
        if weight.plain < 0 {
          if weight.plain == WeightTable.absent { continue }
          weight = part.pointee.cursor.weight(at: index, ranking, part.pointee.mask)
          if weight.plain < 0 { continue }
        }
        let document = own[index]
        var frequency = weight.frequency(factors[Int(lengths[Int(document)])]) * factor
        var all = mark
        while at < known.count, known.documents[at] < document { keep() }
        if at < known.count, known.documents[at] == document {
          frequency = known.frequencies[at] + frequency
          all |= known.marks[at]
          at &+= 1
        }
        documents[count] = document
        frequencies[count] = frequency
        marks[count] = all
        count &+= 1
      }
    }
    while at < known.count { keep() }
    self.count = count
  }

  /// The place of the first at or after `document`, looked for from `place` on by doubling steps.
  func place(of document: UInt32, from place: Int) -> Int {
    var low = place
    var step = 1
    while low + step < count, documents[low + step] < document {
      low += step
      step *= 2
    }
    var high = min(count, low + step + 1)
    while low < high {
      let middle = (low + high) / 2
      if documents[middle] < document { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
