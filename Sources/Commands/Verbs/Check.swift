public import ArgumentParser
public import EverydayCommands
internal import FullText
internal import Notes
internal import Sync

public struct Check: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "folio",
    abstract: "Look for what is wrong in the vault.",
    discussion: """
      One line a finding: path:line:column: severity: message [rule].

        folio check
        folio check --in projects
        folio check --rule broken-link --json
        folio check --fix

      As a hook of git, which sees the notes as they are to be committed:

        echo 'folio check --staged' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit

      Rules:
      \(Finding.Rule.every.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      --fix mends what can only be meant in one way: quotes that a value of the front matter needs, \
      and dates such as 2026/1/5. How bad a rule is can be said in .folio/config.yaml, as \
      'check: {code-language: off, broken-link: warning}'; secret and private-link stay errors there. \
      Links that begin with a slash and have no .md are addresses of a web site and not looked up. \
      Exit code 1 when there are errors, with --strict also when there are warnings.
      """)

  @OptionGroup var index: ReadingOptions

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Only notes in this folder of the vault.", valueName: "folder"))
  var folder: String?

  @Option(help: ArgumentHelp("Only this rule; may be given again.", valueName: "rule"))
  var rule: [String] = []

  @Flag(name: .customLong("errors"), help: "Leave warnings out.") var errorsOnly = false

  @Flag(help: "Exit with 1 for warnings too.") var strict = false

  @Flag(help: "Check what is staged in git, as it would be committed.") var staged = false

  @Flag(help: "Mend what can be mended safely.") var fix = false

  @Flag(help: "Print JSON.") var json = false

  @Option(help: "When to use colour: auto, always or never.")
  var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if staged, fix || folder != nil {
      throw ValidationError("--staged goes neither with --fix nor with --in")
    }
  }

  public func run(_ output: inout Output) throws {
    let rules = try Set(rule.map(Self.rule(named:)))
    let vault = try index.vault.open()
    let prefix = try folder.map { try FilterOptions.folder($0, in: vault) } ?? ""
    var (findings, count) = try findings(vault, prefix)
    if fix {
      var mended = 0
      var changes = vault.changes("check --fix")
      defer { vault.changeLog?.record(changes) }
      // One mend may bring the next to light: what a block says is known once it can be read.
      for _ in 0..<4 {
        let made = try mend(
          findings.filter { rules.isEmpty || rules.contains($0.rule) }, in: vault,
          keeping: &changes)
        if made == 0 { break }
        mended += made
        (findings, count) = try self.findings(vault, prefix)
      }
      if mended > 0 {
        Output.remark("\(Count.of(mended, "finding")) mended; 'folio undo' takes them back.")
      }
    }
    if !rules.isEmpty { findings = findings.filter { rules.contains($0.rule) } }
    if errorsOnly { findings = findings.filter { $0.severity == .error } }
    if json {
      output.line(JSON.object([("findings", .array(findings.map(\.json)))]).text)
    } else {
      print(findings, &output)
    }
    output.flush()
    let errors = findings.count { $0.severity == .error }
    if !json {
      let notes = Count.of(count, staged ? "staged note" : "note")
      Output.remark(
        findings.isEmpty
          ? "\(notes), nothing to mend."
          : "\(Count.of(errors, "error")), \(Count.of(findings.count - errors, "warning")) in \(notes)."
      )
    }
    if errors > 0 || strict && !findings.isEmpty { throw Failure.quiet(.nothing) }
  }

  /// The findings, and how many notes were looked at.
  private func findings(_ vault: Vault, _ prefix: String) throws -> ([Finding], Int) {
    let (notes, report) = try index.open(vault)
    let check = VaultCheck(notes, report: report, today: Environment.now)
    if staged {
      guard let next = try StagedFiles.read(vault) else {
        throw Failure(
          .badInput, "\(vault.root) is in no git repository, so nothing is staged",
          "Use 'folio check' without '--staged'.")
      }
      let staged = next.files.filter { VaultPath.isNote($0.path.name) }
      let others = next.files.filter { !VaultPath.isNote($0.path.name) }
      let secrets = others.flatMap { VaultCheck.secrets(in: $0.bytes, at: $0.path) }
      let changed = staged.map { Note(path: $0.path, bytes: $0.bytes) }
      let claims = try ClaimCheck.run(vault, notes, staged: changed)
      let own = check.run(staged)
      let removed = next.removedNotes.map { Note(path: $0.path, bytes: $0.bytes) }
      let broken = check.brokenLinks(to: removed, changed: changed).filter { !own.contains($0) }
      return (check.settled(own + broken + secrets + claims), staged.count)
    }
    let inFolder = prefix.isEmpty ? nil : String(prefix.dropLast())
    var findings = check.run(in: inFolder)
    let claims = try ClaimCheck.run(vault, notes).filter { $0.path.hasPrefix(prefix) }
    findings = check.settled(findings + claims)
    return (findings, notes.index.documentCount)
  }

  /// Makes the safe mends, note by note; gives how many were made.
  private func mend(
    _ findings: [Finding], in vault: Vault, keeping changes: inout ChangeSet
  ) throws -> Int {
    var mended = 0
    for (path, own) in Dictionary(grouping: findings.filter { !$0.fix.isEmpty }, by: \.path)
      .sorted(by: { $0.key < $1.key })
    {
      let path = try VaultPath(path)
      for finding in own.reversed() {
        let changed = try NoteEditor(vault: vault).edit(path, keeping: &changes) {
          note throws(VaultError) in finding.mended(note.bytes)
        }
        if changed { mended += 1 }
      }
      index.indexWritten([path], removed: [], in: vault)
    }
    return mended
  }

  private static func rule(named name: String) throws -> Finding.Rule {
    guard let rule = Finding.Rule.every.first(where: { $0.name == name }) else {
      let names = Finding.Rule.every.map(\.name)
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
          + style.dim("[\(finding.rule.name)]"))
    }
  }
}

extension Finding {
  var json: JSON {
    .object([
      ("path", .string(path)), ("line", .int(line)), ("col", .int(column)),
      ("severity", .string(severity.rawValue)), ("rule", .string(rule.name)),
      ("message", .string(message)), ("fixable", .bool(!fix.isEmpty)),
    ])
  }
}
