import Testing

@testable import Notes

/// Patterns against a reading of them that is too slow to be used and too simple to be wrong, and
/// against what another engine said.
@Suite struct PatternTests {
  private struct Seed: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  /// All places where a match of the node can end that begins at `at`, by characters.
  private func ends(_ node: PatternNode, _ text: [UInt32], _ at: Int) -> Set<Int> {
    func isWord(_ at: Int) -> Bool {
      text.indices.contains(at) && ScalarSet.asciiWord.contains(text[at])
    }
    switch node {
    case .empty: return [at]
    case .characters(let set): return at < text.count && set.contains(text[at]) ? [at + 1] : []
    case .assertion(let assertion):
      let (before, behind) = (isWord(at - 1), isWord(at))
      let holds =
        switch assertion {
        case .lineStart: at == 0
        case .lineEnd: at == text.count
        case .wordBoundary: before != behind
        case .noWordBoundary: before == behind
        case .wordStart: !before && behind
        case .wordEnd: before && !behind
        }
      return holds ? [at] : []
    case .sequence(let nodes):
      return nodes.reduce([at]) { starts, node in
        starts.reduce(into: Set()) { $0.formUnion(ends(node, text, $1)) }
      }
    case .choice(let nodes):
      return nodes.reduce(into: Set()) { $0.formUnion(ends($1, text, at)) }
    case .repeated(let node, let least, let most):
      var reached: Set<Int> = [at]
      for _ in 0..<least {
        reached = reached.reduce(into: Set()) { $0.formUnion(ends(node, text, $1)) }
      }
      var all = reached
      var rounds = 0
      while rounds < (most.map { $0 - least } ?? .max) {
        let next = reached.reduce(into: Set()) { $0.formUnion(ends(node, text, $1)) }
        guard !next.isSubset(of: all) else { break }
        all.formUnion(next)
        reached = next
        rounds += 1
      }
      return all
    }
  }

  /// The first match, the longest of those that begin there, in bytes.
  private func expected(_ node: PatternNode, _ text: String) -> Range<Int>? {
    let scalars = text.unicodeScalars.map(\.value)
    var places = [0]
    for scalar in text.unicodeScalars {
      places.append(places[places.count - 1] + scalar.utf8.count)
    }
    for at in 0...scalars.count {
      if let end = ends(node, scalars, at).max() { return places[at]..<places[end] }
    }
    return nil
  }

  private func found(_ pattern: String, _ text: String) throws -> Range<Int>? {
    let node = try PatternParser.parse(pattern, ignoringCase: false)
    var matcher = PatternMatcher(try #require(PatternProgram(node)))
    let literal = Pattern.literal(of: node)
    return Array(text.utf8).withUnsafeBufferPointer { bytes in
      let isFound = matcher.isFound(in: bytes, 0..<bytes.count)
      let match = matcher.firstMatch(in: bytes, 0..<bytes.count)
      #expect(isFound == (match != nil), "\(pattern) in \(text)")
      if isFound, !literal.isEmpty {
        #expect(text.contains(String(decoding: literal, as: UTF8.self)), "\(pattern) in \(text)")
      }
      return match
    }
  }

  private static let atoms = [
    "a", "b", "c", "ab", ".", "[ab]", "[^a]", "[a-c]", #"\d"#, #"\w"#, #"\s"#, #"\W"#, #"\b"#,
    #"\B"#, #"\<"#, #"\>"#, "^", "$", "é", "日", #"\."#, "x", "1", " ", "[é-ü]", "[[:alpha:]]",
    "[^[:digit:]b]", #"[\w.-]"#, #"\x61"#, #"\u{e9}"#, "(?:)", "{", "]",
  ]

  private func pattern(_ seed: inout Seed, _ depth: Int = 0) -> String {
    let choice = Int.random(in: 0..<100, using: &seed)
    if depth > 3 || choice < 35 { return Self.atoms.randomElement(using: &seed) ?? "a" }
    if choice < 60 {
      return (0..<Int.random(in: 1...3, using: &seed)).map { _ in pattern(&seed, depth + 1) }
        .joined()
    }
    if choice < 78 { return "(\(pattern(&seed, depth + 1))|\(pattern(&seed, depth + 1)))" }
    let quantifiers = ["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "{,2}"]
    return "(?:\(pattern(&seed, depth + 2)))" + (quantifiers.randomElement(using: &seed) ?? "*")
  }

  @Test func findsTheFirstAndLongestMatch() throws {
    var seed = Seed(state: 11)
    let letters = Array("aabbccx1 .éüö日_-“{]")
    var hits = 0
    for _ in 0..<3_000 {
      let pattern = pattern(&seed)
      let text = String(
        (0..<Int.random(in: 0...9, using: &seed)).map { _ in
          letters.randomElement(using: &seed) ?? "a"
        })
      let node = try PatternParser.parse(pattern, ignoringCase: false)
      let match = try found(pattern, text)
      #expect(match == expected(node, text), "\(pattern) in \(text)")
      if match != nil { hits += 1 }
    }
    #expect(hits > 1_000)
  }

  /// What Python 3.11 finds: pattern, text, and the bytes where its match begins and ends, as far as
  /// the longest match is also its own.
  @Test(arguments: [
    (#"exit code 1[0-9]{2}"#, "Killed, exit code 137", 8..<21),
    (#"^\s+at \w+"#, "  at main(x)", 0..<9),
    (#"(foo|foobar)baz"#, "xfoobarbaz", 1..<10), (#"\bDAG\b"#, "a DAG, DAGs", 2..<5),
    (#"[^"]+"$"#, #"say "hello""#, 5..<11), (#"(\d+\.){3}\d+"#, "at 10.0.0.1:80", 3..<11),
    (#"colou?r"#, "the color", 4..<9), (#"a{2,3}"#, "caaaat", 1..<4), (#"é+"#, "caféé", 3..<7),
    (#"[[:upper:]]{2,}"#, "an HTTP call", 3..<7), (#"x*"#, "aaa", 0..<0),
    (#"a|ab|abc"#, "zabcd", 1..<4),
    (#"\$\{[A-Z_]+\}"#, "in ${HOME}/x", 3..<10), (#"a\-b"#, "a-b", 0..<3),
    (#"[a-]+"#, "b-a-", 1..<4),
    (#"[]x]+"#, "a]x]", 1..<4), (#"{x}"#, "a{x}", 1..<4), (#"a{x"#, "a{x", 0..<3),
  ])
  func findsWhatOthersFind(pattern: String, text: String, range: Range<Int>) throws {
    #expect(try found(pattern, text) == range)
  }

  @Test(arguments: [
    (#"(a)\1"#, "back-references"), ("a(?=b)", "looking"), ("(?<!a)b", "looking"), ("(a", "its )"),
    ("a)", "its ("), ("[a", "its ]"), ("*a", "nothing before *"), (#"a\"#, "lone"),
    ("a{3,2}", "more than"),
    ("a{9999}", "repetitions"), (#"\q"#, "no meaning"), ("[z-a]", "backwards"),
    ("[[:nix:]]", "no class"),
    (#"\x{110000}"#, "no character"), ("(?i)a", "groups begin"),
    ("((a{1000}){1000}){1000}", "too large"), (String(repeating: "(", count: 500), "too deep"),
  ])
  func saysWhyAPatternCannotBeUsed(pattern: String, words: String) {
    #expect {
      _ = try Pattern(pattern)
    } throws: { error in
      guard case VaultError.badPattern(_, let reason)? = error as? VaultError else { return false }
      return reason.contains(words)
    }
  }

  /// Patterns at which engines that try one way after another take years.
  @Test(arguments: [
    "(a|a)*c", "(a*)*c", "(a|aa)+$c", "(x+x+)+y", ".*.*.*=.*", "(.*)(.*)(.*)(.*)(.*)q",
  ])
  func takesLinearTime(pattern: String) throws {
    let text = String(repeating: "a", count: 8_000) + "b"
    #expect(try found(pattern, text) == nil)
  }

  @Test func smallLettersIgnoreCase() throws {
    for (pattern, isFound) in [
      ("straße", true), ("STRASSE", false), ("Straße", true), ("ärger", true),
    ] {
      let program = try Pattern(literally: pattern).program
      var matcher = PatternMatcher(program)
      let found = Array("Straße, ÄRGER".utf8).withUnsafeBufferPointer {
        matcher.isFound(in: $0, 0..<$0.count)
      }
      #expect(found == isFound, "\(pattern)")
    }
  }

  @Test func aPatternCanAskForCaseToBeIgnored() throws {
    for (pattern, text, isFound) in [
      ("(?i)ERROR [0-9]", "an error 7", true), ("ERROR [0-9]", "an error 7", false),
      ("(?i)[A-C]X", "bx", true), ("(?i)", "", true),
    ] {
      #expect(try (found(pattern, text) != nil) == isFound, "\(pattern)")
    }
    #expect(throws: VaultError.self) { try Pattern("a(?i)b") }
  }

  @Test func aSubstringHasNoOperators() throws {
    let pattern = try Pattern(literally: "a.*(b")
    var matcher = PatternMatcher(pattern.program)
    for (text, isFound) in [("xA.*(By", true), ("a--(b", false), ("a.*b", false)] {
      let found = Array(text.utf8).withUnsafeBufferPointer {
        matcher.isFound(in: $0, 0..<$0.count)
      }
      #expect(found == isFound, "\(text)")
    }
  }

  @Test func bytesThatAreNoTextMatchNothing() throws {
    var matcher = PatternMatcher(try Pattern("a.b").program)
    for (bytes, isFound) in [([0x61, 0xFF, 0x62], false), ([0xFF, 0x61, 0x2D, 0x62, 0xC3], true)] {
      let found = bytes.map { UInt8($0) }.withUnsafeBufferPointer {
        matcher.isFound(in: $0, 0..<$0.count)
      }
      #expect(found == isFound)
    }
  }
}
