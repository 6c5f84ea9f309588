/// Sums over metrics between two days.
///
/// A metric that lasts adds `(before − after) · share · people · periods`, where the periods are
/// those between its `since` and the earlier of its `until` and the end; months are counted by the
/// calendar, a part of one by its days. `per: run` and `item` need a `frequency`; `once` counts when
/// its day lies in between; `none` is a level and never added. Percentages are never added, currencies
/// and estimates stand apart, and what is `part_of` a metric that is counted is not counted again.
public struct MetricTotals: Sendable, Equatable {
  public enum Sum: Hashable, Sendable {
    /// In seconds.
    case time
    case money(String)
    /// Bytes that need no longer be moved.
    case bytesSaved
    /// Bytes that went through.
    case bytesHandled
  }

  public struct Row: Sendable, Equatable {
    public var metric: Metric
    /// In the base unit, over the whole stretch.
    public var amount: Rational
    /// How many periods, runs or items were counted.
    public var times: Rational
    /// The stretch that was counted: from its first day to before its last.
    public var from: CalendarDate
    public var to: CalendarDate
  }

  public struct Total: Sendable, Equatable {
    public var sum: Sum
    /// Measured and reported, in the base unit.
    public var firm: Rational
    /// Estimated, in the base unit; never in `firm`.
    public var estimated: Rational
    public var rows: [Row]
  }

  /// In a fixed order: time, money by currency, bytes.
  public private(set) var totals: [Total] = []
  /// What could have counted but does not, with the reason.
  public private(set) var leftOut: [(metric: Metric, reason: String)] = []

  public static func == (a: MetricTotals, b: MetricTotals) -> Bool {
    a.totals == b.totals && a.leftOut.map(\.metric) == b.leftOut.map(\.metric)
  }

  /// Sums `metrics` from `from` (the beginning of time when nil) to the day before `to`.
  public init(_ metrics: [Metric], from: CalendarDate? = nil, to: CalendarDate) {
    let byReference = MetricBook.byReference(metrics)
    var rows: [(Sum, Row)] = []
    for metric in metrics where !metric.totals.isEmpty {
      guard let sum = Self.sum(of: metric) else { continue }
      do throws(Rational.Overflow) {
        if let row = try row(metric, from, to) { rows.append((sum, row)) }
      } catch {
        leftOut.append((metric, "its sum is too large to be exact"))
      }
    }
    let counted = Dictionary(
      rows.map { ($0.1.metric.reference, $0.0) }, uniquingKeysWith: { first, _ in first })
    var sums: [Sum: Total] = [:]
    for (sum, row) in rows {
      if let whole = Self.countedWhole(of: row.metric, sum, counted, byReference) {
        leftOut.append((row.metric, "it is part of \(whole), which is counted"))
        continue
      }
      var total = sums[sum] ?? Total(sum: sum, firm: .zero, estimated: .zero, rows: [])
      do throws(Rational.Overflow) {
        if row.metric.basis == .estimated {
          total.estimated = try total.estimated + row.amount
        } else {
          total.firm = try total.firm + row.amount
        }
        total.rows.append(row)
        sums[sum] = total
      } catch {
        leftOut.append((row.metric, "the sum would be too large to be exact"))
      }
    }
    totals = sums.values.sorted { $0.sum.order < $1.sum.order }
  }

  /// The total of a name such as `hours` or `cost:EUR`; a bare `cost` means the only currency.
  public func total(named name: String) -> Total? {
    if let total = totals.first(where: { $0.sum.name.lowercased() == name.lowercased() }) {
      return total
    }
    let parts = totals.filter {
      $0.sum.name.hasPrefix(name + ":") || $0.sum.name.hasPrefix(name + "-")
    }
    return parts.count == 1 ? parts[0] : nil
  }

  private static func sum(of metric: Metric) -> Sum? {
    switch metric.after.dimension {
    case .time: .time
    case .money(let code): metric.before == nil ? nil : .money(code)
    case .bytes: metric.before == nil ? .bytesHandled : .bytesSaved
    default: nil
    }
  }

  /// The nearest metric above `metric` that is counted in the same sum.
  private static func countedWhole(
    of metric: Metric, _ sum: Sum, _ counted: [String: Sum], _ all: [String: Metric]
  ) -> String? {
    var seen: Set<String> = [metric.reference]
    var above = MetricBook.whole(of: metric, among: all)
    while let next = above, seen.insert(next.reference).inserted {
      if counted[next.reference] == sum { return next.id }
      above = MetricBook.whole(of: next, among: all)
    }
    return nil
  }

  private mutating func row(
    _ metric: Metric, _ from: CalendarDate?, _ to: CalendarDate
  ) throws(Rational.Overflow) -> Row? {
    if metric.before == nil, metric.after.dimension != .bytes { return nil }
    if metric.per == .none {
      if metric.before != nil { leftOut.append((metric, "it is a level (per: none)")) }
      return nil
    }
    guard let (times, start, end) = try times(metric, from, to), !times.isZero else { return nil }
    var amount = metric.after.base
    if let before = metric.before?.base {
      amount = metric.direction == .up ? try amount - before : try before - amount
    }
    amount = try amount * metric.share * times
    if metric.after.dimension == .time { amount = try amount * metric.people }
    return Row(metric: metric, amount: amount, times: times, from: start, to: end)
  }

  private mutating func times(
    _ metric: Metric, _ from: CalendarDate?, _ to: CalendarDate
  ) throws(Rational.Overflow) -> (times: Rational, from: CalendarDate, to: CalendarDate)? {
    guard let begin = metric.since ?? metric.asOf else {
      leftOut.append((metric, "it does not say since when"))
      return nil
    }
    var start = begin.start
    if let from, from.start > start { start = from.start }
    var end = to
    if let until = metric.until, until < end { end = until.start }
    if metric.per == .once {
      let day = begin.start
      let isInside = day < to && (from.map { day >= $0.start } ?? true)
      return (isInside ? Rational(1) : .zero, day, day)
    }
    guard start < end else { return (.zero, start, end) }
    if metric.per == .run || metric.per == .item {
      guard let frequency = metric.frequency else {
        leftOut.append((metric, "it is per \(metric.per.rawValue) and has no frequency"))
        return nil
      }
      return (try frequency.count * Self.periods(frequency.per, start, end), start, end)
    }
    return (try Self.periods(metric.per, start, end), start, end)
  }

  /// How many of a period lie between two days, the second not included.
  static func periods(
    _ period: Period, _ start: CalendarDate, _ end: CalendarDate
  ) throws(Rational.Overflow) -> Rational {
    let days = Rational(end.firstDay - start.firstDay)
    switch period {
    case .second: return try days * Rational(86_400)
    case .minute: return try days * Rational(1440)
    case .hour: return try days * Rational(24)
    case .day: return days
    case .week: return try days / Rational(7)
    case .month: return try months(start, end)
    case .quarter: return try months(start, end) / Rational(3)
    case .year: return try months(start, end) / Rational(12)
    case .once, .run, .item, .none: return .zero
    }
  }

  /// Whole calendar months, and the days left over as a part of the month they begin.
  private static func months(
    _ start: CalendarDate, _ end: CalendarDate
  ) throws(Rational.Overflow) -> Rational {
    func moved(_ months: Int) -> CalendarDate {
      let index = start.monthIndex + months
      let (year, month) = (index / 12, index % 12 + 1)
      return CalendarDate(
        year: year, month: month,
        day: min(start.day ?? 1, CalendarDate.length(ofMonth: month, year)))
    }
    var whole = max(0, end.monthIndex - start.monthIndex)
    while whole > 0, moved(whole) > end { whole -= 1 }
    let anchor = moved(whole)
    let rest = end.firstDay - anchor.firstDay
    guard rest > 0 else { return Rational(whole) }
    let length = moved(whole + 1).firstDay - anchor.firstDay
    return try Rational(whole) + Rational(rest, max(1, length))
  }
}

extension MetricTotals.Sum {
  fileprivate var order: String {
    switch self {
    case .time: "0"
    case .money(let code): "1" + code
    case .bytesSaved: "2"
    case .bytesHandled: "3"
    }
  }
}
