import Notes
import Testing

@testable import Sync

/// What becomes of two trees, and of the conflicts that they leave.
@Suite struct ConflictTests {
  private let lines = (1...12).map { "line \($0)\n" }.joined()

  /// Two devices that changed what both had, the first one earlier; both are in step afterwards.
  private func diverge(
    _ notes: [String: String], _ first: (Device) throws -> Void, _ second: (Device) throws -> Void
  ) throws -> (a: Device, b: Device, report: SyncReport) {
    let lab = try Lab()
    let (a, b) = try lab.pair(notes)
    try first(a)
    try second(b)
    _ = try a.sync { $0.date = 1_800_000_000 }
    let report = try b.sync { $0.date = 1_800_000_100 }
    _ = try a.sync()
    #expect(try a.files() == b.files())
    #expect(lab.git("status", "--porcelain", in: a.root) == "")
    #expect(try b.leftovers() == [])
    return (a, b, report)
  }

  private func waiting(_ device: Device) throws -> [MergeConflict] {
    PendingConflicts(of: try Vault(folder: device.root)).conflicts
  }

  @Test func twoNotesWithDifferentIDsAreBothNotes() throws {
    let (a, _, report) = try diverge(
      [:], { try $0.write("n.md", "---\nid: a\n---\nof a\n") },
      { try $0.write("n.md", "---\nid: b\n---\nof b\n") })
    let names = try a.files().keys.filter { $0.hasPrefix("n") }
    #expect(names.count == 2)
    #expect(try a.files().values.filter { $0.contains("of a") || $0.contains("of b") }.count == 2)
    #expect(report.conflicts == [] && report.notices.count == 1)
  }

  @Test func notesOfOneNameWithoutIDsAreBothKeptAndNamed() throws {
    let (a, _, report) = try diverge(
      [:], { try $0.write("n.md", "of a\n") }, { try $0.write("n.md", "of b\n") })
    #expect(report.conflicts.map(\.reason) == [.bothNew])
    let copy = try #require(report.conflicts.first?.copy)
    #expect(a.read("n.md")?.hasSuffix("of a\n") == true)
    #expect(a.read(copy)?.hasSuffix("of b\n") == true)
  }

  @Test func aNoteDeletedOnOneSideAndEditedOnTheOtherStaysAndIsListed() throws {
    let (a, _, report) = try diverge(
      ["n.md": "one\n"], { $0.remove("n.md") }, { try $0.write("n.md", "two\n") })
    #expect(report.conflicts == [MergeConflict(path: "n.md", reason: .deleted)])
    #expect(a.read("n.md") == "two\n")
    let vault = try Vault(folder: a.root)
    _ = try ConflictResolution(of: vault, named: "n").settle(.theirs)
    #expect(a.read("n.md") == nil)
    #expect(try waiting(a) == [])
  }

  @Test func attachmentsThatBothChangedAreBothKept() throws {
    let (a, _, report) = try diverge(
      ["x.png": "\0old"], { try $0.write("x.png", "\0a") }, { try $0.write("x.png", "\0b") })
    #expect(report.conflicts.map(\.reason) == [.notText])
    #expect(a.read("x.png") == "\0a")
    #expect(a.read(try #require(report.conflicts[0].copy)) == "\0b")
    #expect(report.conflicts[0].copy?.hasSuffix(".png") == true)
  }

  @Test func aFileAndAFolderOfOneNameAreBothKept() throws {
    let (a, _, report) = try diverge(
      [:], { try $0.write("x", "file\n") }, { try $0.write("x/n.md", "in a folder\n") })
    #expect(report.conflicts.map(\.reason) == [.kinds])
    #expect(a.read("x/n.md") == "in a folder\n")
    #expect(a.read(try #require(report.conflicts[0].copy)) == "file\n")
  }

  @Test func aLinkGivesWayToAFile() throws {
    let (a, _, report) = try diverge(
      [:], { $0.link("x.md", to: "elsewhere.md") }, { try $0.write("x.md", "file\n") })
    #expect(report.conflicts.map(\.reason) == [.kinds])
    #expect(report.conflicts[0].other == "elsewhere.md")
    #expect(a.read("x.md") == "file\n")
  }

  @Test(arguments: [("Readme.md", "README.md"), ("caf\u{E9}.md", "cafe\u{301}.md")])
  func namesThatOneFileSystemTakesForTheSameAreKeptApart(_ one: String, _ two: String) throws {
    let (a, _, report) = try diverge(
      [:], { try $0.write(one, "of a\n") }, { try $0.write(two, "of b\n") })
    #expect(report.conflicts.map(\.reason) == [.spelling])
    #expect(a.read(one) == "of a\n")
    #expect(a.read(try #require(report.conflicts[0].copy)) == "of b\n")
    let folded = Set(try a.files().keys.map { $0.lowercased() })
    #expect(try folded.count == a.files().count)
  }

  @Test func aRenameIsFollowedByIDWhenTheTextIsNewToo() throws {
    let (a, _, _) = try diverge(
      ["old.md": "---\nid: n-1\ntags: [a]\n---\n\(lines)"],
      {
        try $0.write("new.md", "---\nid: n-1\ntags: [a]\n---\nall new\n"); $0.remove("old.md")
      },
      { try $0.write("old.md", "---\nid: n-1\ntags: [a, b]\n---\n\(lines)") })
    #expect(a.read("old.md") == nil)
    #expect(a.read("new.md") == "---\nid: n-1\ntags: [a, b]\n---\nall new\n")
  }

  @Test func aNoteThatBothRenamedIsOneNote() throws {
    let (a, _, report) = try diverge(
      ["old.md": lines], { try $0.move("old.md", to: "by a.md") },
      { device in
        try device.move("old.md", to: "by b.md")
        try device.write("by b.md", self.lines + "end of b\n")
      })
    #expect(a.read("by a.md") == lines + "end of b\n")
    #expect(a.read("by b.md") == nil && a.read("old.md") == nil)
    #expect(report.conflicts == [] && report.notices.count == 1)
  }

  @Test func keysThatBothChangedAreListedWithBothValues() throws {
    let (a, _, report) = try diverge(
      ["n.md": "---\nstatus: a\n---\ntext\n"],
      { try $0.write("n.md", "---\nstatus: b\n---\ntext\n") },
      { try $0.write("n.md", "---\nstatus: c\n---\ntext\n") })
    #expect(
      report.conflicts == [
        MergeConflict(path: "n.md", field: "status", reason: .field, kept: "b", other: "c")
      ])
    #expect(try waiting(a) == report.conflicts)
    let vault = try Vault(folder: a.root)
    #expect(throws: SyncError.self) {
      try ConflictResolution(of: vault, named: "n").settle(.both)
    }
    _ = try ConflictResolution(of: vault, named: "n", field: "status").settle(.theirs)
    #expect(a.read("n.md") == "---\nstatus: c\n---\ntext\n")
    #expect(try waiting(a) == [])
  }

  @Test(arguments: [ConflictResolution.Choice.ours, .theirs, .both, .edited])
  func aConflictIsSettledOnceForAllDevices(_ choice: ConflictResolution.Choice) throws {
    let (a, b, report) = try diverge(
      ["n.md": "one\n"], { try $0.write("n.md", "of a\n") }, { try $0.write("n.md", "of b\n") })
    let copy = try #require(report.conflicts.first?.copy)
    let vault = try Vault(folder: a.root)
    let settled = try ConflictResolution(of: vault, named: copy).settle(choice)
    _ = try a.sync()
    _ = try b.sync()
    #expect(try a.files() == b.files())
    #expect(try waiting(b) == [])
    #expect(b.read(copy) == nil)
    #expect(b.read("n.md") == (choice == .theirs ? "of b\n" : "of a\n"))
    if choice == .both {
      #expect(settled.map(\.other) == ["n-2.md"])
      #expect(b.read("n-2.md") == "of b\n")
    } else {
      #expect(b.read("n-2.md") == nil)
    }
  }

  @Test func takingTheCopyAwayByHandSettlesItToo() throws {
    let (a, b, report) = try diverge(
      ["n.md": "one\n"], { try $0.write("n.md", "of a\n") }, { try $0.write("n.md", "of b\n") })
    a.remove(try #require(report.conflicts.first?.copy))
    #expect(try waiting(a) == [])
    _ = try a.sync()
    _ = try b.sync()
    #expect(try b.files().keys.allSatisfy { !$0.contains("conflict") })
  }

  @Test func twoDevicesThatMergeTheSameCommitsGetTheSameTree() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "one\n", "k.md": "---\nx: 1\n---\n"])
    let c = try lab.clone("c")
    try a.write("n.md", "of a\n")
    try a.write("k.md", "---\nx: 2\n---\n")
    _ = try a.sync()
    for device in [b, c] {
      try device.write("n.md", "of b\n")
      try device.write("k.md", "---\nx: 3\n---\n")
    }
    // The same commit on both: a third repository hands it over.
    let base = try #require(try b.head())
    _ = try? b.sync(hook: { if $0 == .saved { throw Killed() } })
    let mine = try #require(try b.head())
    #expect(mine != base)
    lab.git("fetch", "-q", b.root, "main", in: c.root)
    lab.git("reset", "-q", "--soft", mine.description, in: c.root)
    lab.git("reset", "-q", in: c.root)
    var trees: [ObjectID] = []
    for device in [b, c] {
      _ = try? device.sync(hook: { if $0 == .moved { throw Killed() } })
      let repository = try device.repository
      trees.append(try repository.commit(#require(try device.head())).tree)
    }
    #expect(trees[0] == trees[1])
    #expect(try b.files().keys.contains { $0.contains(".conflict-") })
    // Both send their merge; nothing is doubled and no conflict is there twice.
    let before = try b.files()
    for device in [b, c, a, b] { _ = try device.sync() }
    #expect(try a.files() == before && b.files() == before && c.files() == before)
  }

  @Test func aConflictSettledOnOneDeviceStaysSettledAfterCrossedMerges() throws {
    let (a, b, report) = try diverge(
      ["n.md": "one\n", "m.md": "m\n"], { try $0.write("n.md", "of a\n") },
      { try $0.write("n.md", "of b\n") })
    let copy = try #require(report.conflicts.first?.copy)
    _ = try ConflictResolution(of: Vault(folder: a.root), named: "n").settle(.ours)
    try b.write("m.md", "m of b\n")
    _ = try a.sync()
    _ = try b.sync()
    _ = try a.sync()
    #expect(try a.files() == b.files())
    #expect(a.read(copy) == nil && a.read("n.md") == "of a\n")
    #expect(try waiting(a) == [])
  }

  @Test func recordsSurviveOddTexts() throws {
    let odd = "a \"quoted\" \\ back\tslash\n\u{85}line \u{2028} – 日本 🙂 \u{1}"
    let record = ConflictRecord(
      conflict: MergeConflict(path: "x/ü.md", field: "f", reason: .field, kept: odd, other: ""),
      version: Repository.id(ofBlob: [1]), first: MergeSide(commit: nil, time: 0, device: odd),
      second: MergeSide(commit: Repository.id(ofBlob: []), time: 1_800_000_000, device: "d"))
    #expect(ConflictRecord(record.encoded) == record)
    for end in 0..<record.encoded.count { _ = ConflictRecord(Array(record.encoded[..<end])) }
    #expect(ConflictRecord(Array("{\"path\": \"../../etc/passwd\"}".utf8)) == nil)
  }
}
