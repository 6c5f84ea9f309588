public import ArgumentParser
internal import FullText
internal import Notes

public struct Search: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "search", _superCommandName: "folio",
    abstract: "Find notes by their text, best first.",
    discussion: """
      All words must be there; when no note has all of them, notes with some are shown, and that \
      is said. Quote a phrase for the shell and for folio: '"task group"'.

        folio search dynamic task mapping
        folio search '"task group" lang:python'
        folio search 'backfill -kafka' kind:snippet
        folio search 'retr* OR backoff' tag:airflow
        folio search 'title:dbt created:>2025-06'
        pbpaste | folio search --error -
        folio search --regex 'exit code [0-9]+'
        folio search --substring 'retries=3'

      Words: "a phrase", a OR b, -word or NOT word, ( ), pre*, word~ for near spellings, =word for \
      this form only. Fields: title: heading: body: code: error: url: path:, and tag: skill: kind: \
      lang: before: after: or any key of the front matter, with > >= < <= for dates and numbers. \
      What cannot be read as an operator is searched as text.

      When fewer than three notes match, rare words also find words that begin so or are spelt \
      nearly so; such notes come behind the exact ones, and the words are named.

      Exit code 1 when nothing is found.
      """)

  static let names = [
    "path", "line", "title", "snippet", "score", "kind", "tags", "skills", "lang", "modified",
  ]

  @OptionGroup var index: ReadingOptions
  @OptionGroup var filters: FilterOptions

  @Argument(help: "What to look for.", completion: Candidates.query) var query: [String] = []

  @Option(
    help: ArgumentHelp(
      "Find the note about this error or stack trace; - reads it from standard input.",
      valueName: "text"))
  var error: String?

  @Flag(help: "Look only in code.")
  var code = false

  @Flag(
    help: "The query is a regular expression (as for grep -E, with \\d \\w \\s), line by line.")
  var regex = false

  @Flag(help: "The query is a text to find as it stands, signs and all, line by line.")
  var substring = false

  @Flag(help: "For a query that is still typed: the last word also finds what begins so.")
  var typing = false

  @Flag(help: "Say how the query was read and how each score came about.")
  var explain = false

  @Flag(help: "Count all notes that match, however many.")
  var count = false

  @Option(name: [.customShort("n", allowingJoined: true), .long], help: "At most this many notes.")
  var limit = 10

  @Option(help: ArgumentHelp("One line a hit, made of names like {{path}}.", valueName: "pattern"))
  var format: String?

  @Flag(help: "One JSON object with all hits.")
  var json = false

  @Flag(help: "One JSON object a hit, a line each.")
  var jsonl = false

  @Option(help: "When to use colour: auto, always or never.")
  var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if limit < 0 { throw ValidationError("--limit cannot be below 0") }
    if regex, error != nil || code {
      throw ValidationError("--regex goes with neither --error nor --code")
    }
    if substring, error != nil || code || regex {
      throw ValidationError("--substring goes with none of --error, --code and --regex")
    }
  }

  public func run(_ output: inout Output) throws {
    let format = try format.map { try LineFormat($0, names: Self.names) }
    let vault = try index.vault.open()
    let filter = try filters.filter(in: vault)
    let text = try queryText(in: vault, hasFilter: filter != nil)
    let notes = try index.open(vault, checking: regex || substring).index
    let clock = ContinuousClock()
    let start = clock.now
    let result = try find(text, filter, in: notes) ?? findAnew(text, filter, in: vault)
    let elapsed = start.duration(to: clock.now).components
    let micros = Int(elapsed.seconds) * 1_000_000 + Int(elapsed.attoseconds / 1_000_000_000_000)
    let asked = error == nil ? text : (error == "-" ? "" : error ?? "")
    if json {
      output.line(result.json(query: asked, micros: micros).text)
    } else {
      say(result)
      print(result, format, &output)
    }
    if result.hits.isEmpty {
      if !json, !jsonl, Terminal.isError, result.total == 0 { Output.remark(nothing(notes)) }
      if result.total == 0 {
        output.flush()
        throw Failure.quiet(.nothing)
      }
    }
  }

  /// The answer, or nil when the index turns out to be damaged.
  private func find(
    _ text: String, _ filter: Filter?, in notes: NoteIndex
  ) throws -> NoteSearch.Result? {
    if regex || substring {
      let pattern = try regex ? Pattern(text) : Pattern(literally: text)
      return PatternSearch(notes, pattern).run(filter: filter, limit: limit)
    }
    do {
      return try NoteSearch(notes).run(
        text, filter: filter, onlyIn: code ? ["code"] : [], limit: limit, exactTotal: count,
        explaining: explain, isTyping: typing)
    } catch {
      if case .indexDamaged = error { return nil }
      throw error
    }
  }

  /// Some damage shows only when that part of the index is read: the person gets an answer all the
  /// same, from an index made anew.
  private func findAnew(
    _ text: String, _ filter: Filter?, in vault: Vault
  ) throws -> NoteSearch.Result {
    let notes = try index.open(vault, .rebuild).index
    guard let result = try find(text, filter, in: notes) else {
      throw VaultError.indexDamaged("the index was damaged again while it was read")
    }
    return result
  }

  private func queryText(in vault: Vault, hasFilter: Bool) throws -> String {
    if let error {
      let text = error == "-" ? StandardInput.readText() : error
      let query = ErrorQuery.query(for: text)
      guard !query.isEmpty else {
        throw Failure(
          .badInput, "there is nothing in that text to recognise an error by",
          "Give the lines that say what went wrong, or search for words of them.")
      }
      return query
    }
    let text = try NamedQueries.expandKnown(query, in: vault).joined(separator: " ")
    guard !text.isEmpty || hasFilter else {
      throw Failure(
        .usage, "there is nothing to search for",
        "Type words, as in 'folio search backfill'; 'folio list' shows all notes.")
    }
    return text
  }

  private func nothing(_ notes: NoteIndex) -> String {
    notes.index.documentCount == 0
      ? "The vault has no notes yet. 'folio add snippet \"Title\"' makes the first."
      : "Nothing found. Fewer words, word~ for near spellings or pre* may find more."
  }

  /// What a person should know about the answer, on standard error.
  private func say(_ result: NoteSearch.Result) {
    if result.isRelaxed, error == nil {
      Output.remark("No note has all of these words; these have some of them.")
    }
    for correction in result.corrections where error == nil {
      Output.remark(Terminal.harmless(correction.sentence))
    }
    if explain {
      for remark in result.remarks { Output.remark(Terminal.harmless(remark)) }
    }
  }

  private func print(
    _ result: NoteSearch.Result, _ format: LineFormat?, _ output: inout Output
  ) {
    let style = Style(color)
    for (number, hit) in result.hits.enumerated() {
      if jsonl {
        output.line(hit.json.text)
      } else if let format {
        output.line(format.line { hit.value(of: $0) })
      } else {
        if number > 0 { output.line() }
        output.line(
          style.title(Terminal.harmless(hit.note.title)) + "  "
            + style.path(Terminal.harmless(hit.note.path) + ":\(hit.line)"))
        if !hit.snippet.isEmpty {
          for line in hit.highlighted(style).split(separator: "\n")
          where line.contains(where: { !$0.isWhitespace }) {
            output.line("  " + line)
          }
        }
      }
      if explain, !jsonl {
        for part in hit.parts { output.line("    " + style.dim(part.explanation)) }
      }
    }
    if Terminal.isOutput, format == nil, !jsonl, result.total > result.hits.count {
      let total = result.isTotalExact ? "\(result.total)" : "more than \(result.total)"
      output.line()
      output.line(style.dim("\(result.hits.count) of \(total) notes; -n shows more."))
    }
  }
}

extension NoteSearch.Hit {
  /// The snippet with its matches marked.
  func highlighted(_ style: Style) -> String {
    let bytes = Array(snippet.utf8)
    var out = ""
    var at = 0
    for match in matches where match.lowerBound >= at && match.upperBound <= bytes.count {
      out += Self.shown(bytes[at..<match.lowerBound])
      out += style.match(Self.shown(bytes[match]))
      at = match.upperBound
    }
    return out + Self.shown(bytes[at...])
  }

  /// Code comes in lines.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    Terminal.harmless(String(decoding: bytes, as: UTF8.self), keepingLines: true)
  }

  /// The hit in the shape that `search` promises.
  var json: JSON {
    .object([
      ("path", .string(note.path)), ("title", .string(note.title)), ("kind", .string(note.kind)),
      ("score", .number(score)), ("line", .int(line)), ("snippet", .string(snippet)),
      ("matches", .array(matches.map { .array([.int($0.lowerBound), .int($0.upperBound)]) })),
      ("tags", .strings(note.tags)), ("skills", .strings(note.skills)),
      ("lang", .optional(note.language)), ("modified", .string(note.modified)),
    ])
  }

  func value(of name: String) -> String {
    switch name {
    case "line": String(line)
    case "snippet": Terminal.harmless(snippet.replacing("\n", with: " "))
    case "score": JSON.number(score).text
    default: note.value(of: name)
    }
  }
}

extension ScorePart {
  /// One line for a person: what the word is worth, and why.
  fileprivate var explanation: String {
    let weight = JSON.number(Double(score)).text
    let rarity = JSON.number(Double(idf)).text
    let often = JSON.number(Double(frequency)).text
    return "\(weight) for \(Terminal.harmless(text)): rarity \(rarity) (in "
      + "\(Count.of(documents, "note"))), weighted occurrences \(often)"
  }
}

extension ForgivingResult.Correction {
  /// What a person should know about it.
  fileprivate var sentence: String {
    guard let meant else {
      return "Few notes have '\(typed)'; words that begin so are shown too."
    }
    return "Did you mean '\(meant)'? Few notes have '\(typed)'."
  }
}

extension NoteSearch.Result {
  /// The answer in the shape that `search` promises.
  func json(query: String, micros: Int) -> JSON {
    let meant = corrections.compactMap(\.meant)
    let suggestion = meant.isEmpty ? [] : [("did_you_mean", JSON.strings(meant))]
    return .object(
      [
        ("query", .string(query)), ("total", .int(total)), ("total_exact", .bool(isTotalExact)),
        ("micros", .int(micros)), ("hits", .array(hits.map(\.json))),
      ] + suggestion)
  }
}
