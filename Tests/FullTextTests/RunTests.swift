import Testing

@testable import FullText

struct RunTests {
  /// Documents with words that come once, often, far apart and longer than sixteen bytes.
  private func documents() -> [Document] {
    var random = SeededGenerator(seed: 11)
    return (0..<300).map { number in
      var words: [String] = []
      for _ in 0..<Int.random(in: 0..<400, using: &random) {
        let rank = Int.random(in: 1...Int.random(in: 1...5000, using: &random), using: &random)
        words.append(rank % 7 == 0 ? "aWordOfMoreThanSixteenBytes\(rank)" : "w\(rank)")
        if rank % 50 == 0 { words.append("part_\(rank).of-\(rank)") }
      }
      let text = Array(words.joined(separator: " ").utf8)
      return Document(
        key: "n\(10_000 + number)", stamp: Stamp(size: UInt64(number)), text: text,
        runs: [.init(field: UInt8(number % 2), range: 0..<text.count)],
        attributes: [
          Attribute(name: "kind", value: number % 3 == 0 ? "Fix" : "note"),
          Attribute(name: "alias", value: "Alias \(number % 40)", isStored: false),
        ])
    }
  }

  private func run(_ documents: ArraySlice<Document>) -> Run {
    var inverter = Inverter(schema: Fixture.schema)
    for document in documents { inverter.add(document) }
    return inverter.finish()
  }

  private func segment(_ runs: [Run], _ path: String) throws -> [UInt8] {
    let merge = RunMerge(runs, schema: Fixture.schema, options: IndexOptions())
    _ = try merge.write(to: path)
    return try #require(FileSystem.read(path, limit: 1 << 26))
  }

  @Test(arguments: [[300], [100, 200, 300], [1, 2, 299, 300]])
  func runsMakeOneSegmentHoweverTheyAreCutAndKept(ends: [Int]) throws {
    let documents = documents()
    let directory = TemporaryDirectory()
    let whole = try segment([run(documents[...])], directory.path + "/whole.seg")
    for spills in [false, true] {
      var runs: [Run] = []
      var from = 0
      for end in ends {
        let run = run(documents[from..<end])
        if spills { try run.spill(to: directory.path + "/run.tmp") }
        #expect((run.memory == 0) == spills)
        runs.append(run)
        from = end
      }
      let made = try segment(runs, directory.path + "/made.seg")
      #expect(made == whole)
    }
    #expect(FileSystem.names(in: directory.path) == ["made.seg", "whole.seg"])
  }
}
