public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

/// The verb that groups those about conflicts.
public struct ConflictsVerb: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "conflicts", _superCommandName: "folio",
    abstract: "What sync left for you to decide.",
    discussion: """
      When two devices changed the same lines of a note, sync keeps both versions: the note has those \
      of the older commit, the other version lies beside it and is linked from the key 'conflicts'. \
      Keys of the front matter that both changed keep the older commit's value. Conflicts travel with \
      the vault, so any device can settle them.

        folio conflicts
        folio conflicts show pools
        folio conflicts resolve pools --theirs
      """,
    subcommands: [ConflictsList.self, ConflictsShow.self, ConflictsResolve.self],
    defaultSubcommand: ConflictsList.self)

  public init() {}
}

public struct ConflictsList: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio conflicts",
    abstract: "List the conflicts that wait.",
    discussion: """
      Exit code 1 when there is none.

        folio conflicts
        folio conflicts --json
      """)

  @OptionGroup var vault: VaultOptions
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let conflicts = PendingConflicts(of: try vault.open()).conflicts
    if json {
      output.line(JSON.object([("conflicts", ConflictPrinting.json(conflicts))]).text)
    } else {
      for conflict in conflicts { output.line(ConflictPrinting.line(conflict)) }
    }
    if conflicts.isEmpty {
      if !json, Terminal.isError { Output.remark("No conflict waits.") }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}

public struct ConflictsShow: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "show", _superCommandName: "folio conflicts",
    abstract: "Show both versions side by side.",
    discussion: """
      On the left the note as it is, on the right the other version; lines that differ are marked with \
      '|', lines of one side alone with '<' and '>'.

        folio conflicts show pools
        folio conflicts show documentation/pools.md --all
      """)

  @OptionGroup var vault: VaultOptions
  @Argument(help: "The note or its other version.") var note: String
  @Flag(help: "All lines, not only those around a difference.") var all = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let versions = try Failure.wrap { () throws(SyncError) in
      try ConflictVersions.find(note, in: vault)
    }
    let style = Style(color)
    for (index, pair) in versions.enumerated() {
      if index > 0 { output.line() }
      output.line(style.title(ConflictPrinting.line(pair.conflict)))
      let columns = SideBySide(width: Terminal.width, style: style, showsAll: all)
      columns.print(pair, &output)
    }
  }
}

public struct ConflictsResolve: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "resolve", _superCommandName: "folio conflicts",
    abstract: "Settle the conflicts of a note.",
    discussion: """
      --ours keeps the note as it is, --theirs puts the other version in its place, --both keeps the \
      other version as a note of its own, --edited says that you have put them together in the note \
      yourself. What is not kept goes to .folio/trash; both versions stay in the history. The next \
      sync tells the other devices.

        folio conflicts resolve pools --ours
        folio conflicts resolve projects/price-watch.md --field status --theirs
        folio edit pools && folio conflicts resolve pools --edited
      """)

  @OptionGroup var vault: VaultOptions
  @Argument(help: "The note or its other version.") var note: String

  @Option(help: ArgumentHelp("Only this key of the front matter.", valueName: "key"))
  var field: String?

  @Flag(help: "Keep the note as it is.") var ours = false
  @Flag(help: "Put the other version in its place.") var theirs = false
  @Flag(help: "Keep the other version as a note of its own.") var both = false
  @Flag(help: "The note has what you want of both.") var edited = false

  @Flag(name: .shortAndLong, help: "Say nothing.") var quiet = false

  public init() {}

  private var choices: [ConflictResolution.Choice] {
    (ours ? [.ours] : []) + (theirs ? [.theirs] : []) + (both ? [.both] : [])
      + (edited ? [.edited] : [])
  }

  public func validate() throws {
    guard choices.count == 1 else {
      throw ValidationError(
        choices.isEmpty
          ? "say how: --ours, --theirs, --both or --edited"
          : "--ours, --theirs, --both and --edited exclude each other")
    }
  }

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let resolution = try Failure.wrap { () throws(SyncError) in
      try ConflictResolution(of: vault, named: note, field: field)
    }
    let before = resolution.files.map { path in
      (path: path, bytes: try? FileSystem.read(vault.absolute(path)))
    }
    var changes = vault.changes("conflicts resolve " + note)
    let settled = try Failure.wrap { () throws(SyncError) in
      try resolution.settle(choices[0])
    }
    let others = settled.compactMap(\.other).compactMap { try? VaultPath($0) }
    changes.add(
      since: before + others.filter { !resolution.files.contains($0) }.map { ($0, nil) }, in: vault)
    vault.changeLog?.record(changes)
    guard !quiet else { return }
    for item in settled {
      let place = Terminal.harmless(item.conflict.path)
      let field = item.conflict.field.map { ", key " + Terminal.harmless($0) } ?? ""
      let other = item.other.map { "; the other version is \(Terminal.harmless($0))" } ?? ""
      output.line("\(place)\(field): settled\(other).")
    }
  }
}
