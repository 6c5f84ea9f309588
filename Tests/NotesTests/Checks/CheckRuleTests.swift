import TestSupport
import Testing

@testable import Notes

@Suite struct CheckRuleTests {
  private func findings(_ store: TestVault) throws -> [Finding] {
    let (index, report) = try store.open()
    return withExtendedLifetime(store) {
      VaultCheck(index, report: report, today: VaultCheckTests.day).run()
    }
  }

  private func places(_ notes: [String: String]) throws -> [String] {
    try findings(TestVault(notes)).map { "\($0.path):\($0.line):\($0.column) \($0.rule.name)" }
  }

  @Test(arguments: [
    ("---\nvisiblity: private\n---\nx", "2:1 unknown-key"),
    ("---\nvisibility: hidden\n---\nx", "2:13 bad-value"),
    ("---\ndifficulty: 9\n---\nx", "2:13 bad-value"), ("", "1:1 empty-note"),
    ("---\ntitle: t\n---\n \n", "1:1 empty-note"), ("x\n\n```\ncode\n```\n", "3:1 code-language"),
    ("---\nverified: 2025-11-21\n---\nx", "2:11 stale"),
    ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n", "2:1 conflict-markers"),
  ])
  func namesThePlaceOfEachFinding(text: String, expected: String) throws {
    #expect(try places(["n.md": text]) == ["n.md:" + expected])
  }

  @Test(arguments: [
    "---\nurl: https://example.org\n---\n", "---\nverified: 2025-11-22\n---\nx",
    "```text\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```\n", "Title\n=======\n", "    indented code\n",
    "---\nlayout: x\nvisibility: public\ndifficulty: 3\n---\nx", "```sh\nls\n```\n",
  ])
  func saysNothingOfGoodNotes(text: String) throws { #expect(try places(["n.md": text]).isEmpty) }

  @Test func namesThatTwoNotesShareAreTold() throws {
    #expect(
      try places([
        "a.md": "---\nid: 7\naliases: [One, Two]\n---\n# Same",
        "b.md": "---\nid: 7\nalias: two\n---\nx",
        "c.md": "text\n\n# same\n",
      ]) == [
        "a.md:2:5 duplicate-id", "a.md:3:10 duplicate-alias", "a.md:5:1 duplicate-title",
        "b.md:2:5 duplicate-id", "b.md:3:8 duplicate-alias", "c.md:3:1 duplicate-title",
      ])
  }

  @Test func filesThatNoNoteShowsAreTold() throws {
    #expect(
      try places([
        "a.md": "![[used.png]] ![x](sub/too.jpg) [p](paper.pdf)", "used.png": "", "sub/too.jpg": "",
        "paper.pdf": "", "sub/orphan.png": "", "data.csv": "", "script.py": "",
      ]) == ["sub/orphan.png:1:1 orphan-attachment"])
  }

  @Test func aPublicNoteThatLinksToAPrivateOneIsAnError() throws {
    let found = try findings(
      TestVault([
        "a.md": "---\nvisibility: public\n---\nsee [[b]] and [[c]]",
        "b.md": "---\nvisibility: private\n---\nx [[a]]", "c.md": "x [[b]]",
      ]))
    #expect(
      found.map { "\($0.path):\($0.line):\($0.column) \($0.rule.name)" } == [
        "a.md:4:5 private-link"
      ])
    #expect(found.first?.severity == .error)
  }

  @Test func aSecretIsToldWithoutRepeatingIt() throws {
    var generator = SeededGenerator(seed: 77)
    let token = SecretScanTests.token(SecretShape.all[1], &generator)
    let found = try findings(TestVault(["n.md": "line\nkey \(token)\n"]))
    #expect(found.map { "\($0.line):\($0.column) \($0.rule.name)" } == ["2:5 secret"])
    #expect(found.first?.message.contains(token) == false)
  }

  @Test func severitiesComeFromTheSettingsButGuardsStay() throws {
    var generator = SeededGenerator(seed: 78)
    let token = SecretScanTests.token(SecretShape.all[1], &generator)
    let found = try findings(
      TestVault([
        "n.md": "[[gone]] \(token)\n\n```\nx\n```\n",
        ".folio/config.yaml":
          "check:\n  broken-link: warning\n  code-language: off\n  secret: off\n",
      ]))
    #expect(
      found.map { "\($0.severity.rawValue) \($0.rule.name)" } == [
        "warning broken-link", "error secret",
      ])
    #expect(throws: VaultError.self) {
      try TestVault([".folio/config.yaml": "check:\n  broken-link: loud\n"]).vault()
    }
  }

  @Test(arguments: [
    ("---\ntitle: a: b\ntags: [x]\n---\nx", "---\ntitle: \"a: b\"\ntags: [x]\n---\nx"),
    ("---\r\ntitle: @x\r\n---\r\nx", "---\r\ntitle: \"@x\"\r\n---\r\nx"),
    ("---\na:\n\t- x\n---\nx", "---\na:\n  - x\n---\nx"),
    ("---\ncreated: 2026/1/5 # c\n---\nx", "---\ncreated: 2026-01-05 # c\n---\nx"),
  ])
  func whatCanOnlyBeMeantInOneWayIsMended(before: String, after: String) throws {
    let found = try findings(TestVault(["n.md": before]))
    let mended = found.reduce(Array(before.utf8)) { $1.mended($0) }
    #expect(String(decoding: mended, as: UTF8.self) == after)
  }

  @Test(arguments: [
    "---\na: [1\n---\nx", "---\ncreated: 03/04/2026\n---\nx", "---\na: 1\na: 2\n---\nx",
  ])
  func whatCouldBeMeantInTwoWaysIsNot(text: String) throws {
    let found = try findings(TestVault(["n.md": text]))
    #expect(!found.isEmpty && found.allSatisfy { $0.fix.isEmpty })
  }

  @Test func notesCanBeCheckedAsTheyWillBeCommitted() throws {
    let store = try TestVault(["a.md": "fine", "b.md": "x"])
    let (index, report) = try store.open()
    let found = VaultCheck(index, report: report, today: VaultCheckTests.day).run([
      (try VaultPath("a.md"), Array("[[gone]] [[b]]".utf8))
    ])
    #expect(found.map { "\($0.path) \($0.rule.name)" } == ["a.md broken-link"])
  }
}
