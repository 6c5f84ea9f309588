import Notes
import Testing

@testable import Sync

struct Killed: Error {}

/// What a process that dies leaves behind: a step throws and nothing is cleaned up.
@Suite struct InterruptionTests {
  /// Two devices that have diverged in every way a sync can bring together.
  private func diverged(_ lab: Lab) throws -> (Device, Device) {
    let lines = (1...12).map { "line \($0)\n" }.joined()
    let (a, b) = try lab.pair([
      "both.md": lines, "gone.md": "gone\n", "moved.md": lines + "m\n", "x/deep.md": "deep\n",
      "kind": "a file\n",
    ])
    try a.write("both.md", "top of a\n" + lines)
    a.remove("gone.md")
    try a.move("moved.md", to: "y/moved.md")
    a.remove("x/deep.md")
    a.remove("kind")
    try a.write("kind/now.md", "a folder\n")
    try a.write("new of a.md", "new\n")
    a.link("link", to: "both.md")
    _ = try a.sync()
    try b.write("both.md", lines + "end of b\n")
    try b.write("new of b.md", "new\n")
    return (a, b)
  }

  private func steps() throws -> [SyncStep] {
    let lab = try Lab()
    let (_, b) = try diverged(lab)
    var steps: [SyncStep] = []
    _ = try b.sync(hook: { steps.append($0) })
    return steps
  }

  private func expected() throws -> [String: String] {
    let lab = try Lab()
    let (_, b) = try diverged(lab)
    _ = try b.sync()
    return try b.files()
  }

  @Test func theNextSyncFinishesWhateverAKillLeft() throws {
    let steps = try steps()
    let expected = try expected()
    #expect(steps.count > 25)
    for (count, step) in steps.enumerated() {
      let lab = try Lab()
      let (a, b) = try diverged(lab)
      let before = try b.files()
      var seen = 0
      #expect(throws: Killed.self) {
        try b.sync(hook: { _ in
          seen += 1
          if seen == count + 1 { throw Killed() }
        })
      }
      for (path, text) in try b.files() {
        #expect(text == before[path] || text == expected[path], "\(path) after a kill at \(step)")
      }
      _ = try b.sync()
      #expect(try b.files() == expected, "after a kill at \(step)")
      #expect(try b.leftovers() == [], "after a kill at \(step)")
      #expect(lab.git("status", "--porcelain", in: b.root) == "", "after a kill at \(step)")
      _ = try a.sync()
      #expect(try a.files() == expected, "after a kill at \(step)")
    }
  }

  @Test func editsMadeBetweenAKillAndTheNextSyncSurvive() throws {
    let steps = try steps()
    for (count, step) in steps.enumerated() {
      let lab = try Lab()
      let (a, b) = try diverged(lab)
      var seen = 0
      _ = try? b.sync(hook: { _ in
        seen += 1
        if seen == count + 1 { throw Killed() }
      })
      let text = try #require(b.read("both.md"))
      try b.write("both.md", text.replacing("line 6\n", with: "line 6, edited after\n"))
      try b.write("new of b.md", "new\nand more\n")
      _ = try b.sync()
      _ = try a.sync()
      #expect(try a.files() == b.files(), "after a kill at \(step)")
      let merged = try #require(a.read("both.md"))
      for line in ["top of a\n", "line 6, edited after\n", "end of b\n"] {
        #expect(merged.contains(line), "after a kill at \(step)")
      }
      #expect(a.read("new of b.md") == "new\nand more\n", "after a kill at \(step)")
      #expect(a.read("gone.md") == nil, "after a kill at \(step)")
    }
  }

  @Test func aSecondKillDuringRecoveryIsRecoveredToo() throws {
    let expected = try expected()
    for first in 8..<16 {
      for second in 1..<6 {
        let lab = try Lab()
        let (_, b) = try diverged(lab)
        for limit in [first, second] {
          var seen = 0
          _ = try? b.sync(hook: { _ in
            seen += 1
            if seen == limit { throw Killed() }
          })
        }
        _ = try b.sync()
        #expect(try b.files() == expected, "kills at \(first) and \(second)")
        #expect(try b.leftovers() == [])
      }
    }
  }

  /// An editor that saves at every single step of a sync.
  @Test func aNoteEditedWhileASyncRunsIsNeverOverwritten() throws {
    let steps = try steps()
    for (count, step) in steps.enumerated() {
      let lab = try Lab()
      let (a, b) = try diverged(lab)
      var seen = 0
      _ = try b.sync(hook: { _ in
        seen += 1
        guard seen == count + 1 else { return }
        let text = b.read("both.md") ?? ""
        try b.write("both.md", text.replacing("line 6\n", with: "line 6, edited during\n"))
      })
      _ = try b.sync()
      _ = try a.sync()
      #expect(try a.files() == b.files(), "edited at \(step)")
      let merged = try #require(a.read("both.md"))
      for line in ["top of a\n", "line 6, edited during\n", "end of b\n"] {
        #expect(merged.contains(line), "edited at \(step)")
      }
      let left = try b.leftovers()
      #expect(left == [], "edited at \(step)")
    }
  }

  @Test func aNoteThatIsEditedInEveryRoundStopsTheSyncAndIsKept() throws {
    let lab = try Lab()
    let (_, b) = try diverged(lab)
    var count = 0
    let error = #expect(throws: SyncError.self) {
      try b.sync(hook: { step in
        guard step == .journalled else { return }
        count += 1
        try b.write("both.md", (b.read("both.md") ?? "") + "typing \(count)\n")
      })
    }
    #expect(error == .editedMeanwhile("both.md"))
    #expect(b.read("both.md")?.contains("typing \(count)\n") == true)
    #expect(try b.leftovers() == [])
    _ = try b.sync()
    #expect(b.read("both.md")?.contains("top of a\n") == true)
  }

  @Test func aNoteMadeMeanwhileUnderAnIncomingNameIsNotOverwritten() throws {
    let lab = try Lab()
    let (a, b) = try diverged(lab)
    var done = false
    _ = try b.sync(hook: { step in
      guard step == .journalled, !done else { return }
      done = true
      try b.write("new of a.md", "typed by b\n")
    })
    _ = try a.sync()
    #expect(try a.files() == b.files())
    let text = try b.files().values.joined()
    #expect(text.contains("typed by b\n") && text.contains("new\n"))
    #expect(
      PendingConflicts(of: try Vault(folder: b.root)).conflicts.map(\.path) == ["new of a.md"])
  }

  @Test func aCommitMadeByGitDuringASyncIsKept() throws {
    let lab = try Lab()
    let (a, b) = try diverged(lab)
    var done = false
    _ = try b.sync(hook: { step in
      guard step == .applied, !done else { return }
      done = true
      try b.write("by hand.md", "by hand\n")
      lab.git("add", "by hand.md", in: b.root)
      lab.git("commit", "-qm", "By hand", in: b.root)
    })
    _ = try a.sync()
    #expect(try a.files() == b.files())
    #expect(a.read("by hand.md") == "by hand\n")
    #expect(lab.git("log", "--format=%s", in: a.root).contains("By hand"))
  }

  @Test func onlyOneSyncRunsAtATime() throws {
    let lab = try Lab()
    let (_, b) = try diverged(lab)
    var refused = false
    _ = try b.sync(hook: { step in
      guard step == .fetched else { return }
      do { _ = try b.sync() } catch SyncError.locked { refused = true }
    })
    #expect(refused)
  }

  @Test func aJournalThatIsDamagedIsNotFollowed() throws {
    let lab = try Lab()
    let (_, b) = try diverged(lab)
    try b.write(".folio/local/sync-journal", "folio-sync-journal 1\napply\n")
    _ = try b.sync()
    #expect(try b.files() == expected())
  }
}
