public import Notes

/// Reads the `metrics:` of project notes.
///
///     metrics:
///       - id: etl-time            # once in the note; made from the name when absent
///         name: Nightly ETL duration
///         kind: processing_time   # data_volume cost time_saved throughput latency reliability …
///         before: 6h10m           # absent for a level
///         after: 42m
///         unit: min               # of bare numbers, and for derived values
///         direction: down         # which way is better; by default what the kind says
///         per: run                # once run item day week month quarter year none
///         frequency: 1/day        # how often, for per: run and item
///         since: 2025-03-01       # when the effect begins; until: when it ended
///         people: 2               # whose time was saved
///         share: 0.5              # your own part of it
///         basis: measured         # measured estimated reported
///         counts_toward: [hours]  # hours cost volume none; by default what the kind says
///         part_of: other-id       # never added twice
///         as_of: 2025-09-30
///         evidence: [{kind: url, ref: "https://…", note: dashboard}]
///         visibility: public      # public private redacted
///         action: incremental processing
///         wording: Cut the night's load to 42 minutes   # instead of the sentence made from the values
///
/// Strict: an unknown key or unit, a word that is none of those above and values that contradict
/// each other are problems with their place. Source of the arithmetic: ``MetricTotals``.
public struct MetricReader {
  static let keys = [
    "id", "name", "kind", "before", "after", "unit", "direction", "per", "frequency", "since",
    "until", "people", "share", "basis", "counts_toward", "part_of", "as_of", "evidence",
    "visibility", "action", "wording",
  ]

  private var reader: StrictReader
  private let path: String

  /// The metrics of one note, in the order in which they stand.
  public static func read(
    _ note: Note, language: String? = nil
  ) -> (metrics: [Metric], problems: [Problem]) {
    var reader = MetricReader(path: note.path.description, language: language)
    guard let list = note.frontMatter.root?["metrics"], !list.isNull else { return ([], []) }
    if list.text != nil || !list.entries.isEmpty {
      reader.reader.report(
        list, "metrics is a list", "Begin each metric with '- name:' on a line of its own.")
    }
    var metrics = list.items.compactMap { reader.metric($0) }
    var seen: Set<String> = []
    metrics = metrics.filter { metric in
      guard !seen.insert(metric.id).inserted else { return true }
      reader.reader.report(
        metric.position, "there are two metrics \(metric.id) in this note",
        "Give one of them another id.")
      return false
    }
    return (metrics, reader.reader.problems)
  }

  private init(path: String, language: String?) {
    self.path = path
    reader = StrictReader(path: path, language: language)
  }

  /// One metric, or nil when something about it is wrong; then a problem says what.
  private mutating func metric(_ node: YAMLNode) -> Metric? {
    let problemsBefore = reader.problems.count
    reader.check(node, keys: Self.keys, of: "a metric")
    guard !node.entries.isEmpty else { return nil }
    let name = reader.text(node, "name") ?? ""
    if name.isEmpty, node["name"]?.isNull != false {
      reader.report(node, "a metric has no name", "Add 'name: What was counted'.")
    }
    let id = reader.text(node, "id") ?? Slug.make(name) ?? ""
    let kind = reader.choice(node, "kind", Metric.Kind.self) ?? .custom
    let unit = self.unit(node)
    let before = quantity(node, "before", unit)
    let after = quantity(node, "after", unit)
    if node["after"] == nil || node["after"]?.isNull == true {
      reader.report(
        node, "the metric \(name) has no value",
        "Add 'after: 42 min', and 'before:' when something changed.")
    }
    let per = self.per(node, before, after)
    guard let after else { return nil }
    var metric = Metric(
      id: id, name: name, kind: kind, before: before, after: after, unit: unit,
      direction: reader.choice(node, "direction", Metric.Direction.self), per: per,
      frequency: frequency(node), since: reader.date(node, "since"),
      until: reader.date(node, "until"),
      people: number(node, "people", "more than 0") { $0 > .zero } ?? Rational(1),
      share: number(node, "share", "above 0 and at most 1") { $0 > .zero && $0 <= Rational(1) }
        ?? Rational(1),
      basis: reader.choice(node, "basis", Metric.Basis.self) ?? .reported,
      totals: [], partOf: reader.text(node, "part_of"), asOf: reader.date(node, "as_of"),
      evidence: evidence(node),
      visibility: reader.choice(node, "visibility", Metric.Visibility.self) ?? .public,
      action: reader.text(node, "action"), wording: reader.text(node, "wording"), note: path,
      position: node.position)
    metric.direction = metric.direction ?? Self.usualDirection(metric)
    metric.totals = totals(node, metric)
    checkContradictions(node, metric)
    return reader.problems.count == problemsBefore ? metric : nil
  }

  // MARK: - Values

  private mutating func unit(_ node: YAMLNode) -> Unit? {
    guard let text = reader.text(node, "unit"), let place = node["unit"] else { return nil }
    let name = text.split(separator: "/").first.map(String.init) ?? text
    do { return try QuantityReader.unit(name.trimmed) } catch {
      reader.report(place, error.message, error.remedy)
      return nil
    }
  }

  private mutating func quantity(_ node: YAMLNode, _ key: String, _ unit: Unit?) -> Quantity? {
    guard let text = reader.text(node, key), let place = node[key] else { return nil }
    do {
      let quantity = try QuantityReader.read(text, unit: unit)
      if let unit, quantity.dimension != unit.dimension {
        reader.report(
          place, "\(key) is \(quantity.dimension.name), but the unit is \(unit.symbol)",
          "Write \(key) in \(unit.symbol), or strike the unit.")
        return nil
      }
      return quantity
    } catch {
      reader.report(place, error.message, error.remedy)
      return nil
    }
  }

  private mutating func number(
    _ node: YAMLNode, _ key: String, _ range: String, _ isAllowed: (Rational) -> Bool
  ) -> Rational? {
    guard let text = reader.text(node, key), let place = node[key] else { return nil }
    if let value = try? QuantityReader.number(text), isAllowed(value) { return value }
    reader.report(place, "\(key) cannot be \(text)", "Write a number \(range).")
    return nil
  }

  private mutating func frequency(_ node: YAMLNode) -> Metric.Frequency? {
    guard let text = reader.text(node, "frequency"), let place = node["frequency"] else {
      return nil
    }
    if let quantity = try? QuantityReader.read(text), let per = quantity.per, per.isTime,
      case .count = quantity.dimension, quantity.base > .zero
    {
      return Metric.Frequency(count: quantity.base, per: per)
    }
    reader.report(place, "frequency cannot be \(text)", "Write how often: 1/day or 40/month.")
    return nil
  }

  /// The period of the values: that of `per`, or of the rate they are written as.
  private mutating func per(_ node: YAMLNode, _ before: Quantity?, _ after: Quantity?) -> Period {
    let written = reader.choice(node, "per", Period.self)
    if let before, let after, before.per != after.per {
      reader.report(
        node["before"] ?? node, "before is \(Self.rate(before)) and after is \(Self.rate(after))",
        "Write both over the same period.")
    }
    let own = after?.per ?? before?.per
    if let written, let own, written != own {
      reader.report(
        node["per"] ?? node, "the values are per \(own.rawValue), but per says \(written.rawValue)",
        "Strike 'per', or write the values without '/\(own.rawValue)'.")
    }
    return written ?? own ?? .none
  }

  private static func rate(_ quantity: Quantity) -> String {
    quantity.per.map { "per \($0.rawValue)" } ?? "no rate"
  }

  // MARK: - Meaning

  private static func usualDirection(_ metric: Metric) -> Metric.Direction? {
    switch metric.kind {
    case .processingTime, .cost, .timeSaved, .latency: .down
    case .throughput, .adoption: .up
    default: nil
    }
  }

  private mutating func totals(_ node: YAMLNode, _ metric: Metric) -> Set<Metric.Total> {
    let dimension = metric.after.dimension
    var isMoney = false
    if case .money = dimension { isMoney = true }
    guard let list = node["counts_toward"], !list.isNull else {
      switch metric.kind {
      case .processingTime, .timeSaved: return dimension == .time ? [.hours] : []
      case .cost: return isMoney ? [.cost] : []
      case .dataVolume: return dimension == .bytes ? [.volume] : []
      default: return []
      }
    }
    var totals: Set<Metric.Total> = []
    for item in list.items.isEmpty ? [list] : list.items {
      guard let text = item.text, let total = Metric.Total(rawValue: text) else {
        let names = Metric.Total.allCases.map(\.rawValue)
        let near = item.text.flatMap { Similar.closest(to: $0, among: names) }
        reader.report(
          item, "counts_toward cannot be \(item.text ?? "a list")",
          (near.map { "Did you mean \($0)? " } ?? "")
            + "It is one of \(names.joined(separator: ", ")).")
        continue
      }
      let fits =
        switch total {
        case .hours: dimension == .time
        case .cost: isMoney
        case .volume: dimension == .bytes
        case .none: true
        }
      if !fits {
        reader.report(
          item, "\(dimension.name) cannot count toward \(text)",
          "Strike it: hours are times, cost is money, volume is data.")
      } else if total != .none {
        totals.insert(total)
      }
    }
    return totals
  }

  private mutating func evidence(_ node: YAMLNode) -> [Metric.Evidence] {
    guard let list = node["evidence"] else { return [] }
    return list.items.compactMap { item in
      if let text = item.text {
        let isAddress = text.hasPrefix("https://") || text.hasPrefix("http://")
        return Metric.Evidence(
          kind: isAddress ? .url : .note, reference: text, note: nil, sha256: nil,
          position: item.position)
      }
      reader.check(item, keys: ["kind", "ref", "note", "sha256"], of: "evidence")
      guard let kind = reader.choice(item, "kind", Metric.Evidence.Kind.self) ?? nil,
        let reference = reader.text(item, "ref")
      else {
        reader.report(
          item, "evidence says neither what it is nor where",
          "Write {kind: url, ref: \"https://…\"}; kinds are url, commit, file, note.")
        return nil
      }
      return Metric.Evidence(
        kind: kind, reference: reference, note: reader.text(item, "note"), sha256: hash(item, kind),
        position: item.position)
    }
  }

  /// The hash that a file had when it was cited.
  private mutating func hash(_ item: YAMLNode, _ kind: Metric.Evidence.Kind) -> String? {
    guard let text = reader.text(item, "sha256"), let place = item["sha256"] else { return nil }
    let hash = text.lowercased()
    guard hash.utf8.count == 64, hash.allSatisfy(\.isHexDigit) else {
      reader.report(
        place, "sha256 is not a hash: \(text)",
        "Write the 64 digits that 'sha256sum FILE' prints, or strike it.")
      return nil
    }
    if kind != .file {
      reader.report(
        place, "only a file has a sha256, and this is a \(kind.rawValue)", "Strike 'sha256'.")
    }
    return hash
  }

  /// The symbols of two amounts of data of which one is decimal and the other binary.
  private static func mixed(_ before: Quantity, _ after: Quantity) -> (String, String)? {
    guard before.dimension == .bytes, let a = before.parts.first?.unit.symbol,
      let b = after.parts.first?.unit.symbol, a != "B", b != "B", a.contains("i") != b.contains("i")
    else { return nil }
    return (a, b)
  }

  private mutating func checkContradictions(_ node: YAMLNode, _ metric: Metric) {
    func place(_ key: String) -> YAMLNode { node[key] ?? node }
    if let before = metric.before {
      if before.dimension != metric.after.dimension {
        reader.report(
          place("before"),
          "before is \(before.dimension.name) and after is \(metric.after.dimension.name)",
          "Write both in the same kind of unit.")
      } else if let first = Self.mixed(before, metric.after) {
        reader.report(
          place("after"),
          "before is in \(first.0) and after in \(first.1): units of 1000 and of 1024 do not mix",
          "Write both in units of one kind, such as GB or GiB.")
      } else {
        do { _ = try MetricChange(metric) } catch {
          reader.report(
            place("before"),
            "the values of \(metric.name) are too far apart to be compared exactly",
            "Write them with fewer digits.")
        }
      }
    }
    let isBelowZero = metric.after.base.isNegative || metric.before?.base.isNegative == true
    switch metric.after.dimension {
    case .time, .bytes, .count:
      if isBelowZero {
        reader.report(
          place("after"), "\(metric.name) is below zero", "Write how much there is, not the change."
        )
      }
    default: break
    }
    if let since = metric.since, let until = metric.until, until < since {
      reader.report(
        place("until"), "until is \(until.iso), before since \(since.iso)", "Change one of them.")
    }
    if metric.frequency != nil, metric.per.isTime || metric.per == .once || metric.per == .none {
      reader.report(
        place("frequency"), "frequency has no meaning for figures per \(metric.per.rawValue)",
        "Strike it, or write 'per: run'.")
    }
    if metric.partOf == metric.id || metric.partOf == metric.reference {
      reader.report(place("part_of"), "\(metric.id) is part of itself", "Name the larger metric.")
    }
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
