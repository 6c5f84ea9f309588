import Foundation
import TestSupport
import Testing

@testable import FullText
@testable import Notes

/// What a search gives is what the formulas of the documentation give, over real notes: those of the
/// starter vault, or of the folder in $FOLIO_PROOF_VAULT (at most $FOLIO_PROOF_NOTES of them, taken
/// evenly, and with $FOLIO_PROOF_QUERIES queries from $FOLIO_PROOF_SEED on).
@Suite struct ScoreOracleTests {
  private static func setting(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private static var vault: String {
    setting("FOLIO_PROOF_VAULT")
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../Vault"
  }

  private static func number(_ name: String, otherwise: Int) -> Int {
    setting(name).flatMap { Int($0) } ?? otherwise
  }

  private static func documents() throws -> [Document] {
    let root = try #require(Notes.FileSystem.realPath(vault))
    let files = try #require(FileManager.default.enumerator(atPath: root))
    let names = files.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.sorted()
    let wanted = min(names.count, number("FOLIO_PROOF_NOTES", otherwise: names.count))
    var documents: [Document] = []
    for name in (0..<wanted).map({ names[$0 * names.count / wanted] }) {
      guard let path = try? VaultPath(name) else { continue }
      let bytes = try Notes.FileSystem.read(root + "/" + name)
      // A day of its own for each file, the same every time.
      let day = Int64(documents.count % 700) * 86_400 * 1_000_000_000 + 1_700_000_000_000_000_000
      documents.append(
        Note(path: path, bytes: bytes).document(stamp: Stamp(modified: day, changed: day)))
    }
    return documents
  }

  /// Queries of all operators, from words of the notes.
  private struct Maker {
    var random: SeededGenerator
    let texts: [[String]]
    let filters: [String]

    init(_ documents: [Document], seed: UInt64) {
      random = SeededGenerator(seed: seed)
      texts = documents.map {
        String(decoding: $0.text, as: UTF8.self)
          .split { $0.isWhitespace || "\"()*~".contains($0) }.map(String.init)
          .filter { !$0.hasPrefix("-") && $0.utf8.count < 40 && !$0.contains(":") }
      }.filter { $0.count > 3 }
      var filters: Set<String> = [
        "tag:*", "lang:python", "before:2024-06-01", "after:2024-12-31", "modified:>2024-05-05",
        "modified:<=2024-05-05", "kind:n*", "skill:*",
      ]
      for document in documents {
        for attribute in document.attributes
        where ["tag", "kind", "skill", "lang"].contains(attribute.name)
          && !attribute.value.contains(" ")
        {
          filters.insert("\(attribute.name):\(attribute.value)")
        }
      }
      self.filters = filters.sorted()
    }

    mutating func words(_ count: Int) -> [String] {
      let text = random.pick(texts)
      let start = random.below(max(1, text.count - count))
      return Array(text[start..<min(text.count, start + count)])
    }

    mutating func word() -> String { words(1).first ?? "word" }

    mutating func part() -> String {
      let word = word()
      switch random.below(22) {
      case 0, 1: return "\"\(words(2).joined(separator: " "))\""
      case 2: return "\"\(words(3).joined(separator: " "))\""
      case 3: return "-\(word)"
      case 4: return "\(word.prefix(3))*"
      case 5 where random.once(in: 3): return "\(word)~"
      case 6 where random.once(in: 6): return "\(word)~2"
      case 7: return "=\(word)"
      case 8: return "title:\(word)"
      case 9: return "\(random.pick(["code", "body", "path", "link", "error"])):\(word)"
      case 10: return "heading:\"\(words(2).joined(separator: " "))\""
      case 11, 12: return random.pick(filters)
      case 13: return "-" + random.pick(filters)
      case 14: return "NOT \(word)"
      default: return word
      }
    }

    mutating func query(depth: Int = 0) -> String {
      var text = ""
      for number in 0..<(1 + random.below(4)) {
        if number > 0 { text += random.once(in: 3) ? " OR " : " " }
        text += depth < 2 && random.once(in: 10) ? "(\(query(depth: depth + 1)))" : part()
      }
      return text
    }
  }

  @Test func searchesGiveWhatTheFormulasGive() throws {
    let documents = try Self.documents()
    #expect(documents.count > 50)
    let folder = TemporaryFolder()
    let byKey = Dictionary(documents.map { ($0.key, $0) }) { _, last in last }
    let options = IndexOptions(language: .english)
    let keys = documents.map(\.key).sorted()
    // Several segments, with notes that were taken out and put in again.
    do {
      let writer = try IndexWriter(
        directory: folder.path, schema: NoteField.schema, options: options)
      _ = try writer.rebuild(
        add: keys.enumerated().filter { $0.offset % 3 > 0 }.map(\.element), threads: 1
      ) { byKey[$0] }
      _ = try writer.update(
        remove: [],
        add: keys.enumerated().filter { $0.offset % 3 == 0 || $0.offset % 7 == 1 }.map(\.element),
        threads: 1
      ) { byKey[$0] }
    }
    let index = try #require(
      Index.open(folder.path, schema: NoteField.schema, options: options))
    #expect(index.statistics.segments == 2 && index.statistics.deleted > 0)
    var oracle = ScoreOracle(documents, schema: NoteField.schema)
    var maker = Maker(
      documents, seed: UInt64(Self.number("FOLIO_PROOF_SEED", otherwise: 2_026)))
    let queries = Self.number("FOLIO_PROOF_QUERIES", otherwise: 1_500)
    var count = Count()
    for number in 0..<queries {
      let text = maker.query()
      let query = Query.parse(text, syntax: NoteSearch.syntax(for: index))
      let limit = [1, 10, 25][number % 3]
      let found = try index.search(
        query, options: SearchOptions(limit: limit, exactTotal: true))
      let answer = oracle.answer(query, limit: limit)
      count.take(answer, found)
      #expect(found.total == answer.total, "\(text)")
      #expect(found.isRelaxed == answer.isRelaxed, "\(text)")
      #expect(found.hits.count == min(limit, answer.total), "\(text)")
      for problem in problems(found.hits, answer, oracle, index, &count) {
        Issue.record("\(text) (\(limit)): \(problem)")
      }
    }
    #expect(count.hits > queries && count.relaxed > queries / 75)
    if Self.setting("FOLIO_PROOF_VAULT") != nil {
      print("\(documents.count) notes, \(queries) queries: \(count)")
    }
  }

  /// What was compared.
  private struct Count: CustomStringConvertible {
    var (found, hits, relaxed, doubtful) = (0, 0, 0, 0)
    var farthest = 0.0

    mutating func take(_ answer: ScoreOracle.Answer, _ result: SearchResult) {
      if answer.total > 0 { found += 1 }
      hits += result.hits.count
      if answer.isRelaxed { relaxed += 1 }
      if answer.ranked.contains(where: { !$0.isCertain }) { doubtful += 1 }
    }

    var description: String {
      "\(found) found something, \(hits) hits compared, \(relaxed) with some of the words only, "
        + "in \(doubtful) rounding may choose what is looked at closely; "
        + "scores at most \(farthest) apart"
    }
  }

  /// How hits differ from the answer. The order of two notes is free only where their scores are so
  /// near that rounding decides, but not where they are the same.
  private func problems(
    _ hits: [SearchResult.Hit], _ answer: ScoreOracle.Answer, _ oracle: ScoreOracle,
    _ index: Index, _ count: inout Count
  ) -> [String] {
    var problems: [String] = []
    let ranks = Dictionary(
      answer.ranked.enumerated().map { (oracle.notes[$1.note].document.key, $0) }
    ) { first, _ in first }
    var shown: Set<Int> = []
    var last: (rank: Int, entry: ScoreOracle.Answer.Entry)?
    for hit in hits {
      let key = index.key(of: hit.document)
      guard let rank = ranks[key] else {
        problems.append("\(key) is not among the best")
        continue
      }
      let entry = answer.ranked[rank]
      let tolerance = ScoreOracle.tolerance(answer.words, entry.score)
      let apart = abs(Double(hit.score) - entry.score)
      count.farthest = max(count.farthest, apart)
      if apart > tolerance { problems.append("\(key) has \(hit.score), not \(entry.score)") }
      if let last {
        if entry.score > last.entry.score + 2 * tolerance
          || entry.isEqual(to: last.entry) && rank < last.rank
        {
          problems.append("\(key) stands behind \(oracle.notes[last.entry.note].document.key)")
        }
      }
      shown.insert(rank)
      last = (rank, entry)
    }
    guard let last else { return problems }
    let tolerance = ScoreOracle.tolerance(answer.words, last.entry.score)
    for (rank, entry) in answer.ranked.enumerated()
    where entry.isCertain && !shown.contains(rank)
      && (entry.score > last.entry.score + 2 * tolerance
        || entry.isEqual(to: last.entry) && rank < last.rank)
    {
      problems.append("\(oracle.notes[entry.note].document.key) is missing")
    }
    return problems
  }
}
