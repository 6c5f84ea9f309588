import Testing

@testable import Markup

/// `%% comments %%` of Obsidian, which are for whoever edits a note.
@Suite struct CommentTests {
  @Test(arguments: [
    ("a %%b%% c\n", "a  c\n"), ("%%b%%\nc\n", "c\n"),
    ("a\n\n%%\nb\n\nc\n%%\n\nd\n", "a\n\n\n\nd\n"),
    ("a %%b\nc%% d\n", "a \n d\n"), ("%% never closed\n\nb\n", "%% never closed\n\nb\n"),
    ("`%%a%%`\n", "`%%a%%`\n"), ("```\n%%a%%\n```\n", "```\n%%a%%\n```\n"),
    ("100%% and 20%%\n", "100\n"), ("a%%%%b\n", "ab\n"), ("- x\n- %%y%%\n", "- x\n- \n"),
    ("<b>x</b> %%c%%", "<b>x</b> "), ("%%\n%%", ""), ("", ""), ("%%", "%%"),
  ])
  func commentsAreLeftOut(text: String, expected: String) {
    let bytes = Array(text.utf8)
    let kept = MarkdownScan(bytes).withoutComments(bytes, from: 0)
    #expect(String(decoding: kept, as: UTF8.self) == expected)
  }

  @Test func frontMatterIsLeftOutToo() {
    let bytes = Array("---\na: %%b%%\n---\nc %%d%%\n".utf8)
    let kept = MarkdownScan(bytes, from: 17, line: 4).withoutComments(bytes, from: 17)
    #expect(String(decoding: kept, as: UTF8.self) == "c \n")
  }

  /// What is left are bytes of the note in their order, and a second pass finds nothing more to hide
  /// that begins and ends in one line.
  @Test(arguments: 0..<200) func whatIsLeftIsOfTheNote(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
    let parts = ["%%", "a", "\n", "\n\n", "`", "- ", "> ", "```\n", " ", "<b>", "]] [["]
    let text = (0..<next(40)).map { _ in parts[next(parts.count)] }.joined()
    let bytes = Array(text.utf8)
    let kept = MarkdownScan(bytes).withoutComments(bytes, from: 0)
    var at = bytes[...]
    for byte in kept {
      guard let place = at.firstIndex(of: byte) else {
        Issue.record("not in the note: \(text)")
        return
      }
      at = at[(place + 1)...]
    }
  }
}
