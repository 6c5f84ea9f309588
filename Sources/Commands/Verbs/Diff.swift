public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync

public struct DiffVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "diff", _superCommandName: "folio",
    abstract: "What changed: since the last sync, or between versions of a note.",
    discussion: """
      Without a version the vault, a folder or a note is compared with its last commit; with one the \
      note as it is now is compared with that version, with two they are compared with each other. \
      The output is that of 'diff -u'. Exit code 1 when there is a difference, as diff has it.

        folio diff
        folio diff projects/
        folio diff price-watch@2
        folio diff price-watch@2 @1
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "A note, NOTE@REV, or a folder.", completion: Candidates.notes) var what: String?
  @Argument(help: "A second version, @REV.") var other: String?

  @Flag(help: "Only the names of the files.") var names = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if let other {
      guard let what, NoteVersion(what).revision != nil else {
        throw ValidationError("two versions are written NOTE@REV @REV")
      }
      guard other.hasPrefix("@"), other.count > 1 else {
        throw ValidationError("the second version is written @REV")
      }
    }
  }

  private struct File {
    var old: String
    var new: String
    var change: String
    var difference: UnifiedDiff
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let files = try files(vault)
    if json {
      output.line(JSON.object([("files", .array(files.map(Self.json)))]).text)
    } else if names {
      for file in files { output.line("\(file.change) \(Terminal.harmless(file.new))") }
    } else {
      let style = Style(color)
      for file in files { print(file, style, &output) }
    }
    if !files.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func files(_ vault: Vault) throws -> [File] {
    if let what, let revision = NoteVersion(what).revision {
      return try versions(vault, NoteVersion(what).name, revision)
    }
    var folder: String?
    if let what {
      folder =
        FileSystem.isFolder(FileSystem.absolute(what, from: vault.root))
          || FileSystem.isFolder(FileSystem.absolute(what))
        ? try FilterOptions.folder(what, in: vault) : try NoteVersion.path(of: what, vault, index)
    }
    let diff = try Failure.wrap { () throws(SyncError) in try VaultDiff(of: vault, in: folder) }
    return diff.files.map {
      File(
        old: $0.kind == .added ? "/dev/null" : "a/" + $0.path,
        new: $0.kind == .removed ? "/dev/null" : "b/" + $0.path, change: $0.kind.rawValue,
        difference: $0.difference)
    }
  }

  private func versions(_ vault: Vault, _ name: String, _ revision: String) throws -> [File] {
    let history = try NoteVersion.history(of: name, vault, index)
    let now = Environment.now
    let (first, bytes, second, current) = try Failure.wrap { () throws(SyncError) in
      let first = try history.revision(revision, now: now)
      let second = try other.map { (text) throws(SyncError) in
        try history.revision(String(text.dropFirst()), now: now)
      }
      let current = try second.map { (revision) throws(SyncError) in
        try history.bytes(of: revision)
      }
      return (first, try history.bytes(of: first), second, current)
    }
    let after =
      try current ?? Self.read(vault.root + "/" + history.path)
    let difference = UnifiedDiff(from: bytes, to: after)
    guard bytes != after else { return [] }
    return [
      File(
        old: "\(first.path)@\(first.commit.short)",
        new: second.map { "\($0.path)@\($0.commit.short)" } ?? history.path, change: "changed",
        difference: difference)
    ]
  }

  private static func read(_ path: String) throws -> [UInt8] {
    do throws(FileError) { return try FileSystem.read(path) } catch {
      if error.isMissing { return [] }
      throw error
    }
  }

  private func print(_ file: File, _ style: Style, _ output: inout Output) {
    output.line(style.title(Terminal.harmless("--- " + file.old)))
    output.line(style.title(Terminal.harmless("+++ " + file.new)))
    if file.difference.isBinary {
      output.line("Binary files differ.")
      return
    }
    for line in file.difference.lines {
      switch line {
      case .place(let text): output.line(style.dim(text))
      case .same(let text): output.line(" " + Self.shown(text))
      case .removed(let text): output.line(style.bad("-" + Self.shown(text)))
      case .added(let text): output.line(style.good("+" + Self.shown(text)))
      case .unended: output.line("\\ No newline at end of file")
      }
    }
  }

  /// Into a pipe the lines go as they are, so that `patch` can use them.
  private static func shown(_ text: String) -> String {
    Terminal.isOutput ? Terminal.harmless(text, keepingLines: true) : text
  }

  private static func json(_ file: File) -> JSON {
    var added = 0
    var removed = 0
    for line in file.difference.lines {
      switch line {
      case .added: added += 1
      case .removed: removed += 1
      default: break
      }
    }
    return .object([
      ("old", .string(file.old)), ("new", .string(file.new)), ("change", .string(file.change)),
      ("added", .int(added)), ("removed", .int(removed)),
      ("binary", .bool(file.difference.isBinary)),
    ])
  }
}
