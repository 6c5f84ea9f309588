#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One parse at a time.
///
/// cmark-gfm 0.29.0.gfm.6 keeps the characters that its extensions react to in a global table, and
/// adds and removes them around every parse: two parses at once would lose each other's.
final class ParserLock: @unchecked Sendable {
  static let shared = ParserLock()

  /// Allocated once and never moved, as the C library wants it.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  private init() { pthread_mutex_init(mutex, nil) }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func with<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
