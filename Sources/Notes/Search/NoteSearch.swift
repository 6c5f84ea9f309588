public import FullText

/// A search over the notes of a vault.
public struct NoteSearch: Sendable {
  /// A note that was found, with the place in it that shows why.
  public struct Hit: Sendable {
    public var note: NoteSummary
    /// Higher is better; 0 when only filters were asked for.
    public var score: Double
    /// From 1.
    public var line: Int
    public var snippet: String
    /// Half-open ranges of UTF-8 bytes in `snippet`, ascending.
    public var matches: ByteRanges
    /// How the score came about, when that was asked for.
    public var parts: [ScorePart] = []
  }

  public struct Result: Sendable {
    public var hits: [Hit] = []
    public var total = 0
    public var isTotalExact = true
    /// No note has all of the words: these have some of them.
    public var isRelaxed = false
    /// How the query was read, where that may surprise.
    public var remarks: [String] = []
    /// The words that few notes have, for which others were taken too.
    public var corrections: [ForgivingResult.Correction] = []
    /// Where nothing was found: the values asked for that no note has, with those that are near.
    public var nearValues: [NearValue] = []

    /// A condition such as `tag:airflw` and the one that may have been meant.
    public struct NearValue: Sendable, Equatable {
      public var typed: String
      public var meant: String
    }
  }

  private let index: NoteIndex

  public init(_ index: NoteIndex) { self.index = index }

  /// The names that a query can use before a colon.
  static func syntax(for index: Index) -> QuerySyntax {
    QuerySyntax(
      fields: [
        "title": ["title"], "heading": ["heading"], "headings": ["heading"], "path": ["path"],
        "body": ["body"], "code": ["code"], "error": ["error"], "url": ["link"],
        "link": ["link"],
      ],
      attributeNames: [
        "tags": "tag", "skills": "skill", "language": "lang", "aliases": "alias",
        "date": "created",
      ],
      nestedAttributes: ["tag", "skill"], dateAttribute: NoteAttribute.modified,
      isAttribute: { name in !name.hasPrefix(".") && index.hasAttribute(named: name) })
  }

  /// Runs a query. Never fails on what was typed; see `Query.parse`.
  ///
  /// - Parameters:
  ///   - onlyIn: Names of text fields to look in; empty for all.
  ///   - limit: Most hits to give.
  ///   - exactTotal: Count all matches rather than at least 1,000 of them.
  ///   - isTyping: The last word may go on, and other spellings are not tried.
  public func run(
    _ text: String, filter: Filter?, onlyIn fields: [String] = [], limit: Int,
    exactTotal: Bool = false, explaining: Bool = false, isTyping: Bool = false
  ) throws(VaultError) -> Result {
    var query = Query.parse(
      Self.withKindNames(text), syntax: Self.syntax(of: text, for: index.index), isTyping: isTyping)
    if !fields.isEmpty { query = query.restricted(to: fields) }
    let copies = conflictCopies
    var options = SearchOptions(limit: limit + copies.count)
    options.filter = filter
    options.exactTotal = exactTotal
    let answer: ForgivingResult
    do throws(IndexError) {
      answer =
        isTyping
        ? ForgivingResult(result: try index.index.search(query, options: options), query: query)
        : try index.index.searchForgiving(query, options: options)
    } catch {
      throw VaultError(error)
    }
    let found = answer.result
    query = answer.query
    var result = Result()
    result.corrections = answer.corrections
    result.total = found.total
    result.isTotalExact = found.isTotalExact
    result.isRelaxed = found.isRelaxed
    result.remarks = found.remarks
    if found.total == 0 {
      result.nearValues = NearValues.of(
        query.conditions + (filter.map { [$0] } ?? []), in: index.index)
    }
    if explaining, !query.isEmpty { result.remarks.insert("Read as: \(query.reading)", at: 0) }
    let hits =
      found.hits.filter { !copies.contains($0.document) }
      + found.hits.filter { copies.contains($0.document) }
    let matcher = found.matcher
    result.hits = hits.prefix(limit).map { hit in
      var shown = show(hit, matcher: matcher)
      if explaining {
        shown.parts = index.index.explain(query, options: options, document: hit.document)
      }
      return shown
    }
    return result
  }

  /// Other versions of notes, which are ranked behind everything else: nearly always none.
  private var conflictCopies: Set<Index.DocumentID> {
    guard index.index.hasAttribute(named: ConflictCopy.key) else { return [] }
    return Set(index.index.documents(where: .exists(ConflictCopy.key)).prefix(1000))
  }

  /// The notes changed last, the newest first.
  public func latest(_ limit: Int, where filter: Filter = .all) throws(VaultError) -> [NoteSummary]
  {
    var options = SearchOptions(limit: limit)
    options.filter = filter
    let query = Query.parse("", syntax: QuerySyntax())
    do throws(IndexError) {
      return try index.index.search(query, options: options).hits.map {
        index.summary(of: $0.document)
      }
    } catch {
      throw VaultError(error)
    }
  }

  /// The notes that match a query, in no order; see `run`.
  public func documents(
    _ text: String, filter: Filter?
  ) throws(VaultError) -> [Index.DocumentID] {
    let query = Query.parse(
      Self.withKindNames(text), syntax: Self.syntax(of: text, for: index.index))
    var options = SearchOptions(limit: index.index.documentCount)
    options.filter = filter
    do throws(IndexError) {
      let found = try index.index.search(query, options: options)
      // A list is of what matches, not of what comes near.
      return found.isRelaxed ? [] : found.hits.map(\.document)
    } catch {
      throw VaultError(error)
    }
  }

  /// Whether a query may have names in it: most have none, and need no table of them.
  private static func hasNames(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: ":")) }

  /// The names that a query can use before a colon; none where there is no colon.
  private static func syntax(of text: String, for index: Index) -> QuerySyntax {
    hasNames(text) ? syntax(for: index) : QuerySyntax()
  }

  /// `kind:doc` and `kind:fix` mean the kinds that they abbreviate.
  private static func withKindNames(_ text: String) -> String {
    guard hasNames(text), text.contains("kind:") else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let negation = word.hasPrefix("-") ? "-" : ""
      let bare = word.dropFirst(negation.count)
      guard bare.hasPrefix("kind:"), let kind = NoteKind(typed: String(bare.dropFirst(5))) else {
        return String(word)
      }
      return negation + "kind:" + kind.rawValue
    }.joined(separator: " ")
  }

  /// Reads the note and cuts the place out that matches best.
  private func show(_ hit: SearchResult.Hit, matcher: Matcher) -> Hit {
    let summary = index.summary(of: hit.document)
    var shown = Hit(
      note: summary, score: Double(hit.score), line: 1, snippet: "", matches: [])
    let path = index.vault.root + "/" + summary.path
    if let bytes = try? FileSystem.read(path, limit: NoteReader.maximumSearched) {
      // Only where the body begins is needed here: the data of the front matter is in the index.
      let excerpt = Snippet.best(in: bytes, from: FrontMatter.bodyStart(of: bytes), for: matcher)
      shown.line = excerpt.line
      shown.snippet = excerpt.text
      shown.matches = excerpt.matches
    }
    return shown
  }
}
