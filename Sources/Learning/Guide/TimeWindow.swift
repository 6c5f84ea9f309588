/// A stretch of time that a guide names: `Months 1-3`, `Weeks 5-12`, `15-30 minutes`, `6+ months`.
public struct TimeWindow: Sendable, Equatable {
  public enum Unit: String, Sendable, CaseIterable { case minute, hour, day, week, month, year }

  public var unit: Unit
  public var from: Int
  /// The last one, included; nil when it is open (`6+ months`).
  public var to: Int?

  /// Reads the words of a heading's brackets; nil when they name no time.
  public init?(_ text: String) {
    let words = Self.words(text)
    for (index, word) in words.enumerated() {
      guard let unit = Self.unit(word) else { continue }
      // The numbers stand behind (`Months 1-3`) or in front (`15-30 minutes`).
      if let (range, _) = Self.numbers(words[(index + 1)...]) {
        self.init(unit: unit, from: range.from, to: range.to)
        return
      }
      if let (range, _) = Self.numbersBefore(words[..<index]) {
        self.init(unit: unit, from: range.from, to: range.to)
        return
      }
    }
    return nil
  }

  /// Reads the beginning of a heading: `Month 1-2: Foundation Building`, `Year 2 …`.
  public init?(leading title: String) {
    let words = Self.words(String(title.prefix { $0 != ":" }))
    guard let first = words.first, let unit = Self.unit(first),
      let (range, _) = Self.numbers(words.dropFirst())
    else { return nil }
    self.init(unit: unit, from: range.from, to: range.to)
  }

  init(unit: Unit, from: Int, to: Int?) {
    self.unit = unit
    self.from = from
    self.to = to
  }

  /// The first and the last day of a window of weeks, months or years that counts from `start`.
  public func days(from start: CalendarDay) -> (first: CalendarDay, last: CalendarDay)? {
    guard from >= 1 else { return nil }
    let end = to ?? from
    switch unit {
    case .week: return (start.adding(days: (from - 1) * 7), start.adding(days: end * 7 - 1))
    case .month:
      return (start.adding(months: from - 1), start.adding(months: end).adding(days: -1))
    case .year:
      return (
        start.adding(months: (from - 1) * 12), start.adding(months: end * 12).adding(days: -1)
      )
    case .day: return (start.adding(days: from - 1), start.adding(days: end - 1))
    case .minute, .hour: return nil
    }
  }

  /// The smaller number in minutes, for a time to spend; a day of practice is six hours.
  public var leastMinutes: Int? {
    switch unit {
    case .minute: from
    case .hour: from * 60
    case .day: from * 360
    default: nil
    }
  }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { $0 == " " || $0 == "," || $0 == ":" }.map { Substring($0) }
  }

  private static func unit(_ word: Substring) -> Unit? {
    let bare = word.hasSuffix("s") ? word.dropLast() : word
    switch bare {
    case "min": return .minute
    case "hr", "h": return .hour
    default: return Unit(rawValue: String(bare))
    }
  }

  private static func numbers(
    _ words: ArraySlice<Substring>
  ) -> (range: (from: Int, to: Int?), count: Int)? {
    guard let first = words.first, let range = range(first) else { return nil }
    let rest = Array(words.dropFirst().prefix(2))
    if rest.count == 2, ["to", "-", "–", "—", "and", "bis"].contains(rest[0]),
      let last = Self.range(rest[1])
    {
      return ((range.from, last.to ?? last.from), 3)
    }
    return (range, 1)
  }

  private static func numbersBefore(
    _ words: ArraySlice<Substring>
  ) -> (range: (from: Int, to: Int?), count: Int)? {
    if words.count >= 3, let found = numbers(words.suffix(3)), found.count == 3 { return found }
    return words.isEmpty ? nil : numbers(words.suffix(1))
  }

  /// `3`, `1-3`, `1–3`, `6+`.
  private static func range(_ word: Substring) -> (from: Int, to: Int?)? {
    if word.hasSuffix("+"), let from = Int(word.dropLast()), (0...1200).contains(from) {
      return (from, nil)
    }
    let parts = word.split(omittingEmptySubsequences: false) { "-–—".contains($0) }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, (1...2).contains(numbers.count),
      numbers.allSatisfy({ (0...1200).contains($0) }), numbers[0] <= numbers[numbers.count - 1]
    else { return nil }
    return (numbers[0], numbers[numbers.count - 1])
  }
}
