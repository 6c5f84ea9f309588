import Testing

@testable import Notes

@Suite struct NearDuplicatesTests {
  private static let merge = """
    MERGE INTO orders AS target USING staging AS source
    ON target.order_id = source.order_id
    WHEN MATCHED THEN UPDATE SET amount = source.amount
    WHEN NOT MATCHED THEN INSERT (order_id, amount) VALUES (source.order_id, source.amount);
    """
  private let vault: TestVault
  private let notes: NoteIndex

  init() throws {
    var files = [
      "snippets/merge.md": "# Merge\n\nHow orders are merged.\n\n```sql\n\(Self.merge)\n```\n",
      "snippets/other.md": "# Other\n\n```sql\nSELECT order_id, amount FROM staging;\n```\n",
      "documentation/how-we-name.md":
        "---\ntitle: How we name DAGs\nkind: documentation\n---\n\nx\n",
    ]
    for number in 0..<40 {
      files["n/\(number).md"] = "# Note \(number)\n\namount of staging \(number)\n"
    }
    vault = try TestVault(files)
    notes = try vault.index()
  }

  private func paths(_ body: String, title: String = "New", kind: NoteKind = .snippet) -> [String] {
    NearDuplicates(notes).paths(title: title, body: body, kind: kind)
  }

  @Test func sameCodeIsFound() { #expect(paths(Self.merge) == ["snippets/merge.md"]) }

  @Test func codeWithSmallChangesIsFound() {
    let changed = Self.merge.replacing("source.amount);", with: "source.amount) RETURNING *;")
    #expect(paths(changed) == ["snippets/merge.md"])
  }

  @Test func otherCodeWithTheSameWordsIsNot() {
    #expect(
      paths("SELECT sum(amount) FROM orders WHERE order_id IN (SELECT order_id FROM staging)")
        .isEmpty)
    #expect(paths("select 1").isEmpty)
    #expect(paths("").isEmpty)
  }

  @Test func theSameTitleOfTheSameKindIsFound() {
    #expect(
      paths("", title: "how we name dags", kind: .documentation) == ["documentation/how-we-name.md"]
    )
    #expect(paths("", title: "How we name DAGs", kind: .snippet).isEmpty)
  }
}
