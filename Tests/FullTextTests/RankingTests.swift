import Testing

@testable import FullText

@Suite struct RankingTests {
  private func order(_ query: String, _ documents: [Document]) throws -> [String] {
    let directory = TemporaryDirectory()
    let index = try Fixture.index(documents, in: directory)
    let found = try index.search(Query.parse(query, syntax: Fixture.syntax))
    for hit in found.hits {
      let parts = index.explain(
        Query.parse(query, syntax: Fixture.syntax), document: hit.document)
      #expect(abs(parts.reduce(0) { $0 + $1.score } - hit.score) < 0.001 * max(1, hit.score))
    }
    return found.hits.map { index.key(of: $0.document) }
  }

  @Test func wordsNearEachOtherComeFirst() throws {
    let far = "retry one two three four five six seven eight nine ten eleven backoff"
    let near = "one two three four five six retry backoff seven eight nine ten eleven"
    let documents = [Fixture.document("a", far), Fixture.document("b", near)]
    #expect(try order("retry backoff", documents) == ["b", "a"])
  }

  /// The parts of an identifier stand at one place, which hides no place behind it.
  @Test func aWordBehindAnIdentifierIsNearItsParts() throws {
    let words = " one two three four five six seven eight nine ten"
    let documents = [
      Fixture.document("a", "createIfNot" + words + " creates"),
      Fixture.document("b", "createIfNot creates" + words),
    ]
    #expect(try order("not create", documents) == ["b", "a"])
  }

  /// An identifier in parts has no place of its own, whether the segment has its parts or not.
  @Test(arguments: [false, true]) func anIdentifierInPartsIsNearNothing(hasParts: Bool) throws {
    let words = " one two three four five six seven eight nine ten"
    var documents = [
      Fixture.document("a", "sqlite3" + words + " to"), Fixture.document("b", "sqlite3 to" + words),
    ]
    if hasParts { documents.append(Fixture.document("c", "sq" + words + " lite3")) }
    #expect(try order("SQLite3 to", documents) == ["a", "b"])
  }

  @Test func aTitleThatIsTheQueryComesFirst() throws {
    var exact = Fixture.document("z", title: "Task Group", "once")
    exact.attributes.append(Attribute(name: ".title", value: "Task Group"))
    let other = Fixture.document(
      "a", title: "Task group task group", String(repeating: "task group ", count: 50))
    #expect(try order("task group", [other, exact]) == ["z", "a"])
  }

  @Test func ofEqualDocumentsTheNewerComesFirst() throws {
    var documents = ["a", "b", "c"].map { Fixture.document($0, "the same text") }
    documents[1].attributes.append(Attribute(name: "modified", value: "2026-02-01"))
    documents[2].attributes.append(Attribute(name: "modified", value: "2024-02-01T00:00:00Z"))
    #expect(try order("same", documents) == ["b", "c", "a"])
    #expect(try order("\"same\"", documents) == ["a", "b", "c"])
  }
}
