import Foundation
import Testing

@testable import FullText

/// Whatever was done to an index in whatever order, it answers as one that was made of the same
/// documents at once.
@Suite struct ModelTests {
  private static let queries = [
    "run", "task", "running tasks", "\"task group\"", "r* OR foo", "tasks~2", "dag_run_id",
    "universe -run", "title:run", "tag:a run", "tag:a/b", "rating:>5 task", "日本語", "foo.bar",
    "run OR task OR universe OR http", "code:run", "modified:>2026-01-15 run", "naive",
  ]

  /// Everything that can be asked of an index, as text.
  private func answers(_ index: Index) throws -> [String] {
    var lines: [String] = []
    index.forEachDocument { document, key, mark in
      let attributes = index.attributes(of: document).map { "\($0.name)=\($0.value)" }
      lines.append("\(String(decoding: key, as: UTF8.self)) \(mark) \(attributes)")
    }
    lines.append("\(index.values(ofAttribute: "tag").map { "\($0.value) \($0.count)" })")
    for text in Self.queries {
      let query = Query.parse(text, syntax: Fixture.syntax)
      let found = try index.search(query, options: SearchOptions(limit: 8, exactTotal: true))
      let hits = found.hits.map { "\(index.key(of: $0.document)) \($0.score)" }
      lines.append("\(text): \(found.total) \(found.isRelaxed) \(hits)")
    }
    return lines
  }

  @Test(arguments: 0..<6) func anyHistoryGivesTheSameAnswers(seed: UInt64) throws {
    try history(seed)
  }

  /// As many histories as $FOLIO_PROOF_MINUTES allow, from $FOLIO_PROOF_SEED on.
  @Test(.enabled(if: setting("FOLIO_PROOF_MINUTES") != nil))
  func manyHistoriesGiveTheSameAnswers() throws {
    let start = ContinuousClock.now
    let time = Duration.seconds(60 * (Self.setting("FOLIO_PROOF_MINUTES") ?? 1))
    let first = Self.setting("FOLIO_PROOF_SEED") ?? 1_000
    var seed = UInt64(first)
    while start.duration(to: .now) < time {
      try history(seed)
      seed += 1
    }
    print("histories of the index: \(seed - UInt64(first)), from \(first) on")
  }

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// Changes of all kinds, small ones mostly; one seed in three has enough documents for whole
  /// blocks of postings.
  private func history(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: 700 + seed)
    let isLarge = seed % 3 == 2
    let keys = isLarge ? 400 : 40
    let directory = TemporaryDirectory()
    var model: [String: Document] = [:]
    var writer: IndexWriter? = try Fixture.writer(directory)
    var compared = 0
    for step in 0..<30 {
      var remove: Set<String> = []
      var add: [String: Document] = [:]
      // A move is a removal and an addition of the same text.
      let most = isLarge && step % 5 == 0 ? 150 : 6
      for _ in 0..<Int.random(in: 0...most, using: &random) {
        let key = "n\(Int.random(in: 0..<keys, using: &random))"
        switch Int.random(in: 0..<4, using: &random) {
        case 0: remove.insert(key)
        case 1:
          if var moved = model[key], add[key] == nil {
            remove.insert(key)
            moved.key = "m\(Int.random(in: 0..<20, using: &random))/" + key
            add[moved.key] = moved
          }
        default:
          add[key] = Fixture.document(key, random: &random)
        }
      }
      remove.subtract(add.keys)
      let changed = add
      if writer == nil { writer = try Fixture.writer(directory) }
      _ = try writer?.update(
        remove: remove.sorted(),
        add: add.keys.sorted(by: { isBelow(Array($0.utf8), Array($1.utf8)) }),
        threads: 1 + Int(seed % 2)
      ) { changed[$0] }
      for key in remove { model[key] = nil }
      model.merge(add) { $1 }
      if Int.random(in: 0..<6, using: &random) == 0 { _ = try writer?.optimise() }
      // Another process goes on.
      if Bool.random(using: &random) { writer = nil }
      guard step % 3 == 0 else { continue }
      let now = try #require(Fixture.open(directory))
      #expect(now.documentCount == model.count)
      guard !model.isEmpty else { continue }
      let fresh = TemporaryDirectory()
      let anew = try Fixture.index(
        model.values.sorted { isBelow(Array($0.key.utf8), Array($1.key.utf8)) }, in: fresh)
      let (left, right) = (try answers(now), try answers(anew))
      for (one, other) in zip(left, right) { #expect(one == other, "seed \(seed), step \(step)") }
      #expect(left.count == right.count)
      compared += 1
    }
    #expect(compared >= 5)
    #expect(Index.verify(directory.path) == [])
  }

  /// Readers on other threads find a whole state, the one before a change or the one after it.
  @Test func readersFindAWholeStateWhileAWriterWorks() throws {
    let directory = TemporaryDirectory()
    let keys = (0..<30).map { "n\(10 + $0)" }
    // Each state has a word of its own in all documents.
    let load: @Sendable (Int) -> @Sendable (String) -> Document? = { state in
      { Fixture.document($0, title: "state\(state)x", "state\(state)x words of \($0)") }
    }
    _ = try Fixture.writer(directory).rebuild(add: keys, threads: 1, load: load(0))
    let path = directory.path
    let problems = Problems()
    concurrently(3) { worker in
      if worker == 0 {
        for state in 1...40 {
          do throws(IndexError) {
            let writer = try IndexWriter(
              directory: path, schema: Fixture.schema, options: Fixture.options,
              wait: .seconds(10))
            switch state % 4 {
            case 0: _ = try writer.rebuild(add: keys, threads: 2, load: load(state))
            case 1:
              _ = try writer.update(remove: [], add: keys, threads: 1, load: load(state))
              _ = try writer.optimise()
            default: _ = try writer.update(remove: [], add: keys, threads: 1, load: load(state))
            }
          } catch {
            problems.add("state \(state): \(error)")
          }
        }
        problems.finish()
        return
      }
      var rounds = 0
      while !problems.isFinished || rounds < 20 {
        rounds += 1
        guard let index = Index.open(path, schema: Fixture.schema, options: Fixture.options) else {
          problems.add("no index")
          continue
        }
        var states: [String: Int] = [:]
        index.forEachDocument { document, key, _ in
          let query = Query.parse("state*", syntax: Fixture.syntax)
          _ = try? index.search(query)
          states["\(key.count)", default: 0] += 1
        }
        if index.documentCount != keys.count { problems.add("\(index.documentCount) documents") }
        let found = (0...40).filter {
          let query = Query.parse("state\($0)x", syntax: Fixture.syntax)
          return (try? index.search(query, options: SearchOptions(exactTotal: true)).total)
            == keys.count
        }
        if found.count != 1 { problems.add("states \(found) at once") }
      }
    }
    #expect(problems.all == [])
  }

  private final class Problems: Sendable {
    private let state = Guarded((words: [String](), isDone: false))
    var all: [String] { state.use { $0.words } }
    var isFinished: Bool { state.use { $0.isDone } }
    func add(_ text: String) { state.use { if $0.words.count < 20 { $0.words.append(text) } } }
    func finish() { state.use { $0.isDone = true } }
  }
}
