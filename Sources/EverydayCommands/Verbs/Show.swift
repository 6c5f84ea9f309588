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
      file name. Into a pipe the note goes byte for byte.

        folio show backfill-one-partition
        folio show --code backfill-one-partition | sh
        folio show --body projects/price-watch.md
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "The note.") var note: String

  @Flag(help: "Only the code blocks, without their fences.")
  var code = false

  @Option(name: .shortAndLong, help: "With --code: only blocks in this language.")
  var lang: String?

  @Flag(help: "Leave the front matter out.")
  var body = false

  @Flag(help: "Print JSON: the note's data, its headings and its text.")
  var json = false

  public init() {}

  public func validate() throws {
    if lang != nil, !code { throw ValidationError("--lang goes with --code") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let path = try NoteFinder(vault, index).path(of: note)
    try vault.refuseLinksOutside(path)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(vault.absolute(path)) } catch {
      throw VaultError.file(error)
    }
    let isWhole = !code && !body && !json
    if isWhole {
      print(bytes, &output)
      return
    }
    let note = Note(path: path, bytes: bytes)
    if code {
      try printCode(of: note, &output)
    } else if body {
      print(Array(bytes[note.frontMatter.bodyStart...]), &output)
    } else {
      let modified = FileSystem.status(vault.absolute(path))?.stamp.modified ?? 0
      output.line(
        NoteSummary(note, modified: LocalTime.utc(seconds: modified / 1_000_000_000))
          .json(of: note).text)
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

  private func printCode(of note: Note, _ output: inout Output) throws {
    var blocks = note.markdown.codeBlocks
    if let lang { blocks = blocks.filter { $0.language == lang.lowercased() } }
    // Indented blocks are often output or quoted text: they count when there is nothing fenced.
    if blocks.contains(where: \.isFenced) { blocks = blocks.filter(\.isFenced) }
    guard !blocks.isEmpty else {
      throw Failure(
        .nothing, "\(note.path) has no code" + (lang.map { " in \($0)" } ?? ""),
        "'folio show \(note.path.stem)' prints all of it.")
    }
    for block in blocks { print(note.markdown.code(of: block, in: note.bytes), &output) }
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
