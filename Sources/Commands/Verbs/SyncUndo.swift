internal import EverydayCommands
internal import Notes
internal import Sync

/// What a sync brought into the vault, in the log of `folio undo`: two commits, a space between them.
struct SyncUndo {
  static let kind = "sync"

  private let payload: String

  init(_ payload: String) { self.payload = payload }

  /// Writes down what can be taken back.
  static func record(_ report: SyncReport, in vault: Vault) {
    guard let (from, to) = report.brought, !report.isDryRun else { return }
    let notes = Tally(report.received).text
    ChangeLog(vault, local: vault.localFolder(shared: Environment.sharedCache)).record(
      ChangeSet(
        title: "sync, \(notes) received", moment: Environment.now.utcSeconds,
        steps: [.other(kind: kind, payload: "\(from) \(to)")]))
  }

  func takeBack(in vault: Vault, again: Bool) throws {
    let ids = payload.split(separator: " ").compactMap { ObjectID($0) }
    guard ids.count == 2 else {
      throw Failure(
        .badInput, "what the sync brought is not written down as it should be",
        "'folio history NOTE' and 'folio restore NOTE@REV' bring single notes back.")
    }
    let sync = Sync(vault, SyncVerb.options(), transport: LibGit2Transport())
    let report = try Failure.wrap { () throws(SyncError) in
      again
        ? try sync.undo(from: ids[1], to: ids[0]) : try sync.undo(from: ids[0], to: ids[1])
    }
    for conflict in report.conflicts { Output.remark("folio: " + ConflictPrinting.line(conflict)) }
  }
}
