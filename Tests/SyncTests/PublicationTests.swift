import Notes
import Testing

@testable import Sync

/// A site sent to a branch of its own.
@Suite struct PublicationTests {
  struct Refused: Error, Equatable { var path: String }

  /// A device whose notes are synced with one repository and whose site goes to another.
  private static func device(_ lab: Lab) throws -> (device: Device, site: String) {
    let device = try lab.device("a")
    try device.write("note.md", "# Note\n")
    _ = try device.sync()
    let site = lab.root + "/site.git"
    _ = try Repository.create(in: site, bare: true)
    try Remotes(device.repository).add("site", RemoteAddress(site, from: "/"))
    return (device, site)
  }

  private static func publish(
    _ device: Device, _ files: [String: String], author: Author? = nil,
    check: (String, [UInt8]) throws -> Void = { _, _ in },
    with change: (inout Publication.Options) -> Void = { _ in }
  ) throws -> Publication.Report {
    let vault = try Vault.find(
      named: device.root, environment: nil, current: device.root, userSettings: "")
    var options = Publication.Options(fallbackAuthor: Author(name: "F", email: "f@example.org"))
    options.author = author
    change(&options)
    return try Publication(vault, options, transport: LibGit2Transport()).run(
      files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }
        + [(Publication.mark, Array("mark\n".utf8))], check: check)
  }

  @Test func publishingTwiceKeepsTheHistory() throws {
    let lab = try Lab()
    let (device, site) = try Self.device(lab)
    let first = try Self.publish(device, ["index.html": "one", "notes/a.html": "a"])
    #expect(first.isNew && first.changed == ["index.html", "notes/a.html"])
    let second = try Self.publish(device, ["index.html": "two", "notes/b.html": "b"])
    #expect(!second.isNew)
    #expect(second.changed == ["index.html", "notes/b.html"])
    #expect(second.removed == ["notes/a.html"])
    let third = try Self.publish(device, ["index.html": "two", "notes/b.html": "b"])
    #expect(third.commit == nil && third.changed.isEmpty)

    #expect(
      lab.git("log", "--format=%H %P", "gh-pages", in: site)
        == "\(second.commit!) \(first.commit!)\n\(first.commit!)" + " ")
    #expect(lab.git("show", "gh-pages~1:index.html", in: site) == "one")
    #expect(lab.git("show", "gh-pages~1:notes/a.html", in: site) == "a")
    #expect(
      lab.git("ls-tree", "-r", "--name-only", "gh-pages", in: site)
        == ".folio-output\nindex.html\nnotes/b.html")
    // Nothing of the notes lies below it.
    #expect(lab.git("rev-list", "--count", "gh-pages", in: site) == "2")
    #expect(lab.git("fsck", "--strict", in: site).contains("error") == false)
  }

  @Test func anotherDeviceGoesOnWhereTheFirstStopped() throws {
    let lab = try Lab()
    let (device, site) = try Self.device(lab)
    let first = try Self.publish(device, ["index.html": "one"])
    let other = try lab.clone("b")
    try Remotes(other.repository).add("site", RemoteAddress(site, from: "/"))
    let second = try Self.publish(other, ["index.html": "two"])
    #expect(lab.git("rev-parse", "gh-pages~1", in: site) == first.commit)
    #expect(lab.git("rev-parse", "gh-pages", in: site) == second.commit)
  }

  /// What was public once is public in the history: every content, author and message is read.
  @Test func theWholeHistoryIsRead() throws {
    let lab = try Lab()
    let (device, site) = try Self.device(lab)
    _ = try Self.publish(device, ["index.html": "one", "old.html": "canary"])
    _ = try Self.publish(device, ["index.html": "two"])
    var read: [String] = []
    _ = try Self.publish(device, ["index.html": "three"], check: { path, _ in read.append(path) })
    #expect(read.filter { $0.hasPrefix("commit ") }.count == 2)
    #expect(
      Set(read.filter { !$0.hasPrefix("commit ") })
        == [".folio-output", "index.html", "old.html"])
    let before = lab.git("rev-parse", "gh-pages", in: site)
    #expect(throws: Refused(path: "old.html")) {
      try Self.publish(
        device, ["index.html": "four"],
        check: { path, bytes in
          if String(decoding: bytes, as: UTF8.self).contains("canary") { throw Refused(path: path) }
        })
    }
    #expect(lab.git("rev-parse", "gh-pages", in: site) == before)
  }

  @Test func aCommitNamesWhomItIsToldToName() throws {
    let lab = try Lab()
    let (device, site) = try Self.device(lab)
    try device.write("profile.md", "---\nname: Ada\nemail: secret@example.org\n---\n")
    lab.git("config", "user.email", "work@example.org", in: device.root)
    _ = try Self.publish(
      device, ["index.html": "x"], author: Author(name: "Ada", email: "portfolio@folio.invalid"))
    let commit = lab.git("cat-file", "commit", "gh-pages", in: site)
    #expect(commit.contains("author Ada <portfolio@folio.invalid>"))
    #expect(commit.contains("committer Ada <portfolio@folio.invalid>"))
    #expect(!commit.contains("secret") && !commit.contains("work@"))
  }

  @Test func aBranchOfSomebodyElseIsLeft() throws {
    let lab = try Lab()
    let (device, site) = try Self.device(lab)
    let work = lab.root + "/work"
    lab.git("clone", "-q", site, work, in: lab.root)
    lab.git("checkout", "-q", "-b", "gh-pages", in: work)
    lab.git("commit", "-q", "--allow-empty", "-m", "theirs", in: work)
    lab.git("push", "-q", "origin", "gh-pages", in: work)
    let before = lab.git("rev-parse", "gh-pages", in: site)
    #expect(throws: SyncError.self) { try Self.publish(device, ["index.html": "x"]) }
    #expect(lab.git("rev-parse", "gh-pages", in: site) == before)
  }

  @Test func theRemoteOfTheNotesIsNotTakenUnasked() throws {
    let lab = try Lab()
    let (device, _) = try Self.device(lab)
    #expect(throws: SyncError.self) {
      try Self.publish(device, ["index.html": "x"], with: { $0.remote = "origin" })
    }
    let report = try Self.publish(
      device, ["index.html": "x"],
      with: {
        $0.remote = "origin"
        $0.allowsSyncRemote = true
      })
    #expect(report.isNew)
    // The notes are not in it, and it is not in the notes.
    #expect(lab.git("merge-base", "main", "gh-pages", in: lab.remote).isEmpty)
  }

  @Test func aDryRunSendsAndKeepsNothing() throws {
    let lab = try Lab()
    let (device, site) = try Self.device(lab)
    let report = try Self.publish(device, ["index.html": "x"], with: { $0.isDryRun = true })
    #expect(report.changed == ["index.html"] && report.commit == nil)
    #expect(lab.git("branch", "--list", in: site).isEmpty)
    #expect(try device.repository.target(of: "refs/folio/published/site/gh-pages") == nil)
  }
}
