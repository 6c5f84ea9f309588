import Foundation
import Testing

/// What happens between a person and a terminal: picking, asking, turning pages. `scripts/bootstrap`
/// installs tmux and fzf for these tests alone.
@Suite(.enabled(if: PseudoTerminal.tmux != nil), .serialized, .timeLimit(.minutes(15)))
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
      "clear; folio show guide --no-pager | tail -1; PAGER=cat folio show guide; echo who''le\n")
    try terminal.wait(for: "whole")
    try terminal.type("clear; PAGER=nowhere folio show backfill-one-partition; echo en''ded $?\n")
    try terminal.wait(for: "ended 0")
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

  /// The lines of docs/everyday.md that put the picker on a key.
  @Test(
    .enabled(if: PseudoTerminal.isInstalled("fzf")),
    arguments: ["bash", "zsh", "fish"].filter(PseudoTerminal.isInstalled))
  func theShellsHaveTheirKey(shell: String) throws {
    let guide = try String(
      contentsOf: Installation.repository.appending(path: "docs/everyday.md"), encoding: .utf8)
    let sections = guide.components(separatedBy: "# ~/.")
    let file = ["bash": "bashrc", "zsh": "zshrc", "fish": "config/fish/config.fish"][shell] ?? ""
    let lines = try #require(sections.first { $0.hasPrefix(file + "\n") })
      .components(separatedBy: "```")[0].dropFirst(file.count)
    let terminal = try PseudoTerminal()
    let home = terminal.sandbox.root.appending(path: "home")
    let place = home.appending(path: "." + file)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    let prompt =
      shell == "fish"
      ? "function fish_prompt; echo 'in fish> '; end\n" : "PS1='in \(shell)> '\n"
    try (prompt + lines).write(to: place, atomically: true, encoding: .utf8)
    try terminal.type("\(shell) -i\n")
    try terminal.wait(for: "in \(shell)> ")
    try terminal.type("echo ")
    try terminal.press("C-g")
    try terminal.wait(for: "find>")
    try terminal.type("dynamic ma")
    try terminal.wait(for: "> Dynamic task mapping: one task per file")
    try terminal.press("Enter")
    try terminal.wait(for: "in \(shell)> echo snippets/dynamic-task-mapping.md")
  }

  /// What a person gets for the tab key, from the scripts that are installed.
  @Test(arguments: ["zsh", "fish"].filter(PseudoTerminal.isInstalled))
  func theTabKeyCompletesNames(shell: String) throws {
    let terminal = try PseudoTerminal()
    let home = terminal.sandbox.root.appending(path: "home")
    let folder = shell == "zsh" ? "functions" : ".config/fish/completions"
    let file = shell == "zsh" ? "_folio" : "folio.fish"
    try terminal.type(
      "mkdir -p ~/\(folder); folio --generate-completion-script \(shell) > ~/\(folder)/\(file); clear\n"
    )
    try "fpath=(~/functions $fpath); autoload -Uz compinit && compinit -u\nPS1='in zsh> '\n".write(
      to: home.appending(path: ".zshrc"), atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      at: home.appending(path: ".config/fish"), withIntermediateDirectories: true)
    try "function fish_prompt; echo 'in fish> '; end\n".write(
      to: home.appending(path: ".config/fish/config.fish"), atomically: true, encoding: .utf8)
    try terminal.wait(for: "ready>")
    try terminal.type("\(shell) -i\n")
    try terminal.wait(for: "in \(shell)> ")
    for (typed, completed) in [
      ("folio show dyn", "folio show dynamic-task-mapping"),
      ("folio list --tag airflow/sens", "folio list --tag airflow/sensors"),
      ("folio set price-watch org", "folio set price-watch organisation"),
      ("folio impo", "folio import"),
    ] {
      try terminal.type(typed)
      try terminal.press("Tab")
      try terminal.wait(for: completed)
      try terminal.press("C-u")
    }
  }

  /// What the shell of a person without a terminal editor shows: the areas that a capture is about.
  @Test func aCaptureSuggestsItsSkillAreas() throws {
    let terminal = try PseudoTerminal()
    try terminal.type(
      "clear; folio add doc 'On executors' --stdin < documentation/executors-compared.md\n")
    try terminal.wait(for: "It seems to be about")
    // Named, or into a pipe, there is nothing to suggest.
    // What is waited for is printed, not typed: the line typed is there before the screen is cleared.
    try terminal.type("clear; echo helm | folio add snippet Helm -s kubernetes; echo fin''ished\n")
    let screen = try terminal.wait(for: "finished")
    #expect(!screen.contains("seems to be about"))
  }

  @Test func questionsOfOtherVerbsAreAskedAndAnswered() throws {
    let terminal = try PseudoTerminal()
    try terminal.type("clear; folio assess advanced; echo code $?\n")
    try terminal.wait(for: "[y/N/q]")
    try terminal.type("y\n")
    try terminal.wait(for: "✓ ")
    try terminal.wait(for: "[y/N/q]")
    try terminal.type("q\n")
    try terminal.wait(for: "code 0")
    try terminal.type("clear; folio assess advanced; echo code $?\n")
    try terminal.wait(for: "[y/N/q]")
    try terminal.type("q\n")
    try terminal.wait(for: "Nobody answered; nothing was changed.")
    try terminal.wait(for: "code 1")
  }

  @Test func theEditorGetsTheTerminalThoughTextIsPiped() throws {
    let terminal = try PseudoTerminal(variables: [
      "EDITOR": "sh -c 'test -t 0 && echo HAS-TERMINAL' --"
    ])
    try terminal.type("echo x | folio add doc Piped --stdin --edit\n")
    try terminal.wait(for: "HAS-TERMINAL")
  }
}
