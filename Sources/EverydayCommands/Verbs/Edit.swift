public import ArgumentParser
internal import Notes

public struct Edit: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "edit", _superCommandName: "folio",
    abstract: "Open a note in your editor, at a line when one is known.",
    discussion: """
      The editor is $VISUAL or $EDITOR. A line can stand behind the note as search and check print \
      it, and with --search the best note about some words opens at the line that shows why.

        folio edit backfill-one-partition
        folio edit snippets/dynamic-task-mapping.md:23
        folio edit --search dynamic task mapping
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(
    help: ArgumentHelp("The note, or with --search the words.", valueName: "note[:line]"),
    completion: Candidates.notes)
  var note: [String]

  @Flag(help: "Open the best note about these words.")
  var search = false

  @Option(help: ArgumentHelp("The line to open it at.", valueName: "number"))
  var line: Int?

  public init() {}

  public func validate() throws {
    if !search, note.count > 1 {
      throw ValidationError("one note at a time; with --search several words are one search")
    }
    if let line, line < 1 { throw ValidationError("lines count from 1") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let (path, found) = search ? try hit(in: vault) : try named(in: vault)
    try vault.refuseLinksOutside(path)
    output.flush()
    try Editor.open(path, line: line ?? found, in: vault, title: "edit")
    NoteIndex.noteWritten([path], in: vault, directory: index.directory(of: vault))
  }

  /// The note, and the line behind it when there is one.
  private func named(in vault: Vault) throws -> (VaultPath, Int?) {
    let finder = NoteFinder(vault, index)
    let text = note[0]
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.reversed().prefix(2).prefix { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    guard parts.count > numbers.count, let line = numbers.last.flatMap({ Int($0) }) else {
      return (try finder.path(of: text), nil)
    }
    // A file can have a colon in its name.
    if let path = vault.path(ofFile: text, from: FileSystem.currentFolder),
      FileSystem.status(vault.absolute(path)) != nil
    {
      return (path, nil)
    }
    return (try finder.path(of: parts.dropLast(numbers.count).joined(separator: ":")), line)
  }

  private func hit(in vault: Vault) throws -> (VaultPath, Int?) {
    let words = note.joined(separator: " ")
    let found = try NoteSearch(try index.open(vault).index).run(words, filter: nil, limit: 1)
    guard let hit = found.hits.first else {
      throw Failure(
        .nothing, "nothing is found about \(words)",
        "Fewer words may find more; 'folio add note \"\(words)\"' makes a note.")
    }
    return (try VaultPath(hit.note.path), hit.line)
  }
}
