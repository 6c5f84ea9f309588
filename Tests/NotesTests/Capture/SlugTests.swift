import TestSupport
import Testing

@testable import Notes

@Suite struct SlugTests {
  @Test(arguments: [
    ("Backfill one partition!", "backfill-one-partition"),
    ("  Spaces   and\ttabs ", "spaces-and-tabs"),
    ("Déjà vu", "deja-vu"), ("ÅNGSTRÖM", "angstrom"), ("it's", "its"), ("it’s", "its"),
    ("日本語のメモ", "日本語のメモ"), ("Привет, мир", "привет-мир"), ("שלום", "שלום"),
    ("..hidden", "hidden"), ("--dash", "dash"), ("-rf /", "rf"), ("a/b\\c", "a-b-c"),
    ("../../etc/passwd", "etc-passwd"), ("line\nbreak\u{0}nul\u{7}bell", "line-break-nul-bell"),
    ("C++ & C#", "c-c"), ("100%", "100"), ("a__b", "a-b"), ("v1.2.3", "v1-2-3"),
    ("🎉 party", "party"),
    ("e\u{301}te\u{301}", "ete"), ("con:nul|a*?<>\"", "con-nul-a"), ("a…b", "a-b"),
    ("~root", "root"),
  ])
  func namesFollowTitles(title: String, expected: String) { #expect(Slug.make(title) == expected) }

  @Test(arguments: ["", " ", "🎉", "🎉🎊", "...", "---", "!?", "/", "\n", "\u{0}", "👩‍💻"])
  func nothingOfSomeTitlesIsLeft(title: String) { #expect(Slug.make(title) == nil) }

  @Test func longTitlesAreCutAtAWord() {
    let slug = Slug.make((0..<60).map { "word\($0)" }.joined(separator: " ")) ?? ""
    #expect(slug.utf8.count <= 80 && slug.utf8.count > 60)
    #expect(slug.split(separator: "-").allSatisfy { $0.hasPrefix("word") && $0.count > 4 })
    #expect((Slug.make(String(repeating: "x", count: 300)) ?? "").utf8.count <= 84)
    #expect((Slug.make(String(repeating: "語", count: 300)) ?? "").utf8.count <= 84)
    #expect((Slug.make(String(repeating: "語 ", count: 300)) ?? "").utf8.count <= 84)
  }

  @Test func everyNameIsSafe() throws {
    var generator = SeededGenerator(seed: 8)
    let pieces = Array("./\\-_ ~:*?\"<>|\u{0}\n\r\t\u{1B}aé日🎉1\u{301}\u{200D}\u{202E}").map(
      String.init)
    for _ in 0..<3_000 {
      let title = generator.text(of: pieces, upTo: 30)
      guard let slug = Slug.make(title) else { continue }
      let name = Slug.fileName(slug, 1 + generator.below(3))
      #expect(!slug.hasPrefix(".") && !slug.hasPrefix("-") && !slug.hasSuffix("-"))
      #expect(!slug.contains("--"))
      #expect(
        slug.unicodeScalars.allSatisfy {
          $0.value > 0x20 && !"/\\:*?\"<>|".unicodeScalars.contains($0)
        })
      #expect(try VaultPath(name).description == name)
      #expect(VaultPath.isNote(name))
      #expect(Slug.make(slug) == slug)
    }
  }
}
