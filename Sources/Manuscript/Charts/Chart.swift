/// A chart as data; a writer draws it, or says it in words.
public enum Chart: Sendable, Equatable {
  /// Pairs of bars, each pair on a scale of its own.
  case comparison([Comparison])
  /// Bars on one time axis.
  case timeline([Span], from: Int, to: Int)
  /// Cells that are darker the more there is.
  case heatMap(HeatMap)
  /// How much there was of several things, one on another, month by month.
  case growth(Growth)
  /// A cell a day, a column a week.
  case calendar(DayCalendar)
  /// What was planned for which month, and when it was reached.
  case milestones(MilestoneTrack)

  /// A value before and after.
  public struct Comparison: Sendable, Equatable {
    public var label: String
    public var before: String
    public var after: String
    /// The smaller value as a share of the larger, in thousandths: 0 to 1000.
    public var ratio: Int
    /// Whether the value fell.
    public var isFall: Bool
    /// `−89 %`; may be empty.
    public var change: String

    public init(
      label: String, before: String, after: String, ratio: Int, isFall: Bool, change: String
    ) {
      self.label = label
      self.before = before
      self.after = after
      self.ratio = min(1000, max(0, ratio))
      self.isFall = isFall
      self.change = change
    }
  }

  /// A stretch of time; months count from year 0, so that March 2025 is 2025 × 12 + 2.
  public struct Span: Sendable, Equatable {
    public var label: String
    public var from: Int
    /// The last month, included.
    public var to: Int
    public var dates: String
    /// 1 to 5, or nil.
    public var weight: Int?

    public init(label: String, from: Int, to: Int, dates: String, weight: Int? = nil) {
      self.label = label
      self.from = from
      self.to = max(from, to)
      self.dates = dates
      self.weight = weight
    }
  }
}
