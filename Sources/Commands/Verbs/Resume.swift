public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes
internal import Typesetting

/// The verbs about resumes.
public struct ResumeVerb: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "resume", _superCommandName: "folio",
    abstract: "Make a resume from your profile and project notes.",
    subcommands: [ResumeMake.self, ResumeCheck.self, ResumeDiff.self],
    defaultSubcommand: ResumeMake.self)

  public init() {}
}

public struct ResumeMake: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "make", _superCommandName: "folio resume",
    abstract: "Make a resume from your profile and project notes; what 'folio resume' does.",
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

        folio resume --job job.txt -o maya.pdf     what an advertisement asks for comes first
        folio resume --job - --save-view acme      and kept as views/acme.yaml
        folio resume --interview                   with what stands behind each figure
        folio resume --anonymise -o work.pdf       without names, contact details and links

      With '--job' the advertisement (text, Markdown or JSON) is matched against skill areas, tools and \
      notes, without asking anybody: what is covered, what the notes know but the resume does not say, \
      and what is missing, each with where. A word that only has a capital is named and counts for \
      nothing. Then what was chosen and why: with a length, the choice of the greatest worth that fits \
      it, where worth is what a sentence shows (its figure), times how much of what is asked for it \
      speaks of, times how recent it is.

      A point made from a metric takes two lines at most: its percentage goes first, then the end of \
      'action'; 'folio resume check' says where. Skill areas come with the level that the notes give \
      and the year of their last use ('levels: false' in a view leaves both out). Talks, contributions, \
      certificates and publications come from the profile and from notes that say 'record:'.

      Notes that say 'visibility: private' are never in it, nor are metrics that do; a resume for \
      everybody ('audience: public') has only what says 'visibility: public'. Before anything is \
      written the finished bytes are searched for what the view keeps back.

      The same notes give the same bytes: dates come from the notes, not from the clock.

      Keys of a view: title, role, audience, sections, length, skills, projects, order, contact, \
      privacy, paper, language, levels, tags, wanted, theme. Templates of the HTML: templates/resume/ of the vault, by the names of \
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

  @Option(
    help: ArgumentHelp(
      "An advertisement to match: a file, or '-' for standard input.", valueName: "file"))
  var job: String?

  @Option(
    name: .customLong("save-view"),
    help: ArgumentHelp("Keep the choice made for '--job' as views/NAME.yaml.", valueName: "name"))
  var saveView: String?

  @Flag(help: "Add what stands behind each point, for your own eyes.") var interview = false

  @Flag(help: "Replace the names of people, employers and schools; leave contact and links out.")
  var anonymise = false

  public init() {}

  public func validate() throws {
    if saveView != nil, job == nil { throw ValidationError("--save-view goes with --job") }
    if interview, anonymise {
      throw ValidationError("--interview and --anonymise exclude each other")
    }
    if interview || anonymise, to == .json {
      throw ValidationError("--interview and --anonymise make no JSON")
    }
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
    let advertisement = try job.map { try source.advertisement($0) }
    if let advertisement { view = advertisement.tailored(view) }
    if anonymise { view.contact = [] }
    var checked = try CheckedChoice(source, view, day: try options.day())
    var resume = try checked.resume()
    if interview {
      guard view.audience == .application else {
        throw Failure(
          .unsafe, "interview notes are for your own eyes, and the view is public",
          "Leave '--interview' or 'audience: public' out.")
      }
      resume.document = InterviewNotes.add(
        to: resume, of: checked.choice, linked: source.linkedNotes)
      checked.gate = nil
    }
    if anonymise {
      let anonymiser = Anonymiser(checked.choice)
      resume.document = anonymiser.document(resume.document)
      checked.gate = checked.gate?.without(anonymiser)
    }
    let name = output ?? "the resume"
    let made = try DocumentOutput(source: source, checked: checked, format: format)
      .make(resume, name: name)
    if let advertisement, !options.quiet {
      let report = try JobReport(advertisement, resume, source)
      for line in report.lines(checked.choice) { Output.remark(Terminal.harmless(line)) }
    }
    if let saveView, let advertisement {
      let kept = try source.save(view, for: advertisement, checked.choice, as: saveView)
      if !options.quiet { Output.remark(kept) }
    }
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
