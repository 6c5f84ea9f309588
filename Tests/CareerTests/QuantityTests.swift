import TestSupport
import Testing

@testable import Career

@Suite struct QuantityTests {
  @Test(arguments: [
    ("6h10m", "22200", "6 h 10 min"), ("42 min", "2520", "42 min"), ("1.5 h", "5400", "1.5 h"),
    ("9d", "777600", "9 days"), ("250ms", "0.25", "250 ms"), ("4.2 TB", "4200000000000", "4.2 TB"),
    ("1 KiB", "1024", "1 KiB"), ("1 kB", "1000", "1 kB"), ("€18,400", "18400", "€18,400"),
    ("18.4k EUR", "18400", "€18,400"), ("$2M", "2000000", "$2,000,000"), ("EUR 12", "12", "€12"),
    ("€4.20", "4.2", "€4.20"), ("1,240 CHF", "1240", "1,240 CHF"), ("4.1 %", "0.041", "4.1 %"),
    ("6 pp", "6", "6 points"), ("212", "212", "212"), ("−5", "-5", "−5"),
    ("1_000_000 rows", "1000000", "1,000,000 rows"),
  ])
  func quantitiesAreReadAsPeopleWriteThem(text: String, base: String, words: String) throws {
    let quantity = try QuantityReader.read(text)
    #expect(quantity.base.exact == base)
    #expect(quantity.words == words)
  }

  @Test(arguments: [
    ("4.2 TB/day", Period.day), ("310 GB per week", .week), ("40 requests/s", .second),
    ("€3/month", .month),
  ])
  func ratesKnowTheirPeriod(text: String, period: Period) throws {
    #expect(try QuantityReader.read(text).per == period)
  }

  @Test(arguments: [
    "", "fast", "12 parsecs", "1,5", "1.2.3", "6h10", "5 TB 3 h", "€5 min", "4 GB/fortnight",
    "12 x 5",
    "1,00,000", "99999999999999999999999", "5k min", "--5", "6 h 10 min 5 GB", ".", "1e9",
  ])
  func whatCanBeReadInTwoWaysIsRefused(text: String) {
    #expect(throws: QuantityReader.Problem.self) { try QuantityReader.read(text) }
  }

  @Test(arguments: [("mins", nil), ("GBs", "GB"), ("hourz", "hour"), ("requets", "requests")])
  func unknownUnitsNameTheOneThatWasMeant(name: String, meant: String?) {
    guard let meant else {
      #expect(Unit(named: name) != nil)
      return
    }
    let error = #expect(throws: QuantityReader.Problem.self) { try QuantityReader.unit(name) }
    #expect(error?.remedy.contains("Did you mean \(meant)?") == true)
  }

  @Test(arguments: [
    ("0.125", 2, "0.12"), ("0.135", 2, "0.14"), ("-88.645", 2, "-88.64"), ("2.5", 0, "2"),
    ("3.5", 0, "4"), ("-2.5", 0, "-2"), ("1995.333", 2, "1995.33"), ("0.004", 2, "0.00"),
  ])
  func decimalsRoundHalfToEven(text: String, decimals: Int, rounded: String) throws {
    let isNegative = text.hasPrefix("-")
    var value = try QuantityReader.number(isNegative ? String(text.dropFirst()) : text)
    if isNegative { value = try Rational.zero - value }
    #expect(value.decimal(decimals) == rounded)
  }

  @Test func comparisonNeverOverflows() throws {
    let large = try Rational(Int128.max / 3, over: Int128.max / 5)
    let other = try Rational(Int128.max / 7, over: Int128.max / 11)
    #expect(large > other)
    #expect(throws: Rational.Overflow.self) {
      try Rational(.max, over: 1) * Rational(.max, over: 3)
    }
  }

  @Test func orderAgreesWithSubtraction() throws {
    var generator = SeededGenerator.fresh()
    for _ in 0..<2000 {
      let a = try Rational(
        Int128(Int64.random(in: -9999...9999, using: &generator)),
        over: Int128(Int64.random(in: 1...999, using: &generator)))
      let b = try Rational(
        Int128(Int64.random(in: -9999...9999, using: &generator)),
        over: Int128(Int64.random(in: 1...999, using: &generator)))
      #expect((a < b) == (try a - b).isNegative, "\(generator)")
    }
  }
}
