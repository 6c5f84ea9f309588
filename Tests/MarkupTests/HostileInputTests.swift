import Testing

@testable import Markup

/// No input makes the scanner or the documents slow, or trap.
struct HostileInputTests {
  static let patterns: [String] = [
    "![[]()", "[", "[[", "![", "![[", "[[[[a", "[a](", "[a](b \"", "[a](<b", "](", "[a][", "[]",
    "[a](b 'c ", "[a](b (c ", "[[a]]", "![[a|b]]", "`", "`` `", "\\`", "`a``b```", "*", "_a *b ",
    "**a *b ", "<", "<a ", "<a b=\"", "<!--", "<?", "<!A", "<![CDATA[", "<a:", "</", "<a@",
    "http://",
    "https://((", "://", "www.a", "#", "#a", "$", "$$", "$a", "%%", "%% ", "{{<", "{%", "{{< a ",
    "> ", ">", "- ", "* ", "1. ", "+ - ", "> - ", "- a\n", "\n", "\t", " ", "|", "a|", "|-", "-|",
    "| a | b |\n|---|---|\n", "|-|\n", "a\n-|\n", "-\n", "=\n", "a\n=\n", "#\n", "# *a\n", "```\n",
    "~~~ a\n", "[a]: b\n", "[a]: b \"\n", "[a]: <", "[a\n", "![a](b)\n", "[^1]: a\n", "<div>\n",
    "<pre>\n", "<!--\n", "%%\n", "%%\n\n", "^a\n", " ^a", "- [ ] a\n", "- [x", "> [!a]\n", "\\",
    "\\\\",
    "&amp;", "&", "&#", "a\\\n", "\u{0}", "\u{FEFF}", "é", "#é", "\r", "\r\n", "a ", "[a]", "![a]",
    "> > a\n", "    a\n\n", "- \n\n", "[a](b\n", "~a", "~~a ", "==a ", "<a\n", ":a:", "a_",
    "a@b.c ",
  ]

  @Test(arguments: patterns) func scansInLinearTime(pattern: String) {
    for suffix in ["", "](u)\n\n[a]: b\n"] {
      let bytes = Self.repeated(pattern, 60_000) + Array(suffix.utf8)
      let time = ContinuousClock().measure { _ = MarkdownScan(bytes) }
      // Debug builds on a busy machine; quadratic time would be minutes.
      #expect(time < .seconds(2), "\(pattern.debugDescription)")
    }
  }

  @Test func scansDeepNestsInLinearTime() {
    for (open, close) in [("> ", ""), ("- ", ""), ("![", "](u)"), ("[", "](u)"), ("*a ", " b*")] {
      let text =
        String(repeating: open, count: 30_000) + "x" + String(repeating: close, count: 30_000)
      let bytes = Array((text + String(repeating: "\n\n", count: 30_000)).utf8)
      let time = ContinuousClock().measure { _ = MarkdownScan(Array("# \(text)\n".utf8) + bytes) }
      #expect(time < .seconds(3), "\(open)")
    }
    let long = "[a]: <" + String(repeating: "u", count: 100_000) + ">\n\n"
    let time = ContinuousClock().measure {
      _ = MarkdownScan(Array((long + String(repeating: "[a] ", count: 50_000)).utf8))
    }
    #expect(time < .seconds(3))
  }

  @Test func scansWideTablesInLinearTime() {
    for cell in ["a|", "[a](b)|", "`|", "#a|", "^a|", "[[a\\|b]]|", "http://a|"] {
      let row = String(repeating: cell, count: 30_000) + "\n"
      let rule = String(repeating: "-|", count: 30_000) + "\n"
      let bytes = Array((row + rule + row + row).utf8)
      let time = ContinuousClock().measure { _ = MarkdownScan(bytes) }
      #expect(time < .seconds(3), "\(cell)")
    }
  }

  @Test(arguments: patterns) func parsesDocumentsInBoundedTime(pattern: String) {
    let bytes = Self.repeated(pattern, 100_000)
    let time = ContinuousClock().measure {
      let document = MarkdownDocument(bytes)
      _ = document.safeHTML()
      _ = document.plainText
    }
    #expect(time < .seconds(4), "\(pattern.debugDescription)")
  }

  @Test func randomBytesNeverTrapAndRangesAscendInsideTheInput() {
    var random = Seeded(state: 5)
    let alphabet =
      Array("[]()!#`~*_<>-=|:/\\$%{}^&\n\r\t  a1é\u{1F600}\"'.@".utf8) + [0, 0xFF, 0xC3]
    for round in 0..<6_000 {
      var bytes: [UInt8] = []
      let isText = round % 3 != 0
      for _ in 0..<Int.random(in: 0...120, using: &random) {
        bytes.append(
          isText
            ? alphabet.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random))
      }
      Self.check(MarkdownScan(bytes), bytes, 0)
      if round % 10 == 0 {
        let document = MarkdownDocument(bytes)
        _ = document.safeHTML()
        _ = document.blocks
      }
    }
    for _ in 0..<3_000 {
      let bytes = Array(RandomMarkdown.document(&random).utf8)
      let offset = Int.random(in: 0...bytes.count, using: &random)
      Self.check(MarkdownScan(bytes, from: offset), bytes, offset)
    }
  }

  static func repeated(_ pattern: String, _ count: Int) -> [UInt8] {
    let piece = Array(pattern.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + piece.count)
    while bytes.count < count { bytes += piece }
    return bytes
  }

  static func check(_ scan: MarkdownScan, _ bytes: [UInt8], _ offset: Int) {
    var last = offset
    var spansAreGood = true
    let breaks = Array(bytes.enumerated().filter { $0.element == 10 }.map(\.offset))
    for span in scan.spans {
      let crosses = bytes[span.range].contains(10)
      let line = breaks.count { $0 >= offset && $0 < span.range.lowerBound } + 1
      if span.range.lowerBound < last || span.range.isEmpty || crosses || line != span.line {
        spansAreGood = false
      }
      last = span.range.upperBound
    }
    #expect(spansAreGood && last <= bytes.count, "\(bytes)")
    func inside(_ range: Range<Int>) -> Bool {
      range.lowerBound >= offset && range.upperBound <= bytes.count
    }
    func line(of index: Int) -> Int { breaks.count { $0 >= offset && $0 < index } + 1 }
    func column(of index: Int) -> Int {
      index - max(0, (breaks.last { $0 < index } ?? -1) + 1) + 1
    }
    var lastLink = offset
    for link in scan.links {
      #expect(inside(link.range) && inside(link.targetRange), "\(bytes)")
      #expect(link.range.lowerBound >= lastLink, "\(bytes)")
      #expect(link.line == line(of: link.range.lowerBound), "\(link) \(bytes)")
      #expect(link.column == column(of: link.range.lowerBound), "\(link) \(bytes)")
      lastLink = link.range.lowerBound
    }
    var lastTag = offset
    for tag in scan.tags {
      #expect(inside(tag.range) && tag.range.lowerBound >= lastTag, "\(bytes)")
      #expect(tag.line == line(of: tag.range.lowerBound), "\(tag) \(bytes)")
      #expect(tag.column == column(of: tag.range.lowerBound), "\(tag) \(bytes)")
      lastTag = tag.range.upperBound
    }
    var lastHeading = offset
    for heading in scan.headings {
      #expect(inside(heading.range) && heading.range.lowerBound >= lastHeading, "\(bytes)")
      #expect(heading.line == line(of: heading.range.lowerBound), "\(heading) \(bytes)")
      lastHeading = heading.range.upperBound
    }
    var lastCode = offset
    for block in scan.codeBlocks {
      #expect(inside(block.contentRange) && block.contentRange.lowerBound >= lastCode, "\(bytes)")
      lastCode = block.contentRange.upperBound
      _ = scan.code(of: block, in: bytes)
    }
    for task in scan.tasks { #expect(inside(task.range) && inside(task.markRange), "\(bytes)") }
    for callout in scan.callouts { #expect(inside(callout.titleRange), "\(bytes)") }
    let lineCount = breaks.count + 1
    for id in scan.blockIDs { #expect((1...lineCount).contains(id.line), "\(bytes)") }
  }
}
