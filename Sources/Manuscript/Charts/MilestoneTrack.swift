/// Milestones on an axis of months: when each was planned and when it was reached.
public struct MilestoneTrack: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    public var label: String
    /// What it belongs to; items of one group stand together. May be empty.
    public var group: String
    /// Months from the start; nil when none is named.
    public var planned: Int?
    /// Months from the start; nil when it is still to come, or has no date.
    public var reached: Int?
    public var isDone: Bool

    public init(
      label: String, group: String = "", planned: Int?, reached: Int?, isDone: Bool
    ) {
      self.label = label
      self.group = group
      self.planned = planned
      self.reached = reached
      self.isDone = isDone
    }
  }

  public var title: String
  /// The month in which the reader stands.
  public var now: Int
  public var items: [Item]

  public init(title: String, now: Int, items: [Item]) {
    self.title = title
    self.now = now
    self.items = items
  }

  /// The last month of the axis, a full half year.
  public var end: Int {
    let last = (items.flatMap { [$0.planned, $0.reached].compactMap { $0 } } + [now]).max() ?? 0
    return max(6, (last + 5) / 6 * 6)
  }

  /// How an item stands, in a few words.
  public func words(_ item: Item) -> String {
    let plan = item.planned.map { "planned for month \($0)" }
    guard item.isDone else {
      let isLate = item.planned.map { $0 < now } ?? false
      return [plan ?? "no month", isLate ? "overdue" : "to come"].joined(separator: ", ")
    }
    let reached = item.reached.map { "reached in month \($0)" } ?? "reached"
    return [plan, reached].compactMap { $0 }.joined(separator: ", ")
  }
}
