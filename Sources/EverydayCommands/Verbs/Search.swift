public import ArgumentParser

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
      nearly so; such notes come behind the exact ones, and the words are named. Where nothing has a \
      value that was asked for, as in tag:airflw, the nearest is named.

      Exit code 1 when nothing is found.
      """)

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
    help:
      "The query is a regular expression (as for grep -E, with \\d \\w \\s), line by line; capitals count when it has some, unless it begins with (?i)."
  )
  var regex = false

  @Flag(help: "The query is a text to find as it stands, signs and all, line by line.")
  var substring = false

  @Flag(help: "For a query that is still typed: the last word also finds what begins so.")
  var typing = false

  @Flag(help: "Say how the query was read and how each score came about.")
  var explain = false

  @Flag(help: "Count all notes that match, however many.")
  var count = false

  @Option(
    name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
    help: "At most this many notes.")
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

  /// What was asked for.
  var request: SearchRequest {
    SearchRequest(
      index: index.choice, filters: filters.choice, query: query, error: error, code: code,
      regex: regex, substring: substring, typing: typing, explain: explain, count: count,
      limit: limit, format: format, json: json, jsonl: jsonl, color: color)
  }

  public func validate() throws {
    if let problem = request.problem { throw ValidationError(problem) }
  }

  public func run(_ output: inout Output) throws {
    let status = try request.run(&output)
    if status != .done {
      output.flush()
      throw Failure.quiet(status)
    }
  }
}
