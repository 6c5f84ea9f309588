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
  /// Words that may be the names of tools, or just words with a capital: they are named and count for
  /// nothing.
  public let unsure: [String]

  /// - Parameters:
  ///   - areaWords: Words that point to skill areas, by the area's id.
  ///   - tools: Names of tools that notes and jobs use.
  public init(
    _ bytes: [UInt8], areas: SkillAreas, areaWords: [String: [String]], tools: [String]
  ) {
    let language = AdvertisementLanguage.of(String(decoding: bytes, as: UTF8.self))
    let (title, parts) = Self.parts(bytes, language)
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
    var unsure: [String] = []
    for found in Self.names(parts, language) where !WantedWords.has(known, found.name) {
      guard taken.insert(found.name.lowercased()).inserted else { continue }
      guard found.isSure else {
        unsure.append(found.name)
        continue
      }
      terms.append(
        Term(
          name: found.name, spellings: [found.name], weight: found.weight, area: nil,
          isKnown: false))
    }
    self.unsure = unsure
    self.terms = terms.enumerated().sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }.map(\.element)
  }

  // MARK: - Reading

  /// The advertisement in parts that weigh differently.
  private static func parts(_ bytes: [UInt8], _ language: AdvertisementLanguage) -> (
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
        if language.must.contains(where: lowered.contains) {
          weight = 3
          continue
        }
        if language.nice.contains(where: lowered.contains) {
          weight = 1
          continue
        }
        if language.other.contains(where: lowered.contains) {
          weight = 0
          continue
        }
      }
      if weight > 0 { parts.append((line, weight)) }
    }
    return (title, parts)
  }

  /// Names of tools that the vault has no word for, and words that may be some.
  ///
  /// Sure is what ``Technologies`` knows, and what is written as no ordinary word is: `BigQuery`, `gRPC`,
  /// `C++`, `S3`, `ETL`. A plain word with a capital inside a sentence may be a tool's name, a product's,
  /// a place's; it is never counted as missing.
  private static func names(
    _ parts: [(text: String, weight: Int)], _ language: AdvertisementLanguage
  ) -> [(name: String, weight: Int, isSure: Bool)] {
    var weights: [String: Int] = [:]
    var found: [(name: String, isSure: Bool)] = []
    func add(_ name: String, _ weight: Int, isSure: Bool) {
      if weights[name] == nil { found.append((name, isSure)) }
      weights[name, default: 0] += weight
    }
    for part in parts {
      let words = words(part.text)
      var index = 0
      while index < words.count {
        if let count = technology(at: index, in: words) {
          let name = words[index..<index + count].map(\.text).joined(separator: " ")
          add(name, part.weight, isSure: isSure(name, at: index, count, in: words))
          index += count
          continue
        }
        let word = words[index]
        index += 1
        let name = word.text
        guard name.count > 1, name.count < 25, name.first?.isLetter == true,
          !name.contains("-"), !common.contains(name.lowercased())
        else { continue }
        if isWrittenAsAName(name) {
          add(name, part.weight, isSure: true)
        } else if language.capitalsAreNames, name.first?.isUppercase == true, words.count > 3,
          !word.isStart
        {
          add(name, part.weight, isSure: false)
        }
      }
    }
    return found.map { ($0.name, weights[$0.name] ?? 0, $0.isSure) }
  }

  private struct Word {
    var text: String
    /// Whether a sentence or a line begins with it, which gives any word a capital.
    var isStart: Bool
    /// Whether a comma, a slash or the end of the line follows.
    var isListed: Bool
  }

  private static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var isStart = true
    let text = WantedWords.scripts(text)
    for piece in text.split(whereSeparator: { " ,;()/、，・（）".contains($0) }) {
      var name = String(piece)
      let isListed = piece.endIndex == text.endIndex || ",;/、，・".contains(text[piece.endIndex])
      let endsSentence = [".", ":", "!", "?"].contains { name.hasSuffix($0) }
      while let last = name.last, ".:!?\"'*_`’”»".contains(last) { name.removeLast() }
      while let first = name.first, "\"'*_`-•“„«".contains(first) { name.removeFirst() }
      // What is behind an apostrophe is an ending: Airflow's, Airflow'u.
      if let mark = name.firstIndex(where: { "'’".contains($0) }) { name = String(name[..<mark]) }
      if !name.isEmpty {
        words.append(Word(text: name, isStart: isStart, isListed: isListed))
      }
      isStart = endsSentence || name.isEmpty
    }
    return words
  }

  /// How many words a known name has that begins here; names that are ordinary words as well need
  /// their capital.
  private static func technology(at index: Int, in words: [Word]) -> Int? {
    for count in stride(from: min(Technologies.mostWords, words.count - index), to: 0, by: -1) {
      let name = words[index..<index + count].map(\.text).joined(separator: " ")
      let plain = name.lowercased().replacing("-", with: " ")
      guard Technologies.names.contains(plain) else { continue }
      let isCapital = name.first?.isUppercase == true
      if ordinary.contains(plain) {
        // "Go" inside a sentence or a list, but not "Go to" at its beginning.
        guard isCapital, !words[index].isStart || words[index + count - 1].isListed else {
          continue
        }
      }
      return count
    }
    return nil
  }

  /// Whether a known name means the tool: a name that is an ordinary word too does so where it stands
  /// alone on its line or beside another name, as in "Go or Rust".
  private static func isSure(_ name: String, at index: Int, _ count: Int, in words: [Word]) -> Bool
  {
    guard ordinary.contains(name.lowercased()) else { return true }
    if words.count == count { return true }
    for other in max(0, index - 2)..<index where technology(at: other, in: words) != nil {
      return true
    }
    for other in index + count..<min(words.count, index + count + 2)
    where technology(at: other, in: words) != nil { return true }
    return false
  }

  /// Names of tools that are words of the language too.
  private static let ordinary: Set<String> = [
    "ant", "apex", "apollo", "argo", "aurora", "beam", "castor", "chef", "consul", "dart",
    "elastic",
    "ember", "excel", "express", "feast", "flask", "flux", "git", "glue", "go", "hive", "impala",
    "insomnia", "julia", "lambda", "loki", "mage", "node", "oracle", "orc", "packer", "perl",
    "pinot",
    "postman", "prefect", "presto", "puppet", "pulsar", "r", "rails", "ranger", "ray", "react",
    "rest",
    "ruby", "rust", "sentry", "shell", "sigma", "singer", "slack", "soda", "spark", "spring",
    "stitch",
    "storm", "swift", "synapse", "tempo", "temporal", "vault", "yarn", "ada", "domo", "sap", "sas",
    "hevo", "shell", "luigi", "helm", "data vault", "monte carlo", "data factory",
  ]

  /// Capitals or digits inside, or signs that no word has: `BigQuery`, `gRPC`, `C++`, `S3`, `ETL`.
  private static func isWrittenAsAName(_ name: String) -> Bool {
    if name.contains("+") || name.contains("#") { return true }
    guard name.allSatisfy({ $0.isASCII }) else { return false }
    let inner = name.dropFirst()
    // Compounds of other languages: `ETL-Strecken`, `IT-Abteilung`.
    guard !name.contains("-") else { return false }
    let hasDigit = inner.contains(where: \.isNumber)
    let hasCapital = inner.contains(where: \.isUppercase)
    // A title in capitals is no name, and an abbreviation has five letters at most.
    if name.allSatisfy({ $0.isUppercase }) { return name.count <= 5 }
    return hasCapital || hasDigit && name.first?.isUppercase == true
  }

  /// Capitals and abbreviations of advertisements that are no tools.
  private static let common: Set<String> = Set(
    """
    ab ag apac asap b2b b2c bsc ceo cet cfo cio coo covid cto cv dei diy dna eea emea eod eu europe faq \
    fte fy gbp gdpr gmbh hq hr iban id inc it kpi kpis latam linkedin llc ltd m/f/d msc nda ngo ok okr okrs \
    pdf phd plc pm po pto q1 q2 q3 q4 r&d rsu saas scrum sla slas slo slos sme sro tbd uk un us usa usd utc \
    vat vp wfh youtube eur sek nok dkk chf
    """.split(separator: " ").map(String.init))

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

  /// A view that brings forward what the advertisement asks for; what it keeps is exactly what a view
  /// file can say, so that a kept view chooses the same again.
  public func tailored(_ view: View) -> View {
    var view = view
    view.title = title.map { String($0.prefix(100)) } ?? view.title
    view.wanted = zip(View.WantedTerm.ranked(terms.map(\.name)), terms).map { wanted, term in
      var wanted = wanted
      wanted.spellings = term.spellings.map { $0.lowercased() }
      return wanted
    }
    let areas = terms.compactMap(\.area)
    view.skills = areas + view.skills.filter { !areas.contains($0) }
    return view
  }
}
