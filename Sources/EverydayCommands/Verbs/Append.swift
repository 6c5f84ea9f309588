public import ArgumentParser
internal import Notes

public struct Append: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "append", _superCommandName: "folio",
    abstract: "Add a text at the end of a note, or of one of its sections.",
    discussion: """
      The text is given as arguments, or comes from a pipe, the clipboard or a file. Every byte of \
      the note stays; a blank line is put in between, except where an item joins a list.

        folio append price-watch "Asked for their sitemap; they answered."
        folio append price-watch --under Result -- "- one more shop"
        pbpaste | folio append backfill-one-partition --code
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "The note.", completion: Candidates.notes) var note: String

  @Argument(help: "The text.") var text: [String] = []

  @OptionGroup var source: TextSource

  @Option(
    help: ArgumentHelp("Add it to the section under this heading.", valueName: "heading"))
  var under: String?

  @Flag(help: "Put the text into a code fence; its language is guessed.")
  var code = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("With --code: the language of the code.", valueName: "lang"),
    completion: Candidates.languages)
  var lang: String?

  @Flag(name: .shortAndLong, help: "Open the note in $VISUAL or $EDITOR afterwards.")
  var edit = false

  @Flag(name: .shortAndLong, help: "Do not print the path.")
  var quiet = false

  public init() {}

  public func validate() throws {
    if lang != nil, !code { throw ValidationError("--lang goes with --code") }
  }

  public func run(_ output: inout Output) throws {
    let given = text.isEmpty ? try source.text(readsPipe: true).text : text.joined(separator: " ")
    guard given.contains(where: { !$0.isWhitespace }) else {
      throw Failure(
        .badInput, "there is nothing to append",
        "Give the text, as in 'folio append \(note) \"Text\"', or pipe it in.")
    }
    let vault = try index.vault.open()
    let path = try NoteFinder(vault, index).path(of: note)
    let added = code ? CodeFence.around(given, language: lang) : given
    let changed = try NoteEditor(vault: vault, title: "append to").edit(path) {
      note throws(VaultError) in
      let append = NoteAppend(note)
      guard let under else { return try append.atEnd(added) }
      return try append.under(under, added)
    }
    if edit { try Editor.open(path, in: vault, title: "edit") }
    if changed || edit {
      NoteIndex.noteWritten([path], in: vault, directory: index.directory(of: vault))
    }
    if !quiet { output.line(FileSystem.display(vault.absolute(path))) }
  }
}
