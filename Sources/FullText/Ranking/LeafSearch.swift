/// Finds leaves' documents in one segment.
final class LeafSearch {
  let segment: Segment
  let ranking: BM25F
  private let schema: Schema
  private let language: Language
  let damage: Damage
  let memory: SearchMemory
  private lazy var sum = Accumulator(segment.documentCount)
  /// Used for one list after another.
  private var cursor: PostingsCursor?
  /// Terms of a prefix or with typos that are remembered for highlighting.
  private static let mostForms = 256

  init(
    _ segment: Segment, _ ranking: BM25F, _ schema: Schema, language: Language, damage: Damage,
    memory: SearchMemory
  ) {
    self.segment = segment
    self.ranking = ranking
    self.schema = schema
    self.language = language
    self.damage = damage
    self.memory = memory
  }

  private func mask(_ fields: [String]) -> UInt8 {
    var mask: UInt8 = 0
    for field in fields {
      if let index = schema.index(of: field) { mask |= 1 << UInt8(index) }
    }
    return fields.isEmpty ? 0xFF : mask
  }

  /// The fields in which other forms of a word count.
  var otherMask: UInt8 { schema.proseFields }

  /// What is needed to find the documents of a leaf.
  ///
  /// The forms of a word that may stand anywhere are read while searching; everything else is
  /// worked out here.
  func source(_ leaf: Query.Leaf) -> LeafSource {
    switch leaf.pattern {
    case .term(let term, let stemmed) where leaf.fields.isEmpty:
      return .lists(forms(of: term, stemmed: stemmed && language == .english))
    case .sequence(let whole, let slots):
      return .phrase(phrase(whole, slots, mask(leaf.fields)))
    default:
      return .documents(matches(leaf))
    }
  }

  private func phrase(
    _ whole: [UInt8]?, _ slots: [Query.Leaf.Slot], _ mask: UInt8
  ) -> PhraseLists {
    PhraseLists(
      slots: slots, lists: slots.map { find($0.term).map(segment.list) },
      whole: whole.flatMap { find($0) }.map(segment.list), mask: mask)
  }

  private func forms(of term: [UInt8], stemmed: Bool) -> List<FormList> {
    let exact = find(term)
    var forms = List<FormList>()
    if let exact {
      forms.reserveCapacity(8)
      forms.append(FormList(ordinal: exact.ordinal, list: segment.list(exact), isExact: true))
    }
    if stemmed { addOtherForms(of: term, exact?.ordinal, to: &forms) }
    return forms
  }

  /// All documents of a leaf in this segment.
  func matches(_ leaf: Query.Leaf) -> LeafMatches {
    let mask = mask(leaf.fields)
    switch leaf.pattern {
    case .term(let term, let stemmed):
      return word(term, mask, stemmed: stemmed && language == .english)
    case .prefix(let prefix):
      return terms(under: prefix, mask)
    case .fuzzy(let word, let distance):
      return terms(near: word, distance, mask)
    case .sequence(let whole, let slots):
      let lists = phrase(whole, slots, mask)
      let matches =
        PhraseSearch(segment, ranking, lists, memory: memory)?.matches(damage) ?? LeafMatches()
      guard let whole = lists.whole else { return matches }
      if matches.documents.isEmpty { return single(whole, mask) }
      sum.add(matches)
      add(whole, mask, 1)
      return sum.take()
    }
  }

  /// The entry of `term`; notes damage on the way.
  private func find(_ term: [UInt8]) -> TableEntry? {
    term.withUnsafeBufferPointer { find($0, in: segment.terms) }
  }

  private func find(
    _ key: UnsafeBufferPointer<UInt8>, in table: FrontCodedTable
  ) -> TableEntry? {
    var isDamaged = false
    let entry = table.look(for: key, isDamaged: &isDamaged)
    if isDamaged { damage.note(segment) }
    return entry
  }

  /// The weights of the segment's shapes.
  func table(_ mask: UInt8) -> WeightTable {
    segment.weightTables.table(segment.shapes, ranking, mask)
  }

  /// Calls `body` with each live document of a list and its weighted frequency.
  @inline(__always)
  private func forEach(
    _ list: PostingsList, _ mask: UInt8, _ body: (UInt32, Float) -> Void
  ) {
    var cursor = self.cursor ?? PostingsCursor(segment, list, memory: memory)
    cursor.open(list)
    let lengths = segment.lengthBytes
    let deletions = segment.deletions
    let hasDeletions = !deletions.isEmpty
    let table = table(mask)
    let (weights, factors) = (table.weights, ranking.lengthFactors)
    while cursor.nextBlock(), cursor.loadCodes() {
      let documents = cursor.documents
      let codes = cursor.codes
      for index in 0..<cursor.length {
        var weight = weights[Int(codes[index])]
        if weight.plain < 0 {
          if weight.plain == WeightTable.absent { continue }
          weight = cursor.weight(at: index, ranking, mask)
          if weight.plain < 0 { continue }
        }
        let document = documents[index]
        if hasDeletions, deletions.contains(document) { continue }
        body(document, weight.frequency(factors[lengths[Int(document)]]))
      }
    }
    if cursor.isDamaged { damage.note(segment) }
    self.cursor = cursor
  }

  private func add(_ list: PostingsList, _ mask: UInt8, _ factor: Float) {
    let sum = sum
    forEach(list, mask) { document, frequency in sum.add(document, frequency * factor) }
  }

  /// The documents of one term alone.
  private func single(_ list: PostingsList, _ mask: UInt8) -> LeafMatches {
    var matches = LeafMatches()
    let documents = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, list.count))
    let frequencies = UnsafeMutablePointer<Float>.allocate(capacity: max(1, list.count))
    defer {
      documents.deallocate()
      frequencies.deallocate()
    }
    var count = 0
    forEach(list, mask) { document, frequency in
      documents[count] = document
      frequencies[count] = frequency
      count += 1
    }
    matches.documents = Array(UnsafeBufferPointer(start: documents, count: count))
    matches.frequencies = Array(UnsafeBufferPointer(start: frequencies, count: count))
    return matches
  }

  // MARK: Words

  private func word(_ term: [UInt8], _ mask: UInt8, stemmed: Bool) -> LeafMatches {
    let forms = forms(of: term, stemmed: stemmed)
    let exact = forms.first { $0.isExact }?.list
    let others = forms.filter { !$0.isExact }
    var matches: LeafMatches
    if others.isEmpty {
      matches = exact.map { single($0, mask) } ?? LeafMatches()
    } else {
      matches = union(exact, others.map(\.list), mask, mask & schema.proseFields)
      matches.forms = others.compactMap { segment.term($0.ordinal) }
    }
    matches.lists = forms.map { ($0.list, $0.isExact ? mask : mask & schema.proseFields) }
    return matches
  }

  /// Lists with fewer postings together are merged rather than summed in a place for every document.
  private static let fewPostings = 512

  private func union(
    _ exact: PostingsList?, _ others: [PostingsList], _ mask: UInt8, _ otherMask: UInt8
  ) -> LeafMatches {
    let count = others.reduce(exact?.count ?? 0) { $0 + $1.count }
    guard count < Self.fewPostings, others.count < 16 else {
      if let exact { add(exact, mask, 1) }
      for list in others { add(list, otherMask, BM25F.otherForm) }
      return sum.take()
    }
    var matches = exact.map { single($0, mask) } ?? LeafMatches()
    for list in others {
      matches.add(single(list, otherMask), factor: BM25F.otherForm)
    }
    return matches
  }

  /// Adds the other terms with the stem of `term`, which has the number `exact` itself.
  private func addOtherForms(of term: [UInt8], _ exact: Int?, to forms: inout List<FormList>) {
    term.withUnsafeBufferPointer { term in
      guard EnglishStemmer.accepts(term) else { return }
      let stem = EnglishStemmer.stem(term)
      guard let entry = stem.withUnsafeBufferPointer({ find($0, in: segment.stems) }) else {
        // Stems whose only form is the stem itself are not in the table.
        let isPlain = stem.withUnsafeBufferPointer {
          compare($0, term) != 0 && EnglishStemmer.accepts($0)
            && EnglishStemmer.stem($0).elementsEqual($0)
        }
        guard isPlain, let plain = find(stem) else { return }
        forms.append(FormList(ordinal: plain.ordinal, list: segment.list(plain), isExact: false))
        return
      }
      var reader = ByteReader(entry.rest)
      var ordinal = 0
      for _ in 0..<min(entry.count, 1000) {
        ordinal += Int(reader.varint())
        guard !reader.isDamaged, let form = segment.terms.look(at: ordinal) else {
          damage.note(segment)
          break
        }
        if ordinal == exact { continue }
        forms.append(FormList(ordinal: ordinal, list: segment.list(form), isExact: false))
      }
    }
  }

  // MARK: Ranges of the dictionary

  /// Whether a term is a compound, whose words are terms of their own.
  private static func isCompound(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    ASCIIClass.table.withUnsafeBufferPointer { table in
      for byte in key {
        let kind = table[Int(byte)]
        if kind == ASCIIClass.joiner || kind == ASCIIClass.other { return true }
      }
      return false
    }
  }

  private func terms(under prefix: [UInt8], _ mask: UInt8) -> LeafMatches {
    prefix.withUnsafeBufferPointer { prefix in
      let takesCompounds = Self.isCompound(prefix)
      var cursor = segment.terms.cursor(atOrAfter: prefix)
      while cursor.isValid, cursor.hasPrefix(prefix) {
        if takesCompounds || !cursor.withKey(Self.isCompound) {
          add(segment.list(cursor), mask, 1)
        }
        guard cursor.next() else { break }
      }
      if cursor.isDamaged { damage.note(segment) }
    }
    var matches = sum.take()
    matches.forms = [prefix]
    return matches
  }

  private func terms(near word: [UInt8], _ most: Int, _ mask: UInt8) -> LeafMatches {
    var forms: [[UInt8]] = []
    for (ordinal, distance) in near(word, most) {
      guard let cursor = segment.terms.entry(ordinal), !cursor.withKey(Self.isCompound) else {
        continue
      }
      add(segment.list(cursor), mask, BM25F.typos[distance])
      if forms.count < Self.mostForms { forms.append(cursor.key) }
    }
    var matches = sum.take()
    matches.forms = forms
    return matches
  }

  /// The numbers of the terms that are at most so many edits from a word, and their edits.
  private func near(_ word: [UInt8], _ most: Int) -> [(ordinal: Int, distance: Int)] {
    guard segment.hasIntactTermKeys else {
      damage.note(segment)
      return []
    }
    let compared = EditDistance(word: word, most: most)
    let first = most == 1 ? Self.firstScalar(word) : []
    let near = first.withUnsafeBufferPointer {
      segment.terms.keys(near: compared, startingWith: $0)
    }
    if near.isDamaged { damage.note(segment) }
    return near.found
  }

  private static func firstScalar(_ word: [UInt8]) -> [UInt8] {
    word.withUnsafeBufferPointer { Array(word.prefix(TextFolding.decode($0, 0).1)) }
  }
}
