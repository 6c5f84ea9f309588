public import Notes

/// One figure of a project: what it was, what it became, and how anybody knows.
public struct Metric: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case dataVolume = "data_volume"
    case processingTime = "processing_time"
    case cost
    case timeSaved = "time_saved"
    case throughput, latency, reliability, quality, adoption, count, custom
  }

  public enum Direction: String, Sendable, CaseIterable { case up, down }

  /// How the figure came about.
  public enum Basis: String, Sendable, CaseIterable { case measured, estimated, reported }

  public enum Visibility: String, Sendable, CaseIterable {
    case `public`, `private`
    /// The change in percent may be shown, the values may not.
    case redacted
  }

  /// A sum that a metric may enter.
  public enum Total: String, Sendable, CaseIterable { case hours, cost, volume, none }

  /// So many times a period: what turns a figure per run into one per year.
  public struct Frequency: Sendable, Equatable {
    public var count: Rational
    public var per: Period
  }

  public struct Evidence: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable { case url, commit, file, note }
    public var kind: Kind
    public var reference: String
    public var note: String?
    /// What the file's SHA-256 was when it was cited, in hexadecimal digits.
    public var sha256: String?
    public var position: TextPosition
  }

  public var id: String
  public var name: String
  public var kind: Kind
  /// Nil for a level: a figure without a past.
  public var before: Quantity?
  public var after: Quantity
  /// The unit that people and `--json` see derived values in; nil for that of the values.
  public var unit: Unit?
  /// Which way is better; nil when that is neither written nor clear from the kind.
  public var direction: Direction?
  public var per: Period
  public var frequency: Frequency?
  public var since: CalendarDate?
  public var until: CalendarDate?
  /// How many people's time was saved; 1 when not written.
  public var people: Rational
  /// The writer's own part, above 0 and at most 1.
  public var share: Rational
  public var basis: Basis
  /// The sums it enters; empty for none.
  public var totals: Set<Total>
  /// The metric that already contains this one, as `id` of the same note or `note/id`.
  public var partOf: String?
  public var asOf: CalendarDate?
  public var evidence: [Evidence]
  public var visibility: Visibility
  /// What was done, to go behind "by" or "with"; nil when not written.
  public var action: String?
  /// The sentence to say instead of the one made from the values; nil for that one.
  public var wording: String?

  /// The path of its note inside the vault.
  public var note: String
  /// Where it begins in the note.
  public var position: TextPosition

  /// `nightly-warehouse-load/etl-time`: its name among all metrics of the vault.
  public var reference: String { Self.stem(note) + "/" + id }

  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".md") ? String(name.dropLast(3)) : name
  }
}

/// What follows from the values of a metric; never stored.
public struct MetricChange: Sendable, Equatable {
  /// After less before, in the base unit; for percentages in points.
  public let delta: Rational
  /// Delta as a share of before, times 100; nil from 0, and for percentages, of which the change is
  /// said in points.
  public let percent: Rational?
  /// How many times the smaller goes into the larger, 1 or more; nil when one of them is 0.
  public let factor: Rational?
  /// Whether it went the better way; nil when that is not known, or nothing changed.
  public let isBetter: Bool?

  init?(_ metric: Metric) throws(Rational.Overflow) {
    guard let before = metric.before?.base else { return nil }
    let after = metric.after.base
    let difference = try after - before
    let hundred = Rational(100)
    if metric.after.dimension == .ratio {
      delta = try difference * hundred
      percent = nil
    } else {
      delta = difference
      percent = before.isZero ? nil : try difference / before.magnitude * hundred
    }
    if before.isZero || after.isZero || before.isNegative != after.isNegative {
      factor = nil
    } else {
      let (large, small) = (
        max(before.magnitude, after.magnitude), min(before.magnitude, after.magnitude)
      )
      factor = try large / small
    }
    isBetter =
      difference.isZero
      ? nil : metric.direction.map { ($0 == .down) == difference.isNegative }
  }
}

extension Metric {
  /// What changed; nil for a level. Values were checked when the metric was read.
  public var change: MetricChange? { try? MetricChange(self) }
}
