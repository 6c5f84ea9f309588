/// The postings of a phrase's terms in one segment.
struct PhraseLists {
  let slots: [Query.Leaf.Slot]
  /// By slot; nil for a term that the segment does not have.
  let lists: [PostingsList?]
  /// The postings of the whole as one term, whose documents match as well.
  let whole: PostingsList?
  /// The fields in which occurrences count.
  let mask: UInt8

  /// About how many documents have to be looked at.
  var cost: Int {
    var least = Int.max
    for list in lists { least = min(least, list?.count ?? 0) }
    return (lists.isEmpty ? 0 : least) + (whole?.count ?? 0)
  }
}

/// Finds terms one after another in one segment, document by document.
///
/// The rarest term leads. Positions are read only when they are asked for, so that documents which
/// cannot be good enough cost no more than their postings.
final class PhraseSearch {
  let segment: Segment
  let ranking: BM25F
  let mask: UInt8
  private let slots: [Query.Leaf.Slot]
  let lengths: UnsafeBufferPointer<UInt8>
  /// By slot.
  let cursors: UnsafeMutableBufferPointer<PostingsCursor>
  let places: UnsafeMutableBufferPointer<PlaceList>
  /// The slots, the rarest term first, and how many there are.
  let order: UnsafePointer<Int>
  let count: Int
  /// What `gather` found; made when it is first asked.
  private(set) lazy var candidates = PhraseCandidates(memory)
  private let memory: SearchMemory
  /// For pairs of places in two blocks.
  let common: UnsafeMutablePointer<UInt8>
  /// Pairs of places that are compared each with each; beyond that they are put into order.
  private static let mostCompared = 1 << 14

  /// Nil when the segment lacks a term.
  init?(
    _ segment: Segment, _ ranking: BM25F, _ phrase: PhraseLists, memory: SearchMemory
  ) {
    let lists = phrase.lists.compactMap { $0 }
    guard !lists.isEmpty, lists.count == phrase.slots.count else { return nil }
    self.segment = segment
    self.ranking = ranking
    mask = phrase.mask
    slots = phrase.slots
    lengths = segment.lengthBytes
    count = lists.count
    let order = memory.take(Int.self, lists.count)
    for (place, slot) in lists.indices.sorted(by: { lists[$0].count < lists[$1].count })
      .enumerated()
    {
      order[place] = slot
    }
    self.order = UnsafePointer(order)
    self.memory = memory
    common = memory.take(UInt8.self, 2 * PostingsFormat.blockSize)
    cursors = .allocate(capacity: lists.count)
    places = .allocate(capacity: lists.count)
    for (slot, list) in lists.enumerated() {
      cursors.initializeElement(at: slot, to: PostingsCursor(segment, list, memory: memory))
      places.initializeElement(at: slot, to: PlaceList())
    }
  }

  deinit {
    for place in places { place.release() }
    cursors.deinitialize()
    cursors.deallocate()
    places.deallocate()
  }

  var isDamaged: Bool { cursors.contains(where: \.isDamaged) }

  /// All live documents with the phrase.
  func matches(_ damage: Damage) -> LeafMatches {
    var matches = LeafMatches()
    var next: UInt32 = 0
    while let document = seek(next) {
      if !segment.deletions.contains(document), let frequency = frequency() {
        matches.documents.append(document)
        matches.frequencies.append(frequency)
      }
      next = document + 1
    }
    if isDamaged { damage.note(segment) }
    return matches
  }

  /// Allows the next `seek` to go back as far as `target`.
  func restart(at target: UInt32) {
    for slot in cursors.indices { cursors[slot].restart(at: target) }
  }

  /// Goes to the first document at or after `target` that has all the terms.
  private func seek(_ target: UInt32) -> UInt32? {
    let (cursors, order, count) = (cursors.baseAddress!, order, count)
    var target = target
    var at = 0
    while at < count {
      let cursor = cursors + order[at]
      guard cursor.pointee.seek(target) else { return nil }
      let document = cursor.pointee.document
      if document == target || at == 0 {
        target = document
        at &+= 1
      } else {
        target = document
        at = 0
      }
    }
    return target
  }

  /// A number that the weighted frequency in the current document does not exceed.
  ///
  /// An occurrence belongs to the field of its first term, and there are no more of them than of any
  /// term.
  @inline(__always)
  func mostFrequency(
    _ weights: UnsafePointer<BM25F.Weight>, _ singles: UnsafePointer<BM25F.Weight>
  ) -> Float {
    let first = cursors.baseAddress!
    guard first.pointee.loadCodes() else { return 0 }
    let code = Int(first.pointee.codes[first.pointee.index])
    let weight = weights[code]
    if weight.plain < 0 {
      return weight.plain == WeightTable.unknown ? mostFrequency() : 0
    }
    let factors = ranking.lengthFactors[lengths[Int(first.pointee.document)]]
    let most = weight.frequency(factors)
    let single = singles[code]
    let fewest = fewest
    // The parts of a single weight may be of several fields: each alone is enough.
    let one = max(
      single.plain, max(single.normalised * factors.x, single.titled * factors.y))
    return fewest == .max ? most : min(most, Float(fewest) * one * 1.0001)
  }

  /// The fewest occurrences of a term but the first in the current document.
  @inline(__always)
  private var fewest: Int {
    let cursors = cursors.baseAddress!
    var fewest = Int.max
    for slot in 1..<max(1, count) {
      guard cursors[slot].loadCodes() else { return 0 }
      fewest = min(fewest, cursors[slot].occurrences)
    }
    return fewest
  }

  /// A better number than `mostFrequency`, from what the first term weighs in each field: so many of
  /// its occurrences as there can be are taken where they weigh the most.
  func mostFrequency() -> Float {
    var left = fewest
    guard cursors[0].loadCodes() else { return 0 }
    let factors = ranking.lengthFactors[lengths[Int(cursors[0].document)]]
    var counts = cursors[0].frequencies(at: cursors[0].index)
    let ones = ranking.single(factors, mask)
    var sum: Float = 0
    while left > 0 {
      var best = -1
      for field in 0..<8 where counts[field] > 0 && (best < 0 || ones[field] > ones[best]) {
        best = field
      }
      if best < 0 { break }
      let taken = min(left, Int(counts[best]))
      sum += Float(taken) * ones[best]
      left -= taken
      counts[best] = 0
    }
    return sum * 1.0001
  }

  /// The weighted frequency in the current document; nil when the phrase does not stand there.
  func frequency() -> Float? {
    let (cursors, places, order) = (cursors.baseAddress!, places.baseAddress!, order)
    for number in 0..<count {
      let slot = order[number]
      places[slot].clear()
      guard cursors[slot].readPlaces(of: mask, into: &places[slot]) else { return nil }
      if places[slot].count == 0 { return nil }
      // Most documents in which the terms stand apart are known by the two rarest.
      if number == 1, count > 2, !canFit(order[0], slot) { return nil }
    }
    let (frequencies, fields) = count == 2 ? countPairs() : countAll()
    if fields == 0 { return nil }
    let length = lengths[Int(cursors[0].document)]
    return ranking.weight(frequencies, 0xFF).frequency(ranking.lengthFactors[length])
  }

  // Places come field by field. Comparing each with each, eight at a time, is quicker than putting
  // them into order, unless there are a great many.

  /// Whether a place of one slot is as far from one of another as the phrase allows.
  private func canFit(_ one: Int, _ other: Int) -> Bool {
    let (first, last) = (min(one, other), max(one, other))
    var (least, most) = (0, 0)
    for slot in first + 1...last {
      least += slots[slot].leastStep
      most += slots[slot].mostStep
    }
    let (left, right) = (places[first], places[last])
    if left.count * right.count > Self.mostCompared { return true }
    for index in 0..<left.count
    where right.has(from: left[index] &>> 3 &+ UInt32(least), UInt32(most - least)) {
      return true
    }
    return false
  }

  /// How often a place of the second of two terms is as far behind one of the first as the phrase
  /// allows, by the field of the first.
  private func countPairs() -> (SIMD8<UInt32>, UInt8) {
    let places = places.baseAddress!
    let (left, right) = (places[0], places[1])
    if left.count * right.count > Self.mostCompared { return countAll() }
    let least = UInt32(slots[1].leastStep)
    let slack = UInt32(slots[1].mostStep - slots[1].leastStep)
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var fields: UInt8 = 0
    for index in 0..<left.count where right.has(from: left[index] &>> 3 &+ least, slack) {
      let field = left[index] & 7
      frequencies[Int(field)] &+= 1
      fields |= 1 &<< UInt8(truncatingIfNeeded: field)
    }
    return (frequencies, fields)
  }

  /// How often the slots fit together, by the field of the first.
  private func countAll() -> (SIMD8<UInt32>, UInt8) {
    let places = places.baseAddress!
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var fields: UInt8 = 0
    var compared = 0
    for slot in 1..<max(1, count) { compared += places[0].count * places[slot].count }
    let isOrdered = compared > Self.mostCompared
    if isOrdered { for slot in 0..<count { places[slot].sort() } }
    for slot in 0..<count { places[slot].from = 0 }
    for index in 0..<places[0].count {
      let place = places[0][index]
      // Bit n of `reached`: the slot can stand n positions behind `base`.
      var base = place &>> 3
      var reached: UInt64 = 1
      for slot in 1..<max(1, count) {
        let (least, most) = (slots[slot].leastStep, slots[slot].mostStep)
        var allowed: UInt64 = 0
        for slack in 0...most - least { allowed |= reached << UInt64(slack) }
        base &+= UInt32(least)
        let own =
          isOrdered
          ? places[slot].bitsInOrder(from: base)
          : places[slot].bits(from: base, UInt32(63 - allowed.leadingZeroBitCount))
        reached = allowed & own
        if reached == 0 { break }
      }
      if reached != 0 {
        frequencies[Int(place & 7)] &+= 1
        fields |= 1 &<< UInt8(truncatingIfNeeded: place & 7)
      }
    }
    return (frequencies, fields)
  }
}
