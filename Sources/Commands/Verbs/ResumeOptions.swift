public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Learning
internal import Manuscript
internal import Notes
internal import Typesetting

/// What resume and portfolio have in common on the command line.
struct DocumentOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, md, html, pdf, json

    /// The format that a file's name asks for.
    init?(file: String) {
      switch file.split(separator: ".").last?.lowercased() {
      case "txt", "text": self = .text
      case "md", "markdown": self = .md
      case "html", "htm": self = .html
      case "pdf": self = .pdf
      case "json": self = .json
      default: return nil
      }
    }
  }

  enum Audience: String, ExpressibleByArgument, CaseIterable { case application, `public` }
  enum Design: String, ExpressibleByArgument, CaseIterable { case plain, classic }
  enum Paper: String, ExpressibleByArgument, CaseIterable { case a4, letter }

  @OptionGroup var index: ReadingOptions

  @Option(
    help: ArgumentHelp("The view to use: a file of views/ without its .yaml.", valueName: "name"))
  var view: String?

  @Option(help: "For whom: application or public; the view's unless given.")
  var audience: Audience?

  @Option(
    help: ArgumentHelp("A role of the guide, whose skill areas count most.", valueName: "role"))
  var role: String?

  @Option(help: "Paper of a PDF: a4 or letter; the view's unless given.")
  var paper: Paper?

  @Option(help: "The design: plain or classic; the view's unless given.")
  var design: Design?

  @Option(
    help: ArgumentHelp(
      "The day the document speaks of; the newest date in its notes unless given.",
      valueName: "date"))
  var date: String?

  @Option(
    help: ArgumentHelp(
      "The language of headings, dates and fields that are there in several.", valueName: "tag"))
  var language: String?

  @Flag(name: .shortAndLong, help: "Do not say what was written.")
  var quiet = false

  /// The view with what the command line says on top.
  func applied(to view: View) -> View {
    var view = view
    if let role {
      view.role = role
      view.places[.role] = nil
    }
    if let paper { view.paper = paper == .a4 ? .a4 : .letter }
    if let design { view.theme.design = design == .classic ? .classic : .plain }
    if let language { view.language = language }
    if let audience { view.audience = audience == .public ? .public : .application }
    return view
  }

  /// Refuses a language that there are no words for.
  func checkLanguage() throws {
    guard let language, Words(language) == nil else { return }
    throw Failure(
      .usage, "there are no words for the language \(language)",
      "There are \(Words.languages.joined(separator: ", ")).")
  }

  func day() throws -> CalendarDate? {
    guard let date else { return nil }
    guard let day = CalendarDate(date) else {
      throw Failure(.usage, "\(date) is not a date", "Write it as 2026-11-22.")
    }
    return day.start
  }
}

/// A choice with what its documents are checked against.
struct CheckedChoice: Sendable {
  let choice: Choice
  /// Nil for what only its writer reads.
  var gate: Gate?
  /// The notes of the chosen projects.
  let projectNotes: [Note]
  /// Notes that say everybody may read them; none when no page of the view shows notes.
  let publicNotes: [Note]

  init(_ source: CareerSource, _ view: View, day: CalendarDate?) throws {
    let profile = try source.profile(language: view.language)
    let notes = try source.projectNotes()
    let areas = try source.guide().map { SkillAreas($0) } ?? SkillAreas([])
    var view = view
    view.wanted = source.spelled(view.wanted, areas)
    let projects = try CareerSource.checked { () throws(Problems) in
      try Project.read(notes, language: view.language)
    }
    let records = try source.records()
    func choice(_ skills: [String: SkillUse]) throws -> Choice {
      try CareerSource.checked { () throws(Problems) in
        try Choice(
          profile: profile, projects: projects, areas: areas, view: view, records: records,
          skills: skills, day: day)
      }
    }
    // The levels are those of the day the document speaks of, which the choice finds.
    let bare = try choice([:])
    var choice = try choice(
      try source.skills(
        areas, view, profile: profile, projects: projects, records: records, day: bare.day))
    try source.addCharts(to: &choice)
    self.choice = choice
    let shown = Set(choice.projects.map(\.path))
    let hidden = Set(choice.keptBack.map(\.path))
    projectNotes = notes.filter { shown.contains($0.path.description) }
    publicNotes = view.sections.contains(.notes) ? try source.publicNotes() : []
    gate = Gate(
      choice,
      privateNotes: try source.privateNotes().filter { !hidden.contains($0.path.description) }
        + notes.filter { hidden.contains($0.path.description) },
      shownNotes: notes.filter { shown.contains($0.path.description) } + publicNotes)
  }

  /// The resume, its points measured in the type they are set in.
  func resume() throws -> Resume {
    let measure: TypeMeasure
    do throws(TypesettingError) {
      measure = try TypeMeasure(look: look, language: choice.view.language ?? "en-GB")
    } catch {
      // Text and Markdown need no font.
      return Resume(choice)
    }
    return Resume(
      choice,
      measure: TextMeasure { text, place in
        switch place {
        case .paragraph: measure.linesOfParagraph(text)
        case .point: measure.linesOfPoint(text)
        case .title: measure.linesOfTitle(text)
        }
      })
  }

  var look: Look {
    let theme = choice.view.theme
    var look = Look()
    look.paper = choice.view.paper == .a4 ? .a4 : .letter
    look.colours = Look.Colours(rawValue: theme.colours.rawValue) ?? .auto
    look.accent = Look.Accent(rawValue: theme.accent.rawValue) ?? .blue
    look.typeface = Look.Typeface(rawValue: theme.typeface.rawValue) ?? .sans
    look.density = Look.Density(rawValue: theme.density.rawValue) ?? .roomy
    look.design = Look.Design(rawValue: theme.design.rawValue) ?? .plain
    look.pages = choice.view.pages
    return look
  }

  /// Throws when something private is in a finished text.
  func check(_ text: String, _ name: String) throws {
    if let leak = gate?.leak(in: text, named: name) { throw Self.failure(leak) }
  }

  /// The same for UTF-8, or for bytes of any other kind in which text may stand.
  func check(_ bytes: [UInt8], _ name: String) throws {
    if let leak = gate?.leak(in: bytes, named: name) { throw Self.failure(leak) }
  }

  func check(_ document: Document, _ name: String) throws {
    if let leak = gate?.leak(in: document, named: name) { throw Self.failure(leak) }
  }

  private static func failure(_ leak: Gate.Leak) -> Failure {
    Failure(
      .unsafe, "\(leak.output) would show \(leak.what), which \(leak.source) keeps private",
      "Change the note that quotes it, or what the other says of its visibility; nothing was written."
    )
  }

  /// A remark on projects that the audience does not see; nil when it sees all.
  var remark: String? {
    let count = choice.keptBack.count
    guard count > 0 else { return nil }
    let isOne = count == 1
    let reason =
      switch (choice.view.audience, isOne) {
      case (.public, true): "it does not say 'visibility: public'"
      case (.public, false): "they do not say 'visibility: public'"
      case (.application, true): "it says 'visibility: private'"
      case (.application, false): "they say 'visibility: private'"
      }
    return (isOne ? "1 project is" : "\(count) projects are") + " left out; \(reason)."
  }
}
