import TestSupport
import Testing

@testable import Notes

@Suite struct YAMLParserTests {
  private func parse(_ text: String) throws(YAMLError) -> YAMLNode? {
    try YAMLParser.parse(Array(text.utf8))
  }

  /// The bytes of a value, as they stand in the text.
  private func source(_ node: YAMLNode?, _ text: String) -> String? {
    node.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
  }

  @Test(arguments: [
    "title: plain\ntags: [a, b]\n",
    "tïtle: naïve — text 🎉\ntags: [é, \"ü, x\", 日本]\n",
    "# ж\r\ntitle: 'quoted 🎉'\r\ntags: [\u{1F468}\u{200D}\u{1F469}, 語]\r\n",
  ])
  func rangesAreThoseOfTheBytes(text: String) throws {
    let root = try #require(try parse(text))
    let bytes = Array(text.utf8)
    for entry in root.entries {
      #expect(source(entry.key, text) == entry.name)
      for item in entry.value.items {
        let written = try #require(source(item, text))
        #expect(written == item.text || written == "\"\(item.text ?? "")\"")
        let before = bytes[..<item.range.lowerBound]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        #expect(item.position == TextPosition(line: line, column: before.count - start + 1))
      }
    }
    #expect(source(root.entries.last?.value, text)?.first == "[")
    #expect(source(root.entries.last?.value, text)?.last == "]")
  }

  @Test func linesAreThoseOfLineFeedsOnly() throws {
    let text = "a: \"x\u{2028}y\u{85}z\"\nb: 1\n"
    let root = try #require(try parse(text))
    #expect(root.entries.last?.key.position == TextPosition(line: 2, column: 1))
  }

  @Test func lineOffsetMovesEveryPosition() throws {
    let node = try YAMLParser.parse(Array("a: 1\nb: 2\n".utf8), lineOffset: 10)
    #expect(node?.entries.map(\.key.position.line) == [11, 12])
    let failure = #expect(throws: YAMLError.self) {
      try YAMLParser.parse(Array("a: [\n".utf8), lineOffset: 10)
    }
    #expect((failure?.position.line ?? 0) >= 11)
  }

  @Test(
    arguments: [
      ("", nil), ("# comment\n", nil), ("~", ""), ("null", ""), ("'null'", "null"),
      ("text", "text"),
      ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"), ("\"a\\u00e9\"", "aé"),
    ] as [(String, String?)])
  func readsScalars(text: String, expected: String?) throws {
    let node = try parse(text)
    if let expected {
      #expect((node?.text ?? "") == expected)
      #expect(node?.isNull == expected.isEmpty)
    } else {
      #expect(node == nil)
    }
  }

  @Test(
    arguments: [
      ("yes", true), ("True", true), ("on", true), ("no", false), ("FALSE", false), ("off", false),
      ("1", nil), ("maybe", nil), ("", nil),
    ] as [(String, Bool?)])
  func readsTruth(text: String, expected: Bool?) throws {
    #expect(try parse("k: \(text)")?["k"]?.bool == expected)
  }

  @Test func aliasesStandForTheirAnchor() throws {
    let root = try #require(try parse("a: &x [1, 2]\nb: *x\nc: &y text\nd: *y\n"))
    #expect(root["b"]?.texts == ["1", "2"])
    #expect(root["d"]?.text == "text")
  }

  @Test func refusesMoreThanAMegabyte() throws {
    let line = "k: " + String(repeating: "x", count: 1 << 20)
    #expect(throws: YAMLError.self) { try parse(line) }
    #expect(try parse(String(line.prefix(1 << 20)))?["k"] != nil)
  }

  @Test(arguments: [
    String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    String(repeating: "{a: ", count: 40) + "1" + String(repeating: "}", count: 40),
    (0..<40).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    String(repeating: "- ", count: 20_000) + "x",
    String(repeating: "[", count: 500_000), String(repeating: "{", count: 500_000),
    String(repeating: "? ", count: 200_000),
  ])
  func refusesTooManyLevels(text: String) {
    #expect(throws: YAMLError.self) { try parse(text) }
  }

  @Test func takesThirtyLevels() throws {
    let text = String(repeating: "[", count: 30) + String(repeating: "]", count: 30)
    #expect(try parse(text) != nil)
  }

  @Test func refusesTooManyValues() throws {
    let many = "a: [" + String(repeating: "x,", count: 10_001) + "]"
    #expect(throws: YAMLError.self) { try parse(many) }
    let enough = "a: [" + String(repeating: "x,", count: 9_000) + "]"
    #expect(try parse(enough)?["a"]?.items.count == 9_000)
  }

  @Test func refusesABillionLaughs() {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1..<10 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(throws: YAMLError.self) { try parse(text) }
  }

  @Test func refusesALongTextRepeatedByAliases() {
    let long = String(repeating: "ha ", count: 100_000)
    let aliases = Array(repeating: "*x", count: 400).joined(separator: ", ")
    #expect(throws: YAMLError.self) { try parse("a: &x \"\(long)\"\nb: [\(aliases)]\n") }
  }

  @Test func readsALongLineOfManyValuesQuickly() throws {
    let item = "\"" + String(repeating: "x", count: 100) + "\","
    let growth = try ProcessorTime.growth(from: 2_000) { size in
      let text = "a: [" + String(repeating: item, count: size) + "]"
      let count = try parse(text)?["a"]?.items.count
      #expect(count == size)
    }
    #expect(growth < 8, "four times the values took \(growth) times as long")
  }
}
