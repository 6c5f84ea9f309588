internal import EverydayCommands
internal import Sync

extension Failure {
  /// The failure that an error of sync amounts to.
  init(_ error: SyncError) {
    switch error {
    case .file(let file): self.init(any: file)
    case .vault(let vault): self.init(any: vault)
    default: self.init(Self.status(of: error), error.message, error.remedy)
    }
  }

  private static func status(of error: SyncError) -> ExitStatus {
    switch error {
    case .offline: .offline
    case .notAuthorised: .notAuthorised
    case .refused, .remoteKeepsMoving, .notVerified: .refusedByRemote
    case .guarded, .unrelated, .rewritten, .outsideVault, .badName, .inTheWay, .editedMeanwhile,
      .branchMoved, .unsupported, .notOwner:
      .unsafe
    case .locked, .indexLocked: .locked
    case .noConflict, .noHistory, .noRevision: .nothing
    case .badAddress, .badRemoteName, .cannotSettle: .usage
    case .emptyRemote: .badInput
    case .remote(let problem):
      switch problem.kind {
      case .offline: .offline
      case .notAuthorised: .notAuthorised
      case .refused: .refusedByRemote
      case .unsafe: .unsafe
      }
    case .cancelled: .inputOutput
    case .git, .damaged, .file: .inputOutput
    case .noRepository, .notAVault, .ambiguousConflict, .noRemote, .severalRemotes, .noSuchRemote,
      .remoteExists,
      .folderNotEmpty, .vault:
      .badInput
    }
  }

  /// Runs a call of sync, turning its error into words.
  static func wrap<R>(_ body: () throws(SyncError) -> R) throws -> R {
    do throws(SyncError) { return try body() } catch { throw Failure(error) }
  }
}
