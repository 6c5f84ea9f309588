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
    try wait(spawn(program, arguments, output: nil), program)
  }

  /// Runs a program and gives what it wrote to standard output.
  public static func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(program) }
    let child: pid_t
    do { child = try spawn(program, arguments, output: ends) } catch {
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
    guard try wait(child, program) == 0 else {
      throw Failure(.inputOutput, "\(program) failed", "Run it by hand to see why.")
    }
    return bytes
  }

  private static func failure(_ program: String) -> Failure {
    Failure(
      .inputOutput, "cannot run \(program): \(String(cString: strerror(errno)))",
      "Check that it is installed.")
  }

  private static func spawn(
    _ program: String, _ arguments: [String], output: [Int32]?
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
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output[1], 1)
      posix_spawn_file_actions_addclose(&actions, output[0])
      posix_spawn_file_actions_addclose(&actions, output[1])
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

/// The person's editor.
enum Editor {
  /// Opens a file and waits until the editor is closed.
  static func open(_ path: String) throws {
    let chosen =
      [Environment["VISUAL"], Environment["EDITOR"]].compactMap { $0 }.first { !$0.isEmpty }
    let fallback = ["nvim", "vim", "nano", "vi"].first { Environment.program($0) != nil }
    guard let editor = chosen ?? fallback else {
      throw Failure(
        .badInput, "no editor is set; the note is saved in \(path)",
        "Set $EDITOR, such as 'export EDITOR=vim'.")
    }
    // An editor with options, such as "code --wait", is several words.
    let words = editor.split(separator: " ").map(String.init)
    var reason: String
    do {
      let code = try ChildProcess.run(words[0], Array(words.dropFirst()) + [path])
      if code == 0 { return }
      reason = "\(editor) ended with code \(code)"
    } catch let failure as Failure {
      reason = failure.message
    }
    throw Failure(
      .badInput, "\(reason); the note is saved in \(path)",
      "Set $EDITOR to your editor, or open the note with it.")
  }
}

/// The clipboard of the desktop, through the program that each one has for it.
enum Clipboard {
  private static let readers: [(program: String, arguments: [String])] = [
    ("pbpaste", []), ("wl-paste", ["--no-newline"]), ("xclip", ["-selection", "clipboard", "-o"]),
    ("xsel", ["--clipboard", "--output"]), ("termux-clipboard-get", []),
  ]

  static func read() throws -> String {
    guard let reader = readers.first(where: { Environment.program($0.program) != nil }) else {
      throw Failure(
        .badInput, "no program for the clipboard is installed",
        "Install wl-clipboard, xclip or xsel, or pipe the text in.")
    }
    let bytes = try ChildProcess.output(of: reader.program, reader.arguments)
    guard !bytes.isEmpty else {
      throw Failure(.badInput, "the clipboard is empty", "Copy something first, or pipe it in.")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
