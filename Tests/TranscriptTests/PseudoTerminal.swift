import Foundation
import Testing

/// A terminal of a size, driven through tmux: keys go in, and the screen is read.
final class PseudoTerminal {
  static let tmux = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static func isInstalled(_ program: String) -> Bool {
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/", "/bin/"]
      .contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
  }

  let sandbox: Sandbox
  private let socket: String

  /// Opens a shell in a fresh copy of the vault.
  ///
  /// - Parameter variables: Set for the shell besides the usual ones.
  init(columns: Int = 100, rows: Int = 30, variables: [String: String] = [:]) throws {
    sandbox = try Sandbox()
    // Names of sockets are short.
    socket = "/tmp/folio-tmux-\(UUID().uuidString.prefix(8))"
    var environment = [
      "PATH": Installation.binFolder.path + ":/usr/local/bin:/usr/bin:/bin",
      "HOME": sandbox.root.appending(path: "home").path, "TZ": "UTC", "LC_ALL": "C.UTF-8",
      "TERM": "screen-256color", "FOLIO_NOW": "2026-11-22T09:00", "PS1": "ready> ",
      "GIT_CONFIG_NOSYSTEM": "1", "EDITOR": "echo EDIT", "SHELL": "/bin/sh",
    ]
    environment.merge(variables) { $1 }
    let settings = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    try run(
      [
        "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c",
        sandbox.vault.path, "--", "env", "-i",
      ] + settings + ["sh"])
    try run(["set-option", "-g", "set-clipboard", "on"])
    try wait(for: "ready>")
    // The index is there before anything is timed.
    try type("folio index --quiet; clear\n")
    try wait(for: "ready>")
  }

  deinit {
    _ = try? run(["kill-server"])
    unlink(socket)
  }

  /// Runs tmux and gives what it printed.
  ///
  /// Its server outlives the call. It must inherit nothing but the three streams, and those as files:
  /// whoever waits for the end of a pipe or of a `Process` would wait for the server.
  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    let file = sandbox.root.appending(path: "tmux-\(UUID().uuidString)").path
    defer { unlink(file) }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    #if os(Linux)
      for descriptor in Int32(3)..<256 {
        posix_spawn_file_actions_addclose(&actions, descriptor)
      }
    #endif
    // Tests run on threads that block every signal, and a server that never hears one never ends.
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let program = try #require(Self.tmux)
    var words: [UnsafeMutablePointer<CChar>?] = ([program, "-S", socket] + arguments).map {
      strdup($0)
    }
    let variables: [String] = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=screen-256color"]
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) }
    words.append(nil)
    settings.append(nil)
    defer { for text in words + settings { free(text) } }
    var child = pid_t()
    try #require(posix_spawn(&child, program, &actions, &attributes, words, settings) == 0)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return String(decoding: (try? Data(contentsOf: URL(filePath: file))) ?? Data(), as: UTF8.self)
  }

  /// Types text; a line feed is the enter key.
  func type(_ text: String) throws {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { try press("Enter") }
      if !line.isEmpty { try run(["send-keys", "-l", "--", String(line)]) }
    }
  }

  /// Presses a key by its name in tmux: `Enter`, `C-y`, `Down`.
  func press(_ key: String) throws { try run(["send-keys", key]) }

  var screen: String {
    get throws { try run(["capture-pane", "-p", "-J"]) }
  }

  /// What a program put on the clipboard through the terminal.
  var clipboard: String {
    get throws { try run(["show-buffer"]) }
  }

  /// Waits until the screen shows a text, and gives the screen. A minute is no promise of anybody's: a
  /// busy machine may take it, and what never comes must end.
  @discardableResult
  func wait(for text: String, _ location: SourceLocation = #_sourceLocation) throws -> String {
    var screen = ""
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      screen = try self.screen
      if screen.contains(text) { return screen }
      Thread.sleep(forTimeInterval: 0.05)
    }
    Issue.record("the screen does not show \(text):\n\(screen)", sourceLocation: location)
    return screen
  }
}
