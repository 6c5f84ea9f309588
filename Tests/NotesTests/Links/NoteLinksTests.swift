import Testing

@testable import Notes

@Suite struct NoteLinksTests {
  private static let notes = [
    "hub.md": """
    # Hub

    Text [[spoke#Part Two]] and [m](sub/leaf.md), ![[spoke]].

    - [[Missing]] [[spoke#Nowhere]] [[spoke#^block-1]] [[spoke#^nope]] https://example.com
    - [dup](spoke.md#again-1) [enc](spoke.md#part%20two) [[#Hub]] [[spoke#Again#Deep]]
    """,
    "spoke.md": """
    ---
    aliases: [Wheel]
    ---
    # Spoke

    ## Part Two

    text ^block-1

    ## Again

    ## Again

    ### Deep
    """,
    "sub/leaf.md": "Back to [[Wheel]] and [[Hub]]; `[[code]]`.\n\n```\n[[fenced]]\n```\n",
    "alone.md": "Only itself: [[alone]].", "two/twin.md": "", "one/twin.md": "",
    "other.md": "[[twin]]",
  ]

  private let store: TestVault
  private let links: NoteLinks

  init() throws {
    store = try TestVault(Self.notes)
    links = NoteLinks(try store.index())
  }

  @Test func outgoingLinksKnowTheirPlaceAndState() {
    let found = links.outgoing(of: note(Self.notes["hub.md"] ?? "", at: "hub.md")).map {
      "\($0.line):\($0.column) \($0.target) \($0.status.rawValue)"
    }
    #expect(
      found == [
        "3:6 spoke#Part Two ok", "3:29 sub/leaf.md ok", "3:47 spoke ok", "5:3 Missing broken",
        "5:15 spoke#Nowhere broken", "5:33 spoke#^block-1 ok", "5:52 spoke#^nope broken",
        "5:68 https://example.com external", "6:3 spoke.md#again-1 ok",
        "6:27 spoke.md#part two ok", "6:54 #Hub ok", "6:63 spoke#Again#Deep ok",
      ])
  }

  @Test func backlinksComeByPathAndLine() throws {
    let spoke = note(try store.folder.text("spoke.md"), at: "spoke.md")
    let found = links.incoming(to: spoke).map { "\($0.source):\($0.line) \($0.target)" }
    #expect(
      found == [
        "hub.md:3 spoke#Part Two", "hub.md:3 spoke", "hub.md:5 spoke#Nowhere",
        "hub.md:5 spoke#^block-1", "hub.md:5 spoke#^nope", "hub.md:6 spoke.md#again-1",
        "hub.md:6 spoke.md#part two", "hub.md:6 spoke#Again#Deep", "sub/leaf.md:1 Wheel",
      ])
    #expect(links.incoming(to: spoke).allSatisfy { $0.direction == .in && $0.path == "spoke.md" })
  }

  @Test func backlinksAreTheOutgoingLinksSeenFromTheOtherEnd() throws {
    let all = links.all()
    for path in Self.notes.keys.sorted() {
      let target = note(try store.folder.text(path), at: path)
      let incoming = links.incoming(to: target).map { "\($0.source):\($0.line):\($0.column)" }
      let expected = all.filter { $0.path == path && $0.source != path }
        .map { "\($0.source):\($0.line):\($0.column)" }
      #expect(incoming == expected, "\(path)")
    }
  }

  @Test func orphansAreWhatNoOtherNoteLinksTo() {
    #expect(
      links.orphans().map(\.description) == ["alone.md", "one/twin.md", "other.md", "two/twin.md"])
  }

  @Test func anAmbiguousLinkNamesItsCandidates() {
    let found = links.outgoing(of: note("[[twin]]", at: "other.md"))
    #expect(found.map(\.status) == [.ambiguous])
    #expect(found.first?.candidates == ["one/twin.md", "two/twin.md"])
  }

  @Test func placesThatNameANoteWithoutALinkAreFound() throws {
    let store = try TestVault([
      "task-mapping.md": "---\naliases: [Dynamic tasks]\n---\n# Task mapping\n",
      "a.md": "é Task Mapping is what [[task-mapping]] shows; remapping task mappings is not.\n",
      "b.md": "`task mapping`\n\n- see dynamic tasks\n- [task mapping](task-mapping.md)\n",
      "c.md": "none",
    ])
    let index = try store.index()
    let note = try #require(
      NoteReader(vault: try store.vault()).read(try VaultPath("task-mapping.md"))?.note)
    let found = try NoteLinks(index).mentions(of: note)
    #expect(
      found.map { "\($0.source):\($0.line):\($0.column) \($0.text)" } == [
        "a.md:1:4 Task Mapping", "b.md:3:7 dynamic tasks",
      ])
  }

  @Test func notesWithMuchInCommonAreRelated() throws {
    let store = try TestVault([
      "a.md": "#rare #common [[hub]] [[linked]]", "b.md": "#rare #common",
      "c.md": "[[hub]] #common",
      "d.md": "#common", "e.md": "x", "f.md": "x", "g.md": "x", "hub.md": "", "linked.md": "#rare",
    ])
    let note = try #require(NoteReader(vault: try store.vault()).read(try VaultPath("a.md"))?.note)
    let found = NoteLinks(try store.index()).related(to: note)
    #expect(found.map(\.note.path) == ["c.md", "b.md", "d.md"])
    #expect(found[1].shared == ["#rare", "#common"])
  }

  @Test func aNoteThatLinksToEverythingIsRelatedToLittle() throws {
    var notes = ["a.md": "[[p]] [[q]]", "near.md": "[[p]]", "p.md": "", "q.md": ""]
    notes["all.md"] = (["p", "q"] + (0..<30).map { "n\($0)" }).map { "[[\($0)]]" }.joined()
    for number in 0..<30 { notes["n\(number).md"] = "" }
    let store = try TestVault(notes)
    let note = try #require(NoteReader(vault: try store.vault()).read(try VaultPath("a.md"))?.note)
    let found = NoteLinks(try store.index()).related(to: note)
    #expect(found.map(\.note.path) == ["near.md", "all.md"])
  }
}
