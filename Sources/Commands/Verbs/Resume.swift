public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes
internal import Typesetting

public struct ResumeVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "resume", _superCommandName: "folio",
    abstract: "Make a resume from your profile and project notes.",
    discussion: """
      Who you are comes from profile.md, what you did from the notes in projects/, and every number \
      from their metrics. A view (views/NAME.yaml) chooses the role, the sections, the length and \
      what may be seen; without '--view' it is views/default.yaml.

        folio resume                               as text, to read or to paste into a form
        folio resume -o resume.pdf                 as PDF
        folio resume --to html -o resume.html      one file, prints well
        folio resume --to json                     as JSON Resume, with the figures
        folio resume --language sv -o resume.pdf   headings, dates and fields in Swedish
        folio resume --view platform -o maya.pdf   another choice of the same facts

      Notes that say 'visibility: private' are never in it, nor are metrics that do; a resume for \
      everybody ('audience: public') has only what says 'visibility: public'. Before anything is \
      written the finished bytes are searched for what the view keeps back.

      The same notes give the same bytes: dates come from the notes, not from the clock.

      Keys of a view: title, role, audience, sections, length, skills, projects, order, contact, \
      privacy, paper, language, tags, wanted, theme. Templates of the HTML: templates/resume/ of the vault, by the names of \
      the built-in ones (resume.html, resume.css, page.css, blocks.html).

      Exit code 2 for a view, profile or metric that cannot be used, 8 when something private would \
      be shown.
      """)

  @OptionGroup var options: DocumentOptions

  @Option(
    help: "The format: text, md, html, pdf or json; else what the file's name says, else text.")
  var to: DocumentOptions.Format?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; without it, standard output.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("How many pages at most; the view's unless given.", valueName: "n"))
  var pages: Int?

  public init() {}

  public func validate() throws {
    if let pages, !(1...50).contains(pages) { throw ValidationError("--pages is 1 to 50") }
  }

  public func run(_ out: inout Output) throws {
    let file = output == "-" ? nil : output
    let format = to ?? file.flatMap { DocumentOptions.Format(file: $0) } ?? .text
    try DocumentOptions.check(format, output)
    try options.checkLanguage()
    let source = try CareerSource(options.index)
    var view = options.applied(
      to: try source.view(options.view, default: "default", over: .resume))
    if let pages { view.pages = pages }
    let checked = try CheckedChoice(source, view, day: try options.day())
    let resume = Resume(checked.choice)
    let name = output ?? "the resume"
    let made = try DocumentOutput(source: source, checked: checked, format: format)
      .make(resume, name: name)
    if let file {
      try DocumentOutput.write(made.bytes, to: file, vault: source.vault)
      if !options.quiet {
        var remark = file + (made.remark.isEmpty ? "" : ": " + made.remark)
        if !resume.leftOut.isEmpty {
          remark += "; left out for its length: \(resume.leftOut.joined(separator: ", "))"
        }
        Output.remark(Terminal.harmless(remark))
        if let remark = checked.remark { Output.remark(remark) }
      }
    } else {
      out.write(made.bytes)
    }
  }
}

extension DocumentOptions {
  /// A PDF is no text for a terminal.
  static func check(_ format: Format, _ output: String?) throws {
    guard format == .pdf, output == nil else { return }
    throw Failure(
      .usage, "a PDF needs a file to be written to", "Add '-o FILE.pdf', or '-o -' for a pipe.")
  }
}
