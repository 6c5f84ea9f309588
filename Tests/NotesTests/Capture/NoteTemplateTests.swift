import TestSupport
import Testing

@testable import Notes

@Suite struct NoteTemplateTests {
  private static let values: [String: NoteTemplate.Value] = [
    "title": .text("A: b #c"), "kind": .text("snippet"), "date": .moment("2026-11-22"),
    "tags": .list(["a", "b, c"]), "body": .text("one\ntwo"), "url": .text(""), "skills": .list([]),
    "lang": .text("no"),
  ]

  private func render(_ text: String) throws -> String {
    try NoteTemplate(text, origin: "t.md").render(Self.values)
  }

  @Test(arguments: [
    ("{{title}}", "A: b #c"), ("{{title}}{{kind}}", "A: b #csnippet"), ("", ""), ("text", "text"),
    ("{{source}}", ""), ("{{#tags}}x{{/tags}}", "x"), ("{{#url}}x{{/url}}", ""),
    ("{{#skills}}x{{/skills}}", ""), ("{{#source}}x{{/source}}", ""), ("{{tags}}", "a, b, c"),
    ("a\n{{#tags}}\nx\n{{/tags}}\nb", "a\nx\nb"), ("a\n  {{#url}}  \nx\n{{/url}}\nb", "a\nb"),
    ("a {{#tags}}\nx{{/tags}} b", "a \nx b"), ("{{#tags}}\r\nx\r\n{{/tags}}\r\ny", "x\r\ny"),
    ("{{#tags}}{{#kind}}x{{/kind}}{{#url}}y{{/url}}{{/tags}}", "x"),
    (
      "${{ secrets.X }} ${{title}} {{ x }} {{ title }}",
      "${{ secrets.X }} ${{title}} {{ x }} {{ title }}"
    ),
    (
      "{{Title}} {{title {title} {{}} {{1}} {{#}} {{",
      "{{Title}} {{title {title} {{}} {{1}} {{#}} {{"
    ),
    ("{{{title}}}", "{A: b #c}"),
  ])
  func rendersValuesAndSections(text: String, expected: String) throws {
    #expect(try render(text) == expected)
  }

  @Test(arguments: [
    ("---\nt: {{title}}\n---\n# {{title}}", "---\nt: \"A: b #c\"\n---\n# A: b #c"),
    (
      "---\ntags: {{tags}}\nd: {{date}}\n---\n{{tags}}",
      "---\ntags: [a, \"b, c\"]\nd: 2026-11-22\n---\na, b, c"
    ),
    ("---\nx: {{body}}\n---\n{{body}}", "---\nx: \"one\\ntwo\"\n---\none\ntwo"),
    ("---\nl: {{lang}}\n...\n{{lang}}", "---\nl: \"no\"\n...\nno"),
    ("---\r\nt: {{title}}\r\n---\r\n{{title}}", "---\r\nt: \"A: b #c\"\r\n---\r\nA: b #c"),
    ("\u{FEFF}---\nt: {{title}}\n---\n", "---\nt: \"A: b #c\"\n---\n"),
    ("intro\n---\n{{title}}\n---\n", "intro\n---\nA: b #c\n---\n"),
    (
      "---\n{{#tags}}\nt: {{title}}\n{{/tags}}\n---\n---\n{{title}}\n---\n",
      "---\nt: \"A: b #c\"\n---\n---\nA: b #c\n---\n"
    ),
    ("{{title}}\n---\n{{title}}\n", "A: b #c\n---\nA: b #c\n"),
  ])
  func quotesInTheFrontMatterOnly(text: String, expected: String) throws {
    #expect(try render(text) == expected)
  }

  @Test(arguments: [
    ("a\n{{unknown}}", 2, "unknown"), ("\n\n{{#nothing}}x{{/nothing}}", 3, "nothing"),
    ("a\n{{#tags}}\nx\n", 2, "never closed"), ("{{#tags}}x", 1, "never closed"),
    ("x\n{{/tags}}", 2, "closes nothing"), ("{{#tags}}\n{{/kind}}", 2, "closes nothing"),
    ("{{#tags}}{{#kind}}{{/tags}}{{/kind}}", 1, "closes nothing"),
  ])
  func saysWhichLineIsWrong(text: String, line: Int, words: String) {
    let error = #expect(throws: VaultError.self) { try render(text) }
    guard case .badTemplate("t.md", let found, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found == line)
    #expect(reason.contains(words))
  }

  @Test func refusesSectionsNestedWithoutEnd() {
    let text = String(repeating: "{{#title}}", count: 100_000)
    #expect(throws: VaultError.self) { try render(text) }
  }

  @Test func randomTemplatesAreReadOrRefused() {
    var generator = SeededGenerator(seed: 4)
    let pieces = [
      "{{", "}}", "#", "/", "title", "tags", "\n", " ", "---", "$", "x", "{{#tags}}", "{{/tags}}",
    ]
    for _ in 0..<3_000 { _ = try? render(generator.text(of: pieces, upTo: 12)) }
  }

  @Test func everyKindHasATemplate() throws {
    let store = try TestVault()
    defer { withExtendedLifetime(store) {} }
    let vault = try store.vault()
    for kind in NoteKind.allCases {
      let text = try NoteTemplate.forKind(kind, in: vault).render(Self.values)
      let made = note(text)
      #expect(made.title == "A: b #c")
      #expect(made.frontMatter.error == nil)
      #expect(made.frontMatter.duplicateKeys.map(\.name) == [])
      #expect(kind == .note || made.kind == kind)
      #expect(made.created?.iso == "2026-11-22")
    }
  }

  @Test func aVaultBringsItsOwnTemplates() throws {
    let own = try TestVault(["templates/notes/snippet.md": "mine: {{title}}"])
    let template = try withExtendedLifetime(own) {
      try NoteTemplate.forKind(.snippet, in: own.vault())
    }
    #expect(template.render(Self.values) == "mine: A: b #c")
    let short = try TestVault([
      "templates/notes/fix.md": "f {{title}}", "templates/notes/doc.md": "d",
    ])
    try withExtendedLifetime(short) {
      let fix = try NoteTemplate.forKind(.troubleshooting, in: short.vault())
      #expect(fix.render(Self.values) == "f A: b #c")
      let doc = try NoteTemplate.forKind(.documentation, in: short.vault())
      #expect(doc.render([:]) == "d")
    }
    let bad = try TestVault(["templates/notes/snippet.md": "x\n{{oops}}"])
    _ = withExtendedLifetime(bad) {
      #expect(throws: VaultError.self) { try NoteTemplate.forKind(.snippet, in: bad.vault()) }
    }
  }
}
