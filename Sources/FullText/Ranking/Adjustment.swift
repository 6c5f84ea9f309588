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
  static func nearness(_ left: [UInt32], _ right: [UInt32], idf: Float) -> Float {
    var least = farthest + 1
    var at = 0
    for place in left {
      let position = Int(place >> 3)
      while at < right.count, Int(right[at] >> 3) < position { at += 1 }
      for near in [at - 1, at] where near >= 0 && near < right.count {
        let distance = abs(Int(right[near] >> 3) - position)
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
  /// Orders the best hits by their adjusted scores.
  func adjusted(_ hits: [SearchResult.Hit], _ limit: Int) -> [SearchResult.Hit] {
    var top = TopHits(limit: limit, index: index)
    for (hit, adjustment) in zip(hits, adjustments(hits.map(\.document))) {
      top.offer(
        SearchResult.Hit(document: hit.document, score: adjustment.applied(to: hit.score)))
    }
    return top.sorted()
  }

  /// What each of a few documents gains.
  func adjustments(_ documents: [Index.DocumentID]) -> [Adjustment] {
    var adjustments = [Adjustment](repeating: Adjustment(), count: documents.count)
    let isQuoted = leaves[..<positiveCount].contains { $0.text.hasPrefix("\"") }
    let newest = isQuoted ? 0 : index.newestDay
    for number in index.segments.indices {
      let mine = documents.indices.filter { documents[$0].segment == number }
        .sorted { documents[$0].local < documents[$1].local }
      if mine.isEmpty { continue }
      let segment = index.segments[number]
      let locals = mine.map { documents[$0].local }
      if newest > 0 {
        for place in mine {
          adjustments[place].recency = Adjustment.recency(
            segment.day(documents[place].local), newest: newest)
        }
      }
      let gains = nearness(locals, number)
      for (place, gain) in zip(mine, gains) { adjustments[place].nearness = gain }
      let titled = documentsTitled(segment)
      if !titled.isEmpty {
        let most = idfs[..<positiveCount].reduce(0, +) * (BM25F.k1 + 1)
        for place in mine where titled.contains(documents[place].local) {
          adjustments[place].title = most
        }
      }
    }
    return adjustments
  }

  /// The documents whose title attribute is the query's words.
  private func documentsTitled(_ segment: Segment) -> [UInt32] {
    guard let name = options.titleAttribute,
      leaves[..<positiveCount].allSatisfy(\.fields.isEmpty)
    else { return [] }
    let typed = leaves[..<positiveCount].filter { !$0.isPrefix }
      .map { $0.text.replacing("\"", with: "") }
    let key = AttributeKey.key(name: name, value: typed.joined(separator: " "))
    return key.withUnsafeBufferPointer { key in
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
    guard positiveCount > 1, positiveCount <= 64 else { return gains }
    var before: [[UInt32]] = []
    for leaf in 0..<positiveCount {
      let places = places(documents, matches[leaf][number].lists, index.segments[number])
      if leaf > 0, !places.isEmpty, !before.isEmpty {
        let idf = min(idfs[leaf], idfs[leaf - 1])
        for place in documents.indices {
          gains[place] += Adjustment.nearness(before[place], places[place], idf: idf)
        }
      }
      before = places
    }
    return gains
  }

  /// The ascending places of a word in each of ascending documents; empty when it has none.
  private func places(
    _ documents: [UInt32], _ lists: [PostingsList], _ segment: Segment
  ) -> [[UInt32]] {
    guard !lists.isEmpty else { return [] }
    var places = [[UInt32]](repeating: [], count: documents.count)
    for list in lists {
      var cursor = PostingsCursor(segment, list)
      for (place, document) in documents.enumerated() {
        guard cursor.seek(document) else { break }
        guard cursor.document == document, cursor.hasPositions else { continue }
        if !cursor.readPlaces(of: 0xFF, into: &places[place]) { break }
      }
    }
    for place in places.indices where places[place].count > 1 { places[place].sort() }
    return places
  }
}

extension Index {
  /// The newest day of a live document; 0 when none is known.
  var newestDay: UInt16 { segments.reduce(0) { max($0, $1.newestLiveDay) } }
}
