import TestSupport
import Testing

@testable import Notes

@Suite struct IgnoreRulesTests {
  private func ignores(_ patterns: String, _ path: String) -> Bool {
    var rules = IgnoreRules()
    rules.add(Array(patterns.utf8), in: "")
    let isFolder = path.hasSuffix("/")
    return rules.ignores(isFolder ? String(path.dropLast()) : path, isFolder: isFolder)
  }

  @Test(arguments: [
    ("*.md", "a.md"), ("*.md", "x/a.md"), ("a.md", "x/a.md"), ("/a.md", "a.md"),
    ("x/a.md", "x/a.md"), ("x/*.md", "x/a.md"), ("drafts/", "drafts/"), ("drafts/", "x/drafts/"),
    ("/drafts/", "drafts/"), ("x/drafts/", "x/drafts/"), ("**/a.md", "a.md"),
    ("**/a.md", "x/y/a.md"), ("x/**", "x/a.md"), ("x/**", "x/y/"), ("x/**/a.md", "x/a.md"),
    ("x/**/a.md", "x/y/z/a.md"), ("?.md", "a.md"), ("[ab].md", "b.md"), ("[a-c].md", "b.md"),
    ("[!a].md", "b.md"), ("[^a].md", "b.md"), ("[]].md", "].md"), ("[[:digit:]].md", "7.md"),
    ("\\#a.md", "#a.md"), ("\\!a.md", "!a.md"), ("a\\ ", "a "), ("a.md   ", "a.md"),
    ("a.md\r\nb.md\r\n", "b.md"), ("*", ".hidden"), ("a*c.md", "abc.md"), ("*.md\n!a.md", "b.md"),
    ("!a.md\n*.md", "a.md"), ("x*y*z.md", "x-y-y-z.md"), ("é*.md", "école.md"), ("a**z", "a-z"),
    ("[\\]].md", "].md"), ("a\\*.md", "a*.md"), ("x/**/y/**/z", "x/1/y/2/y/z"),
  ])
  func leavesOut(patterns: String, path: String) { #expect(ignores(patterns, path)) }

  @Test(arguments: [
    ("", "a.md"), ("# a.md", "a.md"), ("#a.md", "#a.md"), ("/a.md", "x/a.md"),
    ("x/a.md", "y/x/a.md"), ("*.md\n!a.md", "a.md"), ("drafts/", "drafts"), ("x/*.md", "x/y/a.md"),
    ("*.md", "a.mdx"), ("?.md", "/.md"), ("x?a.md", "x/a.md"), ("x[/]a.md", "x/a.md"),
    ("x/**", "x"), ("**/a.md", "x/ba.md"), ("[a-c].md", "d.md"), ("[!a].md", "a.md"),
    ("[ab.md", "a.md"), ("a.md\\", "a.md"), ("/", "a"), ("!", "a"), ("!a.md", "a.md"),
    ("\\*.md", "a.md"), ("A.md", "a.md"), ("x/**/a.md", "x/ba.md"), ("[b-a].md", "a.md"),
    (" a.md", "a.md"), ("a/**/", "a"),
  ])
  func lets(patterns: String, path: String) { #expect(!ignores(patterns, path)) }

  @Test func rulesOfAFolderHoldBelowItOnly() {
    var rules = IgnoreRules()
    rules.add(Array("*.tmp.md\n".utf8), in: "")
    rules.add(Array("/a.md\n!keep.tmp.md\n".utf8), in: "x")
    #expect(rules.ignores("x/a.md", isFolder: false))
    #expect(!rules.ignores("a.md", isFolder: false))
    #expect(!rules.ignores("x/y/a.md", isFolder: false))
    #expect(!rules.ignores("xx/a.md", isFolder: false))
    #expect(!rules.ignores("x/keep.tmp.md", isFolder: false))
    #expect(rules.ignores("keep.tmp.md", isFolder: false))
  }

  @Test func manyStarsTakeNoTime() {
    let pattern = String(repeating: "*a", count: 60) + "b"
    let path = String(repeating: "a", count: 4_000)
    #expect(!ignores(pattern, path))
    let deep = String(repeating: "**/a*", count: 30) + "b"
    #expect(!ignores(deep, String(repeating: "aaa/", count: 300)))
  }

  @Test func randomPatternsAreRead() {
    var generator = SeededGenerator(seed: 9)
    let pieces = Array("*?[]!\\/a-^.#é ").map(String.init) + ["**/", "[:alpha:]", "/**", "\u{FF}"]
    for _ in 0..<5_000 {
      _ = ignores(
        generator.text(of: pieces, upTo: 10), generator.text(of: ["a", "/", "é", "]"], upTo: 8))
    }
  }
}
