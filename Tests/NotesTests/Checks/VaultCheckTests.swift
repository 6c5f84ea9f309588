import Foundation
import Testing

@testable import Notes

@Suite struct VaultCheckTests {
  private func findings(_ store: TestVault, in folder: String? = nil) throws -> [Finding] {
    let (index, report) = try store.open()
    return withExtendedLifetime(store) {
      VaultCheck(index, report: report, today: Self.day).run(in: folder)
    }
    // The notes of most tests are empty but for what they are about.
    .filter { ![.emptyNote, .duplicateTitle].contains($0.rule) }
  }

  static let day = LocalTime(year: 2026, month: 11, day: 22, hour: 9, minute: 0, second: 0)

  @Test(arguments: [
    ("---\ntags: [a\n---\n", "3:1 error front-matter"),
    ("---\r\na: 1\r\na: 2\r\n---\r\n", "3:1 error duplicate-key"),
    ("---\né: 1\ncreated: 22.11.2026\n---\n", "3:10 warning bad-date"),
    ("---\nverified: soon\n---\n", "2:11 warning bad-date"),
    ("---\nkind: snipet\n---\n", "2:7 warning unknown-kind"),
    ("é [[Gone]]\n", "1:4 error broken-link"), ("text\n\n[t](gone.md)\n", "3:1 error broken-link"),
    ("[[#No such part]]\n", "1:1 warning missing-heading"),
    ("![](gone.png)\n", "1:1 error broken-link"),
    ("x [[twin]]\n", "1:3 warning ambiguous-link"),
  ])
  func namesThePlaceOfEachFinding(text: String, expected: String) throws {
    let found = try findings(TestVault(["n.md": text, "a/twin.md": "", "b/twin.md": ""]))
    #expect(
      found.map { "\($0.line):\($0.column) \($0.severity.rawValue) \($0.rule.name)" }
        == [expected])
    #expect(found.first?.path == "n.md")
    #expect(found.first?.message.isEmpty == false)
  }

  @Test(arguments: [
    "", "# T\n\n[[n]] [web](https://example.com) [site](/docs/) <me@example.com>\n",
    "---\nkind: fix\ncreated: 2026-11-22\nend:\n---\n", "`[[code]]` and ```[[x]]```\n",
    "---\ntext\n---\n[self](#t)\n\n# T\n", "[a]: gone.md\n",
  ])
  func saysNothingOfGoodNotes(text: String) throws {
    #expect(try findings(TestVault(["n.md": text])).isEmpty)
  }

  @Test func findsWhatIsNoTextAndWhatIsTooLarge() throws {
    let store = try TestVault(["big.md": "", "a.md": "fine"])
    try Data([0x61, 0x0A, 0x62, 0xFF, 0x0A]).write(
      to: URL(fileURLWithPath: store.folder.absolute("latin.md")))
    let big = Data(repeating: 0x20, count: NoteReader.maximumSearched + 1)
    try big.write(to: URL(fileURLWithPath: store.folder.absolute("big.md")))
    let found = try findings(store).map { "\($0.path):\($0.line):\($0.column) \($0.rule.name)" }
    #expect(found == ["big.md:1:1 too-large", "latin.md:2:1 encoding"])
  }

  @Test func findsLinksOutOfTheVaultEachTime() throws {
    let outside = TemporaryFolder()
    try outside.write("out.md", "x")
    let store = try TestVault(["a.md": "x"])
    try store.folder.link("link.md", to: outside.absolute("out.md"))
    usleep(30_000)
    for _ in 0..<2 {
      #expect(
        try findings(store).map { "\($0.path) \($0.rule.name)" } == ["link.md outside-link"])
    }
  }

  @Test func namesFoldersThatCannotBeReadFromTheVault() throws {
    let store = try TestVault(["shut/a.md": "x", "b.md": "x"])
    chmod(store.cache.path, 0o777)
    chmod(store.folder.absolute("shut"), 0)
    defer { chmod(store.folder.absolute("shut"), 0o755) }
    let found = try Unprivileged.run { try findings(store) }
    #expect(found.map { "\($0.path) \($0.rule.name)" } == ["shut unreadable"])
  }

  @Test func findsSettingsThatMeanNothing() throws {
    let store = try TestVault([".folio/config.yaml": "# x\nlanguage: en\nexlude: []\n", "a.md": ""])
    let found = try findings(store)
    #expect(found.map { "\($0.path):\($0.line):\($0.column)" } == [".folio/config.yaml:3:1"])
    #expect(found.first?.message.contains("exclude") == true)
  }

  @Test func looksIntoOneFolderWhenAsked() throws {
    let store = try TestVault([
      "a/n.md": "[[gone]]", "ab/n.md": "[[gone]]", "n.md": "[[gone]]",
      ".folio/config.yaml": "odd: 1",
    ])
    #expect(try findings(store, in: "a").map(\.path) == ["a/n.md"])
    #expect(try findings(store).count == 4)
  }

  @Test func orderIsByPathThenPlace() throws {
    var notes = ["b.md": "[[z]]\n[[y]] [[x]]\n"]
    for number in 0..<80 { notes["a\(number).md"] = "[[gone]]" }
    let found = try findings(TestVault(notes))
    #expect(found.count == 83)
    #expect(found.map(\.path) == found.map(\.path).sorted())
    #expect(found.suffix(3).map { "\($0.line):\($0.column)" } == ["1:1", "2:1", "2:7"])
  }

  @Test(
    arguments: [
      ("snipet", "snippet"), ("resorce", "resource"), ("not", "note"), ("proj", "project"),
      ("nota", "note"),
      ("Project", "project"), ("xyz", nil), ("", nil), ("sn", nil), ("ntoe", "note"),
      ("journals", "journal"),
    ] as [(String, String?)])
  func guessesWhatWasMeant(text: String, expected: String?) {
    #expect(Similar.closest(to: text, among: NoteKind.allCases.map(\.rawValue)) == expected)
  }

  @Test func distanceIsAMetricOfEdits() {
    let words = ["", "a", "ab", "ba", "abc", "acb", "xabc", "kitten", "sitting"].map {
      Array($0.unicodeScalars)
    }
    for a in words {
      for b in words {
        #expect(Similar.distance(a, b) == Similar.distance(b, a))
        #expect((Similar.distance(a, b) == 0) == (a == b))
        #expect(Similar.distance(a, b) >= abs(a.count - b.count))
      }
    }
    #expect(Similar.distance(words[2], words[3]) == 1)
    #expect(Similar.distance(words[7], words[8]) == 3)
  }
}
