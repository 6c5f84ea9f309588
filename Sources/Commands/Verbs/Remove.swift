public import ArgumentParser
public import EverydayCommands
internal import Notes

public struct Remove: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "rm", _superCommandName: "folio",
    abstract: "Move notes to the vault's trash, and list links that then lead nowhere.",
    discussion: """
      What is removed lies in .folio/trash for 90 days, under the day and its own path; 'folio undo' \
      puts it back. Files and folders may be named by their paths.

        folio rm show-broken-dags
        folio rm --dry-run dynamic-task-mapping
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The notes.", completion: Candidates.notes) var notes: [String]
  @Flag(
    name: [.customShort("r"), .customLong("recursive")], help: "Folders too, with all in them.")
  var recursive = false
  @Flag(name: [.customLong("dry-run")], help: "Show what would happen, and change nothing.")
  var dryRun = false
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    var paths: [VaultPath] = []
    for name in notes {
      let path = try find(name, in: vault)
      if !paths.contains(path) { paths.append(path) }
    }
    let opened = try index.openForChange(vault)
    let now = Environment.now
    let plan = try Trash(opened).plan(paths, now: now)
    if !dryRun {
      let outcome = try index.changeLog(of: vault).apply(plan.changes)
      let gone = outcome.changes.touched.removed
      index.indexWritten([], removed: gone, in: vault)
      Trash.empty(vault, now: now)
    }
    if json {
      let places = plan.places.map {
        JSON.object([("from", .string($0.from.description)), ("to", .string($0.to.description))])
      }
      output.line(
        JSON.object([
          ("dry_run", .bool(dryRun)), ("removed", .array(places)),
          ("links", .array(plan.dangling.map(\.json))),
        ]).text)
      return
    }
    for (from, to) in plan.places { output.line(Terminal.harmless("\(from) → \(to)")) }
    for link in plan.dangling {
      output.line(
        Terminal.harmless("\(link.source):\(link.line):\(link.column) \(link.target) ")
          + (dryRun ? "would lead nowhere" : "leads nowhere now"))
    }
    Output.remark(dryRun ? "Nothing was done." : "'folio undo' puts it back.")
  }

  private func find(_ name: String, in vault: Vault) throws -> VaultPath {
    var trimmed = name
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    for folder in [FileSystem.currentFolder, vault.root] {
      guard let path = vault.path(ofFile: trimmed, from: folder),
        let status = FileSystem.status(vault.absolute(path), followingLinks: false)
      else { continue }
      guard status.kind == .folder else { return path }
      if recursive { return path }
      throw Failure(
        .usage, "\(path) is a folder", "'folio rm -r \(name)' moves it with all in it to the trash."
      )
    }
    return try NoteFinder(vault, index).path(of: name)
  }
}
