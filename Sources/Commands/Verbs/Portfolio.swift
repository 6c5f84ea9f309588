public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes
internal import Typesetting

/// The verbs about the portfolio.
public struct PortfolioVerb: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "portfolio", _superCommandName: "folio",
    abstract: "Show projects with their numbers, as one document or as a site.",
    discussion: """
      A portfolio is for everybody: it has only project notes that say 'visibility: public', and of \
      your contact details only those that its view names. The view is views/portfolio.yaml.

        folio portfolio -o portfolio.html        everything in one file
        folio portfolio --to pdf -o folio.pdf    the same on paper
        folio portfolio build -o site            an index and a page a project
        folio portfolio chart skills             one chart, as text or SVG

      'folio help portfolio build' says more about the site.
      """,
    subcommands: [
      PortfolioDocument.self, PortfolioBuild.self, PortfolioServe.self, PortfolioPublish.self,
      PortfolioChart.self,
    ],
    defaultSubcommand: PortfolioDocument.self)

  public init() {}
}

public struct PortfolioDocument: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "document", _superCommandName: "folio portfolio",
    abstract: "The portfolio as one document; this is what 'folio portfolio' does.",
    discussion: """
        folio portfolio                        as text
        folio portfolio -o portfolio.html      one file without scripts or outside parts
        folio portfolio -o portfolio.pdf

      Exit code 2 for a view, profile or metric that cannot be used, 8 when something private would \
      be shown.
      """)

  @OptionGroup var options: DocumentOptions

  @Option(help: "The format: text, md, html or pdf; else what the file's name says, else text.")
  var to: DocumentOptions.Format?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; without it, standard output.", valueName: "file"))
  var output: String?

  public init() {}

  public func run(_ out: inout Output) throws {
    let file = output == "-" ? nil : output
    let format = to ?? file.flatMap { DocumentOptions.Format(file: $0) } ?? .text
    try DocumentOptions.check(format, output)
    let source = try CareerSource(options.index)
    let checked = try PortfolioSource.choose(source, options)
    let made = try DocumentOutput(source: source, checked: checked, format: format)
      .make(
        Portfolio(checked.choice).document(
          projectNotes: checked.projectNotes, notes: checked.publicNotes,
          resolver: source.resolver), family: .portfolio, name: output ?? "the portfolio")
    if let file {
      try DocumentOutput.write(made.bytes, to: file, vault: source.vault)
      if !options.quiet {
        Output.remark(Terminal.harmless(file + (made.remark.isEmpty ? "" : ": " + made.remark)))
        if let remark = checked.remark { Output.remark(remark) }
      }
    } else {
      out.write(made.bytes)
    }
  }
}

/// The choice of a portfolio.
enum PortfolioSource {
  static func choose(_ source: CareerSource, _ options: DocumentOptions) throws -> CheckedChoice {
    let written = try source.view(options.view, default: "portfolio", over: .portfolio)
    // The view travels with the vault; only the person at the keyboard can open a portfolio wider.
    if written.audience == .application, options.audience == nil {
      throw Failure(
        .badInput,
        "\(written.path ?? "the view") is for an application, but a portfolio is for everybody",
        "Add '--audience application' for one reader, or '--audience public' for all.")
    }
    let checked = try CheckedChoice(
      source, options.applied(to: written), day: try options.day())
    guard !checked.choice.projects.isEmpty else {
      throw Failure(
        .nothing, "there is no project to show",
        checked.choice.keptBack.isEmpty
          ? "'folio add project \"Title\"' makes the first."
          : "Add 'visibility: public' to the project notes that everybody may read.")
    }
    return checked
  }
}
