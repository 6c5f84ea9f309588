import Testing

@testable import FullText

@Suite struct SearchTests {
  @Test(arguments: 0..<12) func answersAsTheOracleDoes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let documents = (0..<60).map {
      Fixture.document("\(["a/", "b/", ""][$0 % 3])n\($0).md", random: &random)
    }
    let directory = TemporaryDirectory()
    let index = try Fixture.index(documents, in: directory)
    let oracles = documents.map { Oracle($0) }
    for _ in 0..<150 {
      let text = Fixture.query(&random)
      let query = Query.parse(text, syntax: Fixture.syntax)
      guard let root = query.root else { continue }
      var expected = oracles.filter { $0.matches(root) }.map(\.document.key)
      var isRelaxed = false
      if expected.isEmpty, let relaxed = query.relaxed {
        expected = oracles.filter { $0.matches(relaxed) }.map(\.document.key)
        isRelaxed = !expected.isEmpty
      }
      let result = try index.search(query, options: SearchOptions(limit: 100))
      let found = result.hits.map { index.key(of: $0.document) }
      #expect(found.sorted() == expected.sorted(), "\(text)")
      #expect(result.total == expected.count)
      #expect(result.isRelaxed == isRelaxed)
      for (left, right) in zip(result.hits, result.hits.dropFirst()) {
        #expect(left.score >= right.score)
      }
    }
  }

  @Test func rankingDoesNotDependOnTheSegments() throws {
    var random = SeededGenerator(seed: 99)
    var documents: [String: Document] = [:]
    let many = TemporaryDirectory()
    let options = IndexOptions(language: .english, fingerprint: 7)
    for _ in 0..<4 {
      var keys: [String] = []
      for _ in 0..<15 {
        let key = "n\(Int.random(in: 0..<120, using: &random))"
        documents[key] = Fixture.document(key, random: &random)
        keys.append(key)
      }
      let now = documents
      _ = try Fixture.writer(many).update(remove: [], add: keys, threads: 1) {
        now[$0]
      }
    }
    let one = TemporaryDirectory()
    let whole = try Fixture.index(Array(documents.values), in: one)
    let parts = try #require(Index.open(many.path, schema: Fixture.schema, options: options))
    #expect(parts.statistics.segments > 1)
    for _ in 0..<200 {
      let query = Query.parse(Fixture.query(&random), syntax: Fixture.syntax)
      let left = try whole.search(query)
      let right = try parts.search(query)
      #expect(
        left.hits.map { whole.key(of: $0.document) }
          == right.hits.map { parts.key(of: $0.document) })
      #expect(left.hits.map(\.score) == right.hits.map(\.score))
      #expect(left.total == right.total)
    }
  }

  @Test func titleCountsMoreThanBody() throws {
    let directory = TemporaryDirectory()
    let index = try Fixture.index(
      [
        Fixture.document("a", title: "Kafka", "offsets and lag"),
        Fixture.document("b", title: "Lag", "kafka offsets"),
        Fixture.document("c", title: "Other", "nothing here"),
      ], in: directory)
    let query = Query.parse("kafka", syntax: Fixture.syntax)
    let result = try index.search(query)
    #expect(result.hits.map { index.key(of: $0.document) } == ["a", "b"])
    let parts = index.explain(query, document: result.hits[0].document)
    #expect(parts.count == 1)
    #expect(parts[0].documents == 2)
    #expect(parts[0].score == result.hits[0].score)
  }

  @Test func phrasesRunThroughFieldsThatJoin() throws {
    let text = Array("use the foo function end".utf8)
    var document = Document(key: "a", text: text)
    document.runs = [
      .init(field: 1, range: 0..<8), .init(field: 2, range: 8..<11, joinsPrevious: true),
      .init(field: 1, range: 11..<20, joinsPrevious: true), .init(field: 1, range: 20..<24),
    ]
    let directory = TemporaryDirectory()
    let index = try Fixture.index([document], in: directory)
    for (query, count) in [
      ("\"the foo function\"", 1), ("\"function end\"", 0), ("body:\"the foo\"", 0),
      ("body:\"use the\"", 1), ("code:foo", 1), ("body:foo", 0),
    ] {
      let found = try index.search(Query.parse(query, syntax: Fixture.syntax)).total
      #expect(found == count, "\(query)")
    }
  }

  @Test func longPostingsAreSkippedRightly() throws {
    let documents = (0..<1000).map { number in
      Fixture.document(
        "n\(1000 + number)",
        (number % 7 == 0 ? "seven " : "") + "common words here"
          + (number % 300 == 5 ? " very rare here" : "")
          + String(repeating: " more", count: number % 40))
    }
    let directory = TemporaryDirectory()
    let index = try Fixture.index(documents, in: directory)
    for (query, count) in [
      ("\"words here\"", 1000), ("\"seven common\"", 143), ("\"very rare here\"", 4),
      ("\"here very rare\"", 4), ("common rare", 4), ("common", 1000),
      ("\"rare here more more\"", 4),
    ] {
      let found = try index.search(Query.parse(query, syntax: Fixture.syntax)).total
      #expect(found == count, "\(query)")
    }
  }

  @Test func conditionsAloneComeNewestFirst() throws {
    let directory = TemporaryDirectory()
    var documents = ["a", "b", "c"].map { Fixture.document($0, "text", tags: ["x"]) }
    documents[1].attributes.append(Attribute(name: "modified", value: "2026-02-01"))
    documents[2].attributes.append(Attribute(name: "modified", value: "2026-03-01"))
    let index = try Fixture.index(documents, in: directory)
    let result = try index.search(Query.parse("tag:X", syntax: Fixture.syntax))
    #expect(result.hits.map { index.key(of: $0.document) } == ["c", "b", "a"])
    let filtered = try index.search(
      Query.parse("", syntax: Fixture.syntax),
      options: SearchOptions(filter: .not(.exists("modified"))))
    #expect(filtered.hits.map { index.key(of: $0.document) } == ["a"])
    #expect(try index.search(Query.parse(" : * ", syntax: Fixture.syntax)).total == 0)
  }
}
