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
  /// What `gather` found.
  let candidates: PhraseCandidates
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
    candidates = PhraseCandidates(memory)
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
    let factors = ranking.lengthFactors[lengths[Int(first.pointee.document)]]
    var weight = weights[code]
    if weight.plain == WeightTable.unknown {
      weight = first.pointee.weight(at: first.pointee.index, ranking, mask)
    }
    if weight.plain < 0 { return 0 }
    let most = weight.frequency(factors)
    let single = singles[code]
    if single.plain < 0 { return most }
    var fewest = Int.max
    for slot in 1..<max(1, count) {
      guard first[slot].loadCodes() else { return 0 }
      fewest = min(fewest, first[slot].occurrences)
    }
    // The parts of a single weight may be of several fields: each alone is enough.
    let one = max(
      single.plain, max(single.normalised * factors.x, single.titled * factors.y))
    return fewest == .max ? most : min(most, Float(fewest) * one * 1.0001)
  }

  /// The weighted frequency in the current document; nil when the phrase does not stand there.
  func frequency() -> Float? {
    let (cursors, places, order) = (cursors.baseAddress!, places.baseAddress!, order)
    for number in 0..<count {
      let slot = order[number]
      places[slot].clear()
      guard cursors[slot].readPlaces(of: mask, into: &places[slot]) else { return nil }
      if places[slot].count == 0 { return nil }
      if count == 2 { continue }
      places[slot].sort()
      // Most documents in which the terms stand apart are known by the two rarest.
      if number == 1, !canFit(order[0], slot) { return nil }
    }
    let (frequencies, fields) = count == 2 ? countPairs() : countAll()
    if fields == 0 { return nil }
    let length = lengths[Int(cursors[0].document)]
    return ranking.weight(frequencies, 0xFF).frequency(ranking.lengthFactors[length])
  }

  /// Whether a place of one slot is as far from one of another as the phrase allows.
  private func canFit(_ one: Int, _ other: Int) -> Bool {
    let (first, last) = (min(one, other), max(one, other))
    var (least, most) = (0, 0)
    for slot in first + 1...last {
      least += slots[slot].leastStep
      most += slots[slot].mostStep
    }
    let (left, right) = (places[first], places[last])
    var at = 0
    for index in 0..<left.count {
      let place = Int(left[index] &>> 3)
      while at < right.count, Int(right[at] &>> 3) < place + least { at &+= 1 }
      if at == right.count { return false }
      if Int(right[at] &>> 3) <= place + most { return true }
    }
    return false
  }

  /// How often a place of the second of two terms is as far behind one of the first as the phrase
  /// allows, by the field of the first.
  private func countPairs() -> (SIMD8<UInt32>, UInt8) {
    let places = places.baseAddress!
    let least = UInt32(slots[1].leastStep)
    let slack = slots[1].mostStep - slots[1].leastStep
    let (count, others) = (places[0].count, places[1].count)
    // Places come field by field. Comparing each with each is quicker than putting them into order,
    // eight at a time, unless there are a great many.
    if count * others > Self.mostCompared || slack > 1 {
      places[0].sort()
      places[1].sort()
      return countAll()
    }
    if count == 1, others == 1 {
      let place = places[0][0]
      let behind = Int(places[1][0] &>> 3) &- Int(place &>> 3 &+ least)
      guard behind >= 0, behind <= slack else { return (SIMD8(repeating: 0), 0) }
      var frequencies = SIMD8<UInt32>(repeating: 0)
      frequencies[Int(place & 7)] = 1
      return (frequencies, 1 &<< UInt8(truncatingIfNeeded: place & 7))
    }
    let room = places[1].room(for: 8)
    for place in 0..<8 { room[place] = .max }
    let (left, right) = (places[0].start, UnsafeRawPointer(places[1].start))
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var fields: UInt8 = 0
    for index in 0..<count {
      let place = left[index]
      let wanted = SIMD8<UInt32>(repeating: place &>> 3 &+ least)
      var isFound = SIMDMask<SIMD8<Int32>>(repeating: false)
      var at = 0
      while at < others {
        let own = right.loadUnaligned(fromByteOffset: at &* 4, as: SIMD8<UInt32>.self) &>> 3
        isFound = isFound .| (own .== wanted)
        if slack == 1 { isFound = isFound .| (own .== wanted &+ 1) }
        at &+= 8
      }
      if any(isFound) {
        frequencies[Int(place & 7)] &+= 1
        fields |= 1 &<< UInt8(truncatingIfNeeded: place & 7)
      }
    }
    return (frequencies, fields)
  }

  /// How often the slots fit together, by the field of the first.
  private func countAll() -> (SIMD8<UInt32>, UInt8) {
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var fields: UInt8 = 0
    for slot in places.indices { places[slot].from = 0 }
    let first = places[0]
    for index in 0..<first.count {
      let place = first[index]
      // Bit n of `reached`: the slot can stand n positions behind `base`.
      var base = Int(place >> 3)
      var reached: UInt64 = 1
      for slot in 1..<max(1, slots.count) {
        let (least, most) = (slots[slot].leastStep, slots[slot].mostStep)
        var allowed: UInt64 = 0
        for slack in 0...most - least { allowed |= reached << UInt64(slack) }
        base += least
        // The first term's places ascend, so what is below `base` now stays so.
        var at = places[slot].from
        let (own, count) = (places[slot], places[slot].count)
        while at < count, Int(own[at] >> 3) < base { at += 1 }
        places[slot].from = at
        reached = 0
        while at < count, Int(own[at] >> 3) - base < 64 {
          reached |= allowed & 1 << UInt64(Int(own[at] >> 3) - base)
          at += 1
        }
        if reached == 0 { break }
      }
      if reached != 0 {
        frequencies[Int(place & 7)] += 1
        fields |= 1 << UInt8(place & 7)
      }
    }
    return (frequencies, fields)
  }
}
