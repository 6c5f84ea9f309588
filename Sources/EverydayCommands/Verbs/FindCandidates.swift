public import ArgumentParser
internal import FullText
internal import Notes

/// The lines that `find` shows while somebody types: path, line and what is shown, apart by tabs.
public struct FindCandidates: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "find-candidates", _superCommandName: "folio",
    abstract: "Print the notes that find offers for what is typed so far.", shouldDisplay: false)

  @OptionGroup var index: ReadingOptions
  @OptionGroup var filters: FilterOptions
  @Flag var coloured = false
  @Option var limit = 60
  @Argument var query: [String] = []

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let style = Style(coloured ? .always : .never)
    let filter = try filters.filter(in: vault)
    func find(_ notes: NoteIndex) throws -> [NoteCandidates.Candidate] {
      try NoteCandidates(notes, filter).matching(query.joined(separator: " "), limit: limit)
    }
    let found: [NoteCandidates.Candidate]
    do {
      found = try find(index.open(vault, quiet: true, checking: false).index)
    } catch VaultError.indexDamaged {
      found = try find(index.open(vault, .rebuild, quiet: true).index)
    }
    for note in found {
      output.line("\(note.path)\t\(note.line)\t\(note.shown(style))")
    }
  }
}

/// Notes for what is typed so far.
struct NoteCandidates {
  struct Candidate {
    var path: String
    var title: String
    var line: Int

    func shown(_ style: Style) -> String {
      let path = Terminal.harmless(self.path)
      return style.title(Terminal.harmless(title)) + "  "
        + style.dim(line > 1 ? "\(path):\(line)" : path)
    }
  }

  private let notes: NoteIndex
  private let filter: Filter?

  init(_ notes: NoteIndex, _ filter: Filter?) {
    self.notes = notes
    self.filter = filter
  }

  /// The best notes; the last word may be unfinished. Without words, those changed last.
  func matching(_ text: String, limit: Int) throws -> [Candidate] {
    guard text.contains(where: { !$0.isWhitespace }) else {
      return try NoteSearch(notes).latest(limit, where: filter ?? .all).map {
        Candidate(path: $0.path, title: $0.title, line: 1)
      }
    }
    let search = NoteSearch(notes)
    var result = try search.run(text, filter: filter, limit: limit, isTyping: true)
    if result.hits.isEmpty { result = try search.run(text, filter: filter, limit: limit) }
    return result.hits.map {
      Candidate(path: $0.note.path, title: $0.note.title, line: $0.line)
    }
  }
}
