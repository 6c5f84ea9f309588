import Notes
import Testing

@testable import Sync

/// What sync does not save or send before a person has said that it is meant.
@Suite struct GuardTests {
  // Put together here, so that no tool takes this file for a leak.
  private let token = "gh" + "p_" + "Zt4kQ9vLr2XnB7sWc1DyFg8HjK3mP6qRu0Ae"

  private func findings(
    _ body: () throws -> SyncReport
  ) throws -> [GuardFinding] {
    do { _ = try body() } catch SyncError.guarded(let findings) { return findings }
    return []
  }

  @Test func aSecretIsNeitherSavedNorSentUntilItIsAllowed() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "one\n"])
    let before = try a.head()
    try a.write("n.md", "one\n\nexport TOKEN=\(token)\n")
    // A second try finds it again, though the file is known by then.
    for _ in 0..<2 {
      let found = try findings { try a.sync() }
      #expect(found.map(\.kind) == [.secret] && found.map(\.line) == [3])
      #expect(found[0].path == "n.md" && !found[0].text.contains(token))
    }
    #expect(try a.head() == before)
    let print = try #require(try findings { try a.sync() }.first?.fingerprint)
    _ = try a.sync { $0.allowedSecrets = [print] }
    try a.write("n.md", "one\n\nexport TOKEN=\(token)\nmore\n")
    _ = try a.sync()
    _ = try b.sync()
    #expect(try a.files() == b.files())
  }

  @Test func aMarkInTheNoteDoesNotOpenTheGuard() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    try a.write("n.md", "one\n\n\(token) <!-- folio:allow-secret -->\n")
    let found = try findings { try a.sync() }
    #expect(found.map(\.kind) == [.secret] && found.map(\.line) == [3])
    // Nothing of it is in the repository.
    let blob = Repository.id(ofBlob: Array(try #require(a.read("n.md")).utf8))
    #expect(try !a.repository.contains(blob))
    _ = try a.sync { $0.allowedSecrets = found.compactMap(\.fingerprint) }
    #expect(try a.repository.contains(blob))
  }

  @Test func aSecretInACommitOfAnotherProgramDoesNotLeave() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    try a.write("n.md", "one\n\(token)\n")
    lab.git("commit", "-qam", "By hand", in: a.root)
    try a.write("n.md", "one\n")
    lab.git("commit", "-qam", "Taken out again", in: a.root)
    let found = try findings { try a.sync() }
    #expect(found.map(\.kind) == [.secret])
    #expect(found[0].commit != nil && found[0].line == 2)
    #expect(!lab.git("log", "-p", "main", in: lab.remote).contains(token))
    _ = try a.sync { $0.allowedSecrets = [found[0].fingerprint!] }
    #expect(lab.git("log", "-p", "main", in: lab.remote).contains(token))
  }

  @Test func aVaultThatLosesMostOfItsFilesIsAskedAbout() throws {
    let lab = try Lab()
    let notes = Dictionary(uniqueKeysWithValues: (1...60).map { ("n\($0).md", "note \($0)\n") })
    let (a, b) = try lab.pair(notes)
    for number in 1...30 { a.remove("n\(number).md") }
    let found = try findings { try a.sync() }
    #expect(found.map(\.kind) == [.deletion])
    #expect(found[0].message == "30 of 62 files are gone at once")
    _ = try a.sync { $0.allowsDeletion = true }
    _ = try b.sync()
    #expect(try a.files() == b.files())
    // Moving is not deleting, and a few deletions are everyday work.
    for number in 31...60 { try b.move("n\(number).md", to: "moved/n\(number).md") }
    _ = try b.sync()
    for number in 31...37 { b.remove("moved/n\(number).md") }
    _ = try b.sync()
  }

  @Test func anEmptiedVaultIsAskedAbout() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    a.remove("n.md")
    a.remove(".folio/config.yaml")
    a.remove(".folio/.gitignore")
    #expect(try findings { try a.sync() }.map(\.kind) == [.deletion])
  }

  @Test func aNoteThatIsEmptiedIsSaid() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    try a.write("n.md", "")
    #expect(try a.sync().notices.contains { $0.hasPrefix("n.md is empty now") })
  }

  @Test func conflictMarkersAreNotSavedUnlessTheyAreText() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    let marked = "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> origin/main\n"
    try a.write("n.md", "one\n" + marked)
    let found = try findings { try a.sync() }
    #expect(found.map(\.kind) == [.marker] && found.map(\.line) == [2])
    try a.write("n.md", "How git shows it:\n\n```\n" + marked + "```\n")
    _ = try a.sync()
    try a.write("n.md", "Title\n=======\n\n> >>>>>>> quoted\n")
    _ = try a.sync()
  }

  @Test func aHugeFileIsTakenOnlyWhenThatIsSaid() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    try a.write("x.bin", String(repeating: "x", count: ContentGuard.largestFile + 1))
    #expect(try findings { try a.sync() }.map(\.kind) == [.size])
    _ = try a.sync { $0.allowsLarge = true }
  }

  @Test func aRewrittenHistoryIsFollowedOnlyWhenThatIsSaid() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "one\n", "purged.md": "a password\n"])
    try b.write("mine.md", "of b\n")
    let old = try #require(try a.head())
    lab.git("rm", "-q", "purged.md", in: a.root)
    lab.git("commit", "-q", "--amend", "-m", "Rewritten", in: a.root)
    lab.git("push", "-qf", "origin", "main", in: a.root)
    #expect(throws: SyncError.self) { try b.sync() }
    _ = try b.sync { $0.acceptsRewrite = true }
    #expect(b.read("purged.md") == nil && b.read("mine.md") == "of b\n")
    #expect(!lab.git("log", "-p", "main", in: lab.remote).contains("a password"))
    let kept = try b.repository.references(matching: "refs/folio/backup/*")
    #expect(
      try kept.contains { try b.repository.isAncestor(old, of: b.repository.target(of: $0)!) })
    #expect(try b.sync().isUpToDate)
  }

  @Test func historiesWithNothingInCommonAreJoinedOnlyWhenThatIsSaid() throws {
    let lab = try Lab()
    _ = try lab.pair(["n.md": "of a\n", "same.md": "same\n"])
    let c = try lab.device("c", connected: false)
    try c.write("n.md", "of c\n")
    try c.write("same.md", "same\n")
    _ = try? c.sync()
    lab.git("add", "-A", in: c.root)
    lab.git("commit", "-qm", "Its own beginning", in: c.root)
    try Remotes(c.repository).add("origin", RemoteAddress(lab.remote, from: "/"))
    #expect(throws: SyncError.self) { try c.sync() }
    let report = try c.sync { $0.joins = true }
    #expect(report.conflicts.map(\.path) == ["n.md"])
    let text = try c.files().values.joined()
    #expect(text.contains("of a\n") && text.contains("of c\n"))
    #expect(c.read("same.md") == "same\n")
  }

  /// A remote at a public host, which is a folder in truth.
  private struct Elsewhere: Transport {
    private let inner = LibGit2Transport()

    func tips(of remote: String, in repository: String) throws -> RemoteTips {
      try inner.tips(of: "folder", in: repository)
    }
    func fetch(_ branch: String, of remote: String, in repository: String) throws {
      try inner.fetch(branch, of: "folder", in: repository)
    }
    func push(
      _ source: String, to branch: String, of remote: String, in repository: String
    ) throws -> PushOutcome {
      try inner.push(source, to: branch, of: "folder", in: repository)
    }
  }

  @Test func privateNotesGoToAPublicHostOnlyWhenThatIsSaidOnce() throws {
    let lab = try Lab()
    let a = try lab.device("a", connected: false)
    try Remotes(a.repository).add(
      "origin", RemoteAddress("git@codeberg.org:maya/notes.git", from: "/"))
    try Remotes(a.repository).add("folder", RemoteAddress(lab.remote, from: "/"))
    try a.write("open.md", "not private\n")
    _ = try a.sync(transport: Elsewhere())
    try a.write("n.md", "---\nvisibility: private\n---\ntext\n")
    let found = try findings { try a.sync(transport: Elsewhere()) }
    #expect(found.map(\.kind) == [.privacy] && found.map(\.path) == ["n.md"])
    #expect(!lab.git("ls-tree", "-r", "main", in: lab.remote).contains("n.md\n"))
    _ = try a.sync(transport: Elsewhere()) { $0.allowsPrivate = true }
    try a.write("n.md", "---\nvisibility: private\n---\ntext, changed\n")
    _ = try a.sync(transport: Elsewhere())
  }

  @Test func aDryRunSaysWhatTheGuardsFind() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "one\n"])
    try a.write("n.md", "\(token)\n")
    #expect(try findings { try a.sync { $0.isDryRun = true } }.map(\.kind) == [.secret])
  }
}
