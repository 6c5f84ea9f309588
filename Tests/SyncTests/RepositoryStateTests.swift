import Notes
import Testing

@testable import Sync

/// What a repository may be in when a sync comes along.
@Suite struct RepositoryStateTests {
  @Test func withoutARemoteThereIsAnErrorThatNamesTheVerb() throws {
    let lab = try Lab()
    let a = try lab.device("a", connected: false)
    #expect(throws: SyncError.noRemote) { try a.sync() }
    #expect(SyncError.noRemote.remedy.contains("folio remote add"))
  }

  @Test func aRemoteThatIsGoneIsOfflineAndWhatWasSavedIsKept() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "n\n"])
    try a.write("n.md", "n, changed\n")
    FolderRemoval.remove(lab.remote)
    #expect(throws: SyncError.offline(lab.remote, reason: "there is no such folder")) {
      try a.sync()
    }
    #expect(lab.git("status", "--porcelain", in: a.root) == "")
    #expect(lab.git("show", "HEAD:n.md", in: a.root) == "n, changed")
  }

  @Test func anEmptyVaultTakesWhatTheRemoteHas() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "n\n"])
    let c = try lab.device("c")
    let report = try c.sync()
    #expect(report.received.map(\.path) == ["n.md"])
    #expect(try a.files() == c.files())
    #expect(try a.head() == c.head())
  }

  @Test func aVaultNeverCommittedPutsItsNotesOnTopOfTheRemotes() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "n\n", "profile.md": "filled in\n"])
    let c = try lab.device("c")
    try c.write("mine.md", "mine\n")
    try c.write("profile.md", "blank\n")
    let wouldBe = try c.sync({ $0.isDryRun = true })
    #expect(wouldBe.conflicts.map(\.path) == ["profile.md"])
    #expect(c.read("profile.md") == "blank\n")
    let report = try c.sync({ $0.isStarterFile = { path, _ in path == "profile.md" } })
    #expect(report.conflicts == [])
    _ = try a.sync()
    #expect(try a.files() == c.files())
    #expect(a.read("mine.md") == "mine\n" && a.read("profile.md") == "filled in\n")
  }

  @Test func unrelatedHistoriesAreRefusedWithAWayOut() throws {
    let lab = try Lab()
    _ = try lab.pair(["n.md": "n\n"])
    let c = try lab.device("c", connected: false)
    try c.write("other.md", "other\n")
    lab.git("add", "-A", in: c.root)
    lab.git("commit", "-qm", "Alone", in: c.root)
    try Remotes(c.repository).add("origin", RemoteAddress(lab.remote, from: "/"))
    let error = #expect(throws: SyncError.self) { try c.sync() }
    guard case .unrelated? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.remedy.contains("folio clone") == true)
    #expect(c.read("n.md") == nil)
  }

  @Test func aRewrittenRemoteIsNotMerged() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "n\n"])
    try a.write("secret.md", "secret\n")
    _ = try a.sync()
    _ = try b.sync()
    lab.git("reset", "-q", "--hard", "HEAD~1", in: a.root)
    lab.git("push", "-qf", "origin", "main", in: a.root)
    let error = #expect(throws: SyncError.self) { try b.sync() }
    guard case .rewritten(_, _, _, let mark)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(b.read("secret.md") == "secret\n")
    lab.git("update-ref", "-d", mark, in: b.root)
    _ = try b.sync()
  }

  static let refusals: [(name: String, commands: [[String]], words: String)] = [
    ("detached", [["checkout", "-q", "--detach"]], "detached"),
    (
      "sparse", [["update-index", "--refresh"], ["sparse-checkout", "set", ".folio"]], "sparse"
    ),
    (
      "merging",
      [
        ["checkout", "-qb", "side"], ["commit", "-q", "--allow-empty", "-m", "s"],
        ["checkout", "-q", "main"], ["commit", "-q", "--allow-empty", "-m", "m"],
        ["merge", "-q", "--no-commit", "side"],
      ], "merge"
    ),
    ("split index", [["update-index", "--split-index"]], "split"),
    ("partial", [["config", "remote.origin.promisor", "true"]], "partial"),
  ]

  @Test(arguments: refusals.indices)
  func aRepositoryThatSyncDoesNotWorkInIsNamedAndLeftAlone(_ place: Int) throws {
    let refusal = Self.refusals[place]
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "n\n", "x/y.md": "y\n"])
    var said = ""
    for command in refusal.commands {
      switch command.count {
      case 2: lab.git(command[0], command[1], in: a.root)
      case 3: said += lab.git(command[0], command[1], command[2], in: a.root)
      case 4: lab.git(command[0], command[1], command[2], command[3], in: a.root)
      default: lab.git(command[0], command[1], command[2], command[3], command[4], in: a.root)
      }
    }
    let head = lab.git("rev-parse", "HEAD", in: a.root)
    let error = #expect(throws: SyncError.self) { try a.sync() }
    #expect(error?.message.contains(refusal.words) == true, "\(said) \(String(describing: error))")
    #expect(error?.remedy.isEmpty == false)
    #expect(lab.git("rev-parse", "HEAD", in: a.root) == head)
  }

  @Test func aVaultInALargerRepositoryCommitsNothingElse() throws {
    let lab = try Lab()
    let outer = Device(name: "outer", root: lab.root + "/outer")
    _ = try Repository.create(in: outer.root)
    try outer.write("code.c", "int main;\n")
    try outer.write("staged.c", "old\n")
    lab.git("add", "-A", in: outer.root)
    lab.git("commit", "-qm", "Code", in: outer.root)
    lab.git("remote", "add", "origin", lab.remote, in: outer.root)
    _ = try VaultCreation(root: outer.path("notes"))
    let vault = Device(name: "vault", root: FileSystem.realPath(outer.path("notes"))!)
    try outer.write("code.c", "int main; // not staged\n")
    try outer.write("staged.c", "staged\n")
    lab.git("add", "staged.c", in: outer.root)
    try vault.write("n.md", "n\n")
    let report = try vault.sync()
    #expect(report.saved.map(\.path) == [".folio/.gitignore", ".folio/config.yaml", "n.md"])
    #expect(
      lab.git("status", "--porcelain", in: outer.root) == " M code.c\nM  staged.c")
    #expect(lab.git("show", "main:notes/n.md", in: lab.remote) == "n")
    #expect(lab.git("show", "main:staged.c", in: lab.remote) == "old")
    // A note that comes from elsewhere arrives in the subfolder; code that comes is git's to take.
    let other = Device(name: "other", root: lab.root + "/other")
    lab.git("clone", "-q", lab.remote, other.root, in: lab.root)
    try other.write("notes/n.md", "n of other\n")
    lab.git("commit", "-qam", "Note", in: other.root)
    lab.git("push", "-q", in: other.root)
    _ = try vault.sync()
    #expect(vault.read("n.md") == "n of other\n")
    #expect(
      lab.git("status", "--porcelain", in: outer.root) == " M code.c\nM  staged.c")
    try other.write("code.c", "int other;\n")
    lab.git("commit", "-qam", "Code", in: other.root)
    lab.git("push", "-q", in: other.root)
    #expect(throws: SyncError.outsideVault("code.c", count: 1)) { try vault.sync() }
    #expect(outer.read("code.c") == "int main; // not staged\n")
  }

  @Test func namesThatAnotherSystemTakesForGitAreRefused() throws {
    for name in [
      ".git", ".GIT", "git~1", ".git ", ".git.", ".git::$INDEX_ALLOCATION", ".gi\u{200C}t", "a\\b",
      "bell\u{7}", "..",
    ] {
      #expect(CarriedName.problem(Array(name.utf8)) != nil, "\(name)")
    }
    for name in [".gitignore", ".github", "git", "a: b.md", "日本.md", "-rf"] {
      #expect(CarriedName.problem(Array(name.utf8)) == nil, "\(name)")
    }
  }

  @Test func aRemoteThatCarriesAHostileNameIsRefused() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "n\n"])
    for path in [".folio/local/sync-journal", "x/.GIT/config", "a\u{1B}[2J.md"] {
      let repository = try a.repository
      let head = try #require(try a.head())
      let blob = try repository.writeBlob(Array("evil\n".utf8))
      let entry = TreeEntry(mode: TreeEntry.fileMode, id: blob)
      let tree = try repository.editing(repository.commit(head).tree, [TreePath(path): entry])
      let commit = try repository.writeCommit(
        tree: tree!, parents: [head], author: Author(name: "E", email: "e@example.org"),
        message: "Evil\n")
      lab.git("push", "-qf", "origin", "\(commit):refs/heads/main", in: a.root)
      let before = try b.files()
      let error = #expect(throws: SyncError.self) { try b.sync() }
      guard case .badName? = error else {
        Issue.record("\(path): \(String(describing: error))")
        continue
      }
      #expect(try b.files() == before)
      lab.git("push", "-qf", "origin", "\(head):refs/heads/main", in: a.root)
      _ = try b.sync()
    }
  }

  @Test func nothingIsWrittenThroughALinkThatLeavesTheVault() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "n\n", ".gitignore": "out\n"])
    try FileSystem.createFolder(lab.root + "/outside")
    b.link("out", to: lab.root + "/outside")
    try a.write(".gitignore", "")
    try a.write("out/x.md", "x\n")
    _ = try a.sync()
    #expect(throws: SyncError.inTheWay("out/x.md")) { try b.sync() }
    #expect(try FileSystem.names(in: lab.root + "/outside").isEmpty)
  }

  @Test func aDryRunChangesNothing() throws {
    let lab = try Lab()
    let (a, b) = try lab.pair(["n.md": "n\n"])
    try a.write("a.md", "a\n")
    _ = try a.sync()
    try b.write("b.md", "b\n")
    let before = try b.files()
    let references = lab.git("for-each-ref", in: b.root)
    let report = try b.sync({ $0.isDryRun = true })
    #expect(report.saved.map(\.path) == ["b.md"])
    #expect(report.received.map(\.path) == ["a.md"])
    #expect(report.sent.map(\.path) == ["b.md"])
    #expect(try b.files() == before)
    #expect(lab.git("for-each-ref", in: b.root) == references)
    #expect(lab.git("status", "--porcelain", in: b.root) == "?? b.md")
  }

  @Test func aCloneIsThereEntirelyOrNotAtAll() throws {
    let lab = try Lab()
    let (a, _) = try lab.pair(["n.md": "n\n"])
    let c = try lab.clone("c")
    #expect(try a.files() == c.files())
    #expect(lab.git("status", "--porcelain", in: c.root) == "")
    #expect(throws: SyncError.folderNotEmpty(lab.root + "/c")) { try lab.clone("c") }
    FolderRemoval.remove(lab.remote)
    #expect(throws: SyncError.self) { try lab.clone("d") }
    #expect(try FileSystem.names(in: lab.root).sorted() == ["a", "b", "c"])
  }

  @Test func theAuthorIsGitsElseTheProfilesElseTheUsers() throws {
    let lab = try Lab()
    let a = try lab.device("a")
    let vault = try Vault(folder: a.root)
    let fallback = Author(name: "user", email: "user@host")
    let repository = try a.repository
    guard repository.setting("user.name") == nil else { return }
    #expect(Author.of(vault, in: repository, fallback: fallback) == fallback)
    try a.write("profile.md", "---\nname: Maya\ncontact:\n  email: m@example.org\n---\n")
    #expect(
      Author.of(vault, in: repository, fallback: fallback)
        == Author(name: "Maya", email: "m@example.org"))
    try repository.set("user.name", "Git <Name>")
    #expect(Author.of(vault, in: try a.repository, fallback: fallback).name == "Git Name")
  }

  @Test(arguments: [
    "ext::sh -c x", "fd::3", "git://h/x", "ftp://h/x", "http://example.org/x",
    "https://u:p@h/x", "-oProxyCommand=x", "ssh://-oProxyCommand=x/y", "a\nb", "",
  ])
  func addressesThatCouldDoHarmAreRefused(_ text: String) {
    #expect(throws: SyncError.self) { try RemoteAddress(text, from: "/tmp") }
  }
}
