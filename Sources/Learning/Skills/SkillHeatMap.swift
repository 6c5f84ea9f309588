public import Manuscript

/// Evidence by skill area and quarter.
public enum SkillHeatMap {
  /// - Parameter quarters: How many, the one of `day` being the last.
  public static func make(
    _ areas: [SkillArea], _ evidence: SkillEvidence, until day: CalendarDay, quarters: Int
  ) -> HeatMap {
    let columns = (0..<quarters).reversed().map {
      day.firstOfQuarter.adding(months: -3 * $0).quarter
    }
    var place: [String: Int] = [:]
    for (index, column) in columns.enumerated() { place[column] = index }
    let rows = areas.map { area in
      var values = [Int](repeating: 0, count: quarters)
      for piece in evidence.pieces(of: area.id) {
        guard let date = piece.date, let made = CalendarDay(startOf: date),
          let column = place[made.quarter]
        else { continue }
        values[column] += 1
      }
      return HeatMap.Row(label: area.id, group: area.roleTitle ?? "", values: values)
    }
    return HeatMap(
      title: "Evidence for each skill area by quarter", unit: "pieces of evidence",
      columns: columns, rows: rows)
  }
}

extension CalendarDay {
  /// The first day of its quarter.
  public var firstOfQuarter: CalendarDay {
    CalendarDay(year: parts.year, month: (parts.month - 1) / 3 * 3 + 1, day: 1)
  }
}
