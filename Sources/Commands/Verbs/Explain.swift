public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes

public struct Explain: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "explain", _superCommandName: "folio",
    abstract: "Where a sentence of your resume comes from: note, figure, evidence, commit.",
    discussion: """
      The resume of the view is made as 'folio resume' makes it. Of each sentence that has the words \
      you give (a part of it, a figure such as '42 min', the id of a metric or a skill area) it says \
      the note and the line it comes from; of a figure also the formula, the evidence, and the commits \
      in which it was written and changed; of a skill area its level and the notes that show it.

        folio explain                     every sentence with its place
        folio explain 42 min
        folio explain etl-time
        pbpaste | folio explain -         a sentence copied from the PDF

      Exit code 1 when no sentence has these words.
      """)

  @OptionGroup var options: DocumentOptions

  @Argument(
    help: ArgumentHelp("Words of a sentence, or '-' for standard input.", valueName: "words"))
  var words: [String] = []

  @Option(
    help: ArgumentHelp(
      "An advertisement for which the resume is made: a file.", valueName: "file"))
  var job: String?

  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    try options.checkLanguage()
    let wanted =
      words == ["-"]
      ? String(decoding: try StandardInput.read(), as: UTF8.self) : words.joined(separator: " ")
    let source = try CareerSource(options.index)
    var view = options.applied(
      to: try source.view(options.view, default: "default", over: .resume))
    if let job { view = try source.advertisement(job).tailored(view) }
    let checked = try CheckedChoice(source, view, day: try options.day())
    let claims = try checked.resume().claims
    let query = Self.plain(wanted)
    let found = query.isEmpty ? claims : claims.filter { Self.has($0, query) }
    let explanation = MetricExplanation(
      vault: source.vault,
      totals: MetricTotals(
        checked.choice.projects.flatMap(\.metrics), to: checked.choice.day.end),
      style: Style(color))
    if json {
      output.line(
        JSON.object([
          ("claims", .array(found.map { Self.json($0, query.isEmpty ? nil : explanation) }))
        ]).text)
    } else {
      for (index, claim) in found.enumerated() {
        if query.isEmpty {
          printPlace(claim, after: index > 0 ? found[index - 1] : nil, explanation, &output)
        } else {
          if index > 0 { output.line() }
          print(claim, explanation, &output)
        }
      }
    }
    guard found.isEmpty else { return }
    output.flush()
    if json { throw Failure.quiet(.nothing) }
    throw Failure(
      .nothing,
      query.isEmpty
        ? "the resume has no sentences yet"
        : "no sentence of the resume has these words: \(wanted.prefix(80))",
      query.isEmpty
        ? "Fill in profile.md, or start a project note with 'folio add project'."
        : "'folio explain' lists every sentence; 'folio metrics explain' knows the figures that are not in it."
    )
  }

  // MARK: - Finding

  /// Small letters, with every kind of space as one.
  private static func plain(_ text: String) -> String {
    text.lowercased().split { $0.isWhitespace }.joined(separator: " ")
  }

  private static func has(_ traced: TracedClaim, _ query: String) -> Bool {
    let text = plain(traced.claim.text)
    if text.contains(query) || query.count > 20 && query.contains(text) { return true }
    switch traced.claim.source {
    case .metric(let metric):
      if metric.id.lowercased() == query || metric.reference.lowercased() == query { return true }
    case .sum(let name): if name.lowercased() == query { return true }
    case .area(let id, _): if id == query { return true }
    case .words: break
    }
    // All words, wherever they stand.
    let words = query.split(separator: " ")
    let own = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "%" && $0 != "." })
    return words.count > 1 && words.allSatisfy { word in own.contains { $0 == word } }
  }

  // MARK: - Saying

  private func printPlace(
    _ traced: TracedClaim, after last: TracedClaim?, _ explanation: MetricExplanation,
    _ output: inout Output
  ) {
    let style = explanation.style
    if last.map({ Self.heading($0) }) != Self.heading(traced) {
      if last != nil { output.line() }
      output.line(style.title(Terminal.harmless(Self.heading(traced))))
    }
    output.line("  " + Terminal.harmless(traced.claim.text))
    output.line("    " + place(traced.claim, style))
  }

  private static func heading(_ traced: TracedClaim) -> String {
    traced.section == "skills" || traced.entry.isEmpty
      ? traced.section : "\(traced.section): \(traced.entry)"
  }

  /// The file and line of a claim, in one line.
  private func place(_ claim: Claim, _ style: Style) -> String {
    switch claim.source {
    case .metric(let metric):
      style.path("\(Terminal.harmless(metric.note)):\(metric.position.line)") + "  metric "
        + Terminal.harmless(metric.id)
    case .words(let path, let line):
      style.path(Terminal.harmless(path) + (line.map { ":\($0)" } ?? ""))
    case .sum(let name): "sum \(name)  " + style.dim("folio metrics explain \(name)")
    case .area(let id, let notes):
      "\(id)  " + style.dim(Count.of(notes.count, "note"))
    }
  }

  private func print(
    _ traced: TracedClaim, _ explanation: MetricExplanation, _ output: inout Output
  ) {
    let style = explanation.style
    let claim = traced.claim
    output.line(style.title(Terminal.harmless(claim.text)))
    output.line("  in " + Terminal.harmless(Self.heading(traced)))
    if !claim.shortened.isEmpty {
      output.line("  without \(claim.shortened), to stay on two lines")
    }
    switch claim.source {
    case .metric(let metric):
      output.line("  " + explanation.head(metric))
      for line in explanation.details(metric) { output.line(line) }
    case .words:
      output.line("  " + place(claim, style))
    case .sum(let name):
      guard let total = explanation.totals.total(named: name) else { return }
      for row in total.rows {
        output.line("  " + explanation.head(row.metric))
        output.line("    \(row.formula(total.sum))  " + style.dim(row.stretch))
      }
    case .area(_, let notes):
      for note in notes.prefix(12) { output.line("  " + style.path(Terminal.harmless(note))) }
      if notes.count > 12 { output.line(style.dim("  and \(notes.count - 12) more")) }
    }
  }

  private static func json(_ traced: TracedClaim, _ explanation: MetricExplanation?) -> JSON {
    var path: String?
    var line: Int?
    var metric = JSON.null
    var notes: [String] = []
    switch traced.claim.source {
    case .metric(let found):
      (path, line) = (found.note, found.position.line)
      metric = MetricJSON.metric(
        found,
        adding: explanation.map { [("commits", .array($0.history(of: found).map(\.json)))] } ?? [])
    case .words(let file, let row): (path, line) = (file, row)
    case .sum: break
    case .area(_, let shown): notes = shown
    }
    var kind = "words"
    var name: String?
    switch traced.claim.source {
    case .metric(let found): (kind, name) = ("metric", found.id)
    case .sum(let sum): (kind, name) = ("sum", sum)
    case .area(let id, _): (kind, name) = ("skill", id)
    case .words: break
    }
    return .object([
      ("text", .string(traced.claim.text)), ("section", .string(traced.section)),
      ("entry", .string(traced.entry)), ("kind", .string(kind)), ("name", .optional(name)),
      ("path", .optional(path)), ("line", line.map { .int($0) } ?? .null),
      ("notes", .strings(notes)), ("metric", metric),
    ])
  }
}
