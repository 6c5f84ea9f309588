/// Reads dates as people say them on a command line.
///
/// Besides every form of `NoteDate`: `today`, `yesterday`, `3 days ago`, `2w`, `last week`,
/// `last two weeks`, `this month`, `last year`, a weekday (the last one), `Feb 3`, `3 Feb 2025`.
/// A week begins on Monday. `03/04/2026` is refused: it is two dates.
public enum DateWords {
  /// The first day that the words mean, as `2026-11-22` (or the shorter form that was written).
  public static func parse(_ text: String, now: LocalTime) throws(VaultError) -> String {
    let words = text.lowercased().split { $0 == " " || $0 == "," }.map(String.init)
    if let date = NoteDate(text.uppercased()) { return date.iso }
    if let day = relative(words, now) ?? monthAndDay(words, now) { return day.isoDate }
    throw .badDate(text)
  }

  private static let numbers = [
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
  ]
  private static let weekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private static func number(_ word: String) -> Int? {
    (Int(word) ?? numbers[word]).flatMap { (0...10_000).contains($0) ? $0 : nil }
  }

  private static func unit(_ word: String) -> String? {
    switch word {
    case "d", "day", "days": "day"
    case "w", "week", "weeks": "week"
    case "m", "month", "months": "month"
    case "y", "year", "years": "year"
    default: nil
    }
  }

  private static func before(_ now: LocalTime, _ count: Int, _ unit: String) -> LocalTime {
    switch unit {
    case "day": now.adding(days: -count)
    case "week": now.adding(days: -7 * count)
    case "month": now.adding(months: -count)
    default: now.adding(months: -12 * count)
    }
  }

  private static func start(of unit: String, _ now: LocalTime) -> LocalTime {
    switch unit {
    case "week": now.adding(days: -((now.weekday + 6) % 7))
    case "month": LocalTime(year: now.year, month: now.month, day: 1)
    case "year": LocalTime(year: now.year, month: 1, day: 1)
    default: now
    }
  }

  private static func relative(_ words: [String], _ now: LocalTime) -> LocalTime? {
    guard !words.isEmpty else { return nil }
    if words.count == 1 {
      switch words[0] {
      case "today", "now": return now
      case "yesterday": return now.adding(days: -1)
      case "tomorrow": return now.adding(days: 1)
      default: break
      }
      if let unit = words[0].last.flatMap({ unit(String($0)) }),
        let count = Int(words[0].dropLast()), (0...10_000).contains(count)
      {
        return before(now, count, unit)
      }
      return weekday(words[0], now)
    }
    if words.last == "ago", words.count == 3, let count = number(words[0]),
      let unit = unit(words[1])
    {
      return before(now, count, unit)
    }
    switch (words[0], words.count) {
    case ("this", 2):
      return unit(words[1]).map { start(of: $0, now) }
    case ("last", 2), ("past", 2):
      if let unit = unit(words[1]) { return start(of: unit, before(now, 1, unit)) }
      return weekday(words[1], now)
    case ("last", 3), ("past", 3):
      guard let count = number(words[1]), let unit = unit(words[2]) else { return nil }
      return before(now, count, unit)
    default:
      return nil
    }
  }

  private static func weekday(_ word: String, _ now: LocalTime) -> LocalTime? {
    guard word.count >= 3, let index = weekdays.firstIndex(where: { $0.hasPrefix(word) }) else {
      return nil
    }
    let back = (now.weekday - index + 7) % 7
    return now.adding(days: -(back == 0 ? 7 : back))
  }

  private static func monthAndDay(_ words: [String], _ now: LocalTime) -> LocalTime? {
    var month: Int?
    var day: Int?
    var year: Int?
    guard (1...3).contains(words.count) else { return nil }
    for word in words {
      if word.count >= 3, let index = months.firstIndex(where: { $0.hasPrefix(word) }) {
        guard month == nil else { return nil }
        month = index + 1
      } else if word.count == 4, let value = Int(word), year == nil {
        year = value
      } else if let value = Int(word), day == nil {
        day = value
      } else {
        return nil
      }
    }
    guard let month else { return nil }
    let chosenDay = day ?? 1
    guard (1...LocalTime.days(inMonth: month, of: year ?? 2024)).contains(chosenDay) else {
      return nil
    }
    // Without a year, the last time that day came.
    var chosen = LocalTime(year: year ?? now.year, month: month, day: chosenDay)
    while year == nil,
      chosen.seconds > now.seconds
        || chosenDay > LocalTime.days(inMonth: month, of: chosen.year)
    {
      chosen.year -= 1
    }
    return LocalTime(seconds: chosen.seconds)
  }
}
