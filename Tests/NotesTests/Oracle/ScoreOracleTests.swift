import Foundation
import Testing

@testable import FullText
@testable import Notes

/// What a search gives is what the formulas of the documentation give, over real notes: those of the
/// starter vault, or of the folder in $FOLIO_PROOF_VAULT (with $FOLIO_PROOF_QUERIES queries).
@Suite struct ScoreOracleTests {
  private static var vault: String {
    ProcessInfo.processInfo.environment["FOLIO_PROOF_VAULT"]
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../Vault"
  }

  private static var queries: Int {
    ProcessInfo.processInfo.environment["FOLIO_PROOF_QUERIES"].flatMap { Int($0) } ?? 1_500
  }

  private static func documents() throws -> [Document] {
    let root = try #require(Notes.FileSystem.realPath(vault))
    let files = try #require(FileManager.default.enumerator(atPath: root))
    var documents: [Document] = []
    for case let name as String in files where name.hasSuffix(".md") && !name.hasPrefix(".") {
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
      var filters: Set<String> = ["tag:*", "lang:python", "before:2024-06-01", "after:2024-12-31"]
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
      case 9: return "code:\(word)"
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
    var maker = Maker(documents, seed: 2_026)
    var (hits, relaxed) = (0, 0)
    for number in 0..<Self.queries {
      let text = maker.query()
      let query = Query.parse(text, syntax: NoteSearch.syntax(for: index))
      let limit = [1, 10, 25][number % 3]
      let found = try index.search(
        query, options: SearchOptions(limit: limit, exactTotal: true))
      let answer = oracle.answer(query, limit: limit)
      #expect(found.total == answer.ranked.count, "\(text)")
      #expect(found.isRelaxed == answer.isRelaxed, "\(text)")
      #expect(found.hits.count == min(limit, answer.ranked.count), "\(text)")
      if answer.isRelaxed { relaxed += 1 }
      hits += found.hits.count
      guard !answer.isClose else { continue }
      compare(found.hits, answer, oracle, index, text)
    }
    #expect(hits > Self.queries && relaxed > 20)
  }

  /// The same scores, and the same notes but where two scores are equal to within rounding.
  private func compare(
    _ hits: [SearchResult.Hit], _ answer: ScoreOracle.Answer, _ oracle: ScoreOracle,
    _ index: Index, _ text: String
  ) {
    let scores = Dictionary(answer.ranked.map { (oracle.notes[$0.note].document.key, $0.score) }) {
      first, _ in first
    }
    for (hit, expected) in zip(hits, answer.ranked) {
      let tolerance = max(1e-3, expected.score * 2e-5)
      let key = index.key(of: hit.document)
      #expect(abs(Double(hit.score) - expected.score) < tolerance, "\(text): \(key)")
      #expect(
        scores[key].map { abs($0 - expected.score) < tolerance } ?? false,
        "\(text): \(key) stands where \(oracle.notes[expected.note].document.key) should")
      if !isTie(expected, answer, tolerance) {
        #expect(key == oracle.notes[expected.note].document.key, "\(text)")
      }
    }
  }

  private func isTie(
    _ entry: (note: Int, score: Double), _ answer: ScoreOracle.Answer, _ tolerance: Double
  ) -> Bool {
    answer.ranked.count { abs($0.score - entry.score) < 2 * tolerance } > 1
  }
}
