public import ArgumentParser
public import EverydayCommands
internal import Notes

public struct Move: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "mv", _superCommandName: "folio",
    abstract: "Rename a note, a folder or a heading, with every link to it.",
    discussion: """
      NEW is a name, a path in the vault, or a folder. Every link that would lead elsewhere is written \
      anew in the form it has, and so are the note's own relative links; nothing else is touched. It \
      happens entirely or not at all, and 'folio undo' takes it back.

        folio mv dynamic-task-mapping task-mapping
        folio mv dynamic-task-mapping documentation/
        folio mv snippets/dynamic-task-mapping.md documentation/mapping.md --dry-run
        folio mv dynamic-task-mapping --title "Mapping tasks"
        folio mv 'executors-compared#How I choose' 'Choosing'
        folio mv snippets shell

      --title changes the title where it stands, in the front matter or the first heading, and the \
      links that use it; without NEW the file keeps its name.
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The note, file, folder, or note#heading.", completion: Candidates.notes)
  var old: String
  @Argument(help: "Its new name, path or folder.", completion: Candidates.folders) var new: String?

  @Option(help: ArgumentHelp("The note's new title.", valueName: "text")) var title: String?
  @Flag(name: [.customLong("dry-run")], help: "Show what would change, and change nothing.")
  var dryRun = false
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func validate() throws {
    if new == nil, title == nil { throw ValidationError("say what it is to be called") }
    if let title, title.isEmpty || title.contains(where: \.isNewline) {
      throw ValidationError("a title is one line")
    }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let change = PlannedChange(index: index, vault: vault, dryRun: dryRun, json: json)
    try change.run(&output) { try plan(in: vault) }
  }

  private func plan(in vault: Vault) throws -> (Rename, Rename.Plan) {
    let rename = Rename(try index.openForChange(vault))
    let moment = Environment.now.seconds
    if let hash = old.firstIndex(of: "#"), hash > old.startIndex,
      FileSystem.status(old) == nil
    {
      guard let new else {
        throw Failure(.usage, "a heading needs its new words", "Give them as the second argument.")
      }
      let path = try NoteFinder(vault, index).path(of: String(old[..<hash]))
      return (
        rename,
        try rename.plan(
          heading: String(old[old.index(after: hash)...]), of: path, to: new, moment: moment)
      )
    }
    let path = try source(in: vault)
    return (
      rename,
      try rename.plan(path, to: try target(of: path, in: vault), title: title, moment: moment)
    )
  }

  /// The note, file or folder that was named.
  private func source(in vault: Vault) throws -> VaultPath {
    var name = old
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    for folder in [FileSystem.currentFolder, vault.root] {
      if let path = vault.path(ofFile: name, from: folder),
        FileSystem.status(vault.absolute(path), followingLinks: false) != nil
      {
        return path
      }
    }
    return try NoteFinder(vault, index).path(of: old)
  }

  private func target(of path: VaultPath, in vault: Vault) throws -> VaultPath {
    guard let new else { return path }
    let isNote = VaultPath.isNote(path.name)
    func named(_ name: String) -> String {
      // A note stays one, whatever it is called.
      isNote && !VaultPath.isNote(name) ? name + ".md" : name
    }
    if new.hasSuffix("/") || FileSystem.isFolder(vault.root + "/" + new) {
      var folder = new
      while folder.hasSuffix("/") { folder.removeLast() }
      // A folder that only differs in spelling is the same folder where case does not matter.
      if folder == path.description || folder.isEmpty { return try VaultPath(path.name) }
      return try VaultPath(folder == "." ? path.name : folder + "/" + path.name)
    }
    if new.contains("/") {
      if new.hasPrefix("/") || new.hasPrefix("../") {
        guard let inside = vault.path(ofFile: named(new), from: FileSystem.currentFolder) else {
          throw VaultError.pathOutsideVault(new)
        }
        return inside
      }
      return try VaultPath(named(new.hasPrefix("./") ? String(new.dropFirst(2)) : new))
    }
    return try VaultPath((path.folder.isEmpty ? "" : path.folder + "/") + named(new))
  }
}

/// Showing a plan, and making it happen unless only its preview was asked for.
struct PlannedChange {
  var index: ReadingOptions
  var vault: Vault
  var dryRun: Bool
  var json: Bool

  /// - Parameter make: Makes the plan; asked again when another command was quicker.
  func run(_ output: inout Output, _ make: () throws -> (Rename, Rename.Plan)) throws {
    if dryRun { return tell(try make().1, [], &output) }
    let log = index.changeLog(of: vault)
    try log.planning {
      var (rename, plan) = try make()
      var outcome: ChangeLog.Outcome?
      for attempt in 1...3 where outcome == nil {
        do { outcome = try rename.perform(plan, log: log) } catch let error as VaultError {
          // Somebody renamed or removed one of these files just now: planned anew with what is there.
          guard case .changedMeanwhile(let path) = error, attempt < 3 else { throw error }
          Output.remark(
            Terminal.harmless("folio: \(path) was changed at the same moment; trying again."))
          (rename, plan) = try make()
        }
      }
      guard let outcome else { return }
      let touched = outcome.changes.touched
      index.indexWritten(touched.written, removed: touched.removed, in: vault)
      for path in outcome.left {
        Output.remark(
          "folio: \(Terminal.harmless(path.description)) was changed by another program at the same "
            + "moment and left as it is.")
      }
      tell(plan, outcome.retried, &output)
    }
  }

  private func tell(_ plan: Rename.Plan, _ retried: [VaultPath], _ output: inout Output) {
    if json { output.line(plan.json(isDryRun: dryRun).text) } else { tell(plan, &output) }
    for (path, reason) in plan.left {
      Output.remark(Terminal.harmless("folio: \(path) is left as it is: \(reason)."))
    }
    for path in retried {
      Output.remark(
        Terminal.harmless(
          "folio: \(path) was being changed by another program; its links were changed in what that "
            + "wrote."))
    }
  }

  private func tell(_ plan: Rename.Plan, _ output: inout Output) {
    for step in plan.changes.steps {
      if case .move(let from, let to) = step {
        output.line(Terminal.harmless("\(from) → \(to)"))
      }
    }
    if dryRun {
      for link in plan.links {
        output.line(Terminal.harmless("\(link.path):\(link.line): \(link.old) → \(link.new)"))
      }
    }
    let notes = Set(plan.links.map(\.path)).count
    let places = Count.of(plan.links.count, "place")
    let text =
      plan.links.isEmpty
      ? "No link needs to change."
      : "\(places) in \(Count.of(notes, "note")) \(dryRun ? "would change" : "changed")."
    Output.remark(text + (dryRun ? " Nothing was done." : " 'folio undo' takes it back."))
  }
}

extension Rename.Plan {
  func json(isDryRun: Bool) -> JSON {
    let moves = changes.steps.compactMap { step -> JSON? in
      guard case .move(let from, let to) = step else { return nil }
      return .object([("from", .string(from.description)), ("to", .string(to.description))])
    }
    let edits = links.map { link in
      JSON.object([
        ("path", .string(link.path.description)), ("line", .int(link.line)),
        ("old", .string(link.old)), ("new", .string(link.new)),
      ])
    }
    return .object([
      ("dry_run", .bool(isDryRun)), ("moves", .array(moves)), ("edits", .array(edits)),
      ("left", .strings(left.map(\.path.description))),
    ])
  }
}

extension ReadingOptions {
  /// The changes of this vault that can be taken back.
  func changeLog(of vault: Vault) -> ChangeLog {
    ChangeLog(vault, local: vault.localFolder(shared: Environment.sharedCache))
  }

  /// Indexes what was written; very many notes are left to the next search, which finds them by its
  /// scan.
  func indexWritten(_ written: [VaultPath], removed: [VaultPath], in vault: Vault) {
    guard written.count + removed.count <= 200 else { return }
    NoteIndex.noteWritten(written, removed: removed, in: vault, directory: directory(of: vault))
  }
}
