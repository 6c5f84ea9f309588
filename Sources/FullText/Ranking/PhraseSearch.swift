/// Finds terms one after another in one segment.
struct PhraseSearch {
  private let segment: Segment
  private let ranking: BM25F
  private let mask: UInt8
  private let damage: Damage

  init(_ segment: Segment, _ ranking: BM25F, _ mask: UInt8, _ damage: Damage) {
    self.segment = segment
    self.ranking = ranking
    self.mask = mask
    self.damage = damage
  }

  /// The documents where each slot's term stands as many positions behind the one before as it
  /// may; an occurrence belongs to the field of its first term.
  mutating func matches(_ slots: [Query.Leaf.Slot], lists: [PostingsList?]) -> LeafMatches {
    var cursors: [PostingsCursor] = []
    var counts: [Int] = []
    for list in lists {
      guard let list else { return LeafMatches() }
      cursors.append(PostingsCursor(segment, list))
      counts.append(list.count)
    }
    let order = counts.indices.sorted { counts[$0] < counts[$1] }
    var matches = LeafMatches()
    if !order.isEmpty {
      cursors.withUnsafeMutableBufferPointer { search(slots, $0, order, &matches) }
    }
    if cursors.contains(where: \.isDamaged) { damage.note(segment) }
    return matches
  }

  private func search(
    _ slots: [Query.Leaf.Slot], _ cursors: UnsafeMutableBufferPointer<PostingsCursor>,
    _ order: [Int], _ matches: inout LeafMatches
  ) {
    let leader = order[0]
    guard cursors[leader].advance() else { return }
    var places = [[UInt32]](repeating: [], count: slots.count)
    let isPlain = slots.count == 2 && slots[1].leastStep == slots[1].mostStep
    let lengths = segment.lengthBytes
    documents: while true {
      let document = cursors[leader].document
      for index in order.dropFirst() {
        guard cursors[index].seek(document) else { return }
        if cursors[index].document > document {
          guard cursors[leader].seek(cursors[index].document) else { return }
          continue documents
        }
      }
      if !segment.deletions.contains(document) {
        for index in slots.indices {
          places[index].removeAll(keepingCapacity: true)
          guard cursors[index].readPlaces(of: mask, into: &places[index]) else { return }
          Self.sort(&places[index])
        }
        let (frequencies, fields) =
          isPlain
          ? Self.countPairs(places[0], places[1], step: UInt32(slots[1].leastStep))
          : count(slots, places)
        if fields != 0 {
          matches.documents.append(document)
          matches.frequencies.append(
            ranking.weight(frequencies, 0xFF)
              .frequency(ranking.lengthFactors[Int(lengths[Int(document)])]))
        }
      }
      guard cursors[leader].advance() else { return }
    }
  }

  /// Orders places that consist of a few ascending runs.
  private static func sort(_ places: inout [UInt32]) {
    let isShort = places.withUnsafeMutableBufferPointer { places in
      guard places.count <= 48 else {
        for index in 1..<places.count where places[index] < places[index - 1] { return false }
        return true
      }
      for index in 1..<max(1, places.count) {
        let place = places[index]
        var hole = index
        while hole > 0, places[hole - 1] > place {
          places[hole] = places[hole - 1]
          hole -= 1
        }
        places[hole] = place
      }
      return true
    }
    if !isShort { places.sort() }
  }

  /// How often a place of `right` is exactly `step` behind one of `left`, by the field of the left.
  private static func countPairs(
    _ left: [UInt32], _ right: [UInt32], step: UInt32
  ) -> (SIMD8<UInt32>, UInt8) {
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var fields: UInt8 = 0
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        var at = 0
        for place in left {
          let wanted = place &>> 3 &+ step
          while at < right.count, right[at] &>> 3 < wanted { at += 1 }
          guard at < right.count else { return }
          if right[at] &>> 3 == wanted {
            frequencies[Int(place & 7)] += 1
            fields |= 1 << UInt8(place & 7)
          }
        }
      }
    }
    return (frequencies, fields)
  }

  /// How often the slots fit together, by the field of the first.
  private func count(
    _ slots: [Query.Leaf.Slot], _ places: [[UInt32]]
  ) -> (SIMD8<UInt32>, UInt8) {
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var fields: UInt8 = 0
    var from = [Int](repeating: 0, count: slots.count)
    for place in places[0] {
      // Bit n of `reached`: the slot can stand n positions behind `base`.
      var base = Int(place >> 3)
      var reached: UInt64 = 1
      for index in slots.indices.dropFirst() {
        let slot = slots[index]
        var allowed: UInt64 = 0
        for slack in 0...slot.mostStep - slot.leastStep { allowed |= reached << UInt64(slack) }
        base += slot.leastStep
        // The first terms' places ascend, so what is below `base` now stays so.
        while from[index] < places[index].count, Int(places[index][from[index]] >> 3) < base {
          from[index] += 1
        }
        reached = 0
        var at = from[index]
        while at < places[index].count, Int(places[index][at] >> 3) - base < 64 {
          reached |= allowed & 1 << UInt64(Int(places[index][at] >> 3) - base)
          at += 1
        }
        if reached == 0 { break }
      }
      let fits = reached != 0
      if fits {
        frequencies[Int(place & 7)] += 1
        fields |= 1 << UInt8(place & 7)
      }
    }
    return (frequencies, fields)
  }
}
