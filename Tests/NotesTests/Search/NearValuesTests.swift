import Testing

@testable import FullText
@testable import Notes

/// A condition that no note meets is answered with one that some do, where they are near.
@Suite struct NearValuesTests {
  private func near(_ text: String, filter: Filter? = nil) throws -> [String] {
    let vault = try TestVault([
      "snippets/a.md":
        "---\ntags: [airflow/dags, dbt]\nkind: snippet\nrating: four\n---\n# A\n\nword",
      "b.md":
        "---\nskills: [pipeline-monitoring]\ntags: [two words]\n---\n# B\n\n```python\nx\n```\n",
    ])
    let result = try NoteSearch(vault.index()).run(text, filter: filter, limit: 5)
    #expect(result.nearValues.isEmpty || result.total == 0)
    return result.nearValues.map { "\($0.typed) \($0.meant)" }
  }

  @Test(arguments: [
    ("tag:airflw", ["tag:airflw tag:airflow"]),
    ("word tag:airflow/dag", ["tag:airflow/dag tag:airflow/dags"]),
    ("kind:snipet", ["kind:snipet kind:snippet"]), ("lang:pyhton", ["lang:pyhton lang:python"]),
    ("rating:fuor", ["rating:fuor rating:four"]),
    ("tag:dtb OR kind:snipet", ["tag:dtb tag:dbt", "kind:snipet kind:snippet"]),
    ("nothing tag:dbt", []), ("tag:AIRFLOW", []), ("tag:zzzzzz", []), ("-tag:airflw word", []),
    ("tag:airflow nothing", []), ("nowhere:airflw", []),
  ])
  func theNearestValueIsNamed(text: String, wanted: [String]) throws {
    #expect(try near(text) == wanted)
  }

  @Test func theOptionsOfASearchAreLookedAtToo() throws {
    #expect(
      try near("word", filter: .and([.within("tag", "airflw"), .or([.equals("lang", "pythn")])]))
        == ["tag:airflw tag:airflow", "lang:pythn lang:python"])
  }
}
