internal import Career
internal import EverydayCommands
internal import Notes
internal import Sync

/// What a metric rests on, in lines: its values, formula, sums, evidence, and the commits that wrote it.
struct MetricExplanation {
  let vault: Vault
  let totals: MetricTotals
  let style: Style

  /// A commit in which a metric was written or changed.
  struct Change {
    var commit: String
    var date: String
    var title: String
    var isFirst: Bool

    var json: JSON {
      .object([
        ("commit", .string(commit)), ("date", .string(date)), ("message", .string(title)),
        ("change", .string(isFirst ? "added" : "changed")),
      ])
    }
  }

  /// The name of a metric, with its place and how it is known.
  func head(_ metric: Metric) -> String {
    var known = metric.basis.rawValue
    if let day = metric.asOf { known += " " + day.iso }
    if metric.visibility != .public { known += ", " + metric.visibility.rawValue }
    return "\(style.title(Terminal.harmless(metric.name)))  "
      + style.path("\(Terminal.harmless(metric.note)):\(metric.position.line)") + "  "
      + style.dim(known)
  }

  /// Everything below the head.
  func details(_ metric: Metric) -> [String] {
    var lines = ["  \(metric.valueWords)"]
    if !metric.changeFormula.isEmpty { lines.append("  \(metric.changeFormula)") }
    for total in totals.totals {
      for row in total.rows where row.metric == metric {
        lines.append("  \(total.sum.name): \(row.formula(total.sum))  " + style.dim(row.stretch))
      }
    }
    if let left = totals.leftOut.first(where: { $0.metric == metric }) {
      lines.append("  in no sum: \(left.reason)")
    }
    if let action = metric.action { lines.append("  how: \(Terminal.harmless(action))") }
    return lines + evidence(metric) + commits(metric)
  }

  func evidence(_ metric: Metric) -> [String] {
    if metric.evidence.isEmpty { return ["  " + style.dim("no evidence named")] }
    return metric.evidence.map { one in
      let note = one.note.map { " (\($0))" } ?? ""
      return "  \(one.kind.rawValue): " + Terminal.harmless(one.reference + note)
    }
  }

  func commits(_ metric: Metric) -> [String] {
    history(of: metric).map { change in
      "  \(change.isFirst ? "written" : "changed"): "
        + style.path(String(change.commit.prefix(8))) + " \(change.date) "
        + Terminal.harmless(change.title)
    }
  }

  /// Versions of a note that are looked through.
  private static let mostVersions = 200

  /// The commits in which the metric came to be and changed, the newest first; none outside of git.
  func history(of metric: Metric) -> [Change] {
    guard let history = try? NoteHistory(of: vault, path: metric.note) else { return [] }
    var changes: [Change] = []
    var last: Metric?
    for revision in history.revisions.prefix(Self.mostVersions).reversed() {
      guard revision.change != .removed, let path = try? VaultPath(metric.note),
        let bytes = try? history.bytes(of: revision)
      else { continue }
      guard let found = Self.metric(metric.id, in: Note(path: path, bytes: bytes)) else {
        continue
      }
      if found != last {
        changes.append(
          Change(
            commit: revision.commit.description, date: LocalTime(seconds: revision.time).isoDate,
            title: revision.title, isFirst: last == nil))
      }
      last = found
    }
    return changes.reversed()
  }

  /// The metric of a version, wherever it stood in it.
  private static func metric(_ id: String, in note: Note) -> Metric? {
    guard let book = try? MetricBook([note]),
      var metric = book.metrics.first(where: { $0.id == id })
    else { return nil }
    metric.position = TextPosition(line: 1, column: 1)
    for index in metric.evidence.indices {
      metric.evidence[index].position = TextPosition(line: 1, column: 1)
    }
    return metric
  }
}
