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
    /// What the bounds beside the blocks are multiplied with.
    let scale: Float
    /// The highest weighted frequency of a short list; below 0 until it is asked for.
    var shortBound: Float = -1
    /// The highest one in the window.
    var bound: Float = 0
  }

  private let segment: Segment
  private let ranking: BM25F
  private let damage: Damage
  private let lengths: UnsafeBufferPointer<UInt8>
  private var parts: [Part] = []
  private let matches: LeafMatches
  /// A phrase; the first part is then its first term, of which only the bounds are of use.
  private let phrase: PhraseSearch?
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
    // The bounds hold for the schema's weights and all fields, so for fewer fields as well.
    let scale = segment.reference.scale(ranking)
    var parts: [Part] = []
    func add(_ list: PostingsList, _ factor: Float, _ mask: UInt8) {
      parts.append(
        Part(
          cursor: PostingsCursor(search.segment, list), factor: factor,
          weights: search.table(mask), scale: scale * factor))
      if parts[parts.count - 1].cursor.isDamaged { search.damage.note(search.segment) }
    }
    switch source {
    case .documents(let matches):
      self.matches = matches
      phrase = nil
    case .lists(let forms):
      matches = LeafMatches()
      phrase = nil
      for form in forms {
        add(form.list, form.isExact ? 1 : BM25F.otherForm, form.isExact ? 0xFF : search.otherMask)
      }
    case .phrase(let lists):
      matches = LeafMatches()
      phrase = PhraseSearch(segment, ranking, lists)
      if phrase != nil, let first = lists.lists[0] { add(first, 1, lists.mask) }
      if let whole = lists.whole { add(whole, 1, lists.mask) }
    }
    self.parts = parts
  }

  deinit {
    found.deallocate()
    frequencies.deallocate()
  }

  /// How many lists of postings are read.
  var listCount: Int { max(1, parts.count) }

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
      let bound = self.bound(index, base, end)
      parts[index].bound = bound
      sum += bound
    }
    bound = sum > 0 ? BM25F.score(sum, idf: idf) : 0
  }

  private func bound(_ index: Int, _ base: UInt32, _ end: UInt32) -> Float {
    let blocks = parts[index].cursor.recordedBlocks
    if blocks == 0 { return shortBound(index) }
    var most: Float = 0
    var block = parts[index].cursor.block(holding: base)
    while block < blocks {
      most = max(most, parts[index].cursor.bound(ofBlock: block))
      if parts[index].cursor.lastDocument(ofBlock: block) >= end - 1 { break }
      block += 1
    }
    return most * parts[index].scale
  }

  private func shortBound(_ index: Int) -> Float {
    if parts[index].shortBound >= 0 { return parts[index].shortBound }
    let mask = parts[index].weights.mask
    var most: Float = 0
    if parts[index].cursor.goTo(block: 0), parts[index].cursor.loadCodes() {
      for place in 0..<parts[index].cursor.length {
        let weight = parts[index].cursor.weight(at: place, ranking, mask)
        let length = lengths[Int(parts[index].cursor.documents[place])]
        most = max(most, weight.frequency(ranking.lengthFactors[Int(length)]))
      }
    }
    parts[index].shortBound = most * parts[index].factor
    return parts[index].shortBound
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
    // Lists behind the first add to what stands there.
    let isAlone = parts.count == 1
    if !isAlone { frequencies.update(repeating: 0, count: Self.size) }
    var others: Float = 0
    if need != nil { for part in parts { others += part.bound } }
    if let phrase { find(phrase, base, end, candidates, need, others: others - parts[0].bound) }
    parts.withUnsafeMutableBufferPointer { parts in
      for index in (phrase == nil ? 0 : 1)..<parts.count {
        evaluate(
          &parts[index], isFirst: isAlone, base, end, candidates, need,
          others: others - parts[index].bound)
        if parts[index].cursor.isDamaged { damage.note(segment) }
      }
    }
  }

  /// Finds the window's documents with the phrase; where it is known that a document cannot reach the
  /// threshold, its positions are not read.
  private func find(
    _ phrase: PhraseSearch, _ base: UInt32, _ end: UInt32, _ candidates: UnsafePointer<UInt64>?,
    _ need: Need?, others: Float
  ) {
    phrase.restart(at: base)
    var next = base
    while next < end, let document = phrase.seek(next), document < end {
      next = document &+ 1
      let place = Int(document &- base)
      let bit: UInt64 = 1 &<< UInt64(place & 63)
      if let candidates, candidates[place &>> 6] & bit == 0 { continue }
      if let need {
        let most =
          BM25F.score(phrase.mostFrequency(parts[0].weights) + others, idf: idf) + need.others
        if BM25F.slack(most) < need.threshold { continue }
      }
      guard let frequency = phrase.frequency() else { continue }
      frequencies[place] = frequency
      found[place &>> 6] |= bit
    }
    if phrase.isDamaged { damage.note(segment) }
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
        let own = part.cursor.bound(ofBlock: block) * part.scale
        let most = BM25F.score(own + others, idf: idf) + need.others
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
    var index = 0
    var upTo = part.cursor.length
    if documents[upTo &- 1] < base { return }
    if documents[0] < base { index = PostingsCursor.place(of: base, in: documents, 0, upTo) }
    if documents[upTo &- 1] >= end {
      upTo = PostingsCursor.place(of: end, in: documents, index, upTo)
    }
    let (found, frequencies) = (found, frequencies)
    let lengths = lengths.baseAddress!
    let factor = part.factor
    part.weights.weights.withUnsafeBufferPointer { weights in
      ranking.lengthFactors.withUnsafeBufferPointer { factors in
        while index < upTo {
          let document = documents[index]
          let place = Int(document &- base)
          let bit: UInt64 = 1 &<< UInt64(place & 63)
          let word = place &>> 6
          if let candidates, candidates[word] & bit == 0 {
            index &+= 1
            continue
          }
          var weight = weights[Int(codes[index])]
          if weight.plain < 0 {
            if weight.plain == WeightTable.unknown {
              weight = part.cursor.weight(at: index, ranking, part.weights.mask)
            }
            if weight.plain < 0 {
              index &+= 1
              continue
            }
          }
          // Where there is but one list, the place still holds an older window's frequency.
          let frequency = weight.frequency(factors[Int(lengths[Int(document)])]) * factor
          frequencies[place] = isFirst ? frequency : frequencies[place] + frequency
          found[word] |= bit
          index &+= 1
        }
      }
    }
  }
}
