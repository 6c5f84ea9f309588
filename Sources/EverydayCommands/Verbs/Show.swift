public import ArgumentParser
internal import FullText
internal import Markup
internal import Notes

public struct Show: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "show", _superCommandName: "folio",
    abstract: "Print a note, or the code in it.",
    discussion: """
      A note is named by its path, its file name, an alias, its title, or the beginning of one \
      file name. On a terminal its Markdown is set to be read, a page at a time when it is long \
      ($PAGER, else less); into a pipe the note goes byte for byte.

        folio show backfill-one-partition
        folio show --code backfill-one-partition | sh
        folio show --code trigger-dag --set dag_id=orders_daily
        folio show --body projects/price-watch.md

      NOTE@1 is the version before the last one that was saved; 'folio help history' says more.

      A note that says 'placeholders: true' has places to fill in, written {{name}}, \
      {{name:default}} or {{name:a|b|c}}. --code asks for them on a terminal, or takes --set; \
      without either the code comes out as it is.
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "The note.", completion: Candidates.notes) var note: String

  @Flag(help: "Only the code blocks, without their fences.")
  var code = false

  @Option(
    name: .shortAndLong, help: "With --code: only blocks in this language.",
    completion: Candidates.languages)
  var lang: String?

  @Option(
    help: ArgumentHelp("With --code: only this block, counted from 1.", valueName: "number"))
  var block: Int?

  @OptionGroup var placeholders: PlaceholderOptions

  @Flag(help: "Leave the front matter out.")
  var body = false

  @Flag(help: "Print JSON: the note's data, its headings and its text.")
  var json = false

  @Flag(help: "Print the file as it is, on a terminal too.")
  var raw = false

  @Flag(help: "Set the Markdown to be read, into a pipe too.")
  var render = false

  @Flag(help: "For a screen reader: no colour, no drawn lines, tables a line a cell, no pager.")
  var plain = false

  @Flag(name: .customLong("no-pager"), help: "Print all of it at once.")
  var noPager = false

  @Option(help: "When to use colour: auto, always or never.")
  var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if lang != nil, !code { throw ValidationError("--lang goes with --code") }
    if block != nil, !code { throw ValidationError("--block goes with --code") }
    if !placeholders.values.isEmpty, !code { throw ValidationError("--set goes with --code") }
    if raw, render { throw ValidationError("give one of --raw and --render") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let path = try NoteFinder(vault, index).path(of: note)
    try vault.refuseLinksOutside(path)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(vault.absolute(path)) } catch {
      throw VaultError.file(error)
    }
    let isSet = (Terminal.isOutput || render || plain) && !raw && !code && !json
    if !isSet, !code, !body, !json {
      print(bytes, &output)
      return
    }
    let note = Note(path: path, bytes: bytes)
    if code {
      let blocks = try note.codeToUse(language: lang, number: block)
      let code = blocks.flatMap { note.markdown.code(of: $0, in: bytes) }
      let asking = Terminal.isOutput && Prompt.isPossible
      print(try placeholders.fill(code, of: note, asking: asking), &output)
    } else if json {
      let modified = FileSystem.status(vault.absolute(path))?.stamp.modified ?? 0
      output.line(
        NoteSummary(note, modified: LocalTime.utc(seconds: modified / 1_000_000_000))
          .json(of: note).text)
    } else if isSet {
      let reader = NoteScreen(
        style: plain ? Style(.never) : Style(color), isPlain: plain || Plain.isAsked)
      reader.show(note, withFrontMatter: !body, paging: !noPager, &output)
    } else {
      print(Array(bytes[note.frontMatter.bodyStart...]), &output)
    }
  }

  /// Byte for byte into a pipe; on a terminal nothing in the note is obeyed.
  private func print(_ bytes: [UInt8], _ output: inout Output) {
    guard Terminal.isOutput else {
      output.write(bytes)
      return
    }
    let text = Terminal.harmless(String(decoding: bytes, as: UTF8.self), keepingLines: true)
    output.write(text)
    if text.utf8.last != 0x0A { output.line() }
  }
}

extension NoteSummary {
  fileprivate func json(of note: Note) -> JSON {
    .object([
      ("path", .string(path)), ("title", .string(title)), ("kind", .string(kind)),
      ("tags", .strings(tags)), ("skills", .strings(skills)), ("lang", .optional(language)),
      ("created", .optional(created)), ("modified", .string(modified)),
      ("aliases", .strings(note.aliases)),
      (
        "headings",
        .array(
          note.markdown.headings.map {
            .object([
              ("level", .int($0.level)), ("text", .string($0.text)), ("line", .int($0.line)),
            ])
          })
      ),
      ("text", .string(String(decoding: note.bytes, as: UTF8.self))),
    ])
  }
}
