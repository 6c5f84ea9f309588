public import Notes

/// The exit codes of every verb.
public enum ExitStatus: Int32, Sendable {
  case done = 0
  /// Nothing found, or findings.
  case nothing = 1
  /// Input that cannot be used.
  case badInput = 2
  case conflicts = 3
  case offline = 5
  case notAuthorised = 6
  case refusedByRemote = 7
  /// Refused as unsafe.
  case unsafe = 8
  case locked = 9
  case usage = 64
  /// A bug.
  case bug = 70
  case inputOutput = 74
}

/// An error in the words of a person, with the exit code that goes with it.
public struct Failure: Error, Sendable {
  public let status: ExitStatus
  /// What happened, and where.
  public let message: String
  /// What to type next.
  public let remedy: String

  public init(_ status: ExitStatus, _ message: String, _ remedy: String) {
    self.status = status
    self.message = message
    self.remedy = remedy
  }

  /// A command that ends with a code and has nothing more to say.
  public static func quiet(_ status: ExitStatus) -> Failure { Failure(status, "", "") }

  public init(_ error: VaultError) {
    let status: ExitStatus
    switch error {
    case .noSuchNote, .noSuchTag, .noSuchKey, .noSuchHeading: status = .nothing
    case .file(let error): status = error.isMissing ? .badInput : .inputOutput
    case .linkOutsideVault, .unsafeEdit, .changedMeanwhile, .changedSince, .exists: status = .unsafe
    case .indexLocked: status = .locked
    case .index: status = .inputOutput
    case .badDate, .badTag, .badValue, .badPattern, .unknownKind: status = .usage
    default: status = .badInput
    }
    self.init(status, error.message, error.remedy)
  }

  /// The failure that any error amounts to.
  public init(any error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as VaultError: self.init(error)
    case let error as FileError: self.init(VaultError.file(error))
    default:
      self.init(
        .bug, "something that should not happen: \(error)",
        "Please report it with the command you typed.")
    }
  }

  /// Says what happened on standard error and ends the program.
  public func end() -> Never {
    if !message.isEmpty {
      let style = Style(.auto, isTerminal: Terminal.isError)
      var text = style.bad("folio:") + " " + Terminal.harmless(message)
      if !remedy.isEmpty { text += "\n" + Terminal.harmless(remedy) }
      Output.remark(text)
    }
    Program.exit(status)
  }
}
