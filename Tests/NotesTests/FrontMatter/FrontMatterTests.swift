import Markup
import Testing

@testable import Notes

@Suite struct FrontMatterTests {
  struct Block: Sendable {
    var text: String
    var format: FrontMatter.Format
    var title: String?
    var body: String
    var line: Int
  }

  @Test(arguments: [
    Block(text: "---\ntitle: A\n---\nbody", format: .yaml, title: "A", body: "body", line: 4),
    Block(text: "---\ntitle: A\n...\nbody", format: .yaml, title: "A", body: "body", line: 4),
    Block(text: "--- \t\ntitle: A\n---  \nb", format: .yaml, title: "A", body: "b", line: 4),
    Block(text: "\u{FEFF}---\ntitle: A\n---\nb", format: .yaml, title: "A", body: "b", line: 4),
    Block(
      text: "---\r\ntitle: A\r\n---\r\nbody\r\n", format: .yaml, title: "A", body: "body\r\n",
      line: 4),
    Block(text: "---\n---\nbody", format: .yaml, title: nil, body: "body", line: 3),
    Block(text: "---\n# only this\n---\nbody", format: .yaml, title: nil, body: "body", line: 4),
    Block(text: "---\ntitle: A\n---", format: .yaml, title: "A", body: "", line: 3),
    Block(text: "---\n{\"title\": \"A\"}\n---\nb", format: .yaml, title: "A", body: "b", line: 4),
    Block(text: "+++\ntitle = \"A\"\n+++\nb", format: .toml, title: "A", body: "b", line: 4),
    Block(text: "+++\r\ntitle = 'A'\r\n+++\r\nb", format: .toml, title: "A", body: "b", line: 4),
    Block(
      text: "{\n  \"title\": \"A }\",\n  \"tags\": [\"x\"]\n}\nb", format: .json, title: "A }",
      body: "b", line: 5),
    Block(text: "{}\nbody", format: .json, title: nil, body: "body", line: 2),
  ])
  func readsTheBlockAtTheTop(_ block: Block) {
    let bytes = Array(block.text.utf8)
    let frontMatter = FrontMatter(bytes)
    #expect(frontMatter.format == block.format)
    #expect(frontMatter.error == nil)
    #expect(frontMatter.value("title")?.text == block.title)
    #expect(String(decoding: bytes[frontMatter.bodyStart...], as: UTF8.self) == block.body)
    #expect(frontMatter.bodyLine == block.line)
  }

  @Test(arguments: [
    "", "body", "text\n---\ntitle: A\n---\n", "\n---\ntitle: A\n---\n", " ---\ntitle: A\n---\n",
    "---\ntitle: never closed\n", "----\ntitle: A\n----\n", "---title: A\n---\n", "---",
    "+++\ntitle = 1\n---\n", "---\nA paragraph between breaks.\n---\nmore", "--\ntitle: A\n--\n",
    "{{< shortcode >}}\ntext", "{ not json", "{\"a\": 1} text behind", "{\"a\": 1",
  ])
  func whatIsNoBlockIsText(_ text: String) {
    let frontMatter = FrontMatter(Array(text.utf8))
    #expect(frontMatter.format == .none)
    #expect(frontMatter.bodyStart == 0)
    #expect(frontMatter.bodyLine == 1)
    #expect(frontMatter.error == nil)
  }

  @Test func theBodyOfAnUnclosedBlockIsTheWholeFile() {
    let read = note("---\ntitle: A\n\n# Heading\n")
    #expect(read.title == "Heading")
    #expect(read.markdown.headings.map(\.line) == [4])
  }

  struct Broken: Sendable {
    var text: String
    var line: Int
    var column: Int
  }

  @Test(arguments: [
    Broken(text: "---\ntitle: A\ntags: [a, b\n---\nbody", line: 4, column: 1),
    Broken(text: "---\ntitle: \"A\n---\nbody", line: 3, column: 1),
    Broken(text: "---\na: 1\n b: 2\n---\n", line: 3, column: 3),
    Broken(text: "---\ntitle: A\n\tb: c\n---\n", line: 3, column: 1),
    Broken(text: "---\nt: é: b\n---\n", line: 2, column: 6),
    Broken(text: "---\nt: *nobody\n---\n", line: 2, column: 4),
    Broken(text: "---\n- a\n- b\n---\n", line: 2, column: 1),
    Broken(text: "+++\ntitle = \n+++\n", line: 2, column: 9),
    Broken(text: "+++\na = 1\nb = \"open\n+++\n", line: 3, column: 10),
    Broken(text: "{\"a\": tru e,,}\n", line: 1, column: 13),
  ])
  func saysWhereABlockCannotBeRead(_ broken: Broken) throws {
    let frontMatter = FrontMatter(Array(broken.text.utf8))
    let error = try #require(frontMatter.error)
    #expect(error.position == TextPosition(line: broken.line, column: broken.column))
    #expect(frontMatter.root == nil)
    #expect(!error.reason.isEmpty)
  }

  @Test func theBodyOfABrokenBlockIsStillRead() {
    let read = note("---\ntags: [a\n---\n# Title\n\ntext #topic\n")
    #expect(read.frontMatter.error != nil)
    #expect(read.title == "Title")
    #expect(read.tags == ["topic"])
  }

  @Test func namesEveryKeyThatIsThereTwice() {
    let frontMatter = FrontMatter(
      Array("---\na: 1\nb: 2\na: 3\nc: {a: 1, a: 2}\nb: 4\n---\n".utf8))
    #expect(frontMatter.duplicateKeys.map(\.name) == ["a", "b"])
    #expect(frontMatter.duplicateKeys.map(\.position.line) == [4, 6])
    #expect(frontMatter.value("a")?.text == "1")
  }

  @Test func keysAreFoundInAnyCaseButTheirOwnFirst() {
    let frontMatter = FrontMatter(Array("---\nTITLE: big\ntitle: small\nTags: [x]\n---\n".utf8))
    #expect(frontMatter.value("title")?.text == "small")
    #expect(frontMatter.value("Title")?.text == "big")
    #expect(frontMatter.value("tags")?.texts == ["x"])
    #expect(frontMatter.value("absent", "TAGS")?.texts == ["x"])
  }

  @Test func nestedKeysAreJoinedByDots() {
    let frontMatter = FrontMatter(
      Array("---\nParams:\n  Level: 3\n  stack: [a, b]\nempty:\nlist:\n- k: v\n---\n".utf8))
    let pairs = frontMatter.flattened.map { "\($0.key)=\($0.value)" }
    #expect(pairs == ["params.level=3", "params.stack=a", "params.stack=b", "list.k=v"])
  }

  @Test func flatteningStopsAtFiveHundredPairs() {
    let lines = (0..<900).map { "k\($0): v\n" }.joined()
    #expect(FrontMatter(Array("---\n\(lines)---\n".utf8)).flattened.count == 500)
  }
}
