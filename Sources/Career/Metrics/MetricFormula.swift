/// How a sum came about, for somebody who wants to check it.
extension MetricTotals.Row {
  /// `(6 h 10 min − 42 min) × 365 runs × 2 people = 3,991 h`.
  public func formula(_ sum: MetricTotals.Sum) -> String {
    let after = metric.after.words
    var text = after
    if let before = metric.before?.words {
      text = metric.direction == .up ? "(\(after) − \(before))" : "(\(before) − \(after))"
    }
    if metric.per != .once { text += " × " + timesWords }
    if metric.share < Rational(1) { text += " × \(metric.share.written) (my part)" }
    if metric.after.dimension == .time, metric.people != Rational(1) {
      text += " × \(metric.people.written) people"
    }
    return text + " = " + sum.words(amount)
  }

  /// `365 runs (1 a day)`, `10.97 months`.
  private var timesWords: String {
    let number = times.rounded(significant: 4)
    let noun =
      switch metric.per {
      case .run: "run"
      case .item: "item"
      default: metric.per.rawValue
      }
    let words = number + " " + noun + (number == "1" ? "" : "s")
    guard let frequency = metric.frequency else { return words }
    return words + " (\(frequency.count.written) a \(frequency.per.rawValue))"
  }

  /// `2025-03-01 to 2026-02-28`, both days included; one day for what happened once.
  public var stretch: String {
    metric.per == .once ? from.iso : "\(from.iso) to \(to.before.iso)"
  }
}

extension CalendarDate {
  /// The day before; for first days only.
  var before: CalendarDate {
    let day = self.day ?? 1
    if day > 1 { return CalendarDate(year: year, month: month ?? 1, day: day - 1) }
    let (year, month) = (month ?? 1) > 1 ? (year, (month ?? 1) - 1) : (year - 1, 12)
    return CalendarDate(year: year, month: month, day: Self.length(ofMonth: month, year))
  }
}

extension Metric {
  /// What its change is reckoned from, for a metric alone: `(6,070 − 18,400) ÷ 18,400 = −67 %`.
  public var changeFormula: String {
    guard let before, let change, !change.delta.isZero else { return "" }
    let unit = after.parts.last?.unit ?? .one
    guard let old = try? before.value(in: unit), let new = try? after.value(in: unit) else {
      return ""
    }
    if after.dimension == .ratio {
      return "\(after.words) − \(before.words) = \(changeWords)"
    }
    guard change.percent != nil else { return "" }
    let factor = factorWords.isEmpty ? "" : ", " + factorWords
    let symbol = unit.symbol.isEmpty ? "" : " in \(unit.symbol)"
    return
      "(\(new.written) − \(old.written)) ÷ \(old.written)\(symbol) = \(changeWords)\(factor)"
  }
}
