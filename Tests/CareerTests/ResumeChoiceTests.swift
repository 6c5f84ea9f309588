@testable import Learning
import Manuscript
import Notes
import Testing

@testable import Career

@Suite struct ResumeLintTests {
  static let today = CalendarDate(year: 2026, month: 11, day: 22)

  static let good = """
    Ada Byron
    Engineer
    ada@example.org | +44 20 7946 0018 | London

    EXPERIENCE

    Engineer, Engines Ltd — Mar 2022 – present
    - Cut the nightly load from 6 h to 42 min (−89 %) by reading only what changed
    - Built the platform on which nine teams run their own work

    Analyst, Tables Ltd — Jan 2019 – Feb 2022
    - Replaced a folder of sheets by one set of definitions

    EDUCATION

    BSc Mathematics, University of London — 2015 – 2018

    SKILLS

    Tools: Python, SQL, Airflow
    """
    + String(repeating: "\nMore words that make it long enough to be read as a resume.", count: 12)

  static func rules(_ text: String, pages: Int? = nil) -> [String] {
    ResumeLint.run(text, today: today, pages: pages).map(\.rule)
  }

  @Test func aGoodResumeHasNothingToMend() {
    #expect(Self.rules(Self.good).isEmpty, "\(ResumeLint.run(Self.good, today: Self.today))")
  }

  @Test(arguments: [
    ("ada@example.org", "ada at example", "no-email"), ("+44 20 7946 0018", "", "no-phone"),
    ("Ada Byron", "A d a B y r o n", "spaced-name"), ("Ada Byron", "ada@x.org", "no-name"),
    ("EXPERIENCE", "MY JOURNEY", "no-heading"), ("definitions", "deﬁnitions", "ligature"),
    ("London", "\u{E0B7} London", "private-glyph"), ("nightly", "night\u{AD}ly", "soft-hyphen"),
    ("nightly", "night\u{FFFD}ly", "lost-character"), ("London", "London 🚀", "emoji"),
    ("Mar 2022 – present", "Mar 2022 – Jan 2020", "reversed-dates"),
    ("Mar 2022 – present", "13/2022 – present", "bad-date"),
    ("Mar 2022 – present", "Mar 2027 – present", "future-date"),
    ("Engines Ltd — Mar", "Engines Ltd\nMar", "dates-alone"),
    ("Jan 2019 – Feb 2022", "Jan 2019 – Feb 2021", "gap"),
    ("- Built the", "- Responsible for the", "weak-opening"),
    ("- Built the", "- I built the", "first-person"),
    ("from 6 h to 42 min (−89 %) by", "89 % by", "number-without-basis"),
    ("one set of", String(repeating: "very ", count: 50), "long-bullet"),
  ])
  func whatIsWrongIsSaid(old: String, new: String, rule: String) {
    #expect(!Self.rules(Self.good).contains(rule))
    let found = ResumeLint.run(
      Self.good.replacing(old, with: new, maxReplacements: 1), today: Self.today)
    #expect(found.contains { $0.rule == rule && !$0.remedy.isEmpty }, "\(found)")
  }

  @Test func lengthIsThatOfPagesOrWords() {
    #expect(Self.rules(Self.good, pages: 3).contains("too-long"))
    #expect(Self.rules(Self.good + String(repeating: " word", count: 1500)).contains("too-long"))
    #expect(Self.rules("Ada").contains("too-short"))
    #expect(Self.rules(" \n ").contains("no-text"))
  }

  @Test func anyTextIsRead() {
    var random = Random(seed: 3)
    for _ in 0..<200 {
      let scalars = (0..<random.next(300)).compactMap { _ in
        Unicode.Scalar(UInt32(random.next(3) == 0 ? random.next(0x11_0000) : random.next(128)))
      }
      _ = ResumeLint.run(String(String.UnicodeScalarView(scalars)), today: Self.today)
    }
  }
}

@Suite struct JobTests {
  static let areas = SkillAreas([
    SkillArea(id: "kubernetes", name: "Kubernetes", role: "devops", roleTitle: nil, phase: nil),
    SkillArea(id: "streams", name: "Stream processing", role: nil, roleTitle: nil, phase: nil),
  ])

  static func job(_ text: String) -> JobAdvertisement {
    JobAdvertisement(
      Array(text.utf8), areas: areas,
      areaWords: ["streams": ["kafka"], "kubernetes": ["helm chart"]],
      tools: ["Airflow", "dbt", "C++"])
  }

  static let text = """
    # Data engineer, Airflow

    We move data.

    ## Requirements
    - Airflow pipelines and Helm-charts
    - You know dbt, and use Snowflake daily

    ## Nice to have
    - Kafka

    ## We offer
    - Lunch at Restaurant Kubernetes
    """

  @Test func whatIsAskedForIsNamedInTheWordsOfTheVault() {
    let job = Self.job(Self.text)
    #expect(job.title == "Data engineer, Airflow")
    let names = job.terms.map(\.name)
    #expect(names.first == "Airflow")
    #expect(names.contains("dbt") && names.contains("Kubernetes"))
    #expect(names.contains("Stream processing") && names.contains("Snowflake"))
    #expect(!names.contains("C++") && !names.contains("Restaurant"))
    #expect(job.terms.first { $0.name == "Snowflake" }?.isKnown == false)
    // What is nice to have weighs less than what is required.
    let weights = Dictionary(job.terms.map { ($0.name, $0.weight) }, uniquingKeysWith: max)
    #expect(weights["Stream processing"] ?? 0 < weights["Kubernetes"] ?? 0)
  }

  @Test func theJobSchemaIsReadToo() {
    let job = Self.job(
      #"{"title": "Engineer", "skills": [{"name": "dbt", "keywords": ["kafka"]}], "description": "x"}"#
    )
    #expect(job.title == "Engineer")
    #expect(Set(job.terms.map(\.name)).isSuperset(of: ["dbt", "Stream processing"]))
  }

  @Test func coverageSaysWhere() {
    let matches = Self.job(Self.text).matches(
      entries: [
        (title: "Load", text: "Airflow and dbt"), (title: "Platform", text: "a helm chart"),
      ],
      evidence: { $0.name == "Stream processing" ? ["notes/kafka.md"] : [] })
    let found = Dictionary(
      matches.map { ($0.term.name, $0) }, uniquingKeysWith: { first, _ in first })
    #expect(found["Airflow"]?.coverage == .covered)
    #expect(found["Airflow"]?.places == ["Load"])
    #expect(found["Kubernetes"]?.places == ["Platform"])
    #expect(found["Stream processing"]?.coverage == .notShown)
    #expect(found["Stream processing"]?.places == ["notes/kafka.md"])
    #expect(found["Snowflake"]?.coverage == .missing)
  }

  @Test(arguments: [
    ("Kubernetes pods", "kubernetes", true), ("pipelines", "pipeline", true),
    ("C++ and C#", "c++", true), ("CI/CD", "ci cd", true), ("going", "go", false),
    ("javascript", "java", false), ("Great Expectations", "great expectations", true),
  ])
  func wordsAreWholeWords(text: String, term: String, isThere: Bool) {
    #expect(WantedWords.has(WantedWords.normalised(text), term) == isThere)
  }

  @Test func whatTheReaderAsksForComesFirstAndStays() throws {
    let profile = try ChoiceTests.profile(
      "name: A\nwork:\n"
        + (1...9).map {
          "  - {name: F\($0), position: P, startDate: \(2025 - $0), endDate: \(2026 - $0), highlights: [a, b, c, d, e, f, Led the move to Kafka]}"
        }.joined(separator: "\n"))
    var view = View.resume
    view.pages = 1
    func kept(_ view: View) throws -> Int {
      let choice = try Choice(profile: profile, projects: [], areas: SkillAreas([]), view: view)
      return DocumentText.everything(in: Resume(choice).document).ranges(of: "Kafka").count
    }
    let without = try kept(view)
    view.wanted = Self.job(Self.text).wanted
    #expect(try kept(view) == 9)
    #expect(without < 9)
  }

  @Test func theKeptViewCanBeReadAgain() throws {
    let choice = try ChoiceTests.choice(.resume)
    let text = ViewWriter.text(.resume, for: Self.job(Self.text), choice)
    let view = try ViewReader.read(Array(text.utf8), path: "views/a.yaml", over: .resume)
    #expect(view.title == "Data engineer, Airflow")
    #expect(Set(view.projects ?? []) == ["open", "unsaid"])
    #expect(view.wanted.first?.term == "airflow")
    #expect(view.sections == View.resume.sections)
  }
}

@Suite struct AnonymiserTests {
  static func document() throws -> (Anonymiser, Document, Choice) {
    let profile = try ChoiceTests.profile(
      """
      name: Ada Byron
      label: Engineer
      contact: {email: ada@example.org, url: "https://ada.example.org"}
      work:
        - {name: Engines Ltd, position: Engineer, summary: "At ENGINES, Ada led.", url: "https://engines.example"}
        - {name: Tables AG, position: Analyst}
        - {name: Engines Ltd, position: Intern}
      education: [{institution: Turing College, area: Maths}]
      """)
    let choice = try Choice(
      profile: profile, projects: [], areas: SkillAreas([]), view: .resume)
    let anonymiser = Anonymiser(choice)
    return (anonymiser, anonymiser.document(Resume(choice).document), choice)
  }

  @Test func namesAreReplacedConsistently() throws {
    let (anonymiser, document, choice) = try Self.document()
    let text = DocumentText.everything(in: document)
    for name in ["Ada", "Byron", "Engines", "ENGINES", "Tables", "Turing", "example"] {
      #expect(!text.contains(name), "\(name) in \(text)")
    }
    #expect(text.ranges(of: "Employer A").count >= 3)
    #expect(text.contains("Employer B") && text.contains("School A"))
    #expect(anonymiser.text("Adam, tables and engineses") == "Adam, Employer B and engineses")
    // The gate refuses what still has a name.
    let gate = Gate(choice, privateNotes: [], shownNotes: []).without(anonymiser)
    #expect(gate.leak(in: "by ada byron", named: "x") != nil)
    #expect(gate.leak(in: document, named: "x") == nil)
  }

  @Test func linesThatDifferAreShownOnce() {
    let difference = LineDifference(["a", "b", "c", "d"], ["a", "x", "c", "d", "e"])
    #expect(
      difference.lines == [
        .same("a"), .removed("b"), .added("x"), .same("c"), .same("d"), .added("e"),
      ])
    #expect(LineDifference(["a"], ["a"]).isEmpty)
    var random = Random(seed: 11)
    for _ in 0..<200 {
      let old = (0..<random.next(12)).map { _ in String(random.next(4)) }
      let new = (0..<random.next(12)).map { _ in String(random.next(4)) }
      let lines = LineDifference(old, new).lines
      let first = lines.compactMap { line -> String? in
        switch line {
        case .same(let text), .removed(let text): text
        case .added: nil
        }
      }
      let second = lines.compactMap { line -> String? in
        switch line {
        case .same(let text), .added(let text): text
        case .removed: nil
        }
      }
      #expect(first == old && second == new)
    }
  }
}

@Suite struct WordsTests {
  @Test(arguments: Words.languages)
  func everyLanguageHasEveryWord(tag: String) throws {
    let words = try #require(Words(tag))
    for part in View.Part.allCases {
      #expect(words.parts[part]?.isEmpty == false, "\(tag) \(part)")
    }
    for month in 1...12 {
      #expect(words.month(CalendarDate(year: 2026, month: month, day: 1)).contains("2026"))
    }
    for period in Period.allCases where period.isTime { #expect(words.period(period).count > 2) }
    for word in [words.present, words.areas, words.tools, words.courses, words.estimated] {
      #expect(!word.isEmpty)
    }
    for pattern in [words.share, words.people, words.resumeOf] { #expect(pattern.contains("%")) }
  }

  @Test(arguments: [
    ("en", "€18,400", "€18,400"), ("de", "€18,400.50", "€18.400,50"), ("sv", "4.2 TB", "4,2 TB"),
    ("fr", "1,240 days", "1\u{202F}240 jours"), ("ja", "9 days", "9 日"),
    ("de", "−3.8 points", "−3,8 points"),
  ])
  func figuresHaveTheSignsOfTheLanguage(tag: String, text: String, words: String) throws {
    #expect(try #require(Words(tag)).figure(text) == words)
  }

  @Test func aMetricNeedsNoGrammarInAnotherLanguage() throws {
    let note = try project(
      """
      title: {en: Load, sv: Laddning}
      metrics:
        - {name: {en: Bill, sv: Räkning}, kind: cost, before: €1800, after: €607, per: month, action: {sv: mindre maskiner}}
      """)
    let swedish = try Project.read([note], language: "sv")[0]
    #expect(swedish.title == "Laddning")
    #expect(
      swedish.bullets(try #require(Words("sv"))).map(\.text) == [
        "Räkning: €1\u{A0}800 → €607 per månad (−66 %), mindre maskiner"
      ])
    #expect(try Project.read([note])[0].title == "Load")
  }

  @Test func theWritersOwnWordsWin() throws {
    let note = try project(
      """
      highlights: [Wrote the handbook]
      metrics:
        - {name: Bill, kind: cost, before: €1800, after: €607, wording: Halved what it costs}
        - {name: Deal, kind: cost, before: €1800, after: €607, wording: From 1800, visibility: redacted}
      """)
    #expect(
      try Project.read([note])[0].bullets().map(\.text) == [
        "Halved what it costs", "Wrote the handbook",
      ])
  }

  @Test func aViewChoosesByTagAndLanguage() throws {
    let notes = [
      try project("title: A\ntags: [cost/cloud]", path: "projects/a.md"),
      try project("title: B\ntags: [speed]", path: "projects/b.md"),
    ]
    func names(_ yaml: String) throws -> [String] {
      try Choice(
        profile: try ChoiceTests.profile(), projects: try Project.read(notes),
        areas: SkillAreas([]), view: try ChoiceTests.view(yaml)
      ).projects.map(\.name)
    }
    #expect(try names("tags: [cost]") == ["a"])
    #expect(try names("language: sv").count == 2)
    #expect(throws: Problems.self) { try names("tags: [cots]") }
    #expect(throws: Problems.self) { try names("language: xx") }
  }
}
