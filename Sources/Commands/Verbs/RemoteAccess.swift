internal import ArgumentParser
internal import EverydayCommands
internal import Notes
internal import Sync

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// How a verb reaches remotes: the person's folders and files, and the person.
struct RemoteAccess: ParsableArguments, Sendable {
  @Option(
    name: .customLong("ca-file"),
    help: ArgumentHelp(
      "Trust the certificates in this file instead of the system's; also $FOLIO_CA_FILE.",
      valueName: "file"))
  var authorities: String?

  @Option(
    help: ArgumentHelp(
      "Give up a remote that is silent for so long; 30 when not said.", valueName: "seconds"))
  var timeout: Int?

  mutating func validate() throws {
    if let timeout, timeout < 1 { throw ValidationError("a timeout is at least one second") }
  }

  /// The way to remotes, for a verb that shows what it does with `progress`.
  func transport(_ progress: SyncProgress) throws -> RemoteTransport {
    guard let program = Companion.program else {
      throw Failure(
        .inputOutput, "the running program cannot be found", "Install again with 'make install'.")
    }
    return RemoteTransport(
      try Self.settings(authorities: authorities, patience: timeout), program: program,
      answer: { RemoteQuestions.answer($0, progress) },
      isCancelled: { Interruption.isAskedFor },
      waiting: { progress.show("no answer for \($0) seconds, still waiting") })
  }

  static func settings(
    authorities: String? = nil, patience: Int? = nil
  ) throws -> TransportSettings {
    var settings = TransportSettings(
      home: Environment.home, user: Environment["USER"] ?? Environment["LOGNAME"] ?? "git",
      agreements: Environment.stateFolder + "/agreed")
    settings.agentSocket = Environment["SSH_AUTH_SOCK"]
    if let patience { settings.patience = patience }
    let file = authorities ?? Environment["FOLIO_CA_FILE"] ?? PersonalSettings.text("ca_file")
    if let file, !file.isEmpty {
      let path = file.hasPrefix("~/") ? Environment.home + file.dropFirst() : file
      settings.authorities = FileSystem.absolute(path)
    }
    return settings
  }
}

extension Environment {
  /// Where programs keep what they remember of a person on this device (XDG base directories).
  static var stateFolder: String {
    if let path = self["XDG_STATE_HOME"], path.hasPrefix("/") { return path + "/folio" }
    return home + "/.local/state/folio"
  }
}

/// The person's own settings, `~/.config/folio/config.yaml`.
enum PersonalSettings {
  static func text(_ key: String) -> String? {
    guard let bytes = try? FileSystem.read(Environment.userSettings, limit: 1 << 20) else {
      return nil
    }
    return (try? YAMLParser.parse(bytes))??[key]?.text
  }
}

/// Ctrl-C during work that has something to clean up.
enum Interruption {
  nonisolated(unsafe) private static var wasAsked: sig_atomic_t = 0

  static var isAskedFor: Bool { wasAsked != 0 }

  /// From now on Ctrl-C and a friendly kill only set a mark; a second one ends the program.
  static func notice() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.wasAsked = 1
        signal(number, SIG_DFL)
      }
    }
  }
}

extension RemoteAccess {
  /// Remembers that the person wants an address that others can read on the way.
  static func agreeToPlain(_ address: RemoteAddress) throws {
    guard address.isPlain else { return }
    let agreements = try Agreements(path: settings().agreements)
    do throws(FileError) {
      try agreements.addPlain(address.shown)
    } catch {
      throw Failure(any: error)
    }
  }
}
