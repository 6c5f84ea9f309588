import Testing

@testable import FullText

@Suite struct SnippetTests {
  private func matcher(_ query: String, _ body: String) throws -> Matcher {
    let directory = TemporaryDirectory()
    let index = try Fixture.index([Fixture.document("a", body)], in: directory)
    return try index.search(Query.parse(query, syntax: Fixture.syntax)).matcher
  }

  @Test func showsTheWindowWithMostWords() throws {
    let filler = String(repeating: "filler words that say nothing ", count: 30)
    let body = "retry once.\n\n" + filler + "\nset the *retries* and the backoff here\n" + filler
    let found = Snippet.best(
      in: Array(body.utf8), from: 0, for: try matcher("retry backoff", body), maximumLength: 80)
    let bytes = Array(found.text.utf8)
    #expect(
      found.matches.map { String(decoding: bytes[$0], as: UTF8.self) } == ["retries", "backoff"])
    #expect(bytes.count <= 80)
    #expect(found.text.contains("retries* and the backoff"))
    #expect(found.line == 3 || found.line == 4)
  }

  @Test func fallsBackToTheFirstProseLine() {
    let text = "---\ntitle: x\n---\n# Heading\n\n```sh\nls\n```\n\nFirst prose\there.\nSecond."
    let found = Snippet.best(in: Array(text.utf8), from: 17, for: Matcher())
    #expect(found.text == "First prose here.")
    #expect(found.line == 10)
    #expect(Snippet.best(in: [UInt8](), from: 5, for: Matcher()).text == "")
  }

  @Test func makesControlCharactersHarmless() throws {
    let body = "safe \u{1B}[31mred\u{202E}evil\u{0} safe\u{85}\u{2067}x"
    let found = Snippet.best(in: Array(body.utf8), from: 0, for: try matcher("safe", body))
    for scalar in found.text.unicodeScalars {
      #expect(scalar.value >= 0x20 && scalar.value != 0x202E && scalar.value != 0x2067)
      #expect(scalar.value != 0x85)
    }
  }

  @Test func rangesAreOnCharacterBoundaries() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<60 {
      let body = Fixture.text(Int.random(in: 1...120, using: &random), &random)
      let matcher = try matcher("run task 日本語 naive http* response 🚀 foo.bar", body)
      var bytes = Array(body.utf8)
      if Bool.random(using: &random) {
        for _ in 0..<5 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = 0xFF }
      }
      for length in [1, 20, 60, 160] {
        let found = Snippet.best(
          in: bytes, from: Int.random(in: 0...10, using: &random), for: matcher,
          maximumLength: length)
        let text = Array(found.text.utf8)
        var last = 0
        for range in found.matches {
          #expect(range.lowerBound >= last && range.upperBound <= text.count && !range.isEmpty)
          last = range.upperBound
          #expect(text[range.lowerBound] & 0xC0 != 0x80)
          #expect(range.upperBound == text.count || text[range.upperBound] & 0xC0 != 0x80)
        }
      }
    }
  }

  private static let deploy = """
    # Deploy

    Some words first about the cluster.

    - A list:

      ```yaml
      spec:
        containers:
          - name: etl
            retries: 3

            image: example/etl
      ```

    And prose about retries behind it.
    """

  @Test func codeStaysCode() throws {
    let found = Snippet.best(
      in: Array(Self.deploy.utf8), from: 0, for: try matcher("containers retries", Self.deploy))
    #expect(
      found.text
        == "spec:\n  containers:\n    - name: etl\n      retries: 3\n\n      image: example/etl"
        || found.text == "spec:\n  containers:\n    - name: etl\n      retries: 3")
    let bytes = Array(found.text.utf8)
    #expect(
      found.matches.map { String(decoding: bytes[$0], as: UTF8.self) }
        == ["containers", "retries"])
    #expect(found.line == 9)
  }

  @Test(arguments: [
    ("~~~\nalpha ```\nbeta\n~~~\ngamma", "alpha ```\nbeta"),
    ("````\n```\nalpha\n```\n````", "```\nalpha\n```"),
    ("``` not code ``` alpha\nbeta", "alpha\nbeta"), ("```\nalpha", "alpha"),
    ("```\n\n\talpha\n\t\tbeta\n\n```", "alpha\n\tbeta"), ("> ```\n> alpha\n> ```", "> alpha"),
    ("```\nalpha\n```\nbeta", "alpha"), ("alpha\n```\nbeta\n```", "alpha beta"),
  ])
  func knowsWhereCodeBeginsAndEnds(body: String, shown: String) throws {
    let found = Snippet.best(in: Array(body.utf8), from: 0, for: try matcher("alpha", body))
    #expect(found.text == shown || found.text == "``` not code ``` alpha beta")
    let bytes = Array(found.text.utf8)
    #expect(found.matches.map { String(decoding: bytes[$0], as: UTF8.self) } == ["alpha"])
  }

  @Test func aLineOfCodeTooLongIsCutLikeProse() throws {
    let body =
      "```\n" + String(repeating: "x = 1; ", count: 100) + "alpha; "
      + String(repeating: "y = 2; ", count: 100) + "\n```\n"
    let found = Snippet.best(in: Array(body.utf8), from: 0, for: try matcher("alpha", body))
    #expect(found.text.utf8.count <= 170 && found.text.contains("alpha"))
  }

  private struct Places: TokenSink {
    let matcher: Matcher
    var found: Set<[Int]> = []
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      if let group = matcher.group(text) { found.insert([token.start, token.end, group]) }
    }
  }

  /// What is found by looking at the pieces that may have something is what there is in the line.
  @Test func noMatchIsLostByLeavingPiecesOut() throws {
    var random = SeededGenerator(seed: 8)
    let words = [
      "it's", "O'Neil", "o'clock", "don't", "go", "x", "C++", "runBatch", "dag_run_id", "ÜBER",
      "über", "ﬁle", "file", "Straße", "ab", "abc", "a.b", "'quoted'", "re'tries", "ＷＩＤＥ", "日本",
      "(runBatch)", "--dry-run", "foo::bar", "a/b/c.md", "kubernetes", "E0308", "v1.2.3", "`x`",
    ]
    let blanks = [" ", "  ", "\t", " - ", ", ", "-", "\u{A0}", "\u{3000}"]
    var (left, matched) = (0, 0)
    for _ in 0..<600 {
      let typed = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        words.randomElement(using: &random)!
      }
      let query = typed.joined(separator: " ") + (Bool.random(using: &random) ? " r*" : "")
      let matcher = try matcher(query, words.joined(separator: " "))
      var line = ""
      for _ in 0..<Int.random(in: 0...9, using: &random) {
        line += words.randomElement(using: &random)! + blanks.randomElement(using: &random)!
      }
      let bytes = Array(("runBatch\n" + line + "\nrunBatch file").utf8)
      let range = 9..<9 + line.utf8.count
      bytes.withUnsafeBufferPointer { bytes in
        var whole = Places(matcher: matcher)
        var pieces = Places(matcher: matcher)
        var analyser = Analyser()
        var looked = 0
        _ = analyser.run(bytes, range, position: 0, into: &whole)
        matcher.forEachPiece(in: bytes, range) {
          looked += $0.count
          _ = analyser.run(bytes, $0, position: 0, into: &pieces)
        }
        #expect(whole.found == pieces.found, "\(query) in \(line)")
        if looked < range.count / 2 { left += 1 }
        if !whole.found.isEmpty { matched += 1 }
      }
    }
    #expect(left > 50 && matched > 100)
  }
}
