import Foundation
import Testing

/// Escapes, control characters and marks that turn the direction of writing are shown, never obeyed:
/// every verb that prints is run over a vault that is full of them, and its bytes are searched.
@Suite struct HostileOutputTests {
  /// What a terminal would obey, in a title, a tag, a body or a name.
  private static let signs =
    "\u{1B}[31mred\u{1B}]52;c;ZXZpbA==\u{07}\u{8}\u{7F}\u{9B}5n"
    + "\u{202E}turned\u{2066}\u{200F}\u{61C}"

  private static func vault() throws -> Sandbox {
    let sandbox = try Sandbox()
    let signs = Self.signs
    func write(_ name: String, _ text: String) throws {
      let url = sandbox.vault.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    let escaped = signs.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16)
      return scalar.value < 0x20 || scalar.value > 0x7E
        ? "\\u" + String(repeating: "0", count: 4 - digits.count) + digits : "\(scalar)"
    }.joined()
    let keys = ["title", "source", "url", "status", "lang", "author", "visibility", "difficulty"]
      .map { "\($0): \"\(escaped)\"\n" }.joined()
    try write(
      "evil \(signs)/note \(signs).md",
      """
      ---
      \(keys)tags: ["a\(escaped)"]
      skills: ["\(escaped)"]
      aliases: ["\(escaped)"]
      id: "\(escaped)"
      "\(escaped)": x
      ---
      # \(signs)

      zebrafinch \(signs) [[\(signs)]] [x](\(signs)) ![[a\(signs).png]]

      - [ ] \(signs)

      ```\(signs)
      \(signs)
      ```

      | a | \(signs) |
      |---|---|
      | \(signs) | b |

      """)
    try write(
      "twin.md",
      """
      ---
      title: "\(escaped)"
      aliases: ["\(escaped)"]
      id: "\(escaped)"
      ---
      zebrafinch [[evil]] \(signs)

      """)
    try write("broken \(signs).md", "---\ntitle: [\(signs)\n---\nx\n")
    try write(
      "projects/evil.md",
      """
      ---
      kind: project
      title: "\(escaped)"
      role: "\(escaped)"
      impact: "\(escaped)"
      start: 2026-01
      metrics:
        - name: "\(escaped)"
          before: 2 h
          after: 1 h
          measured: 2026-10-01
      ---
      # \(signs)

      """)
    try write(
      "journal/2026/2026-11-22.md", "# \(signs)\n\n- practice: 25 min \(signs)\n- win: \(signs)\n")
    try write("attachment \(signs).png", "x")
    return sandbox
  }

  private static let verbs = [
    "list", "list --json", "list --jsonl",
    "list --sort title", "search zebrafinch", "search zebrafinch --json",
    "search zebrafinch --explain", "search --regex zebra", "search --code red",
    "search --error 'zebrafinch red'", "find zebrafinch", "links --broken", "links --orphans",
    "links twin", "links twin --mentions", "links twin --related", "links --broken --json",
    "check", "check --json", "check --rule duplicate-title", "tag list", "tag list --json",
    "index", "index --stats", "doctor", "status", "undo --list", "guide show", "guide next",
    "skills", "habits", "log --since 2026-01-01", "brag", "milestones", "metrics",
    "metrics --json", "metrics check", "resume", "resume check", "portfolio", "plan",
    "tag suggest --all", "tag suggest --all --json", "mv twin twin2 --dry-run",
    "rm twin --dry-run", "tag rename airflow flow --dry-run", "history twin",
    "conflicts", "restore --deleted", "certifications", "contributions", "sharing", "assess",
    "ladder", "show nowhere\(signs)", "links '\(signs)'", "set twin '\(signs)=1'",
    "search '\(signs)'", "tag add twin '\(signs)'", "list --tag '\(signs)'",
    "import obsidian 'evil \(signs)' --dry-run", "completion", "status --json", "sync",
  ]

  private static func expectHarmless(_ output: String, _ what: String) {
    let obeyed = output.unicodeScalars.first { scalar in
      switch scalar.value {
      case 0x0A, 0x09: false
      case 0x00...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
    #expect(obeyed == nil, "\(what) prints U+\(String(obeyed?.value ?? 0, radix: 16))")
  }

  @Test func everyVerbThatPrintsShowsAndDoesNotObey() throws {
    let sandbox = try Self.vault()
    var shown = 0
    for verb in Self.verbs {
      let output = try sandbox.run("folio \(verb)").output
      Self.expectHarmless(output, verb.unicodeScalars.allSatisfy(\.isASCII) ? verb : "folio …")
      if output.contains("turned") { shown += 1 }
    }
    // The vault is as hostile as it is meant to be, and its texts are shown.
    #expect(shown > 20)
  }

  #if os(Linux)
    /// What goes to a pipe byte by byte is shown safely on a terminal.
    @Test(arguments: [
      "show twin", "show evil", "show --code zebra", "today", "diff twin", "diff", "copy evil",
      "list --format {{title}}",
    ])
    func onATerminalNotesAreShownSafely(verb: String) throws {
      let sandbox = try Self.vault()
      let line = "script -qec 'PAGER=cat folio \(verb) --color never' /dev/null </dev/null"
      let known = try sandbox.run("folio \(verb) --help | grep -c -- --color || true").output
      let output = try sandbox.run(
        known.hasPrefix("0") ? line.replacingOccurrences(of: " --color never", with: "") : line
      ).output.replacingOccurrences(of: "\r\n", with: "\n")
      // Colour is folio's own, when a verb has no switch for it; copy speaks to the clipboard.
      let own = output.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        .replacing(/\u{1B}\]52;c;[A-Za-z0-9+\/=]*(\u{07}|\u{1B}\\)/, with: "")
      Self.expectHarmless(own, verb)
    }
  #endif
}
