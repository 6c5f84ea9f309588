import Testing

@testable import FullText

@Suite struct QueryTests {
  /// A query as a short text.
  private func shape(_ node: Query.Node?) -> String {
    switch node {
    case nil: return ""
    case .and(let nodes): return "(" + nodes.map(shape).joined(separator: " & ") + ")"
    case .or(let nodes): return "(" + nodes.map(shape).joined(separator: " | ") + ")"
    case .not(let node): return "!" + shape(node)
    case .filter(let filter): return "{\(filter)}".replacing("FullText.Comparison.", with: "")
    case .leaf(let leaf):
      let fields = leaf.fields.isEmpty ? "" : leaf.fields.joined(separator: "+") + ":"
      func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
      switch leaf.pattern {
      case .term(let term, let stemmed): return fields + text(term) + (stemmed ? "" : "=")
      case .prefix(let prefix): return fields + text(prefix) + "*"
      case .fuzzy(let word, let distance): return fields + text(word) + "~\(distance)"
      case .sequence(let whole, let slots):
        let words = slots.map { slot in
          (slot.leastStep == slot.mostStep ? "" : "^") + text(slot.term)
        }
        return fields + "[" + (whole.map { text($0) + "|" } ?? "")
          + words.joined(separator: " ") + "]"
      }
    }
  }

  @Test(arguments: [
    ("task group", "(task & group)"),
    ("\"task group\"", "[task group]"),
    ("a OR b c", "(a | (b & c))"),
    ("(a OR b) c", "((a | b) & c)"),
    ("a -b", "(a & !b)"),
    ("a NOT b", "(a & !b)"),
    ("a -\"b c\"", "(a & ![b c])"),
    ("a -(b OR c)", "(a & !(b | c))"),
    ("-b", "b"), ("NOT b", "b"),
    ("--dry-run", "[dry-run|dry run]"), ("-rf", "rf"), ("-", ""), ("a - b", "(a & b)"),
    ("pre*", "pre*"), ("dag_r*", "dag_r*"), ("*", ""), ("a*b", "(a & b)"),
    ("kubernets~", "kubernets~1"), ("kubernets~2", "kubernets~2"), ("ab~", "ab"),
    ("=Running", "running="), ("running", "running"), ("\"running\"", "running="),
    ("title:foo", "title:foo"), ("TITLE:foo", "title:foo"), ("title:\"a b\"", "title:[a b]"),
    ("text:foo", "title+body:foo"), ("title:fo*", "title:fo*"),
    ("status: done", "(status & done)"), ("crew:run", "[crew:run|crew run]"),
    ("tag:a/b", "{within(\"tag\", \"a/b\")}"), ("label:x", "{within(\"tag\", \"x\")}"),
    ("lang:python", "{equals(\"lang\", \"python\")}"), ("lang:*", "{exists(\"lang\")}"),
    ("-lang:go", "!{equals(\"lang\", \"go\")}"), ("lang:py*", "{prefix(\"lang\", \"py\")}"),
    ("rating:>=3", "{compare(\"rating\", greaterOrEqual, \"3\")}"),
    ("before:2026-01", "{compare(\"modified\", less, \"2026-01\")}"),
    ("after:2026-01", "{compare(\"modified\", greaterOrEqual, \"2026-01\")}"),
    ("lang:\"c sharp\"", "{equals(\"lang\", \"c sharp\")}"),
    ("C++", "c++="), ("a-b", "[a-b|a b]"), ("\"unbalanced x", "(unbalanced & x)"), ("OR", "or"),
    ("a OR", "(a & or)"), ("OR a", "(or & a)"), ("AND", "and"), ("a AND b", "(a & b)"), (":", ""),
    ("a or b", "(a & or & b)"), ("((a)", "a"), ("a)) b", "(a & b)"), ("()", ""),
    ("foo()", "foo"), ("print(x)", "(print & x)"), ("🚀", "🚀="), ("日", "日*"), ("日本", "日本="),
    ("日本語", "[日本 本語]"), ("GitHub", "[github|git ^hub]"), ("task_tools", "[task_tools|task tools]"),
    ("a\u{0}b", "(a & b)"), ("E0308", "e0308="), ("https://x.org/y", "(https & [x.org/y|x org y])"),
    ("std::vector", "[std::vector|std vector]"), ("", ""), ("   ", ""),
    ("12:30", "[12:30|12 30]"), ("a(b", "(a & b)"), ("title:", "title"), ("=", ""), ("~", ""),
  ])
  func reads(text: String, expected: String) {
    #expect(shape(Query.parse(text, syntax: Fixture.syntax).root) == expected)
  }

  @Test(arguments: [
    ("task gr", "(task & (gr | gr*))"), ("task gr ", "(task & gr)"), ("t", "(t | t*)"),
    ("dag_r", "([dag_r|dag r] | dag_r*)"), ("parseH", "([parseh|parse ^h] | parseh*)"),
    ("title:fo", "(title:fo | title:fo*)"), ("\"task gr", "(task & (gr | gr*))"),
    ("\"task gr\"", "[task gr]"), ("tag:air", "{prefix(\"tag\", \"air\")}"), ("pre*", "pre*"),
    ("a -b", "(a & !b)"), ("(a b)", "(a & b)"), ("=ab", "ab="), ("日", "日*"),
    ("E03", "(e03= | e03*)"), ("a OR", "(a & or)"), ("a\u{A0}", "a"), ("", ""),
  ])
  func lastWordGoesOnWhileTyping(text: String, expected: String) {
    #expect(shape(Query.parse(text, syntax: Fixture.syntax, isTyping: true).root) == expected)
  }

  @Test(arguments: ["OR", "\"a", "crew:run", "-a", "ab~", "(a", "NOT"])
  func saysWhatItReadAsText(text: String) {
    #expect(!Query.parse(text, syntax: Fixture.syntax).remarks.isEmpty)
  }

  @Test func anyTextIsAQuery() throws {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "a", "B", "OR", "AND", "NOT", "(", ")", "\"", "-", "~", "~2", "*", ":", "tag:", "title:", "=",
      " ", " ", ">", "<=", "\u{0}", "🚀", "日本", "é", "_", ".", "before:", "\n", "++", "'",
      "\u{202E}",
    ]
    let directory = TemporaryDirectory()
    let index = try Fixture.index([Fixture.document("a", "a b")], in: directory)
    for _ in 0..<4000 {
      let count = Int.random(in: 0...14, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
      _ = try index.search(Query.parse(text, syntax: Fixture.syntax))
    }
  }

  @Test func longQueriesAreCut() throws {
    let words = String(repeating: "word ", count: 200_000)
    let query = Query.parse(words, syntax: Fixture.syntax)
    #expect(query.terms.count == 256)
    #expect(!query.remarks.isEmpty)
    _ = Query.parse(String(repeating: "(", count: 100_000), syntax: Fixture.syntax)
    _ = Query.parse(String(repeating: "(a ", count: 20_000), syntax: Fixture.syntax)
    _ = Query.parse(String(repeating: "NOT ", count: 20_000) + "x", syntax: Fixture.syntax)
    _ = Query.parse("\"" + words + "\"", syntax: Fixture.syntax)
    _ = Query.parse(String(repeating: "a.", count: 500_000), syntax: Fixture.syntax)
    _ = Query.parse(String(repeating: "日", count: 100_000), syntax: Fixture.syntax)
  }

  @Test(arguments: [
    ("retry backoff", "retry AND backoff"),
    ("retr* OR (=Pool -kafka)", "retr* OR (=pool AND NOT kafka)"),
    ("\"task group\" tag:a", "\"task group\" AND tag is a or below"),
    ("title:dbt rating:>3", "title:dbt AND rating > 3"),
    ("wrod~2 before:2026-01-01", "wrod~2 AND modified < 2026-01-01"),
    ("dag_run_id", "(=dag_run_id OR \"dag run id\")"),
    ("text:x tag:*", "title/body:x AND there is tag"), ("", ""),
  ])
  func saysHowItWasRead(typed: String, reading: String) {
    #expect(Query.parse(typed, syntax: Fixture.syntax).reading == reading)
  }
}
