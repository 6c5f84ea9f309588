internal import Career
internal import EverydayCommands
internal import Notes

/// The stretch of days that sums are made over, as it was typed.
struct MetricSpan {
  let first: CalendarDate?
  /// Included.
  let last: CalendarDate

  /// - Parameters:
  ///   - since: The first day; from the beginning when nil.
  ///   - until: The last day; today when nil.
  init(since: String?, until: String?) throws {
    let now = Environment.now
    func day(_ text: String?) throws -> CalendarDate? {
      try text.flatMap { CalendarDate(try DateWords.parse($0, now: now)) }
    }
    guard let last = try day(until) ?? CalendarDate(now.isoDate) else {
      throw Failure(.usage, "that is not a date", "Write 2026-11-22.")
    }
    first = try day(since)
    self.last = last
    if let first, first > last {
      throw Failure(
        .usage, "the sums would end (\(last.iso)) before they begin (\(first.iso))",
        "Swap '--since' and '--until'.")
    }
  }
}
