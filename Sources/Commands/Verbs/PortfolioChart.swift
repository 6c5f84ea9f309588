public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Manuscript
internal import Notes
internal import Typesetting

public struct PortfolioChart: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "chart", _superCommandName: "folio portfolio",
    abstract: "One chart, for a terminal, a README or a slide.",
    discussion: """
      The charts: skills (evidence by quarter), timeline (projects), before-after (figures of \
      projects), growth (notes by kind), practice (the last 53 weeks) and milestones. The same chart \
      stands in the site and the PDF when the view names its section: growth, practice and milestones \
      are shown nowhere unless it does.

        folio portfolio chart skills
        folio portfolio chart before-after --project nightly-warehouse-load
        folio portfolio chart timeline -o timeline.svg
        folio portfolio chart growth --to md

      An SVG needs no other file, and is the same bytes for the same notes. As everything of a \
      portfolio, a chart shows what says 'visibility: public' and is read through the gate; \
      practice and milestones are shown because they were asked for.

      Exit code 1 when there is nothing to draw, 8 when something private would be shown.
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case skills, timeline
    case beforeAfter = "before-after"
    case growth, practice, milestones
  }

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, svg, md }

  @OptionGroup var options: DocumentOptions

  @Argument(help: "The chart.") var kind: Kind

  @Option(help: ArgumentHelp("Only the figures of this project note.", valueName: "name"))
  var project: String?

  @Option(help: "The format; else what the file's name says, else text.") var to: Format?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; without it, standard output.", valueName: "file"))
  var output: String?

  public init() {}

  public func validate() throws {
    if project != nil, kind != .beforeAfter {
      throw ValidationError("--project goes with 'before-after'.")
    }
  }

  public func run(_ out: inout Output) throws {
    let source = try CareerSource(options.index)
    let written = try source.view(options.view, default: "portfolio", over: .portfolio)
    var view = options.applied(to: written)
    if options.audience == nil { view.audience = .public }
    let checked = try CheckedChoice(source, view, day: try options.day())
    guard let chart = try chart(source, checked) else {
      throw Failure(.nothing, "there is nothing to draw for \(kind.rawValue)", remedy)
    }
    let format = to ?? output.flatMap { Format(file: $0) } ?? .text
    let text: String
    switch format {
    case .text:
      text = ChartText(chart, width: 78).lines().map { Terminal.harmless($0) + "\n" }.joined()
    case .svg: text = ChartSVG(chart, colours: checked.look.colours).write()
    case .md: text = MarkdownWriter.table(chart.table)
    }
    try checked.check(
      chart.texts.joined(separator: "\n") + "\n" + text, output ?? "the chart")
    if let output, output != "-" {
      try DocumentOutput.write(Array(text.utf8), to: output, vault: source.vault)
      if !options.quiet { Output.remark(Terminal.harmless("\(output): \(chart.title)")) }
    } else {
      out.write(text)
    }
  }

  private func chart(_ source: CareerSource, _ checked: CheckedChoice) throws -> Chart? {
    let choice = checked.choice
    switch kind {
    case .skills:
      let notes = try source.publicNotes()
      return choice.skillChart(articles: Article.listed(notes))
    case .timeline: return choice.timelineChart
    case .growth: return try source.chart(.growth, for: choice)
    case .practice: return try source.chart(.practice, for: choice)
    case .milestones: return try source.chart(.milestones, for: choice)
    case .beforeAfter:
      var projects = choice.projects
      if let project {
        projects = projects.filter { $0.name == project || $0.path == project }
        guard !projects.isEmpty else {
          let names = choice.projects.map(\.name)
          throw Failure(
            .badInput, "there is no project \(project) to show",
            Similar.closest(to: project, among: names).map { "Did you mean \($0)?" }
              ?? "The projects are \(names.joined(separator: ", ")).")
        }
      }
      let pairs = projects.compactMap(\.comparison).flatMap { chart -> [Chart.Comparison] in
        if case .comparison(let pairs) = chart { return pairs }
        return []
      }
      return pairs.isEmpty ? nil : .comparison(pairs)
    }
  }

  private var remedy: String {
    switch kind {
    case .skills: "Add 'skills: [ids]' and 'visibility: public' to notes and projects."
    case .timeline: "Two projects that say 'visibility: public' need a 'start:'."
    case .beforeAfter: "Add metrics with 'before:' and 'after:' to a public project note."
    case .growth: "Add 'visibility: public' to the notes that everybody may read."
    case .practice: "'folio log' writes practice down."
    case .milestones: "The guide has none; write them as '- [ ] **Month 6**: what'."
    }
  }
}

extension PortfolioChart.Format {
  init?(file: String) {
    switch file.split(separator: ".").last?.lowercased() {
    case "svg": self = .svg
    case "md": self = .md
    case "txt": self = .text
    default: return nil
    }
  }
}
