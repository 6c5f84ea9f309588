import Notes
import Testing

@testable import Career

@Suite struct EvidenceTests {
  /// The examples of FIPS 180-4, and one of exactly a block.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 64),
      "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
    ),
  ])
  func hashesAreThoseOfTheStandard(text: String, hash: String) {
    #expect(SHA256.hex(Array(text.utf8)) == hash)
  }

  static let today = CalendarDate(year: 2026, month: 11, day: 22)

  static func findings(
    _ yaml: String, files: [String: String] = [:], notes: Set<String> = [], metricsOnly: Bool = true
  ) throws -> [ProjectFinding] {
    try ProjectCheck.run(
      try Project.read([try project(yaml)]), today: today,
      file: { files[$0].map { Array($0.utf8) } }, hasNote: { notes.contains($0) },
      metricsOnly: metricsOnly)
  }

  @Test(arguments: [
    ("after: 5, basis: measured", [ProjectFinding.Rule.noEvidence]),
    ("after: 5, basis: measured, evidence: ['https://example.org']", []),
    ("after: 5, basis: estimated", []),
    ("after: 5, as_of: 2026-11-23", [.future]), ("after: 5, as_of: 2026-11-22", []),
    (
      "kind: cost, before: €9, after: €5, per: month, since: 2024-01, as_of: 2025-10", [.stale]
    ),
    (
      "kind: cost, before: €9, after: €5, per: month, since: 2024-01, as_of: 2025-10, until: 2026",
      []
    ),
    ("kind: cost, before: €9, after: €5, per: month, since: 2024-01, as_of: 2025-11", []),
    ("before: 5, after: 5", [.unchanged]), ("kind: cost, before: €5, after: €9", [.worse]),
    ("after: 5, evidence: [{kind: note, ref: gone}]", [.evidenceMissing]),
    ("after: 5, evidence: [{kind: note, ref: there}]", []),
    ("after: 5, evidence: [{kind: file, ref: gone.csv}]", [.evidenceMissing]),
    ("after: 5, evidence: [{kind: file, ref: a.csv}]", []),
    (
      "after: 5, evidence: [{kind: file, ref: a.csv, sha256: BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD}]",
      []
    ),
    (
      "after: 5, evidence: [{kind: file, ref: a.csv, sha256: aa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad}]",
      [.evidenceChanged]
    ),
  ])
  func whatWeakensAClaimIsFound(yaml: String, rules: [ProjectFinding.Rule]) throws {
    let found = try Self.findings(
      "metrics:\n  - {name: Thing, \(yaml)}", files: ["a.csv": "abc"], notes: ["there"])
    #expect(found.map(\.rule) == rules)
    #expect(found.allSatisfy { $0.path == "projects/load.md" && $0.position.line == 4 })
  }

  @Test func aProjectThatSaysNothingIsAskedForFourThings() throws {
    let rules = try Self.findings("title: Bare", metricsOnly: false).map(\.rule)
    #expect(
      Set(rules) == [.noMetrics, .noImpact, .noChallenges, .noDifficulty])
    let whole = try Self.findings(
      "difficulty: 2\nimpact: It helps.\nchallenges: [One]\nmetrics:\n  - {name: A, after: 1}",
      metricsOnly: false)
    #expect(whole.isEmpty)
  }

  @Test(arguments: [
    ("evidence: [{kind: file, ref: a, sha256: abc}]", "not a hash"),
    (
      "evidence: [{kind: url, ref: 'https://a', sha256: \(String(repeating: "a", count: 64))}]",
      "only a file"
    ),
    ("before: 4 GB\n    after: 3 GiB", "do not mix"),
  ])
  func whatCannotBeCheckedIsRefused(yaml: String, message: String) throws {
    let after = yaml.contains("after") ? "" : "after: 5\n    "
    let note = try project("metrics:\n  - name: Thing\n    " + after + yaml)
    let error = try #require(#expect(throws: Problems.self) { try MetricBook([note]) })
    #expect(error.list.contains { $0.message.contains(message) }, "\(error.list)")
  }

  // MARK: - How sums came about

  static func totals(_ yaml: String, to: String = "2026-03-01") throws -> MetricTotals {
    let book = try MetricBook([project("metrics:\n" + yaml)])
    return MetricTotals(book.metrics, to: try #require(CalendarDate(to)))
  }

  @Test(arguments: [
    (
      "kind: processing_time, before: 370 min, after: 42 min, per: run, frequency: 1/day",
      "(370 min − 42 min) × 365 runs (1 a day) = 1,995 h"
    ),
    (
      "kind: time_saved, before: 4h, after: 2h, per: week, people: 3, share: 0.5",
      "(4 h − 2 h) × 52.14 weeks × 0.5 (my part) × 3 people = 156 h"
    ),
    (
      "kind: cost, before: '€18,400', after: '€6,070', per: month",
      "(€18,400 − €6,070) × 12 months = €147,960"
    ),
    ("kind: data_volume, after: 12 TB/day", "12 TB × 365 days = 4.38 PB"),
    ("kind: time_saved, before: 9h, after: 2h, per: once", "(9 h − 2 h) = 7 h"),
  ])
  func theFormulaOfARowCanBeReckonedAgain(yaml: String, formula: String) throws {
    let total = try #require(
      try Self.totals("  - {name: A, since: 2025-03-01, \(yaml)}").totals.first)
    #expect(total.rows[0].formula(total.sum) == formula)
    let isOnce = yaml.contains("once")
    #expect(total.rows[0].stretch == (isOnce ? "2025-03-01" : "2025-03-01 to 2026-02-28"))
  }

  @Test func aSumIsFoundByItsName() throws {
    let one = try Self.totals(
      "  - {name: A, kind: cost, before: €5, after: €3, per: month, since: 2025-03-01}")
    #expect(one.total(named: "cost:EUR") != nil)
    #expect(one.total(named: "cost") != nil)
    #expect(one.total(named: "hours") == nil)
    let two = try Self.totals(
      """
        - {name: A, kind: cost, before: €5, after: €3, per: month, since: 2025-03-01}
        - {name: B, kind: cost, before: $5, after: $3, per: month, since: 2025-03-01}
      """)
    #expect(two.total(named: "cost") == nil)
    #expect(two.total(named: "cost:usd") != nil)
  }

  @Test func theDayBeforeCrossesMonthsAndYears() {
    #expect(CalendarDate(year: 2024, month: 3, day: 1).before.iso == "2024-02-29")
    #expect(CalendarDate(year: 2026, month: 1, day: 1).before.iso == "2025-12-31")
    #expect(CalendarDate(year: 2026, month: 1, day: 9).before.iso == "2026-01-08")
  }

  // MARK: - Currencies

  static let rates = """
    - {from: USD, to: EUR, rate: 0.9, date: 2026-01-31}
    - {from: USD, to: EUR, rate: 0.8, date: 2026-02-28, source: bank}
    - {from: EUR, to: GBP, rate: 0.8, date: 2025}
    """

  static let money = """
      - {name: A, kind: cost, before: €50, after: €40, per: month, since: 2026-02-01}
      - {name: B, kind: cost, before: $30, after: $10, per: month, since: 2026-02-01}
      - {name: C, kind: cost, before: $30, after: $10, per: month, since: 2026-02-01, basis: estimated}
    """

  @Test func moneyIsAddedUpAtTheNewestRateOfTheDay() throws {
    let rates = try CurrencyRates.read(Array(Self.rates.utf8), path: "rates.yaml")
    let totals = try Self.totals(Self.money)
    let late = try rates.sum(totals, in: "EUR", on: CalendarDate(year: 2026, month: 3, day: 1))
    #expect(late.firm == Rational(26))
    #expect(late.estimated == Rational(16))
    #expect(late.used.map(\.date.iso) == ["2026-02-28"])
    let early = try rates.sum(totals, in: "EUR", on: CalendarDate(year: 2026, month: 2, day: 1))
    #expect(early.firm == Rational(28))
    // The other way round by the inverse.
    #expect(
      rates.rate(from: "EUR", to: "USD", on: Self.today)?.rate == Rational(5, 4))
    #expect(throws: CurrencyRates.Failure.self) {
      try rates.sum(totals, in: "GBP", on: Self.today)
    }
    #expect(throws: CurrencyRates.Failure.self) {
      try rates.sum(totals, in: "EUR", on: CalendarDate(year: 2020, month: 1, day: 1))
    }
  }

  @Test(arguments: [
    ("- {from: USD, to: EUR, rate: 0.9}", "no date"),
    ("- {from: USD, to: EUR, date: 2026}", "no number"),
    ("- {from: USX, to: EUR, rate: 1, date: 2026}", "USX is not a currency"),
    ("- {from: USD, rate: 1, date: 2026}", "does not say to which"),
    ("- {from: USD, to: EUR, rate: -1, date: 2026}", "no number"),
    ("- {from: USD, to: EUR, rate: 1, date: 2026, note: x}", "no key note"),
    ("rates: 5", "are a list"), ("- [", "cannot be read"),
  ])
  func brokenRatesSayWhereAndWhat(yaml: String, message: String) throws {
    let error = try #require(
      #expect(throws: Problems.self) {
        try CurrencyRates.read(Array(yaml.utf8), path: "rates.yaml")
      })
    #expect(error.list.contains { $0.message.contains(message) }, "\(error.list)")
  }
}
