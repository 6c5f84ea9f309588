import Notes
import Testing

@testable import EverydayCommands

@Suite struct NoteRowsTests {
  private func note(_ path: String, _ title: String, tags: String = "") throws -> NoteSummary {
    let front = tags.isEmpty ? "" : "tags: [\(tags)]\n"
    let text = "---\ntitle: \"\(title)\"\n\(front)---\n"
    return NoteSummary(
      Note(path: try VaultPath(path), bytes: Array(text.utf8)), modified: "2026-11-22")
  }

  @Test func linesKeepToTheWidth() throws {
    let notes = [
      try note("snippets/one.md", "A title of some length", tags: "airflow, python"),
      try note("a.md", String(repeating: "ü", count: 300)),
      try note("b.md", "日本語の題名です", tags: "x"),
      try note("a-folder/with-a-long-name/and-a-long-note.md", "Short"),
    ]
    for width in [8, 20, 40, 60, 80, 200] {
      let rows = NoteRows(notes, style: Style(.never), width: width)
      for note in notes {
        let lines = rows.line(note).split(separator: "\n").map(String.init)
        // Only a path may be longer, for it is there to be copied.
        for line in lines where !line.hasPrefix(note.path) {
          #expect(Terminal.columns(line) <= width, "\(width): \(line)")
        }
        if lines.count == 1 { #expect(Terminal.columns(lines[0]) <= width) }
      }
    }
    let rows = NoteRows(notes, style: Style(.never), width: nil)
    #expect(rows.line(notes[1]).hasSuffix(String(repeating: "ü", count: 300)))
    let few = Array(notes.prefix(1))
    #expect(
      NoteRows(few, style: Style(.never), width: 60).line(few[0])
        == "snippets/one.md  A title of some length  #airflow #python")
    #expect(
      NoteRows(few, style: Style(.never), width: 50).line(few[0])
        == "snippets/one.md  A title of some length")
    #expect(
      NoteRows(few, style: Style(.never), width: 34).line(few[0])
        == "snippets/one.md  A title of some …")
    #expect(
      NoteRows(few, style: Style(.never), width: 20).line(few[0])
        == "snippets/one.md\n  A title of some l…")
  }

  @Test func aTextIsCutAtItsColumns() {
    #expect(Terminal.cut("abc", to: 3) == "abc")
    #expect(Terminal.cut("abcd", to: 3) == "ab…")
    #expect(Terminal.cut("日本語", to: 4) == "日…")
    #expect(Terminal.cut("日本語", to: 5) == "日本…")
  }
}
