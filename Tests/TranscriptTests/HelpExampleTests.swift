import Foundation
import Testing

/// The examples in the help are commands that people copy: each is read by the program as it stands.
@Suite struct HelpExampleTests {
  /// Verbs whose help is read here, with the words before `--help`.
  static let verbs = [
    "add", "append", "today", "search", "list", "find", "show", "copy", "edit", "import", "links",
    "check", "init", "index", "doctor", "tag list", "tag add", "tag remove",
  ]

  /// Lines of a help text that begin with two blanks and hold a command of folio.
  static func examples(in help: String) -> [String] {
    var examples: [String] = []
    for line in help.split(separator: "\n").map(String.init) {
      if line.hasPrefix("USAGE:") { break }
      let isCommand =
        line.hasPrefix("  folio ")
        || ["| folio ", "&& folio ", "$(folio "].contains { line.contains($0) }
      guard isCommand, line.hasPrefix("  ") else { continue }
      // What stands behind two blanks explains the command.
      let command = line.trimmingCharacters(in: .whitespaces)
      examples.append(command.components(separatedBy: "  ")[0])
    }
    return examples
  }

  /// What an example needs to be there, so that it can do what it says.
  private func prepare(_ sandbox: Sandbox) throws {
    let made = try sandbox.run(
      #"""
      mkdir -p ../bin dags ../home/old-vault ../home/zk ~/notes && cp guide.md dags/etl.py
      for tool in pbcopy kubectl vim airflow; do printf '#!/bin/sh\ncat >/dev/null 2>&1; echo ERROR: it failed with exit code 137\n' > ../bin/$tool; done
      printf '#!/bin/sh\necho "ERROR: connection refused"\n' > ../bin/pbpaste
      chmod +x ../bin/*
      printf '<html><body><p>text</p></body></html>' > saved-page.html
      printf '{"title": "x"}\n' > notes.jsonl
      printf 'queries:\n  reading: kind:resource\n' >> .folio/config.yaml
      mkdir -p my-obsidian-vault; folio list >/dev/null
      save() { git add -A && git -c user.name=M -c user.email=m@example.com commit -qm x; }
      save && echo 'One more line.' >> projects/price-watch.md && save
      """#)
    try #require(made.status == 0, "\(made.output)")
  }

  @Test(arguments: verbs) func examplesWork(verb: String) throws {
    let sandbox = try Sandbox()
    try prepare(sandbox)
    let help = try sandbox.run("COLUMNS=200 folio help \(verb)")
    let examples = Self.examples(in: help.output)
    #expect(!examples.isEmpty, "\(verb) has no example")
    for example in examples where !example.contains("…") {
      // The picker needs a terminal; the tests of that have one.
      if example.contains("folio find") { continue }
      let result = try sandbox.run("PATH=\"$PWD/../bin:$PATH\"; \(example)")
      // 0 is done, 1 is nothing found: the example is read as it is meant. What is not there in these
      // notes is no mistake of the example; a usage error is.
      #expect([0, 1].contains(result.status), "\(example)\n\(result.output)")
    }
  }

  @Test func examplesAreFoundInHelp() {
    let help =
      "OVERVIEW: x\n\n  folio a b\n  cat x | folio c\nfolio d\n\nUSAGE: folio x\n  folio no\n"
    #expect(Self.examples(in: help) == ["folio a b", "cat x | folio c"])
  }
}
