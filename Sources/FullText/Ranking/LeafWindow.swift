/// A leaf in one segment, evaluated for a window of documents at a time.
///
/// A window is 2,048 documents: a bit for each that has the leaf, and its weighted frequency. It stands
/// in memory of its own and is changed there: what happens in it happens for every posting.
struct LeafWindow {
  static let size = 2048
  static let wordCount = size / 64

  /// A list of postings to be read.
  private struct Source {
    let list: PostingsList
    let factor: Float
    let mask: UInt8
  }

  /// One list of postings and what an occurrence in it counts for.
  struct Part {
    var cursor: PostingsCursor
    let factor: Float
    let mask: UInt8
    let weights: UnsafePointer<BM25F.Weight>
    let singles: UnsafePointer<BM25F.Weight>
    /// What the bounds beside the blocks are multiplied with.
    let scale: Float
    /// The highest weighted frequency of a short list; below 0 until it is asked for.
    var shortBound: Float = -1
    /// The highest one in the window.
    var bound: Float = 0
    /// The block that the last window began in.
    var block = 0
  }

  private let segment: Segment
  let ranking: BM25F
  private let damage: Damage
  let lengths: UnsafePointer<UInt8>
  let parts: UnsafeMutableBufferPointer<Part>
  /// What was worked out beforehand.
  private let matches: LeafMatches
  /// All documents of a leaf that has few, or whose documents were worked out beforehand.
  let known: KnownDocuments?
  /// The place among them where the window after the last begins.
  private var reached = 0
  /// What ranges of documents are worth at best.
  var ranges: RangeBounds.Part?
  /// What the bounds of ranges are multiplied with.
  let scale: Float
  /// A phrase; the first part is then its first term, of which only the bounds are of use.
  private let phrase: PhraseSearch?
  /// Whether it is a word, whose lists say where it stands. A phrase of which the segment lacks a term is
  /// none, though only the list of the whole is left of it.
  let isWord: Bool
  /// Keep what the parts point to.
  private let tables: [WeightTable]
  let idf: Float
  let cost: Int
  /// Which of the window's documents have the leaf, and how often; of use for those only.
  let found: UnsafeMutablePointer<UInt64>
  let frequencies: UnsafeMutablePointer<Float>
  /// Which of the parts have it, a bit each, the last one for all parts from there on; of a word with
  /// several only.
  private let marks: UnsafeMutablePointer<UInt8>
  /// The first document of the window that was evaluated last.
  private(set) var window: UInt32 = .max
  /// Whether that was done for all of its documents.
  private(set) var isWhole = false
  /// The highest score of a document of the window that is evaluated next.
  var bound: Float = 0
  /// Of a phrase that is the whole query: what is needed to be among the best, and the best so far. Nil
  /// while every document is to be counted.
  private var wanted: Wanted?
  private var best: GreatestScores?
  /// The weighted frequency that a document of the window must be able to have.
  private var needed: Float = 0
  /// Windows whose documents were looked at in the order of what they can have.
  private var orderings = 0
  private static let mostOrderings = 2
  /// Whether documents were left out that cannot be among these.
  private(set) var hasLeftOut = false

  init(_ source: LeafSource, idf: Float, _ search: LeafSearch) {
    self.idf = idf
    segment = search.segment
    ranking = search.ranking
    damage = search.damage
    lengths = segment.lengthBytes.baseAddress ?? ByteReader.nothing
    cost = source.cost
    let memory = search.memory
    found = memory.take(UInt64.self, Self.wordCount)
    frequencies = memory.take(Float.self, Self.size)
    marks = memory.take(UInt8.self, Self.size)
    var lists = List<Source>()
    var matches = LeafMatches()
    var phrase: PhraseSearch?
    var isWord = false
    switch source {
    case .documents(let known):
      matches = known
    case .lists(let forms):
      isWord = !forms.isEmpty
      lists.reserveCapacity(forms.count)
      for form in forms {
        lists.append(
          form.isExact
            ? Source(list: form.list, factor: 1, mask: 0xFF)
            : Source(list: form.list, factor: BM25F.otherForm, mask: search.otherMask))
      }
    case .phrase(let terms):
      phrase = PhraseSearch(segment, ranking, terms, memory: memory)
      if phrase != nil, let first = terms.lists[0] {
        lists.append(Source(list: first, factor: 1, mask: terms.mask))
      }
      if let whole = terms.whole {
        lists.append(Source(list: whole, factor: 1, mask: terms.mask))
      }
    }
    self.phrase = phrase
    self.isWord = isWord
    // The bounds hold for the schema's weights and all fields, so for fewer fields as well.
    let scale = segment.reference.scale(ranking)
    var tables: [WeightTable] = []
    parts = .allocate(capacity: lists.count)
    for place in lists.indices {
      let entry = lists[place]
      let table =
        tables.first { $0.mask == entry.mask } ?? search.table(entry.mask)
      if tables.last !== table { tables.append(table) }
      let cursor = PostingsCursor(segment, entry.list, memory: memory)
      if cursor.isDamaged { damage.note(segment) }
      parts.initializeElement(
        at: place,
        to: Part(
          cursor: cursor, factor: entry.factor, mask: entry.mask, weights: table.weights,
          singles: table.singles, scale: scale * entry.factor))
    }
    self.tables = tables
    self.scale = scale
    self.matches = matches
    if lists.isEmpty {
      known = KnownDocuments(matches, memory)
    } else if isWord, cost < RangeBounds.leastPostings {
      known = KnownDocuments(parts, lengths, ranking, memory)
      if parts.contains(where: \.cursor.isDamaged) { damage.note(segment) }
    } else {
      known = nil
    }
    if known == nil, isWord, let lowest = source.lowestOrdinal {
      var isDamaged = false
      ranges = segment.bounds.part(lowest, isDamaged: &isDamaged)
      if isDamaged { damage.note(segment) }
    }
  }

  func release() {
    parts.deinitialize()
    parts.deallocate()
  }

  /// The postings to look for the nearness of words in that were worked out beforehand.
  var matchedLists: [(list: PostingsList, mask: UInt8)] { matches.lists }

  /// Whether it is a phrase, or an identifier of several words, that the segment may have.
  var isPhrase: Bool { phrase != nil }

  /// The next window is evaluated anew.
  mutating func forget() {
    window = .max
    wanted = nil
    best = nil
    hasLeftOut = false
    orderings = 0
  }

  /// Of a phrase that is the whole query: documents that cannot be among the wanted may be left out.
  mutating func leaveOut(_ wanted: Wanted) {
    guard phrase != nil, self.wanted == nil else { return }
    self.wanted = wanted
    best = GreatestScores(wanted.count)
  }

  @inline(__always)
  func contains(_ place: Int) -> Bool { found[place &>> 6] & 1 &<< UInt64(place & 63) != 0 }

  /// The parts that have a document of the window; more than those perhaps.
  @inline(__always)
  func lists(at place: Int) -> UInt8 { isWord && parts.count > 1 ? marks[place] : .max }

  /// The bit of a part.
  @inline(__always)
  static func mark(_ part: Int) -> UInt8 { 1 &<< UInt8(truncatingIfNeeded: min(part, 7)) }

  func noteDamage() { damage.note(segment) }

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
  ///   - areRanges: Whether the candidates are ranges rather than single documents.
  mutating func evaluate(
    _ base: UInt32, _ end: UInt32, candidates: UnsafePointer<UInt64>?, need: Need? = nil,
    areRanges: Bool = false
  ) {
    window = base
    isWhole = candidates == nil && need == nil
    found.update(repeating: 0, count: Self.wordCount)
    if let known {
      take(known, base, end)
      return
    }
    // Each list adds to what stands there.
    if parts.count > 1, phrase == nil {
      if let candidates {
        for word in 0..<Self.wordCount where candidates[word] != 0 {
          (frequencies + word &* 64).update(repeating: 0, count: 64)
          (marks + word &* 64).update(repeating: 0, count: 64)
        }
      } else {
        frequencies.update(repeating: 0, count: Self.size)
        marks.update(repeating: 0, count: Self.size)
      }
    }
    var others: Float = 0
    for part in parts { others += part.bound }
    let least = need.map {
      BM25F.leastFrequency(reaching: $0.threshold, with: $0.others, idf: idf)
    }
    // With ranges there are no bounds of the window.
    let needed = ranges == nil ? least ?? -.infinity : -.infinity
    // Where many are of interest, looking at all is quicker than a branch that cannot be foreseen.
    var isDense = candidates == nil
    if let candidates {
      var count = 0
      for word in 0..<Self.wordCount { count &+= candidates[word].nonzeroBitCount }
      // Where whole ranges are, the branch can be foreseen.
      isDense = count * (areRanges ? 2 : 16) > Self.size
    }
    for index in (phrase == nil ? 0 : 1)..<parts.count {
      evaluate(
        index, base, end, candidates, isDense: isDense, needed - (others - parts[index].bound))
      if parts[index].cursor.isDamaged { damage.note(segment) }
    }
    if let phrase { find(phrase, base, end, candidates, least ?? -.infinity) }
  }

  /// Finds the window's documents with the phrase, when the list of the whole has been added.
  ///
  /// Where it is known that a document cannot have the frequency that is needed, its positions are not
  /// read. Of a phrase that is the whole query those that may have a great one come first at the start,
  /// so that many others need not be looked at.
  private mutating func find(
    _ phrase: PhraseSearch, _ base: UInt32, _ end: UInt32, _ candidates: UnsafePointer<UInt64>?,
    _ needed: Float
  ) {
    self.needed = max(needed, best?.least.map(frequency(scoring:)) ?? 0)
    if wanted != nil, best?.least == nil, orderings < Self.mostOrderings {
      orderings += 1
      findGreatestFirst(phrase, base, end, candidates)
    } else {
      let (weights, singles) = (parts[0].weights, parts[0].singles)
      phrase.forEachCandidate(base, end, in: candidates, weights, singles) { document, bound in
        let place = Int(document &- base)
        if mayReach(bound, place) { find(phrase, at: place) }
      }
    }
    if phrase.isDamaged { damage.note(segment) }
  }

  private mutating func findGreatestFirst(
    _ phrase: PhraseSearch, _ base: UInt32, _ end: UInt32, _ candidates: UnsafePointer<UInt64>?
  ) {
    let count = phrase.gather(base, end, in: candidates, parts[0].weights, parts[0].singles)
    let (documents, bounds) = (phrase.candidates.documents, phrase.candidates.bounds)
    let few = 2 * (wanted?.count ?? 0)
    var upper = Float.infinity
    if count > 2 * few {
      let lower = phrase.candidates.bound(ofGreatest: few, among: count)
      verify(lower)
      upper = lower
    }
    verify(0)

    func verify(_ lower: Float) {
      phrase.restart(at: base)
      for candidate in 0..<count where bounds[candidate] >= lower && bounds[candidate] < upper {
        let place = Int(documents[candidate] &- base)
        if mayReach(bounds[candidate], place), phrase.go(toCandidate: candidate) {
          find(phrase, at: place)
        }
      }
    }
  }

  /// Whether a document where the phrase weighs `bound` at most can have the frequency that is needed.
  @inline(__always)
  private mutating func mayReach(_ bound: Float, _ place: Int) -> Bool {
    let most = parts.count > 1 && contains(place) ? bound + frequencies[place] : bound
    if most * 1.0001 >= needed { return true }
    hasLeftOut = true
    return false
  }

  /// Looks for the phrase in the document where it stands and adds what it weighs there.
  private mutating func find(_ phrase: PhraseSearch, at place: Int) {
    if needed > 0, !mayReach(phrase.mostFrequency(), place) { return }
    guard let own = phrase.frequency() else { return }
    let frequency = parts.count > 1 && contains(place) ? frequencies[place] + own : own
    frequencies[place] = frequency
    found[place &>> 6] |= 1 &<< UInt64(place & 63)
    guard best != nil else { return }
    best?.offer(BM25F.fixedScore(frequency, idf: idf))
    if let least = best?.least { needed = max(needed, self.frequency(scoring: least)) }
  }

  /// A weighted frequency below which a document is surely not wanted when so many have this score.
  private func frequency(scoring least: UInt32) -> Float {
    BM25F.frequency(scoring: wanted?.floor(least) ?? 0, idf: idf)
  }

  private mutating func take(_ known: KnownDocuments, _ base: UInt32, _ end: UInt32) {
    let (found, frequencies, marks) = (found, frequencies, marks)
    let isBehind = reached > 0 && known.documents[reached &- 1] >= base
    var place = known.place(of: base, from: isBehind ? 0 : reached)
    while place < known.count, known.documents[place] < end {
      let at = Int(known.documents[place] &- base)
      found[at &>> 6] |= 1 &<< UInt64(at & 63)
      frequencies[at] = known.frequencies[place]
      marks[at] = known.marks[place]
      place &+= 1
    }
    reached = place
  }

  /// - Parameter least: A weighted frequency of this part that a document must be able to have.
  private func evaluate(
    _ index: Int, _ base: UInt32, _ end: UInt32, _ candidates: UnsafePointer<UInt64>?,
    isDense: Bool, _ least: Float
  ) {
    let wanted = isDense ? nil : candidates
    let part = parts.baseAddress! + index
    let blocks = part.pointee.cursor.recordedBlocks
    if blocks == 0 {
      guard part.pointee.cursor.goTo(block: 0), part.pointee.cursor.loadCodes() else { return }
      add(part, base, end, wanted, Self.mark(index))
      return
    }
    var block = firstBlock(index, base)
    var from = block == 0 ? 0 : part.pointee.cursor.lastDocument(ofBlock: block - 1) &+ 1
    while block < blocks, from < end {
      let last = part.pointee.cursor.lastDocument(ofBlock: block)
      var isWanted = part.pointee.cursor.bound(ofBlock: block) * part.pointee.scale >= least
      if isWanted, let candidates {
        isWanted = Self.hasAny(
          candidates, Int(max(from, base) &- base), Int(min(last, end &- 1) &- base))
      }
      if isWanted {
        guard part.pointee.cursor.goTo(block: block), part.pointee.cursor.loadCodes() else {
          return
        }
        add(part, base, end, wanted, Self.mark(index))
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
    _ part: UnsafeMutablePointer<Part>, _ base: UInt32, _ end: UInt32,
    _ candidates: UnsafePointer<UInt64>?, _ mark: UInt8
  ) {
    let documents = part.pointee.cursor.documents
    var index = 0
    var upTo = part.pointee.cursor.length
    if documents[upTo &- 1] < base { return }
    if documents[0] < base { index = PostingsCursor.place(of: base, in: documents, 0, upTo) }
    if documents[upTo &- 1] >= end {
      upTo = PostingsCursor.place(of: end, in: documents, index, upTo)
    }
    // Of a phrase, only the list of the whole is added, and before the phrase.
    switch (candidates, parts.count == 1 || phrase != nil) {
    case (let candidates?, true):
      add(part, base, index, upTo, mark, isOnly: true) { Self.has(candidates, $0) }
    case (let candidates?, false):
      add(part, base, index, upTo, mark, isOnly: false) { Self.has(candidates, $0) }
    case (nil, true): add(part, base, index, upTo, mark, isOnly: true) { _ in true }
    case (nil, false): add(part, base, index, upTo, mark, isOnly: false) { _ in true }
    }
  }

  @inline(__always)
  private static func has(_ bits: UnsafePointer<UInt64>, _ place: Int) -> Bool {
    bits[place &>> 6] & (1 &<< UInt64(place & 63)) != 0
  }

  /// Adds the postings from one to before another. A list that is the only one does not look at what
  /// stands in its places, which may be from an older window.
  @inline(__always)
  private func add(
    _ part: UnsafeMutablePointer<Part>, _ base: UInt32, _ from: Int, _ upTo: Int, _ mark: UInt8,
    isOnly: Bool,
    _ isWanted: (Int) -> Bool
  ) {
    let documents = part.pointee.cursor.documents
    let codes = part.pointee.cursor.codes
    let (found, frequencies, marks, lengths) = (found, frequencies, marks, lengths)
    let factors = ranking.lengthFactors.factors
    let (factor, weights) = (part.pointee.factor, part.pointee.weights)
    for index in from..<upTo {
      let document = documents[index]
      let place = Int(document &- base)
      guard isWanted(place) else { continue }
      var weight = weights[Int(codes[index])]
      if weight.plain < 0 {
        if weight.plain == WeightTable.absent { continue }
        weight = rareWeight(part, index)
        if weight.plain < 0 { continue }
      }
      let frequency = weight.frequency(factors[Int(lengths[Int(document)])]) * factor
      frequencies[place] = isOnly ? frequency : frequencies[place] + frequency
      if !isOnly { marks[place] |= mark }
      found[place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place & 63)
    }
  }

  /// The weight of a posting whose shape has no code; apart, so that the others' loop stays small.
  @inline(never)
  private func rareWeight(_ part: UnsafeMutablePointer<Part>, _ index: Int) -> BM25F.Weight {
    part.pointee.cursor.weight(at: index, ranking, part.pointee.mask)
  }
}

/// The windows of a query's leaves in one segment.
final class LeafWindows {
  let leaves: UnsafeMutableBufferPointer<LeafWindow>
  /// Holds what the leaves and their cursors write to.
  private let memory: SearchMemory

  init(_ count: Int, _ memory: SearchMemory, _ make: (Int) -> LeafWindow) {
    self.memory = memory
    leaves = .allocate(capacity: count)
    for leaf in 0..<count { leaves.initializeElement(at: leaf, to: make(leaf)) }
  }

  deinit {
    for leaf in leaves { leaf.release() }
    leaves.deinitialize()
    leaves.deallocate()
  }
}
