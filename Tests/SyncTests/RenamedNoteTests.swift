import Notes
import Testing

@testable import Sync

/// What becomes of links, and of conflicts, when a note has another name by now.
@Suite struct RenamedNoteTests {
  private let lines = (1...12).map { "line \($0)\n" }.joined()

  @Test func linksWrittenElsewhereToANameThatWasGivenUpFollow() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["f/old.md": lines, "other.md": "nothing\n"])
    try a.move("f/old.md", to: "g/new name.md")
    try b.write(
      "x/n.md", "[[old]], [[f/old#line|it]], [one](../f/old.md), ![[old.md]], [[f/older]]\n")
    try b.write("other.md", "[two](f/old.md#line-3) and `[[old]]` and [[nothing]]\n")
    _ = try a.sync()
    _ = try b.sync()
    _ = try a.sync()
    #expect(try a.files() == b.files())
    #expect(
      a.read("x/n.md")
        == "[[new name]], [[g/new name#line|it]], [one](../g/new%20name.md), ![[new name.md]], [[f/older]]\n"
    )
    #expect(a.read("other.md") == "[two](g/new%20name.md#line-3) and `[[old]]` and [[nothing]]\n")
  }

  @Test func linksToANoteThatBothRenamedLeadToTheNameThatStays() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["old.md": lines, "hub.md": "one\n\n[[old]]\n\nend\n"])
    try a.move("old.md", to: "first.md")
    try a.write("hub.md", "one\n\n[[first]]\n\nend\n")
    try b.move("old.md", to: "second.md")
    try b.write("mine.md", "[[second]]\n")
    _ = try a.sync { $0.date = 1_800_000_000 }
    _ = try b.sync { $0.date = 1_800_000_100 }
    _ = try a.sync()
    #expect(try a.files() == b.files())
    #expect(a.read("first.md") == lines && a.read("second.md") == nil)
    #expect(a.read("mine.md") == "[[first]]\n" && a.read("hub.md") == "one\n\n[[first]]\n\nend\n")
  }

  /// A name that is in use again is meant as it is.
  @Test func linksToANameThatAnotherNoteHasTakenStay() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["old.md": lines])
    try a.move("old.md", to: "new.md")
    try a.write("old.md", "another note\n")
    try b.write("n.md", "[[old]]\n")
    _ = try a.sync()
    _ = try b.sync()
    #expect(b.read("n.md") == "[[old]]\n")
  }

  @Test(arguments: [true, false]) func aConflictIsSettledUnderTheNewNameOfItsNote(
    _ hasID: Bool
  ) throws {
    let lab = try Lab()
    let head = hasID ? "---\nid: n-1\nrating: 1\n---\n" : "---\nrating: 1\n---\n"
    let (a, b) = try lab.pair(["n.md": head + lines])
    try a.write("n.md", head + lines.replacing("line 3\n", with: "mine\n"))
    try b.write("n.md", head + lines.replacing("line 3\n", with: "yours\n"))
    _ = try a.sync { $0.date = 1_800_000_000 }
    let report = try b.sync { $0.date = 1_800_000_100 }
    #expect(report.conflicts.map(\.path) == ["n.md"])
    try b.move("n.md", to: "moved/m.md")
    let vault = try Vault(folder: b.root)
    #expect(PendingConflicts(of: vault).conflicts.map(\.path) == ["moved/m.md"])
    let settled = try ConflictResolution(of: vault, named: "m").settle(.theirs)
    #expect(settled.count == 1)
    #expect(b.read("moved/m.md") == head + lines.replacing("line 3\n", with: "yours\n"))
    #expect(PendingConflicts(of: vault).conflicts == [])
  }

  @Test func aKeyIsSettledUnderTheNewNameOfItsNote() throws {
    let lab = try Lab()
    func note(_ rating: Int) -> String { "---\nid: n-1\nrating: \(rating)\n---\n" + lines }
    let (a, b) = try lab.pair(["n.md": note(1)])
    try a.write("n.md", note(2))
    try b.write("n.md", note(3))
    _ = try a.sync { $0.date = 1_800_000_000 }
    _ = try b.sync { $0.date = 1_800_000_100 }
    try b.move("n.md", to: "m.md")
    let vault = try Vault(folder: b.root)
    _ = try ConflictResolution(of: vault, named: "m").settle(.theirs)
    #expect(b.read("m.md") == note(3))
  }

  @Test func aNoteThatIsGoneIsSaid() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": lines])
    try a.write("n.md", lines.replacing("line 3\n", with: "mine\n"))
    try b.write("n.md", lines.replacing("line 3\n", with: "yours\n"))
    _ = try a.sync()
    _ = try b.sync()
    b.remove("n.md")
    let vault = try Vault(folder: b.root)
    let before = try b.files()
    #expect(throws: SyncError.self) {
      try ConflictResolution(of: vault, named: "n").settle(.theirs)
    }
    #expect(try b.files() == before)
    _ = try ConflictResolution(of: vault, named: "n").settle(.ours)
    #expect(try b.files().keys.allSatisfy { !$0.contains("conflict-") })
  }
}
