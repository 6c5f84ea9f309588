/// What a number counts.
public struct Unit: Hashable, Sendable {
  /// Units of one dimension can be turned into each other exactly; no others can.
  public enum Dimension: Hashable, Sendable {
    /// Base: one second.
    case time
    /// Base: one byte.
    case bytes
    /// Base: one unit of the currency, named by its ISO 4217 code. Currencies are never mixed.
    case money(String)
    /// Base: the whole; 1 % is a hundredth of it.
    case ratio
    /// Base: one percentage point. The difference of two percentages is in points, never in percent.
    case points
    /// Base: one; the word says of what, and may be empty.
    case count(String)

    /// The dimension in words, for messages.
    public var name: String {
      switch self {
      case .time: "a time"
      case .bytes: "an amount of data"
      case .money(let code): "money in \(code)"
      case .ratio: "a percentage"
      case .points: "percentage points"
      case .count(let noun): noun.isEmpty ? "a plain number" : "a number of \(noun)"
      }
    }
  }

  /// As people read it: `min`, `GB`, `%`; for money its ISO code.
  public let symbol: String
  public let dimension: Dimension
  /// How many of the base unit one of it is.
  public let factor: Rational

  /// A plain number.
  public static let one = Unit(symbol: "", dimension: .count(""), factor: Rational(1))
  public static let percent = Unit(symbol: "%", dimension: .ratio, factor: Rational(1, 100))
  public static let point = Unit(symbol: "points", dimension: .points, factor: Rational(1))
  public static let hour = Unit(symbol: "h", dimension: .time, factor: Rational(3600))

  public static func money(_ code: String) -> Unit {
    Unit(symbol: code, dimension: .money(code), factor: Rational(1))
  }

  /// The unit of a name, as people write it; nil when there is none.
  ///
  /// Case matters where it carries meaning (`MB`, `m`); names in full may be written in any case.
  public init?(named name: String) {
    if let unit = Self.table[name] ?? Self.table[name.lowercased()] {
      self = unit
    } else if Self.currencies.contains(name.uppercased()), name.count == 3 {
      self = .money(name.uppercased())
    } else if let code = Self.currencySigns[name] {
      self = .money(code)
    } else if Self.nouns.contains(name.lowercased()) {
      self = Unit(
        symbol: name.lowercased(), dimension: .count(name.lowercased()), factor: Rational(1))
    } else {
      return nil
    }
  }

  init(symbol: String, dimension: Dimension, factor: Rational) {
    self.symbol = symbol
    self.dimension = dimension
    self.factor = factor
  }

  /// Every name a unit can be written with, for messages that say what was meant.
  public static var names: [String] {
    Array(table.keys) + currencies + nouns
  }

  private static let table: [String: Unit] = {
    var table: [String: Unit] = ["%": .percent, "percent": .percent]
    func add(_ dimension: Dimension, _ factor: Rational, _ symbol: String, _ names: String...) {
      let unit = Unit(symbol: symbol, dimension: dimension, factor: factor)
      for name in names + [symbol] { table[name] = unit }
    }
    add(.time, Rational(1, 1_000_000_000), "ns", "nanosecond", "nanoseconds")
    add(.time, Rational(1, 1_000_000), "µs", "us", "μs", "microsecond", "microseconds")
    add(.time, Rational(1, 1000), "ms", "millisecond", "milliseconds")
    add(.time, Rational(1), "s", "sec", "second", "seconds")
    add(.time, Rational(60), "min", "m", "minute", "minutes", "mins")
    add(.time, Rational(3600), "h", "hr", "hrs", "hour", "hours")
    add(.time, Rational(86_400), "d", "day", "days")
    add(.time, Rational(604_800), "weeks", "w", "week")
    // The mean month and year of the Gregorian calendar; dates are reckoned by the calendar itself.
    add(.time, Rational(2_629_746), "months", "mo", "month")
    add(.time, Rational(31_556_952), "years", "y", "yr", "year")

    var decimal = 1
    var binary = 1
    add(.bytes, Rational(1), "B", "byte", "bytes")
    for letter in ["k", "M", "G", "T", "P", "E"] {
      decimal *= 1000
      binary *= 1024
      if letter == "k" {
        add(.bytes, Rational(decimal), "kB", "KB", "kilobytes")
        add(.bytes, Rational(binary), "KiB", "kibibytes")
      } else {
        add(.bytes, Rational(decimal), letter + "B")
        add(.bytes, Rational(binary), letter + "iB")
      }
    }
    add(.points, Rational(1), "points", "pp", "pt", "point")
    return table
  }()

  static let currencySigns: [String: String] = [
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₺": "TRY", "₩": "KRW", "₪": "ILS",
    "₫": "VND", "₴": "UAH", "₱": "PHP", "₦": "NGN", "฿": "THB", "₽": "RUB", "zł": "PLN",
  ]

  /// ISO 4217 codes that are in use.
  static let currencies: [String] =
    """
    AED AFN ALL AMD ARS AUD AZN BAM BBD BDT BGN BHD BND BOB BRL BWP BYN CAD CHF CLP CNY COP CRC CZK \
    DKK DOP DZD EGP ETB EUR FJD GBP GEL GHS GTQ HKD HNL HUF IDR ILS INR IQD ISK JMD JOD JPY KES KGS \
    KHR KRW KWD KZT LAK LBP LKR LYD MAD MDL MGA MKD MMK MNT MUR MXN MYR MZN NAD NGN NIO NOK NPR NZD \
    OMR PAB PEN PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SEK SGD THB TND TRY TTD TWD TZS UAH UGX USD \
    UYU UZS VES VND XAF XOF YER ZAR ZMW
    """.split(separator: " ").map(String.init)

  /// Things that projects count.
  static let nouns: Set<String> = [
    "alerts", "builds", "bugs", "calls", "commits", "customers", "dags", "dashboards",
    "deployments",
    "developers", "devices", "documents", "downloads", "engineers", "errors", "events", "failures",
    "features", "files", "incidents", "items", "jobs", "lines", "messages", "models", "nodes",
    "orders", "pages", "partners", "people", "pipelines", "pods", "queries", "records", "releases",
    "reports", "requests", "rows", "runs", "services", "sources", "stars", "students", "tables",
    "tasks", "teams", "tests", "tickets", "transactions", "users", "visits",
  ]
}

/// How often something happens, or that it does not repeat.
public enum Period: String, Hashable, Sendable, CaseIterable {
  case once, run, item, second, minute, hour, day, week, month, quarter, year, none

  /// Reads a period as people write it, in full or as a unit of time.
  public init?(named name: String) {
    switch name.lowercased() {
    case "s", "sec", "seconds": self = .second
    case "m", "min", "minutes": self = .minute
    case "h", "hr", "hours": self = .hour
    case "d", "days": self = .day
    case "w", "weeks": self = .week
    case "mo", "months": self = .month
    case "y", "yr", "years": self = .year
    case let name: self.init(rawValue: name)
    }
  }

  /// Whether it is a stretch of time.
  public var isTime: Bool {
    switch self {
    case .once, .run, .item, .none: false
    default: true
    }
  }
}
