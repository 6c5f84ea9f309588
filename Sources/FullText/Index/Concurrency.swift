#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

private final class Job: Sendable {
  let number: Int
  let body: @Sendable (Int) -> Void
  init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.number = number
    self.body = body
  }
}

/// Runs `body(0)` to `body(n - 1)` at the same time, a thread each, and waits for all.
///
/// The calling thread runs `body(0)`; where no thread can be had it runs the others too.
public func concurrently(_ n: Int, _ body: @escaping @Sendable (Int) -> Void) {
  var threads: [pthread_t] = []
  for number in 1..<max(1, n) {
    let job = Unmanaged.passRetained(Job(number, body))
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, nil, runJob, job.toOpaque())
      if status == 0, let thread { threads.append(thread) }
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, { runJob($0!) }, job.toOpaque())
      if status == 0 { threads.append(thread) }
    #endif
    if status != 0 {
      job.release()
      body(number)
    }
  }
  if n > 0 { body(0) }
  for thread in threads { pthread_join(thread, nil) }
}

private func runJob(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
  job.body(job.number)
  return nil
}

/// Something that threads take turns at.
final class Turns: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init() {
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func take<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}

/// A value that threads take turns at.
final class Guarded<Value>: @unchecked Sendable {
  private let turns = Turns()
  private var value: Value

  init(_ value: Value) { self.value = value }

  func use<Result>(_ body: (inout Value) -> Result) -> Result { turns.take { body(&value) } }
}
