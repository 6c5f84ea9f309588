public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync
internal import Templates

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

public struct SyncVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "sync", _superCommandName: "folio",
    abstract: "Save the vault, and bring it and its remote to the same state.",
    discussion: """
      Saves what was changed here as a commit, fetches, merges, and sends; then asks the remote \
      whether it arrived. Two edits of one note are put together: front matter key by key, text line by \
      line. Where both sides changed the same lines, the note keeps the older commit's, and the other \
      version lies beside it as NAME.conflict-1a2b3c4d.md until you settle it; see 'folio help \
      conflicts'. It can be interrupted at any moment; the next sync goes on or takes back what was \
      begun.

        folio remote add ~/backup/notes.git --create
        folio sync
        folio sync --dry-run
        folio sync -m "Notes of the migration"

      Before anything is saved or sent, sync looks for secrets, files over 50 MB, conflict markers, \
      and more than a quarter of the vault gone at once; before anything is sent to a public host, for \
      notes with 'visibility: private'. What it finds stops it with exit code 8, the place, and the \
      option that says it is meant. Only this device can say so: a line with 'folio:allow-secret' is \
      passed over by 'folio check', and not by sync, for somebody else may have written it.

      Everything in the vault that git does not ignore is saved, and nothing outside it. The author \
      is git's user.name and user.email, else the name and email of profile.md.
      Exit codes: 0 in step with the remote, 3 with --strict when conflicts wait, 5 offline, 6 not let in, 7 refused by the remote, \
      8 refused as unsafe, 9 another sync is running.
      """)

  @OptionGroup var vault: VaultOptions
  @OptionGroup var access: RemoteAccess

  @Flag(name: .customLong("dry-run"), help: "Say what would be done, and change nothing.")
  var dryRun = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The message of the commit.", valueName: "text"))
  var message: String?

  @OptionGroup(title: "Saying that it is meant") var guards: GuardOptions

  @Flag(help: "Exit with code 3 when conflicts wait to be settled.") var strict = false

  @Flag(help: "Print JSON.") var json = false

  @Flag(name: .shortAndLong, help: "Say nothing when all went well.") var quiet = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    var options = Self.options()
    options.isDryRun = dryRun
    options.message = message
    guards.apply(to: &options)
    options.isStarterFile = Self.starterFiles()
    let progress = SyncProgress(isShown: Terminal.isError && !quiet && !json)
    var report: SyncReport?
    var failure: SyncError?
    let transport = try access.transport(progress)
    func sync() {
      failure = nil
      do throws(SyncError) {
        report = try Sync(vault, options, transport: transport).run { progress.show($0) }
        failure = report?.failure
      } catch {
        failure = error
      }
      progress.clear()
    }
    sync()
    if case .guarded(let findings) = failure, findings.first?.kind == .privacy, !json,
      Terminal.isInput, Terminal.isError, GuardOptions.asks(findings[0])
    {
      options.allowsPrivate = true
      sync()
    }
    progress.clear()
    if let report { SyncUndo.record(report, in: vault) }
    let waiting = options.isDryRun ? report?.conflicts ?? [] : PendingConflicts(of: vault).conflicts
    if json {
      output.line(SyncPrinting.json(report, failure, waiting, dryRun: dryRun).text)
    } else if let report, !quiet || failure != nil {
      SyncPrinting.print(report, &output)
    }
    if let failure {
      if case .guarded(let findings) = failure, findings.count > 1, !json {
        for finding in findings { output.line(Terminal.harmless(finding.text)) }
      }
      output.flush()
      throw Failure(failure)
    }
    if strict, !waiting.isEmpty { throw Failure.quiet(.conflicts) }
  }

  /// Who and what this device is, for a commit.
  static func options() -> Sync.Options {
    var options = Sync.Options(device: host, fallbackAuthor: accountAuthor)
    if Environment["FOLIO_NOW"] != nil { options.date = Environment.now.utcSeconds }
    return options
  }

  /// The author when neither git's settings nor the profile name one: user@host.
  static var accountAuthor: Author {
    let user = Environment["USER"] ?? Environment["LOGNAME"] ?? "folio"
    return Author(name: user, email: "\(user)@\(host)")
  }

  static var host: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  /// Whether a file is one that `folio init` wrote and nobody has touched.
  private static func starterFiles() -> @Sendable (String, [UInt8]) -> Bool {
    var files: [String: [UInt8]] = ["profile.md": Array(EmbeddedTemplates.profile)]
    for file in (try? StarterVault().blankFiles()) ?? [] { files[file.path] = file.bytes }
    let settings: [String: [String]] = [
      ".folio/config.yaml": ["language: en", "exclude: []"],
      ".folio/.gitignore": ["/cache/", "/local/", "/trash/"],
    ]
    return { [files] path, bytes in
      if let lines = settings[path] {
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return text.filter { !$0.hasPrefix("#") }.map(String.init) == lines
      }
      return files[path] == bytes
    }
  }
}

/// What a long step is doing, on one line of the terminal that is wiped at the end.
struct SyncProgress: Sendable {
  let isShown: Bool

  func show(_ text: String) { if isShown { send("\r\u{1B}[K" + Terminal.harmless(text)) } }

  func clear() { if isShown { send("\r\u{1B}[K") } }

  private func send(_ text: String) {
    let bytes = Array(text.utf8)
    #if canImport(Darwin)
      _ = Darwin.write(2, bytes, bytes.count)
    #elseif canImport(Glibc)
      _ = Glibc.write(2, bytes, bytes.count)
    #else
      _ = Musl.write(2, bytes, bytes.count)
    #endif
  }
}
