import Foundation

@testable import FullText
@testable import Notes

/// The answers to queries worked out from the formulas in the documentation, note by note, in double
/// precision. Shares the analyser, the query parser and the constants with the engine; no index, no
/// postings, no pruning and none of its code for scores.
struct ScoreOracle {
  struct Note {
    var document: Document
    /// For each term its occurrences: position and field.
    var places: [[UInt8]: [(position: Int, field: Int)]] = [:]
    /// Terms that stand as words joined by signs and so keep no places for the nearness of words.
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
  /// In how many notes each term stands.
  private var counts: [[UInt8]: Int] = [:]
  private var terms: [[UInt8]] = []
  private var stems: [[UInt8]: [[UInt8]]] = [:]
  private var averageLength = 1.0
  private var averageTitle = 1.0
  private var newestDay = 0
  private var near: [String: [([UInt8], Int)]] = [:]

  init(_ documents: [Document], schema: Schema) {
    self.schema = schema
    for document in documents.sorted(by: { isBelow(Array($0.key.utf8), Array($1.key.utf8)) }) {
      notes.append(read(document))
    }
    for note in notes {
      for term in note.places.keys { counts[term, default: 0] += 1 }
    }
    terms = counts.keys.sorted(by: isBelow)
    for term in terms where isEnglish(term) {
      stems[stem(term), default: []]
        .append(term)
    }
    averageLength = max(1, notes.reduce(0) { $0 + $1.length } / Double(max(1, notes.count)))
    averageTitle = max(
      1, notes.reduce(0) { $0 + $1.titleLength } / Double(max(1, notes.count)))
    newestDay = notes.map(\.day).max() ?? 0
  }

  private func read(_ document: Document) -> Note {
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
    note.places = sink.places
    note.length = Self.nearest(words, LengthByte.bodies)
    note.titleLength = Self.nearest(titled, LengthByte.titles)
    note.day = document.attributes.first { $0.name == "modified" }.map { Self.day($0.value) } ?? 0
    return note
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
    /// The words whose places count for the nearness of words.
    var words: [[UInt8]] = []
    /// How many notes it is taken to be in.
    var estimate = 0.0
    /// Of a phrase, whose notes are not counted: how rare it is taken to be.
    var rarity: Double?
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
      let value = Double(schema.fields[field].weight) * Double(min(counts[field], 255))
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

  private func add(
    _ term: [UInt8], _ fields: Set<Int>, factor: Double, to match: inout Match
  ) {
    guard counts[term] != nil else { return }
    for (number, note) in notes.enumerated() {
      if let places = note.places[term], let found = frequency(places, fields, note) {
        match.frequencies[number, default: 0] += found * factor
      }
    }
  }

  mutating func match(_ leaf: Query.Leaf) -> Match {
    let fields = fields(leaf.fields)
    var match = Match()
    switch leaf.pattern {
    case .term(let term, let stemmed):
      let prose = fields.filter { !schema.fields[$0].isCode }
      var forms: [[UInt8]] = []
      if stemmed, isEnglish(term) {
        forms = (stems[stem(term)] ?? []).filter { $0 != term }
      }
      add(term, fields, factor: 1, to: &match)
      for form in forms { add(form, prose, factor: Double(BM25F.otherForm), to: &match) }
      match.words = (counts[term] == nil ? [] : [term]) + forms
      if leaf.fields.isEmpty, match.words.count > 1 {
        let total = Double(notes.count)
        let without = match.words.reduce(1.0) { $0 * (1 - Double(counts[$1] ?? 0) / total) }
        match.estimate = (total * (1 - without)).rounded()
        return match
      }
      if leaf.fields.isEmpty {
        match.estimate = Double(match.words.first.flatMap { counts[$0] } ?? 0)
        return match
      }
    case .prefix(let prefix):
      for term in terms where term.starts(with: prefix) {
        if isCompound(prefix) || !isCompound(term) {
          add(term, fields, factor: 1, to: &match)
        }
      }
    case .fuzzy(let word, let most):
      for (term, distance) in nearTerms(word, most) {
        add(term, fields, factor: Double(BM25F.typos[distance]), to: &match)
      }
    case .sequence(let whole, let slots):
      for (number, note) in notes.enumerated() {
        let starts = phrase(slots, note).filter { fields.contains($0.field) }
        if !starts.isEmpty, let found = frequency(starts, Set(schema.fields.indices), note) {
          match.frequencies[number, default: 0] += found
        }
      }
      if let whole { add(whole, fields, factor: 1, to: &match) }
      match.rarity = rarity(whole, slots)
    }
    match.estimate = Double(match.frequencies.count)
    return match
  }

  /// A phrase is as rare as its words together, but no rarer than one note or than the whole.
  private func rarity(_ whole: [UInt8]?, _ slots: [Query.Leaf.Slot]) -> Double {
    var least = rarity(1)
    let words = slots.compactMap { counts[$0.term] }
    if words.count == slots.count {
      least = min(least, words.reduce(0) { $0 + rarity(Double($1)) })
    }
    if let whole, let count = counts[whole] { least = min(least, rarity(Double(count))) }
    return least
  }

  /// Where the words of a phrase begin to stand one after another as they may.
  private func phrase(
    _ slots: [Query.Leaf.Slot], _ note: Note
  ) -> [(position: Int, field: Int)] {
    (note.places[slots[0].term] ?? []).filter { first in
      var reached: Set<Int> = [first.position]
      for slot in slots.dropFirst() {
        let next = (note.places[slot.term] ?? []).map(\.position)
        reached = Set(
          next.filter { place in
            (slot.leastStep...slot.mostStep).contains { reached.contains(place - $0) }
          })
      }
      return !reached.isEmpty
    }
  }

  private mutating func nearTerms(_ word: [UInt8], _ most: Int) -> [([UInt8], Int)] {
    let name = "\(most) \(word)"
    if let known = near[name] { return known }
    let wanted = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    var found: [([UInt8], Int)] = []
    for term in terms where !isCompound(term) {
      let other = String(decoding: term, as: UTF8.self).unicodeScalars.map(\.value)
      guard abs(other.count - wanted.count) <= most, most > 1 || other.first == wanted.first
      else { continue }
      let distance = Self.distance(wanted, other)
      if distance <= most { found.append((term, distance)) }
    }
    near[name] = found
    return found
  }

  /// Optimal string alignment.
  private static func distance(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var rows = [Array(0...right.count)]
    for row in left.indices {
      var next = [row + 1]
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
    /// All that match: the number of the note and its score, best first.
    var ranked: [(note: Int, score: Double)] = []
    /// Scores so near to the last that was looked at closely that rounding may decide.
    var isClose = false
    var isRelaxed = false
  }

  mutating func answer(_ query: Query, limit: Int) -> Answer {
    var answer = Answer()
    guard let root = query.root else { return answer }
    if query.isFilterOnly {
      answer.ranked = newest(notes.indices.filter { holds(root, $0, []) }).map { ($0, 0) }
      return answer
    }
    var leaves: [Query.Leaf] = []
    for leaf in query.positiveLeaves where !leaves.contains(leaf) { leaves.append(leaf) }
    let positive = leaves.count
    collect(root, into: &leaves)
    var matches: [(leaf: Query.Leaf, match: Match)] = []
    for leaf in leaves { matches.append((leaf, match(leaf))) }
    var found = notes.indices.filter { holds(root, $0, matches) }
    if found.isEmpty, let relaxed = query.relaxed {
      found = notes.indices.filter { holds(relaxed, $0, matches) }
      answer.isRelaxed = !found.isEmpty
    }
    let mine = Array(matches[..<positive])
    let rarities = mine.map { $0.match.rarity ?? rarity($0.match.estimate) }
    let base = found.map { (note: $0, score: sum($0, mine, rarities)) }
      .sorted { ($1.score, $0.note) < ($0.score, $1.note) }
    // Only the best are looked at closely: for words near each other, titles and days.
    let depth = max(Adjustment.leastDepth, limit * Adjustment.depth)
    if base.count > depth {
      answer.isClose = base[depth - 1].score - base[depth].score < 1e-3
    }
    answer.ranked =
      base.prefix(depth).map { ($0.note, adjusted($0, mine, rarities)) }
      .sorted { ($1.score, $0.note) < ($0.score, $1.note) }
      + base.dropFirst(depth).map { ($0.note, -1) }
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

  private func holds(
    _ node: Query.Node, _ note: Int, _ matches: [(leaf: Query.Leaf, match: Match)]
  ) -> Bool {
    switch node {
    case .leaf(let leaf):
      matches.first { $0.leaf == leaf }?.match.frequencies[note] != nil
    case .and(let nodes): nodes.allSatisfy { holds($0, note, matches) }
    case .or(let nodes): nodes.contains { holds($0, note, matches) }
    case .not(let node): !holds(node, note, matches)
    case .filter(let filter): holds(filter, notes[note].document)
    }
  }

  private func holds(_ filter: Filter, _ document: Document) -> Bool {
    func values(_ name: String) -> [String] {
      document.attributes
        .filter { $0.isIndexed && TextFolding.fold($0.name) == TextFolding.fold(name) }
        .map { TextFolding.fold($0.value) }
    }
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
    case .keyPrefix(let prefix): return document.key.hasPrefix(prefix)
    case .and(let filters): return filters.allSatisfy { holds($0, document) }
    case .or(let filters): return filters.contains { holds($0, document) }
    case .not(let filter): return !holds(filter, document)
    }
  }

  private func newest(_ found: [Int]) -> [Int] {
    func modified(_ note: Int) -> String {
      notes[note].document.attributes.filter { $0.name == "modified" }
        .map { TextFolding.fold($0.value) }.max() ?? ""
    }
    return found.sorted { (modified($1), $0) < (modified($0), $1) }
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

  private func adjusted(
    _ entry: (note: Int, score: Double), _ mine: [(leaf: Query.Leaf, match: Match)],
    _ rarities: [Double]
  ) -> Double {
    var score = entry.score
    if mine.count > 1, mine.count <= 64 {
      for place in 1..<mine.count {
        let rarity = min(rarities[place - 1], rarities[place])
        let (left, right) = (
          positions(mine[place - 1], entry.note), positions(mine[place], entry.note)
        )
        var least = Int.max
        for one in left {
          for other in right where one != other { least = min(least, abs(one - other)) }
        }
        if least <= Adjustment.farthest {
          score += Double(Adjustment.nearness) * rarity / Double(least)
        }
      }
    }
    if isTitle(entry.note, mine.map(\.leaf)) {
      score += rarities.reduce(0, +) * (Double(BM25F.k1) + 1)
    }
    let isQuoted = mine.contains { $0.leaf.text.hasPrefix("\"") }
    let day = notes[entry.note].day
    if !isQuoted, day > 0 {
      score *=
        1 + Double(Adjustment.recency) * exp(-Double(newestDay - day) / Double(Adjustment.fading))
    }
    return score
  }

  /// Where a word of the query stands, in any of its forms; words joined by signs keep no places.
  private func positions(_ entry: (leaf: Query.Leaf, match: Match), _ note: Int) -> Set<Int> {
    var found: Set<Int> = []
    for word in entry.match.words
    where !word.dropLast().contains(where: { "-./:@#_".utf8.contains($0) }) {
      for place in notes[note].places[word] ?? [] { found.insert(place.position) }
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
