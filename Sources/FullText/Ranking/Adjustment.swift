#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What a good hit's score gains besides its words: their nearness, its title, its age.
struct Adjustment {
  /// Share of the lower of two words' inverse document frequencies that neighbours are worth.
  static let nearness: Float = 0.7
  /// Words farther apart than this many positions are worth nothing.
  static let farthest = 8
  /// What a document of the newest day gains, as a share of its score.
  static let recency: Float = 0.1
  /// After so many days a document gains 1/e of that.
  static let fading: Float = 365
  /// So many times the wanted number of hits are looked at, and at least `leastDepth`.
  static let depth = 3
  static let leastDepth = 30

  /// For words that the document is found by and that stand near each other, in the order of the query:
  /// each form of them in the fields in which it counts.
  var nearness: Float = 0
  /// For a title that is the query.
  var title: Float = 0
  /// What the sum is multiplied with.
  var recency: Float = 1

  func applied(to score: Float) -> Float { (score + nearness + title) * recency }

  /// The gain of two words at their least distance in ascending places; 0 when they are far apart.
  static func nearness(
    _ left: (PlaceList, Range<Int>), _ right: (PlaceList, Range<Int>), idf: Float
  ) -> Float {
    var least = farthest + 1
    let (left, own) = left
    let (right, others) = right
    var at = others.lowerBound
    for index in own {
      let position = Int(left[index] >> 3)
      while at < others.upperBound, Int(right[at] >> 3) < position { at += 1 }
      // Parts of one identifier stand at one place: the next place behind it counts.
      var next = at
      while next < others.upperBound, Int(right[next] >> 3) == position { next += 1 }
      if next < others.upperBound { least = min(least, Int(right[next] >> 3) - position) }
      if at > others.lowerBound {
        let distance = position - Int(right[at - 1] >> 3)
        if distance > 0 { least = min(least, distance) }
      }
      if least == 1 { break }
    }
    return least > farthest ? 0 : nearness * idf / Float(least)
  }

  /// The factor of a document of `day` when the index's newest is `newest`.
  static func recency(_ day: UInt16, newest: UInt16) -> Float {
    guard day > 0, newest >= day else { return 1 }
    return 1 + recency * expf(-Float(newest - day) / fading)
  }
}

extension Evaluation {
  /// Orders the best documents by their adjusted scores and keeps the first `limit`.
  ///
  /// Looking for words near each other costs more than finding the document: this is done for the
  /// first `limit`, and then only for those that it could still lift among them.
  func adjusted(_ entries: List<TopHits.Entry>, _ limit: Int) -> [SearchResult.Hit] {
    guard !entries.isEmpty, limit > 0 else { return [] }
    var gains = cheapAdjustments(entries)
    func score(_ place: Int, _ nearness: Float) -> Float {
      var gain = gains[place]
      gain.nearness = nearness
      return gain.applied(to: BM25F.score(entries[place].score))
    }
    var places = Array(entries.indices)
    if positiveCount > 1, positiveCount <= 64 {
      let bounds = places.map { score($0, mostNearness(entries[$0].leaves)) }
      if entries.count > limit { places.sort { bounds[$0] > bounds[$1] } }
      let first = places[..<min(limit, places.count)].sorted()
      addNearness(first, of: entries, to: &gains)
      let needed = first.map { score($0, gains[$0].nearness) }.min() ?? 0
      let others = places[first.count...].filter { bounds[$0] >= needed }.sorted()
      addNearness(others, of: entries, to: &gains)
      places = (first + others).sorted()
    }
    var hits = places.map {
      SearchResult.Hit(document: entries[$0].document, score: score($0, gains[$0].nearness))
    }
    hits.sort { left, right in
      left.score != right.score
        ? left.score > right.score : index.precedes(left.document, right.document)
    }
    return hits.count > limit ? Array(hits[..<limit]) : hits
  }

  /// What a document with these leaves gains.
  func adjustment(_ document: Index.DocumentID, _ leaves: UInt64) -> Adjustment {
    let entries = List(
      repeating: TopHits.Entry(score: 0, document: document, leaves: leaves), count: 1)
    var adjustments = cheapAdjustments(entries)
    if positiveCount > 1, positiveCount <= 64 {
      addNearness([0], of: entries, to: &adjustments)
    }
    return adjustments[0]
  }

  /// The most that a document with these leaves can gain by words near each other.
  private func mostNearness(_ leaves: UInt64) -> Float {
    var most: Float = 0
    for leaf in 1..<positiveCount where leaves &>> UInt64(leaf &- 1) & 3 == 3 {
      most += Adjustment.nearness * min(idfs[leaf], idfs[leaf - 1])
    }
    return most * 1.0001
  }

  /// What each of a few documents gains by its title and its day.
  private func cheapAdjustments(_ entries: List<TopHits.Entry>) -> List<Adjustment> {
    var adjustments = List<Adjustment>(repeating: Adjustment(), count: entries.count)
    let newest = newestDay
    let titled = titled
    let most = idfs[..<positiveCount].reduce(0, +) * (BM25F.k1 + 1)
    for place in entries.indices {
      let document = entries[place].document
      let segment = Int(document.segment)
      if newest > 0 {
        adjustments[place].recency = Adjustment.recency(
          index.segments[segment].day(document.local), newest: newest)
      }
      if titled[segment].contains(document.local) { adjustments[place].title = most }
    }
    return adjustments
  }

  /// The newest day, of which documents gain the most; 0 when days do not matter.
  private var newestDay: UInt16 {
    let isQuoted = leaves[..<positiveCount].contains { $0.text.utf8.first == UInt8(ascii: "\"") }
    return isQuoted ? 0 : index.newestDay
  }

  /// What a document's score is multiplied with at most.
  var greatestGrowth: Float { newestDay > 0 ? 1 + Adjustment.recency : 1 }

  /// By segment, the documents whose title is the query; looked for once.
  private var titled: List<[UInt32]> {
    if let known = titles.found { return known }
    let keys = titleKeys
    var found = List<[UInt32]>()
    for segment in index.segments {
      var documents: [UInt32] = []
      for key in keys { documents += titledDocuments(key, segment) }
      found.append(documents)
    }
    titles.found = found
    return found
  }

  /// Whether there are any.
  var hasTitled: Bool { titled.contains { !$0.isEmpty } }

  /// Adds what the nearness of neighbouring words is worth in the documents at `places`.
  private func addNearness(
    _ places: [Int], of entries: List<TopHits.Entry>, to adjustments: inout List<Adjustment>
  ) {
    for number in index.segments.indices {
      let mine = places.filter { entries[$0].document.segment == UInt16(number) }
        .sorted { entries[$0].document.local < entries[$1].document.local }
      if mine.isEmpty { continue }
      var own = List<TopHits.Entry>()
      for place in mine { own.append(entries[place]) }
      let gains = nearness(own, number)
      for (place, gain) in zip(mine, gains) { adjustments[place].nearness = gain }
    }
  }

  /// The keys of a title that is the query's words; none when the query looks into single fields.
  private var titleKeys: List<[UInt8]> {
    guard let name = options.titleAttribute,
      leaves[..<positiveCount].allSatisfy({ $0.fields.isEmpty })
    else { return List() }
    var typed: [UInt8] = []
    for leaf in leaves[..<positiveCount] where !leaf.isPrefix {
      if !typed.isEmpty { typed.append(0x20) }
      for byte in leaf.text.utf8 where byte != UInt8(ascii: "\"") { typed.append(byte) }
    }
    let key = AttributeKey.key(name: name, value: String(decoding: typed, as: UTF8.self))
    var keys = List<[UInt8]>()
    keys.append(AttributeKey.wholeKey(name: name, key: key))
    keys.append(key)
    return keys
  }

  private func titledDocuments(_ key: [UInt8], _ segment: Segment) -> [UInt32] {
    key.withUnsafeBufferPointer { key in
      var found: [UInt32] = []
      var isDamaged = false
      if let entry = segment.values.look(for: key, isDamaged: &isDamaged) {
        segment.forEachDocument(entry) { found.append($0) }
      }
      if isDamaged { segment.noteDamage() }
      return found
    }
  }

  /// For ascending documents of a segment, what the nearness of neighbouring words is worth.
  private func nearness(_ entries: List<TopHits.Entry>, _ number: Int) -> [Float] {
    var gains = [Float](repeating: 0, count: entries.count)
    var before = WordPlaces()
    var now = WordPlaces()
    defer {
      before.release()
      now.release()
    }
    for leaf in 0..<positiveCount {
      // Only in documents that have a neighbouring word as well.
      let pairs = (leaf > 0 ? 3 &<< UInt64(leaf - 1) : 0, leaf < 63 ? 3 &<< UInt64(leaf) : 0)
      now.read(
        entries, windows[number].leaves.baseAddress! + leaf, leaf, index.segments[number]
      ) { leaves in
        (pairs.0 != 0 && leaves & pairs.0 == pairs.0)
          || (pairs.1 != 0 && leaves & pairs.1 == pairs.1)
      }
      if leaf > 0, !now.isEmpty, !before.isEmpty {
        let idf = min(idfs[leaf], idfs[leaf - 1])
        for place in entries.indices {
          gains[place] += Adjustment.nearness(before[place], now[place], idf: idf)
        }
      }
      swap(&before, &now)
    }
    return gains
  }
}

/// Where a word stands in each of a few documents.
private struct WordPlaces {
  private var places = PlaceList()
  /// Where each document's ascending places end.
  private var ends: [Int] = []

  var isEmpty: Bool { places.count == 0 }

  func release() { places.release() }

  subscript(document: Int) -> (PlaceList, Range<Int>) {
    (places, (document == 0 ? 0 : ends[document - 1])..<ends[document])
  }

  /// Reads the places of a leaf in those of some ascending documents that are wanted, of all its lists
  /// together.
  ///
  /// The cursors that found the documents are used again: short lists are still decoded.
  mutating func read(
    _ entries: List<TopHits.Entry>, _ leaf: UnsafeMutablePointer<LeafWindow>, _ number: Int,
    _ segment: Segment, where isWanted: (_ leaves: UInt64) -> Bool
  ) {
    places.clear()
    ends.removeAll(keepingCapacity: true)
    if leaf.pointee.isWord {
      let parts = leaf.pointee.parts
      if let first = entries.first {
        for part in parts.indices { parts[part].cursor.restart(at: first.document.local) }
      }
      for entry in entries {
        let start = places.count
        if isWanted(entry.leaves) {
          // A list that lacks the document would be decoded there to find that out.
          let has =
            number < 8 ? UInt8(truncatingIfNeeded: entry.parts &>> UInt64(8 * number)) : .max
          for part in parts.indices where has & LeafWindow.mark(part) != 0 {
            parts[part].cursor.appendPlaces(
              in: entry.document.local, of: parts[part].mask, to: &places)
          }
          places.sort(from: start)
        }
        ends.append(places.count)
      }
      if parts.contains(where: { $0.cursor.isDamaged }) { segment.noteDamage() }
      return
    }
    let lists = leaf.pointee.matchedLists
    if lists.isEmpty {
      ends = entries.map { _ in 0 }
      return
    }
    var cursors = lists.map { PostingsCursor(segment, $0.list) }
    cursors.withUnsafeMutableBufferPointer { cursors in
      for entry in entries {
        let start = places.count
        if isWanted(entry.leaves) {
          for index in cursors.indices {
            cursors[index].appendPlaces(
              in: entry.document.local, of: lists[index].mask, to: &places)
          }
          places.sort(from: start)
        }
        ends.append(places.count)
      }
      if cursors.contains(where: { $0.isDamaged }) { segment.noteDamage() }
    }
  }
}

extension PostingsCursor {
  /// Appends the places in some fields of a document, if the list has it, at or after the current one.
  fileprivate mutating func appendPlaces(
    in wanted: UInt32, of mask: UInt8, to places: inout PlaceList
  ) {
    guard seek(wanted), document == wanted, hasPositions else { return }
    _ = readPlaces(of: mask, into: &places)
  }
}

extension Index {
  /// The newest day of a live document; 0 when none is known.
  var newestDay: UInt16 { segments.reduce(0) { max($0, $1.newestLiveDay) } }
}
