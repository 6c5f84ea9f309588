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
        folio add doc "How we name DAGs" --edit

      Templates are in templates/notes/KIND.md of the vault; without one the built-in template is \
      used. A template can use {{title}}, {{kind}}, {{date}}, {{time}}, {{lang}}, {{tags}}, \
      {{skills}}, {{url}}, {{source}}, {{error}} and {{body}}, and {{#name}}…{{/name}} around what \
      is only wanted when there is a value.
      """)

  @OptionGroup var vault: VaultOptions

  @Argument(help: "What it is: snippet, doc, fix, resource, project, or note.") var kind: String

  @Argument(help: "The title; without it, the first heading or line of the text.")
  var title: [String] = []

  @OptionGroup var source: TextSource

  @Flag(name: .shortAndLong, help: "Open the new note in $VISUAL or $EDITOR.")
  var edit = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Language of the code.", valueName: "lang"))
  var lang: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A tag; may be given again.", valueName: "tag"))
  var tag: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A skill area; may be given again.", valueName: "skill"))
  var skill: [String] = []

  @Option(help: ArgumentHelp("An address that belongs to the note.", valueName: "url"))
  var url: String?

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Put it into this folder of the vault.", valueName: "folder"))
  var folder: String?

  @Flag(name: .shortAndLong, help: "Do not print the path.")
  var quiet = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let kind = try NoteKind(checking: kind)
    let vault = try vault.open()
    let (body, source) = try source.text(readsPipe: !edit)
    var capture = Capture(
      kind: kind, title: title.isEmpty ? nil : title.joined(separator: " "), body: body)
    capture.language = lang?.lowercased()
    capture.tags = try tag.flatMap { $0.split(separator: ",") }
      .map { try TagName($0.trimmed).description }
    capture.skills = skill.flatMap { $0.split(separator: ",") }.map(\.trimmed)
    capture.url = url
    capture.source = source
    let folder = try folder.map { try newFolder($0) }
    let path = try capture.save(in: vault, folder: folder, now: Environment.now)
    if edit { try Editor.open(vault.absolute(path)) }
    NoteIndex.noteWritten(
      [path], in: vault, directory: vault.cacheFolder(shared: Environment.sharedCache) + "/index")
    if !quiet { output.line(FileSystem.display(vault.absolute(path))) }
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
