import Markup
import Testing

@testable import Notes

@Suite struct LinkResolverTests {
  /// What the first link of `text`, in a note at `source`, leads to: `-` when it is missing.
  private static func target(
    _ text: String, from source: String, among notes: [String: String], files: [String] = []
  ) throws -> String {
    var all = notes
    all[source] = text
    let store = try TestVault(all)
    for file in files { try store.folder.write(file, "x") }
    let link = try #require(note(text, at: source).markdown.links.first)
    let resolver = LinkResolver(try store.index())
    let found = withExtendedLifetime(store) {
      resolver.resolve(link, from: VaultPath(known: source))
    }
    switch found {
    case .note(let path): return path.description
    case .file(let path): return "file " + path
    case .ambiguous(let paths): return paths.map(\.description).joined(separator: " or ")
    case .site: return "site"
    case .missing: return "-"
    }
  }

  private static let notes = [
    "dag.md": "root", "x/dag.md": "in x", "x/task.md": "# Task Groups", "y/task.md": "in y",
    "y/deep/pool.md": "---\naliases: [Slots, \"Worker Pool\"]\ntitle: The Pool\n---\n",
    "y/deep/Naïve Plan.md": "", "z/only.md": "---\naliases: [Slots2]\n---\n", "a.markdown": "",
    "z/Case.md": "", "y/case.md": "", "dotted.v1.2.md": "", "x/title-note.md": "# Unique Title",
    "x/same-title.md": "# Shared", "y/same-title-too.md": "# Shared", "z/100% sure.md": "",
  ]

  @Test(arguments: [
    ("[[dag]]", "z/s.md", "dag.md"), ("[[dag]]", "x/s.md", "dag.md"),
    ("[[dag.md]]", "x/s.md", "dag.md"),
    ("[[x/dag]]", "z/s.md", "x/dag.md"), ("[[/x/dag]]", "z/s.md", "x/dag.md"),
    ("[[task]]", "x/s.md", "x/task.md"), ("[[task]]", "y/s.md", "y/task.md"),
    ("[[task]]", "z/s.md", "x/task.md or y/task.md"), ("[[pool]]", "z/s.md", "y/deep/pool.md"),
    ("[[POOL]]", "z/s.md", "y/deep/pool.md"), ("[[deep/pool]]", "z/s.md", "y/deep/pool.md"),
    ("[[eep/pool]]", "z/s.md", "-"), ("[[ool]]", "z/s.md", "-"),
    ("[[Slots]]", "z/s.md", "y/deep/pool.md"),
    ("[[worker pool]]", "z/s.md", "y/deep/pool.md"), ("[[The Pool]]", "z/s.md", "y/deep/pool.md"),
    ("[[unique title]]", "z/s.md", "x/title-note.md"),
    ("[[Shared]]", "z/s.md", "x/same-title.md or y/same-title-too.md"),
    ("[[Naïve Plan]]", "z/s.md", "y/deep/Naïve Plan.md"),
    ("[[Nai\u{308}ve Plan]]", "z/s.md", "y/deep/Naïve Plan.md"), ("[[a]]", "z/s.md", "a.markdown"),
    ("[[case]]", "x/s.md", "y/case.md"), ("[[Case]]", "x/s.md", "z/Case.md"),
    ("[[CASE]]", "x/s.md", "y/case.md or z/Case.md"),
    ("[[dotted.v1.2]]", "z/s.md", "dotted.v1.2.md"),
    ("[[dag|shown]]", "z/s.md", "dag.md"), ("[[dag#Part]]", "z/s.md", "dag.md"),
    ("[[#Part]]", "z/s.md", "z/s.md"), ("[[./dag]]", "x/s.md", "x/dag.md"),
    ("[[../dag]]", "x/s.md", "dag.md"), ("[[../../dag]]", "x/s.md", "-"),
    ("[[none]]", "z/s.md", "-"),
    ("![[pool]]", "z/s.md", "y/deep/pool.md"), ("[[100% sure]]", "x/s.md", "z/100% sure.md"),
    ("[t](dag.md)", "x/s.md", "x/dag.md"), ("[t](dag)", "x/s.md", "x/dag.md"),
    ("[t](../dag.md)", "x/s.md", "dag.md"), ("[t](/dag.md)", "x/s.md", "dag.md"),
    ("[t](task.md)", "z/s.md", "-"),
    (
      "[t](deep/Na%C3%AFve%20Plan.md)", "y/s.md",
      "y/deep/Naïve Plan.md"
    ), ("[t](<deep/Naïve Plan.md>)", "y/s.md", "y/deep/Naïve Plan.md"),
    ("[t](deep/nai%CC%88ve%20plan.md#x)", "y/s.md", "y/deep/Naïve Plan.md"),
    ("[t](100%25%20sure.md)", "z/s.md", "z/100% sure.md"), ("[t](#part)", "x/s.md", "x/s.md"),
    ("[t](../../../etc/passwd)", "x/s.md", "-"), ("[t](/docs/setup/)", "x/s.md", "site"),
    ("[t](..)", "x/s.md", "file "), ("[t](deep)", "y/s.md", "file y/deep"),
  ])
  func followsTheOrder(text: String, source: String, expected: String) throws {
    #expect(try Self.target(text, from: source, among: Self.notes) == expected)
  }

  @Test(arguments: [
    ("![[pic.png]]", "file pic.png"), ("![](pic.png)", "-"), ("![](../pic.png)", "file pic.png"),
    ("[[doc.pdf#page=3]]", "file x/doc.pdf"), ("![](gone.png)", "-"), ("[[gone.png]]", "-"),
  ])
  func findsFilesThatAreNoNotes(text: String, expected: String) throws {
    let found = try Self.target(
      text, from: "x/s.md", among: [:], files: ["pic.png", "x/doc.pdf"])
    #expect(found == expected)
  }

  @Test(arguments: [
    ("dag", "note dag.md"), ("x/dag.md", "note x/dag.md"), ("pool", "note y/deep/pool.md"),
    ("tit", "note x/title-note.md"), ("same", "2"), ("Slots2", "note z/only.md"), ("qqq", "-"),
    ("", "-"),
  ])
  func namesThatPeopleTypeMayBeBeginnings(name: String, expected: String) throws {
    let resolver = LinkResolver(try TestVault(Self.notes).index())
    let found: String
    switch resolver.resolve(name: name) {
    case .note(let path): found = "note \(path)"
    case .ambiguous(let paths): found = String(paths.count)
    case .missing: found = "-"
    default: found = "?"
    }
    #expect(found == expected)
  }

  @Test(arguments: [
    ("a%20b", "a b"), ("%C3%A9", "é"), ("100%", "100%"), ("%zz", "%zz"), ("%+1", "%+1"),
    ("%4", "%4"),
    ("a+b", "a+b"), ("%25", "%"),
  ])
  func decodesPercentSigns(text: String, expected: String) {
    #expect(Anchor.decoded(text) == expected)
  }

  @Test(arguments: [
    ("My Heading", "my-heading"), ("What's new?", "whats-new"), ("A & B", "a--b"), ("a  b", "a-b"),
    ("Été 2026", "été-2026"), ("snake_case", "snake_case"), ("日本語", "日本語"), ("C++", "c"),
  ])
  func headingsAreNamedAsOnThePage(text: String, expected: String) {
    #expect(Anchor.slug(text) == expected)
  }

  @Test(
    arguments: [
      ("", "a/b", "a/b"), ("x", "a", "x/a"), ("x/y", "../a", "x/a"), ("x", "./a/./b", "x/a/b"),
      ("x", "../..", nil), ("", "..", nil), ("x", "..", ""), ("x", "a//b", "x/a/b"),
    ] as [(String, String, String?)])
  func joinsPathsInsideTheVault(folder: String, target: String, expected: String?) {
    #expect(LinkResolver.joined(folder, target) == expected)
  }
}
