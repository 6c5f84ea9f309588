import Testing

@testable import Markup

struct MarkdownDocumentTests {
  typealias Block = MarkdownDocument.Block
  typealias Inline = MarkdownDocument.Inline

  @Test(arguments: [
    ("a <b>x</b> <script>alert(1)</script>", "<p>a x alert(1)</p>\n"),
    ("<div onclick=\"x\">\nhi\n</div>\n\nafter", "<p>after</p>\n"),
    ("[a](javascript:alert(1))", "<p>a</p>\n"), ("[a](JAVA&#115;cript:x)", "<p>a</p>\n"),
    ("[a](java\\\nscript:x)", "<p>[a](java<br />\nscript:x)</p>\n"),
    ("[a *b*](data:text/html,x) c", "<p>a <em>b</em> c</p>\n"),
    ("![alt](file:///etc/passwd)", "<p>alt</p>\n"), ("<vbscript:x>", "<p>vbscript:x</p>\n"),
    ("[&#1;](&#1;javascript:x)", "<p>\u{1}</p>\n"), ("[a](ftp://x.example)", "<p>a</p>\n"),
    (
      "[a](https://x.example) [b](../c.md#d) [e](mailto:f@g.example) [h](HTTP://i.example)",
      "<p><a href=\"https://x.example\">a</a> <a href=\"../c.md#d\">b</a> "
        + "<a href=\"mailto:f@g.example\">e</a> <a href=\"HTTP://i.example\">h</a></p>\n"
    ),
    ("[![i](javascript:x)](https://x.example)", "<p><a href=\"https://x.example\">i</a></p>\n"),
    ("[![i](k.png)](javascript:x)", "<p><img src=\"k.png\" alt=\"i\" /></p>\n"),
    ("a<br>b <br/>", "<p>a<br />\nb <br />\n</p>\n"), ("~~a~~", "<p><del>a</del></p>\n"),
    ("www.x.example", "<p><a href=\"http://www.x.example\">www.x.example</a></p>\n"),
    ("a & <", "<p>a &amp; &lt;</p>\n"), ("", ""),
    ("- [x] a", "<ul>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> a</li>\n</ul>\n"),
  ]) func writesSafeHTML(text: String, html: String) {
    #expect(MarkdownDocument(text).safeHTML() == html)
  }

  @Test func readsBlocksAsValues() {
    let text = """
      # A *b*

      para `c`
      next\\
      line

      ```Swift x
      let a
      ```

      3. one
         - [x] done
         - [ ] open
      4. two

      > quote

      ***

      | a | b |
      |:--|--:|
      | ~~c~~ | d | e |
      | f |
      """
    let expected: [Block] = [
      .heading(level: 1, [.text("A "), .emphasis([.text("b")])], line: 5),
      .paragraph(
        [.text("para "), .code("c"), .softBreak, .text("next"), .lineBreak, .text("line")], line: 7),
      .code(language: "swift", text: "let a\n", line: 11),
      .list(
        start: 3, isTight: true,
        items: [
          .init(
            isDone: nil,
            blocks: [
              .paragraph([.text("one")], line: 15),
              .list(
                start: nil, isTight: true,
                items: [
                  .init(isDone: true, blocks: [.paragraph([.text("done")], line: 16)], line: 16),
                  .init(isDone: false, blocks: [.paragraph([.text("open")], line: 17)], line: 17),
                ], line: 16),
            ], line: 15),
          .init(isDone: nil, blocks: [.paragraph([.text("two")], line: 18)], line: 18),
        ], line: 15),
      .quote([.paragraph([.text("quote")], line: 20)], line: 20),
      .thematicBreak(line: 22),
      .table(
        .init(
          alignments: [.left, .right], header: [[.text("a")], [.text("b")]],
          rows: [
            [[.strikethrough([.text("c")])], [.text("d")]], [[.text("f")], []],
          ], line: 24)),
    ]
    #expect(MarkdownDocument(text, line: 5).blocks == expected)
  }

  @Test func readsInlinesAsValues() {
    let text = "**a** [b](https://c.example \"t\") ![d](e.png) [x](javascript:y) <i>z</i>"
    let expected: [Block] = [
      .paragraph(
        [
          .strong([.text("a")]), .text(" "),
          .link(url: "https://c.example", title: "t", [.text("b")]), .text(" "),
          .image(url: "e.png", title: "", [.text("d")]), .text(" x z"),
        ], line: 1)
    ]
    #expect(MarkdownDocument(text).blocks == expected)
  }

  @Test func givesPlainText() {
    let text = "# A *b*\n\n- c\n- d [e](f)\n\n```\ncode\n```\n\n| g | h |\n|---|---|\n| i | j |\n"
    #expect(MarkdownDocument(text).plainText == "A b\nc\nd e\ncode\ng\th\ni\tj")
  }

  @Test func keepsTextOverTheLimitsAsPlainText() {
    let wide = String(repeating: "a|", count: 20_000)
    let table = wide + "\n" + String(repeating: "-|", count: 20_000) + "\n"
    let deep = String(repeating: "> ", count: 2_000) + "x"
    let open = String(repeating: "![[]()", count: 50_000)
    let large = String(repeating: "words\n", count: 170_000)
    for text in [table, deep, open, large] {
      let document = MarkdownDocument(text)
      let isPlain = document.isPlain
      #expect(isPlain)
      let plain = document.plainText
      #expect(plain == text)
      let blocks = document.blocks
      #expect(blocks == [.paragraph([.text(text)], line: 1)])
      let html = document.safeHTML()
      #expect(html.hasPrefix("<pre>"))
    }
    let isSmallPlain = MarkdownDocument("a <b>").isPlain
    #expect(!isSmallPlain)
    #expect(
      MarkdownDocument("a <script>" + open).safeHTML().hasPrefix("<pre>a &lt;script&gt;![[]()"))
  }

  @Test func flattensDeepInlines() {
    let text =
      String(repeating: "*a **b ", count: 5_000) + String(repeating: "c** d*", count: 5_000)
    let document = MarkdownDocument(text)
    #expect(document.plainText.filter { $0 == "a" }.count == 5_000)
    #expect(document.blocks.count == 1)
  }

  @Test func repairsInvalidUTF8() {
    #expect(MarkdownDocument([0x61, 0xFF, 0x62]).plainText == "a\u{FFFD}b")
  }

  @Test func parsesFromManyThreads() async {
    let text = String(repeating: "~~a~~ **b** www.c.example | d\n\n", count: 50)
    let expected = MarkdownDocument(text).safeHTML()
    await withTaskGroup(of: String.self) { group in
      for _ in 0..<200 { group.addTask { MarkdownDocument(text).safeHTML() } }
      for await html in group { #expect(html == expected) }
    }
  }
}
