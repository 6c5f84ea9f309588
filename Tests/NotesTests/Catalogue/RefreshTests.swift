import Foundation
import FullText
import TestSupport
import Testing

@testable import Notes

/// An index brought up to date is the index that would be made anew.
@Suite struct RefreshTests {
  private static let words = ["airflow", "scheduler", "kafka", "naïve", "日記", "timeout", "retry"]

  private func text(_ generator: inout SeededGenerator) -> String {
    let tags = (0..<generator.below(3)).map { _ in generator.pick(Self.words) }
    let body = (0..<12).map { _ in generator.pick(Self.words) }.joined(separator: " ")
    return
      "---\ntags: [\(tags.joined(separator: ", "))]\n---\n# \(generator.pick(Self.words))\n\n\(body)\n"
  }

  private func shape(_ index: NoteIndex) throws -> [String] {
    let notes = index.index.documents(where: .all).map { id in
      let note = index.summary(of: id)
      return "\(note.path) \(note.title) \(note.kind) \(note.tags)"
    }
    let hits = try Self.words.flatMap { word in
      try NoteSearch(index).run(word, filter: nil, limit: 100, exactTotal: true).hits
        .map { "\(word): \($0.note.path)" }.sorted()
    }
    return notes + hits
  }

  private func change(_ store: TestVault, _ generator: inout SeededGenerator) throws {
    let folder = generator.pick(["", "snippets/", "x/", "x/y/"])
    let path = folder + generator.pick(["a.md", "b.md", "c.md", "é.md"])
    switch generator.below(8) {
    case 0...3: try store.folder.write(path, text(&generator))
    case 4: try? store.folder.remove(path)
    case 5: try? store.folder.move(path, to: generator.pick(["a.md", "moved.md", "x/moved.md"]))
    case 6: try? store.folder.move("x", to: generator.pick(["z", "snippets/x"]))
    default: try store.folder.write(".gitignore", generator.pick(["", "b.md", "x/", "*\n!a.md"]))
    }
  }

  @Test(arguments: [UInt64(1), 2])
  func aRefreshIsAsGoodAsARebuild(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let store = try TestVault()
    let fresh = TemporaryFolder()
    for step in 0..<25 {
      for _ in 0...generator.below(4) { try change(store, &generator) }
      if generator.once(in: 2) { usleep(25_000) }
      let refreshed = try shape(store.index())
      let rebuilt = try NoteIndex.open(
        store.vault(), directory: fresh.path, freshness: .rebuild
      ).index
      #expect(try refreshed == shape(rebuilt), "step \(step)")
    }
  }

  @Test func countsWhatChanged() throws {
    let store = try TestVault(["a.md": "one", "b.md": "two"])
    usleep(30_000)
    let first = try store.open().report
    #expect(first.isRebuilt && first.added == 2 && first.notes == 2)
    let idle = try store.open().report
    #expect(!idle.isRebuilt && idle.added == 0 && idle.changed == 0 && idle.removed == 0)
    try store.folder.write("a.md", "three")
    try store.folder.write("c.md", "new")
    try store.folder.remove("b.md")
    let next = try store.open().report
    #expect(next.added == 1 && next.changed == 1 && next.removed == 1 && next.notes == 2)
  }

  /// A file that is changed twice within one tick of the clock keeps its time and its size.
  @Test func youngFilesAreLookedAtAgain() throws {
    let store = try TestVault()
    for round in 0..<30 {
      let word = round % 2 == 0 ? "alpha" : "omega"
      try store.folder.write("a.md", word)
      let hits = try NoteSearch(store.index()).run(word, filter: nil, limit: 5).hits
      #expect(hits.map(\.note.path) == ["a.md"], "round \(round)")
    }
  }

  /// What was young when it was indexed is looked at once more, and no further time.
  @Test func aYoungFileIsLookedAtOnceMore() throws {
    let store = try TestVault()
    // On a busy machine a file can have grown old between the writing and the scan.
    var age = Int64.max
    while age > Walk.grain {
      try store.folder.write("a.md", "a word")
      _ = try store.open()
      let modified = try #require(
        Notes.FileSystem.status(store.folder.absolute("a.md"))?.stamp.modified)
      age = Int64(Date().timeIntervalSince1970 * 1e9) - modified
    }
    usleep(30_000)
    #expect(try store.open().report.changed == 1)
    #expect(try store.open().report.changed == 0)
  }

  @Test func aNoteJustWrittenIsFoundWithoutAScan() throws {
    let store = try TestVault(["a.md": "one"])
    _ = try store.open()
    try store.folder.write("b.md", "fresh words")
    try store.folder.remove("a.md")
    NoteIndex.noteWritten(
      [VaultPath(known: "b.md")], removed: [VaultPath(known: "a.md")], in: try store.vault(),
      directory: store.cache.path)
    let index = try store.open(.asItStands).index
    #expect(index.index.documents(where: .all).map { index.index.key(of: $0) } == ["b.md"])
    #expect(try NoteSearch(index).run("fresh", filter: nil, limit: 5).hits.count == 1)
  }

  @Test func settingsThatDecideWhatIsANoteMakeTheIndexAnew() throws {
    let store = try TestVault([".folio/config.yaml": "", "a.md": "x", "old/b.md": "x"])
    #expect(try store.open().report.notes == 2)
    try store.folder.write(".folio/config.yaml", "exclude: [old/]")
    let excluded = try store.open()
    #expect(excluded.report.notes == 1 && excluded.report.isRebuilt)
  }

  @Test func aDamagedCacheIsMadeAnew() throws {
    let store = try TestVault(["a.md": "word"])
    _ = try store.open()
    for name in try store.cache.names() {
      let path = store.cache.absolute(name)
      let bytes = try Notes.FileSystem.read(path)
      try Data(bytes.map { $0 ^ 0x55 }).write(to: URL(fileURLWithPath: path))
    }
    let hits = try NoteSearch(store.index()).run("word", filter: nil, limit: 5).hits
    #expect(hits.map(\.note.path) == ["a.md"])
  }

  @Test func anUnreadableNoteIsListedWithItsProblem() throws {
    let store = try TestVault(["a.md": "ok"])
    try Data([0x62, 0xFF, 0x20, 0x77, 0x6F, 0x72, 0x64]).write(
      to: URL(fileURLWithPath: store.folder.absolute("bad.md")))
    let index = try store.index()
    let bad = try #require(index.index.find(key: "bad.md"))
    #expect(index.summary(of: bad).problem?.contains("UTF-8") == true)
    #expect(try NoteSearch(index).run("word", filter: nil, limit: 5).hits.count == 1)
  }
}
