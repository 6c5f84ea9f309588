/// One form of a word in one segment.
struct FormList {
  let term: [UInt8]
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

  /// The postings to look for the nearness of words in.
  var lists: [PostingsList] {
    switch self {
    case .lists(let forms): forms.map(\.list)
    case .phrase: []
    case .documents(let matches): matches.lists
    }
  }

  /// The terms other than the word itself, for highlighting.
  var forms: [[UInt8]] {
    switch self {
    case .lists(let forms): forms.lazy.filter { !$0.isExact }.map(\.term)
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
  private var known = 0
  private var forms: [(term: [UInt8], isExact: Bool, count: Int)] = []
  /// Of a phrase: the documents of each term, and of the whole.
  private var slots: [Int] = []
  private var whole = 0
  private var isPhrase = false

  mutating func add(_ source: LeafSource, _ segment: Segment, _ damage: Damage) {
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
        let count = segment.liveCount(form.list, damage)
        if let place = forms.firstIndex(where: { $0.term == form.term }) {
          forms[place].count += count
        } else {
          forms.append((form.term, form.isExact, count))
        }
      }
    }
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
    for form in forms.sorted(by: { isBelow($0.term, $1.term) }) {
      without *= 1 - Double(form.count) / Double(total)
    }
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
