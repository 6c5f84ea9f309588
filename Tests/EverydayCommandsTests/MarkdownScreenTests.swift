import Foundation
import Markup
import Testing

@testable import EverydayCommands

@Suite struct MarkdownScreenTests {
  private func set(
    _ text: String, width: Int = 40, isPlain: Bool = false, isColoured: Bool = false
  ) -> [String] {
    let screen = MarkdownScreen(style: Style(isColoured ? .always : .never), isPlain: isPlain)
    return screen.lines(of: MarkdownDocument(text), width: width)
  }

  @Test func setsWhatNotesAreMadeOf() {
    let text = """
      # Title

      A *paragraph* with `code`, a [link](https://example.com) and [[snippets/x|a note]].

      - one
      - two
        - inner
      1. first
      2. second

      - [ ] open
      - [x] done

      > [!warning] Mind the gap
      > Text of it.

      ```sql
      -- a comment
      SELECT 1;
      ```

      ---
      """
    #expect(
      set(text) == [
        "# Title", "", "A paragraph with `code`, a link",
        "(https://example.com) and [[snippets/x|a",
        "note]].", "", "• one", "• two", "  • inner", "", "1. first", "2. second",
        "",
        "☐ open", "☑ done", "", "│ Warning: Mind the gap", "│ Text of it.", "",
        "    -- a comment", "    SELECT 1;", "", String(repeating: "─", count: 40),
      ])
  }

  /// Comments, strings, numbers and reserved words have their own colours, line by line, and the code
  /// without the colours is the code.
  @Test func codeIsColouredByItsLanguage() {
    let code = "def f(x):  # say\n\n    return \"\"\"a\n  b\"\"\" + 3"
    let lines = set("```python\n\(code)\n```\n", isColoured: true)
    #expect(
      lines.map(bare)
        == code.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    " + $0 })
    func isPainted(_ line: String, _ ink: Style.Ink, _ text: String) -> Bool {
      line.contains(Style(.always).paint(ink, text))
    }
    #expect(isPainted(lines[0], .keyword, "def"))
    #expect(isPainted(lines[0], .dim, "# say"))
    #expect(isPainted(lines[2], .good, "\"\"\"a"))
    #expect(isPainted(lines[3], .good, "  b\"\"\""))
    #expect(isPainted(lines[3], .warning, "3"))
    // Without colour, and in a language that nobody knows, it is as it was.
    #expect(set("```nothing\nif 1 # x\n```\n") == ["    if 1 # x"])
    #expect(set("```\nif 1 # x\n```\n", isColoured: true).map(bare) == ["    if 1 # x"])
  }

  private func bare(_ line: String) -> String {
    line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }

  @Test func tablesFitOrBecomeLines() {
    let table = "| Name | What it does |\n|:-----|------:|\n| a | x |\n| longer | the other one |\n"
    #expect(
      set(table) == [
        "Name     What it does", "──────  ─────────────", "a                   x",
        "longer  the other one",
      ])
    #expect(
      set(table, width: 18) == [
        "Name       What it", "              does", "──────  ──────────", "a                x",
        "longer   the other", "               one",
      ])
    let lines = ["Name: a", "What it does: x", "", "Name: longer", "What it does: the other one"]
    #expect(set(table, isPlain: true) == lines)
    #expect(set(table, width: 8).first == "Name: a")
  }

  @Test func aScreenReaderHearsNoDrawing() {
    let text = "- a\n- [x] b\n\n> q\n\n---\n\n```sh\nls\n```\n\n| a |\n|---|\n| 1 |\n"
    let plain = set(text, isPlain: true)
    #expect(
      plain == ["- a", "- [x] b", "", "> q", "", "---", "", "```sh", "ls", "```", "", "a: 1"])
  }

  @Test func nothingInANoteReachesTheTerminalAsAnEscape() {
    let text =
      "# a\u{1B}[31m\n\n`\u{1B}]52;c;eA==\u{07}` [x\u{202E}](https://e.com/\u{1B})\n\n    \u{9B}2J\n"
    for isColoured in [false, true] {
      let joined = set(text, isColoured: isColoured).joined(separator: "\n")
      var bare = joined
      while let start = bare.range(of: "\u{1B}["),
        let end = bare[start.upperBound...].firstIndex(of: "m"),
        bare[start.upperBound..<end].allSatisfy({ $0.isNumber || $0 == ";" }), isColoured
      {
        bare.removeSubrange(start.lowerBound...end)
      }
      #expect(
        !bare.unicodeScalars.contains {
          $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{9B}" || $0 == "\u{202E}"
        })
    }
  }

  /// Whatever the width, only code and addresses go beyond it.
  @Test(arguments: [4, 7, 20, 33, 80, 200])
  func linesKeepToTheWidth(width: Int) {
    let text = """
      # 日本語の見出し with words

      Words of several lengths, averylongwordthatdoesnotfitintoanarrowterminal, 👩‍💻 and 中文字符没有空格所以可以在任何地方断开。

      - item with *emphasis that is long enough to wrap around* the end
        - deeper [[a-link-to-some-note]] still
      > a quote of some words that wrap
      > > inside another one

      | one | two | three |
      |-----|:---:|------:|
      | a b c d e f | 日本語の表 | 12345 |
      """
    for line in set(text, width: width) {
      #expect(Terminal.columns(line) <= max(width, 4) + 8, "\(line)")
      if width >= 20 { #expect(Terminal.columns(line) <= width, "\(line)") }
    }
  }

  @Test func wordsStayInTheirOrder() {
    let text = "one **two three** `four` [five](six) 中文\nseven eight nine ten"
    for width in 4...40 {
      let joined = set(text, width: width).joined(separator: " ").filter { $0 != " " }
      #expect(joined == "onetwothree`four`five(six)中文seveneightnineten")
    }
  }
}
