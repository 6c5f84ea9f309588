public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

public struct HistoryVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "history", _superCommandName: "folio",
    abstract: "The versions of a note, newest first, through renames.",
    discussion: """
      The number in front names a version for other verbs, as do the digits of a commit and a day: \
      NOTE@1, NOTE@1a2b3c4d, NOTE@2026-11-20.

        folio history backfill-one-partition
        folio show backfill-one-partition@1
        folio diff backfill-one-partition@1
        folio restore backfill-one-partition@1
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The note, or a file by its path.", completion: Candidates.notes) var note: String

  @Option(name: .shortAndLong, parsing: .unconditional, help: "At most this many versions.")
  var limit: Int?

  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit cannot be below 0") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let history = try NoteVersion.history(of: note, vault, index)
    let revisions = limit.map { Array(history.revisions.prefix($0)) } ?? history.revisions
    if json {
      output.line(
        JSON.object([
          ("path", .string(history.path)),
          ("revisions", .array(revisions.map(Self.json))),
        ]).text)
      return
    }
    let style = Style(color)
    for revision in revisions {
      let time = LocalTime(seconds: revision.time)
      var line = style.dim("@\(revision.number)") + "  " + style.path(revision.commit.short)
      line += "  \(time.isoDate) \(time.clock)  \(revision.change.rawValue)"
      if let old = revision.oldPath { line += " from \(Terminal.harmless(old))" }
      if !revision.device.isEmpty { line += " on \(Terminal.harmless(revision.device))" }
      line += "  " + style.dim(Terminal.harmless(revision.title))
      output.line(line)
    }
  }

  private static func json(_ revision: NoteHistory.Revision) -> JSON {
    .object([
      ("rev", .int(revision.number)), ("commit", .string(revision.commit.description)),
      ("time", .string(LocalTime.utc(seconds: revision.time))),
      ("change", .string(revision.change.rawValue)), ("path", .string(revision.path)),
      ("old_path", .optional(revision.oldPath)), ("author", .string(revision.author)),
      ("device", .optional(revision.device.isEmpty ? nil : revision.device)),
      ("message", .string(revision.title)),
    ])
  }
}

extension LocalTime {
  /// `09:30`.
  fileprivate var clock: String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return two(hour) + ":" + two(minute)
  }
}

/// A version of a note as a person names it: `NOTE@REV`.
struct NoteVersion {
  let name: String
  /// What stands behind the last `@`; nil when there is none.
  let revision: String?

  init(_ text: String) {
    if let at = text.lastIndex(of: "@"), at != text.startIndex {
      name = String(text[..<at])
      let rest = String(text[text.index(after: at)...])
      revision = rest.isEmpty ? nil : rest
    } else {
      name = text
      revision = nil
    }
  }

  /// The history of a file: of a note that is there, of a path, or of a file that is gone.
  static func history(
    of name: String, _ vault: Vault, _ index: ReadingOptions
  ) throws -> NoteHistory {
    let path = try self.path(of: name, vault, index)
    return try Failure.wrap { () throws(SyncError) in try NoteHistory(of: vault, path: path) }
  }

  static func path(of name: String, _ vault: Vault, _ index: ReadingOptions) throws -> String {
    if let path = vault.path(ofFile: name, from: FileSystem.currentFolder),
      FileSystem.status(vault.absolute(path), followingLinks: false)?.kind == .file
    {
      return path.description
    }
    do {
      let path = try NoteFinder(vault, index).path(of: name)
      // The beginning of another note's name: a file that is gone may have had all of it.
      guard path.stem.lowercased().hasPrefix(name.lowercased()), path.stem.count > name.count,
        let gone = try? Self.deleted(name, vault)
      else { return path.description }
      return gone
    } catch {
      guard case VaultError.noSuchNote = error, let gone = try Self.deleted(name, vault) else {
        throw error
      }
      return gone
    }
  }

  /// The path of the deleted file of that name; nil when there is none.
  private static func deleted(_ name: String, _ vault: Vault) throws -> String? {
    let deleted = try Failure.wrap { () throws(SyncError) in try DeletedFiles(of: vault) }
    let matches = deleted.files.filter { file in
      let last = file.path.split(separator: "/").last.map(String.init) ?? file.path
      return [file.path, last].contains { $0 == name || $0 == name + ".md" }
    }
    if matches.count > 1 {
      throw VaultError.ambiguousNote(name, candidates: matches.map(\.path))
    }
    return matches.first?.path
  }
}
