import Testing

@testable import FullText

/// What stands beside ranges of documents: never too low, and nothing where there is nothing.
@Suite struct RangeBoundsTests {
  private static let forms = ["deploy", "deploys", "deployed", "deploying", "deployment"]

  /// Documents of which some stretches have no form of the word at all.
  private static func documents(_ count: Int, _ random: inout SeededGenerator) -> [Document] {
    (0..<count).map { number in
      var words = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        "w\(Int.random(in: 0..<60, using: &random))"
      }
      var title = ""
      if number / 64 % 5 != 2 {
        for form in forms.prefix(1 + number / 64 % 5)
        where Int.random(in: 0...2, using: &random) == 0 {
          for _ in 0..<Int.random(in: 1...4, using: &random) { words.append(form) }
          if Int.random(in: 0...20, using: &random) == 0 { title = form }
        }
      }
      return Fixture.document(
        "n\(100_000 + number)", title: title, words.shuffled(using: &random).joined(separator: " "))
    }
  }

  private struct Word {
    let window: LeafWindow
    let matches: LeafMatches
    let evaluation: Evaluation
  }

  private static func word(_ text: String, _ index: Index, weights: [String: Float]) throws -> Word
  {
    let query = Query.parse(text, syntax: Fixture.syntax)
    var options = SearchOptions(limit: 10)
    options.weights = weights
    let evaluation = Evaluation(index, query, options)
    let ranking = BM25F(index.schema, weights: weights, means: index.meanLengths)
    let search = LeafSearch(
      index.segments[0], ranking, index.schema, language: .english, damage: Damage(),
      memory: SearchMemory())
    return Word(
      window: evaluation.windows[0].leaves[0], matches: search.matches(evaluation.leaves[0]),
      evaluation: evaluation)
  }

  @Test func noDocumentIsWorthMoreThanItsRange() throws {
    var random = SeededGenerator(seed: 31)
    let count = 4000
    let directory = TemporaryDirectory()
    let index = try Fixture.index(Self.documents(count, &random), in: directory)
    let shift = RangeBounds.leastShift(count)
    let ranges = RangeBounds.ranges(count, shift: shift)
    var large = 0
    for text in Self.forms + ["w1", "w7", "deployable"] {
      for weights: [String: Float] in [[:], ["title": 9], ["title": 0, "body": 3]] {
        let word = try Self.word(text, index, weights: weights)
        guard word.window.hasRanges else { continue }
        if word.window.cost >= RangeBounds.leastPostings { large += 1 }
        var bounds = [Float](repeating: 0, count: ranges)
        bounds.withUnsafeMutableBufferPointer {
          if let base = $0.baseAddress { word.window.findBounds(base, ranges, shift: shift) }
        }
        var hasDocuments = [Bool](repeating: false, count: ranges)
        for (document, frequency) in zip(word.matches.documents, word.matches.frequencies) {
          let range = Int(document >> shift)
          hasDocuments[range] = true
          let score = BM25F.score(frequency, idf: word.evaluation.idfs[0])
          #expect(score <= BM25F.slack(bounds[range]), "\(text) in \(document)")
        }
        for range in 0..<ranges where !hasDocuments[range] {
          #expect(bounds[range] == 0, "\(text) is not in range \(range)")
        }
        withExtendedLifetime(word) {}
      }
    }
    // Every form of the word is found by the bounds of all of them together.
    #expect(large >= Self.forms.count * 3)
  }

  @Test func rangesAreFewInALargeSegment() {
    #expect(RangeBounds.leastShift(0) == 6)
    #expect(RangeBounds.leastShift(4096 * 64) == 6)
    #expect(RangeBounds.leastShift(4096 * 64 + 1) == 7)
    #expect(RangeBounds.ranges(1_000_000, shift: RangeBounds.leastShift(1_000_000)) <= 4096)
    #expect(RangeBounds.ranges(65, shift: 6) == 2)
  }

  @Test func noFlippedByteChangesAnAnswer() throws {
    var random = SeededGenerator(seed: 32)
    let directory = TemporaryDirectory()
    let index = try Fixture.index(Self.documents(2500, &random), in: directory)
    let path = directory.path + "/" + index.segments[0].name
    let good = try #require(FileSystem.read(path, limit: 1 << 24))
    let table = try #require(good.withUnsafeBufferPointer { SectionTable($0) })
    let place = table.place(.bounds)
    #expect(place.count > 40)
    let queries = ["deploy", "deployed w1", "deploying OR w2"].map {
      Query.parse($0, syntax: Fixture.syntax)
    }
    var options = SearchOptions(limit: 10)
    options.countLimit = 0
    func answers() -> [[SearchResult.Hit]?] {
      let index = Fixture.open(directory)
      return queries.map { try? index?.search($0, options: options).hits }
    }
    let expected = answers()
    #expect(expected.allSatisfy { $0?.count == 10 })
    var noticed = 0
    for at in place.offset..<place.offset + place.count {
      for flip: UInt8 in [1, 0xF0] {
        var bad = good
        bad[at] ^= flip
        try bad.withUnsafeBytes { try FileSystem.write([$0], to: path, synchronising: false) }
        for (now, before) in zip(answers(), expected) {
          if now == nil { noticed += 1 }
          #expect(now == nil || now == before, "byte \(at - place.offset), \(flip)")
        }
      }
    }
    #expect(noticed > place.count)
  }
}
