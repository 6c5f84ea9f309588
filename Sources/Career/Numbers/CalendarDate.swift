internal import Notes

/// A day, a month or a year, as precise as somebody wrote it.
public struct CalendarDate: Hashable, Comparable, Sendable {
  public let year: Int
  /// 1 to 12; nil when only the year is known.
  public let month: Int?
  /// 1 to 31; nil when no more than the month is known.
  public let day: Int?

  /// Reads `2026`, `2026-11`, `2026-11-22`, or the day of a moment.
  public init?(_ text: String) {
    guard NoteDate(text) != nil else { return nil }
    let numbers = text.prefix(10).split(separator: "-").map { Int($0) ?? 0 }
    guard let year = numbers.first else { return nil }
    self.year = year
    month = numbers.count > 1 ? numbers[1] : nil
    day = numbers.count > 2 ? numbers[2] : nil
  }

  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// `2026-11-22`, as precise as it was written.
  public var iso: String {
    var text = Self.padded(year, 4)
    if let month { text += "-" + Self.padded(month, 2) }
    if let day { text += "-" + Self.padded(day, 2) }
    return text
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Days since 1970-01-01 of its first day.
  public var firstDay: Int { Self.days(year, month ?? 1, day ?? 1) }

  /// Months since year 0: March 2025 is 2025 × 12 + 2.
  public var monthIndex: Int { year * 12 + (month ?? 1) - 1 }

  public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.firstDay, a.iso) < (b.firstDay, b.iso)
  }

  /// The first day, written in full.
  public var start: CalendarDate { CalendarDate(year: year, month: month ?? 1, day: day ?? 1) }

  /// The day after the last one it covers, so that a stretch of time ends before it.
  public var end: CalendarDate {
    guard let month else { return CalendarDate(year: year + 1, month: 1, day: 1) }
    guard let day else {
      return month == 12
        ? CalendarDate(year: year + 1, month: 1, day: 1)
        : CalendarDate(year: year, month: month + 1, day: 1)
    }
    if day < Self.length(ofMonth: month, year) {
      return CalendarDate(year: year, month: month, day: day + 1)
    }
    return CalendarDate(year: year, month: month, day: nil).end
  }

  private init(year: Int, month: Int, day: Int?) {
    self.year = year
    self.month = month
    self.day = day
  }

  static func length(ofMonth month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 in the Gregorian calendar, counted by whole years from March.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let months = (month + 9) % 12
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400
      + (153 * months + 2) / 5 + day - 1 - 719_468
  }

  /// `12 Mar 2025`, `Mar 2025` or `2025`.
  public var words: String {
    guard let month else { return String(year) }
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let name = names[(month - 1) % 12] + " " + String(year)
    return day.map { "\($0) \(name)" } ?? name
  }

  /// A stretch of time to the month: `Apr 2025 – present`; empty when nothing is known.
  public static func range(_ start: CalendarDate?, _ end: CalendarDate?) -> String {
    func month(_ date: CalendarDate) -> String {
      CalendarDate(String(date.iso.prefix(7)))?.words ?? date.words
    }
    switch (start, end) {
    case (nil, nil): return ""
    case (nil, let end?): return month(end)
    case (let start?, nil): return month(start) + " – present"
    case (let start?, let end?):
      return month(start) == month(end) ? month(start) : month(start) + " – " + month(end)
    }
  }
}
