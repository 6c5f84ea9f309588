import TestSupport
import Testing

@testable import Markup

/// The scanner reads blocks, headings, code and destinations as cmark-gfm does.
struct ScanAgainstCmarkTests {
  @Test(arguments: [
    "# One\n\n## Two ##\n### Three \\#\n#Four\n####### Seven\n#\n# #\n",
    "Title\n=====\n\nSub\ntitle\n---\n\n- item\n---\n> quote\n---\n",
    "para\n# heading\nmore\n\n    # not\n\n   # yes\n",
    "```swift\nlet a = 1\n\n\tb\n```\nafter\n~~~ py thon\nx\n```\n~~~\n",
    "````\n```\n````\n```\nunclosed\n\n",
    "- ```sh\n  echo\n    two\n  ```\n- x\n\n      code in item\n\n  text\n",
    "> ```\n> a\n> \n>  b\n> ```\n>     indented\n> \n>     more\nlazy\n",
    "> ```\n> open\nnot in it\n",
    "  ```\n  a\n b\n    c\n  ```\n",
    "    code\n\n\n      deeper  \n\n\ntext\n",
    "\tcode\n\n  \tcode too\n - \tx\n\n\t\ty\n",
    "1. one\n\n   para\n\n       code\n10) ten\n2. two\n\nnot 2. list\n2. neither\n",
    "- a\n  - b\n    - c\n\n          code\n- - - x\n* * *\n+\n\n  y\n",
    "-\n  # h\n-\n\n  # outside\n",
    "<div>\n# no\n\n# yes\n</div>\n\n<pre>\n\n# no\n</pre>\n# yes\n<!-- \n\n# no\n-->\n# yes\n",
    "<span class=\"a\">\n# no\n\ntext <b>\n# yes\n<b>\n# yes\n",
    "| a | b |\n|---|---|\n| `x` | [l](u) |\n# h\n\na | b\n:-: | -\n    code\n",
    "text\nh1 | h2\n-- | --\nc | d\n> quote\n",
    "a | b\n---|---|---\nx\n---\n",
    "[a]: /url 'title'\n[b]: <x y>\ntext [a] [b][] [c][a] ![i][b]\n",
    "[a]: /url\n===\n\n[b]: /u \"t\" x\n\n[c]:\n/v\n'multi\nline'\n# H\n[a] [c]\n",
    "[x](a \"t\") [y](<b c> 't') [z](c(d)e) [w]() ![i](p (t)) [a [b](c) d](e) [n]( f )\n",
    "`[x](y)` [a\\]](b) \\[c](d) [e`](f)`](g) <http://h.example> <i@j.example>\n",
    "[l](u\n\"t\nt\") [m](\nv) [n](w x)\n[o\np](q)\n",
    "# a *b* **c** `d` [e](f) ![g](h) _i_ ~~j~~ &amp; \\* k_l_m\n",
    "# *a **b** c* ***d*** **e*f*g** * h * 2*3*4 _a_b_ __init__\n",
    "a\r\n===\r\n\r\n```x\r\ncode\r\n\r\n```\r\n    ind\r\n",
    "\u{FEFF}# bom\n", "", "\n\n\n", "# no newline at end", "```", "```\n", "    x", ">", "-",
    "- ```",
    "* a\n\n  > b\n  > c\n  lazy\n\n      code\n",
    "1.  a\n\n        code\n   -  x\n    -  y\n",
    ">     code\n>\n\n>> - # deep\n>>\n>>   text\n===\n",
    "***\n---\n___\n- - -\n_ _ _ _\n--- x\n",
    "``` a`b\ntext\n\n~~~ a`b\ncode\n~~~\n",
    "text\n    not code\n\ttext\n```\nx\n  ```  \n```   \n",
    "![a [b](c)](d) [![e](f)](g)\n",
  ])
  func readsTheSame(text: String) {
    let bytes = Array(text.utf8)
    let scan = MarkdownScan(bytes)
    let ours = CmarkReading(scanned: scan, bytes)
    let theirs = CmarkReading(bytes)
    #expect(ours.headings == theirs.headings)
    #expect(ours.code == theirs.code)
    #expect(ours.destinations == theirs.destinations)
  }

  @Test func readsRandomDocumentsTheSame() {
    var random = SeededGenerator(seed: 11)
    for round in 0..<8_000 {
      let text = RandomMarkdown.document(&random)
      let bytes = Array(text.utf8)
      let scan = MarkdownScan(bytes)
      let ours = CmarkReading(scanned: scan, bytes)
      let theirs = CmarkReading(bytes)
      #expect(ours.headings == theirs.headings, "round \(round): \(text.debugDescription)")
      #expect(ours.code == theirs.code, "round \(round): \(text.debugDescription)")
      #expect(ours.destinations == theirs.destinations, "round \(round): \(text.debugDescription)")
      if ours.headings != theirs.headings || ours.code != theirs.code
        || ours.destinations != theirs.destinations
      {
        return
      }
    }
  }
}

/// Documents put together from fragments whose reading CommonMark settles.
enum RandomMarkdown {
  private static let prefixes = [
    "", "", "", "", "", "> ", ">", "- ", "* ", "1. ", "2) ", "  ", "    ", "\t", "   ", "      ",
    "> > ", "-   ", "- - ", " > ", "10. ",
  ]
  private static let contents = [
    "", "", "", "word", "two words", "# heading", "## sub *em* ##", "### `code` x", "===", "---",
    "***", "```", "```swift", "````", "~~~", "~~~ ruby x=1", "<div>", "</div>", "<!-- note", "-->",
    "<pre>", "</pre>", "<b>", "text <b>bold</b>", "| a | b |", "|---|---|", "a | b", "- | -",
    ":-- | --:", "[link](url)", "[link](<a b> \"t\")", "![image](p.png)", "[ref][a]", "[b][]",
    "[a]",
    "[a]: /target\n", "[b]: <t 2> 'title'\n", "`[x](y)`", "`open", "**strong** text",
    "[two](one) [three](four)", "- item", "1. one", "\\# no", "#no", "    code", "\tcode",
    "\\[no](x)", "[nested [in](a)](b)", "![alt [l](m)](n)", "x  ", "end\\",
    "1. ", "-", "+ plus", "*", ">", "[long\\]](z)", "<http://auto.example/x>", "&amp;", "a_b_c",
  ]

  static func document(_ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...14, using: &random) {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        text += prefixes.randomElement(using: &random)!
      }
      text += contents.randomElement(using: &random)!
      text += Int.random(in: 0..<20, using: &random) == 0 ? "\r\n" : "\n"
    }
    return text
  }
}
