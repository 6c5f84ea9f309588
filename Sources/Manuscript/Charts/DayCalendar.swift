/// The days of some weeks with how much was done on each: practice, in minutes.
public struct DayCalendar: Sendable, Equatable {
  public struct Day: Sendable, Equatable {
    /// `2026-11-22`.
    public var date: String
    /// 0 to 4, as in a heat map.
    public var step: Int
    /// Nothing was asked of this day: a holiday, a freeze.
    public var isProtected: Bool
    /// What there was, in a few words; empty for nothing.
    public var words: String

    public init(date: String, step: Int, isProtected: Bool = false, words: String = "") {
      self.date = date
      self.step = min(HeatMap.steps - 1, max(0, step))
      self.isProtected = isProtected
      self.words = words
    }
  }

  public var title: String
  /// What the steps mean, the first for nothing: "none", "under 15 min" and so on.
  public var steps: [String]
  /// The names of the seven days in the order of a week: "Mon" and so on.
  public var weekdays: [String]
  /// One after another, beginning on the first day of a week.
  public var days: [Day]

  public init(title: String, steps: [String], weekdays: [String], days: [Day]) {
    self.title = title
    self.steps = steps
    self.weekdays = weekdays
    self.days = days
  }

  /// Seven days each; the last week may have fewer.
  public var weeks: [[Day]] {
    stride(from: 0, to: days.count, by: 7).map { Array(days[$0..<min($0 + 7, days.count)]) }
  }

  private static let names = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The weeks in which a month begins, each with the name of the month.
  public var months: [(week: Int, name: String)] {
    var found: [(week: Int, name: String)] = []
    var last = ""
    for (index, week) in weeks.enumerated() {
      guard let month = week.first?.date.dropFirst(5).prefix(2), String(month) != last else {
        continue
      }
      last = String(month)
      if let number = Int(month), Self.names.indices.contains(number - 1) {
        found.append((index, Self.names[number - 1]))
      }
    }
    // The first month has no room when the next begins in the week after.
    if found.count > 1, found[1].week - found[0].week < 3 { found.removeFirst() }
    return found
  }
}
