/// A number with its unit, as somebody wrote it: `6h10m`, `4.2 TB/day`, `€18,400`, `4.1 %`.
public struct Quantity: Hashable, Sendable {
  public struct Part: Hashable, Sendable {
    public var value: Rational
    public var unit: Unit
  }

  /// One part, or several for a time in hours and minutes; all of one dimension.
  public let parts: [Part]
  /// The value in the base unit of its dimension.
  public let base: Rational
  /// The period of a rate: day for `4.2 TB/day`.
  public let per: Period?

  public init(parts: [Part], per: Period? = nil) throws(Rational.Overflow) {
    var sum = Rational.zero
    for part in parts { sum = try sum + part.value * part.unit.factor }
    self.parts = parts
    self.per = per
    base = sum
  }

  public init(_ value: Rational, _ unit: Unit, per: Period? = nil) throws(Rational.Overflow) {
    try self.init(parts: [Part(value: value, unit: unit)], per: per)
  }

  public var dimension: Unit.Dimension { parts.first?.unit.dimension ?? .count("") }

  /// The value in a unit of the same dimension.
  public func value(in unit: Unit) throws(Rational.Overflow) -> Rational { try base / unit.factor }
}

extension Quantity {
  /// The quantity for people, with the unit it was written in: `6 h 10 min`, `€18,400`, `4.2 TB`.
  /// The period of a rate is left to the sentence around it.
  public var words: String {
    parts.map { part in
      var number = part.value.written
      // Money has either no decimals or all of them.
      if case .money = part.unit.dimension, number.contains(".") {
        number = part.value.decimalGrouped(2, keepingZeros: true)
      }
      return Self.words(number, part.unit)
    }.joined(separator: " ")
  }

  /// The quantity with the period of its rate: `4.2 TB/day`.
  public var wordsWithRate: String { per.map { words + "/" + $0.rawValue } ?? words }

  /// A number that is already text, with its unit.
  static func words(_ number: String, _ unit: Unit) -> String {
    switch unit.dimension {
    case .money(let code): money(number, code)
    case .count(""): number
    case .time where unit.symbol == "d": number + (number == "1" ? " day" : " days")
    default: number + " " + unit.symbol
    }
  }

  /// Money with the sign of its currency in front where everybody knows the sign, else with its code
  /// behind.
  static func money(_ number: String, _ code: String) -> String {
    let signs = ["EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"]
    guard let sign = signs[code] else { return number + " " + code }
    return number.hasPrefix("−") ? "−" + sign + number.dropFirst() : sign + number
  }
}
