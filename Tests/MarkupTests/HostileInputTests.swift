import TestSupport
import Testing

@testable import Markup

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

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
      Self.expectLinear(pattern.debugDescription + suffix) { size in
        Self.repeated(pattern, size) + Array(suffix.utf8)
      }
    }
  }

  @Test func scansRandomHostileTextInLinearTime() {
    var random = SeededGenerator(seed: 17)
    for _ in 0..<60 {
      let pattern = Self.pattern(&random)
      Self.expectLinear(pattern.debugDescription) { Self.repeated(pattern, $0) }
    }
  }

  @Test func scansDeepNestsInLinearTime() {
    for (open, close) in [("> ", ""), ("- ", ""), ("![", "](u)"), ("[", "](u)"), ("*a ", " b*")] {
      Self.expectLinear(open) { size in
        let count = size / 8
        let text =
          String(repeating: open, count: count) + "x" + String(repeating: close, count: count)
        return Array("# \(text)\n\(text)\(String(repeating: "\n\n", count: count))".utf8)
      }
    }
    Self.expectLinear("uses of a long definition") { size in
      let long = "[a]: <" + String(repeating: "u", count: size / 2) + ">\n\n"
      return Array((long + String(repeating: "[a] ", count: size / 8)).utf8)
    }
  }

  @Test func scansWideTablesInLinearTime() {
    for cell in ["a|", "[a](b)|", "`|", "#a|", "^a|", "[[a\\|b]]|", "http://a|"] {
      Self.expectLinear(cell) { size in
        let count = size / (cell.utf8.count * 3 + 2)
        let row = String(repeating: cell, count: count) + "\n"
        let rule = String(repeating: "-|", count: count) + "\n"
        return Array((row + rule + row + row).utf8)
      }
    }
  }

  /// Texts of the shapes that are published for parsers of this family, of any size.
  static let shapes: [String: @Sendable (Int) -> [UInt8]] = [
    "a table of very many columns": { size in
      Array(
        (String(repeating: "a|", count: size / 4) + "\n" + String(repeating: "-|", count: size / 4)
          + "\n").utf8)
    },
    "images that never close": { repeated("![[]()", $0) },
    "tables that begin inside a paragraph": { repeated("<a\n$a|a\n-|\n", $0) },
    "one long definition, used often": { size in
      Array(
        ("[a]: " + String(repeating: "u", count: size / 2) + "\n\n"
          + String(repeating: "[a] ", count: size / 8)).utf8)
    },
    "very many definitions": { size in
      Array((0..<size / 12).map { "[a\($0)]: u\n" }.joined().utf8)
    },
    "very many footnotes": { size in
      Array((0..<size / 24).map { "[^\($0)] and\n\n[^\($0)]: u\n\n" }.joined().utf8)
    },
    "quotes in quotes": { repeated(">", $0) },
    "lists in lists": { size in
      var text: [UInt8] = []
      var depth = 0
      while text.count < size {
        text += Array(repeating: 0x20, count: depth) + Array("- a\n".utf8)
        depth += 2
      }
      return text
    },
    "emphasis that never ends": { repeated("*a **b _c ", $0) },
    "runs of backticks, each longer": { size in
      var text: [UInt8] = []
      var length = 1
      while text.count < size {
        text += Array(repeating: UInt8(ascii: "`"), count: length) + [UInt8(ascii: "a")]
        length += 1
      }
      return text
    },
    "addresses without end": { repeated("a@a.b", $0) + repeated("<a@b.c", $0 / 2) },
    "brackets": { repeated("[", $0) }, "links in links": { repeated("[a](<b", $0) },
    "a line of quotation marks": { repeated("\"'", $0) },
  ]

  @Test(arguments: shapes.keys.sorted()) func parsesPublishedShapesInBoundedTime(
    name: String
  ) throws {
    let make = try #require(Self.shapes[name])
    for size in [40_000, 300_000, 990_000] { Self.expectBounded(name, make(size)) }
  }

  @Test func parsesHostileTextInBoundedTime() {
    for pattern in Self.patterns {
      Self.expectBounded(pattern.debugDescription, Self.repeated(pattern, 100_000))
    }
    var random = SeededGenerator(seed: 23)
    for _ in 0..<40 {
      let pattern = Self.pattern(&random)
      Self.expectBounded(pattern.debugDescription, Self.repeated(pattern, 200_000))
    }
  }

  /// What no limit foresees ends all the same: the trial is a process, which the kernel stops.
  @Test func theParserIsNeverGivenWhatItCannotFinish() {
    for name in [
      "a table of very many columns", "images that never close",
      "tables that begin inside a paragraph",
    ] {
      let bytes = Self.shapes[name]!(300_000)
      #expect(bytes.withUnsafeBufferPointer { Tree($0) } == nil, "\(name)")
      #expect(Self.isPlain(bytes), "\(name)")
    }
    let references = Self.shapes["one long definition, used often"]!(900_000)
    #expect(Self.isPlain(references), "it would be 50 GB of HTML")
    let fewer = Self.shapes["one long definition, used often"]!(20_000)
    #expect(Self.isPlain(fewer), "it would be 25 MB of HTML")
    let ordinary = Self.repeated("[a] [b][a] [c](https://example.org/a/long/way) ", 5_000)
    #expect(!Self.isPlain(ordinary + Array("\n\n[a]: https://example.org \"A\"\n".utf8)))
    let harmless = Self.repeated("# A heading\n\nSome *words*, a [link](u), `code`.\n\n", 900_000)
    #expect(!Self.isPlain(harmless))
  }

  @Test func randomBytesNeverTrapAndRangesAscendInsideTheInput() {
    var random = SeededGenerator(seed: 5)
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

  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    let document = MarkdownDocument(bytes)
    return document.isPlain
  }

  /// Pieces of hostile text put together at random.
  static func pattern(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in patterns.randomElement(using: &random)! }
      .joined()
  }

  /// Four times the text costs about four times the processor; sixteen times is what squares cost.
  static func expectLinear(_ name: String, _ make: (Int) -> [UInt8]) {
    let texts = [15_000: make(15_000), 60_000: make(60_000)]
    let growth = ProcessorTime.growth(from: 15_000) { _ = MarkdownScan(texts[$0] ?? []) }
    #expect(growth < 8, "\(name): four times the text took \(growth) times as long")
  }

  /// A document is made, whole or plain, and written as HTML and text, within few seconds of the
  /// processor: the trial's child has its own limit, and what passed it is as quick again.
  static func expectBounded(_ name: String, _ bytes: [UInt8]) {
    let start = ProcessorTime.now
    let document = MarkdownDocument(bytes)
    _ = document.safeHTML()
    if bytes.count <= 200_000 { _ = document.plainText }
    let time = ProcessorTime.now - start
    #expect(time < 4 * Double(MarkdownDocument.Limits.seconds), "\(name)")
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
