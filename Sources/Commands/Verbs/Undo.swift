public import ArgumentParser
public import EverydayCommands
internal import Notes

public struct Undo: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "undo", _superCommandName: "folio",
    abstract: "Take back the last thing that changed files.",
    discussion: """
      What folio changed in the vault is kept on this device, the last hundred times: new notes and \
      imports, edits, what your editor did when folio had opened it, renames, removals, versions that \
      were restored, conflicts that were settled, and what a sync brought. A sync is taken back as a \
      new commit, which the next sync sends. A file that was changed since is never overwritten: \
      nothing is taken back then, and it is named.

        folio undo
        folio undo --list
        folio undo --redo
      """)

  @OptionGroup var index: ReadingOptions
  @Flag(help: "List what can be taken back, newest first.") var list = false
  @Flag(help: "Do once more what was taken back last.") var redo = false
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let log = index.changeLog(of: vault)
    if list { return try printList(log, &output) }
    guard
      let (entry, outcome) = try log.undo(
        again: redo,
        other: { kind, payload in
          try takeBack(kind, payload, in: vault)
        })
    else {
      throw Failure(
        .nothing, redo ? "nothing was taken back" : "there is nothing to take back",
        "'folio undo --list' shows what can be.")
    }
    let touched = outcome.changes.touched
    index.indexWritten(touched.written, removed: touched.removed, in: vault)
    output.line(
      Terminal.harmless((redo ? "done again: " : "taken back: ") + entry.changes.title))
    for path in outcome.left {
      Output.remark(
        Terminal.harmless("folio: \(path) was changed at the same moment and left as it is."))
    }
  }

  /// What only another part of folio can take back.
  private func takeBack(_ kind: String, _ payload: String, in vault: Vault) throws {
    if kind == SyncUndo.kind { return try SyncUndo(payload).takeBack(in: vault, again: redo) }
    throw Failure(
      .badInput, "a \(kind) cannot be taken back by this version",
      "'folio undo --list' shows what can be.")
  }

  private func printList(_ log: ChangeLog, _ output: inout Output) throws {
    let entries = log.entries()
    if json {
      let items = entries.map { entry in
        JSON.object([
          ("number", .int(entry.number)), ("what", .string(entry.changes.title)),
          ("when", .string(LocalTime.utc(seconds: entry.changes.moment))),
          ("undone", .bool(entry.isUndone)),
        ])
      }
      output.line(JSON.object([("changes", .array(items))]).text)
    } else {
      for entry in entries {
        let when = LocalTime(seconds: entry.changes.moment)
        output.line(
          Terminal.harmless(
            "\(when.isoDate)  \(entry.changes.title)\(entry.isUndone ? "  (taken back)" : "")"))
      }
    }
    if entries.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}
