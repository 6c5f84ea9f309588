import Foundation
import Testing

/// The examples in the help are commands that people copy: each is run by the program as it stands, in
/// a vault where it can do what it says, and must find or do something.
@Suite struct HelpExampleTests {
  /// A verb with the examples of its help.
  struct Verb: Sendable {
    var name: String
    var isShown: Bool
    var hasVerbsBelow: Bool
    var examples: [String]
  }

  /// Every verb of every program, as the help knows them.
  static let verbs: [Verb] = {
    guard let sandbox = try? Sandbox(),
      let help = try? sandbox.run("folio --experimental-dump-help"), help.status == 0,
      let object = try? JSONSerialization.jsonObject(with: Data(help.output.utf8)),
      let root = (object as? [String: Any])?["command"] as? [String: Any]
    else { return [] }
    var verbs: [Verb] = []
    func walk(_ command: [String: Any], below: String) {
      let name = [below, command["commandName"] as? String ?? ""].filter { !$0.isEmpty }
        .joined(separator: " ")
      let inner = (command["subcommands"] as? [[String: Any]] ?? [])
        .filter { $0["commandName"] as? String != "help" }
      verbs.append(
        Verb(
          name: name, isShown: command["shouldDisplay"] as? Bool ?? true,
          hasVerbsBelow: !inner.isEmpty,
          examples: examples(in: command["discussion"] as? String ?? "")))
      for verb in inner { walk(verb, below: name) }
    }
    walk(root, below: "")
    return verbs
  }()

  /// Lines of a help text that begin with two blanks and hold a command of folio; one that ends with a
  /// backslash goes on in the next line.
  static func examples(in help: String) -> [String] {
    var examples: [String] = []
    var isOpen = false
    for line in help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("USAGE:") { break }
      let command = line.trimmingCharacters(in: .whitespaces)
      if isOpen, let last = examples.popLast() {
        examples.append(last.dropLast() + command)
      } else {
        let isCommand =
          line.hasPrefix("  folio ")
          || ["| folio ", "&& folio ", "$(folio ", "'folio "].contains { line.contains($0) }
        guard isCommand, line.hasPrefix("  ") else { continue }
        // What stands behind two blanks explains the command.
        examples.append(command.components(separatedBy: "  ")[0])
      }
      isOpen = examples.last?.hasSuffix("\\") == true
    }
    return examples
  }

  /// Examples that cannot be run here, by a part of them.
  private static let unfit = [
    ("folio find", "the picker needs a terminal; its tests have one"),
    ("folio clone git@", "it needs the network"),
    ("folio clone /media", "it needs the stick; clone is run by the transcripts"),
    ("folio portfolio serve", "it serves until it is stopped; its tests do so"),
    ("folio portfolio publish", "it needs the network; the transcripts publish into a folder"),
    ("/media/stick", "it needs the stick; the transcripts have a folder"),
    ("folio resume --job -", "it reads what somebody pastes"),
    ("folio assess intermediate", "it asks; the tests of questions answer"),
    ("…", "it leaves something for the reader to fill in"),
  ]

  /// Examples that end with another code than 0 where all is well, by their beginning.
  private static let codes: [(example: String, code: Int32, why: String)] = [
    ("folio check --in projects", 0, "stale figures are warnings"),
    ("folio check", 1, "the notes have findings"),
    ("pbpaste | folio explain", 1, "the clipboard holds an error, which no metric explains"),
    ("folio search --substring 'retries=3'", 1, "these notes write it with another number"),
    ("folio metrics check", 1, "figures of the notes are stale"),
    ("folio resume check old-resume.pdf", 0, "it can be read"),
    ("folio resume check", 1, "figures of the notes are stale"),
    ("folio diff", 1, "there are differences, as for diff"),
    ("folio profile import resume.json --force", 0, "it may write over it"),
    ("folio profile import", 8, "there is a profile.md, which stays"),
  ]

  /// What verbs need to be there, so that their examples can do what they say.
  private func prepare(_ sandbox: Sandbox) throws {
    let made = try sandbox.run(
      #"""
      set -e
      mkdir -p ../bin dags ../home/old-vault ../home/zk ~/notes ~/backup my-obsidian-vault
      cp guide.md dags/etl.py; cp guide.md continuing-education.md; cp guide.md next-edition.md
      for tool in pbcopy kubectl vim airflow; do printf '#!/bin/sh\ncat >/dev/null 2>&1; echo ERROR: it failed with exit code 137\n' > ../bin/$tool; done
      printf '#!/bin/sh\necho "ERROR: connection refused"\n' > ../bin/pbpaste
      chmod +x ../bin/*
      printf '<html><body><p>text</p></body></html>' > saved-page.html
      printf '{"title": "x"}\n' > notes.jsonl
      printf '# Zettel\n' > ../home/zk/zettel.md; printf '# Old\n' > ../home/old-vault/old.md
      printf 'queries:\n  reading: kind:resource\n' >> .folio/config.yaml
      printf 'Data engineer\n\nRequirements\n- Kubernetes and Helm\n' > job.txt
      for view in acme platform freelance; do cp views/default.yaml views/$view.yaml; done
      sed -i.old 's/^audience: .*/audience: public/' views/freelance.yaml; rm views/*.old
      printf '# Pools\n\nOne.\n' > documentation/pools.md
      folio profile export > resume.json; folio resume -o old-resume.pdf
      git config --global user.name Maya; git config --global user.email maya@example.com
      folio set dynamic-task-mapping rating=4; folio today 'Began the week.'
      echo 'airflow dags list-import-errors' | folio add snippet 'Show broken DAGs'
      folio contributions add 'Pools, explained' --project apache/airflow
      folio sharing add talk 'Pipelines without code'
      printf 'y\nq\n' | folio assess intermediate
      save() { git add -A; git commit -qm "$1"; }
      GIT_COMMITTER_DATE=2026-10-01T09:00:00 GIT_AUTHOR_DATE=2026-10-01T09:00:00 save one
       echo 'One more line.' >> projects/price-watch.md; save two
      echo 'And one.' >> projects/price-watch.md; echo 'Two.' >> documentation/pools.md
      echo 'A line.' >> snippets/backfill-one-partition.md; save three
      folio remote add stick ../stick.git --create
      folio sync
      folio clone ../stick.git ../other
      echo 'Status here.' >> documentation/pools.md
      folio set price-watch status=paused; folio sync
      (cd ../other; echo 'Status there.' >> documentation/pools.md
       folio set price-watch status=done; folio sync || true)
      folio sync || true
      folio rm documentation/xcom-limits-and-backends.md; folio sync || true
      folio tag add pod-oomkilled-137 later; folio undo
      echo 'Not saved yet.' >> projects/file-drop-intake.md
      folio list >/dev/null
      """#)
    try #require(made.status == 0, "\(made.output)")
  }

  private static let parts = 4

  @Test(arguments: 0..<parts) func examplesDoWhatTheySay(part: Int) throws {
    let verbs = Self.verbs.enumerated().filter { $0.offset % Self.parts == part }.map(\.element)
    let sandbox = try Sandbox()
    try prepare(sandbox)
    // Each example finds the vault, and what lies beside it, as it was.
    // The mark is older than whatever an example changes, by more than the grain of the clock.
    _ = try sandbox.run(
      "cd ..; mkdir keep; cp -a notes other stick.git home keep/; touch mark; sleep 0.05")
    for verb in verbs {
      for example in verb.examples where !Self.unfit.contains(where: { example.contains($0.0) }) {
        let result = try sandbox.run("PATH=\"$PWD/../bin:$PATH\"; \(example)")
        let marked = Self.codes.first { example.hasPrefix($0.example) }
        #expect(
          result.status == marked?.code ?? 0,
          "folio help \(verb.name): \(example)\n\(result.output)")
        let changed = try sandbox.run(
          "cd ..; find notes other stick.git home -newer mark ! -path '*/.folio/cache*' | head -1")
        if !changed.output.isEmpty {
          _ = try sandbox.run("cd ..; rm -rf notes other stick.git home; cp -a keep/. .")
        }
      }
    }
  }

  @Test func everyVerbHasAnExample() {
    #expect(Self.verbs.count > 60)
    for verb in Self.verbs where verb.isShown && !verb.hasVerbsBelow {
      #expect(!verb.examples.isEmpty, "\(verb.name) has no example")
    }
  }

  @Test func examplesAreFoundInHelp() {
    let help =
      "Text.\n\n  folio a b   what it does\n  cat x | folio c \\\n    d\nfolio d\n\nUSAGE: x\n  folio no\n"
    #expect(Self.examples(in: help) == ["folio a b", "cat x | folio c d"])
  }
}
