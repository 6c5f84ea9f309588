public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

public struct StatusVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "status", _superCommandName: "folio",
    abstract: "Show what the next sync would save, and how the vault stands to its remote.",
    discussion: """
      Looks at the vault only; what the remote has is as of the last sync.

        folio status
        folio status --json
      """)

  @OptionGroup var vault: VaultOptions
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let status = try Failure.wrap { () throws(SyncError) in try VaultStatus(of: vault) }
    if json {
      output.line(Self.json(status, PendingConflicts(of: vault).conflicts).text)
      return
    }
    let commit = status.commit.map { "at \($0.short)" } ?? "without a commit yet"
    output.line("Branch \(Terminal.harmless(status.branch)), \(commit).")
    if let remote = status.remote {
      let place = Terminal.harmless("\(remote) (\(status.address ?? ""))")
      switch (status.ahead, status.behind) {
      case (0?, 0?): output.line("In step with \(place) as of the last sync.")
      case (let ahead?, let behind?):
        let commits = ahead == 1 ? "1 commit" : "\(ahead) commits"
        output.line("\(commits) not sent to \(place) yet, \(behind) not merged.")
      default: output.line("Never synced with \(place).")
      }
    } else {
      output.line("No remote; 'folio remote add' names one.")
    }
    if status.isRunning { output.line("A sync is running.") }
    if status.isInterrupted {
      output.line("A sync was interrupted; the next 'folio sync' finishes it or takes it back.")
    }
    if status.unsaved.isEmpty {
      output.line("Nothing to save.")
    } else {
      output.line("\(Tally(status.unsaved).text) to save:")
      for change in status.unsaved.prefix(20) {
        output.line("  \(change.kind.rawValue): \(Terminal.harmless(change.path))")
      }
      if status.unsaved.count > 20 { output.line("  and \(status.unsaved.count - 20) more") }
    }
    for conflict in PendingConflicts(of: vault).conflicts {
      output.line(ConflictPrinting.line(conflict))
    }
    SyncPrinting.skipped(status.skipped)
  }

  private static func json(_ status: VaultStatus, _ conflicts: [MergeConflict]) -> JSON {
    .object([
      ("branch", .string(status.branch)), ("commit", .optional(status.commit?.description)),
      ("remote", .optional(status.remote)), ("address", .optional(status.address)),
      ("ahead", status.ahead.map { .int($0) } ?? .null),
      ("behind", status.behind.map { .int($0) } ?? .null),
      ("unsaved", SyncPrinting.json(status.unsaved)),
      ("skipped", SyncPrinting.json(status.skipped)),
      ("conflicts", ConflictPrinting.json(conflicts)),
      ("interrupted", .bool(status.isInterrupted)), ("running", .bool(status.isRunning)),
    ])
  }
}
