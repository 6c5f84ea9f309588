/// Metrics in words and figures.
extension Metric {
  /// The period behind a value: `a month`, or nothing.
  var periodWords: String { per.isTime ? " a \(per.rawValue)" : "" }

  /// `6 h 10 min → 42 min`, or the level alone, with the period.
  public var valueWords: String {
    let after = after.words + periodWords
    return before.map { $0.words + " → " + after } ?? after
  }

  /// `−89 %`, `−3.8 points`, `from 0`; empty for a level and when nothing changed.
  public var changeWords: String {
    guard let change, !change.delta.isZero else { return "" }
    if after.dimension == .ratio {
      return change.delta.signed(change.delta.rounded()) + " points"
    }
    guard let percent = change.percent else { return "from 0" }
    return percent.signed(Self.percentWords(percent)) + " %"
  }

  /// Whole percents, with decimals as long as rounding would claim all or nothing.
  private static func percentWords(_ percent: Rational) -> String {
    for decimals in 0...3 {
      let text = percent.magnitude.decimal(decimals)
      let isHundred = text.hasPrefix("100") && percent.magnitude != Rational(100)
      let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
      if !(isHundred && percent.isNegative), !isZero { return grouped(text) }
    }
    return grouped(percent.magnitude.decimal(3))
  }

  private static func grouped(_ text: String) -> String {
    guard let value = try? QuantityReader.number(text) else { return text }
    return value.written
  }

  /// `8.81×`; empty below 1.5 and when it cannot be said.
  public var factorWords: String {
    guard let factor = change?.factor, factor >= Rational(3, 2) else { return "" }
    return factor.rounded() + "×"
  }
}

extension Rational {
  /// `text` with the sign of this number in front, a true minus for negative ones.
  func signed(_ text: String) -> String {
    let bare = text.hasPrefix("−") || text.hasPrefix("-") ? String(text.dropFirst()) : text
    return (isNegative ? "−" : "+") + bare
  }
}

extension MetricTotals.Sum {
  /// A word for the sum: `hours`, `cost:EUR`, `volume-saved`, `volume-handled`.
  public var name: String {
    switch self {
    case .time: "hours"
    case .money(let code): "cost:" + code
    case .bytesSaved: "volume-saved"
    case .bytesHandled: "volume-handled"
    }
  }

  /// What the sum means, for a line of a list.
  public var label: String {
    switch self {
    case .time: "time saved"
    case .money: "cost saved"
    case .bytesSaved: "data no longer moved"
    case .bytesHandled: "data handled"
    }
  }

  /// The unit that `--json` gives the sum in.
  public var unit: Unit {
    switch self {
    case .time: .hour
    case .money(let code): .money(code)
    case .bytesSaved, .bytesHandled: Unit(named: "B") ?? .one
    }
  }

  /// An amount of the base unit for people, with three significant digits where it has decimals.
  public func words(_ amount: Rational) -> String {
    switch self {
    case .time:
      guard let hours = try? amount / Rational(3600) else { return "" }
      return hours.magnitude < Rational(10)
        ? hours.rounded() + " h" : hours.decimalGrouped(0) + " h"
    case .money(let code):
      return Quantity.money(amount.decimalGrouped(0), code)
    case .bytesSaved, .bytesHandled:
      var (value, symbol) = (amount, "B")
      for next in ["kB", "MB", "GB", "TB", "PB", "EB"] {
        guard value.magnitude >= Rational(1000), let smaller = try? value / Rational(1000) else {
          break
        }
        (value, symbol) = (smaller, next)
      }
      return value.rounded() + " " + symbol
    }
  }
}

extension Rational {
  /// With so many decimals and thousands apart; zeros at the end go unless they are to be kept.
  func decimalGrouped(_ decimals: Int, keepingZeros: Bool = false) -> String {
    let text = decimal(decimals)
    guard let value = try? QuantityReader.number(text) else { return text }
    guard keepingZeros, let point = text.firstIndex(of: ".") else { return value.written }
    return String(value.written.prefix { $0 != "." }) + String(text[point...])
  }
}
