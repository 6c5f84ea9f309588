public import Notes

/// What can keep a sync from being made. Each case says what happened and what to do.
public enum SyncError: Error, Equatable, Sendable {
  case git(GitError)
  case file(FileError)
  case vault(VaultError)
  case noRepository(vault: String)
  case notAVault(String)
  case notOwner(String)
  /// A repository that sync does not work in; `remedy` is the way out.
  case unsupported(String, remedy: String)
  case noRemote
  case severalRemotes([String])
  case noSuchRemote(String, known: [String])
  case remoteExists(String, address: String)
  case badAddress(String, reason: String)
  /// The folder that was named as a remote holds no repository.
  case emptyRemote(String)
  case badRemoteName(String)
  case locked(String, holder: String)
  case indexLocked(String)
  /// No conflict waits for a file of that name.
  case noConflict(String, known: [String])
  case ambiguousConflict(String, [String])
  case cannotSettle(String, choice: String, reason: String)
  case unrelated(mine: ObjectID, theirs: ObjectID, reference: String)
  case rewritten(reference: String, seen: ObjectID, now: ObjectID, mark: String)
  /// No commit has the file.
  case noHistory(String)
  case noRevision(String, String, count: Int)
  /// What a person has to say first that it is meant.
  case guarded([GuardFinding])
  case outsideVault(String, count: Int)
  case badName(String, reason: String)
  case inTheWay(String)
  case editedMeanwhile(String)
  case branchMoved(String)
  case offline(String, reason: String)
  case notAuthorised(String, reason: String)
  case refused(String, reason: String)
  case remoteKeepsMoving(String)
  case notVerified(String)
  case folderNotEmpty(String)
  case damaged(String)
  /// Something about a remote, in words of its own.
  case remote(RemoteProblem)
  /// The person stopped it.
  case cancelled

  /// What happened, and where.
  public var message: String {
    switch self {
    case .git(let error): error.message
    case .file(let error): VaultError.file(error).message
    case .vault(let error): error.message
    case .noRepository(let vault): "\(vault) is not in a git repository"
    case .notAVault(let folder): "\(folder) has no .folio/, which sync keeps its journal in"
    case .notOwner(let path): "the repository \(path) belongs to another user"
    case .unsupported(let what, _): what
    case .noRemote: "there is no remote to sync with"
    case .severalRemotes(let names):
      "there are \(names.count) remotes and none is chosen: \(names.joined(separator: ", "))"
    case .noSuchRemote(let name, _): "there is no remote \(name)"
    case .remoteExists(let name, let address): "the remote \(name) is there already: \(address)"
    case .emptyRemote(let path): "there is no repository in \(path)"
    case .badAddress(let address, let reason): "\(address) cannot be a remote: \(reason)"
    case .badRemoteName(let name): "\(name) cannot be the name of a remote"
    case .locked(_, let holder): "another folio is syncing this vault\(holder)"
    case .indexLocked(let path): "another program holds \(path)"
    case .noConflict(let name, _): "no conflict waits for \(name)"
    case .ambiguousConflict(let name, let paths):
      "\(name) is the name of \(paths.count) files with conflicts: \(paths.joined(separator: ", "))"
    case .cannotSettle(let path, let choice, let reason):
      "\(path) cannot be settled with --\(choice): \(reason)"
    case .unrelated(let mine, let theirs, let reference):
      "the vault (commit \(mine.short)) and the remote (commit \(theirs.short), \(reference)) have "
        + "no common history"
    case .rewritten(let reference, let seen, let now, _):
      "the remote's history was rewritten: \(reference) was at \(seen.short), which \(now.short) "
        + "does not contain; nothing was merged"
    case .noHistory(let path): "no commit has \(path) yet"
    case .noRevision(let path, let text, let count):
      "\(path) has no version \(text); it has \(count == 1 ? "one" : "\(count)")"
    case .guarded(let findings):
      (findings.first?.text ?? "") + (findings.count > 1 ? "; and \(findings.count - 1) more" : "")
    case .outsideVault(let path, let count):
      "the remote has \(count == 1 ? "a change" : "\(count) changes") outside the vault, first \(path)"
    case .badName(let path, let reason): "the remote has \(path), which is not written: \(reason)"
    case .inTheWay(let path): "\(path) is in the way of a file that the remote has"
    case .editedMeanwhile(let path):
      "\(path) was edited while the sync was running; the edit is kept and the sync was undone"
    case .branchMoved(let name): "another program committed to \(name) while the sync was running"
    case .offline(let address, let reason): "\(address) cannot be reached: \(reason)"
    case .notAuthorised(let address, let reason): "\(address) does not let you in: \(reason)"
    case .refused(let address, let reason): "\(address) refused what was sent: \(reason)"
    case .remoteKeepsMoving(let address): "others keep sending to \(address); five attempts failed"
    case .notVerified(let address): "\(address) said yes but does not have what was sent"
    case .folderNotEmpty(let folder): "\(folder) exists and is not empty"
    case .damaged(let what): what
    case .remote(let problem): problem.message
    case .cancelled: "stopped; nothing was lost"
    }
  }
}
