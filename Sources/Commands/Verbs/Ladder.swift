public import ArgumentParser
public import EverydayCommands
internal import Career
internal import FullText
internal import Learning
internal import Notes

public struct Ladder: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "ladder", _superCommandName: "folio",
    abstract:
      "Where you stand on the guide's career ladders, and which skills for leading have evidence.",
    discussion: """
      The position is that of the newest work in profile.md, or the one named with --at. A skill for \
      leading has evidence when a note names it in 'skills:', when a record of mentoring, a talk, a \
      post or a doc shows it, or when a ticked box of the guide speaks of it.

        folio ladder
        folio ladder --at 'Senior Data Engineer' --json
      """)

  @OptionGroup var index: ReadingOptions
  @Option(help: ArgumentHelp("Your position.", valueName: "title")) var at: String?
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let newest = try source.profile()?.work.max {
      ($0.start?.iso ?? "") < ($1.start?.iso ?? "")
    }
    let position = at ?? newest?.position
    let ladders = source.guide.items.filter { $0.role == .ladder }
    let skills = LeadershipSkill.all(
      in: source.guide, records: try source.records(),
      notes: source.summaries(where: .exists("skill")))
    guard !ladders.isEmpty || !skills.isEmpty else {
      throw Failure(
        .nothing, "the guide has no career ladders",
        "Write them as '1. **Engineer** → **Senior Engineer**' below 'Career Ladders'.")
    }
    func rung(_ ladder: GuideItem) -> Int? {
      position.flatMap { CareerLadder.rung(of: $0, on: ladder.rungs) }
    }
    if json {
      output.line(
        JSON.object([
          ("position", .optional(position)),
          (
            "ladders",
            .array(
              ladders.map {
                .object([
                  ("track", .optional($0.label)), ("rungs", .strings($0.rungs)),
                  ("at", rung($0).map { .int($0) } ?? .null),
                  ("next", .optional(rung($0).flatMap(next(after: $0.rungs)))),
                ])
              })
          ),
          (
            "leadership",
            .array(
              skills.map {
                .object([
                  ("name", .string($0.name)), ("text", .string($0.text)),
                  ("evidence", .strings($0.evidence)),
                ])
              })
          ),
        ]).text)
      return
    }
    let style = Style(color)
    output.line(
      position.map { "You are: " + Terminal.harmless($0) }
        ?? "Your position is not known; say --at.")
    var track: String?
    for ladder in ladders {
      if ladder.label != track {
        track = ladder.label
        output.line(style.title(Terminal.harmless(track ?? "Ladders")))
      }
      let own = rung(ladder)
      let words = ladder.rungs.enumerated().map { number, name in
        number == own ? style.good("[\(Terminal.harmless(name))]") : Terminal.harmless(name)
      }
      output.line("  " + words.joined(separator: " → "))
    }
    if !skills.isEmpty { output.line(style.title("Skills for leading")) }
    for skill in skills {
      let mark = skill.evidence.isEmpty ? "○" : style.good("✓")
      output.line(
        "  \(mark) \(Terminal.harmless(skill.name))"
          + style.dim("  " + Terminal.harmless(skill.text)))
      for one in skill.evidence.prefix(3) { output.line("      " + Terminal.harmless(one)) }
    }
  }

  private func next(after rungs: [String]) -> (Int) -> String? {
    { $0 + 1 < rungs.count ? rungs[$0 + 1] : nil }
  }
}
