// What a chart says without being drawn: its name, its figures as a table, its sentences, every text
// in it. One place, so that a new kind of chart is at once read by the gate, by screen readers and by
// writers that draw nothing.

extension Chart {
  /// A name for the chart that stands by itself.
  public var title: String {
    switch self {
    case .comparison: "Before and after"
    case .timeline: "Projects over time"
    case .heatMap(let map): map.title
    case .growth(let growth): growth.title
    case .calendar(let calendar): calendar.title
    case .milestones(let track): track.title
    }
  }

  /// One word for its kind.
  public var kind: String {
    switch self {
    case .comparison: "comparison"
    case .timeline: "timeline"
    case .heatMap: "heatmap"
    case .growth: "growth"
    case .calendar: "calendar"
    case .milestones: "milestones"
    }
  }

  /// Its figures as a table.
  public var table: Table {
    switch self {
    case .comparison(let pairs):
      Table(
        header: ["Measure", "Before", "After", "Change"].map { .plain($0) },
        rows: pairs.map { [$0.label, $0.before, $0.after, $0.change].map { .plain($0) } },
        numeric: [1, 2, 3])
    case .timeline(let spans, _, _):
      Table(
        header: ["Project", "When"].map { .plain($0) },
        rows: spans.map { [.plain($0.label), .plain($0.dates)] })
    case .heatMap(let map): map.table
    case .growth(let growth):
      Table(
        header: [.plain("Month")] + growth.series.map { .plain($0.label) },
        rows: growth.columns.enumerated().map { index, month in
          [.plain(month)] + growth.series.map { .plain(String($0.values[index])) }
        }, numeric: Set(1..<(growth.series.count + 1)))
    case .calendar(let calendar):
      Table(
        header: ["Day", "Done"].map { .plain($0) },
        rows: calendar.days.filter { !$0.words.isEmpty || $0.isProtected }.map {
          [.plain($0.date), .plain($0.words.isEmpty ? "free" : $0.words)]
        })
    case .milestones(let track):
      Table(
        header: ["Milestone", "Where it stands"].map { .plain($0) },
        rows: track.items.map { [.plain($0.label), .plain(track.words($0))] })
    }
  }

  /// Its content in sentences without a full stop, one a line of the chart.
  public var sentences: [String] {
    switch self {
    case .comparison(let pairs):
      return pairs.map {
        "\($0.label): \($0.before) → \($0.after)" + ($0.change.isEmpty ? "" : " (\($0.change))")
      }
    case .timeline(let spans, _, _): return spans.map { "\($0.dates): \($0.label)" }
    case .heatMap(let map):
      return map.rows.map { row in
        let parts = zip(map.columns, row.values).filter { $0.1 > 0 }.map { "\($0.1) in \($0.0)" }
        return row.label + ": " + (parts.isEmpty ? "none" : parts.joined(separator: ", "))
      }
    case .growth(let growth):
      let (first, last) = (growth.columns.first ?? "", growth.columns.last ?? "")
      return growth.series.map {
        "\($0.label): \($0.values.first ?? 0) at the end of \(first), "
          + "\($0.values.last ?? 0) at the end of \(last)"
      }
    case .calendar(let calendar):
      let done = calendar.days.count { $0.step > 0 }
      let free = calendar.days.count { $0.step == 0 && $0.isProtected }
      let span = "\(calendar.days.first?.date ?? "") to \(calendar.days.last?.date ?? "")"
      return ["Something on \(done) of \(calendar.days.count) days, \(span)"]
        + (free > 0 ? ["\(free) more days were free"] : [])
    case .milestones(let track): return track.items.map { "\($0.label): \(track.words($0))" }
    }
  }

  /// For readers who do not see it: what its figures are, in one paragraph.
  public var description: String {
    let lines = sentences.filter { !$0.hasSuffix(": none") }
    let lead: String
    switch self {
    case .heatMap(let map):
      lead = "\(map.unit.prefix(1).uppercased() + map.unit.dropFirst()), by row and column. "
    case .growth(let growth):
      lead = "\(growth.unit.prefix(1).uppercased() + growth.unit.dropFirst()), month by month. "
    default: lead = ""
    }
    return lead + lines.joined(separator: ". ") + (lines.isEmpty ? "" : ".")
  }

  /// Every text that is shown in it, for whoever reads before it is shown.
  public var texts: [String] {
    let cells = ([table.header] + table.rows).flatMap { $0.map(\.text) }
    switch self {
    case .heatMap(let map): return [map.title, map.unit] + map.rows.map(\.group) + cells
    case .growth(let growth): return [growth.title, growth.unit] + cells
    case .calendar(let calendar): return [calendar.title] + calendar.steps + cells
    case .milestones(let track): return [track.title] + track.items.map(\.group) + cells
    case .comparison, .timeline: return cells
    }
  }

  /// The same chart with its names put through `change`; figures and dates stay.
  public func mapped(_ change: (String) -> String) -> Chart {
    switch self {
    case .comparison(let pairs):
      return .comparison(
        pairs.map {
          var pair = $0
          pair.label = change(pair.label)
          return pair
        })
    case .timeline(let spans, let from, let to):
      return .timeline(
        spans.map {
          var span = $0
          span.label = change(span.label)
          return span
        }, from: from, to: to)
    case .heatMap(let map):
      return .heatMap(
        HeatMap(
          title: change(map.title), unit: map.unit, columns: map.columns,
          rows: map.rows.map {
            .init(label: change($0.label), group: change($0.group), values: $0.values)
          }))
    case .growth(let growth):
      return .growth(
        Growth(
          title: change(growth.title), unit: growth.unit, columns: growth.columns,
          series: growth.series.map { .init(label: change($0.label), values: $0.values) }))
    case .calendar: return self
    case .milestones(var track):
      track.items = track.items.map {
        var item = $0
        item.label = change(item.label)
        item.group = change(item.group)
        return item
      }
      return .milestones(track)
    }
  }
}
