public import ArgumentParser
internal import FullText
internal import Notes

public struct List: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio",
    abstract: "List notes by kind, tag, skill, language, folder, date or any front-matter key.",
    discussion: """
      One line a note: its path, its title and its tags, in the order of the paths. Filters of \
      different kinds must all hold; a query as for search may be given as well.

        folio list --kind fix --tag airflow
        folio list --since '2 weeks ago' --sort modified
        folio list --where status=reading --where 'rating>=4'
        folio list --where 'created>=last month' --where '!verified'
        folio list --kind snippet --format '{{path}}\\t{{title}}\\t{{verified}}'
        folio list 'tag:airflow OR tag:kubernetes' --sort rating --reverse

      Conditions: key (it is there), !key, key=value, key!=value, key=beginning*, and key with > >= \
      < <= for numbers, dates and date words. Formats can use {{path}}, {{title}}, {{kind}}, \
      {{tags}}, {{skills}}, {{lang}}, {{created}}, {{modified}} and any key of the front matter.

      Queries by name stand under 'queries:' in .folio/config.yaml or in your own settings, as \
      'reading: kind:resource status:reading'; 'folio list @reading' runs one.

      Exit code 1 when no note matches.
      """)

  static let names = ["path", "title", "kind", "tags", "skills", "lang", "created", "modified"]

  @OptionGroup var index: ReadingOptions
  @OptionGroup var filters: FilterOptions

  @Argument(
    help: "A query as for search, or @name for one of the settings.", completion: Candidates.query)
  var query: [String] = []

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only notes whose front matter says so: key, key=value, key>value, key<=value.",
      valueName: "condition"),
    completion: Candidates.keys)
  var conditions: [String] = []

  @Option(
    help: ArgumentHelp(
      "Order: path, title, modified or created (newest first), kind, or any front-matter key.",
      valueName: "order"))
  var sort = "path"

  @Flag(help: "The other way round.")
  var reverse = false

  @Option(
    name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
    help: "At most this many notes.")
  var limit: Int?

  @Option(help: ArgumentHelp("One line a note, made of names like {{path}}.", valueName: "pattern"))
  var format: String?

  @Flag(help: "One JSON object with all notes.")
  var json = false

  @Flag(help: "One JSON object a line.")
  var jsonl = false

  @Flag(name: .customShort("0"), help: "Only paths, each ended by a NUL, for xargs -0.")
  var nul = false

  @Flag(help: "For a screen reader: a sentence a note, nothing in columns, no colour.")
  var plain = false

  @Option(help: "When to use colour: auto, always or never.")
  var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit cannot be below 0") }
    let shapes = [json, jsonl, nul, format != nil].count { $0 }
    if shapes > 1 { throw ValidationError("give one of --json, --jsonl, --format and -0") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    var filter = try filters.filter(in: vault) ?? .all
    let now = Environment.now
    if !conditions.isEmpty {
      filter = .and([filter] + (try conditions.map { try Condition.filter($0, now: now) }))
    }
    let words = try NamedQueries.expand(query, in: vault).joined(separator: " ")
    var (notes, _) = try index.open(vault)
    let format = try format.map { try line($0, notes) }
    let ids: [Index.DocumentID]
    do {
      ids = try matching(words, filter, notes)
    } catch VaultError.indexDamaged {
      notes = try index.open(vault, .rebuild).index
      ids = try matching(words, filter, notes)
    }
    let summaries = try NoteOrder(sort, isReversed: reverse, notes).sorted(ids, limit: limit)
    print(summaries, ids.count, format, vault, &output)
    if ids.isEmpty {
      if !json, !jsonl, Terminal.isError {
        Output.remark(
          notes.index.documentCount == 0
            ? "The vault has no notes yet. 'folio add snippet \"Title\"' makes the first."
            : "No note matches.")
      }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  /// A format may use what every note has, and every key that some note has.
  private func line(_ pattern: String, _ notes: NoteIndex) throws -> LineFormat {
    if let format = try? LineFormat(pattern, names: Self.names) { return format }
    let keys = notes.index.attributeNames.filter { !$0.hasPrefix(".") }
    return try LineFormat(pattern, names: Self.names, keys: keys)
  }

  private func matching(
    _ words: String, _ filter: Filter, _ notes: NoteIndex
  ) throws -> [Index.DocumentID] {
    guard !words.isEmpty else { return notes.index.documents(where: filter) }
    let found = Set(try NoteSearch(notes).documents(words, filter: filter))
    return notes.index.documents(where: filter).filter { found.contains($0) }
  }

  private func print(
    _ notes: [NoteSummary], _ total: Int, _ format: LineFormat?, _ vault: Vault,
    _ output: inout Output
  ) {
    if json {
      output.line(
        JSON.object([("total", .int(total)), ("notes", .array(notes.map(\.json)))]).text)
      return
    }
    let isPlain = plain || Plain.isAsked
    let style = plain ? Style(.never) : Style(color)
    let rows = NoteRows(notes, style: style)
    for note in notes {
      if jsonl {
        output.line(note.json.text)
      } else if nul {
        output.write(note.path + "\0")
      } else if let format {
        var values = FrontMatterValues(note, vault)
        output.line(format.line { values[$0] })
      } else if isPlain {
        var line = Terminal.harmless("\(note.title), \(note.path)")
        if !note.tags.isEmpty {
          line += ", tags " + note.tags.map { Terminal.harmless($0) }.joined(separator: ", ")
        }
        output.line(line)
      } else {
        output.line(rows.line(note))
      }
    }
  }
}

extension NoteSummary {
  /// The note in the shape that `list` promises.
  var json: JSON {
    .object([
      ("path", .string(path)), ("title", .string(title)), ("kind", .string(kind)),
      ("tags", .strings(tags)), ("skills", .strings(skills)), ("modified", .string(modified)),
    ])
  }

  /// The text of a name in a line format.
  func value(of name: String) -> String {
    switch name {
    case "path": path
    case "title": title
    case "kind": kind
    case "tags": tags.joined(separator: ", ")
    case "skills": skills.joined(separator: ", ")
    case "lang": language ?? ""
    case "created": created ?? ""
    case "modified": modified
    default: ""
    }
  }
}
