import Testing

@testable import Notes

@Suite struct NoteTests {
  @Test(arguments: [
    ("tags: [a, b c, d]", ["a", "b c", "d"]), ("tags:\n  - a\n  - \"#b\"\n", ["a", "b"]),
    ("tags:\n- a\n- b/c\n", ["a", "b/c"]), ("tags: a", ["a"]), ("tags: a, b , c", ["a", "b", "c"]),
    ("tags: a b  c", ["a", "b", "c"]), ("tags: '#a #b'", ["a", "b"]),
    ("tags: \"#a, #b\"", ["a", "b"]), ("tag: one", ["one"]), ("Tags: [Upper]", ["Upper"]),
    ("TAGS: x", ["x"]), ("keywords: [k, l]", ["k", "l"]), ("categories: [c]", ["c"]),
    ("tags: [a]\ntag: b\nkeywords: c\ncategories: d", ["a", "b", "c", "d"]),
    ("tags: [a, A, á]", ["a", "á"]), ("tags: [\"essay, practice\"]", ["essay, practice"]),
    ("tags: []", []), ("tags:", []), ("tags: ~", []), ("tags: ''", []), ("tags: [~, a]", ["a"]),
    ("tags: [2024, 3.5]", ["2024", "3.5"]), ("tags: {a: b}", []),
    (
      "tags: [日記, émoji🎉]",
      ["日記", "émoji🎉"]
    ), ("tags: >\n  a\n  b\n", ["a", "b"]),
  ])
  func readsTagsInEverySpelling(line: String, expected: [String]) {
    #expect(note("---\n\(line)\n---\n").tags == expected)
  }

  @Test func tagsOfTheTextFollowThoseOfTheFrontMatter() {
    let text = """
      ---
      tags: [etl, Python]
      ---
      A #python and #Data/Quality, #1984 but #y1984; `#code` and #日記.

      ```
      #fenced
      ```
      """
    #expect(note(text).tags == ["etl", "Python", "Data/Quality", "y1984", "日記"])
  }

  @Test(arguments: [
    ("---\ntitle: From data\n---\n# Heading", "From data"),
    (
      "---\nTitle: Any case\n---\n",
      "Any case"
    ), ("## Second\n# First\n# Third", "First"), ("### Low\n## Higher", "Higher"),
    ("no heading", "some-note"), ("---\ntitle:\n---\n# Heading", "Heading"),
    ("---\ntitle: ''\n---\n", "some-note"), ("---\ntitle: 2024\n---\n", "2024"),
    ("---\ntitle: [a]\n---\n# H", "H"), ("# \n## Real", "Real"),
    ("---\ntitle: >\n  Folded\n  text\n---\n", "Folded text"),
    ("---\ntitle: |\n  Two\n  lines\n---\n", "Two lines"),
    ("---\ntitle: \"  spaced  \"\n---\n", "spaced"), ("---\ntitle: \" \"\n---\n# H", "H"),
  ])
  func findsTheTitleAsOneLine(text: String, expected: String) {
    #expect(note(text, at: "a/some-note.md").title == expected)
  }

  @Test(arguments: [
    ("snippets/x.md", "", NoteKind.snippet), ("snippets/deep/x.md", "", .snippet),
    ("troubleshooting/x.md", "", .troubleshooting), ("x.md", "", .note), ("other/x.md", "", .note),
    ("other/snippets/x.md", "", .note), ("journal/2026/2026-11-22.md", "", .journal),
    ("snippets/x.md", "kind: doc", .documentation), ("x.md", "kind: fix", .troubleshooting),
    ("x.md", "kind: Snippets", .snippet), ("x.md", "KIND: project", .project),
    ("snippets/x.md", "kind: recipe", .note), ("snippets/x.md", "kind:", .snippet),
  ])
  func theKindIsThatOfTheFrontMatterOrTheFolder(path: String, line: String, expected: NoteKind) {
    #expect(note("---\n\(line)\n---\n", at: path).kind == expected)
  }

  @Test(arguments: [
    ("aliases: [a, B c]", ["a", "B c"]), ("alias: One", ["One"]),
    (
      "aliases: one, two",
      ["one", "two"]
    ), ("aliases:\n  - /old/address/\n  - Name", ["Name"]), ("aliases: []", []),
    ("Aliases: [X]", ["X"]), ("aliases: [\"\", ~, y]", ["y"]),
  ])
  func readsAliases(line: String, expected: [String]) {
    #expect(note("---\n\(line)\n---\n").aliases == expected)
  }

  @Test(
    arguments: [
      ("created: 2026-11-22", "2026-11-22", nil), ("date: 2026-11", "2026-11", nil),
      ("creation date: 2025", "2025", nil), ("publishDate: 2026-01-02", "2026-01-02", nil),
      ("date: nonsense\npublished: 2024-02-29", "2024-02-29", nil),
      ("date: 2026-01-01\ncreated: 2025-01-01", "2025-01-01", nil),
      ("lastmod: 2026-11-22T10:00:00Z", nil, "2026-11-22T10:00:00Z"),
      ("updated: 2026-11-22 10:00:00 +02:00", nil, "2026-11-22T08:00:00Z"),
      ("date: 2023-02-29", nil, nil), ("date: [2026]", nil, nil),
    ] as [(String, String?, String?)])
  func readsDates(lines: String, created: String?, modified: String?) {
    let read = note("---\n\(lines)\n---\n")
    #expect(read.created?.iso == created)
    #expect(read.modified?.iso == modified)
  }

  @Test(
    arguments: [
      ("---\nlang: Python\n---\n```sql\nx\n```", "python"), ("```sql\nx\n```", "sql"),
      ("```\nx\n```\n\n```bash\ny\n```", "bash"), ("text", nil),
    ] as [(String, String?)])
  func findsTheLanguage(text: String, expected: String?) {
    #expect(note(text).language == expected)
  }

  @Test func errorsAreReadLineByLine() {
    let text = "---\nerror:\n  - one\n  - |\n    two\n    three\n---\n"
    #expect(note(text).errorSignatures == ["one", "two", "three"])
  }

  @Test func kindsAreReadAsPeopleTypeThem() {
    for kind in NoteKind.allCases {
      #expect(NoteKind(typed: kind.rawValue.uppercased()) == kind)
      if !kind.folder.isEmpty { #expect(NoteKind(typed: kind.folder) == kind) }
    }
    #expect(NoteKind(typed: "docs") == .documentation)
    #expect(NoteKind(typed: "fixes") == .troubleshooting)
    #expect(NoteKind(typed: "") == nil)
    #expect(NoteKind(typed: "recipe") == nil)
  }
}
