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

  /// For words that stand near each other in the order of the query.
  var nearness: Float = 0
  /// For a title that is the query.
  var title: Float = 0
  /// What the sum is multiplied with.
  var recency: Float = 1

  func applied(to score: Float) -> Float { (score + nearness + title) * recency }

  /// The gain of two words at their least distance in ascending places; 0 when they are far apart.
  static func nearness(
    _ left: ArraySlice<UInt32>, _ right: ArraySlice<UInt32>, idf: Float
  ) -> Float {
    var least = farthest + 1
    var at = right.startIndex
    for place in left {
      let position = Int(place >> 3)
      while at < right.endIndex, Int(right[at] >> 3) < position { at += 1 }
      if at < right.endIndex {
        let distance = Int(right[at] >> 3) - position
        if distance > 0 { least = min(least, distance) }
      }
      if at > right.startIndex {
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
  func adjusted(_ entries: [TopHits.Entry], _ limit: Int) -> [SearchResult.Hit] {
    guard !entries.isEmpty, limit > 0 else { return [] }
    let gains = adjustments(entries.map(\.document))
    var hits = zip(entries, gains).map { entry, gain in
      SearchResult.Hit(
        document: entry.document, score: gain.applied(to: BM25F.score(entry.score)))
    }
    hits.sort { left, right in
      left.score != right.score
        ? left.score > right.score : index.precedes(left.document, right.document)
    }
    return hits.count > limit ? Array(hits[..<limit]) : hits
  }

  /// What each of a few documents gains.
  func adjustments(_ documents: [Index.DocumentID]) -> [Adjustment] {
    var adjustments = [Adjustment](repeating: Adjustment(), count: documents.count)
    let isQuoted = leaves[..<positiveCount].contains { $0.text.utf8.first == UInt8(ascii: "\"") }
    let newest = isQuoted ? 0 : index.newestDay
    let titleKey = titleKey
    let order = documents.indices.sorted {
      (documents[$0].segment, documents[$0].local) < (documents[$1].segment, documents[$1].local)
    }
    var from = 0
    while from < order.count {
      let number = Int(documents[order[from]].segment)
      var to = from
      while to < order.count, documents[order[to]].segment == UInt16(number) { to += 1 }
      let mine = order[from..<to]
      from = to
      let segment = index.segments[number]
      if newest > 0 {
        for place in mine {
          adjustments[place].recency = Adjustment.recency(
            segment.day(documents[place].local), newest: newest)
        }
      }
      if positiveCount > 1, positiveCount <= 64 {
        let gains = nearness(mine.map { documents[$0].local }, number)
        for (place, gain) in zip(mine, gains) { adjustments[place].nearness = gain }
      }
      guard let titleKey else { continue }
      let titled = titledDocuments(titleKey, segment)
      if !titled.isEmpty {
        let most = idfs[..<positiveCount].reduce(0, +) * (BM25F.k1 + 1)
        for place in mine where titled.contains(documents[place].local) {
          adjustments[place].title = most
        }
      }
    }
    return adjustments
  }

  /// The key of a title that is the query's words; nil when the query looks into single fields.
  private var titleKey: [UInt8]? {
    guard let name = options.titleAttribute,
      leaves[..<positiveCount].allSatisfy(\.fields.isEmpty)
    else { return nil }
    var typed: [UInt8] = []
    for leaf in leaves[..<positiveCount] {
      if !typed.isEmpty { typed.append(0x20) }
      for byte in leaf.text.utf8 where byte != UInt8(ascii: "\"") { typed.append(byte) }
    }
    return AttributeKey.key(name: name, value: String(decoding: typed, as: UTF8.self))
  }

  private func titledDocuments(_ key: [UInt8], _ segment: Segment) -> [UInt32] {
    key.withUnsafeBufferPointer { key in
      var found: [UInt32] = []
      if let cursor = segment.values.find(key) {
        segment.forEachDocument(cursor) { found.append($0) }
      }
      return found
    }
  }

  /// For ascending documents of a segment, what the nearness of neighbouring words is worth.
  private func nearness(_ documents: [UInt32], _ number: Int) -> [Float] {
    var gains = [Float](repeating: 0, count: documents.count)
    var before = WordPlaces()
    var now = WordPlaces()
    for leaf in 0..<positiveCount {
      now.read(documents, lists(leaf, number), index.segments[number])
      if leaf > 0, !now.isEmpty, !before.isEmpty {
        let idf = min(idfs[leaf], idfs[leaf - 1])
        for place in documents.indices {
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
  private var places: [UInt32] = []
  /// Where each document's ascending places end.
  private var ends: [Int] = []

  var isEmpty: Bool { places.isEmpty }

  subscript(document: Int) -> ArraySlice<UInt32> {
    places[(document == 0 ? 0 : ends[document - 1])..<ends[document]]
  }

  /// Reads the places in ascending documents, of all lists together.
  mutating func read(_ documents: [UInt32], _ lists: [PostingsList], _ segment: Segment) {
    places.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    if lists.isEmpty {
      ends = documents.map { _ in 0 }
      return
    }
    var cursors = lists.map { PostingsCursor(segment, $0) }
    cursors.withUnsafeMutableBufferPointer { cursors in
      for document in documents {
        let start = places.count
        for index in cursors.indices {
          guard cursors[index].seek(document), cursors[index].document == document,
            cursors[index].hasPositions
          else { continue }
          _ = cursors[index].readPlaces(of: 0xFF, into: &places)
        }
        sort(from: start)
        ends.append(places.count)
      }
    }
  }

  /// Puts a few ascending runs into order.
  private mutating func sort(from start: Int) {
    let count = places.count
    if count - start > 48 {
      places[start...].sort()
      return
    }
    places.withUnsafeMutableBufferPointer { places in
      var index = start + 1
      while index < count {
        let place = places[index]
        var hole = index
        while hole > start, places[hole - 1] > place {
          places[hole] = places[hole - 1]
          hole -= 1
        }
        places[hole] = place
        index += 1
      }
    }
  }
}

extension Index {
  /// The newest day of a live document; 0 when none is known.
  var newestDay: UInt16 { segments.reduce(0) { max($0, $1.newestLiveDay) } }
}
