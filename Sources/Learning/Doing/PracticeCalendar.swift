/// The days of some weeks with the practice of each.
public struct PracticeCalendar: Sendable {
  public struct Day: Sendable, Equatable {
    public var day: CalendarDay
    public var minutes: Int
    public var entries: Int
    public var isProtected: Bool
  }

  /// From the first day of the first week to the last day.
  public let days: [Day]

  public init(_ journal: Journal, rest: RestDays, until today: CalendarDay, weeks: Int) {
    let week = HabitCadence.weekly.days(around: today, weekStart: rest.weekStart)
    let first = week.lowerBound.adding(days: -7 * (weeks - 1))
    let byDay = Dictionary(grouping: journal.practices, by: \.day)
    days = (first.number...today.number).map { number in
      let day = CalendarDay(number: number)
      let practices = byDay[day] ?? []
      return Day(
        day: day, minutes: practices.reduce(0) { $0 + ($1.minutes ?? 0) },
        entries: practices.count, isProtected: rest.isFree(day))
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private static func block(_ day: Day) -> String {
    if day.entries == 0 { return day.isProtected ? "*" : "·" }
    switch day.minutes {
    case ..<15: return "░"
    case ..<30: return "▒"
    case ..<60: return "▓"
    default: return "█"
    }
  }

  /// A line of months and a line a weekday, a column a week.
  public func lines() -> [String] {
    let weeks = stride(from: 0, to: days.count, by: 7).map {
      Array(days[$0..<min($0 + 7, days.count)])
    }
    var head = [Character](repeating: " ", count: weeks.count + 4)
    var month = 0
    var free = 0
    for (column, week) in weeks.enumerated() {
      let own = week[0].day.parts.month
      // A name needs three columns and one in front.
      if own != month, column >= free {
        for (offset, letter) in Self.months[own - 1].enumerated() where column + offset < head.count
        {
          head[column + offset] = letter
        }
        free = column + 4
      }
      month = own
    }
    var text = String(head)
    while text.last == " " { text.removeLast() }
    var lines = ["     " + text]
    for row in 0..<7 {
      guard let first = weeks.first, row < 7 else { break }
      let name = Self.weekdays[first[0].day.adding(days: row).weekday]
      lines.append(
        name + "  " + weeks.map { row < $0.count ? Self.block($0[row]) : "" }.joined())
    }
    return lines
  }
}
