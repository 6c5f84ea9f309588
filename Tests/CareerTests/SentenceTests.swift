@testable import Learning
import Manuscript
import Notes
import Testing

@testable import Career

/// Sentences in every language, and how they are kept to two lines.
@Suite struct SentenceTests {
  /// A name and an action in each language, and what becomes of 6 h 10 min to 42 min, −89 %.
  static let examples: [(tag: String, name: String, action: String, sentence: String)] = [
    (
      "en", "Nightly load", "incremental processing",
      "Cut nightly load from 6 h 10 min to 42 min (−89 %) by incremental processing"
    ),
    (
      "de", "Nächtliche Ladezeit", "inkrementelles Laden",
      "Nächtliche Ladezeit von 6 h 10 min auf 42 min verkürzt (−89 %), durch inkrementelles Laden"
    ),
    (
      "sv", "Nattlig laddningstid", "inkrementell bearbetning",
      "Kortade nattlig laddningstid från 6 h 10 min till 42 min (−89 %) genom inkrementell bearbetning"
    ),
    (
      "nl", "Nachtelijke laadtijd", "incrementeel laden",
      "Nachtelijke laadtijd van 6 h 10 min naar 42 min verkort (−89 %), door incrementeel laden"
    ),
    (
      "fr", "Durée du chargement", "chargement incrémental",
      "Durée du chargement\u{202F}: réduction de 6 h 10 min à 42 min (−89 %), par chargement incrémental"
    ),
    (
      "es", "Duración de la carga", "carga incremental",
      "Duración de la carga: reducción de 6 h 10 min a 42 min (−89 %), mediante carga incremental"
    ),
    (
      "it", "Durata del caricamento", "caricamento incrementale",
      "Durata del caricamento: riduzione da 6 h 10 min a 42 min (−89 %), tramite caricamento incrementale"
    ),
    (
      "pt", "Duração da carga", "carga incremental",
      "Duração da carga: redução de 6 h 10 min para 42 min (−89 %), por meio de carga incremental"
    ),
    (
      "tr", "Gecelik yükleme süresi", "artımlı yükleme",
      "Gecelik yükleme süresi 6 sa 10 dk düzeyinden 42 dk düzeyine indirildi (−%89); yöntem: artımlı yükleme"
    ),
    (
      "el", "Διάρκεια φόρτωσης", "σταδιακή φόρτωση",
      "Διάρκεια φόρτωσης: μείωση από 6 ώ. 10 λεπτά σε 42 λεπτά (−89 %), με σταδιακή φόρτωση"
    ),
    (
      "ja", "夜間処理", "差分処理", "差分処理により、夜間処理を6時間10分から42分に短縮（−89%）"
    ),
    (
      "ar", "مدة التحميل الليلي", "المعالجة التزايدية",
      "تقليص مدة التحميل الليلي من 6 س 10 د إلى 42 د (−89 %)، عبر المعالجة التزايدية"
    ),
  ]

  static func claim(
    _ yaml: String, _ tag: String = "en", measure: TextMeasure = .common
  ) throws -> Claim? {
    let note = try project("stack: [Airflow]\nmetrics:\n  - {\(yaml)}")
    return try Project.read([note], language: tag)[0]
      .claims(try #require(Words(tag)), measure).first
  }

  @Test(arguments: examples.map(\.tag))
  func aMetricIsASentenceInEveryLanguage(tag: String) throws {
    let example = try #require(Self.examples.first { $0.tag == tag })
    let claim = try Self.claim(
      "name: '\(example.name)', kind: processing_time, before: 6h10m, after: 42m, "
        + "action: '\(example.action)'", tag)
    #expect(claim?.text == example.sentence)
  }

  @Test func everyLanguageThereAreWordsForHasItsSentences() {
    #expect(Set(Self.examples.map(\.tag)) == Set(Words.languages))
    for (tag, sentences) in Sentences.table {
      for pattern in [sentences.change, sentences.fromNothing] {
        #expect(
          pattern.contains("{n}") && pattern.contains("{a}") && pattern.contains("{v}"), "\(tag)")
      }
      #expect(sentences.change.contains("{b}") && !sentences.fromNothing.contains("{b}"), "\(tag)")
      #expect(sentences.byPercent.contains("{c}") && !sentences.byPercent.contains("{a}"), "\(tag)")
      for kind in Metric.Kind.allCases {
        for isFall in [true, false] { #expect(!sentences.verb(kind, isFall: isFall).isEmpty) }
      }
    }
  }

  @Test(arguments: Words.languages)
  func aRedactedMetricKeepsItsValues(tag: String) throws {
    let claim = try #require(
      try Self.claim(
        "name: Deal, kind: cost, before: €9900, after: €1980, visibility: redacted", tag))
    #expect(claim.text.contains("80"))
    #expect(!claim.text.contains("9") && !claim.text.contains("1980"), "\(claim.text)")
  }

  @Test(arguments: Words.languages)
  func whatBeganAtNothingAndIsRedactedIsNotSaid(tag: String) throws {
    #expect(
      try Self.claim(
        "name: Checks, kind: adoption, before: 0, after: 210, visibility: redacted", tag)
        == nil)
    let shown = try #require(
      try Self.claim("name: Checks, kind: adoption, before: 0, after: 210", tag))
    #expect(shown.text.contains("210") && !shown.text.contains("%"))
  }

  @Test(arguments: Words.languages)
  func aGuessIsCalledAGuessHoweverShort(tag: String) throws {
    let measure = TextMeasure { text, _ in text.count > 20 ? 9 : 1 }
    let claim = try #require(
      try Self.claim(
        "name: Sorting, kind: time_saved, before: 9 h, after: 1 h, per: week, people: 4, share: 0.5, "
          + "basis: estimated, action: 'a long story, and more'", tag, measure: measure))
    let words = try #require(Words(tag))
    #expect(claim.text.contains(words.estimated))
    #expect(claim.text.contains("50"))
    #expect(!claim.text.contains("story"))
    #expect(!claim.shortened.isEmpty)
  }

  @Test func theLeastPartGoesFirst() throws {
    func said(_ most: Int) throws -> Claim {
      try #require(
        try Self.claim(
          "name: Load, kind: cost, before: €100, after: €10, people: 3, action: 'one index, built at night'",
          measure: TextMeasure { text, _ in text.count > most ? 3 : 2 }))
    }
    let whole = try said(200)
    #expect(whole.shortened.isEmpty)
    #expect(
      whole.text == "Cut load from €100 to €10 (−90 %, for 3 people) with one index, built at night"
    )
    let first = try said(whole.text.count - 1)
    #expect(first.text == "Cut load from €100 to €10 (for 3 people) with one index, built at night")
    #expect(first.shortened == "the percentage")
    let second = try said(first.text.count - 1)
    #expect(second.text == "Cut load from €100 to €10 (for 3 people) with one index")
    let third = try said(second.text.count - 1)
    #expect(third.text == "Cut load from €100 to €10 with one index")
    let last = try said(third.text.count - 1)
    #expect(last.text == "Cut load from €100 to €10")
    // What cannot be shortened further stays as long as it is.
    #expect(try said(3).text == last.text)
  }

  @Test(arguments: [
    ("tr", "−89 %", "−%89"), ("tr", "91 %", "%91"), ("ja", "6 h 10 min", "6時間10分"),
    ("de", "−3.8 points", "−3,8 Prozentpunkte"), ("ar", "42 min", "42 د"), ("en", "91 %", "91 %"),
  ])
  func figuresAreWrittenAsPeopleWriteThem(tag: String, text: String, words: String) throws {
    #expect(try #require(Words(tag)).figure(text) == words)
  }
}

/// Skill areas with level and last use, and what notes record.
@Suite struct LearnedTests {
  static let areas = SkillAreas(
    ["etl", "dbt", "k8s"].map {
      SkillArea(id: $0, name: $0.uppercased(), role: nil, roleTitle: nil, phase: nil)
    })

  static func record(_ yaml: String, path: String) throws -> LearningRecord {
    try #require(
      LearningRecord(
        Note(path: try VaultPath(path), bytes: Array("---\n\(yaml)\n---\n".utf8))))
  }

  static func choice(_ view: View = .resume, records: [LearningRecord] = []) throws -> Choice {
    var view = view
    view.skills = ["etl", "dbt", "k8s"]
    return try Choice(
      profile: try ChoiceTests.profile(), projects: [], areas: areas, view: view, records: records,
      skills: [
        "etl": SkillUse(level: .expert, lastUsed: CalendarDate("2026-11"), notes: ["e.md"]),
        "k8s": SkillUse(level: .none, lastUsed: nil, notes: ["k.md"]),
        "dbt": SkillUse(level: .working, lastUsed: CalendarDate("2024-02-03"), notes: ["a.md"]),
      ])
  }

  static func lines(_ choice: Choice) -> [String] {
    choice.areaLines(limit: 10).map { "\($0.label): \($0.text.text)" }
  }

  @Test func areasStandByLevelWithTheYearOfTheirLastUse() throws {
    #expect(
      Self.lines(try Self.choice()) == [
        "Expert: ETL (used 2026)", "Working: DBT (used 2024)", "Areas: K8S",
      ])
    let resume = Resume(try Self.choice())
    #expect(DocumentText.everything(in: resume.document).contains("used 2024"))
    #expect(resume.json["skills"].map { "\($0)" }?.contains("expert") == true)
    let claim = try #require(resume.claims.first { $0.entry == "DBT" })
    #expect(claim.claim.source == .area("dbt", notes: ["a.md"]))
  }

  @Test func whatNothingShowsIsNotClaimed() throws {
    var view = View.resume
    view.skills = ["etl", "dbt"]
    let choice = try Choice(
      profile: try ChoiceTests.profile(), projects: [], areas: Self.areas, view: view,
      skills: ["etl": SkillUse(level: .none, lastUsed: nil)])
    #expect(choice.shownAreas.isEmpty)
    #expect(choice.areaLines(limit: 10).isEmpty)
  }

  @Test func aViewMayLeaveLevelsOut() throws {
    let view = try ChoiceTests.view("levels: false")
    #expect(Self.lines(try Self.choice(view)) == ["Areas: ETL, DBT, K8S"])
    #expect(throws: Problems.self) { try ChoiceTests.view("levels: much") }
  }

  @Test func talksContributionsCertificatesAndWritingComeFromNotes() throws {
    let records = [
      try Self.record(
        "title: Pools\nrecord: talk\ndate: 2026-03-02\nwhere: Meetup", path: "sharing/pools.md"),
      try Self.record(
        "title: Fix\nrecord: contribution\nproject: apache/airflow", path: "contributions/fix.md"),
      try Self.record(
        "title: CKA\nrecord: certificate\nissuer: CNCF\ndate: 2025-01-01\nexpires: 2026-01-01",
        path: "certifications/cka.md"),
      try Self.record(
        "title: Post\nrecord: post\nurl: https://example.org/p", path: "sharing/post.md"),
      try Self.record(
        "title: Secret\nrecord: talk\nvisibility: private", path: "sharing/secret.md"),
    ]
    let resume = Resume(try Self.choice(records: records))
    let text = DocumentText.everything(in: resume.document)
    for part in ["Pools", "Meetup", "Fix", "apache/airflow", "CKA", "CNCF", "Post"] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("Secret"))
    // It is no longer good, and the dates say so.
    #expect(text.contains("Jan 2025 – Jan 2026"))
    let talk = try #require(resume.claims.first { $0.section == "talks" })
    #expect(talk.claim.source == .words(path: "sharing/pools.md", line: nil))
    // Nobody asked for these to be public.
    var view = View.resume
    view.audience = .public
    let open = DocumentText.everything(in: Resume(try Self.choice(view, records: records)).document)
    for part in ["Pools", "Fix", "CKA", "Post", "Secret"] {
      #expect(!open.contains(part), "\(part)")
    }
  }

  @Test func whatTheProfileNamesIsNotSaidTwice() throws {
    let profile = try ChoiceTests.profile("name: A\ntalks: [{name: pools}]")
    let record = try Self.record("title: Pools\nrecord: talk", path: "sharing/pools.md")
    #expect(profile.adding([record]).talks.count == 1)
  }
}
