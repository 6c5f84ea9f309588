import Testing

@testable import Markup

/// The rules of notes that CommonMark does not know.
struct ScanRuleTests {
  struct Expected: Sendable {
    var text: String
    var links: [String]
    init(_ text: String, _ links: String...) {
      self.text = text
      self.links = links
    }
  }

  /// `kind target|fragment|label`, nil as `-`.
  static func describe(_ link: MarkdownScan.Link) -> String {
    "\(link.kind) \(link.target)|\(link.fragment ?? "-")|\(link.label ?? "-")"
  }

  @Test(arguments: [
    Expected("[[Note]]", "wikilink Note|-|-"),
    Expected("see [[Note.md]].", "wikilink Note.md|-|-"),
    Expected("[[dir/Note|alias]]", "wikilink dir/Note|-|alias"),
    Expected("[[./x]] [[../x]]", "wikilink ./x|-|-", "wikilink ../x|-|-"),
    Expected("| a |\n|---|\n| [[Note\\|alias]] |", "wikilink Note|-|alias"),
    Expected("[[Note\\|alias]]", "wikilink Note|-|alias"),
    Expected("[[Note#H1#H2]]", "wikilink Note|H1#H2|-"),
    Expected("[[#Heading]]", "wikilink |Heading|-"),
    Expected("[[Note#^block]] [[#^b]]", "wikilink Note|^block|-", "wikilink |^b|-"),
    Expected("![[img.png|100]]", "embed img.png|-|100"),
    Expected("![[a.pdf#page=3]]", "embed a.pdf|page=3|-"),
    Expected("[[[id]]] #[[id]] [[id]]#", "wikilink id|-|-", "wikilink id|-|-", "wikilink id|-|-"),
    Expected("[[nb:dir/Title]]", "wikilink nb:dir/Title|-|-"),
    Expected("[[ Note | the alias ]]", "wikilink Note|-|the alias"),
    Expected("[[No\nlink]] [[]] [[|x]] [[a] b]]"),
    Expected("`[[a]]` \\[[b]] <!-- [[c]] --> %% [[d]] %%"),
    Expected("[[1]](https://x.example)", "markdown https://x.example|-|[1]"),
    Expected("```\n[[a]]\n```\n\n    [[b]]\n\n<div>\n[[c]]\n</div>"),
    Expected(
      "# [[Head|line]]\n\n> [[quoted]]\n> - [[item]]",
      "wikilink Head|-|line", "wikilink quoted|-|-", "wikilink item|-|-"),
    Expected("[t](a%20b.md#my%20head)", "markdown a b.md|my head|t"),
    Expected("[t](<a b.md>)", "markdown a b.md|-|t"),
    Expected("[t](https://h.example/a%20b#c%20d)", "markdown https://h.example/a%20b|c%20d|t"),
    Expected("[t](#head)", "markdown |head|t"),
    Expected("![250](url.png)", "image url.png|-|250"),
    Expected("[![alt](i.png)](page)", "markdown page|-|![alt](i.png)", "image i.png|-|alt"),
    Expected(
      "[a][Ref] [ref][] [REF] [none][x]\n\n[ref]: /u#f 'T'",
      "reference /u|f|a", "reference /u|f|ref", "reference /u|f|REF", "definition /u|f|ref"),
    Expected("[^1] and [x]\n\n[^1]: https://foot.example/a", "autolink https://foot.example/a|-|-"),
    Expected(
      "<https://a.example> <me@b.example>",
      "autolink https://a.example|-|-", "autolink mailto:me@b.example|-|-"),
    Expected(
      "(see https://a.example/b(c).) http://d.example, xhttp://e.example",
      "autolink https://a.example/b(c)|-|-", "autolink http://d.example|-|-"),
    Expected(
      "[https://a.example](https://b.example)", "markdown https://b.example|-|https://a.example"),
    Expected("{{< ref \"https://a.example\" >}} {% link https://b.example %} {{% [x](y) %}}"),
    Expected("[t]({{< ref \"x\" >}})"),
    Expected("$[a](b)$ and $$[c](d)$$ and $5 [e](f) $6", "markdown f|-|e"),
    Expected("- [ ] [[a]]\n- [x](y)", "wikilink a|-|-", "markdown y|-|x"),
    Expected("| a | b |\n|--|--|\n| `x | [l](m)` | n |", "markdown m|-|l"),
    Expected("%%\n\n[[hidden]]\n\n# h\n\n%%\n\n[[shown]]", "wikilink shown|-|-"),
  ]) func readsLinks(expected: Expected) {
    let scan = MarkdownScan(Array(expected.text.utf8))
    #expect(scan.links.map(Self.describe) == expected.links)
  }

  @Test func placesLinksByBytes() throws {
    let text = "é\n> - x [[Nöte#h|al]] y\n>   [t](<u v>)\n"
    let bytes = Array(text.utf8)
    let links = MarkdownScan(bytes).links
    try #require(links.count == 2)
    #expect(String(decoding: bytes[links[0].range], as: UTF8.self) == "[[Nöte#h|al]]")
    #expect(String(decoding: bytes[links[0].targetRange], as: UTF8.self) == "Nöte#h")
    #expect(links[0].line == 2 && links[0].column == 7)
    #expect(String(decoding: bytes[links[1].range], as: UTF8.self) == "[t](<u v>)")
    #expect(String(decoding: bytes[links[1].targetRange], as: UTF8.self) == "u v")
    #expect(links[1].line == 3 && links[1].column == 5)
  }

  @Test(arguments: [
    ("#tag", ["tag"]), ("a #b, (#c) \"#d\" *#e*", ["b", "c", "d", "e"]),
    ("#1984 #y1984 #2024-05", ["y1984", "2024-05"]),
    ("#inbox/to-read #a/", ["inbox/to-read", "a"]),
    ("#Über #日本語 #🎉 #a🎉b", ["Über", "日本語", "🎉", "a🎉b"]), ("c# f#x a/#b ##x \\#y &#35;", []),
    ("`#a` [x](#b) <a href=\"#c\"> https://x.example/#d #e", ["e"]),
    ("# #heading\n#nospace", ["heading", "nospace"]),
    ("[[Note#frag]] #[[x]] #", []), ("```\n#a\n```\n    #b\n\n#c: d", ["c"]),
    ("“#a” ü#b –#c", ["a", "c"]),
    ("- #item\n> #quote\n\n| #a |\n|---|\n| #b |", ["item", "quote", "a", "b"]),
    ("#- #/ #_x #-a", ["_x", "-a"]),
    ("%% #no %% #yes", ["yes"]), ("[ref]: /x#y\n#z", ["z"]),
  ]) func readsTags(text: String, names: [String]) {
    #expect(MarkdownScan(Array(text.utf8)).tags.map(\.name) == names)
  }

  @Test func readsTasksWithAnyMark() {
    let text =
      "- [ ] open\n- [x] done [[a]]\n  more\n1. [-] dropped\n- [>] later\n- [xx] no\n[ ] no\n\n* [é] e\n- [y]\n\n[y]: z\n"
    let bytes = Array(text.utf8)
    let scan = MarkdownScan(bytes)
    #expect(scan.tasks.map(\.mark) == [" ", "x", "-", ">", "é"])
    #expect(scan.tasks.map(\.line) == [1, 2, 4, 5, 9])
    #expect(String(decoding: bytes[scan.tasks[1].range], as: UTF8.self) == "done [[a]]\n  more")
    #expect(bytes[scan.tasks[1].markRange.lowerBound] == UInt8(ascii: "x"))
  }

  @Test func readsBlockIDs() {
    let text =
      "para ^one\n\ntwo\nlines ^two-2\n\n- item ^three\n- other\n\n^four\n\nx^no\n\n| a |\n|-|\n| b |\n\n^five  \n\n`^six`\n"
    let ids = MarkdownScan(Array(text.utf8)).blockIDs
    #expect(ids.map(\.id) == ["one", "two-2", "three", "four", "five"])
    #expect(ids.map(\.line) == [1, 4, 6, 9, 17])
  }

  @Test func readsCallouts() {
    let text =
      "> [!NOTE] Title\n> body\n\n> [!tip]-\n> > [!Warning]+ Inner **x**\n\n> [no] x\n\n[!note] x\n"
    let bytes = Array(text.utf8)
    let callouts = MarkdownScan(bytes).callouts
    #expect(callouts.map(\.type) == ["note", "tip", "warning"])
    #expect(callouts.map(\.fold) == [nil, "-", "+"])
    #expect(callouts.map(\.line) == [1, 4, 5])
    #expect(
      callouts.map { String(decoding: bytes[$0.titleRange], as: UTF8.self) } == [
        "Title", "", "Inner **x**",
      ])
  }

  @Test(arguments: [
    ("swift", "swift"), ("Swift,linenos", "swift"), ("{.python #id}", "python"),
    ("{python}", "python"),
    ("js {1,3}", "js"), ("{ .ruby }", "ruby"), ("c++ x", "c++"), ("", ""), ("sh:title=x", "sh"),
    ("python{1}", "python"), ("diff-js", "diff-js"), ("c#", "c#"),
  ]) func namesLanguages(info: String, language: String) {
    #expect(MarkdownScan(Array("~~~\(info)\nx\n~~~".utf8)).codeBlocks.first?.language == language)
  }

  @Test func coversCodeBlocks() throws {
    let text = "- a\n  ```sh\n  x\n\n   y\n  ```\n\n    z\n```\nopen"
    let bytes = Array(text.utf8)
    let scan = MarkdownScan(bytes)
    try #require(scan.codeBlocks.count == 2)
    #expect(scan.codeBlocks[0].lines == 2...6)
    #expect(
      String(decoding: bytes[scan.codeBlocks[0].contentRange], as: UTF8.self) == "  x\n\n   y\n")
    #expect(
      String(decoding: scan.code(of: scan.codeBlocks[0], in: bytes), as: UTF8.self) == "x\n\n y\n")
    #expect(scan.codeBlocks[0].isClosed && scan.codeBlocks[0].isFenced)
    #expect(scan.codeBlocks[1].lines == 9...10 && !scan.codeBlocks[1].isClosed)
    #expect(
      String(decoding: scan.code(of: scan.codeBlocks[1], in: bytes), as: UTF8.self) == "open\n")
  }

  /// `kind:text` of each span, `+` before those that join.
  static func spans(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return MarkdownScan(bytes).spans.map {
      ($0.joinsPrevious ? "+" : "") + "\($0.kind):"
        + String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("# A `b` c #", ["heading:A ", "+inlineCode:b", "+heading: c"]),
    ("one\n> two\n> three", ["prose:one", "prose:two", "+prose:three"]),
    ("[l](u \"t\") x", ["prose:[l", "+linkTarget:u", "+prose:t", "+prose: x"]),
    ("a [[T|l]] b", ["prose:a ", "+linkTarget:T", "+prose:l", "+prose: b"]),
    ("```x\na\n\nb\n```", ["code:a", "+code:b"]), ("    i\n", ["code:i"]),
    (
      "<div class=\"a\">text</div>\n<p>",
      ["html:<div class=\"a\">", "+prose:text", "+html:</div>", "+html:<p>"]
    ),
    ("<!--\na <b>\n-->\n", ["html:<!--", "+html:a <b>", "+html:-->"]),
    (
      "<script>\nvar a = '<b>'\n</script>",
      ["html:<script>", "+html:var a = '<b>'", "+html:</script>"]
    ),
    ("x <b>y</b> $z$", ["prose:x ", "+html:<b>", "+prose:y", "+html:</b>", "+prose: ", "+math:z"]),
    ("| a | b |\n|---|---|\n| c | d |", ["prose:a", "prose:b", "prose:c", "prose:d"]),
    ("a\r\nb\r\n", ["prose:a", "+prose:b"]), ("%% c %% d", ["html:%% c %%", "+prose: d"]),
    ("- [x] do\n- it", ["prose:do", "prose:it"]),
    ("{{< f a=\"b\" >}}", ["prose:{{< f a=\"b\" >}}"]),
    ("[a]: /u 't'\ntext", ["linkTarget:/u", "+prose:t", "prose:text"]),
    ("<http://a.example> b", ["linkTarget:http://a.example", "+prose: b"]),
  ]) func givesSpans(text: String, expected: [String]) {
    #expect(Self.spans(text) == expected)
  }

  @Test func countsFromTheFrontMatter() {
    let text = "---\ntitle: x\n---\n# H\n#tag\n"
    let scan = MarkdownScan(Array(text.utf8), from: 17, line: 4)
    #expect(scan.headings.map(\.line) == [4])
    #expect(scan.headings.first?.range == 19..<20)
    #expect(scan.tags.map(\.line) == [5] && scan.tags.first?.column == 1)
  }

  @Test(arguments: [
    ("[[Target|Label]] x", "Label x"), ("[[Target]]", "Target"), ("a [l](u) b", "a l b"),
    ("`x*y*`", "x*y*"), ("<b>x</b>", "x"), ("snake_case_name", "snake_case_name"),
    ("==mark== $a_b$", "mark a_b"),
    ("![alt](i.png) t", "alt t"), ("a  b", "a b"), ("%% no %% yes", "yes"),
  ]) func stripsHeadings(content: String, text: String) {
    #expect(MarkdownScan(Array("# \(content)\n".utf8)).headings.map(\.text) == [text])
  }
}
