import Markup
import Testing

@testable import Notes

@Suite struct CaptureTests {
  private let store: TestVault
  private let now = LocalTime(year: 2026, month: 11, day: 22, hour: 15, minute: 4)

  init() throws { store = try TestVault() }

  private func save(_ capture: Capture, folder: String? = nil) throws -> Note {
    let path = try capture.save(in: store.vault(), folder: folder, now: now)
    return note(try store.folder.text(path.description), at: path.description)
  }

  @Test(arguments: NoteKind.captured)
  func everyKindGoesToItsFolder(kind: NoteKind) throws {
    var capture = Capture(kind: kind, title: "My title", body: "Some *text*\n")
    capture.tags = ["a", "b/c"]
    capture.skills = ["sql"]
    capture.url = "https://example.com/?a=b&c#d"
    let made = try save(capture)
    #expect(made.path.description == "\(kind.folder)/my-title.md")
    #expect(made.title == "My title")
    #expect(made.kind == kind)
    #expect(made.tags == ["a", "b/c"])
    #expect(made.skills == ["sql"])
    #expect(made.created?.iso == "2026-11-22")
    #expect(made.frontMatter.value("url")?.text == "https://example.com/?a=b&c#d")
    #expect(made.frontMatter.error == nil)
    #expect(String(decoding: made.bytes, as: UTF8.self).contains("Some *text*"))
    #expect(made.bytes.last == 0x0A)
  }

  @Test func aNameThatIsTakenGetsANumber() throws {
    let capture = Capture(kind: .documentation, title: "Same", body: "")
    let names = try (0..<3).map { _ in try save(capture).path.name }
    #expect(names == ["same.md", "same-2.md", "same-3.md"])
  }

  @Test(arguments: [
    ("# Heading\ntext", "Heading"), ("first line\nsecond", "first line"),
    ("\n\n  indented\n", "indented"),
    ("text\n\n# Later heading", "Later heading"), ("```sql\nSELECT 1\n```", "SELECT 1"),
    ("#!/bin/sh\necho hi", "echo hi"), ("one\r\ntwo\r\n", "one"), ("a\tb", "a b"),
    ("\u{7}bell\u{1B}[31m", "bell [31m"),
  ])
  func theTitleComesFromTheBodyWhenThereIsNone(body: String, expected: String) {
    #expect(Capture(kind: .snippet, title: nil, body: body).effectiveTitle == expected)
    #expect(Capture(kind: .snippet, title: " \n", body: body).effectiveTitle == expected)
  }

  @Test(arguments: [
    ("two\nlines", "two lines"), ("a\r\nb", "a b"), ("# Hash", "Hash"), ("  x  ", "x"),
    ("nul\u{0}and\u{7F}del", "nul and del"), ("C#", "C#"),
  ])
  func aTitleIsOneLine(title: String, expected: String) {
    #expect(Capture(kind: .snippet, title: title, body: "").effectiveTitle == expected)
  }

  @Test func longTitlesAreCut() {
    let capture = Capture(kind: .snippet, title: String(repeating: "é", count: 500), body: "")
    #expect(capture.effectiveTitle?.count == 200)
  }

  @Test(arguments: ["", " \n\t", "```\n```", "\u{0}"])
  func nothingIsNotSaved(body: String) throws {
    #expect(throws: VaultError.nothingToSave) {
      try save(Capture(kind: .snippet, title: nil, body: body))
    }
    #expect(try store.folder.names().isEmpty)
  }

  @Test(arguments: [
    "a: b", "\"quoted\"", "it's", "# not\n---\nevil: true", "---", "}}", "{{body}}", "${{x}}",
    "[x]",
    "*alias", "&anchor", "null", "2026-11-22", "1e5", "a #b", "\u{2028}line", "\\", "'", "- x",
    "? y",
    "key: {a: b}", "🎉", "%TAG", "@x", "`x`", "|", ">", "!!str x", "a\u{FFFF}b", "{{#tags}}",
  ])
  func hostileTextsStayInsideTheirValue(text: String) throws {
    var capture = Capture(kind: .troubleshooting, title: text, body: "Error: \(text)")
    capture.source = text
    capture.url = text
    capture.skills = [text, "b"]
    capture.language = text
    let made = try save(capture)
    let title = try #require(capture.effectiveTitle)
    #expect(made.frontMatter.error == nil)
    #expect(made.frontMatter.value("title")?.text == title)
    #expect(made.frontMatter.value("source")?.text == text)
    #expect(made.frontMatter.value("url")?.text == text)
    #expect(made.skills == [text, "b"])
    let keys = ["title", "kind", "skills", "error", "source", "url", "created"]
    #expect(Set(made.frontMatter.entries.map(\.name)).subtracting(keys).isEmpty)
  }

  @Test(arguments: [
    ("echo hi", "```bash\necho hi\n```"), ("alpha\r\nbeta\r\n", "```\nalpha\nbeta\n```"),
    ("```sql\nSELECT 1\n```", "```sql\nSELECT 1\n```"), ("a\r\n```\r\nb\r\n```", "a\n```\nb\n```"),
    ("plain\n  ```\n  inner\n  ```", "````\nplain\n  ```\n  inner\n  ```\n````"),
  ])
  func codeGoesIntoAFenceThatHoldsIt(body: String, expected: String) throws {
    let made = try save(Capture(kind: .snippet, title: "T", body: body))
    let text = String(decoding: made.bytes[made.frontMatter.bodyStart...], as: UTF8.self)
    #expect(text == "\n\(expected)\n")
    #expect(made.markdown.codeBlocks.allSatisfy { $0.isClosed })
  }

  @Test func aPastedLogIsFencedAndItsErrorNamed() throws {
    let log = "INFO start\r\nValueError: bad *value*\r\nINFO end"
    let made = try save(Capture(kind: .troubleshooting, title: "Log", body: log))
    #expect(made.errorSignatures == ["ValueError: bad *value*"])
    #expect(made.markdown.codeBlocks.map(\.language) == ["text"])
  }

  @Test func titlesWithoutWordsGetANameFromTheTime() throws {
    let made = try save(Capture(kind: .snippet, title: "🎉", body: "x"))
    #expect(made.path.description == "snippets/snippet-2026-11-22-1504.md")
    #expect(made.title == "🎉")
  }

  @Test(arguments: ["../out", "/etc", "a/../../b", "a//b", "."])
  func refusesFoldersOutsideTheVault(folder: String) {
    #expect(throws: VaultError.pathOutsideVault(folder)) {
      try save(Capture(kind: .snippet, title: "x", body: "x"), folder: folder)
    }
  }

  @Test func refusesFoldersThatAreLinksOutOfTheVault() throws {
    let outside = TemporaryFolder()
    try store.folder.link("snippets", to: outside.path)
    let error = #expect(throws: VaultError.self) {
      try save(Capture(kind: .snippet, title: "x", body: "x"))
    }
    guard case .linkOutsideVault = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try outside.names().isEmpty)
  }

  @Test func refusesWhatIsNoTag() {
    var capture = Capture(kind: .snippet, title: "x", body: "x")
    capture.tags = ["ok", "not ok"]
    #expect(throws: VaultError.badTag("not ok")) { try save(capture) }
  }
}
