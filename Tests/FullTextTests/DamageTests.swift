import Testing

@testable import FullText

@Suite struct DamageTests {
  private func small(_ directory: TemporaryDirectory) throws {
    var random = SeededGenerator(seed: 5)
    let documents = (0..<8).map { Fixture.document("n\($0)", random: &random) }
    _ = try Fixture.index(documents, in: directory)
    _ = try Fixture.writer(directory).update(
      remove: ["n3"], add: ["m"], threads: 1,
      load: { Fixture.document($0, "task run", tags: ["a"]) })
  }

  /// Uses everything of an index that is not what was written.
  private func exercise(_ directory: TemporaryDirectory) {
    guard let index = Fixture.open(directory) else { return }
    index.forEachDocument { document, _, _ in _ = index.attributes(of: document) }
    _ = index.values(ofAttribute: "tag")
    _ = index.find(key: "n5")
    for text in [
      "run \"task group\" -x tag:a", "r* title:foo", "tasks~2", "dag_run_id OR parseHTTPResponse",
      "rating:>3",
    ] {
      _ = try? index.search(Query.parse(text, syntax: Fixture.syntax))
    }
  }

  @Test func anyFlippedByteGivesAnAnswerOrARebuild() throws {
    let directory = TemporaryDirectory()
    try small(directory)
    for name in FileSystem.names(in: directory.path) where name != "LOCK" {
      let path = directory.path + "/" + name
      let whole = try #require(FileSystem.read(path, limit: 1 << 20))
      for at in whole.indices where name.hasSuffix(".seg") ? whole[at] != 0 || at % 7 == 0 : true {
        var bytes = whole
        bytes[at] ^= [0x01, 0x80, 0xFF][at % 3]
        try FileSystem.write(bytes, to: path, synchronising: false)
        exercise(directory)
        if name == "HEAD" { #expect(Fixture.open(directory) == nil) }
      }
      try FileSystem.write(whole, to: path, synchronising: false)
    }
    #expect(Index.verify(directory.path) == [])
  }

  @Test func noFlippedByteOfAHeaderOrASectionTableOpens() throws {
    let directory = TemporaryDirectory()
    try small(directory)
    for name in FileSystem.names(in: directory.path) where name.hasSuffix(".seg") {
      let path = directory.path + "/" + name
      let whole = try #require(FileSystem.read(path, limit: 1 << 20))
      let table =
        SegmentSection.allCases.count * SegmentFormat.tableRecordSize + SegmentFormat.trailerSize
      let places =
        Array(0..<SegmentFormat.headerSize) + Array(whole.count - table..<whole.count)
      for at in places {
        var bytes = whole
        bytes[at] ^= [0x01, 0x80, 0xFF][at % 3]
        try FileSystem.write(bytes, to: path, synchronising: false)
        #expect(Fixture.open(directory) == nil, "byte \(at) of \(whole.count)")
      }
      try FileSystem.write(whole, to: path, synchronising: false)
    }
    #expect(Fixture.open(directory) != nil)
  }

  @Test func anyTruncationIsNoticed() throws {
    let directory = TemporaryDirectory()
    try small(directory)
    let names = FileSystem.names(in: directory.path)
    for entry in try #require(Head(directory.path)).entries.flatMap(\.names) + ["HEAD"] {
      #expect(names.contains(entry))
      let path = directory.path + "/" + entry
      let whole = try #require(FileSystem.read(path, limit: 1 << 20))
      for length in whole.indices {
        try FileSystem.write(Array(whole[..<length]), to: path, synchronising: false)
        #expect(Fixture.open(directory) == nil)
      }
      try FileSystem.write(whole, to: path, synchronising: false)
    }
    #expect(Fixture.open(directory) != nil)
  }

  @Test func verifyNamesTheDamagedSection() throws {
    let directory = TemporaryDirectory()
    try small(directory)
    let entry = try #require(Head(directory.path)?.entries.first)
    let path = directory.path + "/" + entry.name
    var bytes = try #require(FileSystem.read(path, limit: 1 << 20))
    bytes[bytes.count / 2] ^= 0x55
    bytes[100] ^= 0x55
    try FileSystem.write(bytes, to: path, synchronising: false)
    #expect(!Index.verify(directory.path).isEmpty)
  }

  @Test func damagedSegmentsCanBeMerged() throws {
    let directory = TemporaryDirectory()
    try small(directory)
    let entry = try #require(Head(directory.path)?.entries.first)
    let path = directory.path + "/" + entry.name
    let whole = try #require(FileSystem.read(path, limit: 1 << 20))
    let head = try #require(FileSystem.read(directory.path + "/HEAD", limit: 1 << 20))
    let names = Set(FileSystem.names(in: directory.path))
    for at in stride(from: 64, to: whole.count - 500, by: 11) {
      var bytes = whole
      bytes[at] ^= 0xFF
      try FileSystem.write(bytes, to: path, synchronising: false)
      _ = try? Fixture.writer(directory).optimise()
      for name in FileSystem.names(in: directory.path) where !names.contains(name) {
        FileSystem.remove(directory.path + "/" + name)
      }
      try FileSystem.write(head, to: directory.path + "/HEAD", synchronising: false)
    }
  }
}
