import Foundation

/// What a user without special rights sees: root may write everywhere, and so would test nothing.
enum Unprivileged {
  /// Runs `body`, which must not suspend, with the file rights of nobody when the tests run as root.
  static func run<Value>(_ body: () throws -> Value) rethrows -> Value {
    #if os(Linux)
      typealias SetUser = @convention(c) (UInt32) -> Int32
      if geteuid() == 0, let symbol = dlsym(nil, "setfsuid") {
        // The file-system user belongs to one thread and to those that it starts.
        let setUser = unsafeBitCast(symbol, to: SetUser.self)
        _ = setUser(65_534)
        defer { _ = setUser(0) }
        return try body()
      }
    #endif
    return try body()
  }

  #if canImport(Glibc)
    static let fileSizeLimit = __rlimit_resource_t(1)
  #else
    static let fileSizeLimit = RLIMIT_FSIZE
  #endif
}
