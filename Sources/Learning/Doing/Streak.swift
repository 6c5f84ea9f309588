public import Notes

/// How often a habit is to be kept.
public enum HabitCadence: String, Sendable, CaseIterable {
  case daily, weekly, monthly, quarterly, yearly

  init?(slug: String) {
    switch GuideText.cadence(of: slug) {
    case "daily": self = .daily
    case "weekly", "biweekly": self = .weekly
    case "monthly": self = .monthly
    case "quarterly": self = .quarterly
    case "yearly", "annual": self = .yearly
    default: return nil
    }
  }

  /// What one period is called.
  public var unit: String {
    switch self {
    case .daily: "day"
    case .weekly: "week"
    case .monthly: "month"
    case .quarterly: "quarter"
    case .yearly: "year"
    }
  }

  /// The number of the period that holds a day; the next period has the next number.
  ///
  /// - Parameter weekStart: Days by which a week begins after Monday; 6 is Sunday.
  public func period(of day: CalendarDay, weekStart: Int = 0) -> Int {
    let (year, month, _) = day.parts
    switch self {
    case .daily: return day.number
    case .weekly:
      // Day 0 was a Thursday.
      let shifted = day.number + 3 - weekStart
      return shifted >= 0 ? shifted / 7 : (shifted - 6) / 7
    case .monthly: return year * 12 + month - 1
    case .quarterly: return year * 4 + (month - 1) / 3
    case .yearly: return year
    }
  }

  /// The days of the period that holds a day.
  public func days(around day: CalendarDay, weekStart: Int = 0) -> ClosedRange<CalendarDay> {
    let (year, month, _) = day.parts
    switch self {
    case .daily: return day...day
    case .weekly:
      let first = day.adding(days: -((day.weekday - weekStart + 7) % 7))
      return first...first.adding(days: 6)
    case .monthly:
      let first = CalendarDay(year: year, month: month, day: 1)
      return first...first.adding(months: 1).adding(days: -1)
    case .quarterly:
      let first = day.firstOfQuarter
      return first...first.adding(months: 3).adding(days: -1)
    case .yearly:
      return CalendarDay(year: year, month: 1, day: 1)...CalendarDay(year: year, month: 12, day: 31)
    }
  }
}

/// Periods in a row in which something was done.
///
/// A protected period in which nothing was done neither adds to a streak nor ends it. The period that
/// is still going on ends none.
public struct Streak: Sendable, Equatable {
  /// Periods up to now.
  public var current = 0
  public var longest = 0
  public var isDoneNow = false

  public init(
    done: Set<Int>, protected isProtected: (Int) -> Bool, now: Int
  ) {
    isDoneNow = done.contains(now)
    guard let first = done.min() else { return }
    var run = 0
    var period = first
    while period <= now {
      if done.contains(period) {
        run += 1
        longest = max(longest, run)
      } else if !isProtected(period), period != now {
        run = 0
      }
      period += 1
    }
    current = run
  }
}

/// Days that ask for nothing: freezes, holidays and weekly days of rest.
public struct RestDays: Sendable {
  public var days: Set<CalendarDay> = []
  /// Monday is 0.
  public var weekdays: Set<Int> = []
  /// Days by which a week begins after Monday.
  public var weekStart = 0
  var cadences: [HabitCadence: Set<Int>] = [:]

  private static let names = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// Reads `learning:` of `.folio/config.yaml`:
  ///
  ///     learning:
  ///       week: sunday                          # the first day of a week; Monday without it
  ///       rest: [saturday, sunday]              # days that ask for nothing
  ///       holidays: [2026-07-01..2026-07-21]
  ///       freezes: [2026-11-06]
  public init(_ settings: YAMLNode?, path: String = ".folio/config.yaml") throws(GuideProblem) {
    func problem(_ node: YAMLNode, _ message: String, _ remedy: String) -> GuideProblem {
      GuideProblem(
        path: path, line: node.position.line, message: message, remedy: remedy, isFatal: true)
    }
    func weekday(_ text: String) -> Int? {
      text.count < 3 ? nil : Self.names.firstIndex { $0.hasPrefix(text.lowercased()) }
    }
    if let node = settings?["week"] {
      guard let day = node.text.flatMap(weekday) else {
        throw problem(node, "week is no weekday", "Write 'week: monday' or 'week: sunday'.")
      }
      weekStart = day
    }
    if let node = settings?["rest"] {
      for text in node.texts {
        guard let day = weekday(text) else {
          throw problem(node, "\(text) is no weekday", "Write 'rest: [saturday, sunday]'.")
        }
        weekdays.insert(day)
      }
    }
    for key in ["holidays", "freezes"] {
      guard let node = settings?[key] else { continue }
      for text in node.texts {
        guard let range = Journal.days(text) else {
          throw problem(
            node, "\(text) is no stretch of days", "Write '\(key): [2026-12-24..2027-01-02]'.")
        }
        for number in range.lowerBound.number...range.upperBound.number {
          days.insert(CalendarDay(number: number))
        }
      }
    }
  }

  /// Adds what the journal says.
  public mutating func add(_ journal: Journal) {
    days.formUnion(journal.frozen)
    for (day, cadence) in journal.frozenCadences {
      cadences[cadence, default: []].insert(cadence.period(of: day, weekStart: weekStart))
    }
  }

  public func isFree(_ day: CalendarDay) -> Bool {
    days.contains(day) || weekdays.contains(day.weekday)
  }

  /// Whether a period is protected: its cadence is excused, or more than half of its days are free.
  public func protects(_ period: Int, _ cadence: HabitCadence, around day: CalendarDay) -> Bool {
    if cadences[cadence]?.contains(period) == true { return true }
    let range = cadence.days(around: day, weekStart: weekStart)
    let count = range.upperBound.number - range.lowerBound.number + 1
    if cadence != .daily {
      // Weekly days of rest are in every week and excuse none.
      let free = days.count { range.contains($0) }
      return free * 2 > count
    }
    return isFree(range.lowerBound)
  }
}
