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
    ("| London", "| https//ada.example.org | London", "bad-url"),
    ("| London", "| https://ada | London", "bad-url"),
    ("| London", "| www.ada..org | London", "bad-url"),
    ("| London", "| http://localhost/me | London", "bad-url"),
    ("| London", "| http://ada.example.org | London", "plain-http"),
    ("| London", "| me@you@example.org | London", "bad-email"),
    ("| London", "| me@example | London", "bad-email"),
    ("| London", "", "no-location"),
    ("BSc Mathematics, University of London — 2015 – 2018\n", "", "empty-section"),
    ("Tools: Python, SQL, Airflow", "- Python", "single-point"),
  ])
  func whatIsWrongIsSaid(old: String, new: String, rule: String) {
    #expect(!Self.rules(Self.good).contains(rule))
    let found = ResumeLint.run(
      Self.good.replacing(old, with: new, maxReplacements: 1), today: Self.today)
    #expect(found.contains { $0.rule == rule && !$0.remedy.isEmpty }, "\(found)")
  }

  @Test func jobsWithoutDatesOrPointsAreNamed() {
    let bare = Self.good.replacing("Mar 2022 – present", with: "now")
      .replacing("Jan 2019 – Feb 2022", with: "then").replacing("- ", with: "")
    #expect(Self.rules(bare).contains("no-dates"))
    let dull = Self.good.replacing("- ", with: "")
    #expect(Self.rules(dull).contains("no-points"))
  }

  @Test func goodAddressesAreLeftAlone() {
    let text = Self.good.replacing(
      "| London",
      with: "| https://ada.example.org/a?b=c#d | www.example.co.uk | social.example/@ada | London")
    #expect(Self.rules(text).isEmpty, "\(Self.rules(text))")
  }

  static func xml(size: Int, left: Int = 540, step: Int = 130, extra: String = "") -> String {
    let lines = (0..<30).map {
      "<text top=\"\(480 + $0 * step)\" left=\"\(left)\" width=\"3000\" height=\"96\" font=\"0\">words of a line, <b>some</b> bold</text>"
    }
    return
      "<page number=\"1\" position=\"absolute\" top=\"0\" left=\"0\" height=\"8418\" width=\"5952\">\n"
      + "<fontspec id=\"0\" size=\"\(size)\" family=\"Inter\" color=\"#000000\"/>\n"
      + "<fontspec id=\"1\" size=\"60\" family=\"Inter\" color=\"#000000\"/>\n"
      + lines.joined(separator: "\n") + "\n" + extra + "\n</page>\n"
  }

  @Test func aPageIsMeasured() {
    func rules(_ xml: String) -> [String] { PageLint.run(xml, zoom: 10).map(\.rule) }
    #expect(rules(Self.xml(size: 96)).isEmpty)
    #expect(rules(Self.xml(size: 85, step: 115)) == ["small-type"])
    #expect(rules(Self.xml(size: 96, left: 200)) == ["narrow-margins"])
    #expect(rules(Self.xml(size: 96, step: 100)) == ["tight-lines"])
    let tiny =
      "<text top=\"8000\" left=\"540\" width=\"900\" height=\"60\" font=\"1\">what nobody will read, ever</text>"
    #expect(rules(Self.xml(size: 96, extra: tiny)) == ["tiny-type"])
    let side = (0..<30).map {
      "<text top=\"\(480 + $0 * 130)\" left=\"3700\" width=\"1500\" height=\"96\" font=\"0\">another column of it</text>"
    }.joined(separator: "\n")
    #expect(rules(Self.xml(size: 96, extra: side)) == ["columns"])
    for damaged in [
      "", "<page", "<text top=\"x\" font=\"0\">a</text>", "<page width=\"1\">\n<fontspec id=\"0\">",
    ] {
      _ = rules(damaged)
    }
  }

  @Test func whatPopplerTellsIsRead() {
    let info = "Title:           Ada\nEncrypted:       no\nTagged:          yes\nPages: 1\n"
    #expect(PDFFacts.ofInfo(info).isEmpty)
    #expect(
      PDFFacts.ofInfo("Encrypted: yes (print:yes)\nTagged: no\n").map(\.rule)
        == ["encrypted", "not-tagged", "no-title"])
    let head = "name type encoding emb sub uni object ID\n------ ---- ---- --- --- --- ------\n"
    #expect(
      PDFFacts.ofFonts(head + "ABCDEF+Inter CID TrueType Identity-H yes yes yes 7 0\n").isEmpty)
    #expect(
      PDFFacts.ofFonts(
        head + "Helvetica Type 1 WinAnsi no no no 7 0\nX Type 3 Custom yes no no 9 0\n"
      )
      .map(\.rule) == ["font-not-embedded", "font-without-text"])
    let images = "page num type width\n------------\n   1   0 image 9 9 rgb\n   1 1 smask 9 9\n"
    #expect(PDFFacts.ofImages(images).map(\.rule) == ["picture"])
    #expect(PDFFacts.ofImages("page num\n-----\n").isEmpty)
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
    #expect(job.unsure.isEmpty)
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

  @Test(arguments: [
    // A place, a person, a product of their own: words with a capital, and no tools.
    "We are building Harbour for our partners in Gothenburg and will talk to Anna about it.",
    "You will own the Warehouse team and report to the Head of Platform in Oslo.",
    "Join us in Spring, when the Express line opens, and React to what Customers say.",
    "Excellent written English and Swedish. Go to Careers to apply.",
  ])
  func anOrdinaryWordWithACapitalIsNotMissing(sentence: String) {
    let job = Self.job("Engineer\n\nRequirements\n- " + sentence)
    #expect(job.terms.isEmpty, "\(job.terms.map(\.name))")
  }

  @Test(arguments: [
    ("- Spark, Kafka Connect and GitHub Actions", ["Spark", "GitHub Actions"]),
    ("- You write Go or Rust", ["Go", "Rust"]), ("- Helm", ["Helm"]),
    ("- Azure Data Factory, Power BI", ["Azure Data Factory", "Power BI"]),
    ("- ClickHouse and gRPC, some C#", ["ClickHouse", "gRPC", "C#"]),
  ])
  func namesOfToolsAreMissing(line: String, names: [String]) {
    let found = Self.job("Engineer\n\nRequirements\n" + line).terms.map(\.name)
    for name in names { #expect(found.contains(name), "\(name) in \(found)") }
  }

  @Test func whatMayBeANameIsSaidAndCountsForNothing() {
    let job = Self.job("Engineer\n\nRequirements\n- You have worked with Zorbatron for years")
    #expect(job.unsure == ["Zorbatron"])
    #expect(job.terms.isEmpty)
  }

  @Test(arguments: [
    (
      "Dateningenieur (m/w/d)\n\nAnforderungen\n- Erfahrung mit Airflow-Pipelines und dem Betrieb von Snowflake\n- Du hast Freude an der Arbeit mit Menschen und Daten\n\nVon Vorteil\n- Kafka\n\nWir bieten\n- Kubernetes am Strand",
      "Airflow", "Snowflake", "Kubernetes"
    ),
    (
      "Dataingenjör\n\nKrav\n- Erfarenhet av Airflow och Snowflake som du har använt\n\nMeriterande\n- Kafka\n\nVi erbjuder\n- Fika med Kubernetes",
      "Airflow", "Snowflake", "Kubernetes"
    ),
    (
      "Ingénieur données\n\nProfil\n- Vous avez utilisé Airflow et Snowflake pour des équipes\n\nUn atout\n- Kafka\n\nNous offrons\n- Kubernetes",
      "Airflow", "Snowflake", "Kubernetes"
    ),
    (
      "データエンジニア\n\n必須\n- Airflowの運用経験、Snowflakeを使った開発\n\n歓迎\n- Kafkaの知識\n\n待遇\n- Kubernetes",
      "Airflow", "Snowflake", "Kubernetes"
    ),
    (
      "Veri mühendisi\n\nAranan nitelikler\n- Airflow'u ve Snowflake'i bilen, iyi bir ekip için\n\nTercih\n- Kafka\n\nYan haklar\n- Kubernetes",
      "Airflow", "Snowflake", "Kubernetes"
    ),
    (
      "Μηχανικός δεδομένων\n\nΑπαιτούμενα\n- Εμπειρία με Airflow και Snowflake\n\nΘα εκτιμηθεί\n- Kafka\n\nΠροσφέρουμε\n- Kubernetes",
      "Airflow", "Snowflake", "Kubernetes"
    ),
    (
      "مهندس بيانات\n\nالمتطلبات\n- خبرة في Airflow و Snowflake\n\nميزة إضافية\n- Kafka\n\nالمزايا\n- Kubernetes",
      "Airflow", "Snowflake", "Kubernetes"
    ),
  ])
  func advertisementsInOtherLanguagesAreRead(
    text: String, known: String, unknown: String, offered: String
  ) {
    let job = Self.job(text)
    let weights = Dictionary(job.terms.map { ($0.name, $0.weight) }, uniquingKeysWith: max)
    #expect(weights[known] ?? 0 > 0, "\(weights)")
    #expect(weights[unknown] ?? 0 > 0, "\(weights)")
    #expect(weights["Stream processing"] ?? 0 > 0, "\(weights)")
    #expect(weights[offered] == nil, "\(weights)")
    // What is welcome weighs less than what is asked for.
    #expect(weights["Stream processing"] ?? 9 < weights[known] ?? 0)
    #expect(
      Set(weights.keys).isSubset(of: [known, unknown, "Stream processing", "Kafka"]), "\(weights)")
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
    view = Self.job(Self.text).tailored(view)
    #expect(try kept(view) == 9)
    #expect(without < 9)
  }

  @Test func theKeptViewCanBeReadAgain() throws {
    let choice = try ChoiceTests.choice(.resume)
    let text = ViewWriter.text(
      Self.job(Self.text).tailored(.resume), for: Self.job(Self.text), choice)
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
    ("fr", "1,240 days", "1\u{202F}240 jours"), ("ja", "9 days", "9日"),
    ("de", "−3.8 points", "−3,8 Prozentpunkte"),
  ])
  func figuresHaveTheSignsOfTheLanguage(tag: String, text: String, words: String) throws {
    #expect(try #require(Words(tag)).figure(text) == words)
  }

  @Test func aMetricIsSaidInTheLanguageOfTheView() throws {
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
        "Sänkte räkning från €1\u{A0}800 till €607 per månad (−66 %) genom mindre maskiner"
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
