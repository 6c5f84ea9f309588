import Testing

@testable import Notes

@Suite struct FrontMatterEditTests {
  private func adding(_ tags: [String], to text: String) throws -> String {
    let edit = try FrontMatterEdit(note(text))
    return String(decoding: try edit.adding(tags, to: edit.tagKey), as: UTF8.self)
  }

  private func removing(_ tags: [String], from text: String) throws -> String {
    String(decoding: try FrontMatterEdit(note(text)).removingTags(tags), as: UTF8.self)
  }

  @Test(arguments: [
    ("---\ntags: [a]\n---\nx", "---\ntags: [a, new]\n---\nx"),
    ("---\ntags: []\n---\n", "---\ntags: [new]\n---\n"),
    ("---\ntags: [ a ,b, ]\n---\n", "---\ntags: [ a ,b, new, ]\n---\n"),
    ("---\ntags: [\n  a,\n  b # why\n]\n---\n", "---\ntags: [\n  a,\n  b, new # why\n]\n---\n"),
    ("---\ntags: ['a', \"b\"] # c\n---\n", "---\ntags: ['a', \"b\", new] # c\n---\n"),
    (
      "---\ntags:\n  - a # one\n\nnext: 1\n---\n",
      "---\ntags:\n  - a # one\n  - new\n\nnext: 1\n---\n"
    ),
    (
      "---\ntags:\n- a\n# about next\nnext: 1\n---\n",
      "---\ntags:\n- a\n- new\n# about next\nnext: 1\n---\n"
    ),
    ("---\ntags:\n  -   'a'\n---\n", "---\ntags:\n  -   'a'\n  -   new\n---\n"),
    ("---\ntags: a\n---\n", "---\ntags: a new\n---\n"),
    ("---\ntags: a, b\n---\n", "---\ntags: a, b, new\n---\n"),
    ("---\ntags: \"a b\" # c\n---\n", "---\ntags: \"a b new\" # c\n---\n"),
    ("---\ntags:\n---\n", "---\ntags: [new]\n---\n"),
    ("---\ntags: # none yet\n---\n", "---\ntags: [new] # none yet\n---\n"),
    ("---\ntags: ~\n---\n", "---\ntags: [new]\n---\n"),
    ("---\ntags: ''\n---\n", "---\ntags: [new]\n---\n"),
    ("---\nTags: [a]\n---\n", "---\nTags: [a, new]\n---\n"),
    ("---\nkeywords: [a]\n---\n", "---\nkeywords: [a, new]\n---\n"),
    ("---\ntitle: T # x\n---\nb\n", "---\ntitle: T # x\ntags: [new]\n---\nb\n"),
    ("---\ntext: |\n  a\n  b\n---\n", "---\ntext: |\n  a\n  b\ntags: [new]\n---\n"),
    ("---\n# only this\n---\n", "---\n# only this\ntags: [new]\n---\n"),
    ("---\n---\nb", "---\ntags: [new]\n---\nb"),
    (
      "---\ntags: [a]\n...\nb",
      "---\ntags: [a, new]\n...\nb"
    ), ("# Title", "---\ntags: [new]\n---\n\n# Title"),
    ("", "---\ntags: [new]\n---\n\n"),
    (
      "---\ntext\n---\nmore",
      "---\ntags: [new]\n---\n\n---\ntext\n---\nmore"
    ),
    ("\u{FEFF}# T", "\u{FEFF}---\ntags: [new]\n---\n\n# T"),
    ("\u{FEFF}---\ntags: [é]\n---\n", "\u{FEFF}---\ntags: [é, new]\n---\n"),
    ("---\r\ntags: [a]\r\n---\r\nx", "---\r\ntags: [a, new]\r\n---\r\nx"),
    (
      "---\r\ntags:\r\n  - a\r\nb: 1\r\n---\r\n",
      "---\r\ntags:\r\n  - a\r\n  - new\r\nb: 1\r\n---\r\n"
    ),
    ("---\r\na: 1\r\n---\r\n", "---\r\na: 1\r\ntags: [new]\r\n---\r\n"),
    ("# T\r\ntext", "---\r\ntags: [new]\r\n---\r\n\r\n# T\r\ntext"),
    ("---\n{\"tags\": [\"a\"]}\n---\n", "---\n{\"tags\": [\"a\", new]}\n---\n"),
    ("---\ntags: 'it''s'\n---\n", "---\ntags: 'it''s new'\n---\n"),
    ("---\ntags: [{a: b}]\n---\n", "---\ntags: [{a: b}, new]\n---\n"),
    ("---\ntags:\n  - a", "---\ntags: [new]\n---\n\n---\ntags:\n  - a"),
  ])
  func addsATagAndNothingElse(text: String, expected: String) throws {
    #expect(try adding(["new"], to: text) == expected)
  }

  @Test(arguments: [
    ("---\ntags: [a, b, c]\n---\n", ["b"], "---\ntags: [a, c]\n---\n"),
    ("---\ntags: [a, b, c]\n---\n", ["a"], "---\ntags: [b, c]\n---\n"),
    ("---\ntags: [a, b, c]\n---\n", ["c"], "---\ntags: [a, b]\n---\n"),
    ("---\ntags: [a, b, c]\n---\n", ["b", "c"], "---\ntags: [a]\n---\n"),
    ("---\ntags: [a, b, c]\n---\n", ["a", "b"], "---\ntags: [c]\n---\n"),
    ("---\ntags: [a, b, c]\n---\n", ["a", "c"], "---\ntags: [b]\n---\n"),
    ("---\ntags: [a, b, c, d, e]\n---\n", ["b", "d", "e"], "---\ntags: [a, c]\n---\n"),
    ("---\ntags: [a]\nb: 1\n---\n", ["a"], "---\nb: 1\n---\n"),
    ("---\ntags: [a]\n---\n\nbody", ["a"], "body"), ("---\ntags: [a]\n---\nbody", ["a"], "body"),
    ("---\ntags: [A, b]\n---\n", ["a"], "---\ntags: [b]\n---\n"),
    ("---\ntags: ['#a', \"b c\"]\n---\n", ["a"], "---\ntags: [\"b c\"]\n---\n"),
    ("---\ntags:\n  - a\n  - b # two\n  - c\n---\n", ["b"], "---\ntags:\n  - a\n  - c\n---\n"),
    ("---\ntags:\n- a\n- b\n- c\nx: 1\n---\n", ["a", "c"], "---\ntags:\n- b\nx: 1\n---\n"),
    ("---\ntags:\n  - a\n# about x\nx: 1\n---\n", ["a"], "---\n# about x\nx: 1\n---\n"),
    (
      "---\ntags:\n  - a # one\n\n# about x\nx: 1\n---\n", ["a"],
      "---\n\n# about x\nx: 1\n---\n"
    ),
    ("---\nx: 1\ntags:\n  - a\n# end\n---\n", ["a"], "---\nx: 1\n# end\n---\n"),
    ("---\ntags: [\n  a\n]\nx: 1\n---\n", ["a"], "---\nx: 1\n---\n"),
    ("---\ntags: [a] # one\n# about x\nx: 1\n---\n", ["a"], "---\n# about x\nx: 1\n---\n"),
    ("---\ntags: a, b, c\n---\n", ["b"], "---\ntags: a, c\n---\n"),
    ("---\ntags: a b c\n---\n", ["c", "a"], "---\ntags: b\n---\n"),
    ("---\ntags: \"#a #b\"\n---\n", ["a"], "---\ntags: \"#b\"\n---\n"),
    ("---\ntags: a\nx: 1\n---\n", ["a"], "---\nx: 1\n---\n"),
    ("---\ntags: [a, b]\nkeywords: [a]\nx: 1\n---\n", ["a"], "---\ntags: [b]\nx: 1\n---\n"),
    ("\u{FEFF}---\r\ntags: [a]\r\n---\r\n\r\nx", ["a"], "\u{FEFF}x"),
    (
      "---\r\nx: 1\r\ntags:\r\n- a\r\n- b\r\n---\r\n", ["b"],
      "---\r\nx: 1\r\ntags:\r\n- a\r\n---\r\n"
    ),
    ("---\nx: 1\nTags:\n- a\n---\nend", ["a"], "---\nx: 1\n---\nend"),
  ])
  func removesTagsAndNothingElse(text: String, tags: [String], expected: String) throws {
    #expect(try removing(tags, from: text) == expected)
  }

  @Test func aTagThatIsThereIsNotAddedAgain() throws {
    let text = "---\ntags: [Etl, '#sql']\n---\n"
    #expect(try adding(["etl", "SQL"], to: text) == text)
    #expect(try adding(["x", "X", "x"], to: text) == "---\ntags: [Etl, '#sql', x]\n---\n")
  }

  @Test(arguments: [
    "+++\ntags = ['a']\n+++\n", "{\"tags\": [\"a\"]}\n", "---\ntags: {a: b}\n---\n",
    "---\ntags: &t [a]\nother: *t\n---\n", "---\nbase: &t [a]\ntags: *t\n---\n",
    "---\n{\"title\": \"x\"}\n---\n", "---\ntags: |\n  a b\n---\n", "---\ntags: a\n  b\n---\n",
  ])
  func refusesWhatItCannotEditSafely(text: String) {
    let error = #expect(throws: VaultError.self) { try adding(["new"], to: text) }
    guard case .unsafeEdit = error else {
      Issue.record("\(String(describing: error)) for \(text)")
      return
    }
  }

  @Test func refusesDataThatCannotBeRead() {
    for text in ["---\ntags: [a\n---\n", "---\ntags: [a]\ntags: [b]\n---\n", "---\n- a\n---\n"] {
      let error = #expect(throws: VaultError.self) { try adding(["new"], to: text) }
      guard case .unreadableFrontMatter = error else {
        Issue.record("\(String(describing: error)) for \(text)")
        continue
      }
    }
  }

  @Test func saysWhereATagStandsThatIsNotInTheList() {
    #expect(throws: VaultError.noSuchTag("b", path: "note.md", present: ["a"])) {
      try removing(["b"], from: "---\ntags: [a]\n---\n")
    }
    let error = #expect(throws: VaultError.self) {
      try removing(["b"], from: "---\ntags: [a]\n---\n\ntext #b\n")
    }
    #expect(error?.message.contains("line 5") == true)
  }
}
