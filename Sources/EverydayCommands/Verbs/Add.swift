public import ArgumentParser
internal import Notes

public struct Add: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "add", _superCommandName: "folio",
    abstract: "Capture a note: snippet, doc, fix, resource or project.",
    discussion: """
      The text comes from a pipe, the clipboard, a file or your editor; without any of them the \
      note begins with its template. Code of a snippet is put into a fence and its language is \
      guessed. The path of the new note is printed; no file is ever replaced.

        pbpaste | folio add snippet "Backfill one partition" --tag airflow
        folio add snippet --from dags/etl.py:10-40
        kubectl logs pod/etl 2>&1 | folio add fix "Pod killed while loading"
        folio add resource "Airflow documentation" --url https://airflow.apache.org/docs/
        folio add resource --url https://example.com/post --from saved-page.html
        folio add doc "How we name DAGs" --edit

      Of a web page saved to a file, the title and the text are taken; nothing is fetched. A note \
      that looks like one you have is pointed out and saved all the same; on a terminal, so are the \
      skill areas of the guide that it seems to be about (--skill names them).

      Code with {{name:default}} or {{name:a|b|c}} in it gets 'placeholders: true', so that copy \
      and show --code ask for them; --placeholders says so of {{name}} as well.

      Templates are in templates/notes/KIND.md of the vault (doc.md, fix.md); without one the built-in template is \
      used. A template can use {{title}}, {{kind}}, {{date}}, {{time}}, {{lang}}, {{tags}}, \
      {{skills}}, {{url}}, {{source}}, {{error}}, {{placeholders}} and {{body}}, and {{#name}}…{{/name}} around what \
      is only wanted when there is a value.
      """)

  @OptionGroup var vault: VaultOptions

  @Argument(
    help: "What it is: snippet, doc, fix, resource, project, or note.",
    completion: Candidates.kinds)
  var kind: String

  @Argument(help: "The title; without it, the first heading or line of the text.")
  var title: [String] = []

  @OptionGroup var source: TextSource

  @Flag(name: .shortAndLong, help: "Open the new note in $VISUAL or $EDITOR.")
  var edit = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Language of the code.", valueName: "lang"),
    completion: Candidates.languages)
  var lang: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A tag; may be given again.", valueName: "tag"),
    completion: Candidates.tags)
  var tag: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A skill area; may be given again.", valueName: "skill"),
    completion: Candidates.skills)
  var skill: [String] = []

  @Option(help: ArgumentHelp("An address that belongs to the note.", valueName: "url"))
  var url: String?

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Put it into this folder of the vault.", valueName: "folder"),
    completion: Candidates.folders)
  var folder: String?

  @Flag(help: "The {{name}} in the code are places to fill in.")
  var placeholders = false

  @Flag(name: .shortAndLong, help: "Do not print the path.")
  var quiet = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let kind = try NoteKind(checking: kind)
    let vault = try vault.open()
    let (text, origin) = try source.text(readsPipe: !edit)
    var capture = Capture(
      kind: kind, title: title.isEmpty ? nil : title.joined(separator: " "), body: text)
    capture.url = url
    capture.source = origin
    if let page = page(of: text, kind) { take(page, into: &capture) }
    capture.language = lang?.lowercased()
    capture.tags = try tag.flatMap { $0.split(separator: ",") }
      .map { try TagName($0.trimmed).description }
    capture.skills = skill.flatMap { $0.split(separator: ",") }.map(\.trimmed)
    capture.hasPlaceholders =
      placeholders || kind == .snippet && Placeholders.areMeant(in: capture.body)
    let folder = try folder.map { try newFolder($0) }
    let directory = vault.cacheFolder(shared: Environment.sharedCache) + "/index"
    // Before it is there itself.
    let notes = NoteIndex.existing(vault, directory: directory)
    let alike = alike(capture, notes)
    var changes = vault.changes("")
    let path = try capture.save(in: vault, folder: folder, now: Environment.now, keeping: &changes)
    changes.title = "add \(kind.rawValue) \(path)"
    defer {
      vault.changeLog?.record(edit ? changes.asItStands(in: vault) : changes)
      NoteIndex.noteWritten([path], in: vault, directory: directory)
    }
    if edit { try Editor.open(vault.absolute(path)) }
    if !quiet { output.line(FileSystem.display(vault.absolute(path))) }
    output.flush()
    for other in alike {
      Output.remark("It looks like \(Terminal.harmless(other)).")
    }
    warn(capture, path)
    // The path is there already: what follows is for a person, who can read on or not.
    if Terminal.isOutput, Terminal.isError, !quiet, capture.skills.isEmpty,
      let suggestion = SkillSuggestion(path, in: vault, notes)
    {
      let style = Style(.auto, isTerminal: true)
      Output.remark(
        "It seems to be about \(Terminal.harmless(suggestion.areas.joined(separator: ", ")))."
          + style.dim(" 'folio tag suggest \(path.stem) --apply' says so in it."))
    }
  }

  /// The page that the text is, when a page is what was asked for.
  private func page(of text: String, _ kind: NoteKind) -> SavedPage? {
    guard url != nil || kind == .resource || kind == .documentation, kind != .snippet else {
      return nil
    }
    return SavedPage(Array(text.utf8))
  }

  private func take(_ page: SavedPage, into capture: inout Capture) {
    if capture.title == nil { capture.title = page.title }
    if capture.url == nil { capture.url = page.url }
    capture.body = page.text
  }

  private func alike(_ capture: Capture, _ notes: NoteIndex?) -> [String] {
    guard !quiet, let notes, let title = capture.effectiveTitle else { return [] }
    return NearDuplicates(notes).paths(title: title, body: capture.body, kind: capture.kind)
  }

  /// What will not work as somebody may expect.
  private func warn(_ capture: Capture, _ path: VaultPath) {
    if capture.body.utf8.count > NoteReader.maximumSearched {
      Output.remark("It is larger than 16 MB; only its first 16 MB are searched.")
    }
    guard capture.hasPlaceholders else { return }
    do throws(Placeholders.Problem) { _ = try Placeholders(Array(capture.body.utf8)) } catch {
      Output.remark(
        "Line \(error.line) of the text: \(Terminal.harmless(error.reason)). "
          + "Mend it with 'folio edit \(path.stem)'; until then copy will refuse.")
    }
  }

  private func newFolder(_ text: String) throws -> String {
    var name = text
    while name.hasSuffix("/") { name.removeLast() }
    while name.hasPrefix("./") { name.removeFirst(2) }
    return try VaultPath(name).description
  }
}

extension Substring {
  /// Without white space around it.
  var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
