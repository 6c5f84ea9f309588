public import ArgumentParser
public import EverydayCommands
internal import Notes

public struct Import: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "import", _superCommandName: "folio",
    abstract: "Bring notes of another tool into the vault.",
    discussion: """
      The source is only read. Notes and other files keep their names and folders and come byte for \
      byte; a file that is there is never replaced, so that a second import changes nothing, and 'folio \
      undo' takes an import back. What of \
      the source has no home here is said, with where it went instead.

        folio import obsidian ~/old-vault --dry-run
        folio import zk ~/zk --into archive/zk
        folio import jsonl notes.jsonl

      A line of jsonl is an object with title, body, tags, created, kind, url, lang, path or \
      whatever else; unknown members become keys of the front matter.

      Exit code 1 when something could not be brought.
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable { case obsidian, zk, jsonl }

  @OptionGroup var index: ReadingOptions

  @Argument(help: "What it comes from: obsidian, zk or jsonl.") var form: Form

  @Argument(help: "The folder, or the file of JSON lines.", completion: .file()) var path: String

  @Option(
    help: ArgumentHelp("Bring everything into this folder of the vault.", valueName: "folder"),
    completion: Candidates.folders)
  var into: String?

  @Flag(
    name: .customLong("keep-both"),
    help: "What differs from a file that is there comes under a name with a number.")
  var keepBoth = false

  @Flag(name: [.customShort("N"), .long], help: "Say what would come; write nothing.")
  var dryRun = false

  @Flag(help: "Print JSON: every item with its state, and the remarks.") var json = false

  @Flag(name: .shortAndLong, help: "Say only what could not be brought.") var quiet = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    var folder = into ?? ""
    while folder.hasSuffix("/") { folder.removeLast() }
    let options = ImportPlan.Options(folder: folder, keepsBoth: keepBoth)
    let plan =
      switch form {
      case .obsidian: try FolderImport(.obsidian, root: path).plan(into: vault, options)
      case .zk: try FolderImport(.zk, root: path).plan(into: vault, options)
      case .jsonl: try LinesImport(path: path).plan(into: vault, options)
      }
    if !dryRun {
      let written = try plan.apply(to: vault, title: "import \(form.rawValue) \(path)")
      if !written.isEmpty { _ = try? index.open(vault, quiet: quiet) }
    }
    if json {
      output.line(plan.json(source: path, isDryRun: dryRun).text)
    } else {
      say(plan, &output)
    }
    let isWhole = plan.items.allSatisfy { $0.state == .new || $0.state == .present }
    if !isWhole {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func say(_ plan: ImportPlan, _ output: inout Output) {
    let shown = Terminal.harmless(path)
    if !quiet {
      for (isNote, one, many) in [(true, "note", "notes"), (false, "other file", "other files")] {
        let total = plan.count(notes: isNote) { _ in true }
        guard total > 0 || isNote else { continue }
        let new = plan.count(notes: isNote) { $0 == .new }
        let present = plan.count(notes: isNote) { $0 == .present }
        let different = plan.count(notes: isNote) { $0 == .different }
        let refused = total - new - present - different
        var parts = [dryRun ? "\(new) would come" : "\(new) brought"]
        if present > 0 { parts.append("\(present) here already") }
        let differs = different == 1 ? "differs" : "differ"
        if different > 0 { parts.append("\(different) \(differs) from what is here") }
        if refused > 0 { parts.append("\(refused) cannot come") }
        output.line(
          "\(total) \(total == 1 ? one : many) in \(shown): \(parts.joined(separator: ", "))")
      }
    }
    for item in plan.items {
      let source = Terminal.harmless(item.source)
      switch item.state {
      case .refused(let reason):
        output.line("  \(source) cannot come: \(Terminal.harmless(reason))")
      case .different:
        output.line("  \(source) differs from \(Terminal.harmless(item.path)), which stays")
      default: continue
      }
    }
    if quiet { return }
    for remark in plan.remarks {
      let examples = remark.examples.map { Terminal.harmless($0) }.joined(separator: ", ")
      let more = remark.count > remark.examples.count ? ", …" : ""
      output.line(
        "No home here: \(remark.what) (\(remark.count): \(examples)\(more)): \(remark.instead).")
    }
    if plan.count(notes: true, { $0 == .different })
      + plan.count(notes: false, { $0 == .different }) > 0,
      !keepBoth
    {
      output.line("'--keep-both' brings what differs under names with numbers.")
    }
    if dryRun { output.line("Nothing was written.") }
  }
}

extension ImportPlan {
  fileprivate func json(source: String, isDryRun: Bool) -> JSON {
    func counts(_ isNote: Bool) -> JSON {
      let states: [(String, (Item.State) -> Bool)] = [
        ("new", { $0 == .new }), ("present", { $0 == .present }),
        ("different", { $0 == .different }), ("refused", { $0.word == "refused" }),
      ]
      return .object(
        [("total", .int(count(notes: isNote) { _ in true }))]
          + states.map { ($0.0, .int(count(notes: isNote, $0.1))) })
    }
    return .object([
      ("source", .string(source)), ("dry_run", .bool(isDryRun)),
      ("counts", .object([("notes", counts(true)), ("files", counts(false))])),
      (
        "items",
        .array(
          items.map {
            .object([
              ("source", .string($0.source)), ("path", $0.path.isEmpty ? .null : .string($0.path)),
              ("state", .string($0.state.word)), ("reason", .optional($0.state.reason)),
              ("changes", .strings($0.changes)),
            ])
          })
      ),
      (
        "remarks",
        .array(
          remarks.map {
            .object([
              ("what", .string($0.what)), ("instead", .string($0.instead)),
              ("count", .int($0.count)), ("examples", .strings($0.examples)),
            ])
          })
      ),
    ])
  }
}

extension ImportPlan.Item.State {
  fileprivate var word: String {
    switch self {
    case .new: "new"
    case .present: "present"
    case .different: "different"
    case .refused: "refused"
    }
  }

  fileprivate var reason: String? {
    if case .refused(let reason) = self { reason } else { nil }
  }
}
