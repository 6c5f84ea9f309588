public import Notes

/// What one currency was worth in another, on a day: the `rates.yaml` of a vault.
///
///     - {from: USD, to: EUR, rate: 0.92, date: 2026-06-30, source: European Central Bank}
///
/// Nothing is ever turned into another currency without such a line.
public struct CurrencyRates: Sendable, Equatable {
  public struct Rate: Sendable, Equatable {
    public var from: String
    public var to: String
    /// So many of `to` for one of `from`.
    public var rate: Rational
    public var date: CalendarDate
    public var source: String?
  }

  public let rates: [Rate]

  public init(_ rates: [Rate]) { self.rates = rates }

  /// Reads the file; throws everything that is wrong with it.
  public static func read(_ bytes: [UInt8], path: String) throws(Problems) -> CurrencyRates {
    let root: YAMLNode?
    do throws(YAMLError) { root = try YAMLParser.parse(bytes) } catch {
      throw Problems([
        Problem(
          path, error.position, "the rates cannot be read: \(error.reason)", "Mend that line.")
      ])
    }
    var reader = StrictReader(path: path)
    if let root, !root.isNull, root.items.isEmpty {
      reader.report(
        root, "the rates are a list",
        "Write '- {from: USD, to: EUR, rate: 0.92, date: 2026-06-30}'.")
    }
    var rates: [Rate] = []
    for item in root?.items ?? [] {
      reader.check(item, keys: ["from", "to", "rate", "date", "source"], of: "a rate")
      let codes = ["from", "to"].map { key -> String? in
        guard let text = reader.text(item, key) else {
          reader.report(item, "a rate does not say \(key) which currency", "Add '\(key): EUR'.")
          return nil
        }
        let code = text.uppercased()
        guard Unit.currencies.contains(code) else {
          let near = Similar.closest(to: code, among: Unit.currencies)
          reader.report(
            item[key] ?? item, "\(text) is not a currency",
            (near.map { "Did you mean \($0)? " } ?? "") + "Write its ISO 4217 code, such as EUR.")
          return nil
        }
        return code
      }
      var rate: Rational?
      if let text = reader.text(item, "rate"), let value = try? QuantityReader.number(text),
        value > .zero
      {
        rate = value
      } else {
        reader.report(
          item["rate"] ?? item, "a rate has no number", "Add 'rate: 0.92', what one is worth.")
      }
      let date = reader.date(item, "date")
      if date == nil, item["date"]?.isNull != false {
        reader.report(item, "a rate has no date", "Add 'date: 2026-06-30', the day it held.")
      }
      if let from = codes[0], let to = codes[1], let rate, let date {
        rates.append(
          Rate(from: from, to: to, rate: rate, date: date, source: reader.text(item, "source")))
      }
    }
    guard reader.problems.isEmpty else { throw Problems(reader.problems) }
    return CurrencyRates(rates)
  }

  /// The newest rate between two currencies that is not later than `day`, the inverse of one the
  /// other way round included.
  public func rate(from: String, to: String, on day: CalendarDate) -> Rate? {
    let found = rates.compactMap { rate -> Rate? in
      guard rate.date.start <= day else { return nil }
      if rate.from == from, rate.to == to { return rate }
      guard rate.from == to, rate.to == from, let inverse = try? Rational(1) / rate.rate else {
        return nil
      }
      return Rate(from: from, to: to, rate: inverse, date: rate.date, source: rate.source)
    }
    return found.max { $0.date < $1.date }
  }

  /// Why several currencies could not become one.
  public enum Failure: Error, Equatable, Sendable {
    case noRate(from: String, to: String, on: CalendarDate)
    case overflow
  }

  /// What totals of money come to in one currency, with the rates that were used.
  public struct Sum: Sendable, Equatable {
    public var currency: String
    public var firm: Rational
    public var estimated: Rational
    public var used: [Rate]
  }

  /// Adds up the totals of every currency in one of them.
  public func sum(
    _ totals: MetricTotals, in currency: String, on day: CalendarDate
  ) throws(Failure) -> Sum {
    var sum = Sum(currency: currency, firm: .zero, estimated: .zero, used: [])
    for total in totals.totals {
      guard case .money(let code) = total.sum else { continue }
      var factor = Rational(1)
      if code != currency {
        guard let rate = rate(from: code, to: currency, on: day) else {
          throw .noRate(from: code, to: currency, on: day)
        }
        factor = rate.rate
        sum.used.append(rate)
      }
      do throws(Rational.Overflow) {
        sum.firm = try sum.firm + total.firm * factor
        sum.estimated = try sum.estimated + total.estimated * factor
      } catch {
        throw .overflow
      }
    }
    return sum
  }
}
