internal import CLibGit2

/// A call to libgit2 that failed.
public struct GitError: Error, Equatable, Sendable {
  /// libgit2's error code, below 0.
  public let code: Int32
  /// The part of libgit2 that failed: a `git_error_t`, 0 when it did not say.
  let category: Int32
  /// What was being done: "make a repository in /home/maya/notes".
  public let operation: String
  /// libgit2's own words.
  public let reason: String

  init(code: Int32, category: Int32 = 0, operation: String, reason: String) {
    self.code = code
    self.category = category
    self.operation = operation
    self.reason = reason
  }

  /// What happened.
  public var message: String { "cannot \(operation): \(reason)" }

  /// Runs a call of libgit2 and throws when its return code is below 0.
  static func check(
    _ operation: @autoclosure () -> String, _ code: Int32
  ) throws(GitError) {
    guard code < 0 else { return }
    let last = git_error_last()
    let reason = last?.pointee.message.map { String(cString: $0) }
    throw GitError(
      code: code, category: last?.pointee.klass ?? 0, operation: operation(),
      reason: reason ?? "error \(code)")
  }
}
