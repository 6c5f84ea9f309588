import Foundation

@testable import FullText
@testable import Notes

/// The answers to queries worked out from the formulas in the documentation, note by note, in double
/// precision. Shares the analyser, the query parser and the constants with the engine; no file, no
/// pruning and none of its code for scores.
struct ScoreOracle {
  struct Note {
    var document: Document
    /// For each term, by number, its occurrences: position and field.
    var places: [Int: [(position: Int, field: Int)]] = [:]
    /// The folded values of each attribute that can be asked for, by folded name.
    var values: [String: [String]] = [:]
    var length = 0.0
    var titleLength = 0.0
    var day = 0
  }

  private struct Sink: TokenSink {
    var field = 0
    var places: [[UInt8]: [(position: Int, field: Int)]] = [:]
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      places[Array(text), default: []].append((token.position, field))
    }
  }

  let schema: Schema
  private(set) var notes: [Note] = []
  private var numbers: [[UInt8]: Int] = [:]
  /// By the number of a term its bytes, whether it has signs in it, and the notes it stands in.
  private var terms: [[UInt8]] = []
  private var compounds: [Bool] = []
  private var standing: [[Int]] = []
  private var stems: [[UInt8]: [Int]] = [:]
  private var averageLength = 1.0
  private var averageTitle = 1.0
  private var newestDay = 0
  private var near: [String: [(Int, Int)]] = [:]

  init(_ documents: [Document], schema: Schema) {
    self.schema = schema
    for document in documents.sorted(by: { isBelow(Array($0.key.utf8), Array($1.key.utf8)) }) {
      read(document)
    }
    compounds = terms.map(isCompound)
    for (number, term) in terms.enumerated() where isEnglish(term) {
      stems[stem(term), default: []].append(number)
    }
    averageLength = max(1, notes.reduce(0) { $0 + $1.length } / Double(max(1, notes.count)))
    averageTitle = max(
      1, notes.reduce(0) { $0 + $1.titleLength } / Double(max(1, notes.count)))
    newestDay = notes.map(\.day).max() ?? 0
  }

  private mutating func read(_ document: Document) {
    var note = Note(document: document)
    var sink = Sink()
    var analyser = Analyser()
    var (position, words, titled) = (0, 0, 0)
    document.text.withUnsafeBufferPointer {
      for run in document.runs {
        if !run.joinsPrevious, position > 0 { position += 2 }
        sink.field = Int(run.field)
        let start = position
        position = analyser.run(
          $0, run.range.clamped(to: 0..<$0.count), position: position, into: &sink)
        if schema.fields[sink.field].isTitle {
          titled += position - start
        } else if schema.fields[sink.field].normalisesLength {
          words += position - start
        }
      }
    }
    for (term, places) in sink.places {
      if numbers[term] == nil {
        numbers[term] = terms.count
        terms.append(term)
        standing.append([])
      }
      guard let number = numbers[term] else { continue }
      note.places[number] = places
      standing[number].append(notes.count)
    }
    for attribute in document.attributes where attribute.isIndexed {
      note.values[TextFolding.fold(attribute.name), default: []]
        .append(TextFolding.fold(attribute.value))
    }
    note.length = Self.nearest(words, LengthByte.bodies)
    note.titleLength = Self.nearest(titled, LengthByte.titles)
    note.day = document.attributes.first { $0.name == "modified" }.map { Self.day($0.value) } ?? 0
    notes.append(note)
  }

  /// Lengths are kept as the nearest of a few, of two equally near the greater.
  private static func nearest(_ words: Int, _ classes: [UInt32]) -> Double {
    Double(classes.min { (abs(Int($0) - words), -Int($0)) < (abs(Int($1) - words), -Int($1)) } ?? 0)
  }

  /// Days since 1970 of a text that begins with an ISO date.
  private static func day(_ text: String) -> Int {
    var parts = DateComponents()
    let numbers = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard numbers.count == 3 else { return 0 }
    (parts.year, parts.month, parts.day) = (numbers[0], numbers[1], numbers[2])
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "UTC") ?? .current
    guard let date = calendar.date(from: parts) else { return 0 }
    return Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
  }

  private func isEnglish(_ term: [UInt8]) -> Bool {
    term.count >= 3 && term.allSatisfy { (0x61...0x7A).contains($0) }
      && term.withUnsafeBufferPointer { EnglishStemmer.accepts($0) }
  }

  private func stem(_ term: [UInt8]) -> [UInt8] {
    term.withUnsafeBufferPointer { EnglishStemmer.stem($0) }
  }

  private func isCompound(_ term: [UInt8]) -> Bool {
    term.contains { $0 < 0x80 && !(0x30...0x39).contains($0) && !(0x61...0x7A).contains($0) }
  }

  // MARK: One word or phrase

  /// What a leaf finds: for each note by number its weighted frequency.
  struct Match {
    var frequencies: [Int: Double] = [:]
    /// A number for what these are the sums of, and in which order: other summands may give the
    /// same sum here and not the same when they are rounded otherwise.
    var summands: [Int: Double] = [:]
    /// The words whose places count for the nearness of words, and the fields in which they do.
    var words: [(term: Int, fields: Set<Int>)] = []
    /// How many notes it is taken to be in.
    var estimate = 0.0
    /// Of a phrase, whose notes are not counted: how rare it is taken to be.
    var rarity: Double?

    mutating func add(_ frequency: Double, to note: Int) {
      frequencies[note, default: 0] += frequency
      summands[note] = (summands[note] ?? 0) * 1.618 + frequency
    }
  }

  private func fields(_ names: [String]) -> Set<Int> {
    names.isEmpty
      ? Set(schema.fields.indices) : Set(names.compactMap { schema.index(of: $0) })
  }

  /// BM25F's weighted frequency of a term in a note; nil when it is in none of the fields.
  private func frequency(_ places: [(position: Int, field: Int)], _ fields: Set<Int>, _ note: Note)
    -> Double?
  {
    var counts = [Int](repeating: 0, count: schema.fields.count)
    for place in places { counts[place.field] += 1 }
    var sum = 0.0
    var isFound = false
    for field in fields where counts[field] > 0 {
      isFound = true
      let value = Double(schema.fields[field].weight) * Double(counts[field])
      let b = Double(BM25F.b)
      if schema.fields[field].isTitle {
        sum += value / (1 - b + b * note.titleLength / averageTitle)
      } else if schema.fields[field].normalisesLength {
        sum += value / (1 - b + b * note.length / averageLength)
      } else {
        sum += value
      }
    }
    return isFound ? sum : nil
  }

  private func add(_ term: Int, _ fields: Set<Int>, factor: Double, to match: inout Match) {
    for number in standing[term] {
      if let places = notes[number].places[term],
        let found = frequency(places, fields, notes[number])
      {
        match.add(found * factor, to: number)
      }
    }
  }

  private mutating func match(_ leaf: Query.Leaf) -> Match {
    let fields = fields(leaf.fields)
    var match = Match()
    switch leaf.pattern {
    case .term(let term, let stemmed):
      let prose = fields.filter { !schema.fields[$0].isCode }
      let own = numbers[term]
      var forms: [Int] = []
      if stemmed, isEnglish(term) { forms = (stems[stem(term)] ?? []).filter { $0 != own } }
      if let own { add(own, fields, factor: 1, to: &match) }
      for form in forms { add(form, prose, factor: Double(BM25F.otherForm), to: &match) }
      match.words = (own.map { [($0, fields)] } ?? []) + forms.map { ($0, prose) }
      if leaf.fields.isEmpty, match.words.count > 1 {
        let total = Double(notes.count)
        let without = match.words.reduce(1.0) { $0 * (1 - Double(standing[$1.term].count) / total) }
        match.estimate = (total * (1 - without)).rounded()
        return match
      }
      if leaf.fields.isEmpty {
        match.estimate = Double(match.words.first.map { standing[$0.term].count } ?? 0)
        return match
      }
    case .prefix(let prefix):
      let isCompound = isCompound(prefix)
      for (number, term) in terms.enumerated()
      where term.starts(with: prefix) && (isCompound || !compounds[number]) {
        add(number, fields, factor: 1, to: &match)
      }
    case .fuzzy(let word, let most):
      for (term, distance) in nearTerms(word, most) {
        add(term, fields, factor: Double(BM25F.typos[distance]), to: &match)
      }
    case .sequence(let whole, let slots):
      for number in numbers[slots[0].term].map({ standing[$0] }) ?? [] {
        let starts = phrase(slots, fields, notes[number])
        if !starts.isEmpty,
          let found = frequency(starts, Set(schema.fields.indices), notes[number])
        {
          match.add(found, to: number)
        }
      }
      if let whole, let number = numbers[whole] { add(number, fields, factor: 1, to: &match) }
      match.rarity = rarity(whole, slots)
    }
    match.estimate = Double(match.frequencies.count)
    return match
  }

  /// A phrase is as rare as its words together, but no rarer than one note or than the whole.
  private func rarity(_ whole: [UInt8]?, _ slots: [Query.Leaf.Slot]) -> Double {
    var least = rarity(1)
    let words = slots.compactMap { numbers[$0.term] }
    if words.count == slots.count {
      least = min(least, words.reduce(0) { $0 + rarity(Double(standing[$1].count)) })
    }
    if let whole, let number = numbers[whole] {
      least = min(least, rarity(Double(standing[number].count)))
    }
    return least
  }

  /// Where the words of a phrase begin to stand one after another as they may, each in one of the
  /// fields.
  private func phrase(
    _ slots: [Query.Leaf.Slot], _ fields: Set<Int>, _ note: Note
  ) -> [(position: Int, field: Int)] {
    let places = slots.map { slot in
      (numbers[slot.term].flatMap { note.places[$0] } ?? []).filter { fields.contains($0.field) }
    }
    guard places.allSatisfy({ !$0.isEmpty }) else { return [] }
    let positions = places.map { Set($0.map(\.position)) }
    return places[0].filter { first in
      var reached: Set<Int> = [first.position]
      for (slot, standing) in zip(slots, positions).dropFirst() {
        var next: Set<Int> = []
        for place in reached {
          for step in slot.leastStep...slot.mostStep where standing.contains(place + step) {
            next.insert(place + step)
          }
        }
        reached = next
      }
      return !reached.isEmpty
    }
  }

  private mutating func nearTerms(_ word: [UInt8], _ most: Int) -> [(Int, Int)] {
    let name = "\(most) \(word)"
    if let known = near[name] { return known }
    let wanted = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    var found: [(Int, Int)] = []
    for (number, term) in terms.enumerated()
    where !compounds[number] && term.count <= word.count + 4 * most
      && word.count <= term.count + 4 * most
    {
      let other = String(decoding: term, as: UTF8.self).unicodeScalars.map(\.value)
      guard abs(other.count - wanted.count) <= most, most > 1 || other.first == wanted.first
      else { continue }
      let distance = Self.distance(wanted, other)
      if distance <= most { found.append((number, distance)) }
    }
    near[name] = found
    return found
  }

  /// Optimal string alignment.
  private static func distance(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var rows = [Array(0...right.count)]
    for row in left.indices {
      var next = [row + 1]
      next.reserveCapacity(right.count + 1)
      for column in right.indices {
        var best = min(
          rows[row][column + 1] + 1, next[column] + 1,
          rows[row][column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, rows[row - 1][column - 1] + 1)
        }
        next.append(best)
      }
      rows.append(next)
    }
    return rows[left.count][right.count]
  }

  // MARK: Queries

  struct Answer {
    struct Entry {
      var note: Int
      var score: Double
      /// It is among those that are looked at closely, whichever way scores are rounded.
      var isCertain = true
      /// What the score was worked out from; the same scores have the same.
      var evidence: [Double] = []

      /// Whether the engine cannot tell two scores apart.
      func isEqual(to other: Entry) -> Bool {
        evidence.count == other.evidence.count
          && zip(evidence, other.evidence).allSatisfy { abs($0 - $1) <= 1e-11 * max(1, abs($0)) }
      }
    }

    /// How many match.
    var total = 0
    /// Those that are, or may be, looked at closely, best first.
    var ranked: [Entry] = []
    var isRelaxed = false
    /// How many words and patterns score.
    var words = 0
  }

  /// Scores closer than this may lie the other way round in the engine, which reckons with less
  /// precision and cuts each word's score; only equal ones may not, for what is equal is worked out
  /// the same way.
  static func tolerance(_ words: Int, _ score: Double) -> Double {
    Double(words + 1) * 2 / 65_536 + abs(score) * 1e-5
  }

  mutating func answer(_ query: Query, limit: Int) -> Answer {
    var answer = Answer()
    guard let root = query.root else { return answer }
    if query.isFilterOnly {
      let found = newest(holding(root, []))
      answer.total = found.count
      answer.ranked = found.map { Answer.Entry(note: $0, score: 0) }
      return answer
    }
    var leaves: [Query.Leaf] = []
    for leaf in query.positiveLeaves where !leaves.contains(leaf) { leaves.append(leaf) }
    let positive = leaves.count
    collect(root, into: &leaves)
    var matches: [(leaf: Query.Leaf, match: Match)] = []
    for leaf in leaves { matches.append((leaf, match(leaf))) }
    var found = holding(root, matches)
    if found.isEmpty, let relaxed = query.relaxed {
      found = holding(relaxed, matches)
      answer.isRelaxed = !found.isEmpty
    }
    let mine = Array(matches[..<positive])
    let rarities = mine.map { $0.match.rarity ?? rarity($0.match.estimate) }
    answer.words = positive
    answer.total = found.count
    var base = found.map { Answer.Entry(note: $0, score: sum($0, mine, rarities)) }
      .sorted { ($1.score, $0.note) < ($0.score, $1.note) }
    // Only the best are looked at closely: for words near each other, titles and days.
    let depth = max(Adjustment.leastDepth, limit * Adjustment.depth)
    if base.count > depth {
      let last = base[depth - 1].score
      let doubt = Self.tolerance(positive, last)
      let close = base.indices.filter { abs(base[$0].score - last) <= doubt }
      for place in close { base[place].evidence = summands(base[place].note, mine) }
      if close.allSatisfy({ base[$0].isEqual(to: base[depth - 1]) }) {
        // All equal: those first in the order of paths are taken.
        base.removeSubrange(depth...)
      } else {
        for place in close { base[place].isCertain = false }
        base.removeSubrange(((close.last ?? depth) + 1)...)
      }
    }
    for place in base.indices {
      let (gain, factor) = adjustment(base[place].note, mine, rarities)
      base[place].score = (base[place].score + gain) * factor
      base[place].evidence = summands(base[place].note, mine) + [gain, factor]
    }
    answer.ranked = base.sorted { ($1.score, $0.note) < ($0.score, $1.note) }
    return answer
  }

  private func collect(_ node: Query.Node, into leaves: inout [Query.Leaf]) {
    switch node {
    case .leaf(let leaf): if !leaves.contains(leaf) { leaves.append(leaf) }
    case .and(let nodes), .or(let nodes): for node in nodes { collect(node, into: &leaves) }
    case .not(let node): collect(node, into: &leaves)
    case .filter: break
    }
  }

  /// The notes for which a condition holds, in order.
  private func holding(
    _ node: Query.Node, _ matches: [(leaf: Query.Leaf, match: Match)]
  ) -> [Int] {
    let holds = table(node, matches)
    return notes.indices.filter { holds[$0] }
  }

  private func table(
    _ node: Query.Node, _ matches: [(leaf: Query.Leaf, match: Match)]
  ) -> [Bool] {
    var table = [Bool](repeating: false, count: notes.count)
    switch node {
    case .leaf(let leaf):
      for note in matches.first(where: { $0.leaf == leaf })?.match.frequencies.keys ?? [:].keys {
        table[note] = true
      }
    case .and(let nodes):
      table = [Bool](repeating: true, count: notes.count)
      for other in nodes.map({ self.table($0, matches) }) {
        for note in notes.indices where !other[note] { table[note] = false }
      }
    case .or(let nodes):
      for other in nodes.map({ self.table($0, matches) }) {
        for note in notes.indices where other[note] { table[note] = true }
      }
    case .not(let node): table = self.table(node, matches).map { !$0 }
    case .filter(let filter):
      for note in notes.indices { table[note] = holds(filter, notes[note]) }
    }
    return table
  }

  private func holds(_ filter: Filter, _ note: Note) -> Bool {
    func values(_ name: String) -> [String] { note.values[TextFolding.fold(name)] ?? [] }
    switch filter {
    case .all: return true
    case .equals(let name, let value): return values(name).contains(TextFolding.fold(value))
    case .within(let name, let value):
      let top = TextFolding.fold(value)
      return values(name).contains { $0 == top || $0.hasPrefix(top + "/") }
    case .prefix(let name, let value):
      return values(name).contains { $0.hasPrefix(TextFolding.fold(value)) }
    case .compare(let name, let comparison, let value):
      return values(name).contains { found in
        let (left, right) = (Double(found), Double(value))
        if let left, let right {
          return comparison.holds(left < right ? -1 : left > right ? 1 : 0)
        }
        return comparison.holds(found == value ? 0 : found < value ? -1 : 1)
      }
    case .exists(let name): return !values(name).isEmpty
    case .keyPrefix(let prefix): return note.document.key.hasPrefix(prefix)
    case .and(let filters): return filters.allSatisfy { holds($0, note) }
    case .or(let filters): return filters.contains { holds($0, note) }
    case .not(let filter): return !holds(filter, note)
    }
  }

  private func newest(_ found: [Int]) -> [Int] {
    func modified(_ note: Int) -> String {
      notes[note].values["modified"]?.max() ?? ""
    }
    return found.map { ($0, modified($0)) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }

  // MARK: Scores

  /// The inverse document frequency.
  private func rarity(_ count: Double) -> Double {
    pow(
      log(1 + (max(0, Double(notes.count) - count) + 0.5) / (count + 0.5)),
      Double(BM25F.rarityPower))
  }

  /// The sum of the words' scores, each cut to 1/65536.
  private func sum(
    _ note: Int, _ mine: [(leaf: Query.Leaf, match: Match)], _ rarities: [Double]
  ) -> Double {
    var sum = 0.0
    for (place, entry) in mine.enumerated() {
      guard let frequency = entry.match.frequencies[note] else { continue }
      let k1 = Double(BM25F.k1)
      let score = rarities[place] * frequency * (k1 + 1) / (frequency + k1)
      sum += (score * 65_536).rounded(.down) / 65_536
    }
    return sum
  }

  private func summands(
    _ note: Int, _ mine: [(leaf: Query.Leaf, match: Match)]
  ) -> [Double] {
    mine.map { $0.match.summands[note] ?? -1 }
  }

  /// What is added for words near each other and for the title, and what the sum is multiplied with.
  private func adjustment(
    _ note: Int, _ mine: [(leaf: Query.Leaf, match: Match)], _ rarities: [Double]
  ) -> (gain: Double, factor: Double) {
    var (gain, factor) = (0.0, 1.0)
    if mine.count > 1, mine.count <= 64 {
      for place in 1..<mine.count {
        let rarity = min(rarities[place - 1], rarities[place])
        let (left, right) = (
          positions(mine[place - 1], note), positions(mine[place], note)
        )
        var least = Int.max
        for one in left {
          for step in 1...Adjustment.farthest
          where right.contains(one - step) || right.contains(one + step) {
            least = min(least, step)
          }
        }
        if least <= Adjustment.farthest {
          gain += Double(Adjustment.nearness) * rarity / Double(least)
        }
      }
    }
    if isTitle(note, mine.map(\.leaf)) {
      gain += rarities.reduce(0, +) * (Double(BM25F.k1) + 1)
    }
    let isQuoted = mine.contains { $0.leaf.text.hasPrefix("\"") }
    let day = notes[note].day
    if !isQuoted, day > 0 {
      factor =
        1 + Double(Adjustment.recency) * exp(-Double(newestDay - day) / Double(Adjustment.fading))
    }
    return (gain, factor)
  }

  /// Where a word of the query stands in a note that is found by it, in any of its forms where these
  /// count; words joined by signs keep no places.
  private func positions(_ entry: (leaf: Query.Leaf, match: Match), _ note: Int) -> Set<Int> {
    guard entry.match.frequencies[note] != nil else { return [] }
    var found: Set<Int> = []
    for (word, fields) in entry.match.words
    where !terms[word].dropLast().contains(where: { "-./:@#_".utf8.contains($0) }) {
      for place in notes[note].places[word] ?? [] where fields.contains(place.field) {
        found.insert(place.position)
      }
    }
    return found
  }

  private func isTitle(_ note: Int, _ leaves: [Query.Leaf]) -> Bool {
    guard leaves.allSatisfy(\.fields.isEmpty) else { return false }
    let typed = leaves.filter { !$0.isPrefix }
      .map { $0.text.replacing("\"", with: "") }.joined(separator: " ")
    return notes[note].document.attributes.contains {
      $0.name == ".title" && TextFolding.fold($0.value) == TextFolding.fold(typed)
    }
  }
}
