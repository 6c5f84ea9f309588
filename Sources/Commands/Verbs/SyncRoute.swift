internal import EverydayCommands
internal import Sync

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Talks to folders in this process, and to everything else in a child with a deadline.
struct SyncRoute: Transport {
  /// A remote that is silent for so many seconds is given up.
  static let patience: Int32 = 30

  func tips(of remote: String, in repository: String) throws -> RemoteTips {
    if Remotes.isFolder(remote, in: repository) {
      return try LibGit2Transport().tips(of: remote, in: repository)
    }
    var tips = RemoteTips()
    for line in try ask(["tips", repository, remote], remote) {
      if line.hasPrefix("head ") { tips.defaultBranch = String(line.dropFirst(5)) }
      let words = line.split(separator: " ", maxSplits: 2)
      if words.count == 3, words[0] == "branch", let id = ObjectID(words[1]) {
        tips.branches[String(words[2])] = id
      }
    }
    return tips
  }

  func fetch(_ branch: String, of remote: String, in repository: String) throws {
    if Remotes.isFolder(remote, in: repository) {
      return try LibGit2Transport().fetch(branch, of: remote, in: repository)
    }
    _ = try ask(["fetch", repository, remote, branch], remote)
  }

  func push(
    _ source: String, to branch: String, of remote: String, in repository: String
  ) throws -> PushOutcome {
    if Remotes.isFolder(remote, in: repository) {
      return try LibGit2Transport().push(source, to: branch, of: remote, in: repository)
    }
    for line in try ask(["push", repository, remote, branch, source], remote) {
      if line == "accepted" { return .accepted }
      if line == "behind" { return .behind }
      if line.hasPrefix("refused ") { return .refused(String(line.dropFirst(8))) }
    }
    throw SyncError.notVerified(remote)
  }

  /// Runs the child; its lines. Throws what it says went wrong, and `offline` when it falls silent.
  private func ask(_ arguments: [String], _ remote: String) throws -> [String] {
    guard let program = Companion.program else {
      throw SyncError.offline(remote, reason: "the running program cannot be found")
    }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SyncError.offline(remote, reason: "no pipe could be made") }
    defer { close(ends[0]) }
    var words = ([program, "sync-transport"] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var child = pid_t()
    #if canImport(Darwin)
      let environment = _NSGetEnviron().pointee
    #else
      let environment = environ
    #endif
    let code = posix_spawn(&child, program, &actions, nil, words, environment)
    close(ends[1])
    guard code == 0 else {
      throw SyncError.offline(remote, reason: String(cString: strerror(code)))
    }
    let bytes = Self.read(ends[0])
    if bytes == nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard let bytes else {
      throw SyncError.offline(remote, reason: "no answer for \(Self.patience) seconds")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    for line in lines {
      if line.hasPrefix("offline ") {
        throw SyncError.offline(remote, reason: String(line.dropFirst(8)))
      }
      if line.hasPrefix("unauthorised ") {
        throw SyncError.notAuthorised(remote, reason: String(line.dropFirst(13)))
      }
      if line.hasPrefix("failed ") { throw SyncError.damaged(String(line.dropFirst(7))) }
    }
    guard lines.last == "end" else {
      throw SyncError.offline(remote, reason: "the connection ended too early")
    }
    return lines
  }

  /// All that comes through the pipe; nil when it is silent for too long.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, patience * 1000)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return nil }
      let got = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return bytes }
      bytes += chunk[..<got]
    }
  }
}
