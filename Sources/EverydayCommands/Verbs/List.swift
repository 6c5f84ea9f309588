public import ArgumentParser
internal import FullText
internal import Notes

public struct List: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio",
    abstract: "List notes by kind, tag, skill, language, folder or date.",
    discussion: """
      One line a note: its path, its title and its tags, in the order of the paths. Filters of \
      different kinds must all hold.

        folio list --kind fix --tag airflow
        folio list --since '2 weeks ago' --sort modified
        folio list --where status=reading --where 'rating>=4'
        folio list --kind snippet --format '{{path}}\\t{{title}}'

      Formats can use {{path}}, {{title}}, {{kind}}, {{tags}}, {{skills}}, {{lang}}, {{created}} \
      and {{modified}}.

      Exit code 1 when no note matches.
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case path, title, modified, created
  }

  static let names = ["path", "title", "kind", "tags", "skills", "lang", "created", "modified"]

  @OptionGroup var index: ReadingOptions
  @OptionGroup var filters: FilterOptions

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only notes whose front matter says so: key, key=value, key>value, key<=value.",
      valueName: "condition"))
  var conditions: [String] = []

  @Option(help: "Order: path, title, modified (newest first) or created (newest first).")
  var sort = Order.path

  @Option(name: [.customShort("n"), .long], help: "At most this many notes.")
  var limit: Int?

  @Option(help: ArgumentHelp("One line a note, made of names like {{path}}.", valueName: "pattern"))
  var format: String?

  @Flag(help: "One JSON object with all notes.")
  var json = false

  @Flag(help: "One JSON object a line.")
  var jsonl = false

  @Flag(name: .customShort("0"), help: "Only paths, each ended by a NUL, for xargs -0.")
  var nul = false

  @Option(help: "When to use colour: auto, always or never.")
  var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit cannot be below 0") }
  }

  public func run(_ output: inout Output) throws {
    let format = try format.map { try LineFormat($0, names: Self.names) }
    let vault = try index.vault.open()
    var filter = try filters.filter(in: vault) ?? .all
    if !conditions.isEmpty { filter = .and([filter] + (try conditions.map(Condition.filter))) }
    let (notes, _) = try index.open(vault)
    var ids = notes.index.documents(where: filter)
    let total = ids.count
    if sort == .path, let limit { ids = Array(ids.prefix(limit)) }
    var summaries = ids.map { notes.summary(of: $0) }
    order(&summaries)
    if let limit { summaries = Array(summaries.prefix(limit)) }
    print(summaries, total, format, &output)
    if total == 0 {
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

  private func order(_ notes: inout [NoteSummary]) {
    // Equal values keep the order of the paths.
    switch sort {
    case .path: break
    case .title:
      notes.sort { (TextFolding.fold($0.title), $0.path) < (TextFolding.fold($1.title), $1.path) }
    case .modified:
      notes.sort { $0.modified != $1.modified ? $0.modified > $1.modified : $0.path < $1.path }
    case .created:
      notes.sort {
        let (a, b) = ($0.created ?? "", $1.created ?? "")
        return a != b ? a > b : $0.path < $1.path
      }
    }
  }

  private func print(
    _ notes: [NoteSummary], _ total: Int, _ format: LineFormat?, _ output: inout Output
  ) {
    if json {
      output.line(
        JSON.object([("total", .int(total)), ("notes", .array(notes.map(\.json)))]).text)
      return
    }
    let style = Style(color)
    let width = min(notes.reduce(0) { max($0, Terminal.columns($1.path)) }, 52)
    for note in notes {
      if jsonl {
        output.line(note.json.text)
      } else if nul {
        output.write(note.path + "\0")
      } else if let format {
        output.line(format.line { note.value(of: $0) })
      } else {
        let path = Terminal.harmless(note.path)
        let tags = note.tags.prefix(4).map { "#" + Terminal.harmless($0) }.joined(separator: " ")
        let padding = String(repeating: " ", count: max(0, width - Terminal.columns(path)))
        var line = style.path(path) + padding + "  " + style.title(Terminal.harmless(note.title))
        if !tags.isEmpty { line += "  " + style.dim(tags) }
        output.line(line)
      }
    }
  }
}

/// A condition on front matter, as `--where` takes it.
enum Condition {
  static func filter(_ text: String) throws -> Filter {
    for (sign, comparison) in [
      (">=", Comparison.greaterOrEqual), ("<=", .lessOrEqual), (">", .greater), ("<", .less),
    ] {
      guard let range = text.firstRange(of: sign) else { continue }
      let key = String(text[..<range.lowerBound])
      guard !key.isEmpty, !key.contains("=") else { continue }
      return .compare(key.lowercased(), comparison, String(text[range.upperBound...]))
    }
    guard let equals = text.firstIndex(of: "=") else {
      guard !text.isEmpty else { throw ValidationError("--where needs a key") }
      return .exists(text.lowercased())
    }
    var key = text[..<equals]
    let isNegated = key.last == "!"
    if isNegated { key.removeLast() }
    guard !key.isEmpty else { throw ValidationError("--where needs a key before the =") }
    let filter = Filter.equals(key.lowercased(), String(text[text.index(after: equals)...]))
    return isNegated ? .not(filter) : filter
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
