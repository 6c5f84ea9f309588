/// One form of a word in one segment.
struct FormList {
  /// The number of its term in the segment's dictionary.
  let ordinal: Int
  let list: PostingsList
  /// Whether it is the word as typed rather than another form of it.
  let isExact: Bool
}

/// Where the documents of a leaf come from in one segment.
enum LeafSource {
  /// The postings of a word's forms, read as far as they are needed; the word itself first.
  case lists([FormList])
  /// Terms one after another, looked for as far as is needed.
  case phrase(PhraseLists)
  /// All documents, worked out beforehand.
  case documents(LeafMatches)

  /// About how many documents there are, at least 0.
  var cost: Int {
    switch self {
    case .lists(let forms): forms.reduce(0) { $0 + $1.list.count }
    case .phrase(let phrase): phrase.cost
    case .documents(let matches): matches.documents.count
    }
  }

  /// The number by which the bounds of a word's ranges are found: that of its lowest term.
  var lowestOrdinal: Int? {
    guard case .lists(let forms) = self else { return nil }
    return forms.reduce(nil) { min($0 ?? .max, $1.ordinal) }
  }

  /// The terms other than the word itself, for highlighting.
  func forms(_ segment: Segment) -> [[UInt8]] {
    switch self {
    case .lists(let forms): forms.filter { !$0.isExact }.compactMap { segment.term($0.ordinal) }
    case .phrase: []
    case .documents(let matches): matches.forms
    }
  }
}

/// How many documents a leaf is taken to have, over all segments.
///
/// A phrase is taken to be as rare as its words together, but no rarer than one document or than the
/// whole that it is also found by: the documents that have it are not known before all were read.
/// For what was worked out beforehand it is the number. For the forms of a word it is what their
/// numbers would give if they stood in documents independently: knowing better would mean reading
/// all of their postings. It does not depend on how the index is divided into segments.
struct LeafCount {
  private struct Form {
    let segment: Int
    let ordinal: Int
    let isExact: Bool
    var count: Int
  }

  private var known = 0
  private var forms: [Form] = []
  /// Of a phrase: the documents of each term, and of the whole.
  private var slots: [Int] = []
  private var whole = 0
  private var isPhrase = false

  /// - Parameter sources: Of each segment.
  init(_ sources: [LeafSource], _ segments: [Segment], _ damage: Damage) {
    for (number, source) in sources.enumerated() {
      add(source, number, segments[number], damage)
    }
    // The order of their terms, in which it is reckoned with them.
    if sources.count == 1 {
      if forms.count > 1 { forms.sort { $0.ordinal < $1.ordinal } }
    } else if !forms.isEmpty {
      join(segments)
    }
  }

  private mutating func add(
    _ source: LeafSource, _ number: Int, _ segment: Segment, _ damage: Damage
  ) {
    switch source {
    case .documents(let matches): known += matches.documents.count
    case .phrase(let phrase):
      isPhrase = true
      if slots.isEmpty { slots = phrase.lists.map { _ in 0 } }
      for (slot, list) in phrase.lists.enumerated() {
        if let list { slots[slot] += segment.liveCount(list, damage) }
      }
      if let list = phrase.whole { whole += segment.liveCount(list, damage) }
    case .lists(let lists):
      for form in lists {
        forms.append(
          Form(
            segment: number, ordinal: form.ordinal, isExact: form.isExact,
            count: segment.liveCount(form.list, damage)))
      }
    }
  }

  /// Makes the same term of several segments one.
  private mutating func join(_ segments: [Segment]) {
    let named = forms.map { (term: segments[$0.segment].term($0.ordinal) ?? [], form: $0) }
    var joined: [(term: [UInt8], form: Form)] = []
    for entry in named.sorted(by: { isBelow($0.term, $1.term) }) {
      if joined.last?.term == entry.term {
        joined[joined.count - 1].form.count += entry.form.count
      } else {
        joined.append(entry)
      }
    }
    forms = joined.map(\.form)
  }

  /// The inverse document frequency in an index with `total` live documents.
  func idf(of total: Int) -> Float {
    guard isPhrase else { return BM25F.idf(estimate(of: total), of: total) }
    var idf = BM25F.idf(min(1, total), of: total)
    if !slots.contains(0) {
      idf = min(idf, slots.reduce(0) { $0 + BM25F.idf($1, of: total) })
    }
    return whole > 0 ? min(idf, BM25F.idf(whole, of: total)) : idf
  }

  /// The number of documents in an index with `total` live ones.
  private func estimate(of total: Int) -> Int {
    if forms.count == 1 { return known + forms[0].count }
    if forms.isEmpty || total == 0 { return known }
    var without = 1.0
    for form in forms { without *= 1 - Double(form.count) / Double(total) }
    return known + Int((Double(total) * (1 - without)).rounded())
  }

  /// A number that there are at least.
  var atLeast: Int { known + (forms.first { $0.isExact }?.count ?? 0) }

  /// Whether `atLeast` is the number.
  var isExact: Bool {
    if isPhrase { return false }
    return forms.isEmpty || (forms.count == 1 && forms[0].isExact)
  }
}

extension Segment {
  /// The term with a number; nil where there is none or the dictionary is damaged.
  func term(_ ordinal: Int) -> [UInt8]? { terms.entry(ordinal)?.key }

  /// How many documents of a list are not deleted.
  func liveCount(_ list: PostingsList, _ damage: Damage) -> Int {
    if deletions.isEmpty { return list.count }
    var cursor = PostingsCursor(self, list)
    var count = 0
    if deletions.count < cursor.blocks {
      count = list.count
      deletions.forEach { deleted in
        if cursor.seek(deleted), cursor.document == deleted { count -= 1 }
      }
    } else {
      while cursor.nextBlock() {
        for index in 0..<cursor.length where !deletions.contains(cursor.documents[index]) {
          count += 1
        }
      }
    }
    if cursor.isDamaged { damage.note(self) }
    return count
  }
}

extension DeletionMap {
  /// Calls `body` with each deleted document in ascending order.
  func forEach(_ body: (UInt32) -> Void) {
    for (index, word) in words.enumerated() where word != 0 {
      var word = word
      while word != 0 {
        body(UInt32(index * 64 + word.trailingZeroBitCount))
        word &= word - 1
      }
    }
  }
}
