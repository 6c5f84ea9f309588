import Foundation
import Testing

/// The completion script for bash, asked as the shell asks it.
@Suite struct CompletionTests {
  /// The first candidates for the last of the words.
  private static let script = #"""
    eval "$(folio --generate-completion-script bash)"
    folio list --kind snippet >/dev/null
    while IFS= read -r line; do
      COMP_WORDS=(); rest="$line"
      while [[ "$rest" == *" "* ]]; do COMP_WORDS+=("${rest%% *}"); rest="${rest#* }"; done
      COMP_WORDS+=("$rest"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMP_LINE="$line"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
      _folio folio "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
      for reply in "${COMPREPLY[@]:0:4}"; do printf '[%s]' "$reply"; done
      echo
    done
    """#

  private func answers(_ lines: [String], in sandbox: Sandbox) throws -> [String] {
    try Self.script.write(
      to: sandbox.root.appending(path: "ask.bash"), atomically: true, encoding: .utf8)
    try (lines.joined(separator: "\n") + "\n").write(
      to: sandbox.root.appending(path: "lines"), atomically: true, encoding: .utf8)
    let result = try sandbox.run("bash ../ask.bash < ../lines")
    return result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map(String.init)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func namesComeFromTheIndex() throws {
    let asked = [
      ("folio show backfill-", "[backfill-loop-by-day][backfill-one-partition]"),
      ("folio edit snippets/dy", "[snippets/dynamic-task-mapping.md]"),
      (
        "folio copy re",
        "[resources/airflow-documentation.md][resources/airflow-release-notes.md][resources/astronomer-learn.md][resources/data-engineering-zoomcamp.md]"
      ),
      ("folio list --tag airflow/sche", "[airflow/scheduler][airflow/scheduling]"),
      ("folio list --skill data-q", "[data-quality]"),
      ("folio add sn", "[snippet]"), ("folio list --kind do", "[doc]"),
      ("folio list --where st", "[stack][start][status]"), ("folio list --in sn", "[snippets/]"),
      ("folio search tag : airflow/sens", "[airflow/sensors]"), ("folio impo", "[import]"),
      ("folio show nothing-like-this", ""), ("folio mv dyn", "[dynamic-task-mapping]"),
      ("folio mv dynamic-task-mapping docu", "[documentation/]"),
      ("folio set price-watch org", "[organisation]"),
      ("folio verify slack", "[slack-alert-on-failure]"),
    ]
    let answers = try answers(asked.map(\.0), in: try Sandbox())
    for ((line, expected), answer) in zip(asked, answers) { #expect(answer == expected, "\(line)") }
    #expect(answers.count == asked.count)
  }

  /// bash expands what it completes from: a name from somebody else's vault must not run.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func aNameIsNeverRun() throws {
    let sandbox = try Sandbox()
    let names = ["zz$(touch PWNED)", "zz`touch PWNED`", "zz it's; \"x\"", "zz\\$HOME", "zz~"]
    for name in names {
      try "x".write(
        to: sandbox.vault.appending(path: name + ".md"), atomically: true, encoding: .utf8)
    }
    let answer = try answers(["folio show zz"], in: sandbox).joined()
    #expect(answer.contains("[zz$(touch PWNED)]"))
    #expect(answer.contains("[zz it's; \"x\"]"))
    #expect(!FileManager.default.fileExists(atPath: sandbox.vault.path + "/PWNED"))
  }
}
