public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes

public struct MetricsCheck: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "folio metrics",
    abstract: "What a critical reader would ask about your figures.",
    discussion: """
      One line a finding, with its place: measured without evidence, still counted but measured long \
      ago, evidence that is gone, a file of evidence whose sha256 changed, values that went the worse \
      way. With '--projects' also what a project note should say: impact, challenges, difficulty.

        folio metrics check
        folio metrics check --projects --json

      Rules:
      \(ProjectFinding.Rule.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      Exit code 1 when there are findings, 2 when a metric cannot be read.
      """)

  @OptionGroup var index: ReadingOptions

  @Flag(help: "Look at the projects as well.") var projects = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try CareerSource(index)
    let notes = try source.projectNotes()
    let all = try CareerSource.checked { () throws(Problems) in try Project.read(notes) }
    let findings = try source.findings(all, metricsOnly: !projects)
    if json {
      output.line(JSON.object([("findings", .array(findings.map(\.json)))]).text)
    } else {
      let style = Style(color)
      for finding in findings {
        let place =
          "\(Terminal.harmless(finding.path)):\(finding.position.line):\(finding.position.column)"
        let severity = finding.rule.isError ? style.bad("error") : style.warning("warning")
        output.line(
          "\(style.path(place)): \(severity): \(Terminal.harmless(finding.message)) "
            + style.dim("[\(finding.rule.rawValue)]"))
        output.line("  " + Terminal.harmless(finding.remedy))
      }
    }
    guard findings.isEmpty else {
      output.flush()
      throw Failure.quiet(.nothing)
    }
    if !json {
      Output.remark("\(Count.of(all.flatMap(\.metrics).count, "metric")), nothing to ask.")
    }
  }
}

extension CareerSource {
  /// What weakens the claims of projects; see ``ProjectCheck``.
  func findings(_ projects: [Project], metricsOnly: Bool) throws -> [ProjectFinding] {
    guard let today = CalendarDate(Environment.now.isoDate) else { return [] }
    return ProjectCheck.run(
      projects, today: today, file: file, hasNote: { resolve($0) != nil }, metricsOnly: metricsOnly)
  }
}

extension ProjectFinding {
  var json: JSON {
    .object([
      ("path", .string(path)), ("line", .int(position.line)), ("col", .int(position.column)),
      ("severity", .string(rule.isError ? "error" : "warning")), ("rule", .string(rule.rawValue)),
      ("message", .string(message)), ("remedy", .string(remedy)),
    ])
  }
}
