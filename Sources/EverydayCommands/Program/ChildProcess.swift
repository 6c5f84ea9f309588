internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Another program, run and waited for. Arguments are passed as they are: no shell reads them.
public enum ChildProcess {
  /// Runs a program on the terminal of this one.
  ///
  /// - Returns: Its exit code; 128 and the signal's number when one ended it.
  public static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
    try wait(spawn(program, arguments), program)
  }

  /// Runs a program on the terminal, whatever this one reads from.
  public static func runOnTerminal(_ program: String, _ arguments: [String]) throws -> Int32 {
    guard !Terminal.isInput, let terminal = Terminal.open() else {
      return try run(program, arguments)
    }
    defer { Terminal.close(terminal) }
    return try wait(spawn(program, arguments, stdin: terminal), program)
  }

  /// Runs a program and gives it `bytes` to read; what is left when it ends is not wanted.
  ///
  /// - Parameter isSilent: What it prints goes nowhere; programs that keep a clipboard stay behind
  ///   and would hold a pipe open.
  public static func feed(
    _ bytes: [UInt8], to program: String, _ arguments: [String], isSilent: Bool = true
  ) throws -> Int32 {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(program) }
    let nowhere = isSilent ? open("/dev/null", O_WRONLY) : -1
    defer { if nowhere >= 0 { close(nowhere) } }
    let child: pid_t
    do {
      child = try spawn(
        program, arguments, stdin: ends[0], stdout: nowhere, stderr: nowhere, closing: ends)
    } catch {
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[0])
    // A program that does not read all of it may have all it needs.
    _ = FileDescriptor.write(bytes, to: ends[1])
    close(ends[1])
    return try wait(child, program)
  }

  /// Runs a program and gives what it wrote to standard output.
  public static func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
    let (code, bytes) = try capture(program, arguments)
    guard code == 0 else {
      throw Failure(.inputOutput, "\(program) failed", "Run it by hand to see why.")
    }
    return bytes
  }

  /// Runs a program and gives its exit code and what it wrote to standard output.
  public static func capture(
    _ program: String, _ arguments: [String]
  ) throws -> (code: Int32, output: [UInt8]) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(program) }
    let child: pid_t
    do { child = try spawn(program, arguments, stdout: ends[1], closing: ends) } catch {
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[1])
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let got = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          Darwin.read(ends[0], buffer.baseAddress, buffer.count)
        #elseif canImport(Glibc)
          Glibc.read(ends[0], buffer.baseAddress, buffer.count)
        #else
          Musl.read(ends[0], buffer.baseAddress, buffer.count)
        #endif
      }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      bytes.append(contentsOf: chunk[..<got])
    }
    close(ends[0])
    return (try wait(child, program), bytes)
  }

  private static func failure(_ program: String) -> Failure {
    Failure(
      .inputOutput, "cannot run \(program): \(String(cString: strerror(errno)))",
      "Check that it is installed.")
  }

  private static func spawn(
    _ program: String, _ arguments: [String], stdin: Int32 = -1, stdout: Int32 = -1,
    stderr: Int32 = -1, closing: [Int32] = []
  ) throws -> pid_t {
    var words = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, source) in [stdin, stdout, stderr].enumerated() where source >= 0 {
      posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
    }
    for descriptor in closing where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    // The child must die of a closed pipe as programs do, though this one does not.
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var child = pid_t()
    #if canImport(Darwin)
      let environment = _NSGetEnviron().pointee
    #else
      let environment = environ
    #endif
    let code = posix_spawnp(&child, program, &actions, &attributes, words, environment)
    guard code == 0 else {
      errno = code
      throw failure(program)
    }
    return child
  }

  private static func wait(_ child: pid_t, _ program: String) throws -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw failure(program) }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
