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
