import ArgumentParser
import Testing

@testable import EverydayCommands

/// What the everyday verbs read themselves is what ArgumentParser reads.
@Suite struct PlainArgumentsTests {
  /// Words that command lines are drawn from: options of all verbs, right and wrong, and texts.
  private static let words = [
    "--vault", "--index-dir", "--no-refresh", "-k", "--kind", "-t", "--tag", "-s", "--skill", "-l",
    "--lang", "--since", "--until", "--in", "--error", "--code", "--regex", "--typing", "--explain",
    "--count", "-n", "--limit", "--format", "--json", "--jsonl", "--color", "--where", "--sort",
    "--reverse", "-0", "--plain", "--block", "--set", "--body", "--raw", "--render", "--no-pager",
    "--all", "--link", "--path", "-q", "--quiet", "--stdin", "--clipboard", "--from", "-e",
    "--edit",
    "--url", "--placeholders", "--coloured", "--", "-", "", "word", "two words", "tag:a", "7", "-7",
    "auto", "never", "=", "a=b", "--limit=3", "--limit=", "--limit=x", "--json=1", "--color=always",
    "--kind=fix", "-n5", "-n=5", "-kfix", "-ql", "--jso", "--unknown", "-z", "--error=-", "ü",
    "--=",
    "---", "--format={{path}}", "-word", "snippet", "--no-json", "--tag=a=b",
  ]

  private struct Seed: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  /// Every property of a verb and of its groups of options, with its value.
  private func values(_ subject: Any, _ path: String = "") -> [String] {
    let children = Mirror(reflecting: subject).children
    return children.flatMap { child -> [String] in
      let name = path + "." + (child.label ?? "")
      if Mirror(reflecting: child.value).displayStyle == .enum || children.isEmpty {
        return [name + "=" + String(reflecting: child.value)]
      }
      let inner = values(child.value, name)
      return inner.isEmpty ? [name + "=" + String(reflecting: child.value)] : inner
    }
  }

  private func agree<V: Verb>(_ verb: V.Type, _ arguments: [String]) -> Bool {
    guard var plain = V(plain: arguments), (try? plain.validate()) != nil else { return false }
    guard let parsed = try? V.parse(arguments) as? V else {
      Issue.record("only the plain reading takes \(arguments)")
      return true
    }
    #expect(values(plain) == values(parsed), "\(V._commandName) \(arguments)")
    return true
  }

  /// A search has values of its own: those that the parser makes are the same.
  private func agreeOnSearch(_ arguments: [String]) -> Bool {
    guard let plain = SearchRequest(plain: arguments), plain.problem == nil else { return false }
    guard let parsed = try? Search.parse(arguments) else {
      Issue.record("only the plain reading takes \(arguments)")
      return true
    }
    #expect(plain == parsed.request, "search \(arguments)")
    return true
  }

  @Test func readWhatArgumentParserReads() {
    var seed = Seed(state: 4)
    var taken = 0
    for round in 0..<1_500 {
      let length = Int.random(in: 0...5, using: &seed)
      let arguments = (0..<length).map { _ in Self.words.randomElement(using: &seed) ?? "" }
      let isTaken =
        switch round % 6 {
        case 0: agreeOnSearch(arguments)
        case 1: agree(List.self, arguments)
        case 2: agree(Show.self, arguments)
        case 3: agree(Copy.self, arguments)
        case 4: agree(Add.self, arguments)
        default: agree(FindCandidates.self, arguments)
        }
      if isTaken { taken += 1 }
    }
    #expect(taken > 100)
  }

  @Test(arguments: [
    ["task", "group"], ["--json", "--limit", "5", "--", "-x"], ["--error", "-"],
    ["--limit=5", "a"],
    ["-n", "3", "-k", "fix", "-t", "a", "-t", "b", "word"], ["--no-refresh", "--vault", "/v", "a"],
  ])
  func everydaySearchesArePlain(arguments: [String]) {
    #expect(agreeOnSearch(arguments))
  }

  @Test(arguments: [
    ["--limit", "-5", "a"], ["-n5", "a"], ["--lim", "5", "a"], ["--limit", "five"], ["-word"],
    ["--json=yes", "a"], ["--regex", "--code", "a"], ["--unknown"], ["--limit"],
  ])
  func otherShapesAreLeftToArgumentParser(arguments: [String]) {
    #expect(!agreeOnSearch(arguments))
  }
}
