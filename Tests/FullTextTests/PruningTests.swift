import Testing

@testable import FullText

/// What the search leaves out must never show: the same documents with the same scores as when
/// every document is scored.
@Suite struct PruningTests {
  /// Words by rank, each half as common as the one before it is twice.
  private static func word(_ random: inout SeededGenerator) -> String {
    let rank = Int(40 * Double.random(in: 0...1, using: &random).squareRoot().squareRoot())
    let other = Int.random(in: 0..<400, using: &random)
    let words = ["run", "running", "task", "tasks", "index", "indexing", "note", "notes", "error"]
    let place = 40 - rank
    if place < words.count { return words[place] }
    return place < 20 ? "w\(place)" : "rare\(other)x"
  }

  private static func document(_ number: Int, _ random: inout SeededGenerator) -> Document {
    let words = (0..<Int.random(in: 1...30, using: &random)).map { _ in
      Int.random(in: 0...15, using: &random) == 0
        ? word(&random) + "_" + word(&random) : word(&random)
    }
    let title = (0..<Int.random(in: 0...2, using: &random)).map { _ in word(&random) }
    var document = Fixture.document(
      "n\(100_000 + number)", title: title.joined(separator: " "), words.joined(separator: " "))
    if number % 5 == 0 { document.attributes.append(Attribute(name: "tag", value: "a/b")) }
    if number % 3 == 0 {
      document.attributes.append(
        Attribute(name: "modified", value: "2026-01-\(10 + number % 19)"))
    }
    return document
  }

  private static func query(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...4, using: &random)
    let words = (0..<count).map { _ in word(&random) }
    switch Int.random(in: 0...15, using: &random) {
    case 0...2: return words.joined(separator: " ")
    case 3...5: return words.joined(separator: " OR ")
    case 6: return words.joined(separator: " OR ") + " tag:a"
    case 7: return words.joined(separator: " ") + " -" + word(&random)
    case 8: return "(" + words.joined(separator: " OR ") + ") " + word(&random)
    case 9: return "\"" + words.prefix(2).joined(separator: " ") + "\" OR " + word(&random)
    case 10: return words[0].prefix(3) + "* OR " + word(&random)
    case 11: return "\"" + words.prefix(2).joined(separator: " ") + "\""
    case 12: return "\"" + words.prefix(3).joined(separator: " ") + "\" " + word(&random)
    case 13: return words.prefix(2).joined(separator: "_")
    case 14: return words.prefix(2).joined(separator: "_") + " OR " + word(&random)
    default: return "title:\(words[0]) OR \(word(&random)) \(word(&random))"
    }
  }

  @Test(arguments: 0..<2) func nothingIsLostByLeavingOut(seed: UInt64) throws {
    var random = SeededGenerator(seed: 1000 + seed)
    let documents = (0..<5000).map { Self.document($0, &random) }
    let byKey = Dictionary(documents.map { ($0.key, $0) }) { _, last in last }
    let directory = TemporaryDirectory()
    _ = try Fixture.index(documents, in: directory)
    if seed % 2 == 1 {
      // A second segment, and documents deleted from the first.
      let again = documents.filter { _ in Int.random(in: 0...40, using: &random) == 0 }.map(\.key)
      _ = try Fixture.writer(directory).update(
        remove: documents.prefix(20).map(\.key), add: again, threads: 1
      ) { byKey[$0] }
    }
    let index = try #require(Fixture.open(directory))
    var pruned = 0
    for _ in 0..<160 {
      let text = Self.query(&random)
      let query = Query.parse(text, syntax: Fixture.syntax)
      var options = SearchOptions(limit: Int.random(in: 1...30, using: &random))
      options.countLimit = [0, 100, 1000].randomElement(using: &random)!
      // Other weights than those that the bounds beside the blocks were worked out with.
      if Int.random(in: 0...2, using: &random) == 0 {
        options.weights = ["title": Float(Int.random(in: 0...9, using: &random)), "body": 2]
      }
      let found = try index.search(query, options: options)
      let all = try index.search(query, options: options, exhaustively: true)
      #expect(found.hits == all.hits, "\(text)")
      #expect(found.isRelaxed == all.isRelaxed)
      if found.isTotalExact {
        #expect(found.total == all.total, "\(text)")
      } else {
        pruned += 1
        #expect(found.total <= all.total && found.total > options.countLimit, "\(text)")
      }
      options.exactTotal = true
      let counted = try index.search(query, options: options)
      #expect(counted.total == all.total && counted.hits == all.hits, "\(text)")
    }
    #expect(pruned > 10)
  }
}
