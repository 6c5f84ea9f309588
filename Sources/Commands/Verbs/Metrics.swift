public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes

/// The verbs about metrics.
public struct MetricsVerb: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "metrics", _superCommandName: "folio",
    abstract: "List the figures of your projects and add them up.",
    subcommands: [MetricsList.self, MetricsExplain.self, MetricsCheck.self],
    defaultSubcommand: MetricsList.self)

  public init() {}
}

public struct MetricsList: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio metrics",
    abstract: "Every metric of the project notes, and the totals; what 'folio metrics' does.",
    discussion: """
      A project note keeps its figures in its front matter:

        metrics:
          - name: Nightly load
            kind: processing_time      # cost data_volume time_saved latency reliability quality …
            before: 6h10m              # left out for a level
            after: 42m
            per: run                   # once run item day week month quarter year none
            frequency: 1/day           # how often, for per: run and item
            since: 2025-03-01
            basis: measured            # measured estimated reported
            visibility: public         # private: never in a document; redacted: only the percentage
            action: incremental processing
            evidence: [{kind: file, ref: projects/evidence/load.csv}]   # url commit file note

      Values are exact. Units: times (s min h d), data (kB MB GB, KiB MiB), money (€ or EUR), % and \
      pp, and counts. Sums never mix currencies, never add percentages, keep estimates apart, and \
      count what is part_of another metric once. '--currency' adds currencies up at the dated rates of \
      rates.yaml:

        - {from: USD, to: EUR, rate: 0.92, date: 2026-06-30}

        folio metrics
        folio metrics --since 2026-01-01 --until 2026-12-31
        folio metrics --role data-engineer     projects with skill areas of that role
        folio metrics --json
        folio metrics explain hours            how a sum came about

      Exit code 1 when there are none, 2 when one cannot be used: each mistake with its place.
      """)

  @OptionGroup var index: ReadingOptions

  @Option(help: ArgumentHelp("Sums begin on this day.", valueName: "date")) var since: String?
  @Option(help: ArgumentHelp("Sums end with this day; today unless given.", valueName: "date"))
  var until: String?
  @Option(
    help: ArgumentHelp(
      "Only projects with a skill area of this role of the guide.", valueName: "role"))
  var role: String?
  @Option(
    help: ArgumentHelp(
      "Add up all money in this currency, at the rates of rates.yaml.", valueName: "code"))
  var currency: String?
  @Flag(help: "Print JSON; values are exact, as texts.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try CareerSource(index)
    let notes = try source.projectNotes(ofRole: role)
    let book = try CareerSource.checked { () throws(Problems) in try MetricBook(notes) }
    let span = try MetricSpan(since: since, until: until)
    let last = span.last
    let totals = MetricTotals(book.metrics, from: span.first, to: last.end)
    let sum = try currency.map { try source.sum(totals, in: $0, on: last) }
    let titles = Dictionary(
      notes.map { ($0.path.description, $0.title) }, uniquingKeysWith: { first, _ in first })
    if json {
      output.line(MetricJSON(book, totals, from: span.first, to: last, in: sum).text)
    } else {
      print(book, totals, titles, last, &output)
      if let sum { print(sum, &output) }
    }
    if book.metrics.isEmpty {
      if !json {
        Output.remark("No project note has metrics. 'folio help metrics list' shows how.")
      }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func print(_ sum: CurrencyRates.Sum, _ output: inout Output) {
    let money = MetricTotals.Sum.money(sum.currency)
    var text = sum.firm.isZero ? "" : money.words(sum.firm)
    if !sum.estimated.isZero {
      text += (text.isEmpty ? "" : ", and ") + money.words(sum.estimated) + " estimated"
    }
    let rates = sum.used.map {
      "\($0.from) at \($0.rate.rounded(significant: 6)), \($0.date.words)"
    }
    output.line(
      "  all money in \(sum.currency)     \(text.isEmpty ? "nothing" : text)  "
        + Style(color).dim(rates.joined(separator: "; ")))
  }

  private func print(
    _ book: MetricBook, _ totals: MetricTotals, _ titles: [String: String], _ last: CalendarDate,
    _ output: inout Output
  ) {
    let style = Style(color)
    var note = ""
    let width = min(44, book.metrics.map { Terminal.columns($0.name) }.max() ?? 0)
    for metric in book.metrics {
      if metric.note != note {
        if !note.isEmpty { output.line() }
        note = metric.note
        output.line(
          style.title(Terminal.harmless(titles[note] ?? note)) + "  "
            + style.path(Terminal.harmless(note)))
      }
      let change = [metric.changeWords, metric.factorWords].filter { !$0.isEmpty }
        .joined(separator: ", ")
      let name = Terminal.harmless(metric.name)
      let pad = String(repeating: " ", count: max(0, width - Terminal.columns(name)))
      var line = "  \(name)\(pad)  \(metric.valueWords)"
      if !change.isEmpty {
        let isWorse = metric.change?.isBetter == false
        line += "  " + (isWorse ? style.warning(change) : style.good(change))
      }
      var remarks = [metric.basis.rawValue]
      if metric.visibility != .public { remarks.append(metric.visibility.rawValue) }
      output.line(line + "  " + style.dim(remarks.joined(separator: ", ")))
    }
    guard !totals.totals.isEmpty else { return }
    output.line()
    output.line(style.title("Totals") + "  " + style.dim("up to \(last.words)"))
    for total in totals.totals {
      var text = total.firm.isZero ? "" : total.sum.words(total.firm)
      if !total.estimated.isZero {
        text += (text.isEmpty ? "" : ", and ") + total.sum.words(total.estimated) + " estimated"
      }
      let label = total.sum.label
      let pad = String(repeating: " ", count: max(0, 20 - label.count))
      output.line(
        "  \(label)\(pad)  \(text)  " + style.dim("from \(Count.of(total.rows.count, "metric"))"))
    }
    for (metric, reason) in totals.leftOut where metric.per != .none {
      output.line(style.dim("  not counted: \(Terminal.harmless(metric.reference)), \(reason)"))
    }
  }
}
