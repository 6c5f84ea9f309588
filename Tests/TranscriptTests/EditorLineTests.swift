import Foundation
import Testing

/// The lines for editors in docs/everyday.md, each run as the editor runs it where it is installed.
@Suite struct EditorLineTests {
  /// The block of the page that is of a language.
  private func block(_ language: String) throws -> String {
    let page = try String(
      contentsOf: Installation.repository.appending(path: "docs/everyday.md"), encoding: .utf8)
    let parts = page.components(separatedBy: "```\(language)\n")
    try #require(parts.count == 2)
    return parts[1].components(separatedBy: "```")[0]
  }

  @Test(arguments: ["vim", "nvim"].filter(PseudoTerminal.isInstalled))
  func vimFillsTheQuickfixListAndInserts(editor: String) throws {
    let sandbox = try Sandbox()
    try block("vim").write(
      to: sandbox.root.appending(path: "vimrc"), atomically: true, encoding: .utf8)
    let result = try sandbox.run(
      #"""
      \#(editor) -Nes -u ../vimrc -c 'Folio dynamic mapping' \
        -c 'call writefile([bufname(getqflist()[0].bufnr) . ":" . getqflist()[0].lnum], "../hit")' \
        -c 'enew' -c 'exe "normal \\flidempotent merge\<CR>"' -c 'exe "normal \\fctrigger-dag\<CR>"' \
        -c 'w! ../text' -c 'qa!'; cat ../hit ../text
      """#)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "snippets/dynamic-task-mapping.md:17")
    #expect(
      lines.contains("[[snippets/idempotent-merge-postgres.md|Idempotent merge into PostgreSQL]]"),
      "\(result.output)")
    #expect(lines.count > 4, "no code was inserted: \(result.output)")
  }

  @Test(.enabled(if: PseudoTerminal.isInstalled("emacs")))
  func emacsShowsTheHits() throws {
    let sandbox = try Sandbox()
    try block("elisp").write(
      to: sandbox.root.appending(path: "folio.el"), atomically: true, encoding: .utf8)
    let result = try sandbox.run(
      #"""
      emacs -Q --batch -l ../folio.el --eval '(progn (folio "dynamic mapping") (while
        (get-buffer-process "*grep*") (accept-process-output nil 0.1)) (with-current-buffer "*grep*"
        (princ (buffer-string))))'
      """#)
    #expect(
      result.output.contains("\nsnippets/dynamic-task-mapping.md:17: Dynamic task mapping"),
      "\(result.output)")
  }

  /// The task runs without a shell, so that no word that is typed can be a command.
  @Test func theTaskOfVSCodeFindsNotes() throws {
    let tasks = try #require(
      try JSONSerialization.jsonObject(with: Data(try block("json").utf8)) as? [String: Any])
    let task = try #require((tasks["tasks"] as? [[String: Any]])?.first)
    #expect(task["type"] as? String == "process")
    let words =
      [try #require(task["command"] as? String)]
      + (try #require(task["args"] as? [String]))
    let sandbox = try Sandbox()
    let command = words.map { word in
      "'" + word.replacingOccurrences(of: "${input:words}", with: "dynamic; mapping") + "'"
    }.joined(separator: " ")
    let result = try sandbox.run(command)
    #expect(
      result.output.hasPrefix("snippets/dynamic-task-mapping.md:17 Dynamic task mapping"),
      "\(result.output)")
  }
}
