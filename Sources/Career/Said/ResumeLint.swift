/// Something that keeps a resume from being read, by a program or by a person.
public struct LintFinding: Sendable, Equatable {
  public enum Severity: String, Sendable, CaseIterable { case error, warning, hint }

  public var severity: Severity
  /// `no-email`, `gap`, `weak-opening`.
  public var rule: String
  /// The line of the text, from 1; nil for the whole.
  public var line: Int?
  public var message: String
  /// What to do about it.
  public var remedy: String

  public init(
    severity: Severity, rule: String, line: Int?, message: String, remedy: String
  ) {
    self.severity = severity
    self.rule = rule
    self.line = line
    self.message = message
    self.remedy = remedy
  }
}

extension LintFinding {
  /// The worst first, then by line.
  public static func ordered(_ findings: [LintFinding]) -> [LintFinding] {
    let order = Severity.allCases
    return findings.enumerated().sorted { a, b in
      let first = order.firstIndex(of: a.element.severity) ?? 0
      let second = order.firstIndex(of: b.element.severity) ?? 0
      return (first, a.element.line ?? 0, a.offset) < (second, b.element.line ?? 0, b.offset)
    }.map(\.element)
  }
}

/// Reads the text of any resume, ours or another's, as a program that sorts applications would, and as
/// a tired person would.
public struct ResumeLint: Sendable {
  let lines: [String]
  let text: String
  private let today: CalendarDate
  private let pages: Int?
  private var findings: [LintFinding] = []

  /// Everything there is to say, errors first.
  ///
  /// - Parameters:
  ///   - pages: How many it has, where that is known.
  public static func run(_ text: String, today: CalendarDate, pages: Int? = nil) -> [LintFinding] {
    var lint = ResumeLint(text, today, pages)
    lint.contact()
    lint.addresses()
    lint.headings()
    lint.sections()
    lint.glyphs()
    lint.dates()
    lint.bullets()
    lint.length()
    return LintFinding.ordered(lint.findings)
  }

  private init(_ text: String, _ today: CalendarDate, _ pages: Int?) {
    self.text = text
    self.today = today
    self.pages = pages
    lines = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\u{C}"
    }
    .map(String.init)
  }

  mutating func report(
    _ severity: LintFinding.Severity, _ rule: String, _ line: Int?, _ message: String,
    _ remedy: String
  ) {
    findings.append(
      LintFinding(
        severity: severity, rule: rule, line: line.map { $0 + 1 }, message: message, remedy: remedy)
    )
  }

  // MARK: - Contact

  private mutating func contact() {
    let head = lines.filter { !$0.trimmed.isEmpty }.prefix(15).joined(separator: "\n")
    if head.isEmpty {
      report(
        .error, "no-text", nil, "there is no text in it",
        "A picture of a resume cannot be read by a program: make it with real text.")
      return
    }
    if text.firstMatch(of: /[\p{L}0-9._%+\-]+@[\p{L}0-9.\-]+\.\p{L}{2,}/) == nil {
      report(
        .error, "no-email", nil, "there is no e-mail address", "Put it in a line under the name.")
    } else if head.firstMatch(of: /@/) == nil {
      report(
        .warning, "email-not-at-top", nil, "the e-mail address is not near the top",
        "Programs look for it in the first lines.")
    }
    if text.firstMatch(of: /\+?[0-9][0-9 ()\/.\-]{7,}[0-9]/) == nil {
      report(
        .warning, "no-phone", nil, "there is no phone number", "Add it behind the e-mail address.")
    }
    let first = lines.first { !$0.trimmed.isEmpty }?.trimmed ?? ""
    let parts = first.split(separator: " ")
    if parts.count >= 4, parts.allSatisfy({ $0.count == 1 }) {
      report(
        .error, "spaced-name", 0, "the name is read as single letters: \(first)",
        "Set it without space between the letters.")
    } else if first.contains("@") || first.contains(where: \.isASCIIDigit) {
      report(
        .warning, "no-name", 0, "the first line is not a name: \(first.prefix(40))",
        "Begin with your name, on a line of its own.")
    }
  }

  // MARK: - Headings

  static let headings: [(what: String, severity: LintFinding.Severity, names: [String])] = [
    (
      "Experience", .error,
      [
        "experience", "work experience", "professional experience", "employment", "work history",
        "employment history", "career",
      ]
    ),
    ("Education", .warning, ["education", "academic background", "education and training"]),
    (
      "Skills", .warning,
      ["skills", "technical skills", "core skills", "competencies", "skills and tools"]
    ),
  ]

  private mutating func headings() {
    let titles = Words.languages.compactMap { Words($0) }
    for (index, heading) in Self.headings.enumerated() {
      let part = [View.Part.work, .education, .skills][index]
      let names = Set(heading.names + titles.compactMap { $0.parts[part]?.lowercased() })
      let isThere = lines.contains { line in
        names.contains(line.trimmed.lowercased().filter { $0 != ":" && $0 != "#" }.trimmed)
      }
      if !isThere {
        report(
          heading.severity, "no-heading", nil, "there is no heading '\(heading.what)'",
          "Programs know the usual names; write it on a line of its own.")
      }
    }
  }

  // MARK: - Glyphs

  private mutating func glyphs() {
    var seen: Set<String> = []
    for (index, line) in lines.enumerated() {
      for scalar in line.unicodeScalars {
        let found: (String, LintFinding.Severity, String, String)? =
          switch scalar.value {
          case 0xFB00...0xFB06:
            (
              "ligature", .error, "a ligature stands for several letters",
              "Switch ligatures off in the font: 'ﬁ' is not found by who looks for 'fi'."
            )
          case 0xE000...0xF8FF, 0xF0000...0x10FFFD:
            (
              "private-glyph", .error, "a sign is of a font's own, such as an icon",
              "Write the word: 'Phone', 'GitHub'."
            )
          case 0xAD:
            (
              "soft-hyphen", .error, "a word is broken by a soft hyphen",
              "Switch hyphenation off."
            )
          case 0xFFFD, 0xFFFE, 0xFFFF:
            (
              "lost-character", .error, "a character is lost", "Choose a font that has it."
            )
          case 0x200B, 0x2060, 0xFEFF:
            ("invisible", .warning, "an invisible character parts a word", "Strike it.")
          case _ where scalar.properties.isEmojiPresentation:
            ("emoji", .warning, "there is an emoji", "Say it in words.")
          default: nil
          }
        if let found, seen.insert(found.0).inserted {
          report(found.1, found.0, index, found.2 + ": \(line.trimmed.prefix(50))", found.3)
        }
      }
    }
  }

  // MARK: - Dates

  private struct Stretch {
    var line: Int
    var from: Int
    var to: Int
    var isAlone: Bool
  }

  private static let months: [String: Int] = {
    var months: [String: Int] = [:]
    let english = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    for (index, name) in english.enumerated() { months[name] = index }
    return months
  }()

  /// Months since year 0 of `Mar 2022`, `03/2022`, `2022-03` or `2022`.
  private static func month(_ text: Substring, isEnd: Bool) -> Int? {
    let parts = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    guard let year = parts.first(where: { $0.count == 4 && Int($0) != nil }).flatMap({ Int($0) })
    else { return nil }
    for part in parts where part.count != 4 || Int(part) == nil {
      if let month = months[String(part.prefix(3))] { return year * 12 + month }
      if let number = Int(part), (1...12).contains(number) { return year * 12 + number - 1 }
      if let number = Int(part), number > 12 { return nil }
    }
    return year * 12 + (isEnd ? 11 : 0)
  }

  private mutating func dates() {
    let date = "(?:[A-Za-z]{3,9}\\.? +|[0-9]{1,2}[/.])?(?:19|20)[0-9]{2}(?:-[0-9]{1,2})?"
    guard
      let pattern = try? Regex<(Substring, Substring, Substring)>(
        "(\(date)) *(?:–|—|-|to|until) *(\(date)|[Pp]resent|[Nn]ow|[Cc]urrent|[Tt]oday)")
    else { return }
    var stretches: [Stretch] = []
    let now = today.monthIndex
    for (index, line) in lines.enumerated() {
      for match in line.matches(of: pattern) {
        guard let from = Self.month(match.1, isEnd: false) else {
          report(
            .error, "bad-date", index, "the date cannot be read: \(match.1)",
            "Write 'Mar 2022' or '2022-03'.")
          continue
        }
        let isOpen = match.2.first?.isLetter == true && Self.month(match.2, isEnd: true) == nil
        guard let to = isOpen ? now : Self.month(match.2, isEnd: true) else {
          report(
            .error, "bad-date", index, "the date cannot be read: \(match.2)",
            "Write 'Mar 2022' or '2022-03'.")
          continue
        }
        if from > now {
          report(
            .warning, "future-date", index, "it begins in the future: \(match.0)", "Look again.")
          continue
        }
        if to < from {
          report(
            .error, "reversed-dates", index, "it ends before it begins: \(match.0)",
            "Swap the dates.")
          continue
        }
        let rest = line.replacing(match.0, with: "").filter { $0.isLetter }
        stretches.append(Stretch(line: index, from: from, to: to, isAlone: rest.count < 3))
      }
    }
    if let alone = stretches.first(where: \.isAlone) {
      report(
        .warning, "dates-alone", alone.line,
        "dates stand on a line of their own: \(lines[alone.line].trimmed)",
        "Put them on the line of title and employer; programs give them to the wrong job.")
    }
    gaps(stretches)
  }

  /// More than half a year in which nothing is dated, between the first date and the last.
  private mutating func gaps(_ stretches: [Stretch]) {
    var reached: Int?
    for stretch in stretches.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      if let end = reached, stretch.from - end > 7 {
        func words(_ month: Int) -> String {
          CalendarDate(year: month / 12, month: month % 12 + 1, day: 1).iso.prefix(7).description
        }
        report(
          .hint, "gap", stretch.line,
          "nothing is dated between \(words(end)) and \(words(stretch.from))",
          "Say what was in between, or be ready for the question.")
      }
      reached = max(reached ?? 0, stretch.to)
    }
  }

  // MARK: - Sentences

  private static let weak = [
    "responsible for", "worked on", "helped", "assisted", "involved in", "participated in",
    "duties included", "tasked with", "in charge of", "was responsible",
  ]

  /// The bullets with the line they begin on; lines that go on are joined.
  private var items: [(line: Int, text: String, rows: Int)] {
    var items: [(line: Int, text: String, rows: Int)] = []
    var isOpen = false
    for (index, line) in lines.enumerated() {
      let bare = line.trimmed
      if let first = bare.first, "•-–*▪◦●‣∙".contains(first), bare.dropFirst().first == " " {
        items.append((index, String(bare.dropFirst(2)).trimmed, 1))
        isOpen = true
      } else if bare.isEmpty || !isOpen || bare.contains("—") || bare.first?.isUppercase == true {
        isOpen = false
      } else {
        items[items.count - 1].text += " " + bare
        items[items.count - 1].rows += 1
      }
    }
    return items
  }

  private mutating func bullets() {
    let items = items
    var openings: [String: [Int]] = [:]
    for item in items {
      let lowered = item.text.lowercased()
      if let weak = Self.weak.first(where: lowered.hasPrefix) {
        report(
          .warning, "weak-opening", item.line, "it begins with '\(weak)'",
          "Begin with what you did: built, cut, led, replaced.")
      }
      if lowered.hasPrefix("i ") || lowered.hasPrefix("my ") || lowered.hasPrefix("we ") {
        report(.hint, "first-person", item.line, "it is in the first person", "Strike the pronoun.")
      }
      // In a PDF the lines are those that are seen; a text has lines of any length.
      if pages != nil, item.rows > 2 {
        report(
          .warning, "long-bullet", item.line, "a point of \(item.rows) lines",
          "Two lines at most: what, by how much, how.")
      } else if pages == nil, item.text.count > 230 {
        report(
          .warning, "long-bullet", item.line, "a point of \(item.text.count) characters",
          "Two lines at most: what, by how much, how.")
      }
      if item.text.contains("%"), item.text.firstMatch(of: /from|→|to [0-9]|of [0-9]/) == nil,
        item.text.matches(of: /[0-9]+/).count == 1
      {
        report(
          .hint, "number-without-basis", item.line, "a percentage of what: \(item.text.prefix(60))",
          "Say the values: 'from 6 h to 42 min (−89 %)'.")
      }
      if let word = item.text.split(separator: " ").first, word.first?.isLetter == true {
        openings[word.lowercased(), default: []].append(item.line)
      }
    }
    for (word, places) in openings.sorted(by: { $0.key < $1.key }) where places.count > 3 {
      report(
        .hint, "same-opening", places[3], "\(places.count) points begin with '\(word)'",
        "Vary the verb.")
    }
    if items.count >= 5 {
      let numbered = items.count { $0.text.contains(where: \.isASCIIDigit) }
      if numbered * 4 < items.count {
        report(
          .hint, "few-numbers", nil, "\(numbered) of \(items.count) points have a number",
          "Where you know one, say it; where you do not, leave it.")
      }
    }
  }

  // MARK: - Length

  private mutating func length() {
    let words = text.split { !$0.isLetter && !$0.isNumber }.count
    // Scripts without spaces are as long as their characters.
    let size = max(words, text.count / 12)
    if size < 120 {
      report(
        .warning, "too-short", nil, "it has \(words) words", "One page has 350 to 600.")
    }
    if let pages, pages > 2 {
      report(
        .warning, "too-long", nil, "it has \(pages) pages",
        "One or two are read; let a view choose ('length: {pages: 2}').")
    } else if pages == nil, size > 1200 {
      report(
        .warning, "too-long", nil, "it has \(words) words, more than two pages",
        "One or two pages are read; let a view choose.")
    }
  }
}
