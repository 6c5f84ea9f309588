public import ArgumentParser
public import EverydayCommands
internal import FullText
internal import Notes

public struct Check: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "folio",
    abstract: "Look for what is wrong in the vault.",
    discussion: """
      One line a finding: path:line:column: severity: message [rule].

        folio check
        folio check --in projects
        folio check --rule broken-link --json

      Rules:
      \(Finding.Rule.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      Links that begin with a slash and have no .md are addresses of a web site and not looked up. \
      Exit code 1 when there are findings.
      """)

  @OptionGroup var index: ReadingOptions

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Only notes in this folder of the vault.", valueName: "folder"))
  var folder: String?

  @Option(help: ArgumentHelp("Only this rule; may be given again.", valueName: "rule"))
  var rule: [String] = []

  @Flag(name: .customLong("errors"), help: "Leave warnings out.") var errorsOnly = false

  @Flag(help: "Print JSON.") var json = false

  @Option(help: "When to use colour: auto, always or never.")
  var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let rules = try Set(rule.map(Self.rule(named:)))
    let vault = try index.vault.open()
    let prefix = try folder.map { try FilterOptions.folder($0, in: vault) } ?? ""
    let (notes, report) = try index.open(vault)
    var findings = VaultCheck(notes, report: report).run(
      in: prefix.isEmpty ? nil : String(prefix.dropLast()))
    if !rules.isEmpty { findings = findings.filter { rules.contains($0.rule) } }
    if errorsOnly { findings = findings.filter { $0.severity == .error } }
    if json {
      output.line(JSON.object([("findings", .array(findings.map(\.json)))]).text)
    } else {
      print(findings, &output)
    }
    let errors = findings.count { $0.severity == .error }
    if findings.isEmpty {
      if !json {
        Output.remark("\(Count.of(notes.index.documentCount, "note")), nothing to mend.")
      }
    } else {
      output.flush()
      if !json {
        Output.remark(
          "\(Count.of(errors, "error")), \(Count.of(findings.count - errors, "warning")) in "
            + "\(Count.of(notes.index.documentCount, "note")).")
      }
      throw Failure.quiet(.nothing)
    }
  }

  private static func rule(named name: String) throws -> Finding.Rule {
    guard let rule = Finding.Rule(rawValue: name) else {
      let names = Finding.Rule.allCases.map(\.rawValue)
      let near = Similar.closest(to: name, among: names)
      throw Failure(
        .usage, "there is no rule \(name)",
        (near.map { "Did you mean \($0)? " } ?? "")
          + "The rules are \(names.joined(separator: ", ")).")
    }
    return rule
  }

  private func print(_ findings: [Finding], _ output: inout Output) {
    let style = Style(color)
    for finding in findings {
      let place = "\(Terminal.harmless(finding.path)):\(finding.line):\(finding.column)"
      let severity =
        finding.severity == .error ? style.bad("error") : style.warning("warning")
      output.line(
        "\(style.path(place)): \(severity): \(Terminal.harmless(finding.message)) "
          + style.dim("[\(finding.rule.rawValue)]"))
    }
  }
}

extension Finding {
  var json: JSON {
    .object([
      ("path", .string(path)), ("line", .int(line)), ("col", .int(column)),
      ("severity", .string(severity.rawValue)), ("rule", .string(rule.rawValue)),
      ("message", .string(message)),
    ])
  }
}
