/// What can go wrong with an index. Searching never fails for what was typed.
public enum IndexError: Error, Equatable, Sendable {
  /// Another process is writing to the index in this directory.
  case locked(String)
  /// The system refused an operation on this path; the number is `errno`.
  case io(String, Int32)
  /// A file of the index is not as it was written.
  case damaged(file: String, what: String)

  /// What happened.
  public var description: String {
    switch self {
    case .locked(let path): "Another process is writing to the index in \(path)."
    case .io(let path, let code): "\(path): \(IndexError.words(for: code))."
    case .damaged(let file, let what): "The index file \(file) is damaged: \(what)."
    }
  }

  /// What to do about it.
  public var recovery: String {
    switch self {
    case .locked: "Wait for it to finish, then try again."
    case .io(_, let code) where code == 28: "Free some disk space, then try again."
    case .io: "Check that the directory exists and may be written to, then try again."
    case .damaged: "Rebuild the index; it holds nothing that the documents do not."
    }
  }

  private static func words(for code: Int32) -> String {
    switch code {
    case 1, 13: "permission denied"
    case 2: "no such file or directory"
    case 5: "input or output error"
    case 17: "the file exists"
    case 20: "not a directory"
    case 24: "too many open files"
    case 28: "no space left on the disk"
    case 30: "the file system is read-only"
    default: "system error \(code)"
    }
  }
}

extension IndexError: CustomStringConvertible {}
