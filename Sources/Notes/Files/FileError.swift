#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A call to the operating system that failed.
public struct FileError: Error, Equatable, Sendable {
  /// What was being done, as a verb phrase: "read", "create", "list".
  public let operation: String
  /// The file or folder it was done to, as given.
  public let path: String
  /// The C library's error number.
  public let code: Int32

  public init(_ operation: String, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The same, with the error number of the call that failed just now on this thread.
  init(_ operation: String, _ path: String) {
    self.init(operation, path, code: errno)
  }

  /// The system's words for the error number: "No such file or directory".
  public var reason: String {
    String(cString: strerror(code))
  }

  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  public var isDenied: Bool { code == EACCES || code == EPERM || code == EROFS }
  public var isFull: Bool { code == ENOSPC || code == EDQUOT }
  public var exists: Bool { code == EEXIST || code == ENOTEMPTY }
}
