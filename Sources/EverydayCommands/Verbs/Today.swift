public import ArgumentParser
internal import Notes

public struct Today: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "today", _superCommandName: "folio",
    abstract: "Add a line to the note of the day, or print it.",
    discussion: """
      One line becomes an item of a list, a longer text stays as it is. The note is \
      journal/2026/2026-11-22.md, made from the template of journal notes when it is not there; in \
      an Obsidian folder without journal/ it is where .obsidian/daily-notes.json says.

        folio today "Paired with Ana on the backfill"
        folio today --under Wins "The nightly load runs in 42 minutes"
        folio today --date yesterday "Forgot to write this down"
        folio today --edit
        folio today
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "The text; without it, the note is printed.") var text: [String] = []

  @OptionGroup var source: TextSource

  @Option(
    help: ArgumentHelp(
      "Add it to the section under this heading, which is made when it is missing.",
      valueName: "heading"))
  var under: String?

  @Flag(help: "Begin the line with the time.")
  var time = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Another day: yesterday, friday, 2026-11-20.", valueName: "date"))
  var date: String?

  @Flag(name: .shortAndLong, help: "Open the note in $VISUAL or $EDITOR; it is made when missing.")
  var edit = false

  @Flag(help: "Print the path of the note, whether it is there or not.")
  var path = false

  @Flag(name: .shortAndLong, help: "Do not print the path.")
  var quiet = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let note = try DailyNote(try day(), in: vault)
    let given =
      text.isEmpty ? try source.text(readsPipe: !edit && !path).text : text.joined(separator: " ")
    let hasText = given.contains { !$0.isWhitespace }
    if hasText { try note.append(entry(given), under: under) }
    if edit {
      if !hasText { try note.create() }
      try Editor.open(note.path, in: vault, title: "edit")
    }
    if hasText || edit {
      NoteIndex.noteWritten([note.path], in: vault, directory: index.directory(of: vault))
    }
    if hasText || edit || path {
      if !quiet { output.line(FileSystem.display(vault.absolute(note.path))) }
      return
    }
    guard note.exists else {
      throw Failure(
        .nothing, "there is no note of \(note.day.isoDate) yet",
        "'folio today \"What happened\"' begins it.")
    }
    try vault.refuseLinksOutside(note.path)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(vault.absolute(note.path)) } catch {
      throw VaultError.file(error)
    }
    guard Terminal.isOutput else {
      output.write(bytes)
      return
    }
    NoteScreen(style: Style(.auto), isPlain: Plain.isAsked)
      .show(Note(path: note.path, bytes: bytes), withFrontMatter: false, paging: true, &output)
  }

  private func day() throws -> LocalTime {
    let now = Environment.now
    guard let date else { return now }
    guard let parsed = NoteDate(try DateWords.parse(date, now: now)), parsed.iso.count >= 10 else {
      throw VaultError.badDate(date)
    }
    func number(_ from: Int, _ length: Int) -> Int {
      Int(parsed.iso.dropFirst(from).prefix(length)) ?? 1
    }
    let day = LocalTime(year: number(0, 4), month: number(5, 2), day: number(8, 2))
    return LocalTime(seconds: day.seconds)
  }

  /// A single line as an item; what is Markdown already, or longer, as it is.
  private func entry(_ text: String) -> String {
    var line = text[...]
    while line.last?.isWhitespace == true { line.removeLast() }
    while line.first?.isNewline == true { line.removeFirst() }
    guard !line.contains(where: \.isNewline) else { return String(line) }
    while line.first?.isWhitespace == true { line.removeFirst() }
    let isMarkdown = ["- ", "* ", "+ ", "#", "> ", "```", "|"].contains { line.hasPrefix($0) }
    if isMarkdown { return String(line) }
    return "- " + (time ? Environment.now.isoTime + " " : "") + line
  }
}
