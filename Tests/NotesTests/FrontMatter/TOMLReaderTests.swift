import TestSupport
import Testing

@testable import Notes

@Suite struct TOMLReaderTests {
  private func parse(_ text: String) throws(YAMLError) -> YAMLNode? {
    try TOMLReader.parse(Array(text.utf8), lineOffset: 0)
  }

  /// A value as a short text: `[a, b]`, `{k=v}`, `text`.
  private func shape(_ node: YAMLNode?) -> String {
    guard let node else { return "-" }
    switch node.value {
    case .scalar(let text, _): return text
    case .sequence(let items, _): return "[" + items.map(shape).joined(separator: ", ") + "]"
    case .mapping(let entries, _):
      return "{" + entries.map { "\($0.name)=\(shape($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  @Test(arguments: [
    ("", "-"), ("# comment\n", "-"), ("a = 1", "{a=1}"), ("a=\"x\"", "{a=x}"),
    ("a = 'C:\\new'", "{a=C:\\new}"), ("a = \"t\\t\\\"\\u00e9\\U0001F389\"", "{a=t\t\"é🎉}"),
    ("a = \"\"\"\none\ntwo\"\"\"", "{a=one\ntwo}"), ("a = '''x'y'''", "{a=x'y}"),
    ("a = \"\"\"one \\\n   two\"\"\"", "{a=one two}"), ("a = \"\"", "{a=}"),
    ("a = true # why\nb = 2026-11-22", "{a=true, b=2026-11-22}"),
    ("a = 2026-11-22T10:00:00Z\r\nb = 1.5\r\n", "{a=2026-11-22T10:00:00Z, b=1.5}"),
    ("tags = [\"a\", 'b',\n  \"c\", # last\n]", "{tags=[a, b, c]}"), ("a = []", "{a=[]}"),
    ("a = [[1, 2], [3]]", "{a=[[1, 2], [3]]}"), ("a = {x = 1, y.z = 2}", "{a={x=1, y={z=2}}}"),
    ("a.b.c = 1\na.b.d = 2", "{a={b={c=1, d=2}}}"), ("\"quoted key\" = 1", "{quoted key=1}"),
    ("'a.b' = 1", "{a.b=1}"),
    (
      "[params]\nlevel = 3\n[params.deep]\nx = 1",
      "{params={level=3, deep={x=1}}}"
    ), ("clé = 'ü'", "{clé=ü}"),
    ("[ a . b ]\nc = 1", "{a={b={c=1}}}"),
  ])
  func readsWhatFrontMatterUses(text: String, expected: String) throws {
    #expect(shape(try parse(text)) == expected)
  }

  @Test(arguments: [
    ("a", 1, 2), ("a =", 1, 4), ("= 1", 1, 1), ("a = \"x", 1, 7), ("a = \"x\ny\"", 1, 7),
    ("a = 1\nb = [1, 2", 2, 10), ("a = {x = 1", 1, 11), ("a = {x}", 1, 7), ("[a", 1, 3),
    ("[[a]\nb = 1", 1, 5), ("a = 'x' y", 1, 9), ("a = \"\\q\"", 1, 8), ("a = \"\\u12\"", 1, 8),
    ("a = \"\\uD800\"", 1, 8), ("a = \"\\u+123\"", 1, 8), ("é = \"x\" y", 1, 10), ("a. = 1", 1, 4),
    ("a = \"\\", 1, 7), ("a = '''x''", 1, 11), ("a = ]", 1, 5),
  ])
  func saysWhereItIsWrong(text: String, line: Int, column: Int) {
    let error = #expect(throws: YAMLError.self) { try parse(text) }
    #expect(error?.position == TextPosition(line: line, column: column))
  }

  @Test func aKeyGivenTwiceIsFoundTwice() throws {
    let frontMatter = FrontMatter(Array("+++\na = 1\nb = 2\na = 3\n+++\n".utf8))
    #expect(frontMatter.duplicateKeys.map(\.name) == ["a"])
    #expect(frontMatter.duplicateKeys.first?.position == TextPosition(line: 4, column: 1))
  }

  @Test func rangesAreThoseOfTheBytes() throws {
    let text = "títle = \"é\"\ntags = ['ж', 2]\n"
    let root = try #require(try parse(text))
    let bytes = Array(text.utf8)
    func source(_ node: YAMLNode) -> String { String(decoding: bytes[node.range], as: UTF8.self) }
    #expect(root.entries.map { source($0.value) } == ["\"é\"", "['ж', 2]"])
    #expect(root["tags"]?.items.map(source) == ["'ж'", "2"])
    #expect(root["tags"]?.position == TextPosition(line: 2, column: 8))
  }

  @Test(arguments: [
    "a = " + String(repeating: "[", count: 200_000),
    "a = " + String(repeating: "{a=", count: 100_000),
    String(repeating: "a.", count: 200_000) + "a = 1",
    "[" + String(repeating: "a.", count: 200_000) + "a]",
    (0..<20_000).map { "k\($0) = 1\n" }.joined(),
    "a = [" + String(repeating: "1,", count: 20_000) + "]",
    "a = \"" + String(repeating: "x", count: 1 << 20) + "\"",
  ])
  func refusesWhatIsMadeToExhaustMemory(text: String) {
    #expect(throws: YAMLError.self) { try parse(text) }
  }

  @Test func readsFourThousandKeysQuickly() throws {
    let value = String(repeating: "x", count: 80)
    let growth = try ProcessorTime.growth(from: 1_000) { size in
      let text = (0..<size).map { "key\($0) = \"\(value)\"\n" }.joined()
      let count = try parse(text)?.entries.count
      #expect(count == size)
    }
    #expect(growth < 8, "four times the keys took \(growth) times as long")
  }
}
