public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct Assess: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "assess", _superCommandName: "folio",
    abstract: "Walk through a checklist of the guide and tick what holds.",
    discussion: """
      Asks about each open box of a level; where notes have all the words that matter, the best of \
      them is proposed as evidence. Answers: y (tick it), n or Enter (leave it), q (stop). A tick gets \
      the day and the note; the outcome goes into the daily note, where --history finds it.

        folio assess                       the levels, with what is ticked
        folio assess intermediate
        folio assess intermediate --list   only show the questions and what could answer them
        folio assess --history
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "Words of the level.") var level: [String] = []
  @Flag(help: "Show the boxes and their evidence, ask nothing and change nothing.") var list = false
  @Flag(help: "Assessments made so far.") var history = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let levels = Assessment.all(in: source.guide)
    guard !levels.isEmpty else {
      throw Failure(
        .nothing, "the guide has no assessment",
        "Write boxes below headings such as 'Assessment' and 'Beginner Level'.")
    }
    let made = Assessment.history(try source.journal().assessments)
    if history || level.isEmpty {
      try overview(levels, made, &output)
      return
    }
    let chosen = try find(levels)
    let questions = try chosen.checks.map { ($0, try proposal($0, source)) }
    if json || list {
      show(chosen, questions, &output)
      return
    }
    try ask(chosen, questions, source, &output)
  }

  private func overview(
    _ levels: [Assessment], _ made: [Assessment.Made], _ output: inout Output
  ) throws {
    if json {
      output.line(
        JSON.object([
          (
            "levels",
            .array(
              levels.map {
                .object([
                  ("id", .string($0.level.id)), ("title", .string($0.level.title)),
                  ("window", .optional($0.level.window)), ("done", .int($0.level.progress.done)),
                  ("tasks", .int($0.level.progress.total)),
                  ("next_focus", .optional($0.level.fact("next focus"))),
                ])
              })
          ),
          (
            "history",
            .array(
              made.map {
                .object([
                  ("day", .string($0.day.iso)), ("level", .string($0.level)),
                  ("done", .int($0.done)), ("tasks", .int($0.total)),
                ])
              })
          ),
        ]).text)
      return
    }
    if history {
      for one in made {
        output.line("\(one.day.iso)  \(Terminal.harmless(one.level))  \(one.done) of \(one.total)")
      }
      if made.isEmpty {
        Output.remark("None yet; 'folio assess LEVEL' makes one.")
        throw Failure.quiet(.nothing)
      }
      return
    }
    for one in levels {
      let progress = one.level.progress
      var line = "\(Terminal.harmless(one.level.title))  \(progress.done) of \(progress.total)"
      if let last = made.last(where: { $0.level == one.level.title }) {
        line += "  last on \(last.day.iso)"
      }
      output.line(line)
    }
    // What comes next is said by the first level that is not complete.
    let current = levels.first { $0.level.progress.done < $0.level.progress.total } ?? levels.last
    if let focus = current?.level.fact("next focus") {
      output.line("Next focus: \(Terminal.harmless(focus))")
    }
  }

  private func find(_ levels: [Assessment]) throws -> Assessment {
    let wanted = Slug.make(level.joined(separator: " ")) ?? ""
    let found = levels.filter { $0.level.name.hasPrefix(wanted) }
    let near = found.isEmpty ? levels.filter { $0.level.id.contains(wanted) } : found
    guard near.count == 1 else {
      let names = levels.map(\.level.name)
      throw Failure(
        .badInput,
        near.isEmpty
          ? "the guide has no level \(level.joined(separator: " "))"
          : "\(level.joined(separator: " ")) could be \(near.count) levels",
        "The levels are \(names.joined(separator: ", ")).")
    }
    return near[0]
  }

  /// The note that has all the words of an item, best first; nil when none has.
  private func proposal(_ item: GuideItem, _ source: LearningSource) throws -> NoteSummary? {
    guard item.isDone == false else { return nil }
    let plain: Set<String> = [
      "a", "an", "and", "the", "of", "for", "to", "in", "on", "with", "your", "you", "by", "or",
      "it", "that", "which", "without", "into", "from", "them", "is", "be", "as", "at", "own",
      "again",
      "use", "set", "up", "can", "do", "e", "g",
    ]
    let words = (Slug.make(item.text) ?? "").split(separator: "-").map(String.init)
      .filter { !plain.contains($0) && $0.count > 2 }
    guard words.count >= 2 else { return nil }
    let result = try NoteSearch(source.notes).run(
      words.joined(separator: " "), filter: ConflictCopy.leftOut(), limit: 5)
    guard !result.isRelaxed else { return nil }
    return result.hits.first {
      $0.note.path != GuideFile.name && $0.note.kind != NoteKind.journal.rawValue
    }?.note
  }

  private func show(
    _ chosen: Assessment, _ questions: [(GuideItem, NoteSummary?)], _ output: inout Output
  ) {
    if json {
      output.line(
        JSON.object([
          ("level", .string(chosen.level.title)),
          (
            "checks",
            .array(
              questions.map { item, note in
                .object([
                  ("id", .string(item.id)), ("text", .string(item.text)),
                  ("done", .bool(item.isDone == true)), ("date", .optional(item.doneOn)),
                  ("proposal", .optional(note?.path)),
                ])
              })
          ),
        ]).text)
      return
    }
    output.line(Terminal.harmless(chosen.level.title))
    for (item, note) in questions {
      output.line("  \(item.isDone == true ? "✓" : "○") \(Terminal.harmless(item.text))")
      if let note {
        output.line("      \(Terminal.harmless(note.title))  \(Terminal.harmless(note.path))")
      }
    }
  }

  private func ask(
    _ chosen: Assessment, _ questions: [(GuideItem, NoteSummary?)], _ source: LearningSource,
    _ output: inout Output
  ) throws {
    guard questions.contains(where: { $0.0.isDone == false }) else {
      return output.line("\(Terminal.harmless(chosen.level.title)): nothing is left to ask.")
    }
    var answered = 0
    var done = chosen.level.progress.done
    for (item, note) in questions where item.isDone == false {
      var question = Terminal.harmless(item.text) + "?"
      if let note { question += "\n  shown by \(Terminal.harmless(note.path))" }
      Output.remark(question + "\n  [y/N/q]")
      guard let answer = readLine()?.lowercased(), !answer.hasPrefix("q") else { break }
      answered += 1
      guard answer.hasPrefix("y") else { continue }
      let link = note.map { $0.path.hasSuffix(".md") ? String($0.path.dropLast(3)) : $0.path }
      let change = GuideChange(vault: source.vault, words: [item.id])
      _ = try change.apply(dryRun: false) { lines, item in
        lines.tick(item, date: source.today.iso, note: link)
      }
      done += 1
      output.line("✓ \(Terminal.harmless(item.text))")
      output.flush()
    }
    guard answered > 0 else {
      Output.remark("Nobody answered; nothing was changed. '--list' only shows the questions.")
      throw Failure.quiet(.nothing)
    }
    let total = chosen.level.progress.total
    let note = try DailyNote(Environment.now, in: source.vault)
    try note.append(Assessment.line(chosen.level, done: done, total: total))
    NoteIndex.noteWritten(
      [note.path], in: source.vault, directory: index.directory(of: source.vault))
    output.line("\(Terminal.harmless(chosen.level.title)): \(done) of \(total)")
    if let focus = chosen.level.fact("next focus") {
      output.line("Next focus: \(Terminal.harmless(focus))")
    }
  }
}
