/// How much there is of something in each row and column: counts of evidence by skill area and
/// quarter, minutes of practice by weekday and week.
public struct HeatMap: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    public var label: String
    /// What the row belongs to; rows of one group stand together. May be empty.
    public var group: String
    /// One value a column, 0 or more.
    public var values: [Int]

    public init(label: String, group: String = "", values: [Int]) {
      self.label = label
      self.group = group
      self.values = values
    }
  }

  public var title: String
  /// What a value counts, in the plural: "pieces of evidence".
  public var unit: String
  public var columns: [String]
  public private(set) var rows: [Row]

  /// Each row gets as many values as there are columns.
  public init(title: String, unit: String, columns: [String], rows: [Row]) {
    self.title = title
    self.unit = unit
    self.columns = columns
    self.rows = rows.map { row in
      var row = row
      let missing = max(0, columns.count - row.values.count)
      row.values = Array(
        (row.values + Array(repeating: 0, count: missing)).prefix(columns.count))
      return row
    }
  }

  /// Steps of the ramp, nothing included.
  public static let steps = 5

  /// 0 for nothing to 4 for much.
  public static func step(_ value: Int) -> Int {
    switch value {
    case ..<1: 0
    case 1: 1
    case 2...3: 2
    case 4...6: 3
    default: 4
    }
  }

  /// The same as a table, for writers that draw nothing.
  public var table: Table {
    Table(
      header: [[]] + columns.map { .plain($0) },
      rows: rows.map { row in
        [.plain(row.label)] + row.values.map { .plain($0 == 0 ? "·" : String($0)) }
      }, numeric: Set(1..<(columns.count + 1)))
  }
}
