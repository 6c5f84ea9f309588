import Notes
import TestSupport
import Testing

@testable import Sync

/// Versions of notes, and the way back.
@Suite struct HistoryTests {
  private func versions(_ device: Device, _ path: String) throws -> NoteHistory {
    try NoteHistory(of: Vault(folder: device.root), path: path)
  }

  private func text(_ history: NoteHistory, _ revision: String) throws -> String {
    let now = LocalTime(year: 2026, month: 11, day: 30)
    return String(
      decoding: try history.bytes(of: history.revision(revision, now: now)), as: UTF8.self)
  }

  @Test func versionsAreFoundThroughRenamesAndOnBothSidesOfAMerge() throws {
    let lab = try Lab()
    let lines = (1...9).map { "line \($0)\n" }.joined()
    let (a, b) = try lab.pair(["old.md": lines, "k.md": "k\n"])
    try a.move("old.md", to: "new.md")
    try a.write("new.md", lines + "end of a\n")
    _ = try a.sync { $0.date = 4_000_000_000 }
    try b.write("old.md", "top of b\n" + lines)
    try b.write("k.md", "k, changed\n")
    _ = try b.sync { $0.date = 4_000_000_100 }
    let history = try versions(b, "new.md")
    #expect(history.revisions.map(\.change) == [.changed, .changed, .renamed, .added])
    #expect(history.revisions.map(\.number) == [0, 1, 2, 3])
    #expect(history.revisions[2].oldPath == "old.md" && history.revisions[2].device == "a")
    #expect(try text(history, "0") == "top of b\n" + lines + "end of a\n")
    #expect(try text(history, "3") == lines)
    #expect(try text(history, history.revisions[2].commit.short) == lines + "end of a\n")
    #expect(throws: SyncError.self) { try self.text(history, "17") }
    #expect(throws: SyncError.self) { try self.text(history, "yesterdays") }
    #expect(throws: SyncError.self) { try self.versions(b, "never.md") }
  }

  @Test func aNoteThatIsGoneHasItsHistoryAndComesBack() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n", "m.md": "m\n"])
    a.remove("n.md")
    let vault = try Vault(folder: a.root)
    #expect(try DeletedFiles(of: vault).files.map(\.path) == ["n.md"])
    _ = try a.sync()
    try a.move("m.md", to: "moved.md")
    _ = try a.sync()
    let deleted = try DeletedFiles(of: vault)
    #expect(deleted.files.map(\.path) == ["n.md"])
    let bytes = try deleted.bytes(of: deleted.files[0])
    #expect(try Restoration(of: vault).write(bytes, to: "n.md") == .created)
    #expect(a.read("n.md") == "one\n")
    #expect(try versions(a, "n.md").revisions.map(\.change) == [.removed, .added])
  }

  @Test func restoringKeepsAnEditThatNoCommitHas() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    try a.write("n.md", "two\n")
    _ = try a.sync()
    let vault = try Vault(folder: a.root)
    let place = try Restoration(of: vault)
    #expect(try place.write(Array("one\n".utf8), to: "n.md") == .replaced(kept: nil))
    try a.write("n.md", "not saved yet\n")
    let outcome = try place.write(Array("two\n".utf8), to: "n.md")
    guard case .replaced(let kept?) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(a.read(kept) == "not saved yet\n" && a.read("n.md") == "two\n")
    #expect(throws: SyncError.self) { try place.write([], to: "../outside.md") }
  }

  /// The difference, applied to the old text by hand, gives the new one.
  @Test(arguments: 1...100) func differencesLeadFromOneTextToTheOther(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func text() -> [UInt8] {
      let lines = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        String(Int.random(in: 0...6, using: &random))
      }
      return Array((lines.joined(separator: "\n") + (Bool.random(using: &random) ? "\n" : "")).utf8)
    }
    let (old, new) = (text(), text())
    let before = String(decoding: old, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    var out: [String] = []
    var at = 0
    for line in UnifiedDiff(from: old, to: new).lines {
      switch line {
      case .place(let text):
        let range = text.split(separator: " ")[1].dropFirst().split(separator: ",")
        let count = range.count == 1 ? 1 : Int(range[1])!
        let start = count == 0 ? Int(range[0])! : Int(range[0])! - 1
        while at < start {
          out.append(before[at])
          at += 1
        }
      case .same(let text):
        #expect(before[at] == text)
        out.append(text)
        at += 1
      case .removed(let text):
        #expect(before[at] == text)
        at += 1
      case .added(let text): out.append(text)
      case .unended: break
      }
    }
    let rest = TextLines(old)
    while at < rest.count {
      out.append(before[at])
      at += 1
    }
    let lines = TextLines(new)
    #expect(out == (0..<lines.count).map { String(decoding: lines.line($0), as: UTF8.self) })
  }

  @Test func undoingASyncIsANewCommitAndKeepsWhatWasWrittenSince() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "one\n\ntwo\n", "gone.md": "gone\n"])
    try a.write("n.md", "ONE\n\ntwo\n")
    try a.write("new.md", "of a\n")
    a.remove("gone.md")
    _ = try a.sync()
    try b.write("mine.md", "of b\n")
    let report = try b.sync()
    let brought = try #require(report.brought)
    try b.write("n.md", "ONE\n\ntwo, later\n")
    let head = try #require(try b.head())
    let sync = Sync(
      try Vault(folder: b.root),
      Sync.Options(device: "b", fallbackAuthor: Author(name: "b", email: "b@example.org")),
      transport: LibGit2Transport())
    _ = try sync.undo(from: brought.from, to: brought.to)
    #expect(b.read("n.md") == "one\n\ntwo, later\n")
    #expect(
      b.read("new.md") == nil && b.read("gone.md") == "gone\n" && b.read("mine.md") == "of b\n")
    #expect(try b.repository.isAncestor(head, of: #require(try b.head())))
    _ = try b.sync()
    _ = try a.sync()
    #expect(try a.files() == b.files())
    // And once more the other way.
    _ = try sync.undo(from: brought.to, to: brought.from)
    #expect(b.read("n.md") == "ONE\n\ntwo, later\n" && b.read("new.md") == "of a\n")
  }
}
