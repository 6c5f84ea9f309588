import Foundation
import TestSupport
import Testing

@testable import Notes

/// Dates and times in one time zone: Eastern time, with summer time from the second Sunday in March to
/// the first in November. A time zone is one of a process, in which other tests ask for the time too, so
/// whatever depends on it has a process of its own.
@Suite struct LocalTimeTests {
  fileprivate static func setEasternTime() {
    setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1)
    tzset()
  }

  fileprivate static let dates = [
    ("2026", "2026"), ("2026-11", "2026-11"), ("2026-11-22", "2026-11-22"),
    ("2024-02-29", "2024-02-29"), ("2026-11-22T10:20:30Z", "2026-11-22T10:20:30Z"),
    ("2026-11-22t10:20:30z", "2026-11-22T10:20:30Z"),
    ("2026-11-22T10:20:30.123456Z", "2026-11-22T10:20:30Z"),
    ("2026-11-22T10:20Z", "2026-11-22T10:20:00Z"),
    ("2026-11-22T10:20:30+02:00", "2026-11-22T08:20:30Z"),
    ("2026-11-22 10:20:30 -0530", "2026-11-22T15:50:30Z"),
    ("2026-11-22T00:10:00+01", "2026-11-21T23:10:00Z"),
    ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z"),
    ("2026-11-22 10:20", "2026-11-22T15:20:00Z"), ("2026-07-01T10:20:30", "2026-07-01T14:20:30Z"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
  ]

  @Test(arguments: [
    "", "20", "0000", "2026-", "2026-13", "2026-00-01", "2026-11-31", "2023-02-29", "1900-02-29",
    "2026-1-2", "22.11.2026", "03/04/2026", "11/22/2026", "2026/11/22", "2026-11-22T",
    "2026-11-22X",
    "2026-11-22T24:00", "2026-11-22T10:60", "2026-11-22T10", "2026-11-22T10:20:61Z",
    "2026-11-22T10:20Zx", "2026-11-22T10:20+", "2026-11-22T10:20+25:00", "٢٠٢٦", " 2026", "2026 ",
    "today", "2026-11-22T10:20+01:0",
  ])
  func refusesWhatIsNoDateOfANote(text: String) { #expect(NoteDate(text) == nil) }

  fileprivate static let words = [
    ("today", "2026-11-22"), ("now", "2026-11-22"), ("Yesterday", "2026-11-21"),
    ("tomorrow", "2026-11-23"), ("3 days ago", "2026-11-19"), ("a week ago", "2026-11-15"),
    ("two weeks ago", "2026-11-08"), ("1 month ago", "2026-10-22"), ("9 months ago", "2026-02-22"),
    ("one year ago", "2025-11-22"), ("2w", "2026-11-08"), ("10d", "2026-11-12"),
    ("6m", "2026-05-22"), ("1y", "2025-11-22"), ("0d", "2026-11-22"), ("this week", "2026-11-16"),
    ("last week", "2026-11-09"), ("this month", "2026-11-01"), ("last month", "2026-10-01"),
    ("this year", "2026-01-01"), ("last year", "2025-01-01"), ("last two weeks", "2026-11-08"),
    ("past 10 days", "2026-11-12"), ("monday", "2026-11-16"), ("sun", "2026-11-15"),
    ("last Friday", "2026-11-20"), ("Feb 3", "2026-02-03"), ("3 feb 2025", "2025-02-03"),
    ("February 3, 2024", "2024-02-03"), ("Nov 22", "2026-11-22"), ("Nov 23", "2025-11-23"),
    ("dec", "2025-12-01"), ("Feb 29", "2024-02-29"), ("2026-11-22", "2026-11-22"),
    ("2026-11", "2026-11"), ("2025", "2025"), ("2026-11-22t10:00z", "2026-11-22T10:00:00Z"),
    ("10 days ago", "2026-11-12"), ("  3  days   ago ", "2026-11-19"),
  ]

  @Test(arguments: [
    "", " ", "03/04/2026", "3/4", "04-05-2026", "soon", "the other day", "3", "3 feb feb", "feb 30",
    "feb 29 2025", "days ago", "3 fortnights ago", "-3 days ago", "99999 days ago", "last", "ago",
    "2 weeks", "m", "ww", "feb 3 4", "mo", "2026-02-30", "week", "9223372036854775808d",
  ])
  func refusesDatesThatCanBeReadInTwoWaysOrNone(text: String) {
    let now = LocalTime(year: 2026, month: 11, day: 22, hour: 15, minute: 4)
    #expect(throws: VaultError.badDate(text)) { try DateWords.parse(text, now: now) }
  }

  @Test func monthsEndOnTheirLastDay() {
    let january = LocalTime(year: 2026, month: 1, day: 31)
    #expect(january.adding(months: 1).isoDate == "2026-02-28")
    #expect(january.adding(months: 25).isoDate == "2028-02-29")
    #expect(january.adding(months: -2).isoDate == "2025-11-30")
    #expect(january.adding(days: -31).isoDate == "2025-12-31")
  }

  @Test func agreesWithTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      let seconds = Int64.random(in: -12_000_000_000...200_000_000_000, using: &generator)
      let date = Date(timeIntervalSince1970: Double(seconds))
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
      let iso = LocalTime.utc(seconds: seconds)
      let year = try #require(parts.year)
      let month = try #require(parts.month)
      let day = try #require(parts.day)
      let hour = try #require(parts.hour)
      let minute = try #require(parts.minute)
      let second = try #require(parts.second)
      #expect(
        iso == "\(LocalTime.pad(year, 4))-\(LocalTime.pad(month, 2))-\(LocalTime.pad(day, 2))"
          + "T\(LocalTime.pad(hour, 2)):\(LocalTime.pad(minute, 2)):\(LocalTime.pad(second, 2))Z")
      #expect(LocalTime.days(year: year, month: month, day: day) * 86_400 <= seconds)
    }
  }
}

#if compiler(>=6.2)
  extension LocalTimeTests {
    @Test func readsDatesOfNotes() async {
      await #expect(processExitsWith: .success) {
        LocalTimeTests.setEasternTime()
        for (text, iso) in LocalTimeTests.dates {
          #expect(NoteDate(text)?.iso == iso, "\(text)")
          #expect(NoteDate(text)?.day == String(iso.prefix(10)), "\(text)")
        }
      }
    }

    @Test func readsDatesAsPeopleSayThem() async {
      await #expect(processExitsWith: .success) {
        LocalTimeTests.setEasternTime()
        // Sunday, 22 November 2026, 15:04.
        let now = LocalTime(seconds: 1_795_377_840)
        for (text, expected) in LocalTimeTests.words {
          #expect((try? DateWords.parse(text, now: now)) == expected, "\(text)")
        }
      }
    }

    @Test func daysAreDaysAcrossSummerTime() async {
      await #expect(processExitsWith: .success) {
        LocalTimeTests.setEasternTime()
        var day = LocalTime(year: 2026, month: 3, day: 1, hour: 12)
        for expected in ["2026-03-07", "2026-03-13", "2026-03-19"] {
          day = day.adding(days: 6)
          #expect(day.isoDate == expected && day.isoTime == "12:00")
        }
      }
    }

    /// But in the hour that there is twice, in November.
    @Test func theWallClockLeadsBackToTheMoment() async {
      await #expect(processExitsWith: .success) {
        LocalTimeTests.setEasternTime()
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
          let seconds = Int64.random(in: -12_000_000_000...200_000_000_000, using: &generator)
          let time = LocalTime(seconds: seconds)
          #expect(time.seconds == seconds || time.month == 11, "\(seconds)")
        }
      }
    }
  }
#endif
