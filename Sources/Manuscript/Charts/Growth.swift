/// How much there was of several things at the end of each month: notes by kind.
public struct Growth: Sendable, Equatable {
  public struct Series: Sendable, Equatable {
    public var label: String
    /// One value a column, 0 or more.
    public var values: [Int]

    public init(label: String, values: [Int]) {
      self.label = label
      self.values = values
    }
  }

  public var title: String
  /// What a value counts, in the plural: "notes".
  public var unit: String
  /// Months as `2026-03`, one after another.
  public var columns: [String]
  /// The first stands at the bottom.
  public private(set) var series: [Series]

  /// Each series gets as many values as there are columns: its last one goes on.
  public init(title: String, unit: String, columns: [String], series: [Series]) {
    self.title = title
    self.unit = unit
    self.columns = columns
    self.series = series.map { one in
      var one = one
      let last = one.values.last ?? 0
      while one.values.count < columns.count { one.values.append(last) }
      one.values = one.values.prefix(columns.count).map { max(0, $0) }
      return one
    }
  }

  /// Counts things by the month in which each came: what there was at the end of every month, from the
  /// first of them to `last`, at most `limit` months. Earlier ones count from the beginning.
  ///
  /// - Parameters:
  ///   - things: Label and month of each, the month counted from year 0.
  ///   - labels: The series from the bottom; those without things are left out.
  public init?(
    title: String, unit: String, things: [(label: String, month: Int)], labels: [String],
    last: Int, limit: Int = 36
  ) {
    let things = things.filter { $0.month <= last }
    guard let first = things.map(\.month).min() else { return nil }
    let start = max(first, last - limit + 1)
    let months = Array(start...last)
    let series = labels.compactMap { label -> Series? in
      let own = things.filter { $0.label == label }.map { max($0.month, start) }
      guard !own.isEmpty else { return nil }
      var added = [Int](repeating: 0, count: months.count)
      for month in own { added[month - start] += 1 }
      var sum = 0
      return Series(
        label: label,
        values: added.map {
          sum += $0
          return sum
        })
    }
    self.init(
      title: title, unit: unit, columns: months.map(Chart.month), series: series)
  }

  /// "1 note", "2 notes".
  public func counted(_ value: Int) -> String {
    "\(value) " + (value == 1 && unit.hasSuffix("s") ? String(unit.dropLast()) : unit)
  }

  /// The highest of all columns together.
  public var peak: Int {
    columns.indices.map { column in series.reduce(0) { $0 + $1.values[column] } }.max() ?? 0
  }
}

extension Chart {
  /// `2026-03` for a month counted from year 0.
  public static func month(_ index: Int) -> String {
    let month = index % 12 + 1
    return "\(index / 12)-\(month < 10 ? "0" : "")\(month)"
  }
}
