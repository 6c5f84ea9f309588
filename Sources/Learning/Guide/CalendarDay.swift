public import Notes

/// A day of the Gregorian calendar, without a time and so without a time zone.
public struct CalendarDay: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  public let number: Int

  public init(number: Int) { self.number = number }

  public init(year: Int, month: Int, day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Reads `2026-11-22`; nil for anything else, and for days that there are not.
  public init?(_ iso: String) {
    let bytes = Array(iso.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return nil
    }
    var numbers: [Int] = []
    for range in [0..<4, 5..<7, 8..<10] {
      var value = 0
      for byte in bytes[range] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      numbers.append(value)
    }
    guard numbers[0] > 0, (1...12).contains(numbers[1]), numbers[2] >= 1,
      numbers[2] <= Self.days(inMonth: numbers[1], of: numbers[0])
    else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// The first day that a date of any precision means: 1 March 2026 of `2026-03`.
  public init?(startOf date: String) {
    let text = String(date.prefix(10))
    switch text.utf8.count {
    case 4: self.init(text + "-01-01")
    case 7: self.init(text + "-01")
    default: self.init(text)
    }
  }

  /// The day on the wall at a moment.
  public init(_ time: LocalTime) {
    self.init(year: time.year, month: time.month, day: time.day)
  }

  /// Year, month from 1, day from 1.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let index = (5 * dayOfYear + 2) / 153
    let month = index + (index < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * index + 2) / 5 + 1)
  }

  /// Monday is 0.
  public var weekday: Int { ((number % 7) + 7 + 3) % 7 }

  public func adding(days: Int) -> CalendarDay { CalendarDay(number: number + days) }

  /// The same day of another month, or its last: 31 January and one month is 28 February.
  public func adding(months: Int) -> CalendarDay {
    let (year, month, day) = parts
    let index = year * 12 + month - 1 + months
    let newYear = index >= 0 ? index / 12 : (index - 11) / 12
    let newMonth = index - newYear * 12 + 1
    return CalendarDay(
      year: newYear, month: newMonth,
      day: min(day, Self.days(inMonth: newMonth, of: newYear)))
  }

  /// Whole months from `start` to this day; 0 in the first, negative before it.
  public func months(since start: CalendarDay) -> Int {
    let (a, b) = (start.parts, parts)
    let months = (b.year - a.year) * 12 + b.month - a.month
    return start.adding(months: months) > self ? months - 1 : months
  }

  /// `2026-Q4`.
  public var quarter: String { "\(parts.year)-Q\((parts.month - 1) / 3 + 1)" }

  public var iso: String {
    let (year, month, day) = parts
    func pad(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
  }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }
}
