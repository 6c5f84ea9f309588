import Testing

@testable import Notes

@Suite struct FolderImportTests {
  private let source = TemporaryFolder()
  private let store: TestVault

  init() throws { store = try TestVault(["ideas.md": "# Mine\n", "Kept/Case.md": "# Case\n"]) }

  private func obsidian() throws {
    for (path, text) in [
      "Daily/2026-11-20.md": "- did it\n",
      "Projects/Load.md": "---\naliases: [nightly]\n---\n\n![[a.png]]\n",
      "Projects/a.png": "\u{89}PNG", "ideas.md": "# Other ideas\n", "kept/case.md": "# lower\n",
      "kept/new.md": "# new\n",
      "Board.canvas": "{}", "Queries.md": "```dataview\nLIST\n```\n",
      "Templates/Meeting.md": "<% tp.date.now() %>\n", "bad.md": "---\na: [\n---\ntext\n",
      ".obsidian/app.json": "{}", ".obsidian/daily-notes.json": "{\"folder\": \"Daily\"}",
      ".trash/old.md": "x", ".hidden": "x",
    ] { try source.write(path, text) }
    try source.link("out.md", to: "/etc/hostname")
  }

  private func plan(
    _ tool: FolderImport.Tool = .obsidian, _ options: ImportPlan.Options = .init()
  ) throws -> ImportPlan {
    try FolderImport(tool, root: source.path).plan(into: store.vault(), options)
  }

  /// Bytes of everything in a folder, by path.
  private func contents(_ folder: TemporaryFolder, under: String = "") throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try folder.names(in: under) {
      let path = under.isEmpty ? name : under + "/" + name
      if Notes.FileSystem.isFolder(folder.absolute(path)) {
        files.merge(try contents(folder, under: path)) { a, _ in a }
      } else {
        files[path] = (try? Notes.FileSystem.read(folder.absolute(path))) ?? []
      }
    }
    return files
  }

  @Test func everyNoteAndFileIsAccountedFor() throws {
    try obsidian()
    let before = try contents(source)
    let mine = try contents(store.folder)
    let plan = try plan()
    // All but what is hidden or a link: eight notes, two files.
    #expect(plan.count(notes: true) { _ in true } == 8)
    #expect(plan.count(notes: false) { _ in true } == 2)
    #expect(plan.count(notes: true) { $0 == .new } == 6)
    #expect(plan.items.first { $0.source == "ideas.md" }?.state == .different)
    #expect(
      plan.items.first { $0.source == "kept/case.md" }?.state
        == .refused("its name differs only in case from Case.md, which is there"))
    #expect(plan.items.first { $0.source == "kept/new.md" }?.path == "Kept/new.md")
    #expect(try contents(store.folder) == mine)
    #expect(try plan.apply(to: store.vault()).count == 6)
    #expect(try contents(source) == before)
    let after = try contents(store.folder)
    for item in plan.items where item.state == .new {
      #expect(after[item.path] == before[item.source])
    }
    for (path, bytes) in mine { #expect(after[path] == bytes) }
  }

  @Test func manyNotesAllCome() throws {
    for number in 0..<60 { try source.write("many/n\(number).md", "# Note \(number)\n") }
    let before = try contents(source)
    #expect(try plan().apply(to: store.vault()).count == 60)
    let after = try contents(store.folder)
    for (path, bytes) in before { #expect(after[path] == bytes) }
    #expect(try plan().items.allSatisfy { $0.state == .present })
  }

  @Test func theSecondImportChangesNothing() throws {
    try obsidian()
    for options in [ImportPlan.Options(), .init(folder: "old"), .init(keepsBoth: true)] {
      try plan(.obsidian, options).apply(to: store.vault())
      let once = try contents(store.folder)
      let again = try plan(.obsidian, options)
      #expect(again.items.allSatisfy { $0.state != .new })
      #expect(try again.apply(to: store.vault()).isEmpty)
      #expect(try contents(store.folder) == once)
    }
  }

  @Test func bothAreKeptWhenThatIsAsked() throws {
    try obsidian()
    try plan(.obsidian, .init(keepsBoth: true)).apply(to: store.vault())
    #expect(try store.folder.text("ideas.md") == "# Mine\n")
    #expect(try store.folder.text("ideas-2.md") == "# Other ideas\n")
  }

  @Test func whatHasNoHomeIsSaid() throws {
    try obsidian()
    let whats = Set(try plan().remarks.map(\.what))
    #expect(
      whats == [
        "settings, themes and plugins of Obsidian", "the place of daily notes", "deleted notes",
        "hidden files", "symbolic links", "canvases of Obsidian", "live queries in notes",
        "templates of Templater", "front matter that cannot be read",
        "folders whose names differ in case from yours",
      ])
  }

  @Test func tagsThatOnlyZkReadsAreWrittenForUs() throws {
    try source.write(
      ".zk/config.toml",
      "[format.markdown]\ncolon-tags = true\n[filter]\nrecents = \"--sort created-\"\n[alias]\nls = \"zk list\"\n"
    )
    try source.write(".zk/templates/default.md", "# {{title}}\n")
    try source.write("ab12.md", "# Load\n\n:airflow:backfill: and `:not:this:` [other](cd34)\n")
    try source.write("cd34.md", "# Other\n\nat 10:30:15 :)\n")
    let plan = try plan(.zk)
    #expect(try plan.apply(to: store.vault()).map(\.description) == ["ab12.md", "cd34.md"])
    #expect(
      try store.folder.text("ab12.md")
        == "---\ntags: [airflow, backfill]\n---\n\n# Load\n\n:airflow:backfill: and `:not:this:` [other](cd34)\n"
    )
    #expect(try store.folder.text("cd34.md") == "# Other\n\nat 10:30:15 :)\n")
    #expect(plan.items.first { $0.source == "ab12.md" }?.changes.count == 1)
    #expect(
      plan.remarks.map(\.what) == [
        "settings of zk", "templates of zk", "named filters of zk", "command aliases of zk",
        "tags written :like:this:",
      ])
    #expect(try self.plan(.zk).items.allSatisfy { $0.state == .present })
  }

  @Test func theVaultItselfIsRefused() throws {
    let vault = try store.vault()
    for folder in [vault.root, vault.root + "/Kept"] {
      #expect(throws: VaultError.self) {
        try FolderImport(.obsidian, root: folder).plan(into: vault, .init())
      }
    }
    #expect(throws: VaultError.self) { try FolderImport(.zk, root: "/nowhere/at/all") }
  }
}
