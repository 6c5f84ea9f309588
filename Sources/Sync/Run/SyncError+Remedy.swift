internal import Notes

extension SyncError {
  /// What to type or change next.
  public var remedy: String {
    switch self {
    case .git: "Nothing was lost. Mend that and run 'folio sync' again."
    case .file(let error):
      error.isFull
        ? "Free some space and run 'folio sync' again; it goes on where it stopped."
        : VaultError.file(error).remedy
    case .vault(let error): error.remedy
    case .noRepository, .notAVault: "Run 'folio init' there, which makes what is missing."
    case .notOwner: "Make it yours with 'chown', or run folio as its owner."
    case .unsupported(_, let remedy): remedy
    case .noRemote:
      "Name one with 'folio remote add URL', or a folder with 'folio remote add PATH'."
    case .severalRemotes(let names):
      "Choose with 'git config folio.remote \(names.first ?? "origin")'."
    case .noSuchRemote(_, let known):
      known.isEmpty
        ? "There is none yet; 'folio remote add URL' adds one."
        : "There is \(known.joined(separator: ", ")); 'folio remote list' shows them."
    case .remoteExists(let name, _):
      "Give another name, or take it away first with 'folio remote remove \(name)'."
    case .badAddress:
      "Use a folder, ssh://host/path, user@host:path or https://host/path."
    case .emptyRemote(let path):
      "Check the path; 'folio remote add \(path) --create' makes one there for this vault."
    case .badRemoteName: "Use letters, digits, '-', '_' and '.', such as origin."
    case .locked: "Wait for it to end and run 'folio sync' again."
    case .indexLocked(let path):
      "Close the program that uses git there; if none does, remove \(path)."
    case .noConflict(_, let known):
      known.isEmpty
        ? "There is none; 'folio conflicts' lists them."
        : "There is \(known.prefix(3).joined(separator: ", ")); 'folio conflicts' lists them."
    case .ambiguousConflict: "Name it by its path."
    case .cannotSettle(let path, _, _):
      "Look at both with 'folio conflicts show \(path)'; nothing was changed."
    case .unrelated:
      "Run 'folio sync --join' to put both together; or clone the remote beside it with 'folio clone'."
    case .rewritten:
      "Ask who rewrote it. 'folio sync --accept-rewrite' takes the new history and puts on top what "
        + "was made here since; the old one is kept for 90 days."
    case .noHistory: "'folio sync' saves it; from then on there are versions."
    case .noRevision(let path, _, _): "'folio history \(path)' lists them."
    case .guarded(let findings): findings.first?.remedy ?? ""
    case .outsideVault: "Take them with 'git pull' in the repository, then run 'folio sync' again."
    case .badName: "Rename it where it comes from; nothing was changed here."
    case .inTheWay: "Move it elsewhere and run 'folio sync' again; nothing was overwritten."
    case .editedMeanwhile, .branchMoved, .remoteKeepsMoving, .notVerified:
      "Run 'folio sync' again."
    case .offline: "What was saved here is safe; run 'folio sync' again when it is back."
    case .notAuthorised:
      "For ssh, load an ed25519 key with 'ssh-add' and connect once with 'ssh' so that the host is "
        + "known; then run 'folio sync' again."
    case .refused: "Ask who keeps the remote; what was saved here is safe."
    case .folderNotEmpty: "Name another folder."
    case .remote(let problem): problem.remedy
    case .cancelled: "Run it again when you like."
    case .damaged: "Look with 'git fsck'; nothing was changed."
    }
  }

  /// The sync error that any error amounts to; nil when it is none of the house.
  init?(any error: any Error) {
    switch error {
    case let error as SyncError: self = error
    case let error as GitError: self = .git(error)
    case let error as FileError: self = .file(error)
    case let error as VaultError: self = .vault(error)
    case let error as RemoteProblem: self = .remote(error)
    default: return nil
    }
  }
}
