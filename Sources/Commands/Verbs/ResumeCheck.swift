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
      without evidence, measured long ago. With a file any resume is read, a text or a PDF, whoever \
      made it (a PDF needs 'pdftotext').

        folio resume check
        folio resume check --view acme --job job.txt
        folio resume check old-resume.pdf

      Looked for: name, e-mail, phone; the headings programs know; signs that are lost, such as \
      ligatures, icons and soft hyphens; dates that cannot be read, run backwards or stand apart from \
      their job; gaps; points that begin weakly, are too long or give a percentage of nothing; length.

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
    if let file {
      let (text, pages) = try Self.text(of: file)
      findings = ResumeLint.run(text, today: today, pages: pages)
      if let job {
        let source = try CareerSource(options.index)
        let name = file.split(separator: "/").last.map(String.init) ?? file
        coverage = try JobReport(
          try source.advertisement(job), Self.document(text, named: name), source)
      }
    } else {
      let source = try CareerSource(options.index)
      let view = options.applied(
        to: try source.view(options.view, default: "default", over: .resume))
      let checked = try CheckedChoice(source, view, day: try options.day())
      let document = Resume(checked.choice).document
      findings = ResumeLint.run(PlainTextWriter.write(document), today: today)
      findings += try source.findings(checked.choice.projects, metricsOnly: true).map {
        LintFinding(
          severity: $0.rule.isError ? .error : .warning, rule: $0.rule.rawValue, line: nil,
          message: "\($0.path):\($0.position.line): \($0.message)", remedy: $0.remedy)
      }
      if let job {
        coverage = try JobReport(try source.advertisement(job), document, source)
      }
    }
    if json {
      output.line(
        JSON.object([
          ("findings", .array(findings.map(\.json))), ("job", coverage?.json ?? .null),
        ]).text)
    } else {
      print(findings, &output)
      if let coverage { print(coverage, &output) }
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
