/// The live documents of one segment that match a leaf, with their weighted frequencies.
struct LeafMatches {
  var documents: [UInt32] = []
  var frequencies: [Float] = []
  /// The terms that matched by another form, a prefix or with typos, for highlighting.
  var forms: [[UInt8]] = []
}

/// Finds a leaf's documents in one segment.
struct LeafSearch {
  private let segment: Segment
  private let ranking: BM25F
  private let mask: UInt8
  private let proseFields: UInt8
  /// Terms of a prefix or with typos that are remembered for highlighting.
  private static let mostForms = 256

  init(_ segment: Segment, _ ranking: BM25F, _ schema: Schema, fields: [String]) {
    self.segment = segment
    self.ranking = ranking
    proseFields = schema.proseFields
    var mask: UInt8 = 0
    for field in fields {
      if let index = schema.index(of: field) { mask |= 1 << UInt8(index) }
    }
    self.mask = fields.isEmpty ? 0xFF : mask
  }

  func matches(_ pattern: Query.Leaf.Pattern, language: Language) -> LeafMatches {
    switch pattern {
    case .term(let term, let stemmed):
      return word(term, stemmed: stemmed && language == .english)
    case .prefix(let prefix):
      return terms(under: prefix)
    case .fuzzy(let word, let distance):
      return terms(near: word, distance)
    case .sequence(let whole, let slots):
      let phrase = PhraseSearch(segment, ranking, mask).matches(slots)
      guard let whole, let cursor = find(whole) else { return phrase }
      var sum = Accumulator(segment.documentCount)
      sum.add(phrase)
      add(cursor, mask, 1, to: &sum)
      return sum.matches()
    }
  }

  private func find(_ term: [UInt8]) -> TableCursor? {
    term.withUnsafeBufferPointer { segment.terms.find($0) }
  }

  /// Adds the documents of the term that `cursor` stands on.
  private func add(
    _ cursor: TableCursor, _ mask: UInt8, _ factor: Float, to sum: inout Accumulator
  ) {
    var postings = segment.postings(cursor)
    while postings.next() {
      guard postings.fields & mask != 0, !segment.deletions.contains(postings.document) else {
        continue
      }
      let frequency = ranking.frequency(
        postings.frequencies, postings.fields, mask, length: segment.length(postings.document))
      sum.add(postings.document, frequency * factor)
    }
  }

  private func word(_ term: [UInt8], stemmed: Bool) -> LeafMatches {
    let exact = find(term)
    let others = stemmed ? otherForms(of: term) : []
    if others.isEmpty {
      var matches = LeafMatches()
      guard let exact else { return matches }
      matches.documents.reserveCapacity(Int(min(exact.count, UInt32(segment.documentCount))))
      matches.frequencies.reserveCapacity(Int(min(exact.count, UInt32(segment.documentCount))))
      var postings = segment.postings(exact)
      while postings.next() {
        guard postings.fields & mask != 0, !segment.deletions.contains(postings.document) else {
          continue
        }
        matches.documents.append(postings.document)
        matches.frequencies.append(
          ranking.frequency(
            postings.frequencies, postings.fields, mask,
            length: segment.length(postings.document)))
      }
      return matches
    }
    var sum = Accumulator(segment.documentCount)
    if let exact { add(exact, mask, 1, to: &sum) }
    for cursor in others { add(cursor, mask & proseFields, BM25F.otherForm, to: &sum) }
    var matches = sum.matches()
    matches.forms = others.map(\.key)
    return matches
  }

  /// The other terms with the stem of `term`.
  private func otherForms(of term: [UInt8]) -> [TableCursor] {
    term.withUnsafeBufferPointer { term in
      guard EnglishStemmer.accepts(term) else { return [] }
      let stem = EnglishStemmer.stem(term)
      return stem.withUnsafeBufferPointer { stem in
        guard let entry = segment.stems.find(stem) else {
          // Stems whose only form is the stem itself are not in the table.
          guard compare(stem, term) != 0, EnglishStemmer.accepts(stem),
            EnglishStemmer.stem(stem).elementsEqual(stem),
            let plain = segment.terms.find(stem)
          else { return [] }
          return [plain]
        }
        var reader = ByteReader(entry.rest)
        var ordinal = 0
        var forms: [TableCursor] = []
        for _ in 0..<min(entry.count, 1000) {
          ordinal += Int(reader.varint())
          if reader.isDamaged { break }
          guard let form = segment.terms.entry(ordinal) else { break }
          if form.key.withUnsafeBufferPointer({ compare($0, term) != 0 }) { forms.append(form) }
        }
        return forms
      }
    }
  }

  /// Whether a term is a compound, whose words are terms of their own.
  private static func isCompound(_ key: [UInt8]) -> Bool {
    key.contains { byte in
      let kind = ASCIIClass.table[Int(byte)]
      return kind == ASCIIClass.joiner || kind == ASCIIClass.other
    }
  }

  private func terms(under prefix: [UInt8]) -> LeafMatches {
    var sum = Accumulator(segment.documentCount)
    var forms: [[UInt8]] = []
    let takesCompounds = Self.isCompound(prefix)
    prefix.withUnsafeBufferPointer {
      var cursor = segment.terms.cursor(atOrAfter: $0)
      while cursor.isValid, cursor.key.starts(with: prefix) {
        if takesCompounds || !Self.isCompound(cursor.key) {
          add(cursor, mask, 1, to: &sum)
        }
        guard cursor.next() else { break }
      }
    }
    var matches = sum.matches()
    forms.append(prefix)
    matches.forms = forms
    return matches
  }

  private func terms(near word: [UInt8], _ most: Int) -> LeafMatches {
    var sum = Accumulator(segment.documentCount)
    var forms: [[UInt8]] = []
    var compared = EditDistance(word: word, most: most)
    let first = most == 1 ? Self.firstScalar(word) : []
    first.withUnsafeBufferPointer {
      var cursor = segment.terms.cursor(atOrAfter: $0)
      var shared = 0
      while cursor.isValid, cursor.key.starts(with: first) {
        if Self.isCompound(cursor.key) {
          shared = min(shared, cursor.shared)
        } else {
          if let distance = compared.distance(cursor.key, shared: min(shared, cursor.shared)) {
            add(cursor, mask, BM25F.typos[distance], to: &sum)
            if forms.count < Self.mostForms { forms.append(cursor.key) }
          }
          shared = .max
        }
        guard cursor.next() else { break }
      }
    }
    var matches = sum.matches()
    matches.forms = forms
    return matches
  }

  private static func firstScalar(_ word: [UInt8]) -> [UInt8] {
    word.withUnsafeBufferPointer { Array(word.prefix(TextFolding.decode($0, 0).1)) }
  }
}

/// Sums weighted frequencies over several terms of one segment.
struct Accumulator {
  private var sums: [Float]
  private var found: DocumentSet

  init(_ capacity: Int) {
    sums = [Float](repeating: 0, count: capacity)
    found = DocumentSet(capacity: capacity)
  }

  @inline(__always)
  mutating func add(_ document: UInt32, _ frequency: Float) {
    sums[Int(document)] += frequency
    found.insert(document)
  }

  mutating func add(_ matches: LeafMatches) {
    for (index, document) in matches.documents.enumerated() {
      add(document, matches.frequencies[index])
    }
  }

  func matches() -> LeafMatches {
    var matches = LeafMatches()
    found.forEach {
      matches.documents.append($0)
      matches.frequencies.append(sums[Int($0)])
    }
    return matches
  }
}
