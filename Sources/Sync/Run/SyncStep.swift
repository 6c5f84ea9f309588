/// The moments of a sync at which it could be interrupted. Tests stop it at each.
enum SyncStep: Hashable, CustomStringConvertible {
  case snapshotTaken, saveJournalled, saveMoved, saveIndexed, saved
  case fetched, merged, backedUp, journalled
  case fileWritten(Int), fileExchanged(Int), fileDone(Int)
  case applied, moved, indexed, journalRemoved
  case pushed, verified

  var description: String {
    switch self {
    case .snapshotTaken: "snapshot taken"
    case .saveJournalled: "save journalled"
    case .saveMoved: "branch moved to the snapshot"
    case .saveIndexed: "index written after the snapshot"
    case .saved: "saved"
    case .fetched: "fetched"
    case .merged: "merged"
    case .backedUp: "backed up"
    case .journalled: "journalled"
    case .fileWritten(let n): "file \(n) written"
    case .fileExchanged(let n): "file \(n) exchanged"
    case .fileDone(let n): "file \(n) done"
    case .applied: "applied"
    case .moved: "branch moved"
    case .indexed: "index written"
    case .journalRemoved: "journal removed"
    case .pushed: "pushed"
    case .verified: "verified"
    }
  }
}

typealias SyncHook = (SyncStep) throws -> Void
