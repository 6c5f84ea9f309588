internal import Notes

/// Reads quantities as people write them.
///
///     6h10m   42 min   1.5 h          a time; parts are added
///     4.2 TB/day   310 GB per day     a rate
///     €18,400   18.4k EUR   $2M       money; k, M and bn are thousands, millions, thousand millions
///     4.1 %   6 pp                    a percentage, percentage points
///     212   1,240 requests/s          a number, of something
///
/// A comma parts thousands and nothing else; the decimal mark is a point.
struct QuantityReader {
  /// Why a text is no quantity, and what to write instead.
  struct Problem: Error, Equatable {
    var message: String
    var remedy: String
  }

  /// Longest text that is looked at, in bytes.
  static let maximumLength = 100

  private let text: String
  private var rest: Substring

  private init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  /// - Parameter unit: The unit of a bare number.
  static func read(_ text: String, unit: Unit? = nil) throws(Problem) -> Quantity {
    guard text.utf8.count <= maximumLength else {
      throw Problem(message: "this is too long for a value", remedy: "Write a number and its unit.")
    }
    var reader = QuantityReader(text)
    return try reader.quantity(unit)
  }

  /// A bare number such as `1`, `0.5` or `12,000`.
  static func number(_ text: String) throws(Problem) -> Rational {
    var reader = QuantityReader(text)
    reader.skipSpaces()
    let value = try reader.signedNumber()
    reader.skipSpaces()
    guard reader.rest.isEmpty else {
      throw Problem(message: "\(text) is not a number", remedy: "Write digits, such as 0.5.")
    }
    return value
  }

  private mutating func quantity(_ bare: Unit?) throws(Problem) -> Quantity {
    var parts: [Quantity.Part] = []
    skipSpaces()
    let isNegative = takeSign()
    var currency = takeCurrency()
    if currency != nil { skipSpaces() }
    repeat {
      var value = try number()
      let scale = takeScale()
      if let scale { value = try exactly { () throws(Rational.Overflow) in try value * scale } }
      skipSpaces()
      if currency == nil { currency = takeCurrency() }
      let unit: Unit
      if let currency {
        unit = currency
      } else if let name = takeName() {
        unit = try Self.unit(name)
      } else {
        guard parts.isEmpty else {
          throw Problem(
            message: "\(text) ends with a number that has no unit",
            remedy: "Write 6h10m or 6 h 10 min.")
        }
        unit = bare ?? .one
      }
      if scale != nil, unit.dimension == .time || unit.dimension == .bytes {
        throw Problem(
          message: "\(text) has a factor and a unit of its own",
          remedy: "Use the unit alone, such as 18 GB.")
      }
      if let first = parts.first, first.unit.dimension != .time || unit.dimension != .time {
        throw Problem(
          message: "\(text) has two units that do not belong together",
          remedy: "Only times have parts, such as 6h10m.")
      }
      parts.append(.init(value: value, unit: unit))
      skipSpaces()
    } while rest.first?.isASCIIDigit == true && parts.count < 4
    let per = try takePeriod()
    guard rest.isEmpty else {
      throw Problem(
        message: "\(text): \(rest) is not understood",
        remedy: "Write a number and its unit, such as 42 min, 4.2 TB/day, €18,400 or 4.1 %.")
    }
    if isNegative {
      for index in parts.indices {
        parts[index].value = try exactly { () throws(Rational.Overflow) in
          try Rational.zero - parts[index].value
        }
      }
    }
    return try exactly { () throws(Rational.Overflow) in try Quantity(parts: parts, per: per) }
  }

  private func exactly<T>(
    _ reckon: () throws(Rational.Overflow) -> T
  ) throws(Problem) -> T {
    do { return try reckon() } catch {
      throw Problem(
        message: "\(text) is too large or too fine to be reckoned with exactly",
        remedy: "Write it in a larger unit, with fewer decimals.")
    }
  }

  private mutating func skipSpaces() {
    while let first = rest.first, first == " " || first == "\u{A0}" || first == "\u{202F}" {
      rest.removeFirst()
    }
  }

  private mutating func takeSign() -> Bool {
    guard let first = rest.first, "+-−".contains(first) else { return false }
    rest.removeFirst()
    return first != "+"
  }

  private mutating func signedNumber() throws(Problem) -> Rational {
    let isNegative = takeSign()
    let value = try number()
    return isNegative
      ? try exactly { () throws(Rational.Overflow) in try Rational.zero - value } : value
  }

  private mutating func number() throws(Problem) -> Rational {
    let written = rest.prefix { $0.isASCIIDigit || $0 == "." || $0 == "," || $0 == "_" }
    rest = rest.dropFirst(written.count)
    let halves = written.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = halves.first, halves.count <= 2, !whole.isEmpty || halves.count == 2,
      halves.count == 1 || !halves[1].isEmpty
    else {
      throw Problem(
        message: "\(text) does not begin with a number",
        remedy: "Write a number and its unit, such as 42 min, 4.2 TB/day, €18,400 or 4.1 %.")
    }
    let separator: Character = whole.contains("_") ? "_" : ","
    let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
    let isGrouped = groups.count > 1
    guard groups.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      !isGrouped
        || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }),
      halves.count == 1 || halves[1].allSatisfy(\.isASCIIDigit)
    else {
      throw Problem(
        message: "the number \(written) can be read in two ways",
        remedy: "Part thousands with a comma and decimals with a point: 18,400 or 1.5.")
    }
    let digits = groups.joined() + (halves.count == 2 ? String(halves[1]) : "")
    var scale: Int128 = 1
    for _ in 0..<(halves.count == 2 ? min(halves[1].count, 20) : 0) { scale *= 10 }
    guard digits.count <= 20, let value = Int128(digits) else {
      throw Problem(
        message: "\(written) has more digits than a measurement",
        remedy: "Write it in a larger unit, with fewer decimals.")
    }
    return try exactly { () throws(Rational.Overflow) in try Rational(value, over: scale) }
  }

  /// `k`, `M` or `bn` directly behind a number and not the beginning of a unit.
  private mutating func takeScale() -> Rational? {
    let letters = rest.prefix { $0.isLetter }
    let scale: Int
    switch letters {
    case "k", "K": scale = 1000
    case "M": scale = 1_000_000
    case "bn": scale = 1_000_000_000
    default: return nil
    }
    rest = rest.dropFirst(letters.count)
    return Rational(scale)
  }

  /// A sign of a currency, or an ISO code in front of a number.
  private mutating func takeCurrency() -> Unit? {
    for (sign, code) in Unit.currencySigns where rest.hasPrefix(sign) {
      rest = rest.dropFirst(sign.count)
      return .money(code)
    }
    let letters = rest.prefix { $0.isLetter }
    guard letters.count == 3, Unit.currencies.contains(String(letters)) else { return nil }
    rest = rest.dropFirst(3)
    return .money(String(letters))
  }

  private mutating func takeName() -> String? {
    if rest.first == "%" {
      rest.removeFirst()
      return "%"
    }
    let letters = rest.prefix { $0.isLetter || $0 == "µ" }
    guard !letters.isEmpty, letters != "per" else { return nil }
    rest = rest.dropFirst(letters.count)
    return String(letters)
  }

  static func unit(_ name: String) throws(Problem) -> Unit {
    guard let unit = Unit(named: name) else {
      let near = Similar.closest(to: name, among: Unit.names)
      throw Problem(
        message: "\(name) is not a unit that folio knows",
        remedy: (near.map { "Did you mean \($0)? " } ?? "")
          + "There are times (s min h d), data (kB MB GB TB, KiB MiB …), money (€ or EUR …), % and pp, "
          + "and counts (files, requests, users …); a plain number needs no unit.")
    }
    return unit
  }

  private mutating func takePeriod() throws(Problem) -> Period? {
    guard rest.first == "/" || rest.hasPrefix("per ") else { return nil }
    rest = rest.dropFirst(rest.first == "/" ? 1 : 4)
    skipSpaces()
    let name = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(name.count)
    skipSpaces()
    guard let period = Period(named: String(name)), period != .none, period != .once else {
      let near = Similar.closest(to: String(name), among: Period.allCases.map(\.rawValue))
      throw Problem(
        message: "\(name) is not a period",
        remedy: (near.map { "Did you mean \($0)? " } ?? "")
          + "Write /second, /minute, /hour, /day, /week, /month, /quarter, /year, /run or /item.")
    }
    return period
  }
}

extension Character {
  var isASCIIDigit: Bool { self >= "0" && self <= "9" }
}
