/// An exact fraction: what metrics are reckoned with, so that no sum is ever off by a cent.
///
/// Always in lowest terms with a positive denominator. Operations throw ``Overflow`` when a result
/// needs more than 127 bits, which no figure of a real project does.
public struct Rational: Hashable, Comparable, Sendable {
  /// A result too large to be held exactly.
  public struct Overflow: Error, Equatable, Sendable {}

  public let numerator: Int128
  public let denominator: Int128

  public static let zero = Rational(0)

  public init(_ whole: Int) {
    numerator = Int128(whole)
    denominator = 1
  }

  private init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// `numerator / denominator`; throws when the denominator is 0.
  public init(_ numerator: Int128, over denominator: Int128) throws(Overflow) {
    guard denominator != 0, numerator != .min, denominator != .min else { throw Overflow() }
    let divisor = max(1, Self.commonDivisor(numerator.magnitude, denominator.magnitude))
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(
      reduced: sign * numerator / Int128(divisor), sign * denominator / Int128(divisor))
  }

  /// For constants of the program, whose parts are small.
  init(_ numerator: Int, _ denominator: Int) {
    let divisor = Int128(
      max(1, Self.commonDivisor(Int128(numerator).magnitude, Int128(denominator).magnitude)))
    self.init(reduced: Int128(numerator) / divisor, Int128(denominator) / divisor)
  }

  private static func commonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  public var isZero: Bool { numerator == 0 }
  public var isNegative: Bool { numerator < 0 }
  public var magnitude: Rational {
    isNegative ? Rational(reduced: -numerator, denominator) : self
  }

  private static func times(_ a: Int128, _ b: Int128) throws(Overflow) -> Int128 {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    guard !overflow else { throw Overflow() }
    return value
  }

  public static func + (a: Rational, b: Rational) throws(Overflow) -> Rational {
    let (sum, overflow) = try times(a.numerator, b.denominator)
      .addingReportingOverflow(try times(b.numerator, a.denominator))
    guard !overflow else { throw Overflow() }
    return try Rational(sum, over: try times(a.denominator, b.denominator))
  }

  public static func - (a: Rational, b: Rational) throws(Overflow) -> Rational {
    try a + Rational(reduced: -b.numerator, b.denominator)
  }

  public static func * (a: Rational, b: Rational) throws(Overflow) -> Rational {
    // Crosswise reduction keeps the parts small.
    let left = try Rational(a.numerator, over: b.denominator)
    let right = try Rational(b.numerator, over: a.denominator)
    return Rational(
      reduced: try times(left.numerator, right.numerator),
      try times(left.denominator, right.denominator))
  }

  /// Throws also for a division by zero; ask ``isZero`` first.
  public static func / (a: Rational, b: Rational) throws(Overflow) -> Rational {
    guard !b.isZero else { throw Overflow() }
    return try a * Rational(b.denominator, over: b.numerator)
  }

  public static func < (a: Rational, b: Rational) -> Bool {
    // Whole parts first; then the reciprocals of the rests, as in Euclid's algorithm: never larger.
    var (a, b) = (a, b)
    while true {
      let (wholeA, wholeB) = (a.floor, b.floor)
      if wholeA != wholeB { return wholeA < wholeB }
      let restA = a.numerator - wholeA * a.denominator
      let restB = b.numerator - wholeB * b.denominator
      if restB == 0 { return false }
      if restA == 0 { return true }
      (a, b) = (
        Rational(reduced: b.denominator, restB), Rational(reduced: a.denominator, restA)
      )
    }
  }

  private var floor: Int128 {
    let whole = numerator / denominator
    return numerator % denominator < 0 ? whole - 1 : whole
  }
}

extension Rational {
  /// The value with so many decimals, half to even, without grouping: `-88.65`.
  ///
  /// - Parameter decimals: 0 to 12.
  public func decimal(_ decimals: Int) -> String {
    var scale: Int128 = 1
    for _ in 0..<min(12, max(0, decimals)) { scale *= 10 }
    // Parts of up to 80 bits leave room for the scale; a value beyond it is shown without decimals.
    let (scaled, overflow) = numerator.multipliedReportingOverflow(by: scale)
    guard !overflow else { return String(numerator / denominator) }
    var (quotient, rest) = scaled.quotientAndRemainder(dividingBy: denominator)
    let doubled = rest.magnitude > UInt128.max / 2 ? UInt128.max : rest.magnitude * 2
    if doubled > denominator.magnitude || (doubled == denominator.magnitude && quotient % 2 != 0) {
      quotient += rest < 0 || (rest == 0 && isNegative) ? -1 : 1
    }
    rest = 0
    let digits = String(quotient.magnitude)
    let sign = quotient < 0 ? "-" : ""
    guard scale > 1 else { return sign + digits }
    let padded =
      String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// All of its decimals when there are at most twelve, without zeros at the end: what `--json`
  /// gives. A value with more is rounded to twelve.
  public var exact: String {
    let text = decimal(12)
    var digits = text[...]
    guard digits.contains(".") else { return text }
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return digits == "-0" ? "0" : String(digits)
  }

  /// For people: so many significant digits at most, thousands apart with commas, no zeros at the
  /// end. Whole numbers keep all of their digits.
  public func rounded(significant: Int = 3) -> String {
    var decimals = 0
    let size = magnitude
    if denominator != 1 {
      let whole = String(size.floor)
      if whole != "0" {
        decimals = max(0, significant - whole.count)
      } else {
        let digits = size.decimal(12).dropFirst(2)
        decimals = min(12, digits.prefix { $0 == "0" }.count + significant)
      }
    }
    var text = decimal(decimals)
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return Self.grouped(text == "-0" ? "0" : text)
  }

  /// All digits, thousands apart with commas: a number as somebody wrote it.
  public var written: String { Self.grouped(exact) }

  private static func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "−" : ""
    let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (index, digit) in (parts.first ?? "0").reversed().enumerated() {
      if index > 0, index % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    return sign + String(whole.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
  }
}
