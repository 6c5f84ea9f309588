import Learning
import Notes
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite(.serialized) struct HabitTests {
  static func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

  /// Days, months and weeks over leap days and year ends.
  @Test(arguments: [
    ("2024-02-28", 1, "2024-02-29"), ("2026-02-28", 1, "2026-03-01"),
    ("2026-12-31", 1, "2027-01-01"),
    ("2027-01-01", -1, "2026-12-31"), ("2000-02-29", 366, "2001-03-01"),
  ])
  func daysAreAdded(from: String, days: Int, to: String) throws {
    #expect(try Self.day(from).adding(days: days).iso == to)
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-12-15", 1, "2027-01-15"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -13, "2024-12-15"),
  ])
  func monthsAreAdded(from: String, months: Int, to: String) throws {
    #expect(try Self.day(from).adding(months: months).iso == to)
  }

  @Test(arguments: ["2026-13-01", "2026-02-29", "2026-2-1", "", "2026-11-31", "x026-01-01"])
  func daysThatThereAreNotAreRefused(text: String) { #expect(CalendarDay(text) == nil) }

  /// The ISO week of a year's end belongs to two years; the streak does not see the border.
  @Test(arguments: [
    (HabitCadence.daily, "2026-12-31", "2027-01-01"),
    (.weekly, "2026-12-27", "2026-12-28"), (.weekly, "2027-01-03", "2027-01-04"),
    (.monthly, "2026-12-31", "2027-01-01"), (.quarterly, "2026-12-31", "2027-01-01"),
    (.yearly, "2026-12-31", "2027-01-01"),
  ])
  func theNextPeriodHasTheNextNumber(cadence: HabitCadence, last: String, first: String) throws {
    #expect(cadence.period(of: try Self.day(first)) == cadence.period(of: try Self.day(last)) + 1)
  }

  @Test func aWeekOverTheYearsEndIsOne() throws {
    let days = try ["2026-12-28", "2026-12-31", "2027-01-01", "2027-01-03"].map(Self.day)
    #expect(Set(days.map { HabitCadence.weekly.period(of: $0) }).count == 1)
    #expect(
      HabitCadence.weekly.period(of: try Self.day("2026-12-27"), weekStart: 6)
        == HabitCadence.weekly.period(of: days[0], weekStart: 6))
  }

  /// The day of a moment is that of the wall clock, in every zone and where clocks change.
  private static let days: [(zone: String, seconds: Int64, day: String)] = [
    ("UTC", 1_795_388_400, "2026-11-22"), ("Asia/Tokyo", 1_795_388_400, "2026-11-23"),
    ("America/Los_Angeles", 1_795_388_400, "2026-11-22"),
    ("Pacific/Kiritimati", 1_795_388_400, "2026-11-23"),
    // Europe's clocks go back at 01:00 UTC on 25 October 2026, forward on 28 March 2027.
    ("Europe/Istanbul", 1_792_875_600, "2026-10-25"),
    ("Europe/Berlin", 1_792_879_199, "2026-10-24"), ("Europe/Berlin", 1_792_879_201, "2026-10-25"),
    ("Europe/Berlin", 1_806_184_799, "2027-03-27"), ("Europe/Berlin", 1_806_188_401, "2027-03-28"),
    ("Europe/Berlin", 1_798_757_999, "2026-12-31"), ("Europe/Berlin", 1_798_758_000, "2027-01-01"),
  ]

  #if compiler(>=6.2)
    /// A time zone is one of a process, in which other tests ask for the time too.
    @Test func theDayIsThatOfTheWallClock() async {
      await #expect(processExitsWith: .success) {
        for (zone, seconds, day) in HabitTests.days {
          setenv("TZ", zone, 1)
          tzset()
          #expect(CalendarDay(LocalTime(seconds: seconds)).iso == day, "\(zone)")
        }
      }
    }
  #endif

  @Test(arguments: [
    ([1, 2, 3], [], 3, 3, 3), ([1, 2, 3], [], 4, 3, 3), ([1, 2, 3], [], 5, 0, 3),
    // Protected periods neither add nor end.
    ([1, 2, 5], [3, 4], 5, 3, 3), ([1, 2], [3, 4, 5], 6, 2, 2), ([1, 2], [3], 5, 0, 2),
    // What is done in a protected period adds.
    ([1, 2, 3], [2], 3, 3, 3), ([], [1, 2], 3, 0, 0), ([1, 3, 4, 5, 9], [], 9, 1, 3),
  ])
  func streaksCount(done: [Int], free: [Int], now: Int, current: Int, longest: Int) {
    let streak = Streak(done: Set(done), protected: { free.contains($0) }, now: now)
    #expect(streak.current == current)
    #expect(streak.longest == longest)
  }

  static let guide = """
    # G

    ## Daily Practices (15-30 minutes)

    - [ ] Read one page
    - [ ] Write a note

    ## Weekly Practices (1-2 hours)

    - [ ] Watch a talk

    """

  static func note(_ day: String, _ lines: String...) throws -> Note {
    Note(
      path: try VaultPath("journal/\(day.prefix(4))/\(day).md"),
      bytes: Array(
        ("---\nkind: journal\ndate: \(day)\n---\n\n" + lines.joined(separator: "\n") + "\n").utf8))
  }

  @Test func theJournalKeepsHabits() throws {
    let guide = Guide(Note(path: try VaultPath("guide.md"), bytes: Array(Self.guide.utf8)))
    let today = try Self.day("2026-11-22")
    let journal = Journal(
      try [
        Self.note("2026-11-18", "- practice: 1 h 30 min a lot"),
        Self.note("2026-11-19", "- freeze: in bed"),
        Self.note(
          "2026-11-20", "- practice: 20 min page (habit: read-one-page, logged 2026-11-21)"),
        Self.note("2026-11-10", "- practice: 40 min talk (habit: watch a talk)"),
        Self.note("2026-11-17", "- practice: 45m talk (habit: watch)", "win: seen"),
        Self.note("2027-01-01", "- practice: not yet"),
        Self.note("2026-11-16", "- practice:", "- practice: 9000 min x", "- freeze (hourly): x"),
      ], today: today)
    #expect(journal.problems.map(\.line) == [6, 6, 7, 8])
    #expect(journal.wins.map(\.text) == ["seen"])
    #expect(journal.practices.map { $0.minutes ?? 0 } == [40, 45, 90, 20])
    var rest = try RestDays(nil)
    rest.add(journal)
    let book = HabitBook(
      guide, journal, additions: [.init(day: try Self.day("2026-11-21"), record: nil)], rest: rest,
      today: today)
    let daily = book.cadences[0]
    // 18, a freeze, 20, and the note of the 21st; the 22nd is not over.
    #expect(daily.streak.current == 3)
    #expect(!daily.streak.isDoneNow)
    #expect(daily.late == 1)
    #expect(daily.habits.map(\.isDerived) == [false, true])
    let weekly = book.cadences[1]
    #expect(weekly.streak.current == 2)
    #expect(weekly.streak.isDoneNow)
    #expect(weekly.minutesNow == 45)
  }

  @Test(arguments: [
    ("Months 1-3", TimeWindow.Unit.month, 1, 3), ("Weeks 5-12", .week, 5, 12),
    ("15-30 minutes", .minute, 15, 30), ("1-2 days", .day, 1, 2), ("week 3 to 4", .week, 3, 4),
  ])
  func windowsAreRead(text: String, unit: TimeWindow.Unit, from: Int, to: Int) throws {
    let window = try #require(TimeWindow(text))
    #expect(window.unit == unit && window.from == from && window.to == to)
  }

  @Test func openWindowsHaveNoEnd() {
    #expect(TimeWindow("6+ months experience")?.to == nil)
    #expect(TimeWindow("6+ months experience")?.from == 6)
    #expect(TimeWindow("Just Completed Kata") == nil)
  }

  @Test func aPlanIsInDates() throws {
    let guide = Guide(
      Note(
        path: try VaultPath("guide.md"),
        bytes: Array(
          """
          # G
          ## Data Path
          ### Phase 1: One (Months 1-3)
          - x
          ### Phase 2: Two (Months 4-6)
          - y
          ## Milestones
          - [ ] **Month 3**: first
          """.utf8)))
    let plan = GuidePlan(guide, start: try Self.day("2026-11-30"), role: "data")
    #expect(
      plan.entries.map { "\($0.first.iso) \($0.last.iso)" } == [
        "2026-11-30 2027-02-27", "2027-02-28 2027-02-28", "2027-02-28 2027-05-29",
      ])
  }

  @Test func levelsFadeWithAge() throws {
    let scale = SkillScale()
    let day = try Self.day("2026-11-22")
    #expect(scale.share(of: "2026-11-22", on: day) == 1)
    #expect(abs(scale.share(of: "2025-11-22", on: day) - 0.5) < 0.01)
    #expect(scale.share(of: "2027-11-22", on: day) == 1)
    #expect(scale.share(of: nil, on: day) == 0.25)
    #expect(
      [0, 0.5, 2.9, 3, 8, 16, 99].map { scale.level($0).rawValue } == [
        "none", "aware", "aware", "working", "strong", "expert", "expert",
      ])
  }
}
