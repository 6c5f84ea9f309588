public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

/// The verb that groups those about projects.
public struct ProjectVerb: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "project", _superCommandName: "folio",
    abstract: "Start a project from an idea of the guide.", subcommands: [ProjectStart.self])

  public init() {}
}

public struct ProjectStart: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "start", _superCommandName: "folio project",
    abstract: "Make a project note from an idea of the guide.",
    discussion: """
      The note has the idea's objective, its components as tasks, the skill areas that it names, and \
      the place for metrics. Ideas are the guide's project ideas and the projects of its roles; one \
      is named by words of its title.

        folio project start web scraping
        folio project start 'file processing' --dry-run
        folio project start --list
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "Words of the idea's title.") var idea: [String] = []
  @Flag(help: "List the ideas of the guide.") var list = false
  @Flag(help: "Print the note, and write nothing.") var dryRun = false
  @Flag(help: "With --list: print JSON.") var json = false

  public init() {}

  public func validate() throws {
    if idea.isEmpty != list { throw ValidationError("Name an idea, or say --list.") }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let guide = try GuideFile(vault).guide
    let areas = SkillAreas(guide)
    let ideas = ProjectIdea.all(in: guide, areas)
    guard !ideas.isEmpty else {
      throw Failure(
        .nothing, "the guide has no project ideas",
        "Write them as headings below 'Project Ideas', or as '**Name**: what' below 'Projects:'.")
    }
    if list {
      print(ideas, &output)
      return
    }
    let chosen = try find(ideas)
    let now = Environment.now
    var capture = Capture(kind: .project, title: chosen.title, body: chosen.body)
    capture.skills = chosen.skills
    capture.source = "guide.md:\(chosen.line)"
    guard !dryRun else {
      output.line(chosen.title)
      output.line()
      output.line(chosen.body)
      return
    }
    var changes = vault.changes("")
    let path = try capture.save(in: vault, folder: nil, now: now, keeping: &changes)
    changes.title = "project start \(path)"
    vault.changeLog?.record(changes)
    NoteIndex.noteWritten([path], in: vault, directory: index.directory(of: vault))
    output.line(Terminal.harmless(FileSystem.display(vault.absolute(path))))
    Output.remark(
      "Skills: \(chosen.skills.isEmpty ? "none that the guide names" : chosen.skills.joined(separator: ", ")). "
        + "Put figures under 'metrics:' as soon as you can measure.")
  }

  private func print(_ ideas: [ProjectIdea], _ output: inout Output) {
    if json {
      output.line(
        JSON.object([
          (
            "ideas",
            .array(
              ideas.map {
                .object([
                  ("id", .string($0.id)), ("title", .string($0.title)),
                  ("group", .string($0.group)), ("window", .optional($0.window)),
                  ("skills", .strings($0.skills)), ("line", .int($0.line)),
                ])
              })
          )
        ]).text)
      return
    }
    var group = ""
    for idea in ideas {
      if idea.group != group {
        group = idea.group
        output.line(Terminal.harmless(group) + (idea.window.map { " (\($0))" } ?? ""))
      }
      let skills = idea.skills.isEmpty ? "" : "  " + idea.skills.joined(separator: ", ")
      output.line("  " + Terminal.harmless(idea.title) + skills)
    }
  }

  private func find(_ ideas: [ProjectIdea]) throws -> ProjectIdea {
    let name = idea.joined(separator: " ")
    switch ProjectIdea.find(name, among: ideas) {
    case .idea(let idea): return idea
    case .several(let found):
      for one in found.prefix(8) {
        Output.remark(Terminal.harmless("  \(one.id)"))
      }
      throw Failure(
        .badInput, "\(name) could be any of these \(found.count) ideas",
        "Type more of it, or the id.")
    case .none(let similar):
      throw Failure(
        .nothing, "the guide has no idea called \(name)",
        similar.map { "Did you mean \($0)?" } ?? "'folio project start --list' shows them.")
    }
  }
}
