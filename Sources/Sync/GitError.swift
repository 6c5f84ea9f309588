internal import CLibGit2

/// A call to libgit2 that failed.
public struct GitError: Error, Equatable, Sendable {
  /// libgit2's error code, below 0.
  public let code: Int32
  /// What was being done: "make a repository in /home/maya/notes".
  public let operation: String
  /// libgit2's own words.
  public let reason: String

  /// What happened.
  public var message: String { "cannot \(operation): \(reason)" }

  /// Runs a call of libgit2 and throws when its return code is below 0.
  static func check(
    _ operation: @autoclosure () -> String, _ code: Int32
  ) throws(GitError) {
    guard code < 0 else { return }
    let last = git_error_last()?.pointee.message.map { String(cString: $0) }
    throw GitError(code: code, operation: operation(), reason: last ?? "error \(code)")
  }
}
