internal import FullText
internal import Markup
public import Notes

/// Tells which skill areas a note is about, from the words it uses.
///
/// Each area has a profile: the words of its name, the vocabulary of the topic that the name is
/// about, the words of `skills.yaml`, and what the vault's own tagged notes have taught. A note's
/// score for an area is a sum like that of BM25 over the terms of the profile that it has: the weight
/// of the term, less where several areas share it or much of the vault has it, times how often it
/// stands there, which saturates, and soon in a short note. Title and headings count for more, code
/// for less. An area is suggested when its score is over a threshold and near that of the best one,
/// and no topic that belongs to no area does better.
public struct SkillTagger: Sendable {
  /// An area that a note is about.
  public struct Suggestion: Sendable, Equatable {
    public var area: SkillArea
    /// 0 to 1; 0.5 is the least that is suggested.
    public var score: Double
    /// The terms that decided, those that weigh most first.
    public var words: [String]
  }

  /// The numbers of the scoring. They were chosen once, on the development set and on notes that are
  /// about none of the areas; see Tests/Benchmarks/README.md.
  enum Setting {
    /// How soon repetition stops counting.
    static let saturation: Float = 1.5
    /// The length at which saturation is as given, in words.
    static let typicalLength: Float = 250
    /// The power of the number of classes by which a shared term is divided.
    static let sharing = 0.6
    /// The least score.
    static let threshold: Float = 9
    /// The least share of the best score.
    static let margin: Float = 0.65
    /// The least share of the best score of what belongs to no area.
    static let background: Float = 0.8
    /// Suggestions of one note at most.
    static let most = 3
  }

  /// Where a word stands.
  private enum Weight {
    static let title: Float = 2
    static let heading: Float = 2
    static let tag: Float = 2
    static let prose: Float = 1
    static let code: Float = 0.5
  }

  public let areas: SkillAreas
  private var lexicon: Lexicon
  private var trie: TermTrie
  /// Classes 0 ..< areas.count are areas, the others topics of no area.
  private var classes = 0

  /// Builds the profiles.
  ///
  /// - Parameters:
  ///   - words: The words of `skills.yaml`.
  ///   - lessons: What the vault's tagged notes have taught.
  ///   - statistics: The notes of the vault and how many of them have a word; nil leaves that out.
  public init(
    areas: SkillAreas, words: SkillWords = SkillWords(), lessons: SkillLessons? = nil,
    statistics: VaultStatistics? = nil
  ) {
    self.areas = areas
    lexicon = Lexicon()
    trie = TermTrie()
    let topics = SkillTopic.all
    let match = TopicMatch(topics)
    let own = words.byArea(areas, match)
    var claimed: Set<Int> = []
    let known = Set(topics.flatMap { $0.terms.map(\.text) })
    for (number, area) in areas.all.enumerated() {
      let topic = match.topic(of: area.name)
      if let topic {
        claimed.insert(topic)
        for term in topics[topic].terms { add(term.text, number, term.strength.weight) }
      }
      // The name speaks for the area; its single words do where no topic says more.
      add(area.name, number, SkillTopic.Strength.marks.weight)
      for word in area.name.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      where topic == nil && word.count > 2 {
        let isCommon = known.contains(word.lowercased()) || Self.plain.contains(word.lowercased())
        add(
          String(word), number,
          (isCommon ? SkillTopic.Strength.hints : SkillTopic.Strength.marks).weight)
      }
      for word in own[area.id] ?? [] { add(word, number, Self.ownWeight) }
      for (word, weight) in lessons?.words[area.id] ?? [:] { add(word, number, weight) }
    }
    // What belongs to no area competes with them, unless an area's own name is among its words.
    let names = Set(areas.all.flatMap { Lexicon.stems(of: $0.name) })
    classes = areas.all.count
    for (number, topic) in topics.enumerated() where !claimed.contains(number) {
      let marks = topic.terms.filter { $0.strength == .marks }
      if topic.names.isEmpty,
        marks.contains(where: { Set(Lexicon.stems(of: $0.text)).isSubset(of: names) })
      {
        continue
      }
      for term in topic.terms { add(term.text, classes, term.strength.weight) }
      classes += 1
    }
    trie.spread(
      { Float(TaggerMath.exp2(Setting.sharing * TaggerMath.log(Double($0)) / TaggerMath.log(2))) },
      { text in statistics.map { $0.rarity(of: text) } ?? 1 })
  }

  /// What a word of `skills.yaml` weighs: between a mark and a common word of a topic.
  private static let ownWeight: Float = 2
  private static let plain: Set<String> = [
    "and", "the", "for", "with", "skills", "basics", "advanced", "introduction", "practices",
    "best",
    "management", "tools", "systems", "system", "design", "development", "engineering", "software",
    "programming", "technical", "writing", "working", "using", "other", "core", "data",
  ]

  private mutating func add(_ term: String, _ owner: Int, _ weight: Float) {
    let words = lexicon.add(term)
    let isPhrase = words.count > 1 && weight > SkillTopic.Strength.hints.weight
    trie.add(words, text: term, owner: owner, weight: isPhrase ? weight * 1.25 : weight)
  }

  // MARK: Scoring

  private struct Tally {
    var frequency: [Float]
    var until: [Int]
    /// The longest term of each class that begins at one word.
    var hits: [Int32: (length: Int, term: Int32, weight: Float)] = [:]
  }

  /// The areas that a note is about, the likeliest first.
  public mutating func suggestions(for note: Note) -> [Suggestion] {
    let (scores, parts) = scores(of: note)
    let count = areas.all.count
    let best = scores[..<count].max() ?? 0
    let other = scores[count...].max() ?? 0
    guard best >= Setting.threshold, best >= Setting.background * other else { return [] }
    let chosen = (0..<count).filter {
      scores[$0] >= Setting.threshold && scores[$0] >= Setting.margin * best
    }.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
    return chosen.prefix(Setting.most).map { area in
      let words = (parts[Int32(area)] ?? [:]).sorted {
        $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value
      }
      let score = Double(scores[area])
      return Suggestion(
        area: areas.all[area], score: score / (score + Double(Setting.threshold)),
        words: words.prefix(6).map { trie.terms[Int($0.key)] })
    }
  }

  /// The score of each class, and what each of its terms gave to it.
  private mutating func scores(of note: Note) -> ([Float], [Int32: [Int32: Float]]) {
    var found: [Int32: [Int32: (count: Float, weight: Float)]] = [:]
    var length: Float = 0
    var words: [Int32] = []
    func flush(_ weight: Float) {
      length += Float(words.count) * min(weight, 1)
      Self.match(words, trie, weight, into: &found)
      words.removeAll(keepingCapacity: true)
    }
    for (text, weight) in [(note.title, Weight.title)] + note.tags.map({ ($0, Weight.tag) }) {
      Array(text.utf8).withUnsafeBufferPointer { lexicon.read($0, 0..<$0.count, into: &words) }
      flush(weight)
    }
    note.bytes.withUnsafeBufferPointer { bytes in
      var weight = Weight.prose
      for span in note.markdown.spans {
        let own: Float
        switch span.kind {
        case .heading: own = Weight.heading
        case .prose, .inlineCode: own = Weight.prose
        case .code: own = Weight.code
        case .linkTarget, .html, .math: continue
        }
        if !span.joinsPrevious || own != weight { flush(weight) }
        weight = own
        lexicon.read(bytes, span.range, into: &words)
      }
      flush(weight)
    }
    let k = Setting.saturation * (0.5 + 0.5 * length / Setting.typicalLength)
    var scores = [Float](repeating: 0, count: max(classes, areas.all.count + 1))
    var parts: [Int32: [Int32: Float]] = [:]
    for (owner, terms) in found {
      for (term, hit) in terms {
        let part = hit.weight * (1 + Setting.saturation) * hit.count / (hit.count + k)
        scores[Int(owner)] += part
        parts[owner, default: [:]][term] = part
      }
    }
    return (scores, parts)
  }

  /// Counts the terms of a run of words: for each class the longest at a place, none inside another.
  private static func match(
    _ words: [Int32], _ trie: TermTrie, _ weight: Float,
    into found: inout [Int32: [Int32: (count: Float, weight: Float)]]
  ) {
    var until: [Int32: Int] = [:]
    var hits: [Int32: (length: Int, entry: TermTrie.Entry)] = [:]
    for start in words.indices where words[start] >= 0 {
      hits.removeAll(keepingCapacity: true)
      trie.forEachMatch(in: words, at: start) { length, entries in
        for entry in entries { hits[entry.owner] = (length, entry) }
      }
      for (owner, hit) in hits where start >= until[owner] ?? 0 {
        until[owner] = start + hit.length
        var terms = found[owner] ?? [:]
        found[owner] = nil
        terms[hit.entry.term, default: (0, hit.entry.weight)].count += weight
        found[owner] = terms
      }
    }
  }
}

/// How common words are in a vault.
public struct VaultStatistics: Sendable {
  private let notes: Double
  private let frequency: @Sendable (String) -> Int

  /// Notes that a vault is thought to have besides its own, each term in one of a hundred of them: in
  /// a small vault chance would decide otherwise.
  private static let imagined = 1000.0
  private static let expected = 0.01

  /// - Parameter frequency: How many of the notes have a word.
  public init(notes: Int, frequency: @escaping @Sendable (String) -> Int) {
    self.notes = Double(notes)
    self.frequency = frequency
  }

  /// 1 for a term that one note of a hundred has, less for a more common one; that of its rarest
  /// word.
  func rarity(of term: String) -> Float {
    let words = Tokens.words(of: term.utf8)
    let counts = words.map { min(Double(frequency($0)), notes) }
    let count = counts.min() ?? 0
    let rarity =
      TaggerMath.log((notes + Self.imagined) / (count + Self.expected * Self.imagined))
      / -TaggerMath.log(Self.expected)
    return Float(min(1.1, max(0.7, rarity)))
  }
}
