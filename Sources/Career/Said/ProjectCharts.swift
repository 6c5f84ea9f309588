internal import Learning
public import Manuscript

extension Project {
  /// Before and after of what changed for the better, as bars; only what everybody may see of it.
  public var comparison: Chart? {
    let pairs = metrics.compactMap { metric -> Chart.Comparison? in
      guard metric.visibility == .public, let before = metric.before, let change = metric.change,
        change.isBetter != false, !before.base.isZero, !change.delta.isZero,
        let ratio = try? min(before.base, metric.after.base) / max(before.base, metric.after.base),
        let thousandths = try? ratio * Rational(1000)
      else { return nil }
      return Chart.Comparison(
        label: metric.name, before: before.words + metric.periodWords,
        after: metric.after.words + metric.periodWords,
        ratio: Int(thousandths.decimal(0)) ?? 0, isFall: change.delta.isNegative,
        change: metric.changeWords + (metric.basis == .estimated ? ", estimated" : ""))
    }
    return pairs.isEmpty ? nil : .comparison(pairs)
  }
}

extension Choice {
  /// What the audience can see of each skill area, by quarter: projects, their figures, public notes and
  /// certificates; nil when that is too little to be a chart.
  ///
  /// - Parameter quarters: How many columns, the last being that of the day the documents speak of.
  public func skillChart(articles: [Article], quarters: Int = 8) -> Chart? {
    let last = day.monthIndex / 3
    let columns = ((last - quarters + 1)...last).map { "\($0 / 4)-Q\($0 % 4 + 1)" }
    var values: [String: [Int]] = [:]
    func count(_ skills: [String], _ date: CalendarDate?) {
      guard let date else { return }
      let column = date.monthIndex / 3 - last + quarters - 1
      guard columns.indices.contains(column) else { return }
      for skill in Set(skills) {
        values[skill, default: Array(repeating: 0, count: quarters)][column] += 1
      }
    }
    for project in projects {
      // What still goes on shows its skills today.
      count(project.skills, project.end ?? (project.start == nil ? project.created : day))
      for metric in project.metrics where metric.visibility == .public {
        count(project.skills, metric.asOf ?? metric.since)
      }
    }
    for article in articles { count(article.skills, article.day) }
    for certificate in profile.certificates where showsEntry(certificate.visibility) {
      count(certificate.skills, certificate.date)
    }
    let rows = areas.all.compactMap { area in
      values[area.id].map {
        HeatMap.Row(label: area.name, group: area.roleTitle ?? "", values: $0)
      }
    }
    guard rows.count > 1 else { return nil }
    return .heatMap(
      HeatMap(
        title: "Evidence for each skill by quarter", unit: "pieces of evidence", columns: columns,
        rows: rows))
  }

  /// Projects on one axis of time; nil for fewer than two with dates.
  public var timelineChart: Chart? { timeline }
}
