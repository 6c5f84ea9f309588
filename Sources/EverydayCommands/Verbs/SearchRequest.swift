internal import FullText
internal import Notes

/// A search as the command line asks for it; the parser knows it as `Search`.
struct SearchRequest: Sendable, Equatable {
  static let names = [
    "path", "line", "title", "snippet", "score", "kind", "tags", "skills", "lang", "modified",
  ]

  var index = IndexChoice()
  var filters = NoteFilters()
  var query: [String] = []
  var error: String?
  var code = false
  var regex = false
  var substring = false
  var typing = false
  var explain = false
  var count = false
  var limit = 10
  var format: String?
  var json = false
  var jsonl = false
  var color = Style.When.auto

  /// What does not go together, if anything.
  var problem: String? {
    if limit < 0 { return "--limit cannot be below 0" }
    if regex, error != nil || code { return "--regex goes with neither --error nor --code" }
    if substring, error != nil || code || regex {
      return "--substring goes with none of --error, --code and --regex"
    }
    return nil
  }

  /// Searches and prints what was found; the status says whether there was anything.
  func run(_ output: inout Output) throws -> ExitStatus {
    let format = try format.map { try LineFormat($0, names: Self.names) }
    let vault = try index.vault.open()
    let filter = try filters.filter(in: vault)
    let text = try queryText(in: vault, hasFilter: filter != nil)
    let notes = try index.open(vault, checking: regex || substring).index
    // The process ends after this: taking its index apart would be wasted time.
    _ = Unmanaged.passRetained(notes.index)
    let start = Environment.microseconds
    let result = try find(text, filter, in: notes) ?? findAnew(text, filter, in: vault)
    let micros = Environment.microseconds - start
    let asked = error == nil ? text : (error == "-" ? "" : error ?? "")
    if json {
      output.line(result.json(query: asked, micros: micros))
    } else {
      say(result)
      print(result, format, &output)
    }
    guard result.total == 0 else { return .done }
    if !json, !jsonl, Terminal.isError { Output.remark(nothing(notes)) }
    return .nothing
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
    let words = try NamedQueries.expandKnown(query, in: vault)
    // Nearly always one word: joining by itself makes tables for any kind of text.
    let text = words.count == 1 ? words[0] : words.joined(separator: " ")
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
    for near in result.nearValues {
      Output.remark(
        Terminal.harmless("Did you mean '\(near.meant)'? No note has '\(near.typed)'."))
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
        var json = JSONText()
        hit.write(to: &json)
        output.line(json)
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

extension SearchRequest {
  /// Reads a plain command line; nil when the parser has to read it, or to say what is wrong.
  init?(plain arguments: [String]) {
    self.init()
    var words = PlainArguments(arguments)
    while let word = words.next() {
      switch word {
      case .text(let text): query.append(text)
      case .option("--error"): guard words.take(&error) else { return nil }
      case .option("--format"): guard words.take(&format) else { return nil }
      case .option("-n"), .option("--limit"): guard words.take(&limit) else { return nil }
      case .option("--color"): guard words.take(&color) else { return nil }
      case .option("--code"): code = true
      case .option("--regex"): regex = true
      case .option("--substring"): substring = true
      case .option("--typing"): typing = true
      case .option("--explain"): explain = true
      case .option("--count"): count = true
      case .option("--json"): json = true
      case .option("--jsonl"): jsonl = true
      case .option(let option):
        guard index.take(option, &words) || filters.take(option, &words) else { return nil }
      case .other: return nil
      }
    }
  }
}
