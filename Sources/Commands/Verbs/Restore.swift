public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

public struct RestoreVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "restore", _superCommandName: "folio",
    abstract: "Bring back an old version of a note, or one that was deleted.",
    discussion: """
      NOTE@REV puts that version in the place of the note; what 'folio history' shows as @1 is the \
      version before the last. An edit that no sync has saved yet goes to .folio/trash first. \
      --deleted lists what is gone, newest first; with a name that file comes back, with --all every \
      file that went since the last sync.

        folio restore price-watch@1
        folio restore price-watch@2026-11-01
        folio restore --deleted
        folio restore --deleted documentation/xcom-limits-and-backends.md
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "NOTE@REV, or with --deleted the file.", completion: Candidates.notes)
  var note: String?

  @Flag(help: "Files that were deleted.") var deleted = false
  @Flag(help: "With --deleted: all that went since the last sync.") var all = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be written, and write nothing.")
  var dryRun = false

  @Option(name: .shortAndLong, help: "With --deleted: list at most this many.")
  var limit: Int?

  @Flag(help: "Print JSON.") var json = false
  @Flag(name: .shortAndLong, help: "Say nothing.") var quiet = false

  public init() {}

  public func validate() throws {
    if note == nil, !deleted { throw ValidationError("say which: NOTE@REV, or --deleted") }
    if let note, !deleted, NoteVersion(note).revision == nil {
      throw ValidationError("say which version: '\(note)@1' is the one before the last")
    }
    if all, !deleted || note != nil { throw ValidationError("--all goes with --deleted alone") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    if deleted { return try runDeleted(vault, &output) }
    let version = NoteVersion(note ?? "")
    let history = try NoteVersion.history(of: version.name, vault, index)
    let (revision, bytes) = try Failure.wrap { () throws(SyncError) in
      let revision = try history.revision(version.revision ?? "", now: Environment.now)
      return (revision, try history.bytes(of: revision))
    }
    try write([(history.path, bytes)], "as of \(revision.commit.short)", vault, &output)
  }

  private func runDeleted(_ vault: Vault, _ output: inout Output) throws {
    let deleted = try Failure.wrap { () throws(SyncError) in try DeletedFiles(of: vault) }
    if note == nil, !all { return try list(deleted.files, &output) }
    var wanted = deleted.files.filter { $0.time == nil }
    if let note {
      wanted = deleted.files.filter { file in
        let last = file.path.split(separator: "/").last.map(String.init) ?? file.path
        return [file.path, last].contains { $0 == note || $0 == note + ".md" }
      }
      if wanted.count > 1 {
        throw VaultError.ambiguousNote(note, candidates: wanted.map(\.path))
      }
    }
    guard !wanted.isEmpty else {
      throw Failure(
        .nothing,
        note.map { "no deleted file is called \($0)" } ?? "no file went since the last sync",
        "'folio restore --deleted' lists what can come back.")
    }
    let files = try Failure.wrap { () throws(SyncError) in
      try wanted.map { (file) throws(SyncError) in (file.path, try deleted.bytes(of: file)) }
    }
    try write(files, nil, vault, &output)
  }

  private func list(_ files: [DeletedFiles.File], _ output: inout Output) throws {
    let shown = limit.map { Array(files.prefix($0)) } ?? files
    if json {
      output.line(
        JSON.object([
          (
            "deleted",
            .array(
              shown.map {
                .object([
                  ("path", .string($0.path)),
                  ("time", .optional($0.time.map { LocalTime.utc(seconds: $0) })),
                  ("device", .optional($0.device.isEmpty ? nil : $0.device)),
                ])
              })
          )
        ]).text)
    } else {
      for file in shown {
        let when = file.time.map { LocalTime(seconds: $0).isoDate } ?? "not synced"
        let device = file.device.isEmpty ? "" : "  on \(Terminal.harmless(file.device))"
        output.line("\(when)  \(Terminal.harmless(file.path))\(device)")
      }
    }
    if files.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func write(
    _ files: [(path: String, bytes: [UInt8])], _ origin: String?, _ vault: Vault,
    _ output: inout Output
  ) throws {
    let place = try Failure.wrap { () throws(SyncError) in try Restoration(of: vault) }
    var changes = vault.changes("restore " + files.map(\.path).joined(separator: " "))
    defer { vault.changeLog?.record(changes) }
    for file in files {
      let path = Terminal.harmless(file.path)
      let from = origin.map { " \($0)" } ?? ""
      if dryRun {
        output.line("\(path): would be restored\(from)")
        continue
      }
      let target = try VaultPath(file.path)
      let before = [(path: target, bytes: try? FileSystem.read(vault.absolute(target)))]
      let outcome = try Failure.wrap { () throws(SyncError) in
        try place.write(file.bytes, to: file.path)
      }
      changes.add(since: before, in: vault)
      if outcome != .unchanged, VaultPath.isNote(file.path), let written = try? VaultPath(file.path)
      {
        index.indexWritten([written], removed: [], in: vault)
      }
      guard !quiet else { continue }
      switch outcome {
      case .unchanged: output.line("\(path): is that version already")
      case .created: output.line("\(path): restored\(from)")
      case .replaced(let kept):
        output.line(
          "\(path): restored\(from)" + (kept.map { "; what was there is in \($0)" } ?? ""))
      }
    }
  }
}
