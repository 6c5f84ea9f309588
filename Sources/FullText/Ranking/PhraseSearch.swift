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
  private let segment: Segment
  private let ranking: BM25F
  private let mask: UInt8
  private let slots: [Query.Leaf.Slot]
  private let lengths: UnsafeBufferPointer<UInt8>
  /// By slot.
  private let cursors: UnsafeMutableBufferPointer<PostingsCursor>
  private let places: UnsafeMutableBufferPointer<PlaceList>
  /// The slots, the rarest term first, and how many there are.
  private let order: UnsafePointer<Int>
  private let count: Int
  /// Whether it is two terms at a fixed distance.
  private let isPair: Bool

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
    isPair = slots.count == 2 && slots[1].leastStep == slots[1].mostStep
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
  func seek(_ target: UInt32) -> UInt32? {
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
  func mostFrequency(_ weights: UnsafePointer<BM25F.Weight>, _ singles: UnsafePointer<BM25F.Weight>)
    -> Float
  {
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
      guard cursors[slot].loadCodes() else { return 0 }
      fewest = min(fewest, cursors[slot].occurrences)
    }
    // The parts of a single weight may be of several fields: each alone is enough.
    let one = max(
      single.plain, max(single.normalised * factors.x, single.titled * factors.y))
    return fewest == .max ? most : min(most, Float(fewest) * one * 1.0001)
  }

  /// The weighted frequency in the current document; nil when the phrase does not stand there. May be
  /// asked for once.
  func frequency() -> Float? {
    for number in 0..<count {
      let slot = order[number]
      places[slot].clear()
      guard cursors[slot].readPlaces(of: mask, into: &places[slot]) else { return nil }
      if places[slot].count == 0 { return nil }
      places[slot].sort()
      // Most documents in which the terms stand apart are known by the two rarest.
      if number == 1, count > 2, !canFit(order[0], slot) { return nil }
    }
    let (frequencies, fields) =
      isPair ? countPairs(step: UInt32(slots[1].leastStep)) : countAll()
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

  /// How often a place of the second term is exactly `step` behind one of the first, by the field of
  /// the first.
  private func countPairs(step: UInt32) -> (SIMD8<UInt32>, UInt8) {
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var fields: UInt8 = 0
    let (left, right) = (places[0], places[1])
    var at = 0
    for index in 0..<left.count {
      let place = left[index]
      let wanted = place &>> 3 &+ step
      while at < right.count, right[at] &>> 3 < wanted { at &+= 1 }
      if at == right.count { break }
      if right[at] &>> 3 == wanted {
        frequencies[Int(place & 7)] += 1
        fields |= 1 &<< UInt8(place & 7)
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
