import Foundation
import Testing

@testable import FullText

/// An index of which a byte was changed answers as before, or says that it is damaged; it never
/// answers anything else.
@Suite struct TruthDamageTests {
  private static let queries = [
    "run", "running tasks", "\"task group\"", "r* OR foo", "tasks~2", "dag_run_id", "title:run",
    "tag:a run", "-tag:a/b task", "rating:>5", "日本語", "foo.bar -run", "modified:>2026-01-15 run",
    "run OR task OR universe",
  ]

  private func small(_ directory: TemporaryDirectory) throws {
    var random = SeededGenerator(seed: 5)
    let documents = (0..<8).map { Fixture.document("n\($0)", random: &random) }
    _ = try Fixture.index(documents, in: directory)
    _ = try Fixture.writer(directory).update(
      remove: ["n3"], add: ["m"], threads: 1,
      load: { Fixture.document($0, "task run", tags: ["a"]) })
  }

  /// What a search shows, and what a list does; nil where the index says that it is damaged.
  private func answers(_ directory: TemporaryDirectory) -> (searches: [[String]?], list: [String]?)?
  {
    guard let index = Fixture.open(directory) else { return nil }
    var syntax = Fixture.syntax
    syntax.isAttribute = { index.hasAttribute(named: $0) }
    let searches = Self.queries.map { text -> [String]? in
      let options = SearchOptions(limit: 5, exactTotal: true)
      guard let found = try? index.search(Query.parse(text, syntax: syntax), options: options)
      else {
        return nil
      }
      return ["\(found.total) \(found.isRelaxed)"]
        + found.hits.map { hit in
          let attributes = index.attributes(of: hit.document).map { "\($0.name)=\($0.value)" }
          return "\(index.key(of: hit.document)) \(hit.score) \(attributes)"
        }
    }
    guard index.hasIntactDocuments else { return (searches, nil) }
    var list: [String] = []
    for filter in [Filter.all, .within("tag", "a"), .exists("rating"), .keyPrefix("n")] {
      for document in index.documents(where: filter) {
        let attributes = index.attributes(of: document).map { "\($0.name)=\($0.value)" }
        list.append("\(index.key(of: document)) \(attributes)")
      }
    }
    list.append("\(index.values(ofAttribute: "tag").map { "\($0.value) \($0.count)" })")
    return (searches, list)
  }

  @Test func aChangedByteNeverChangesAnAnswer() throws {
    let directory = TemporaryDirectory()
    try small(directory)
    let truth = try #require(answers(directory))
    #expect(truth.list != nil && truth.searches.allSatisfy { $0 != nil })
    let isThorough = ProcessInfo.processInfo.environment["FOLIO_PROOF_FLIPS"] != nil
    var (same, noticed) = (0, 0)
    for name in FileSystem.names(in: directory.path) where name != "LOCK" {
      let path = directory.path + "/" + name
      let whole = try #require(FileSystem.read(path, limit: 1 << 20))
      for at in stride(
        from: isThorough ? 0 : name.utf8.count % 9, to: whole.count, by: isThorough ? 1 : 9)
      {
        for flip: UInt8 in isThorough ? [0x01, 0x80, 0xFF] : [[0x01, 0x80, 0xFF][at % 3]] {
          var bytes = whole
          bytes[at] ^= flip
          try FileSystem.write(bytes, to: path, synchronising: false)
          guard let now = answers(directory) else {
            noticed += 1
            continue
          }
          for (number, found) in now.searches.enumerated() where found != nil {
            #expect(
              found == truth.searches[number],
              "byte \(at) of \(whole.count) of \(name) ^ \(flip): \(Self.queries[number])")
          }
          #expect(
            now.list == nil || now.list == truth.list, "byte \(at) of \(name) ^ \(flip): the list")
          if now.list == nil || now.searches.contains(where: { $0 == nil }) {
            noticed += 1
          } else {
            same += 1
          }
        }
      }
      try FileSystem.write(whole, to: path, synchronising: false)
    }
    // Changes of padding are not noticed, and need not be.
    #expect(noticed > 200 && same > 0)
  }
}
