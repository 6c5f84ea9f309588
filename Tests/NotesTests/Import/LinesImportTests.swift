import Testing

@testable import Notes

@Suite struct LinesImportTests {
  private let source = TemporaryFolder()
  private let store: TestVault

  init() throws { store = try TestVault() }

  private func plan(_ lines: [String], _ options: ImportPlan.Options = .init()) throws -> ImportPlan
  {
    try source.write("notes.jsonl", lines.joined(separator: "\n") + "\n")
    return try LinesImport(path: source.absolute("notes.jsonl")).plan(into: store.vault(), options)
  }

  @Test func membersBecomeWhatTheyAreHere() throws {
    let plan = try plan([
      #"{"title": "Backfill: one day", "kind": "snippet", "tags": ["airflow", "a b"], "lang": "bash", "body": "```bash\nls\n```", "created": "2026-01-02", "stars": 4, "from": {"app": "x"}, "done": null}"#
    ])
    #expect(plan.items.map(\.path) == ["snippets/backfill-one-day.md"])
    try plan.apply(to: store.vault())
    #expect(
      try store.folder.text("snippets/backfill-one-day.md") == """
        ---
        title: "Backfill: one day"
        kind: snippet
        lang: bash
        tags: [airflow, a b]
        created: 2026-01-02
        stars: 4
        from: {"app": x}
        ---

        ```bash
        ls
        ```

        """)
  }

  @Test func wholeFilesComeAsTheyAre() throws {
    let plan = try plan([
      #"{"path": "a/b.md", "title": "x", "rawContent": "---\nt: 1\n---\ntext", "wordCount": 1}"#,
      #"{"path": "c.md", "title": "y", "text": "---\nt: 2\n---\n\nbody\n", "headings": []}"#,
    ])
    try plan.apply(to: store.vault())
    #expect(try store.folder.text("a/b.md") == "---\nt: 1\n---\ntext")
    #expect(try store.folder.text("c.md") == "---\nt: 2\n---\n\nbody\n")
  }

  @Test func everyLineIsAccountedForAndASecondImportChangesNothing() throws {
    let lines = [
      #"{"title": "Same", "body": "one"}"#, #"{"title": "Same", "body": "two"}"#, "",
      ##"{"body": "# From the text\n\nx"}"##, #"{"tags": ["x"]}"#, "[1]", "{", #"{"a" 1}"#,
      #"{"title": "\ud83d\ude00 \u00e9\/"}"#, #"{"title": "x", "path": "../out.md"}"#,
      #"{"title": "Kind", "type": "recipe", "body": "x"}"#,
    ]
    let first = try plan(lines)
    #expect(first.items.count == 10)
    #expect(
      first.items.filter { $0.state == .new }.map(\.path) == [
        "same.md", "same-2.md", "from-the-text.md", "e.md", "kind.md",
      ])
    let refused = first.items.compactMap { item -> String? in
      if case .refused(let reason) = item.state { "\(item.source): \(reason)" } else { nil }
    }
    #expect(
      refused == [
        "line 5: column 1: it has neither a title nor a text", "line 6: column 1: it is no object",
        "line 7: column 2: a name in quotes is missing", "line 8: column 6: a colon is missing",
        "line 10: ../out.md is not a path inside the vault",
      ])
    try first.apply(to: store.vault())
    let again = try plan(lines)
    #expect(again.items.count { $0.state == .present } == 5)
    #expect(try again.apply(to: store.vault()).isEmpty)
    #expect(try store.folder.names().filter { $0.hasSuffix(".md") }.count == 5)
  }

  @Test(arguments: [
    #"{"a": [1, -2.5e3, true, null, "\"\\\n\t"]}"#, "{}", "[]", "\"\"", "0", " [ { } ] ",
  ])
  func jsonIsRead(text: String) throws { _ = try JSONReader.read(Array(text.utf8)) }

  @Test(arguments: [
    "", "{", "[", "\"", "\"\\x\"", "\"\\u12\"", "{\"a\"}", "[1,]", "{,}", "tru", "+1", ".5", "1 2",
    "\"a\nb\"", "nul", "{\"a\":1,}",
  ])
  func damagedJSONIsRefused(text: String) {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
  }

  @Test func deepNestingIsRefused() {
    #expect(throws: JSONReader.Failure.self) {
      try JSONReader.read(Array(String(repeating: "[", count: 100_000).utf8))
    }
  }
}
