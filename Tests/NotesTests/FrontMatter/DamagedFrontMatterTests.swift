import FullText
import TestSupport
import Testing

@testable import Notes

@Suite struct DamagedFrontMatterTests {
  private static let good = [
    "---\ntitle: \"A: é\"\ntags: [a, 'b c', \"#d\"]\ndate: 2026-11-22\nnested:\n  - x: |\n      y\n"
      + "---\n# Heading\n\ntext #tag [[link#part]]\n",
    "+++\ntitle = \"A\"\ntags = ['a', \"b\\n\"]\n[params]\ndate = 2026-11-22\n+++\n# Heading\n",
    "{\n\"title\": \"A\\u00e9\", \"tags\": [\"a\", {\"b\": null}]\n}\n# Heading\n",
  ]

  /// Reads everything there is to read of a note.
  private func readAll(_ bytes: [UInt8]) {
    let read = Note(path: VaultPath(known: "a/b.md"), bytes: bytes)
    let stamp = Stamp(modified: 1, changed: 1, size: UInt64(bytes.count), inode: 1)
    let document = read.document(stamp: stamp)
    for run in document.runs {
      #expect(run.range.lowerBound >= 0 && run.range.upperBound <= document.text.count)
    }
    let frontMatter = read.frontMatter
    #expect(frontMatter.bodyStart <= bytes.count)
    #expect(frontMatter.content.upperBound <= frontMatter.bodyStart)
    #expect(frontMatter.root == nil || frontMatter.error == nil)
    if let error = frontMatter.error {
      let lines = bytes.count { $0 == 0x0A } + 1
      #expect(error.position.line >= 1 && error.position.line <= lines)
      #expect(error.position.column >= 1)
    }
  }

  @Test(arguments: good)
  func everyTruncationIsRead(text: String) {
    let bytes = Array(text.utf8)
    for count in 0...bytes.count { readAll(Array(bytes.prefix(count))) }
  }

  @Test(arguments: good)
  func everyByteMayBeAnyOther(text: String) {
    var generator = SeededGenerator(seed: 3)
    let bytes = Array(text.utf8)
    for index in bytes.indices {
      for value in [0, 0x0A, 0x22, 0x7B, 0xC3, 0xFF, UInt8(generator.below(256))] as [UInt8] {
        var damaged = bytes
        damaged[index] = value
        readAll(damaged)
      }
    }
  }

  @Test(arguments: ["---\n", "+++\n", "{\"", ""])
  func randomBytesAreRead(opening: String) {
    var generator = SeededGenerator(seed: 11)
    let pieces = Array("-+.{}[]:,#\"'\\|>&*!%@? \n\r\t=az09é\u{FEFF}\u{85}").map(String.init)
    let closing = opening == "+++\n" ? "\n+++\n" : "\n---\n"
    for _ in 0..<1_000 {
      readAll(Array((opening + generator.text(of: pieces, upTo: 40) + closing).utf8))
      let noise = (0..<generator.below(60)).map { _ in UInt8(generator.below(256)) }
      readAll(Array(opening.utf8) + noise + Array(closing.utf8))
    }
  }
}
