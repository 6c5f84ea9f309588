import Foundation
import Testing

/// What happens between a person and a terminal: picking, asking, turning pages. `scripts/bootstrap`
/// installs tmux and fzf for these tests alone.
@Suite(.enabled(if: PseudoTerminal.tmux != nil), .serialized, .timeLimit(.minutes(3)))
struct PseudoTerminalTests {
  @Test(.enabled(if: PseudoTerminal.isInstalled("fzf")))
  func theListFollowsWhatIsTyped() throws {
    let terminal = try PseudoTerminal()
    try terminal.type("folio find\n")
    try terminal.wait(for: "find>")
    try terminal.type("dynamic ma")
    try terminal.wait(for: "> Dynamic task mapping: one task per file")
    // The note is beside the list.
    try terminal.wait(for: "Use it when the number")
    try terminal.press("Enter")
    let screen = try terminal.wait(for: "EDIT")
    #expect(screen.contains("notes/snippets/dynamic-task-mapping.md"))
  }

  @Test(.enabled(if: PseudoTerminal.isInstalled("fzf")))
  func keysOfThePickerCopyLinkAndLeave() throws {
    let terminal = try PseudoTerminal(variables: ["TMUX": ""])
    try terminal.type("folio find sequence --kind snippet; echo code $?\n")
    try terminal.wait(for: "find>")
    try terminal.press("Escape")
    try terminal.wait(for: "code 1")
    try terminal.type("folio find idempotent merge\n")
    try terminal.wait(for: "> Idempotent")
    try terminal.press("C-l")
    try terminal.wait(for: "[[idempotent-merge-postgres]]")
    try terminal.type("clear; folio find idempotent merge\n")
    try terminal.wait(for: "> Idempotent")
    try terminal.press("C-y")
    try terminal.wait(for: "is on the clipboard (the terminal)")
    #expect(try terminal.clipboard.contains("ON CONFLICT"))
    try terminal.type("clear; folio find --print backfill one | cat\n")
    try terminal.wait(for: "> Backfill one partition")
    try terminal.press("Enter")
    try terminal.wait(for: "snippets/backfill-one-partition.md\nready>")
  }

  @Test func notesArePickedByNumberWithoutFzf() throws {
    let terminal = try PseudoTerminal()
    try terminal.type("folio find --no-fzf backfill\n")
    try terminal.wait(for: "or q:")
    try terminal.type("dynamic mapping\n")
    try terminal.wait(for: " 1  Dynamic task mapping")
    try terminal.type("99\n")
    try terminal.wait(for: "There is no number 99.")
    try terminal.type("l1\n")
    try terminal.wait(for: "[[dynamic-task-mapping]]")
    try terminal.type("clear; folio find --no-fzf zzzz; echo code $?\n")
    try terminal.wait(for: "Nothing is found about zzzz.")
    try terminal.type("q\n")
    try terminal.wait(for: "code 1")
  }

  @Test func placeholdersAreAskedFor() throws {
    let terminal = try PseudoTerminal(variables: ["TMUX": ""])
    try terminal.type(
      "printf 'deploy {{env:dev|prod}} {{name}} {{region:eu}}\\n' | folio add snippet Deploy\n")
    try terminal.wait(for: "snippets/deploy.md")
    try terminal.type("clear; folio show --code deploy\n")
    try terminal.wait(for: "env, one of 1 dev, 2 prod [dev]:")
    try terminal.type("test\n")
    try terminal.wait(for: "test is none of them.")
    try terminal.type("2\n")
    try terminal.wait(for: "name:")
    try terminal.type("\n")
    try terminal.type("api\n")
    try terminal.wait(for: "region [eu]:")
    try terminal.type("\n")
    try terminal.wait(for: "deploy prod api eu")
    // What is given is not asked for, and what is copied waits in the shell.
    try terminal.type("clear; folio copy deploy --set name=web --set env=dev\n")
    try terminal.wait(for: "region [eu]:")
    try terminal.type("us\n")
    try terminal.wait(for: "(1 line) is on the clipboard (the terminal)")
    #expect(try terminal.clipboard == "deploy dev web us")
    try terminal.type("clear; folio show --code deploy; echo code $?\n")
    try terminal.wait(for: "env, one of")
    try terminal.press("C-d")
    try terminal.wait(for: "code 2")
    // Into a pipe nobody is asked.
    try terminal.type("clear; folio show --code deploy | cat\n")
    try terminal.wait(for: "deploy {{env:dev|prod}} {{name}} {{region:eu}}")
  }

  @Test(.enabled(if: PseudoTerminal.isInstalled("less")))
  func longNotesAreTurnedPageByPage() throws {
    let terminal = try PseudoTerminal(variables: ["PAGER": "less -R"])
    try terminal.type("folio show guide\n")
    let first = try terminal.wait(for: "# The Airflow Engineer's Learning Guide")
    #expect(!first.contains("ready>"))
    try terminal.press("G")
    try terminal.wait(for: "(END)")
    try terminal.press("q")
    try terminal.wait(for: "ready>")
    try terminal.type(
      "clear; folio show guide --no-pager | tail -1; PAGER=cat folio show guide; echo whole\n")
    try terminal.wait(for: "whole")
    try terminal.type("clear; PAGER=nowhere folio show backfill-one-partition\n")
    try terminal.wait(for: "ready>")
  }

  @Test func markdownIsSetToTheWidth() throws {
    let terminal = try PseudoTerminal(columns: 20, rows: 200)
    try terminal.type("folio show executors-compared --body --no-pager\n")
    let screen = try terminal.wait(for: "Values to begin")
    // Each cell on lines of its own, and no line that the terminal has to break.
    #expect(screen.contains("breaks by"))
    #expect(screen.contains("\n## How I choose\n"))
    #expect(!screen.contains("─"))
    try terminal.type("clear; folio show dynamic-task-mapping --body --plain | head -3\n")
    try terminal.wait(for: "Use it when the")
  }

  @Test func theEditorGetsTheTerminalThoughTextIsPiped() throws {
    let terminal = try PseudoTerminal(variables: [
      "EDITOR": "sh -c 'test -t 0 && echo HAS-TERMINAL' --"
    ])
    try terminal.type("echo x | folio add doc Piped --stdin --edit\n")
    try terminal.wait(for: "HAS-TERMINAL")
  }
}
