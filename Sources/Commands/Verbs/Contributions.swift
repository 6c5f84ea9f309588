public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct Contributions: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "contributions", _superCommandName: "folio",
    abstract: "What you gave to projects of others, and what the guide proposes.",
    subcommands: [ContributionsList.self, ContributionsAdd.self],
    defaultSubcommand: ContributionsList.self)

  public init() {}
}

public struct ContributionsList: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio contributions",
    abstract: "List contributions, and the guide's ideas for more.",
    discussion: """
      Contributions are notes that say 'record: contribution'. Behind them: how many of the guide's \
      ideas are ticked, level by level, the next open ones, and its steps for getting started.

        folio contributions
        folio contributions list --json
      """)

  @OptionGroup var index: ReadingOptions
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let list = RecordList(kinds: [.contribution, .openSource], json: json, color: color)
    let records = try list.records(source)
    let ideas = source.guide.items.filter { $0.role == .contribution }
    let steps = source.guide.items.filter { $0.role == .step }
    let style = Style(color)
    if json {
      output.line(
        JSON.object([
          ("contributions", .array(records.map(RecordList.json))),
          (
            "ideas",
            .array(
              ideas.map {
                .object([
                  ("id", .string($0.id)), ("text", .string($0.text)),
                  ("level", .optional($0.label)), ("done", .bool($0.isDone == true)),
                  ("date", .optional($0.doneOn)),
                ])
              })
          ),
          (
            "steps",
            .array(
              steps.map {
                .object([
                  ("text", .string($0.text)), ("points", .strings($0.items.map(\.text))),
                ])
              })
          ),
        ]).text)
    } else {
      for record in records { output.line(list.line(record, style)) }
      var label: String?
      var open = 0
      for idea in ideas {
        if idea.label != label {
          label = idea.label
          open = 0
          let own = ideas.filter { $0.label == label }
          output.line(
            style.title(Terminal.harmless(label ?? "Ideas")) + "  "
              + style.dim("\(own.count { $0.isDone == true })/\(own.count)"))
        }
        if idea.isDone == true {
          output.line(
            "  " + style.good("✓") + " " + Terminal.harmless(idea.text)
              + style.dim(idea.doneOn.map { "  " + $0 } ?? ""))
        } else if open < 2 {
          open += 1
          output.line("  ○ " + Terminal.harmless(idea.text))
        }
      }
      if records.isEmpty {
        for step in steps {
          output.line(Terminal.harmless(step.text))
          for point in step.items { output.line("  - " + Terminal.harmless(point.text)) }
        }
      }
    }
    if records.isEmpty {
      if !json {
        Output.remark("None is recorded; 'folio contributions add TITLE' records one.")
      }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}

public struct ContributionsAdd: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "add", _superCommandName: "folio contributions",
    abstract: "Record a contribution.",
    discussion: """
        folio contributions add "Pools and deferred tasks, explained" --project apache/airflow \\
          --url https://example.org/pull/1 -s etl-patterns
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "What it was.") var title: String
  @OptionGroup var options: RecordOptions
  @Option(help: ArgumentHelp("The project it went to.", valueName: "name")) var project: String?

  public init() {}

  public func run(_ output: inout Output) throws {
    var note = RecordNote(index: index, title: title, kind: .contribution, options: options)
    if let project { note.extra.append(("project", project)) }
    try note.save(&output)
  }
}
