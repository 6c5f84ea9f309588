internal import FullText

/// A field of engineering with the words by which a note shows that it is about it.
///
/// The vocabularies are texts: `[id]` begins a topic; `name:` lists what the field is called, and is
/// compared with the names of skill areas; `marks:` are words that hardly stand anywhere else,
/// `words:` those that are common in it, `hints:` those that say little alone. Entries are words or
/// phrases between semicolons; a line that is indented goes on with the one above.
struct SkillTopic: Sendable {
  enum Strength: String, Sendable {
    case marks, words, hints

    var weight: Float {
      switch self {
      case .marks: 3
      case .words: 1.2
      case .hints: 0.5
      }
    }
  }

  var id: String
  var names: [String] = []
  var terms: [(text: String, strength: Strength)] = []

  /// Every topic. Those without a name belong to no area: what they win, no area gets.
  static let all: [SkillTopic] =
    [
      DataTopics.text, ModelTopics.text, PlatformTopics.text, AnalyticsTopics.text,
      OtherTopics.text,
    ].flatMap(read)

  static func read(_ text: String) -> [SkillTopic] {
    var topics: [SkillTopic] = []
    var key = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("[") {
        topics.append(SkillTopic(id: String(line.dropFirst().dropLast())))
        continue
      }
      guard !topics.isEmpty else { continue }
      var entries = line
      if !line.hasPrefix(" "), let colon = line.firstIndex(of: ":") {
        key = String(line[..<colon])
        entries = line[line.index(after: colon)...]
      }
      for entry in entries.split(separator: ";") {
        let term = String(entry).trimmed
        guard !term.isEmpty else { continue }
        if key == "name" {
          topics[topics.count - 1].names.append(term)
          topics[topics.count - 1].terms.append((term, .marks))
        } else if let strength = Strength(rawValue: key) {
          topics[topics.count - 1].terms.append((term, strength))
        }
      }
    }
    return topics
  }
}

/// Finds the topic that a skill area is about, by its name.
struct TopicMatch {
  private let topics: [SkillTopic]
  private let names: [[Set<String>]]
  private var rarity: [String: Double] = [:]

  /// How much of the words of both names must be shared, weighted by how rare they are.
  private static let least = 0.35
  private static let ignored = Set(
    Lexicon.stems(
      of: "a an and or the of for to in on with is are be by as it its this that from at"))

  init(_ topics: [SkillTopic]) {
    self.topics = topics
    names = topics.map { $0.names.map(Self.words) }
    var counts: [String: Int] = [:]
    for own in names {
      for word in own.reduce(into: Set<String>(), { $0.formUnion($1) }) {
        counts[word, default: 0] += 1
      }
    }
    for (word, count) in counts { rarity[word] = weight(count) }
  }

  private func weight(_ count: Int) -> Double {
    TaggerMath.log(1 + Double(topics.count) / (0.5 + Double(count)))
  }

  private static func words(_ name: String) -> Set<String> {
    Set(Lexicon.stems(of: name)).subtracting(ignored)
  }

  /// The number of the topic that is nearest to an area's name; nil when none is near.
  func topic(of name: String) -> Int? {
    let own = Self.words(name)
    let unknown = weight(0)
    var best: (score: Double, topic: Int)?
    for (topic, candidates) in names.enumerated() {
      for candidate in candidates {
        func sum(_ words: Set<String>) -> Double {
          words.reduce(0) { $0 + (rarity[$1] ?? unknown) }
        }
        let shared = own.intersection(candidate)
        guard !shared.isEmpty else { continue }
        let score = sum(shared) / sum(own.union(candidate))
        if score > best?.score ?? 0 { best = (score, topic) }
      }
    }
    guard let best, best.score >= Self.least else { return nil }
    return best.topic
  }
}
