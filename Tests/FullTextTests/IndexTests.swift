import Testing

@testable import FullText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct IndexTests {
  @Test(arguments: 0..<6) func holdsWhatAModelHolds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1000)
    let directory = TemporaryDirectory()
    var model: [String: Document] = [:]
    for _ in 0..<25 {
      var removed: [String] = []
      var added: [String] = []
      var next = model
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let key = "k\(Int.random(in: 0..<30, using: &random))"
        if Bool.random(using: &random) || Bool.random(using: &random) {
          next[key] = Fixture.document(key, random: &random)
          added.append(key)
        } else if !added.contains(key) {
          next[key] = nil
          removed.append(key)
        }
      }
      let state = next
      let before = model.count
      let summary = try Fixture.writer(directory).update(
        remove: removed, add: added, threads: 2, load: { state[$0] })
      model = next
      #expect(summary.documents == model.count)
      #expect(summary.added == Set(added).count)
      _ = before
      if Int.random(in: 0...7, using: &random) == 0 {
        #expect(try Fixture.writer(directory).optimise().segments <= 1)
      }
      try check(directory, model)
    }
    #expect(Index.verify(directory.path) == [])
  }

  private func check(_ directory: TemporaryDirectory, _ model: [String: Document]) throws {
    let index = try #require(Fixture.open(directory))
    var keys: [String] = []
    index.forEachDocument { document, key, mark in
      let key = String(decoding: key, as: UTF8.self)
      keys.append(key)
      #expect(mark == model[key]?.stamp.mark)
      #expect(index.find(key: key) == document)
      #expect(index.key(of: document) == key)
      #expect(
        index.attributes(of: document).map { "\($0.name)=\($0.value)" }
          == (model[key]?.attributes ?? []).map { "\($0.name)=\($0.value)" })
    }
    #expect(keys == model.keys.sorted())
    #expect(index.documentCount == model.count)
    #expect(index.find(key: "absent") == nil)
    for tag in ["a", "a/b", "b"] {
      let expected = model.values.filter { Oracle($0).matches(.within("tag", tag)) }.map(\.key)
      let found = index.documents(where: .within("tag", tag)).map { index.key(of: $0) }
      #expect(found == expected.sorted())
    }
    let tagged = model.values.filter { document in
      document.attributes.contains { $0.name == "tag" && TextFolding.fold($0.value) == "a" }
    }
    let values = index.values(ofAttribute: "TAG")
    #expect(values.first { $0.value == "a" }?.count ?? 0 == tagged.count)
    #expect(index.hasAttribute(named: "tag") == !values.isEmpty)
  }

  /// The order by an attribute is that of the folded values of each document, whatever segments they
  /// are in and whatever was deleted.
  @Test(arguments: 0..<12 as Range<UInt64>) func documentsComeByTheirValues(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let directory = TemporaryDirectory()
    var model: [String: Document] = [:]
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let added = (0..<Int.random(in: 1...20, using: &random)).map { _ in
        Fixture.document("n\(Int.random(in: 0..<30, using: &random))", random: &random)
      }
      let byKey = Dictionary(added.map { ($0.key, $0) }) { _, last in last }
      let removed = model.keys.sorted().filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
      _ = try Fixture.writer(directory).update(
        remove: Set(removed).subtracting(byKey.keys).sorted(), add: byKey.keys.sorted(), threads: 1
      ) { byKey[$0] }
      for key in removed { model[key] = nil }
      model.merge(byKey) { $1 }
    }
    let index = try #require(Fixture.open(directory))
    for name in ["tag", "rating", "modified", "absent"] {
      var expected: [String: [String]] = [:]
      for (key, document) in model {
        for value in Set(
          document.attributes.filter { $0.name == name }.map { TextFolding.fold($0.value) })
        {
          expected[value, default: []].append(key)
        }
      }
      let found = index.documents(byAttribute: name)
      #expect(
        found.map(\.foldedValue)
          == expected.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      for (value, documents) in found {
        #expect(documents.map { index.key(of: $0) } == expected[value]?.sorted())
      }
    }
  }

  @Test func valuesAreSpeltAsTheyFirstWere() throws {
    let directory = TemporaryDirectory()
    let index = try Fixture.index(
      [
        Fixture.document("a", "x", tags: ["Ärger", "Ops"]),
        Fixture.document("b", "x", tags: ["arger"]),
      ], in: directory)
    #expect(index.values(ofAttribute: "tag").map(\.value) == ["Ärger", "Ops"])
    #expect(index.values(ofAttribute: "tag").map(\.count) == [2, 1])
    #expect(index.documents(where: .equals("Tag", "ARGER")).count == 2)
  }

  @Test func otherSettingsAskForARebuild() throws {
    let directory = TemporaryDirectory()
    _ = try Fixture.index([Fixture.document("a", "x")], in: directory)
    var other = Fixture.options
    other.fingerprint = 8
    #expect(Index.open(directory.path, schema: Fixture.schema, options: other) == nil)
    let schema = Schema(fields: [.init(name: "body", weight: 1)])
    #expect(Index.open(directory.path, schema: schema, options: Fixture.options) == nil)
    var head = try #require(FileSystem.read(directory.path + "/HEAD", limit: 1 << 16))
    head[8] += 1
    let sum = CRC32C.checksum(Array(head.dropLast(4)))
    for index in 0..<4 {
      head[head.count - 4 + index] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(index)))
    }
    try FileSystem.write(head, to: directory.path + "/HEAD", synchronising: false)
    #expect(Fixture.open(directory) == nil)
    _ = try Fixture.index([Fixture.document("b", "x")], in: directory)
    #expect(Fixture.open(directory)?.find(key: "b") != nil)
  }

  @Test func aSecondWriterWaitsAndThenGivesUp() throws {
    let directory = TemporaryDirectory()
    let first = try Fixture.writer(directory)
    #expect(throws: IndexError.locked(directory.path)) {
      _ = try IndexWriter(
        directory: directory.path, schema: Fixture.schema, options: Fixture.options,
        wait: .milliseconds(30))
    }
    _ = try first.optimise()
  }

  @Test func aSnapshotStaysWhileTheIndexChanges() throws {
    let directory = TemporaryDirectory()
    let old = try Fixture.index((0..<50).map { Fixture.document("n\($0)", "old") }, in: directory)
    let query = Query.parse("old", syntax: Fixture.syntax)
    for round in 0..<4 {
      _ = try Fixture.writer(directory).update(
        remove: ["n\(round)"], add: ["m\(round)"], threads: 1,
        load: { Fixture.document($0, "new") })
      #expect(try old.search(query).total == 50)
      #expect(old.find(key: "n\(round)") != nil)
      #expect(try #require(Fixture.open(directory)).search(query).total == 49 - round)
    }
    _ = try Fixture.writer(directory).optimise()
    #expect(try old.search(query).total == 50)
  }

  @Test func readersSeeAWholeStateDuringUpdates() throws {
    let directory = TemporaryDirectory()
    _ = try Fixture.index((0..<20).map { Fixture.document("n\($0)", "state0") }, in: directory)
    let path = directory.path
    concurrently(3) { worker in
      if worker == 0 {
        for round in 1...25 {
          let writer = try? IndexWriter(
            directory: path, schema: Fixture.schema, options: Fixture.options)
          _ = try? writer?.update(
            remove: [], add: (0..<20).map { "n\($0)" }, threads: 1,
            load: { Fixture.document($0, "state\(round)") })
        }
      } else {
        for _ in 0..<150 {
          let index = Index.open(path, schema: Fixture.schema, options: Fixture.options)
          let result = try? index?.search(Query.parse("state*", syntax: Fixture.syntax))
          #expect(result?.total == 20)
          let first = result?.hits.first?.score
          #expect(result?.hits.allSatisfy { $0.score == first } == true)
        }
      }
    }
  }

  @Test func aFailedChangeLeavesTheOldStateAndNoFiles() throws {
    let directory = TemporaryDirectory()
    _ = try Fixture.index([Fixture.document("a", "x")], in: directory)
    let names = FileSystem.names(in: directory.path)
    // A directory in the way of the new head makes the commit fail.
    mkdir(directory.path + "/HEAD.tmp", 0o700)
    #expect(throws: IndexError.self) {
      _ = try Fixture.writer(directory).update(
        remove: [], add: ["b"], threads: 1, load: { Fixture.document($0, "x") })
    }
    rmdir(directory.path + "/HEAD.tmp")
    #expect(FileSystem.names(in: directory.path) == names)
    #expect(Fixture.open(directory)?.documentCount == 1)
  }

  @Test func whatIsGoneWhenReadIsRemoved() throws {
    let directory = TemporaryDirectory()
    _ = try Fixture.index([Fixture.document("a", "x"), Fixture.document("b", "x")], in: directory)
    let summary = try Fixture.writer(directory).update(
      remove: [], add: ["a", "c"], threads: 2, load: { _ in nil })
    #expect(summary == .init(added: 0, removed: 1, documents: 1, segments: 1))
  }

  @Test func keysAreToldApartByTheirBytes() throws {
    let directory = TemporaryDirectory()
    let keys = ["caf\u{E9}", "cafe\u{301}"]
    _ = try Fixture.writer(directory).rebuild(add: keys, threads: 1) { Fixture.document($0, "x") }
    let index = try #require(Fixture.open(directory))
    #expect(index.documentCount == 2)
    for key in keys {
      let found = try #require(index.find(key: key))
      #expect(Array(index.key(of: found).utf8) == Array(key.utf8))
    }
  }
}

/// Values that are only asked for whole.
struct WholeValueTests {
  @Test func isFoundAndSpeltThroughChangesAndMerges() throws {
    let directory = TemporaryDirectory()
    @Sendable func document(_ number: Int) -> Document {
      var document = Fixture.document("n\(100 + number)", "text")
      document.attributes.append(
        Attribute(name: ".title", value: "Title Nº \(number % 20)", isWhole: true))
      return document
    }
    _ = try Fixture.index((0..<40).map(document), in: directory)
    _ = try Fixture.writer(directory).update(
      remove: [], add: (40..<60).map { "n\(100 + $0)" }, threads: 1,
      load: { key in Int(key.dropFirst()).map { document($0 - 100) } })
    for isMerged in [false, true] {
      if isMerged { _ = try Fixture.writer(directory).optimise() }
      let index = try #require(Fixture.open(directory))
      for number in 0..<20 {
        let found = index.documents(where: .equals(".title", "TITLE nº \(number)"))
        #expect(found.map { index.key(of: $0) } == [0, 20, 40].map { "n\(100 + $0 + number)" })
      }
      #expect(index.documents(where: .equals(".title", "Title")) == [])
      let values = index.values(ofAttribute: ".title")
      #expect(Set(values.map(\.value)) == Set((0..<20).map { "Title Nº \($0)" }))
      #expect(values.allSatisfy { $0.count == 3 })
    }
  }
}
