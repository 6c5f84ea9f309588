public import ArgumentParser
internal import Markup
internal import Notes

public struct Copy: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "copy", _superCommandName: "folio",
    abstract: "Copy the code of a note to the clipboard.",
    discussion: """
      A note without code is copied without its front matter. The newline at the end is left out, so \
      that what is pasted into a shell waits for you. Placeholders are asked for on a terminal.

        folio copy backfill-one-partition
        folio copy backfill-one-partition --block 2
        folio copy trigger-dag --set dag_id=orders_daily
        folio copy price-watch --link

      The clipboard is that of the desktop (pbcopy, wl-copy, xclip, xsel); over ssh the terminal is \
      asked to take the text, by the sequence OSC 52, through tmux as well.
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "The note.", completion: Candidates.notes) var note: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Only code in this language.", valueName: "lang"),
    completion: Candidates.languages)
  var lang: String?

  @Option(help: ArgumentHelp("Only this block of code, counted from 1.", valueName: "number"))
  var block: Int?

  @OptionGroup var placeholders: PlaceholderOptions

  @Flag(help: "Copy the note without its front matter, not the code in it.")
  var body = false

  @Flag(help: "Copy the whole note.")
  var all = false

  @Flag(help: "Copy a [[link]] to the note.")
  var link = false

  @Flag(help: "Copy the path of its file.")
  var path = false

  @Flag(name: .shortAndLong, help: "Say nothing.")
  var quiet = false

  public init() {}

  public func validate() throws {
    let wholes = [body, all, link, path].count { $0 }
    if wholes > 1 { throw ValidationError("give one of --body, --all, --link and --path") }
    if wholes == 1, lang != nil || block != nil {
      throw ValidationError("--lang and --block are for code")
    }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let path = try NoteFinder(vault, index).path(of: note)
    var bytes: [UInt8]
    let what: String
    if link {
      bytes = Array("[[\(path.stem)]]".utf8)
      what = "[[\(path.stem)]]"
    } else if self.path {
      bytes = Array(vault.absolute(path).utf8)
      what = "the path of \(path)"
    } else {
      (bytes, what) = try text(of: path, in: vault)
    }
    if !all { while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() } }
    guard !bytes.isEmpty else {
      throw Failure(.nothing, "\(path) has no text to copy", "'folio edit \(path.stem)' opens it.")
    }
    let taker = try Clipboard.write(bytes)
    if !quiet { Output.remark("\(Terminal.harmless(what)) is on the clipboard (\(taker)).") }
  }

  private func text(of path: VaultPath, in vault: Vault) throws -> ([UInt8], String) {
    try vault.refuseLinksOutside(path)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(vault.absolute(path)) } catch {
      throw VaultError.file(error)
    }
    if all { return (bytes, path.description) }
    let note = Note(path: path, bytes: bytes)
    var blocks = note.codeToUse
    if !body, !blocks.isEmpty || lang != nil || block != nil {
      blocks = try note.codeToUse(language: lang, number: block)
      let code = blocks.flatMap { note.markdown.code(of: $0, in: bytes) }
      let filled = try placeholders.fill(code, of: note, asking: Prompt.isPossible)
      let lines = filled.count { $0 == 0x0A }
      let measure = lines == 1 ? "1 line" : "\(lines) lines"
      return (filled, "the code of \(path) (\(measure))")
    }
    return (
      Array(bytes[note.frontMatter.bodyStart...].drop { $0 == 0x0A || $0 == 0x0D }),
      "the text of \(path)"
    )
  }
}

extension Note {
  /// The code blocks that somebody wants to use: the fenced ones, or when there is nothing fenced
  /// the indented ones, which are often output or quoted text.
  var codeToUse: [MarkdownScan.CodeBlock] {
    let blocks = markdown.codeBlocks
    return blocks.contains(where: \.isFenced) ? blocks.filter(\.isFenced) : blocks
  }

  /// The same, in one language or by number; throws when that leaves nothing.
  func codeToUse(language: String?, number: Int?) throws -> [MarkdownScan.CodeBlock] {
    var blocks = markdown.codeBlocks
    if let language { blocks = blocks.filter { $0.language == language.lowercased() } }
    if blocks.contains(where: \.isFenced) { blocks = blocks.filter(\.isFenced) }
    guard !blocks.isEmpty else {
      throw Failure(
        .nothing, "\(path) has no code" + (language.map { " in \($0)" } ?? ""),
        "'folio show \(path.stem)' prints all of it.")
    }
    guard let number else { return blocks }
    guard blocks.indices.contains(number - 1) else {
      throw Failure(
        .nothing, "\(path) has \(blocks.count) blocks of code, not \(number)",
        "Give a number from 1 to \(blocks.count).")
    }
    return [blocks[number - 1]]
  }
}
