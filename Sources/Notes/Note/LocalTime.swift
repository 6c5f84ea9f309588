#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A moment as the clock on the wall shows it, in the time zone of the machine.
public struct LocalTime: Sendable, Equatable {
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int
  public var hour = 0
  public var minute = 0
  public var second = 0
  /// Sunday is 0.
  public var weekday = 0

  /// The moment `seconds` after 1970 in UTC.
  public init(seconds: Int64) {
    var time = time_t(seconds)
    var parts = tm()
    localtime_r(&time, &parts)
    year = Int(parts.tm_year) + 1900
    month = Int(parts.tm_mon) + 1
    day = Int(parts.tm_mday)
    hour = Int(parts.tm_hour)
    minute = Int(parts.tm_min)
    second = Int(parts.tm_sec)
    weekday = Int(parts.tm_wday)
  }

  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  public static func now() -> LocalTime { LocalTime(seconds: Int64(time(nil))) }

  /// Seconds after 1970 in UTC; days and months out of range carry over.
  public var seconds: Int64 {
    var parts = tm()
    parts.tm_year = Int32(clamping: year - 1900)
    parts.tm_mon = Int32(clamping: month - 1)
    parts.tm_mday = Int32(clamping: day)
    parts.tm_hour = Int32(clamping: hour)
    parts.tm_min = Int32(clamping: minute)
    parts.tm_sec = Int32(clamping: second)
    parts.tm_isdst = -1
    return Int64(mktime(&parts))
  }

  /// Seconds after 1970 if the parts were read as UTC.
  public var utcSeconds: Int64 {
    let days = Self.days(year: year, month: month, day: day)
    return Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
  }

  /// The same hour `days` later on the calendar.
  public func adding(days: Int) -> LocalTime {
    var moved = self
    moved.day += days
    return LocalTime(seconds: moved.seconds)
  }

  /// The same day of another month, or its last day: 31 January and one month is 28 February.
  public func adding(months: Int) -> LocalTime {
    var moved = self
    let index = year * 12 + month - 1 + months
    moved.year = index >= 0 ? index / 12 : (index - 11) / 12
    moved.month = index - moved.year * 12 + 1
    moved.day = min(day, LocalTime.days(inMonth: moved.month, of: moved.year))
    return LocalTime(seconds: moved.seconds)
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `2026-11-22`.
  public var isoDate: String { "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))" }

  /// `17:05`.
  public var isoTime: String { "\(Self.pad(hour, 2)):\(Self.pad(minute, 2))" }

  /// A moment in UTC to the second: `2026-11-22T16:05:43Z`.
  public static func utc(seconds: Int64) -> String {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = Int(seconds) - days * 86_400
    let (year, month, day) = civil(days: days)
    if (0...9999).contains(year) {
      return String(unsafeUninitializedCapacity: 20) { text in
        func put(_ number: Int, _ at: Int) {
          text[at] = UInt8(0x30 + number / 10)
          text[at + 1] = UInt8(0x30 + number % 10)
        }
        text.initialize(repeating: UInt8(ascii: "-"))
        put(year / 100, 0)
        put(year % 100, 2)
        put(month, 5)
        put(day, 8)
        text[10] = UInt8(ascii: "T")
        put(rest / 3600, 11)
        text[13] = UInt8(ascii: ":")
        put(rest / 60 % 60, 14)
        text[16] = UInt8(ascii: ":")
        put(rest % 60, 17)
        text[19] = UInt8(ascii: "Z")
        return 20
      }
    }
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
      + "T\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))Z"
  }

  /// Days since 1970-01-01 of a date in the Gregorian calendar.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let index = (5 * dayOfYear + 2) / 153
    let month = index + (index < 10 ? 3 : -9)
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1
    )
  }

  static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
