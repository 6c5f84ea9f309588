import Foundation
import TestSupport
import Testing

@testable import FullText
@testable import Notes

/// Whatever somebody types is a search: no error, no crash, and an answer in time.
@Suite struct HostileQueryTests {
  private static let index = Result {
    let vault = try TestVault([
      "snippets/plus.md":
        "# C++ and a-b\n\nUse `--dry-run`, C++, a-b, x:y, 50% of $HOME; OR, NOT, AND.",
      "troubleshooting/quotes.md":
        "# \"Quoted\"\n\nAn \"unbalanced quote and (brackets [and {braces.",
      "documentation/emoji.md":
        "---\ntags: [a/b]\nrating: 4\n---\n# 🚀 Launch\n\nŞimşek 日本語 naïve 🚀 👩‍💻.",
    ])
    return (vault, try vault.index())
  }

  private func search(_ text: String) throws {
    let (_, index) = try Self.index.get()
    for isTyping in [false, true] {
      let found = try NoteSearch(index).run(
        text, filter: nil, limit: 5, explaining: text.utf8.count < 64, isTyping: isTyping)
      #expect(found.hits.count <= 5 && found.total >= found.hits.count)
    }
    _ = try NoteSearch(index).documents(text, filter: nil)
  }

  private static let punctuation = (0x21...0x7E).compactMap { Unicode.Scalar($0) }
    .filter { !$0.properties.isAlphabetic && $0.properties.numericType == nil }.map(String.init)

  @Test func eachSignAloneAndInPairsIsASearch() throws {
    #expect(Self.punctuation.count == 32)
    for first in Self.punctuation {
      try search(first)
      try search("run\(first)")
      try search("\(first)run")
      try search("a\(first)b")
      for second in Self.punctuation {
        try search(first + second)
        try search("\(first)x\(second)")
      }
    }
  }

  @Test(arguments: [
    "C++", "a-b", "\"unbalanced", "OR", "NOT", "AND", ":", "*", "🚀", "👩‍💻👩‍💻", "\u{0}", "a\u{0}b", "",
    " ", "\n\t", "-", "--", "-rf", "--dry-run", "~", "~2", "word~9", "word~~", "=", "==", "=a b",
    "((((",
    "))))", "()", "( )", "(OR)", "OR OR", "NOT NOT", "NOT", "- -", "a OR", "OR a", "a AND", "NOT a",
    "-a", "-(a)", "tag:", "tag::", "tag:a:b", ":tag", "tag:\"", "tag:*", "tag:>", "rating:>",
    "rating:>=x",
    "before:", "after:nonsense", "before:2026-99-99", "title:", "title:(", "code:\"",
    "kind:nonsense",
    "lang:*", "path:/", "\\", "\\\"", "\"\"", "\" \"", "\"a\"\"b\"", "*a", "a*b", "**", "a**",
    "\u{FEFF}a", "\u{202E}a", "e\u{301}\u{301}\u{301}", "\u{FFFD}", "\u{1F1E9}", "ﬃ", "İ", "ß", "日",
    "日*",
    "日~", "\u{10FFFF}", "%s%n", "'; DROP TABLE notes; --", "$(rm -rf /)", "`id`",
    "../../etc/passwd", "&&",
    "<script>", "a\u{200B}b", "\r\n", "NEAR(a b)", "a^2", "{a b}", "[a]", "a+b", "a/b", "a\\b",
  ])
  func anyTextIsASearch(text: String) throws {
    try search(text)
    try search(text + " run")
    try search("run " + text)
    try search("\"" + text)
    try search("(" + text)
    try search("tag:" + text)
  }

  @Test(arguments: [
    "a ", "a", "\"", "(", "-", "日", "🚀 ", "a OR ", "tag:a ", "x~2 ", "ab* ", "'", "a.b_c-",
  ])
  func aMegabyteIsASearch(piece: String) throws {
    let (_, index) = try Self.index.get()
    // What is read of it is bounded.
    let growth = try ProcessorTime.growth(from: 1 << 18) { size in
      let text = String(repeating: piece, count: size / piece.utf8.count)
      _ = try NoteSearch(index).run(text, filter: nil, limit: 5)
      _ = try NoteSearch(index).run(text, filter: nil, limit: 5, isTyping: true)
    }
    #expect(growth < 8, "four times the text took \(growth) times as long")
  }

  @Test func bytesThatAreNoTextAreASearch() throws {
    var random = SeededGenerator(seed: 77)
    for _ in 0..<400 {
      let bytes = (0..<random.below(40)).map { _ in UInt8(random.below(256)) }
      try search(String(decoding: bytes, as: UTF8.self))
    }
  }
}
