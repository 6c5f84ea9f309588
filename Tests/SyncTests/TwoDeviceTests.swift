import Notes
import Testing

@testable import Sync

@Suite struct TwoDeviceTests {
  @Test func firstSyncMakesTheBranchOnAnEmptyRemoteAndSetsTheUpstream() throws {
    let lab = try Lab()
    let a = try lab.device("a")
    try a.write("snippets/one.md", "# One\n")
    let report = try a.sync()
    #expect(report.saved.map(\.path).contains("snippets/one.md"))
    #expect(report.sent.count == report.saved.count)
    #expect(try a.repository.setting("branch.main.merge") == "refs/heads/main")
    #expect(lab.git("rev-parse", "main", in: lab.remote) == report.commit?.description)
    #expect(lab.git("status", "--porcelain", in: a.root) == "")
    #expect(try a.sync().isUpToDate)
  }

  @Test func whatOneDeviceWritesReachesTheOther() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["a.md": "one\n", "deep/er/b.md": "two\n"])
    try a.write("a.md", "one, changed\n")
    try a.write("journal/2026/Übung – 日本.md", "non-ASCII\n")
    a.remove("deep/er/b.md")
    _ = try a.sync()
    let report = try b.sync()
    #expect(report.received.map(\.path) == ["a.md", "deep/er/b.md", "journal/2026/Übung – 日本.md"])
    #expect(report.saved.isEmpty && report.sent.isEmpty)
    #expect(try a.files() == b.files())
    #expect(FileSystem.status(b.path("deep")) == nil)
    #expect(lab.git("status", "--porcelain", in: b.root) == "")
    #expect(try b.leftovers() == [])
  }

  @Test func editsOfTwoPlacesOfOneNoteAreBothKept() throws {
    let lab = try Lab()
    let lines = (1...20).map { "line \($0)\n" }
    let (a, b) = try lab.pair(["n.md": lines.joined()])
    try a.write("n.md", (["top\n"] + lines).joined())
    try b.write("n.md", (lines + ["bottom\n"]).joined())
    _ = try a.sync()
    let report = try b.sync()
    #expect(report.isMerge)
    _ = try a.sync()
    #expect(a.read("n.md") == (["top\n"] + lines + ["bottom\n"]).joined())
    #expect(try a.files() == b.files())
  }

  @Test func bothVersionsOfTheSameLinesStayInTheVault() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "one\n", "other.md": "x\n"])
    try a.write("n.md", "mine\n")
    try a.write("other.md", "from a\n")
    try b.write("n.md", "yours\n")
    _ = try a.sync { $0.date = 1_000 }
    let report = try b.sync { $0.date = 2_000 }
    let copy = "n.conflict-\(Repository.id(ofBlob: Array("yours\n".utf8)).short).md"
    #expect(
      report.conflicts == [MergeConflict(path: "n.md", copy: copy, reason: .sameLines)])
    _ = try a.sync()
    #expect(try a.files() == b.files())
    #expect(
      a.read("n.md") == "---\nconflicts: [\"[[\(copy.dropLast(3))]]\"]\n---\n\nmine\n")
    #expect(
      a.read(copy)
        == "---\nconflict_of: n.md\nconflict_device: b\nconflict_time: 1970-01-01T00:33:20Z\n---\n\nyours\n"
    )
    #expect(a.read("other.md") == "from a\n")
    #expect(PendingConflicts(of: try Vault(folder: a.root)).conflicts == report.conflicts)
    #expect(try a.leftovers() == [])
  }

  @Test func aNoteDeletedHereAndEditedThereStays() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "one\ntwo\n"])
    a.remove("n.md")
    try b.write("n.md", "one\ntwo\nthree\n")
    _ = try a.sync()
    let report = try b.sync()
    #expect(report.kept == ["n.md"])
    _ = try a.sync()
    #expect(a.read("n.md") == "one\ntwo\nthree\n")
  }

  @Test func anEditFollowsARename() throws {
    let lab = try Lab()
    let text = (1...9).map { "line \($0)\n" }.joined()
    let (a, b) = try lab.pair(["old.md": text, "k.md": "k\n"])
    try a.move("old.md", to: "folder/new.md")
    try a.write("folder/new.md", text + "tail of a\n")
    try b.write("old.md", "head of b\n" + text)
    _ = try a.sync()
    _ = try b.sync()
    _ = try a.sync()
    #expect(a.read("folder/new.md") == "head of b\n" + text + "tail of a\n")
    #expect(a.read("old.md") == nil)
    #expect(try a.files() == b.files())
  }

  @Test func modesLinksLineEndsAndOddBytesTravelAsTheyAre() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "one\n"])
    try a.write("run.sh", "#!/bin/sh\n", mode: 0o755)
    try a.write("crlf.md", "one\r\ntwo\r\n")
    try a.write("bom.md", "\u{FEFF}# BOM\nno newline")
    try a.write("nul.bin", "a\0b")
    try a.write(".gitattributes", "* text=auto eol=lf\n")
    a.link("link.md", to: "n.md")
    a.link("dangling", to: "/nowhere/at/all")
    _ = try a.sync()
    _ = try b.sync()
    #expect(try a.files() == b.files())
    #expect(try b.files()["run.sh"]?.hasPrefix("x ") == true)
    try a.write("run.sh", "#!/bin/sh\n", mode: 0o644)
    a.remove("link.md")
    a.link("link.md", to: "crlf.md")
    _ = try a.sync()
    _ = try b.sync()
    #expect(try a.files() == b.files())
  }

  @Test func aFileMayBecomeAFolderAndAFolderAFile() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["x": "file\n", "y/inner.md": "inner\n"])
    a.remove("x")
    try a.write("x/now.md", "folder\n")
    a.remove("y/inner.md")
    a.removeFolder("y")
    try a.write("y", "file\n")
    _ = try a.sync()
    _ = try b.sync()
    #expect(try a.files() == b.files())
  }

  @Test func ignoredFilesStayHereAndAreNeverOverwritten() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair([".gitignore": "private/\n*.tmp\n", "n.md": "n\n"])
    try a.write("private/secret.md", "s\n")
    try a.write("x.tmp", "t\n")
    try a.write(".folio/cache/index", "i\n")
    #expect(try a.sync().isUpToDate)
    // The other side stops ignoring and sends a file of that name.
    try b.write(".gitignore", "")
    try b.write("x.tmp", "from b\n")
    _ = try b.sync()
    let before = try a.files()
    #expect(throws: SyncError.inTheWay("x.tmp")) { try a.sync() }
    #expect(try a.files() == before)
    let left = try a.leftovers()
    #expect(left == [])
    try a.move("x.tmp", to: "private/x.tmp")
    _ = try a.sync()
    #expect(a.read("x.tmp") == "from b\n")
    #expect(a.read("private/x.tmp") == "t\n")
  }

  @Test func nestedRepositoriesAndCommandOutputAreLeftAlone() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "n\n"])
    try a.write("inner/code.md", "c\n")
    _ = try Repository.create(in: a.path("inner"))
    try a.write("out/.folio-output", "")
    try a.write("out/index.html", "<p>\n")
    let report = try a.sync()
    #expect(report.isUpToDate)
    #expect(report.skipped == [SkippedFile(path: "inner", reason: .nestedRepository)])
  }

  @Test func threeDevicesThatMergeAtTheSameTimeAgree() throws {
    let lab = try Lab()
    let text = (1...30).map { "line \($0)\n" }
    let (a, b) = try lab.pair(["n.md": text.joined()])
    let c = try lab.clone("c")
    func edit(_ device: Device, _ line: Int, _ mark: String) throws {
      var lines = device.read("n.md")!.split(separator: "\n", omittingEmptySubsequences: false)
      lines[line] = "\(lines[line]) \(mark)"
      try device.write("n.md", lines.joined(separator: "\n"))
    }
    for round in 0..<3 {
      try edit(a, 2, "a\(round)")
      try edit(b, 12, "b\(round)")
      try edit(c, 22, "c\(round)")
      for device in [a, b, c, a, b] { _ = try device.sync() }
      #expect(try a.files() == b.files())
      #expect(try b.files() == c.files())
    }
    #expect(a.read("n.md")!.contains("line 13 b0 b1 b2"))
  }

  @Test func aPushThatLosesTheRaceMergesAndTriesAgain() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "n\n"])
    try a.write("a.md", "a\n")
    try b.write("b.md", "b\n")
    var hasRaced = false
    _ = try a.sync(hook: { step in
      guard step == .fetched, !hasRaced else { return }
      hasRaced = true
      _ = try b.sync()
    })
    _ = try b.sync()
    #expect(try a.files() == b.files())
    #expect(a.read("b.md") == "b\n" && b.read("a.md") == "a\n")
  }
}
