internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A process that talks to a URL, and can be ended when the other side is silent.
///
/// What is asked is in its arguments (`tips | test | fetch | push`, the repository, the address, a
/// branch, a reference). It writes a line a fact to its standard output, and reads answers, a line
/// each, from its standard input, so that no secret is ever an argument or in the environment:
///
///     .                        something moved on the wire
///     waiting                  everything was sent; the other side works on it
///     head NAME                the remote's default branch
///     branch DIGITS NAME       a branch of the remote
///     accepted | behind | refused REASON      what became of what was sent
///     ask WORDS…               a question; the answer is 'yes WORDS…' or 'no'
///     problem KIND MESSAGE REMEDY
///     end                      all was said
struct RemoteProcess {
  let program: String
  let settings: TransportSettings
  let shown: String
  let answer: @Sendable (Question) -> String?
  let isCancelled: @Sendable () -> Bool
  /// Told, now and then, that nothing moves: for how many seconds.
  let waiting: @Sendable (Int) -> Void

  /// Runs it to its end; the lines that say something about the remote.
  func run(_ arguments: [String]) throws(SyncError) -> [[String]] {
    let child = try start(arguments)
    defer { child.end() }
    var buffer: [UInt8] = []
    var facts: [[String]] = []
    var silence = 0.0
    var patience = Double(settings.patience)
    var lastSaid = 0
    while true {
      if isCancelled() { throw .cancelled }
      switch child.read(into: &buffer, milliseconds: 200) {
      case .nothing:
        silence += 0.2
        if silence >= patience { throw .remote(silent(Int(silence))) }
        if Int(silence) / 10 > lastSaid {
          lastSaid = Int(silence) / 10
          waiting(lastSaid * 10)
        }
        continue
      case .end:
        throw .remote(
          RemoteProblem(
            .offline, "\(shown) cannot be reached: the connection ended too early",
            "What was saved here is safe; run 'folio sync' again."))
      case .some: break
      }
      silence = 0
      lastSaid = 0
      while let end = buffer.firstIndex(of: 0x0A) {
        let words = Wire.words(String(decoding: buffer[..<end], as: UTF8.self))
        buffer.removeFirst(end + 1)
        switch words.first ?? "" {
        case ".": break
        case "waiting": patience = Double(settings.patience) * 10
        case "end": return facts
        case "ask":
          let said = Question(Array(words.dropFirst())).flatMap(answer)
          child.write(said.map { Wire.line(["yes", $0]) } ?? "no")
        case "problem" where words.count == 4:
          throw .remote(
            RemoteProblem(RemoteProblem.Kind(rawValue: words[1]) ?? .offline, words[2], words[3]))
        case "failed": throw .damaged(words.dropFirst().joined(separator: " "))
        default: facts.append(words)
        }
      }
    }
  }

  private func silent(_ seconds: Int) -> RemoteProblem {
    RemoteProblem(
      .offline, "\(shown) cannot be reached: no answer for \(seconds) s",
      "What was saved here is safe; run 'folio sync' again when it is back, or wait longer with "
        + "--timeout.")
  }

  private func start(_ arguments: [String]) throws(SyncError) -> RunningProcess {
    var words = [program, "sync-transport"]
    if let file = settings.authorities { words += ["--ca-file", file] }
    guard let child = RunningProcess(words + ["--"] + arguments) else {
      throw .remote(
        RemoteProblem(
          .offline, "\(program) cannot be started: \(String(cString: strerror(errno)))",
          "Install again with 'make install'."))
    }
    return child
  }
}

/// A process with a pipe into it and one out of it.
private struct RunningProcess {
  enum Reading { case some, nothing, end }

  private let child: pid_t
  private let input: Int32
  private let output: Int32

  init?(_ words: [String]) {
    var into: [Int32] = [0, 0]
    var out: [Int32] = [0, 0]
    guard pipe(&into) == 0 else { return nil }
    guard pipe(&out) == 0 else {
      close(into[0])
      close(into[1])
      return nil
    }
    for end in into + out { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var pointers = words.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      let environment = _NSGetEnviron().pointee
    #else
      var actions = posix_spawn_file_actions_t()
      let environment = environ
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, into[0], 0)
    posix_spawn_file_actions_adddup2(&actions, out[1], 1)
    var started = pid_t()
    let code = posix_spawn(&started, words[0], &actions, nil, pointers, environment)
    close(into[0])
    close(out[1])
    input = into[1]
    output = out[0]
    child = started
    guard code == 0 else {
      close(input)
      close(output)
      errno = code
      return nil
    }
  }

  func read(into buffer: inout [UInt8], milliseconds: Int32) -> Reading {
    var wait = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return .nothing }
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    let got = chunk.withUnsafeMutableBytes { bytes in
      #if canImport(Darwin)
        Darwin.read(output, bytes.baseAddress, bytes.count)
      #elseif canImport(Glibc)
        Glibc.read(output, bytes.baseAddress, bytes.count)
      #else
        Musl.read(output, bytes.baseAddress, bytes.count)
      #endif
    }
    if got < 0, errno == EINTR { return .nothing }
    guard got > 0 else { return .end }
    buffer += chunk[..<got]
    return .some
  }

  func write(_ line: String) {
    _ = FileDescriptor.write(Array((line + "\n").utf8), to: input)
  }

  /// Waits for its end; asks it to end, and ends it when it does not.
  func end() {
    close(input)
    close(output)
    var status: Int32 = 0
    if waitpid(child, &status, WNOHANG) == child { return }
    kill(child, SIGTERM)
    for _ in 0..<100 {
      if waitpid(child, &status, WNOHANG) != 0 { return }
      usleep(10_000)
    }
    kill(child, SIGKILL)
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
  }
}
