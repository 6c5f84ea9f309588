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

      Every row says what was multiplied, where its note is, the evidence (files, notes, addresses, \
      commits), and in which commits of the note the metric was written and changed.

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
    let explanation = MetricExplanation(vault: source.vault, totals: totals, style: Style(color))
    if let total = totals.total(named: name) {
      json
        ? output.line(Self.json(total, span, explanation).text)
        : print(total, explanation, &output)
      return
    }
    let found = book.metrics.filter { $0.id == name || $0.reference == name }
    switch found.count {
    case 1:
      guard json else {
        output.line(explanation.head(found[0]))
        for line in explanation.details(found[0]) { output.line(line) }
        return
      }
      let history = explanation.history(of: found[0])
      output.line(
        MetricJSON.metric(found[0], adding: [("commits", .array(history.map(\.json)))]).text)
    case 0:
      let names = totals.totals.map(\.sum.name) + book.metrics.map(\.id)
      throw Failure(
        .nothing, "there is no sum and no metric \(name)",
        (Similar.closest(to: name, among: names).map { "Did you mean \($0)? " } ?? "")
          + (totals.totals.isEmpty
            ? "There are no sums yet; 'folio help metrics list' shows how a metric is written."
            : "The sums are \(totals.totals.map(\.sum.name).joined(separator: ", ")); "
              + "'folio metrics' lists the metrics."))
    default:
      throw Failure(
        .usage, "\(found.count) notes have a metric \(name)",
        "Write one of \(found.map(\.reference).joined(separator: ", ")).")
    }
  }

  private func print(
    _ total: MetricTotals.Total, _ explanation: MetricExplanation, _ output: inout Output
  ) {
    let style = explanation.style
    var head = total.firm.isZero ? "" : total.sum.words(total.firm)
    if !total.estimated.isZero {
      head += (head.isEmpty ? "" : ", and ") + total.sum.words(total.estimated) + " estimated"
    }
    output.line(style.title(total.sum.label) + "  " + head)
    for row in total.rows {
      output.line()
      output.line(explanation.head(row.metric))
      output.line("  \(row.formula(total.sum))  " + style.dim(row.stretch))
      for line in explanation.evidence(row.metric) + explanation.commits(row.metric) {
        output.line(line)
      }
    }
    for (metric, reason) in explanation.totals.leftOut where metric.per != .none {
      output.line()
      output.line(style.dim("not counted: \(Terminal.harmless(metric.reference)), \(reason)"))
    }
  }

  private static func json(
    _ total: MetricTotals.Total, _ span: MetricSpan, _ explanation: MetricExplanation
  ) -> JSON {
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
        ("commits", .array(explanation.history(of: row.metric).map(\.json))),
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
