import TestSupport
import Testing

@testable import Notes

@Suite struct SavedPageTests {
  private func read(_ html: String) throws -> SavedPage {
    try #require(SavedPage(Array(html.utf8)))
  }

  @Test func takesTitleAndTextAndLeavesTheFrame() throws {
    let page = try read(
      """
      <!DOCTYPE html><html><head><title>Pools &amp; slots</title>
      <meta name="author" content="Ana"><link rel="canonical" href="https://example.com/pools">
      <style>p { color: red }</style><script>if (a < b) document.write("<p>no</p>")</script></head>
      <body><nav><a href="/">Home</a></nav><header>Site</header>
      <h1>Pools</h1>
      <p>A pool has <b>slots</b>; see
      <a href="https://example.com/x">the page</a> and <a href="/y">another</a>.</p>
      <ul><li>one<li><p>two</p></li></ul>
      <pre><code class="language-python">x = 1 &lt; 2
      y = 2
      </code></pre>
      <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>
      <footer>Imprint</footer></body></html>
      """)
    #expect(page.title == "Pools & slots")
    #expect(page.author == "Ana")
    #expect(page.url == "https://example.com/pools")
    #expect(
      page.text == """
        A pool has **slots**; see [the page](https://example.com/x) and another.

        - one
        - two

        ```python
        x = 1 < 2
        y = 2
        ```

        | a | b |
        |---|---|
        | 1 | 2\\|3 |
        """)
  }

  @Test func theArticleIsTheText() throws {
    let words = String(repeating: "words of the article ", count: 20)
    let page = try read(
      "<html><body><div>menu menu</div><article><p>\(words)</p></article><div>more</div></body>")
    #expect(page.text == words.dropLast())
  }

  @Test(arguments: ["plain text", "# Markdown", "{\"a\": 1}", "", "<p>a part of a page</p>"])
  func whatIsNoPageIsNone(text: String) { #expect(SavedPage(Array(text.utf8)) == nil) }

  @Test func latin1IsRead() throws {
    let bytes = Array("<html><body><p>caf".utf8) + [0xE9] + Array("</p></body></html>".utf8)
    #expect(SavedPage(bytes)?.text == "café")
  }

  @Test func anythingIsReadQuickly() {
    var generator = SeededGenerator(seed: 5)
    let pieces = [
      "<html>", "<p", ">", "</p>", "<!--", "-->", "<script>", "</script>", "&amp", ";", "\"", "=",
      "<a href=", "<li>", "<table>", "<td>", "<pre>", "text", "\n", "<", "é", "</",
    ]
    for _ in 0..<1_000 {
      _ = SavedPage(Array(("<html>" + generator.text(of: pieces, upTo: 60)).utf8))
    }
    let deep = "<html>" + String(repeating: "<ul><li>x", count: 20_000)
    _ = SavedPage(Array(deep.utf8))
  }
}
