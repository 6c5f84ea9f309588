public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct GuideNext: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "next", _superCommandName: "folio guide",
    abstract: "The few things to do now, and why.",
    discussion: """
      Milestones that are due, skill areas of the phases that have begun and that nothing shows yet, \
      areas that are about to fade, open boxes of the stage whose time it is, and project ideas that \
      would show a missing area.

        folio guide next
        folio guide next --role ml -n 3

      The time counts from 'started:' in the front matter of guide.md, else from the first tick; \
      'folio plan --start DATE --save' writes it. The role is '--role', else 'role:' there, else the \
      one that your notes show most of. Exit code 1 when there is nothing to do.
      """)

  @OptionGroup var index: ReadingOptions
  @Option(help: ArgumentHelp("The role of the guide that you follow.", valueName: "role"))
  var role: String?
  @Option(
    name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
    help: "At most this many.")
  var limit = 7
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if limit < 0 { throw ValidationError("--limit cannot be below 0") }
  }

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    source.file.remark()
    let areas = SkillAreas(source.guide)
    let evidence = try source.evidence(areas)
    let standings = try source.standings(areas, evidence)
    let role = try source.role(role, areas) ?? Self.likeliest(areas, standings)
    let start = GuideStart(source.guide, source.file.note, given: nil, today: source.today)
    let own = standings.filter { standing in
      role.map { areas.roles(of: standing.area.id).contains($0.id) } ?? true
    }
    let next = NextSteps(
      source.guide, areas, standings: own, start: start.day, today: source.today, role: role?.id,
      limit: limit)
    if json {
      output.line(
        JSON.object([
          ("role", .optional(role?.id)), ("start", .string(start.day.iso)),
          (
            "steps",
            .array(
              next.steps.map {
                .object([
                  ("kind", .string($0.kind.rawValue)), ("title", .string($0.title)),
                  ("id", .string($0.id)), ("reason", .string($0.reason)),
                ])
              })
          ),
        ]).text)
    } else {
      let style = Style(color)
      let months = source.today.months(since: start.day) + 1
      output.line(
        style.title(role?.title ?? source.guide.title) + "  "
          + style.dim("month \(months) since \(start.day.iso)\(start.words)"))
      for step in next.steps {
        output.line(
          SkillTable.left(step.kind.rawValue, 9) + "  " + Terminal.harmless(step.title))
        output.line("           " + style.dim(Terminal.harmless(step.reason)))
      }
    }
    if next.steps.isEmpty {
      if !json { Output.remark("Nothing is due. Well done.") }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  /// The role whose areas have the highest levels.
  static func likeliest(
    _ areas: SkillAreas, _ standings: [SkillStanding]
  ) -> (id: String, title: String)? {
    let sums = areas.roles.map { role in
      standings.filter { areas.roles(of: $0.area.id).contains(role.id) }
        .reduce(0.0) { $0 + $1.score }
    }
    guard let best = sums.max(), let index = sums.firstIndex(of: best) else { return nil }
    return areas.roles[index]
  }
}

extension GuideStart {
  /// Where the day comes from, for people.
  var words: String {
    switch source {
    case .option, .frontMatter: ""
    case .firstTick: ", the first tick"
    case .today: "; say when you began with 'folio plan --start DATE --save'"
    }
  }
}
