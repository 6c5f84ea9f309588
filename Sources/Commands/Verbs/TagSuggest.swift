public import ArgumentParser
public import EverydayCommands
internal import FullText
internal import Learning
internal import Notes

public struct TagSuggest: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "suggest", _superCommandName: "folio tag",
    abstract: "Say which skill areas of the guide a note is about.",
    discussion: """
      The words of the note are weighed against each area: its name, what is known about its field, \
      the words of skills.yaml, and what the vault's notes with 'skills:' have in common. Each area \
      comes with a score from 0.5 to 1 and the words that decided. Nothing leaves this machine.

        folio tag suggest pod-oomkilled-137
        folio tag suggest snippets/*.md --apply
        folio tag suggest --all                    every note that names no area yet
        folio tag suggest --all --apply --dry-run
        folio tag suggest --all --json

      --apply writes the areas into 'skills:' of the front matter and changes nothing else. Exit code \
      1 when no note is about any area.
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The notes.", completion: Candidates.notes) var notes: [String] = []
  @Flag(help: "All notes that name no area; those of the journal are left out.") var all = false
  @Flag(help: "Write the areas into the notes.") var apply = false
  @Flag(help: "With --apply: say what would be written, and write nothing.") var dryRun = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if notes.isEmpty != all {
      throw ValidationError(
        all ? "Name notes or say --all, not both." : "Name the notes, or say --all.")
    }
  }

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let tagger = try source.tagger(try source.areas())
    let paths = all ? untagged(source) : try named(source)
    let found = Self.suggestions(paths, tagger, source.reader)
    if json {
      output.line(
        JSON.object([
          (
            "notes",
            .array(
              zip(paths, found).map { path, suggestions in
                .object([
                  ("path", .string(path.description)),
                  ("suggestions", .array(suggestions.map(json(_:)))),
                ])
              })
          )
        ]).text)
    } else {
      print(paths, found, &output)
    }
    var failed: VaultError?
    if apply, !dryRun {
      var changes = source.vault.changes("tag suggest --apply")
      defer { source.vault.changeLog?.record(changes) }
      for (path, suggestions) in zip(paths, found) where !suggestions.isEmpty {
        do throws(VaultError) {
          let ids = suggestions.map(\.area.id)
          let changed = try NoteEditor(vault: source.vault).edit(path, keeping: &changes) {
            note throws(VaultError) in
            let edit = try FrontMatterEdit(note)
            return try edit.adding(ids, to: "skills")
          }
          if changed {
            NoteIndex.noteWritten(
              [path], in: source.vault, directory: index.directory(of: source.vault))
          }
        } catch {
          failed = error
          Output.remark(Terminal.harmless("\(path): \(error.message). \(error.remedy)"))
        }
      }
    }
    output.flush()
    if failed != nil { throw Failure.quiet(.unsafe) }
    if found.allSatisfy(\.isEmpty) { throw Failure.quiet(.nothing) }
  }

  private func named(_ source: LearningSource) throws -> [VaultPath] {
    let finder = NoteFinder(source.vault, index)
    var seen: Set<VaultPath> = []
    return try notes.map { try finder.path(of: $0) }.filter { seen.insert($0).inserted }
  }

  private func untagged(_ source: LearningSource) -> [VaultPath] {
    let own = [GuideFile.name, "profile.md"]
    return source.summaries(
      where: .and([.not(.exists("skill")), .not(.equals("kind", NoteKind.journal.rawValue))])
    ).filter { !own.contains($0.path) }.compactMap { try? VaultPath($0.path) }
  }

  /// The suggestions of many notes, made on two threads.
  private static func suggestions(
    _ paths: [VaultPath], _ tagger: SkillTagger, _ reader: NoteReader
  ) -> [[SkillTagger.Suggestion]] {
    let workers = paths.count < 64 ? 1 : 2
    let results = Results<[[SkillTagger.Suggestion]]>(count: workers)
    concurrently(workers) { worker in
      var own = tagger
      let part = (paths.count * worker / workers)..<(paths.count * (worker + 1) / workers)
      results[worker] = paths[part].map { path in
        reader.read(path).map { own.suggestions(for: $0.note) } ?? []
      }
    }
    return (0..<workers).flatMap { results[$0] ?? [] }
  }

  private func print(
    _ paths: [VaultPath], _ found: [[SkillTagger.Suggestion]], _ output: inout Output
  ) {
    let style = Style(color)
    let width = found.joined().map(\.area.id.count).max() ?? 0
    for (path, suggestions) in zip(paths, found) {
      if suggestions.isEmpty {
        if !all { output.line("\(style.path(Terminal.harmless(path.description)))  no area") }
        continue
      }
      output.line(style.path(Terminal.harmless(path.description)))
      for one in suggestions {
        let score = Int((one.score * 100).rounded())
        let pad = String(repeating: " ", count: width - one.area.id.count)
        output.line(
          "  0.\(score < 100 ? String(score) : "99")  \(one.area.id)\(pad)  "
            + style.dim(Terminal.harmless(one.words.joined(separator: ", "))))
      }
    }
    guard all || apply else { return }
    let count = found.count { !$0.isEmpty }
    let verb = apply ? (dryRun ? "would get areas" : "have got areas") : "are about an area"
    output.line("\(count) of \(Count.of(paths.count, "note")) \(verb).")
  }

  private func json(_ suggestion: SkillTagger.Suggestion) -> JSON {
    .object([
      ("id", .string(suggestion.area.id)), ("name", .string(suggestion.area.name)),
      ("score", .number(suggestion.score)), ("words", .strings(suggestion.words)),
    ])
  }
}
