import Notes
import Testing

@testable import Career

/// A project note with the given lines of front matter.
func project(_ yaml: String, path: String = "projects/load.md") throws -> Note {
  Note(path: try VaultPath(path), bytes: Array("---\nkind: project\n\(yaml)\n---\n".utf8))
}

@Suite struct MetricTests {
  static func metric(_ lines: String...) throws -> Metric {
    let yaml = "metrics:\n  - name: Thing\n" + lines.map { "    " + $0 }.joined(separator: "\n")
    let book = try MetricBook([project(yaml)])
    return try #require(book.metrics.first)
  }

  @Test func aNightlyLoadSavesTwoThousandHoursAYear() throws {
    let metric = try Self.metric(
      "kind: processing_time", "before: 370", "after: 42", "unit: min", "per: run",
      "frequency: 1/day", "since: 2025-03-01", "basis: measured")
    let change = try #require(metric.change)
    #expect(change.percent?.decimal(2) == "-88.65")
    #expect(change.factor?.decimal(2) == "8.81")
    #expect(change.isBetter == true)
    #expect(metric.changeWords == "−89 %")
    let totals = MetricTotals([metric], to: try #require(CalendarDate("2026-03-01")))
    #expect(totals.totals.first?.sum == .time)
    #expect(totals.totals.first?.firm == Rational(119_720 * 60))
    #expect(try totals.totals[0].firm / Rational(3600) == Rational(119_720, 60))
    #expect((try totals.totals[0].firm / Rational(3600)).decimal(2) == "1995.33")
  }

  @Test func aPlatformSavesMoneyByTheMonthAndTheYear() throws {
    let metric = try Self.metric(
      "kind: cost", "before: €18,400", "after: €6,070", "per: month", "since: 2025-01-01",
      "basis: measured")
    #expect(metric.change?.percent?.decimal(1) == "-67.0")
    let month = MetricTotals([metric], to: try #require(CalendarDate("2025-02-01")))
    #expect(month.totals.first?.firm == Rational(12_330))
    let year = MetricTotals([metric], to: try #require(CalendarDate("2026-01-01")))
    #expect(year.totals.first?.firm == Rational(147_960))
    #expect(year.totals.first?.sum == .money("EUR"))
  }

  @Test func countsHaveAPercentageAndAFactor() throws {
    let metric = try Self.metric(
      "kind: reliability", "before: 19", "after: 3", "direction: down", "per: month")
    #expect(metric.change?.percent?.decimal(1) == "-84.2")
    #expect(metric.change?.factor?.decimal(2) == "6.33")
  }

  @Test func fromNothingThereIsNoPercentage() throws {
    let metric = try Self.metric("kind: adoption", "before: 0", "after: 210")
    #expect(metric.change?.percent == nil)
    #expect(metric.change?.factor == nil)
    #expect(metric.changeWords == "from 0")
  }

  @Test func dataHandledIsSummedAndCanBeSaidInBothUnits() throws {
    let metric = try Self.metric(
      "kind: data_volume", "after: 12 TB/day", "since: 2025-04-01", "basis: measured")
    let totals = MetricTotals([metric], to: try #require(CalendarDate("2025-05-01")))
    let sum = try #require(totals.totals.first)
    #expect(sum.sum == .bytesHandled)
    #expect(sum.firm.exact == "360000000000000")
    let tebibyte = try #require(Unit(named: "TiB"))
    #expect((try sum.firm / tebibyte.factor).decimal(1) == "327.4")
  }

  @Test func percentagesChangeByPoints() throws {
    let metric = try Self.metric("kind: quality", "before: 91 %", "after: 97 %", "direction: up")
    #expect(metric.change?.delta == Rational(6))
    #expect(metric.changeWords == "+6 points")
    #expect(MetricTotals([metric], to: CalendarDate(year: 2030, month: 1, day: 1)).totals.isEmpty)
  }

  @Test func roundingNeverClaimsEverything() throws {
    let metric = try Self.metric("before: 10000", "after: 3", "direction: down")
    #expect(metric.changeWords == "−99.97 %")
  }

  @Test func currenciesEstimatesAndPartsStandApart() throws {
    let yaml = """
      metrics:
        - {id: all, name: All, kind: cost, before: €100, after: €40, per: month, since: 2025-01-01, basis: measured}
        - {id: part, name: Part, kind: cost, before: €50, after: €20, per: month, since: 2025-01-01, part_of: all, basis: measured}
        - {id: dollars, name: Dollars, kind: cost, before: $9, after: $4, per: month, since: 2025-01-01, basis: reported}
        - {id: guess, name: Guess, kind: cost, before: €10, after: €3, per: month, since: 2025-01-01, basis: estimated}
        - {id: level, name: Level, kind: cost, before: €10, after: €3, per: none, since: 2025-01-01}
        - {id: half, name: Half, kind: time_saved, before: 4h, after: 2h, per: week, people: 3, share: 0.5, since: 2025-01-01, basis: measured}
      """
    let book = try MetricBook([project(yaml)])
    let totals = MetricTotals(book.metrics, to: try #require(CalendarDate("2025-01-29")))
    let sums = Dictionary(uniqueKeysWithValues: totals.totals.map { ($0.sum, $0) })
    #expect(try sums[.money("EUR")]?.firm == Rational(60) * Rational(28, 31))
    #expect(try sums[.money("EUR")]?.estimated == Rational(7) * Rational(28, 31))
    #expect(try sums[.money("USD")]?.firm == Rational(5) * Rational(28, 31))
    #expect(sums[.time]?.firm == Rational(2 * 3600 * 3 * 4 / 2))
    #expect(totals.leftOut.map(\.metric.id).sorted() == ["level", "part"])
  }

  @Test(arguments: [
    ("kind: cost\n    before: €5\n    after: 3 h", 6, 13, "before is money in EUR"),
    ("before: 5 parsecs\n    after: 3", 5, 13, "parsecs is not a unit"),
    ("before: 4 TB/day\n    after: 3 TB", 5, 13, "no rate"),
    ("after: 4 TB/day\n    per: month", 6, 10, "per day, but per says month"),
    ("after: 5\n    bevor: 3", 6, 5, "no key bevor"),
    ("after: 5\n    basis: mesured", 6, 12, "basis cannot be mesured"),
    ("before: 5 min\n    after: -3 min", 6, 12, "below zero"),
    ("after: 5\n    since: 2026-13-01", 6, 12, "not a date"),
    ("after: 5\n    since: 2026-02-01\n    until: 2026-01-01", 7, 12, "before since"),
    ("after: 5\n    share: 1.5", 6, 12, "share cannot be 1.5"),
    ("after: 5 min\n    counts_toward: [cost]", 6, 21, "cannot count toward cost"),
    ("after: 5\n    frequency: 1/day", 6, 16, "no meaning"),
    ("after: 5\n    part_of: nothing", 4, 5, "part of nothing"),
    ("before: 5", 4, 5, "has no value"),
  ])
  func contradictionsAreErrorsWithTheirPlace(
    yaml: String, line: Int, column: Int, words: String
  ) throws {
    let note = try project("metrics:\n  - name: Thing\n    " + yaml)
    let error = try #require(#expect(throws: Problems.self) { try MetricBook([note]) })
    let problem = try #require(error.list.first { $0.message.contains(words) }, "\(error.list)")
    #expect(problem.path == "projects/load.md")
    #expect(problem.position == TextPosition(line: line, column: column))
    #expect(!problem.remedy.isEmpty)
  }

  @Test func circlesOfPartsAreRefused() throws {
    let note = try project(
      """
      metrics:
        - {id: a, name: A, after: 1, part_of: b}
        - {id: b, name: B, after: 1, part_of: a}
      """)
    #expect(throws: Problems.self) { try MetricBook([note]) }
  }

  @Test(arguments: [
    ("2025-01-31", "2025-02-28", "1"), ("2025-01-15", "2025-03-15", "2"),
    ("2024-02-29", "2025-02-28", "12"), ("2025-01-01", "2025-01-16", "0.483870967742"),
    ("2025-12-01", "2026-01-01", "1"),
  ])
  func monthsAreThoseOfTheCalendar(from: String, to: String, months: String) throws {
    let start = try #require(CalendarDate(from))
    let end = try #require(CalendarDate(to))
    #expect(try MetricTotals.periods(.month, start, end).exact == months)
  }

  @Test func daysAreThoseOfTheCalendar() throws {
    #expect(CalendarDate("1970-01-01")?.firstDay == 0)
    #expect(CalendarDate("2000-03-01")?.firstDay == 11_017)
    #expect(CalendarDate("2024-02")?.end.iso == "2024-03-01")
    #expect(CalendarDate("2024-12-31")?.end.iso == "2025-01-01")
    #expect(CalendarDate("2025-02-29") == nil)
  }
}
