public import Learning
internal import Notes

/// What an advertisement asks for, in the words of the vault: text, Markdown or the JSON of the
/// job-schema.
public struct JobAdvertisement: Sendable {
  /// A word or phrase that is asked for.
  public struct Term: Sendable, Equatable {
    /// As it is shown.
    public var name: String
    /// Every way it may be said, in any case.
    public var spellings: [String]
    /// More for what the title or the must-haves say, or what is said again.
    public var weight: Int
    /// The skill area it stands for; nil for a tool or an unknown word.
    public var area: String?
    /// Whether the vault has a word for it; else it only looks like a tool's name.
    public var isKnown: Bool
  }

  public let title: String?
  /// The most important first.
  public let terms: [Term]

  /// - Parameters:
  ///   - areaWords: Words that point to skill areas, by the area's id.
  ///   - tools: Names of tools that notes and jobs use.
  public init(
    _ bytes: [UInt8], areas: SkillAreas, areaWords: [String: [String]], tools: [String]
  ) {
    let (title, parts) = Self.parts(bytes)
    self.title = title
    let weighed = parts.map { (text: WantedWords.normalised($0.text), weight: $0.weight) }
    func weight(_ spellings: [String]) -> Int {
      weighed.reduce(0) { sum, part in
        sum + (spellings.contains { WantedWords.has(part.text, $0) } ? part.weight : 0)
      }
    }
    var terms: [Term] = []
    var taken: Set<String> = []
    for tool in tools where taken.insert(tool.lowercased()).inserted {
      let weight = weight([tool])
      if weight > 0 {
        terms.append(
          Term(name: tool, spellings: [tool], weight: weight, area: nil, isKnown: true))
      }
    }
    for area in areas.all {
      let spellings = [area.name] + (areaWords[area.id] ?? [])
      let weight = weight(spellings)
      if weight > 0, taken.insert(area.name.lowercased()).inserted {
        terms.append(
          Term(
            name: area.name, spellings: spellings, weight: weight, area: area.id, isKnown: true))
      }
    }
    let known = WantedWords.normalised(
      (terms.map(\.name) + tools).joined(separator: " \n "))
    for (name, weight) in Self.names(parts) where !WantedWords.has(known, name) {
      guard taken.insert(name.lowercased()).inserted else { continue }
      terms.append(Term(name: name, spellings: [name], weight: weight, area: nil, isKnown: false))
    }
    self.terms = terms.enumerated().sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }.map(\.element)
  }

  // MARK: - Reading

  /// The advertisement in parts that weigh differently.
  private static func parts(_ bytes: [UInt8]) -> (
    title: String?, parts: [(text: String, weight: Int)]
  ) {
    if let json = try? JSONParser.parse(bytes), case .object = json {
      func texts(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .array(let items): items.map { texts($0) }.joined(separator: "\n")
        case .object(let members): members.map { texts($0.value) }.joined(separator: "\n")
        default: ""
        }
      }
      let title = json["title"]?.text
      return (
        title,
        [
          (title ?? "", 4), (texts(json["skills"]), 3), (texts(json["qualifications"]), 3),
          (texts(json["responsibilities"]), 2), (texts(json["description"]), 1),
          (texts(json["experience"]), 1),
        ]
      )
    }
    let lines = String(decoding: bytes, as: UTF8.self).split { $0.isNewline }.map {
      String($0.drop { $0 == "#" || $0 == " " }).trimmed
    }
    var parts: [(String, Int)] = []
    let title = lines.first { !$0.isEmpty }
    var weight = 2
    for line in lines {
      let lowered = line.lowercased()
      if line == title {
        parts.append((line, 4))
        continue
      }
      // A heading changes what follows; what it says itself is no requirement.
      if line.count < 60, !line.hasSuffix("."), !line.hasPrefix("-"), !line.hasPrefix("*") {
        if Self.must.contains(where: lowered.contains) {
          weight = 3
          continue
        }
        if Self.nice.contains(where: lowered.contains) {
          weight = 1
          continue
        }
        if Self.other.contains(where: lowered.contains) {
          weight = 0
          continue
        }
      }
      if weight > 0 { parts.append((line, weight)) }
    }
    return (title, parts)
  }

  private static let must = [
    "require", "must have", "you have", "you bring", "qualif", "what we expect", "your profile",
    "we are looking for", "skills",
  ]
  private static let nice = ["nice to have", "bonus", "plus", "preferred", "advantage", "optional"]
  private static let other = [
    "we offer", "benefits", "about us", "perks", "how to apply", "privacy",
  ]

  /// Words that look like the names of tools: `BigQuery`, `Kafka` within a sentence, `gRPC`, `C++`.
  private static func names(_ parts: [(text: String, weight: Int)]) -> [(String, Int)] {
    var weights: [String: Int] = [:]
    var order: [String] = []
    for part in parts {
      let isSentence = part.text.split(separator: " ").count > 3
      var isStart = true
      for word in part.text.split(whereSeparator: { " ,;()/".contains($0) }) {
        var name = String(word)
        let endsSentence = name.hasSuffix(".") || name.hasSuffix(":") || name.hasSuffix("!")
        while let last = name.last, ".:!?\"'*_`".contains(last) { name.removeLast() }
        while let first = name.first, "\"'*_`-•".contains(first) { name.removeFirst() }
        let isAfterStart = !isStart
        isStart = endsSentence || name.isEmpty
        guard name.count > 1, name.count < 25, name.first?.isLetter == true else { continue }
        let inner = name.dropFirst()
        let isMixed =
          inner.contains(where: \.isUppercase) || name.contains("+") || name.contains("#")
        // The first word of a line has its capital anyway; words that open requirements are no names.
        let isCapital =
          name.first?.isUppercase == true && isSentence
          && (isAfterStart || !openers.contains(name.lowercased()))
        guard isMixed || isCapital, !common.contains(name.lowercased()) else { continue }
        if weights[name] == nil { order.append(name) }
        weights[name, default: 0] += part.weight
      }
    }
    return order.map { ($0, weights[$0] ?? 0) }
  }

  private static let openers: Set<String> = Set(
    """
    a ability able about advanced an analyse analyze any as at automate basic be become bring build \
    business close collaborate collaboration comfortable communicate communication contribute create \
    curiosity curious debug deep define deliver demonstrated deploy design desire develop development \
    document drive enjoy ensure excellent experience experienced expert expertise familiar familiarity \
    fluency fluent for from good great hands-on have help high if improve in interest join keep know \
    knowledge lead learn maintain manage mentor migrate monitor no on operate optimise optimize or own \
    passion previous problem proficiency proficient proven relevant review run several skilled solid \
    some strong support take teach test that the there this to troubleshoot understand understanding \
    use very want we with work working write writing years you your
    """.split(separator: " ").map(String.init))

  private static let common: Set<String> = [
    "i", "we", "you", "the", "our", "your", "english", "german", "french", "swedish", "spanish",
    "europe", "european", "eu", "monday", "friday", "january", "ceo", "cto", "hr", "gmbh", "ab",
    "inc", "ltd", "usa", "uk", "it", "faq", "and", "or", "senior", "engineer", "engineers", "data",
    "team", "manager", "bachelor", "master", "phd", "bsc", "msc",
  ]

  // MARK: - Matching

  public enum Coverage: String, Sendable, CaseIterable {
    /// The document says it.
    case covered
    /// The vault has evidence, but this document does not say it.
    case notShown = "not-shown"
    case missing
  }

  public struct Match: Sendable, Equatable {
    public var term: Term
    public var coverage: Coverage
    /// Where: titles of entries of the document, or paths of notes.
    public var places: [String]
  }

  /// Each term with whether a document says it.
  ///
  /// - Parameters:
  ///   - entries: The parts of the document with what they are called.
  ///   - evidence: Paths of notes that speak of a term.
  public func matches(
    entries: [(title: String, text: String)], evidence: (Term) -> [String]
  ) -> [Match] {
    let texts = entries.map { (title: $0.title, text: WantedWords.normalised($0.text)) }
    return terms.map { term in
      let shown = texts.filter { entry in
        term.spellings.contains { WantedWords.has(entry.text, $0) }
      }
      if !shown.isEmpty {
        return Match(term: term, coverage: .covered, places: shown.map(\.title))
      }
      let notes = evidence(term)
      return Match(term: term, coverage: notes.isEmpty ? .missing : .notShown, places: notes)
    }
  }

  /// The words as a view wants them, each spelling on its own.
  public var wanted: [View.WantedTerm] {
    terms.flatMap { term in term.spellings.map { View.WantedTerm($0.lowercased(), term.weight) } }
  }
}
