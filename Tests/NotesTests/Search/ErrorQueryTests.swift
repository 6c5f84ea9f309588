import Foundation
import Testing

@testable import Notes

@Suite struct ErrorQueryTests {
  private static let notes = [
    "troubleshooting/xcom-size.md": """
    ---
    kind: troubleshooting
    error: "sqlalchemy.exc.DataError: (psycopg2.errors.StringDataRightTruncation) value too long"
    ---
    # XCom value too long
    Push a path, not the frame.
    """,
    "troubleshooting/worker-oom.md": """
    ---
    kind: troubleshooting
    error: "airflow.exceptions.AirflowException: Task exited with return code Negsignal.SIGKILL"
    ---
    # Task killed by the kernel
    The worker ran out of memory.
    """,
    "troubleshooting/undefined-map.md": """
    # Cannot read properties of undefined
    ```text
    TypeError: Cannot read properties of undefined (reading 'map')
        at Table.render (/srv/app/src/table.js:88:21)
    ```
    Wait for the rows.
    """,
    "troubleshooting/port-in-use.md": """
    # Port taken
    `Error: listen EADDRINUSE: address already in use :::3000`
    """,
    "troubleshooting/import-cycle.md": """
    # Import cycle
    ```text
    ImportError: cannot import name 'build' from partially initialized module 'jobs.load'
    ```
    """,
    "documentation/errors.md":
      "# Error handling\nErrors, failures and exceptions in general. Error error error.",
    "snippets/read.md": "# Read a file\nopen the file and read each line",
  ]

  @Test(arguments: [
    (
      "troubleshooting/xcom-size.md",
      """
      Traceback (most recent call last):
        File "/opt/venv/lib/python3.12/site-packages/sqlalchemy/engine/base.py", line 1967, in _exec
          self.dialect.do_execute(cursor, statement, parameters, context)
      sqlalchemy.exc.DataError: (psycopg2.errors.StringDataRightTruncation) value too long for type character varying(512)
      [2026-03-04T05:06:07.123+0000] {taskinstance.py:1824} ERROR - see above
      """
    ),
    (
      "troubleshooting/worker-oom.md",
      """
      [2026-11-01, 03:14:15 UTC] {local_task_job.py:209} INFO - Task exited with return code Negsignal.SIGKILL
      [2026-11-01, 03:14:16 UTC] {taskinstance.py:2890} ERROR - Task failed with exception
      airflow.exceptions.AirflowException: Task exited with return code Negsignal.SIGKILL
      """
    ),
    (
      "troubleshooting/undefined-map.md",
      """
      Uncaught TypeError: Cannot read properties of undefined (reading 'map')
          at Table.render (https://cdn.example.com/assets/index-4f9a1c2d.js:2:14321)
          at processChild (webpack-internal:///./node_modules/react-dom/server.js:3353:14)
      """
    ),
    (
      "troubleshooting/port-in-use.md",
      """
      node:events:496
      Error: listen EADDRINUSE: address already in use 127.0.0.1:8080
          at Server.setupListenHandle [as _listen2] (node:net:1817:16) {
        errno: -98, port: 8080
      """
    ),
    (
      "troubleshooting/import-cycle.md",
      """
      Traceback (most recent call last):
        File "/home/somebody/work/run.py", line 3, in <module>
          from jobs.load import build
      ImportError: cannot import name 'build' from partially initialized module 'jobs.load' (most likely due to a circular import)
      """
    ),
  ])
  func thePastedErrorFindsItsNoteFirst(path: String, pasted: String) throws {
    let index = try TestVault(Self.notes).index()
    let result = try NoteSearch(index).run(ErrorQuery.query(for: pasted), filter: nil, limit: 5)
    #expect(result.hits.first?.note.path == path)
  }

  @Test(arguments: [
    ("/opt/app/a.py", false), ("C:\\app\\a.py", false), ("0x7ffd1c2b", false),
    ("2026-11-22T10:20:30", false), ("4f9a1c2d77", false), ("123456", false),
    ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", false), ("me@example.com", false), ("E0308", true),
    ("137", true), ("EADDRINUSE", true), ("ValueError", true), ("deadbeefly", true),
    ("naïve", true),
  ])
  func keepsWhatIdentifies(word: String, isKept: Bool) {
    let words = ErrorQuery.words(of: "error: \(word) happened")
    #expect(words.contains(word) == isKept)
    #expect(words.contains("happened"))
  }

  @Test func aQueryIsTextOnly() throws {
    let hostile = "Error: \"quoted\" OR -not (kind:snippet) AND foo* bar~2 NOT x"
    let query = ErrorQuery.query(for: hostile)
    let quotes = query.count { $0 == "\"" }
    #expect(quotes == 2 * ErrorQuery.words(of: hostile).count)
    #expect(
      query.components(separatedBy: " OR ").allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") })
  }

  @Test(arguments: ["", "\n\n", "12345678 0x1234", "/a/b /c/d", "!!! ???", "::"])
  func nothingIdentifiesSomeTexts(text: String) {
    #expect(ErrorQuery.words(of: text).isEmpty)
    #expect(ErrorQuery.query(for: text).isEmpty)
  }

  @Test func longLogsAreReadFromTheirEnd() {
    let log = String(repeating: "INFO step é done\n", count: 20_000) + "ValueError: the last word\n"
    let words = ErrorQuery.words(of: log)
    #expect(words.contains("ValueError") && words.count <= 40)
  }
}
