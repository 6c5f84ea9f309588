/// Finds terms one after another in one segment.
struct PhraseSearch {
  private let segment: Segment
  private let ranking: BM25F
  private let mask: UInt8

  init(_ segment: Segment, _ ranking: BM25F, _ mask: UInt8) {
    self.segment = segment
    self.ranking = ranking
    self.mask = mask
  }

  /// The documents where each slot's term stands as many positions behind the one before as it
  /// may; an occurrence belongs to the field of its first term.
  func matches(_ slots: [Query.Leaf.Slot]) -> LeafMatches {
    var matches = LeafMatches()
    var cursors: [PostingsCursor] = []
    var counts: [UInt32] = []
    for slot in slots {
      guard let entry = slot.term.withUnsafeBufferPointer({ segment.terms.find($0) }) else {
        return matches
      }
      cursors.append(segment.postings(entry))
      counts.append(entry.count)
    }
    let order = counts.indices.sorted { counts[$0] < counts[$1] }
    guard let leader = order.first else { return matches }
    for index in order where !cursors[index].next() { return matches }
    var places = [[UInt32]](repeating: [], count: slots.count)
    documents: while true {
      let document = cursors[leader].document
      for index in order.dropFirst() {
        if cursors[index].document < document, !cursors[index].seek(document) { return matches }
        if cursors[index].document > document {
          let next = cursors[index].document
          guard cursors[leader].seek(next) else { return matches }
          continue documents
        }
      }
      let isCandidate =
        !segment.deletions.contains(document)
        && cursors.allSatisfy { $0.fields & mask != 0 }
      if isCandidate {
        for index in slots.indices {
          places[index].removeAll(keepingCapacity: true)
          cursors[index].readPlaces(of: mask, into: &places[index])
          if cursors[index].fields.nonzeroBitCount > 1 { places[index].sort() }
        }
        let (frequencies, fields) = count(slots, places)
        if fields != 0 {
          matches.documents.append(document)
          matches.frequencies.append(
            ranking.frequency(frequencies, fields, 0xFF, length: segment.length(document)))
        }
      }
      guard cursors[leader].next() else { return matches }
    }
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
