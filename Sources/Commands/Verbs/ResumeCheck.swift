public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Manuscript
internal import Notes
internal import Typesetting

public struct ResumeCheck: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "folio resume",
    abstract: "Read a resume as a program, and as a tired person, would.",
    discussion: """
      Without a file the resume of the view is read, and with it the figures behind it: measured \
      without evidence, measured long ago; and points that were shortened to stay on two lines. With a \
      file any resume is read, a text or a PDF, whoever made it (a PDF needs the programs of poppler).

        folio resume check
        folio resume check --view acme --job job.txt
        folio resume check old-resume.pdf

      Looked for: name, e-mail, phone, place, addresses that lead nowhere; the headings programs know, \
      empty sections; signs that are lost, such as ligatures, icons and soft hyphens; dates that cannot \
      be read, run backwards or stand apart from their job; gaps; points that begin weakly, are too \
      long or give a percentage of nothing; length. In a PDF also: size of the type, margins, distance \
      of lines, columns, pictures, fonts that are not embedded, tags, title, passwords.

      Exit code 1 when there are errors or warnings; hints alone are 0.
      """)

  @OptionGroup var options: DocumentOptions

  @Argument(help: ArgumentHelp("A text or PDF; the view's resume unless given.", valueName: "file"))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "An advertisement to match: a file, or '-' for standard input.", valueName: "file"))
  var job: String?

  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    guard let today = CalendarDate(Environment.now.isoDate) else { return }
    var findings: [LintFinding]
    var coverage: JobReport?
    var choice: Choice?
    if let file {
      let (text, pages) = try Self.text(of: file)
      findings = ResumeLint.run(text, today: today, pages: pages)
      if pages != nil { findings = LintFinding.ordered(findings + Self.pages(of: file)) }
      if let job {
        let source = try CareerSource(options.index)
        let name = file.split(separator: "/").last.map(String.init) ?? file
        coverage = try JobReport(
          try source.advertisement(job), Self.document(text, named: name), nil, source)
      }
    } else {
      let source = try CareerSource(options.index)
      let view = options.applied(
        to: try source.view(options.view, default: "default", over: .resume))
      let checked = try CheckedChoice(source, view, day: try options.day())
      let resume = try checked.resume()
      let document = resume.document
      findings = ResumeLint.run(PlainTextWriter.write(document), today: today)
      findings += try Self.findings(resume, checked)
      findings += try source.findings(checked.choice.projects, metricsOnly: true).map {
        LintFinding(
          severity: $0.rule.isError ? .error : .warning, rule: $0.rule.rawValue, line: nil,
          message: "\($0.path):\($0.position.line): \($0.message)", remedy: $0.remedy)
      }
      if let job {
        coverage = try JobReport(try source.advertisement(job), resume, source)
        choice = checked.choice
      }
    }
    if json {
      output.line(
        JSON.object([
          ("findings", .array(findings.map(\.json))), ("job", coverage?.json ?? .null),
          ("unsure", coverage.map { .strings($0.advertisement.unsure) } ?? .null),
          ("choices", choice.flatMap { coverage?.choices($0) } ?? .null),
        ]).text)
    } else {
      print(findings, &output)
      if let coverage { print(coverage, &output) }
      if let choice, let coverage {
        for line in coverage.reasons(choice) { output.line(Terminal.harmless(line)) }
      }
    }
    output.flush()
    if findings.contains(where: { $0.severity != .hint }) { throw Failure.quiet(.nothing) }
    if !json, findings.isEmpty { Output.remark("Nothing to mend.") }
  }

  private func print(_ findings: [LintFinding], _ output: inout Output) {
    let style = Style(color)
    for finding in findings {
      let severity =
        switch finding.severity {
        case .error: style.bad("error")
        case .warning: style.warning("warning")
        case .hint: style.dim("hint")
        }
      let line = finding.line.map { "line \($0): " } ?? ""
      output.line(
        "\(severity): \(line)\(Terminal.harmless(finding.message)) "
          + style.dim("[\(finding.rule)]"))
      output.line("  " + Terminal.harmless(finding.remedy))
    }
  }

  private func print(_ report: JobReport, _ output: inout Output) {
    let style = Style(color)
    for match in report.matches {
      let word = match.coverage == .notShown ? "not shown" : match.coverage.rawValue
      let shown =
        switch match.coverage {
        case .covered: style.good(word)
        case .notShown: style.warning(word)
        case .missing: style.bad(word)
        }
      let places = match.places.prefix(3).joined(separator: ", ")
      output.line(
        "\(shown): " + Terminal.harmless(match.term.name + (places.isEmpty ? "" : " – " + places)))
    }
  }

  /// The text of a file, through `pdftotext` for a PDF, and how many pages it has.
  private static func text(of file: String) throws -> (text: String, pages: Int?) {
    let path = FileSystem.absolute(file)
    let bytes = try FileSystem.read(path, limit: 64 << 20)
    guard bytes.starts(with: "%PDF-".utf8) else {
      return (String(decoding: bytes, as: UTF8.self), nil)
    }
    guard let program = Environment.program("pdftotext") else {
      throw Failure(
        .badInput, "reading a PDF needs the program 'pdftotext', which is not there",
        "Install poppler (apt install poppler-utils, brew install poppler), or give its text.")
    }
    let (code, output) = try ChildProcess.capture(program, ["-enc", "UTF-8", path, "-"])
    guard code == 0 else {
      throw Failure(.badInput, "\(file) cannot be read as a PDF", "Make the file again.")
    }
    let text = String(decoding: output, as: UTF8.self)
    // Every page ends with a form feed.
    return (text, text.unicodeScalars.count { $0 == "\u{C}" })
  }

  /// What is to be said of our own resume beyond its text: points that were shortened or are still
  /// longer than two lines, and whether it has its pages.
  private static func findings(_ resume: Resume, _ checked: CheckedChoice) throws -> [LintFinding] {
    var findings: [LintFinding] = []
    let look = checked.look
    let measure = try? TypeMeasure(look: look, language: checked.choice.view.language ?? "en-GB")
    for traced in resume.claims {
      var place: String
      switch traced.claim.source {
      case .metric(let metric): place = "\(metric.note):\(metric.position.line)"
      case .words(let path, let line): place = path + (line.map { ":\($0)" } ?? "")
      case .sum, .area: continue
      }
      place += ": "
      if !traced.claim.shortened.isEmpty {
        findings.append(
          LintFinding(
            severity: .hint, rule: "shortened-point", line: nil,
            message: place + "said without \(traced.claim.shortened), to stay on two lines",
            remedy: "Shorten 'name' or 'action', or write the sentence yourself as 'wording:'."))
      }
      let isPoint = traced.section == "projects" || traced.section == "work"
      if isPoint, let lines = measure?.linesOfPoint(traced.claim.text), lines > 2 {
        findings.append(
          LintFinding(
            severity: .warning, rule: "long-bullet", line: nil,
            message: place + "it takes \(lines) lines: \(traced.claim.text.prefix(50))…",
            remedy: "Two lines at most: what, by how much, how."))
      }
    }
    if let path = checked.choice.view.path {
      let shown = Set(resume.document.sections.map(\.id))
      for part in checked.choice.view.sections where !shown.contains(part.rawValue) {
        findings.append(
          LintFinding(
            severity: .hint, rule: "empty-section", line: nil,
            message: "\(path) names the section \(part.rawValue), for which there is nothing",
            remedy: "Fill it in profile.md or in notes, or strike it from 'sections'."))
      }
    }
    if let wanted = look.pages {
      do throws(TypesettingError) {
        let made = try PDFWriter.write(resume.document, look: look)
        if made.pages > wanted {
          findings.append(
            LintFinding(
              severity: .warning, rule: "does-not-fit", line: nil,
              message:
                "the view asks for \(wanted == 1 ? "1 page" : "\(wanted) pages") and it takes "
                + "\(made.pages) at 9 pt",
              remedy: "Leave out a section or a project."))
        }
      } catch {
        throw Failure(.badInput, error.message, error.remedy)
      }
    }
    return findings
  }

  /// What is to be said of how a PDF is set, as far as the programs of poppler are there to tell.
  private static func pages(of file: String) -> [LintFinding] {
    let path = FileSystem.absolute(file)
    func output(_ name: String, _ arguments: [String]) -> String? {
      guard let program = Environment.program(name),
        let (code, output) = try? ChildProcess.capture(program, arguments), code == 0
      else { return nil }
      return String(decoding: output, as: UTF8.self)
    }
    var findings: [LintFinding] = []
    // Three units a point, the most there is, since the program writes whole ones.
    let xml = output("pdftohtml", ["-xml", "-i", "-zoom", "3", "-stdout", "-q", path])
    if let xml { findings += PageLint.run(xml, zoom: 3) }
    if let info = output("pdfinfo", [path]) { findings += PDFFacts.ofInfo(info) }
    if let fonts = output("pdffonts", [path]) { findings += PDFFacts.ofFonts(fonts) }
    if let images = output("pdfimages", ["-list", path]) { findings += PDFFacts.ofImages(images) }
    return findings
  }

  private static func document(_ text: String, named name: String) -> Document {
    Document(
      title: name, author: "", day: "2000-01-01", masthead: Masthead(name: name),
      sections: [Section(id: "text", title: name, blocks: [.paragraph(.plain(text), tone: .body)])])
  }
}

extension LintFinding {
  var json: JSON {
    .object([
      ("severity", .string(severity.rawValue)), ("rule", .string(rule)),
      ("line", line.map { .int($0) } ?? .null), ("message", .string(message)),
      ("remedy", .string(remedy)),
    ])
  }
}
