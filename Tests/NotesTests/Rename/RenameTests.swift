import Testing

@testable import Notes

@Suite struct RenameTests {
  private func move(
    _ vault: TestVault, _ old: String, _ new: String, title: String? = nil
  ) throws -> Rename.Plan {
    let rename = Rename(try vault.index())
    let plan = try rename.plan(
      try VaultPath(old), to: try VaultPath(new), title: title, moment: 0)
    _ = try rename.perform(plan, log: ChangeLog(try vault.vault(), local: vault.cache.path + "/l"))
    return plan
  }

  /// One link in a note at `links.md` or deeper, before and after `dir/old.md` moves.
  @Test(arguments: [
    ("[[old]]", "dir/new.md", "[[new]]"), ("[[old.md]]", "dir/new.md", "[[new.md]]"),
    ("[[OLD]]", "dir/new.md", "[[new]]"), ("[[old|Label]]", "dir/new.md", "[[new|Label]]"),
    ("| a [[old\\|L]] |", "dir/new.md", "| a [[new\\|L]] |"),
    ("[[old#Part]]", "dir/new.md", "[[new#Part]]"), ("[[old#^b1]]", "dir/new.md", "[[new#^b1]]"),
    ("![[old#Part|x]]", "dir/new.md", "![[new#Part|x]]"),
    ("[[dir/old]]", "dir/new.md", "[[dir/new]]"), ("[[dir/old]]", "other/old.md", "[[other/old]]"),
    ("[[/dir/old]]", "other/old.md", "[[/other/old]]"), ("[[old]]", "other/old.md", "[[old]]"),
    ("[[./dir/old]]", "other/new.md", "[[./other/new]]"),
    ("[t](dir/old.md)", "dir/new.md", "[t](dir/new.md)"), ("[t](dir/old)", "x/y.md", "[t](x/y)"),
    ("[t](./dir/old.md#part)", "dir/new.md", "[t](./dir/new.md#part)"),
    ("[t](/dir/old.md \"title\")", "dir/new.md", "[t](/dir/new.md \"title\")"),
    ("[t](<dir/old.md>)", "dir/a b.md", "[t](<dir/a b.md>)"),
    ("[t](dir/old.md)", "dir/a b (c).md", "[t](dir/a%20b%20(c).md)"),
    ("[t](dir/old.md)", "dir/a) b.md", "[t](dir/a%29%20b.md)"),
    ("[t](dir/old.md)", "dir/é.md", "[t](dir/é.md)"),
    ("[t][r]\n\n[r]: dir/old.md 'x'", "dir/new.md", "[t][r]\n\n[r]: dir/new.md 'x'"),
    ("![i](dir/old.md)", "dir/new.md", "![i](dir/new.md)"),
    ("[[Alias]]", "dir/new.md", "[[Alias]]"), ("[[The title]]", "dir/new.md", "[[The title]]"),
    ("`[[old]]` and\n\n    [[old]]", "dir/new.md", "`[[old]]` and\n\n    [[old]]"),
    ("---\nup: \"[[old]]\"\n---\n", "dir/new.md", "---\nup: \"[[new]]\"\n---\n"),
    ("---\nup: ['[[dir/old|x]]']\n---\n", "dir/new.md", "---\nup: ['[[dir/new|x]]']\n---\n"),
    (
      "[[older]] [[old stuff]] [w](https://x.y/old.md)", "dir/new.md",
      "[[older]] [[old stuff]] [w](https://x.y/old.md)"
    ),
    ("> [!note] [[old]]\r\n> x\r\n", "dir/new.md", "> [!note] [[new]]\r\n> x\r\n"),
  ])
  func everyFormOfALinkStaysInItsForm(link: String, new: String, after: String) throws {
    let vault = try TestVault([
      "dir/old.md": "---\ntitle: The title\naliases: [Alias]\n---\n## Part\n\nx ^b1\n",
      "links.md": link, "older.md": "", "old stuff.md": "",
    ])
    _ = try move(vault, "dir/old.md", new)
    #expect(try vault.folder.text("links.md") == after)
    let status = NoteLinks(try vault.index()).all().filter { $0.status == .broken }
    #expect(status.isEmpty, "\(status)")
  }

  @Test(arguments: [
    ("[x](other.md)", "[x](../dir/other.md)"), ("[x](../top.md)", "[x](../top.md)"),
    ("![i](img/a.png)", "![i](../dir/img/a.png)"), ("[[./other]]", "[[../dir/other]]"),
    ("[[other]]", "[[other]]"), ("[[#Here]] [x](#here)\n# Here", "[[#Here]] [x](#here)\n# Here"),
    ("[me](old.md)", "[me](new.md)"), ("[s](/docs/x/)", "[s](/docs/x/)"),
    ("[gone](missing.md)", "[gone](missing.md)"),
  ])
  func itsOwnRelativeLinksFollow(text: String, after: String) throws {
    let vault = try TestVault([
      "dir/old.md": text, "dir/other.md": "", "top.md": "", "dir/img/a.png": "png",
    ])
    _ = try move(vault, "dir/old.md", "else/new.md")
    #expect(try vault.folder.text("else/new.md") == after)
  }

  @Test func aNameThatIsTakenElsewhereGetsItsFolder() throws {
    let vault = try TestVault([
      "a/one.md": "", "b/two.md": "", "links.md": "[[one]] [[two]]",
    ])
    _ = try move(vault, "a/one.md", "a/two.md")
    #expect(try vault.folder.text("links.md") == "[[a/two]] [[b/two]]")
  }

  @Test func aFolderMovesWithAllInIt() throws {
    let vault = try TestVault([
      "f/a.md": "[b](b.md) [t](../top.md) ![i](i.png)", "f/b.md": "[[a]]", "f/i.png": "x",
      "f/deep/c.md": "[a](../a.md)", "top.md": "[a](f/a.md) [[f/deep/c]] [[c]] ![[f/i.png]]",
    ])
    _ = try move(vault, "f", "g/h")
    #expect(try vault.folder.text("g/h/a.md") == "[b](b.md) [t](../../top.md) ![i](i.png)")
    #expect(try vault.folder.text("g/h/deep/c.md") == "[a](../a.md)")
    #expect(
      try vault.folder.text("top.md") == "[a](g/h/a.md) [[g/h/deep/c]] [[c]] ![[g/h/i.png]]")
  }

  @Test func attachmentsMoveToo() throws {
    let vault = try TestVault([
      "img/a.png": "x", "n.md": "![[a.png]] ![x](img/a.png) ![[a.png|100]]",
    ])
    _ = try move(vault, "img/a.png", "pictures/b.png")
    #expect(
      try vault.folder.text("n.md") == "![[b.png]] ![x](pictures/b.png) ![[b.png|100]]")
  }

  @Test func theTitleChangesWhereItStandsAndInLinksThatUseIt() throws {
    let vault = try TestVault([
      "a.md": "---\ntitle: 'Old title' # c\n---\n# Heading", "b.md": "# Old b\n\n# Old b two",
      "links.md": "[[Old title]] [[a|Old title]] [[Old b#x]]",
    ])
    _ = try move(vault, "a.md", "a.md", title: "New title")
    #expect(try vault.folder.text("a.md") == "---\ntitle: 'New title' # c\n---\n# Heading")
    _ = try move(vault, "b.md", "c.md", title: "New b")
    #expect(try vault.folder.text("c.md") == "# New b\n\n# Old b two")
    #expect(try vault.folder.text("links.md") == "[[New title]] [[a|Old title]] [[New b#x]]")
  }

  @Test func caseAndNormalFormAreNamesOfTheirOwn() throws {
    let vault = try TestVault([
      "note.md": "", "caf\u{E9}.md": "", "l.md": "[[note]] [[caf\u{E9}]] [x](note.md)", "🎉.md": "",
      "r.md": "[[🎉]] [[شرح]]", "شرح.md": "",
    ])
    _ = try move(vault, "note.md", "Note.md")
    #expect(try vault.folder.text("l.md") == "[[Note]] [[caf\u{E9}]] [x](Note.md)")
    _ = try move(vault, "caf\u{E9}.md", "cafe\u{301}.md")
    #expect(try vault.folder.text("l.md").unicodeScalars.contains("\u{301}"))
    _ = try move(vault, "🎉.md", "party 🎊.md")
    _ = try move(vault, "شرح.md", "شرح جديد.md")
    #expect(try vault.folder.text("r.md") == "[[party 🎊]] [[شرح جديد]]")
    #expect(NoteLinks(try vault.index()).all().allSatisfy { $0.status == .ok })
  }

  @Test(arguments: [
    "a/../b.md", ".hidden.md", "-x.md", "a\u{1B}b.md", "x|y.md", "x#y.md", "a[[b.md", "taken.md",
    "old.md/x.md",
  ])
  func namesThatDoHarmAreRefused(new: String) throws {
    let vault = try TestVault(["old.md": "x", "taken.md": "y", "l.md": "[[old]]"])
    #expect(throws: VaultError.self) { try move(vault, "old.md", new) }
    #expect(try vault.folder.text("old.md") == "x" && vault.folder.text("taken.md") == "y")
    #expect(try vault.folder.text("l.md") == "[[old]]")
  }

  @Test func nothingOutsideTheVaultIsFollowedOrWritten() throws {
    let outside = TemporaryFolder()
    try outside.write("secret.md", "[[old]]")
    let vault = try TestVault(["old.md": "x", "l.md": "[[old]]"])
    try vault.folder.link("linked", to: outside.path)
    #expect(throws: VaultError.self) { try move(vault, "old.md", "linked/new.md") }
    _ = try move(vault, "old.md", "new.md")
    #expect(try outside.text("secret.md") == "[[old]]")
    #expect(try outside.names() == ["secret.md"])
  }

  @Test func aHeadingChangesWithTheLinksToIt() throws {
    let vault = try TestVault([
      "a.md": "# Top\n\n## Old part {#}\n",
      "h.md": "# H\n\n## Old part\n\n[[#Old part]] [x](#old-part)",
      "l.md":
        "[[h#Old part]] [[h#H#Old part|y]] [z](h.md#old-part) [z](h.md#Old%20part) [[a#Top]] [[h#H]]",
    ])
    let rename = Rename(try vault.index())
    let plan = try rename.plan(
      heading: "old part", of: try VaultPath("h.md"), to: "New (part)", moment: 0)
    _ = try rename.perform(plan, log: ChangeLog(try vault.vault(), local: vault.cache.path + "/l"))
    #expect(
      try vault.folder.text("h.md") == "# H\n\n## New (part)\n\n[[#New (part)]] [x](#new-part)")
    #expect(
      try vault.folder.text("l.md")
        == "[[h#New (part)]] [[h#H#New (part)|y]] [z](h.md#new-part) [z](h.md#New%20%28part%29) [[a#Top]] [[h#H]]"
    )
    #expect(throws: VaultError.self) {
      try rename.plan(heading: "nowhere", of: try VaultPath("h.md"), to: "x", moment: 0)
    }
  }

  /// Between the plan and its making somebody saves the same notes.
  @Test func notesThatAreWrittenMeanwhileChangeInWhatWasWritten() throws {
    let vault = try TestVault([
      "h.md": "---\ntitle: H\n---\n# H\n\n## Old\n\n#tag\n", "l.md": "[[h#Old]] [[H]] #tag\n",
    ])
    let log = ChangeLog(try vault.vault(), local: vault.cache.path + "/l")
    let path = try VaultPath("h.md")
    let plans: [(Rename) throws -> Rename.Plan] = [
      { try $0.plan(heading: "Old", of: path, to: "New", moment: 0) },
      { try $0.plan(tag: try TagName("tag"), to: try TagName("other"), moment: 0) },
      { try $0.plan(path, to: path, title: "Big H", moment: 0) },
      { try $0.plan(path, to: try VaultPath("moved.md"), moment: 0) },
    ]
    for (number, plan) in plans.enumerated() {
      let rename = Rename(try vault.index())
      let planned = try plan(rename)
      for name in ["h.md", "l.md"] {
        try vault.folder.write(name, try vault.folder.text(name) + "saved \(number)\n")
      }
      let outcome = try rename.perform(planned, log: log)
      #expect(!outcome.retried.isEmpty && outcome.left.isEmpty, "\(number)")
    }
    let saved = "saved 0\nsaved 1\nsaved 2\nsaved 3\n"
    #expect(
      try vault.folder.text("moved.md")
        == "---\ntitle: Big H\n---\n# H\n\n## New\n\n#other\n" + saved)
    let linking = try vault.folder.text("l.md")
    // `[[H]]` is the file h.md, whatever its title is, and says so once the title is another.
    #expect(linking == "[[moved#New]] [[moved]] #other\n" + saved)
    _ = try log.undo { _, _ in }
    let before = try vault.folder.text("l.md")
    #expect(before == "[[h#New]] [[h]] #other\n" + saved)
    // What came before was saved over since, and is left.
    #expect(throws: VaultError.self) { try log.undo { _, _ in } }
  }

  @Test func aTagChangesInFrontMatterAndText() throws {
    let vault = try TestVault([
      "a.md": "---\ntags: [one, 'One/x', other] # c\n---\n#one #one/y #ones `#one`\n",
      "b.md": "---\ntags:\n  - \"#one\" # d\n---\n", "c.md": "---\ntags: one, two\n---\n",
      "d.md": "---\ntag: \"two one\"\n---\n", "e.md": "no tags",
    ])
    let rename = Rename(try vault.index())
    let plan = try rename.plan(tag: try TagName("one"), to: try TagName("new/tag"), moment: 0)
    let log = ChangeLog(try vault.vault(), local: vault.cache.path + "/l")
    _ = try rename.perform(plan, log: log)
    #expect(
      try vault.folder.text("a.md")
        == "---\ntags: [new/tag, 'new/tag/x', other] # c\n---\n#new/tag #new/tag/y #ones `#one`\n")
    #expect(try vault.folder.text("b.md") == "---\ntags:\n  - \"#new/tag\" # d\n---\n")
    #expect(try vault.folder.text("c.md") == "---\ntags: new/tag, two\n---\n")
    #expect(try vault.folder.text("d.md") == "---\ntag: \"two new/tag\"\n---\n")
    _ = try log.undo { _, _ in }
    #expect(
      try vault.folder.text("a.md")
        == "---\ntags: [one, 'One/x', other] # c\n---\n#one #one/y #ones `#one`\n")
  }

  @Test func removedNotesLieInTheTrashAndTheirLinksAreTold() throws {
    let vault = try TestVault([
      "d/a.md": "A", "l.md": "[[a]] ![[p.png]]", "p.png": "x", "m.md": "[[l]]",
    ])
    let now = LocalTime(year: 2026, month: 11, day: 22, hour: 9, minute: 0, second: 0)
    let plan = try Trash(try vault.index()).plan(
      [try VaultPath("d/a.md"), try VaultPath("p.png")], now: now)
    #expect(plan.dangling.map(\.target) == ["a", "p.png"])
    let log = ChangeLog(try vault.vault(), local: vault.cache.path + "/l")
    _ = try log.apply(plan.changes)
    #expect(try vault.folder.text(".trash/2026-11-22/d/a.md") == "A")
    _ = try log.undo { _, _ in }
    #expect(try vault.folder.text("d/a.md") == "A" && vault.folder.text("p.png") == "x")
    _ = try log.undo(again: true) { _, _ in }
    Trash.empty(try vault.vault(), now: now.adding(days: 90))
    #expect(try vault.folder.names(in: ".trash") == ["2026-11-22"])
    Trash.empty(try vault.vault(), now: now.adding(days: 91))
    #expect(try vault.folder.names(in: ".trash").isEmpty)
  }
}
