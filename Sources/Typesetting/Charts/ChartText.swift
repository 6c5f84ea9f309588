public import Manuscript

/// A chart as lines of text: for a terminal, a README, a mail. Signs of one column each.
public struct ChartText {
  private let chart: Chart
  private let width: Int

  /// - Parameter width: Columns that a line may have; names give way first.
  public init(_ chart: Chart, width: Int = 78) {
    self.chart = chart
    self.width = max(40, width)
  }

  private static let shades = ["·", "░", "▒", "▓", "█"]

  public func lines() -> [String] {
    switch chart {
    case .comparison(let pairs): comparison(pairs)
    case .timeline(let spans, let from, let to): timeline(spans, from, to)
    case .heatMap(let map): heatMap(map)
    case .growth(let growth): self.growth(growth)
    case .calendar(let calendar): self.calendar(calendar)
    case .milestones(let track): milestones(track)
    }
  }

  private func comparison(_ pairs: [Chart.Comparison]) -> [String] {
    let words = pairs.flatMap { [$0.before, $0.after] }.map(\.count).max() ?? 0
    let room = max(10, min(48, width - words - 4))
    return pairs.enumerated().flatMap { index, pair -> [String] in
      let small = max(1, pair.ratio * room / 1000)
      let (before, after) = pair.isFall ? (room, small) : (small, room)
      return (index > 0 ? [""] : []) + [
        pair.label + (pair.change.isEmpty ? "" : "  \(pair.change)"),
        Self.repeated("░", before) + " " + pair.before,
        Self.repeated("█", after) + " " + pair.after,
      ]
    }
  }

  private func timeline(_ spans: [Chart.Span], _ from: Int, _ to: Int) -> [String] {
    let dates = spans.map(\.dates.count).max() ?? 0
    let names = min(34, spans.map(\.label.count).max() ?? 0)
    let room = max(12, width - names - dates - 4)
    let months = max(1, to - from + 1)
    func place(_ month: Int) -> Int { (month - from) * room / months }
    var head = [Character](repeating: " ", count: room)
    var free = 0
    for month in from...max(from, to) where month % 12 == 0 {
      let at = place(month)
      guard at >= free, at + 4 <= room else { continue }
      for (offset, digit) in String(month / 12).enumerated() { head[at + offset] = digit }
      free = at + 5
    }
    let indent = Self.repeated(" ", names + dates + 4)
    return [Self.trimmed(indent + String(head))]
      + spans.map { span in
        let start = place(span.from)
        let end = max(start + 1, place(span.to + 1))
        return Self.padded(Self.cut(span.label, names), names) + "  "
          + Self.padded(span.dates, dates) + "  " + Self.repeated("─", start)
          + Self.repeated("█", end - start) + Self.repeated("─", room - end)
      }
  }

  private func heatMap(_ map: HeatMap) -> [String] {
    let names = map.rows.flatMap { [$0.label.count, $0.group.count] }.max() ?? 0
    var years = ""
    var last = ""
    let parts = map.columns.map { $0.split(separator: "-", maxSplits: 1).map(String.init) }
    for part in parts {
      let year = part.count == 2 ? part[0] : ""
      years += year == last ? "   " : "'" + year.suffix(2)
      last = year
    }
    let indent = Self.repeated(" ", names + 2)
    var lines = [
      Self.trimmed(indent + years),
      Self.trimmed(
        indent
          + parts.map { Self.padded(String(($0.last ?? "").prefix(2)), 2) }.joined(separator: " ")),
    ]
    var group = ""
    for row in map.rows {
      if row.group != group {
        group = row.group
        if !group.isEmpty { lines.append(group) }
      }
      let cells = row.values.map { Self.repeated(Self.shades[HeatMap.step($0)], 2) }
      let sum = row.values.reduce(0, +)
      lines.append(
        Self.padded(row.label, names) + "  " + cells.joined(separator: " ") + "  "
          + (sum == 0 ? "·" : String(sum)))
    }
    lines.append("·· none  ░░ 1  ▒▒ 2-3  ▓▓ 4-6  ██ 7 and more \(map.unit)")
    return lines
  }

  private func growth(_ growth: Growth) -> [String] {
    let names = growth.series.map(\.label.count).max() ?? 0
    let marks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let room = max(12, width - names - 9)
    let columns = growth.columns.indices.suffix(room)
    guard let first = columns.first, let last = columns.last else { return [] }
    let peak = growth.series.map { $0.values[last] }.max() ?? 1
    let lines = growth.series.reversed().map { series -> String in
      let cells = columns.map { column -> String in
        let value = series.values[column]
        return value == 0 ? "·" : marks[min(7, value * 8 / max(1, peak + 1))]
      }
      return Self.padded(series.label, names) + "  " + cells.joined() + "  \(series.values[last])"
    }
    let sum = growth.series.reduce(0) { $0 + $1.values[last] }
    return lines + [
      "\(growth.columns[first]) to \(growth.columns[last]): \(growth.counted(sum))"
    ]
  }

  private func calendar(_ calendar: DayCalendar) -> [String] {
    let weeks = calendar.weeks.suffix(max(4, width - 5))
    let skipped = calendar.weeks.count - weeks.count
    var head = [Character](repeating: " ", count: weeks.count + 4)
    for month in calendar.months where month.week >= skipped {
      for (offset, letter) in month.name.enumerated() {
        head[month.week - skipped + offset] = letter
      }
    }
    var lines = [Self.trimmed("     " + String(head))]
    for (row, name) in calendar.weekdays.enumerated() {
      lines.append(
        Self.padded(name, 3) + "  "
          + weeks.map { week -> String in
            guard row < week.count else { return "" }
            let day = week[row]
            return day.step == 0 && day.isProtected ? "*" : Self.shades[day.step]
          }.joined())
    }
    let steps = zip(Self.shades, calendar.steps).map { "\($0.0) \($0.1)" }
    return lines + [steps.joined(separator: "  ") + "  * free"]
  }

  private func milestones(_ track: MilestoneTrack) -> [String] {
    let end = track.end
    let room = min(37, end + 1)
    func place(_ month: Int) -> Int { min(month, end) * (room - 1) / end }
    let names = min(width - room - 2, track.items.map(\.label.count).max() ?? 0)
    var lines: [String] = []
    var group = ""
    for item in track.items {
      if item.group != group {
        group = item.group
        if !group.isEmpty { lines.append(group) }
      }
      var cells = [Character](repeating: "─", count: room)
      cells[place(track.now)] = "│"
      if let planned = item.planned { cells[place(planned)] = "○" }
      if let place = (item.reached ?? (item.isDone ? item.planned : nil)).map(place) {
        cells[place] = "●"
      }
      lines.append(Self.padded(Self.cut(item.label, names), names) + "  " + String(cells))
    }
    return lines + ["months 0 to \(end)  ○ planned  ● reached  │ now"]
  }

  private static func repeated(_ sign: String, _ count: Int) -> String {
    String(repeating: sign, count: max(0, count))
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + repeated(" ", width - text.count)
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(1, width - 1))) + "…"
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
