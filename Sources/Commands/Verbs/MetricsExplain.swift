public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes

public struct MetricsExplain: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "explain", _superCommandName: "folio metrics",
    abstract: "How a sum came about, or what a metric rests on.",
    discussion: """
      A sum is named as in 'folio metrics --json': hours, cost:EUR, volume-saved, volume-handled. A \
      metric is named by its id, or note/id when several notes use that id.

        folio metrics explain hours
        folio metrics explain cost:EUR --since 2026-01-01
        folio metrics explain etl-time

      Every row says what was multiplied, where its note is, and the evidence: files, notes, \
      addresses and commits.

      Exit code 1 when there is no such sum or metric.
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: ArgumentHelp("A sum or a metric.", valueName: "sum|metric")) var name: String

  @Option(help: ArgumentHelp("Sums begin on this day.", valueName: "date")) var since: String?
  @Option(help: ArgumentHelp("Sums end with this day; today unless given.", valueName: "date"))
  var until: String?
  @Flag(help: "Print JSON; values are exact, as texts.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try CareerSource(index)
    let notes = try source.projectNotes()
    let book = try CareerSource.checked { () throws(Problems) in try MetricBook(notes) }
    let span = try MetricSpan(since: since, until: until)
    let totals = MetricTotals(book.metrics, from: span.first, to: span.last.end)
    if let total = totals.total(named: name) {
      json ? output.line(Self.json(total, span).text) : print(total, totals, &output)
      return
    }
    let found = book.metrics.filter { $0.id == name || $0.reference == name }
    switch found.count {
    case 1: json ? output.line(MetricJSON.metric(found[0]).text) : print(found[0], totals, &output)
    case 0:
      let names = totals.totals.map(\.sum.name) + book.metrics.map(\.id)
      throw Failure(
        .nothing, "there is no sum and no metric \(name)",
        (Similar.closest(to: name, among: names).map { "Did you mean \($0)? " } ?? "")
          + "The sums are \(totals.totals.map(\.sum.name).joined(separator: ", ")); "
          + "'folio metrics' lists the metrics.")
    default:
      throw Failure(
        .usage, "\(found.count) notes have a metric \(name)",
        "Write one of \(found.map(\.reference).joined(separator: ", ")).")
    }
  }

  private func print(
    _ total: MetricTotals.Total, _ totals: MetricTotals, _ output: inout Output
  ) {
    let style = Style(color)
    var head = total.firm.isZero ? "" : total.sum.words(total.firm)
    if !total.estimated.isZero {
      head += (head.isEmpty ? "" : ", and ") + total.sum.words(total.estimated) + " estimated"
    }
    output.line(style.title(total.sum.label) + "  " + head)
    for row in total.rows {
      output.line()
      print(row.metric, style, &output)
      output.line("  \(row.formula(total.sum))  " + style.dim(row.stretch))
      printEvidence(row.metric, style, &output)
    }
    for (metric, reason) in totals.leftOut where metric.per != .none {
      output.line()
      output.line(style.dim("not counted: \(Terminal.harmless(metric.reference)), \(reason)"))
    }
  }

  private func print(_ metric: Metric, _ totals: MetricTotals, _ output: inout Output) {
    let style = Style(color)
    print(metric, style, &output)
    output.line("  \(metric.valueWords)")
    if !metric.changeFormula.isEmpty { output.line("  \(metric.changeFormula)") }
    for total in totals.totals {
      for row in total.rows where row.metric == metric {
        output.line(
          "  \(total.sum.name): \(row.formula(total.sum))  " + style.dim(row.stretch))
      }
    }
    if let left = totals.leftOut.first(where: { $0.metric == metric }) {
      output.line("  in no sum: \(left.reason)")
    }
    if let action = metric.action { output.line("  how: \(Terminal.harmless(action))") }
    printEvidence(metric, style, &output)
  }

  private func print(_ metric: Metric, _ style: Style, _ output: inout Output) {
    var known = metric.basis.rawValue
    if let day = metric.asOf { known += " " + day.iso }
    if metric.visibility != .public { known += ", " + metric.visibility.rawValue }
    output.line(
      "\(style.title(Terminal.harmless(metric.name)))  "
        + style.path("\(Terminal.harmless(metric.note)):\(metric.position.line)") + "  "
        + style.dim(known))
  }

  private func printEvidence(_ metric: Metric, _ style: Style, _ output: inout Output) {
    if metric.evidence.isEmpty { output.line("  " + style.dim("no evidence named")) }
    for one in metric.evidence {
      let note = one.note.map { " (\($0))" } ?? ""
      output.line("  \(one.kind.rawValue): " + Terminal.harmless(one.reference + note))
    }
  }

  private static func json(_ total: MetricTotals.Total, _ span: MetricSpan) -> JSON {
    func value(_ amount: Rational) -> JSON {
      .string((try? amount / total.sum.unit.factor)?.exact ?? amount.exact)
    }
    let rows = total.rows.map { row -> JSON in
      .object([
        ("metric", .string(row.metric.reference)), ("path", .string(row.metric.note)),
        ("line", .int(row.metric.position.line)), ("amount", value(row.amount)),
        ("times", .string(row.times.exact)), ("from", .string(row.from.iso)),
        ("to", .string(row.to.iso)), ("basis", .string(row.metric.basis.rawValue)),
        ("formula", .string(row.formula(total.sum))),
        (
          "evidence",
          .array(
            row.metric.evidence.map {
              .object([
                ("kind", .string($0.kind.rawValue)), ("ref", .string($0.reference)),
                ("note", .optional($0.note)),
              ])
            })
        ),
      ])
    }
    return .object([
      ("total", .string(total.sum.name)), ("unit", .string(total.sum.unit.symbol)),
      ("firm", value(total.firm)), ("estimated", value(total.estimated)),
      ("from", .optional(span.first?.iso)), ("until", .string(span.last.iso)),
      ("rows", .array(rows)),
    ])
  }
}
