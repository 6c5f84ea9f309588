import TestSupport
import Testing

@testable import Notes

@Suite struct YAMLTextTests {
  private func read(_ yaml: String) -> YAMLNode? { try? YAMLParser.parse(Array(yaml.utf8)) }

  @Test(arguments: [
    "plain", "two words", "it's", "a: b", "a #b", "#a", "- a", "-", "?", "", " ", "a ", " a",
    "null",
    "~", "True", "no", "2026-11-22", "2026-11-22T10:00:00Z", "1", "1.5", "1e5", "0x1F", "0X1f",
    "0o17", "0b11", "1_000", ".5", "+1", "+.inf", ".NaN", "12:30:45", "[a]", "{a}", "a,b", "a]",
    "&a",
    "*a", "!a", "|", ">", "'", "\"", "%a", "@a", "`a`", "a:", "a\nb", "a\tb", "a\\b", "a\u{7}b",
    "a\u{85}b", "a\u{2028}b", "\u{FEFF}a", "a\u{FFFF}b", "a\u{FFFE}", "日記", "🎉", "---", "...", "=",
    "<<", "a\u{0}b", "::", "http://x/y", "a?b", "[[link]]", "\u{1F}", "\u{E000}",
  ])
  func textsMeanThemselves(text: String) {
    let block = read("key: \(YAMLText.blockScalar(text))\nnext: 1\n")
    #expect(block?["key"]?.text == text)
    #expect(block?["next"]?.text == "1")
    let flow = read("key: [\(YAMLText.flowScalar(text)), end]\n")
    #expect(flow?["key"]?.texts == [text, "end"])
    #expect(!YAMLText.blockScalar(text).contains("\n"))
  }

  @Test func randomTextsMeanThemselves() {
    var generator = SeededGenerator(seed: 21)
    let pieces = Array("-?:,[]{}#&*!|>'\"%@`\\ \n\t\rab19é.~=<\u{85}\u{2028}\u{FEFF}🎉\u{0}\u{1B}")
      .map(String.init)
    for _ in 0..<3_000 {
      let text = generator.text(of: pieces, upTo: 8)
      #expect(read("key: \(YAMLText.blockScalar(text))")?["key"]?.text == text)
      #expect(read("key: [\(YAMLText.flowScalar(text))]")?["key"]?.texts == [text])
    }
  }

  @Test(arguments: [
    "1", "1.5", "-1", "+1", "1e5", "1E5", "0x1F", "0X1F", "0o17", "0b101", "1_000", ".inf", "+.inf",
    "-.INF", ".nan", "true", "No", "y", "N", "ON", "null", "~", "2026-11-22",
    "2026-11-22T10:00:00Z",
    "2026-11-22t10:00:00+01:00", "12:30", "",
  ])
  func quotesWhatWouldBeReadAsSomethingElse(text: String) {
    #expect(YAMLText.blockScalar(text).first == "\"")
  }

  @Test(arguments: [
    "word", "two words", "it's", "1st", "3d-printing", "v1.2.3", "a:b", "C++", "2fa", "日記", "b/c",
    "24h clock",
  ])
  func leavesBareWhatNeedsNoQuotes(text: String) { #expect(YAMLText.blockScalar(text) == text) }

  @Test(arguments: [
    ("airflow", "airflow"), ("#airflow", "airflow"), ("a/b-c_d", "a/b-c_d"), ("日記", "日記"),
    ("y1984", "y1984"), ("🎉", "🎉"), ("👩‍💻", "👩‍💻"), ("naïve", "naïve"), ("हिन्दी", "हिन्दी"),
  ])
  func takesTags(text: String, expected: String) throws {
    #expect(try TagName(text).description == expected)
  }

  @Test(arguments: [
    "", "#", "##a", "a#b", "a*b", "1984", "1/2", "-", "_", "/", "a/", "/a", "a//b", "a b", "a,b",
    "a.b", "a:b", "a\nb", "[a]", "\"a\"", "a\u{0}",
  ])
  func refusesWhatIsNoTag(text: String) {
    #expect(throws: VaultError.badTag(text)) { try TagName(text) }
  }
}
