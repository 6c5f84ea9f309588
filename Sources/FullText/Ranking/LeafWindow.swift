/// A leaf in one segment, evaluated for a window of documents at a time.
///
/// A window is 2,048 documents: a bit for each that has the leaf, and its weighted frequency.
final class LeafWindow {
  static let size = 2048
  static let wordCount = size / 64

  /// One list of postings and what an occurrence in it counts for.
  private struct Part {
    var cursor: PostingsCursor
    let factor: Float
    let weights: WeightTable
    /// The highest weighted frequency of each block, or of the whole short list; filled when needed.
    var bounds: [Float] = []
    /// The highest one in the window.
    var bound: Float = 0
  }

  private let segment: Segment
  private let ranking: BM25F
  private let damage: Damage
  private let lengths: UnsafeBufferPointer<UInt8>
  private var parts: [Part] = []
  private let matches: LeafMatches
  private var greatest: Float?
  let idf: Float
  let cost: Int
  /// Which of the window's documents have the leaf, and how often; of use for those only.
  let found: UnsafeMutablePointer<UInt64>
  let frequencies: UnsafeMutablePointer<Float>
  /// The first document of the window that was evaluated last.
  private(set) var window: UInt32 = .max
  /// Whether that was done for all of its documents.
  private(set) var isWhole = false
  /// The highest score of a document of the window that `findBound` was asked for.
  private(set) var bound: Float = 0

  init(_ source: LeafSource, idf: Float, _ search: LeafSearch) {
    self.idf = idf
    segment = search.segment
    ranking = search.ranking
    damage = search.damage
    lengths = segment.lengthBytes
    cost = source.cost
    found = .allocate(capacity: Self.wordCount)
    frequencies = .allocate(capacity: Self.size)
    switch source {
    case .documents(let matches): self.matches = matches
    case .lists(let forms):
      matches = LeafMatches()
      for form in forms {
        parts.append(
          Part(
            cursor: PostingsCursor(segment, form.list),
            factor: form.isExact ? 1 : BM25F.otherForm,
            weights: search.table(form.isExact ? 0xFF : search.otherMask)))
      }
    }
  }

  deinit {
    found.deallocate()
    frequencies.deallocate()
  }

  /// The next window is evaluated anew.
  func forget() { window = .max }

  @inline(__always)
  func contains(_ place: Int) -> Bool { found[place &>> 6] & 1 &<< UInt64(place & 63) != 0 }

  // MARK: Bounds

  /// Finds out how high a score in the window can be, from what stands beside the blocks.
  func findBound(_ base: UInt32, _ end: UInt32) {
    var sum: Float = 0
    if parts.isEmpty {
      if greatest == nil { greatest = matches.frequencies.max() ?? 0 }
      let place = matches.place(of: base, from: 0)
      if place < matches.documents.count, matches.documents[place] < end { sum = greatest ?? 0 }
    }
    for index in parts.indices {
      if parts[index].bounds.isEmpty { fillBounds(index) }
      let bound = Self.bound(parts[index], base, end)
      parts[index].bound = bound
      sum += bound
    }
    bound = sum > 0 ? BM25F.score(sum, idf: idf) : 0
  }

  private static func bound(_ part: borrowing Part, _ base: UInt32, _ end: UInt32) -> Float {
    let blocks = part.cursor.recordedBlocks
    if blocks == 0 { return part.bounds[0] }
    var most: Float = 0
    var block = part.cursor.block(holding: base)
    while block < blocks {
      most = max(most, part.bounds[block])
      if part.cursor.lastDocument(ofBlock: block) >= end - 1 { break }
      block += 1
    }
    return most
  }

  private func fillBounds(_ index: Int) {
    let mask = parts[index].weights.mask
    let factor = parts[index].factor
    let blocks = parts[index].cursor.recordedBlocks
    if blocks > 0 {
      parts[index].bounds = (0..<blocks).map {
        ranking.bound(parts[index].cursor.bound(ofBlock: $0), mask) * factor
      }
      return
    }
    var most: Float = 0
    if parts[index].cursor.goTo(block: 0), parts[index].cursor.loadCodes() {
      for place in 0..<parts[index].cursor.length {
        let weight = parts[index].cursor.weight(at: place, ranking, mask)
        let length = lengths[Int(parts[index].cursor.documents[place])]
        most = max(most, weight.frequency(ranking.lengthFactors[Int(length)]) * factor)
      }
    }
    parts[index].bounds = [most]
  }

  // MARK: Evaluation

  /// A score that is needed, and what the other leaves can add at most.
  struct Need {
    var threshold: Float
    var others: Float
  }

  /// Evaluates the window from `base` to before `end`, a multiple of 64 apart but for the last.
  ///
  /// - Parameters:
  ///   - candidates: Documents that are of interest; nil for all.
  ///   - need: Blocks whose documents cannot reach the threshold are left out; bounds must have
  ///     been found.
  func evaluate(
    _ base: UInt32, _ end: UInt32, candidates: UnsafePointer<UInt64>?, need: Need? = nil
  ) {
    window = base
    isWhole = candidates == nil && need == nil
    found.update(repeating: 0, count: Self.wordCount)
    if parts.isEmpty {
      takeMatches(base, end)
      return
    }
    var others: Float = 0
    if need != nil { for part in parts { others += part.bound } }
    parts.withUnsafeMutableBufferPointer { parts in
      for index in parts.indices {
        evaluate(
          &parts[index], isFirst: index == 0, base, end, candidates, need,
          others: others - parts[index].bound)
        if parts[index].cursor.isDamaged { damage.note(segment) }
      }
    }
  }

  private func takeMatches(_ base: UInt32, _ end: UInt32) {
    var place = matches.place(of: base, from: 0)
    let (found, frequencies) = (found, frequencies)
    matches.documents.withUnsafeBufferPointer { documents in
      matches.frequencies.withUnsafeBufferPointer { own in
        while place < documents.count, documents[place] < end {
          let at = Int(documents[place] &- base)
          found[at &>> 6] |= 1 &<< UInt64(at & 63)
          frequencies[at] = own[place]
          place &+= 1
        }
      }
    }
  }

  private func evaluate(
    _ part: inout Part, isFirst: Bool, _ base: UInt32, _ end: UInt32,
    _ candidates: UnsafePointer<UInt64>?, _ need: Need?, others: Float
  ) {
    let blocks = part.cursor.recordedBlocks
    if blocks == 0 {
      guard part.cursor.goTo(block: 0), part.cursor.loadCodes() else { return }
      add(&part, isFirst, base, end, candidates)
      return
    }
    var block = part.cursor.block(holding: base)
    var from = block == 0 ? 0 : part.cursor.lastDocument(ofBlock: block - 1) &+ 1
    while block < blocks, from < end {
      let last = part.cursor.lastDocument(ofBlock: block)
      var isWanted = true
      if let need {
        let most = BM25F.score(part.bounds[block] + others, idf: idf) + need.others
        isWanted = BM25F.slack(most) >= need.threshold
      }
      if isWanted, let candidates {
        isWanted = Self.hasAny(
          candidates, Int(max(from, base) &- base), Int(min(last, end &- 1) &- base))
      }
      if isWanted {
        guard part.cursor.goTo(block: block), part.cursor.loadCodes() else { return }
        add(&part, isFirst, base, end, candidates)
      }
      from = last &+ 1
      block &+= 1
    }
  }

  /// Whether a bit from `first` to `last` is set.
  private static func hasAny(_ bits: UnsafePointer<UInt64>, _ first: Int, _ last: Int) -> Bool {
    let (low, high) = (first &>> 6, last &>> 6)
    let head = UInt64.max &<< UInt64(first & 63)
    let tail = UInt64.max &>> UInt64(63 &- last & 63)
    if low == high { return bits[low] & head & tail != 0 }
    if bits[low] & head != 0 || bits[high] & tail != 0 { return true }
    var at = low &+ 1
    while at < high {
      if bits[at] != 0 { return true }
      at &+= 1
    }
    return false
  }

  /// Adds the postings of the decoded block that are in the window.
  @inline(__always)
  private func add(
    _ part: inout Part, _ isFirst: Bool, _ base: UInt32, _ end: UInt32,
    _ candidates: UnsafePointer<UInt64>?
  ) {
    let documents = part.cursor.documents
    let codes = part.cursor.codes
    let length = part.cursor.length
    var index = 0
    if documents[length &- 1] < base { return }
    if documents[0] < base { index = PostingsCursor.place(of: base, in: documents, 0, length) }
    let (found, frequencies) = (found, frequencies)
    let lengths = lengths.baseAddress!
    let weights = part.weights.weights
    let factor = part.factor
    ranking.lengthFactors.withUnsafeBufferPointer { factors in
      while index < length {
        let document = documents[index]
        if document >= end { return }
        let place = Int(document &- base)
        let bit: UInt64 = 1 &<< UInt64(place & 63)
        let word = place &>> 6
        if let candidates, candidates[word] & bit == 0 {
          index &+= 1
          continue
        }
        var weight = weights[Int(codes[index])]
        if weight.plain < 0 { weight = slowWeight(part, index) }
        if weight.plain >= 0 {
          let frequency =
            weight.frequency(factors[Int(lengths[Int(document)])]) * factor
          if isFirst || found[word] & bit == 0 {
            frequencies[place] = frequency
            found[word] |= bit
          } else {
            frequencies[place] += frequency
          }
        }
        index &+= 1
      }
    }
  }

  private func slowWeight(_ part: borrowing Part, _ index: Int) -> BM25F.Weight {
    let code = part.cursor.codes[index]
    let known = part.weights.weights[Int(code)]
    if known.plain == WeightTable.absent { return known }
    let weight = part.cursor.weight(at: index, ranking, part.weights.mask)
    if code != part.cursor.escape { part.weights.weights[Int(code)] = weight }
    return weight
  }
}
