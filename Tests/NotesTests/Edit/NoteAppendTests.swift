import TestSupport
import Testing

@testable import Notes

@Suite struct NoteAppendTests {
  private func note(_ text: String) -> Note {
    Note(path: VaultPath(known: "a.md"), bytes: Array(text.utf8))
  }

  private func atEnd(_ text: String, _ added: String) throws -> String {
    String(decoding: try NoteAppend(note(text)).atEnd(added), as: UTF8.self)
  }

  @Test(arguments: [
    ("", "x", "x\n"),
    ("a\n", "x", "a\n\nx\n"),
    ("a\n\n", "x", "a\n\nx\n"),
    ("a\n\n\n", "x", "a\n\n\nx\n"),
    ("a", "x", "a\n\nx"),
    ("a\r\n", "x\ny", "a\r\n\r\nx\r\ny\r\n"),
    ("- a\n", "- x", "- a\n- x\n"),
    ("- a\n  more\n", "- x", "- a\n  more\n- x\n"),
    ("- a\n", "* x", "- a\n\n* x\n"),
    ("1. a\n", "2. x", "1. a\n2. x\n"),
    ("- a\n", "x", "- a\n\nx\n"),
    ("a\n", "- x", "a\n\n- x\n"),
    ("---\nk: 1\n---\n", "- x", "---\nk: 1\n---\n\n- x\n"),
    ("---\nk: 1\n---", "x", "---\nk: 1\n---\n\nx"),
    ("a\n", "\n\nx\n\n", "a\n\nx\n"),
  ])
  func putsABlankLineBetweenExceptInAList(text: String, added: String, result: String) throws {
    #expect(try atEnd(text, added) == result)
  }

  @Test(arguments: [
    ("# A\n\none\n\n# B\n\ntwo\n", "A", "# A\n\none\n\nx\n\n# B\n\ntwo\n"),
    ("# A\n\none\n\n# B\n\ntwo\n", "b", "# A\n\none\n\n# B\n\ntwo\n\nx\n"),
    ("# A\n\n## C\n\none\n\n# B\n", "A", "# A\n\n## C\n\none\n\nx\n\n# B\n"),
    ("# A\n# B\n", "A", "# A\n\nx\n\n# B\n"),
    ("# A\n\n- one\n\n\n# B\n", "A", "# A\n\n- one\n\nx\n\n\n# B\n"),
  ])
  func addsToASection(text: String, heading: String, result: String) throws {
    let edited = try NoteAppend(note(text)).under(heading, "x")
    #expect(String(decoding: edited, as: UTF8.self) == result)
  }

  @Test func namesTheHeadingsWhenNoneFits() {
    #expect(
      throws: VaultError.noSuchHeading("Coz", path: "a.md", similar: ["Cause", "Fix"])
    ) { try NoteAppend(note("# Cause\n\n# Fix\n")).under("Coz", "x") }
    #expect(throws: VaultError.ambiguousHeading("A", path: "a.md", lines: [1, 3])) {
      try NoteAppend(note("# A\n\n# A\n")).under("A", "x")
    }
  }

  @Test func refusesToWriteIntoCodeThatIsNeverClosed() {
    #expect(throws: VaultError.self) { try NoteAppend(note("a\n\n```sh\nls\n")).atEnd("x") }
  }

  /// Whatever the note, its bytes are there unchanged around what was added.
  @Test func keepsEveryByte() throws {
    var generator = SeededGenerator(seed: 7)
    let pieces = ["# A\n", "- i\n", "text\n", "\n", "\r\n", "x", "## B\n", "```\n", "| a |\n", "é"]
    for _ in 0..<2_000 {
      let text = generator.text(of: pieces, upTo: 12)
      let before = Array(text.utf8)
      guard let edited = try? NoteAppend(note(text)).atEnd("- new") else { continue }
      #expect(edited.starts(with: before), "\(text.debugDescription)")
      #expect(String(decoding: edited, as: UTF8.self).contains("- new"))
      guard let under = try? NoteAppend(note(text)).under("A", "new") else { continue }
      // Taking the added stretch out again leaves the note.
      var shared = 0
      while shared < before.count, before[shared] == under[shared] { shared += 1 }
      let rest = before[shared...]
      #expect(under.suffix(rest.count).elementsEqual(rest), "\(text.debugDescription)")
    }
  }
}
