import Testing

@testable import Notes

/// The other version of a note, as long as it waits for a person.
@Suite struct ConflictCopyTests {
  private func vault() throws -> TestVault {
    let words = "pools pools pools"
    return try TestVault([
      "pools.md": "---\nid: n-1\naliases: [limits]\n---\n# Pools\n\nabout pools\n",
      "pools.conflict-1a2b3c4d.md":
        "---\nid: n-1\naliases: [limits]\nconflict_of: pools.md\n---\n# Pools\n\n\(words) slots\n",
      "other.md": "[[Pools]] and [[limits]] and a word about pools\n",
    ])
  }

  @Test func itIsFoundBehindEverythingElse() throws {
    let store = try vault()
    let search = NoteSearch(try store.index())
    let hits = try search.run("pools", filter: nil, limit: 10).hits.map(\.note.path)
    #expect(hits.count == 3 && hits.last == "pools.conflict-1a2b3c4d.md")
    #expect(try search.run("pools", filter: nil, limit: 2).hits.count == 2)
    #expect(
      try !search.run("pools", filter: nil, limit: 2).hits.contains {
        $0.note.path.contains("conflict")
      })
    // What only it says is found all the same.
    #expect(
      try search.run("slots", filter: nil, limit: 5).hits.map(\.note.path)
        == ["pools.conflict-1a2b3c4d.md"])
  }

  @Test func itsTitleIDAndAliasesAreThoseOfTheNote() throws {
    let store = try vault()
    let (index, report) = try store.open()
    let resolver = LinkResolver(index)
    for name in ["Pools", "limits"] {
      #expect(resolver.resolve(name: name) == .note(try VaultPath("pools.md")), "\(name)")
    }
    let rules = VaultCheck(index, report: report, today: VaultCheckTests.day).run().map(\.rule)
    for rule in [Finding.Rule.duplicateID, .duplicateTitle, .duplicateAlias, .ambiguousLink] {
      #expect(!rules.contains(rule), "\(rule.name)")
    }
  }
}
