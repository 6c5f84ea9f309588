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

  /// The quick look at a line leaves out none in which the analyser finds something.
  @Test func noLineIsLeftOutThatHasAMatch() throws {
    struct Sink: TokenSink {
      let matcher: Matcher
      var isFound = false
      mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
        if matcher.group(text) != nil { isFound = true }
      }
    }
    var random = SeededGenerator(seed: 8)
    let words = [
      "it's", "O'Neil", "o'clock", "don't", "go", "x", "C++", "runBatch", "dag_run_id", "ÜBER",
      "über", "ﬁle", "file", "Straße", "ab", "abc", "a.b", "'quoted'", "re'tries", "ＷＩＤＥ", "日本",
    ]
    var skipped = 0
    for _ in 0..<400 {
      let typed = (0..<2).map { _ in words.randomElement(using: &random)! }
      let query = typed.joined(separator: " ") + (Bool.random(using: &random) ? " r*" : "")
      let body = words.joined(separator: " ")
      let matcher = try matcher(query, body)
      let line = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        words.randomElement(using: &random)!
      }.joined(separator: [" ", "-", ", "].randomElement(using: &random)!)
      let bytes = Array(line.utf8)
      bytes.withUnsafeBufferPointer { bytes in
        var sink = Sink(matcher: matcher)
        var analyser = Analyser()
        _ = analyser.run(bytes, 0..<bytes.count, position: 0, into: &sink)
        let mayBe = matcher.mayBeFound(in: bytes)
        #expect(!sink.isFound || mayBe, "\(query) in \(line)")
        if !mayBe { skipped += 1 }
      }
    }
    #expect(skipped > 20)
  }
}
