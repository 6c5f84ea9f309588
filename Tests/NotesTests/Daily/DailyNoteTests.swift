import Testing

@testable import Notes

@Suite struct DailyNoteTests {
  private let day = LocalTime(year: 2026, month: 11, day: 22, hour: 9, minute: 5)

  @Test func isMadeFromItsTemplateAndGrows() throws {
    let folder = TemporaryFolder()
    _ = try VaultCreation(root: folder.path)
    let vault = try Vault(folder: folder.path)
    let note = try DailyNote(day, in: vault)
    #expect(note.path.description == "journal/2026/2026-11-22.md")
    #expect(!note.exists)
    try note.append("- one")
    try note.append("- two")
    try note.append("a win", under: "Wins")
    try note.append("another", under: "wins")
    let text = try folder.text("journal/2026/2026-11-22.md")
    #expect(
      text.hasSuffix("# 2026-11-22\n\n- one\n- two\n\n## Wins\n\na win\n\nanother\n"),
      "\(text)")
    #expect(text.hasPrefix("---\n"))
  }

  @Test func aFlatJournalStaysFlat() throws {
    let folder = TemporaryFolder()
    try folder.write("journal/2026-11-22.md", "hello\n")
    let note = try DailyNote(day, in: try Vault(folder: folder.path))
    try note.append("x")
    #expect(try folder.text("journal/2026-11-22.md") == "hello\n\nx\n")
  }

  @Test(arguments: [
    (
      #"{"folder": "Daily", "format": "YYYY/MM-MMMM/YYYY-MM-DD-dddd"}"#,
      "Daily/2026/11-November/2026-11-22-Sunday.md"
    ),
    (#"{"folder": "/", "format": ""}"#, "2026-11-22.md"),
    (#"{"format": "[Day] D MMM YY"}"#, "Day 22 Nov 26.md"),
  ])
  func obsidianSaysWhere(settings: String, path: String) throws {
    let folder = TemporaryFolder()
    try folder.write(".obsidian/daily-notes.json", settings)
    #expect(try DailyNote(day, in: try Vault(folder: folder.path)).path.description == path)
  }

  @Test func aFolderOutsideTheVaultIsRefused() throws {
    let folder = TemporaryFolder()
    try folder.write(".obsidian/daily-notes.json", #"{"folder": "../elsewhere"}"#)
    #expect(throws: VaultError.self) {
      try DailyNote(day, in: try Vault(folder: folder.path))
    }
  }
}
