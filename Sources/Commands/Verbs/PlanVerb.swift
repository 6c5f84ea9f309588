public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct PlanVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "plan", _superCommandName: "folio",
    abstract: "The guide's phases, stages, quarters and milestones as calendar dates.",
    discussion: """
        folio plan --start 2026-12-01 --role data-engineer
        folio plan --start 'last monday' --role ml --save
        folio plan --json

      --save writes the day and the role into the front matter of guide.md, where 'folio guide next' \
      and 'folio milestones' look for them. Without --start: that day, else the day of the first \
      tick, else today.
      """)

  @OptionGroup var vault: VaultOptions
  @Option(help: ArgumentHelp("The first day.", valueName: "date")) var start: String?
  @Option(help: ArgumentHelp("The role of the guide that you follow.", valueName: "role"))
  var role: String?
  @Flag(help: "Keep the day and the role in guide.md.") var save = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let file = try GuideFile(try vault.open())
    file.remark()
    let now = Environment.now
    let today = CalendarDay(now)
    var given: CalendarDay?
    if let start {
      given = CalendarDay(startOf: try DateWords.parse(start, now: now))
    }
    let areas = SkillAreas(file.guide)
    let chosen = try LearningSource.role(role, areas, file)
    let begin = GuideStart(file.guide, file.note, given: given, today: today)
    let plan = GuidePlan(file.guide, start: begin.day, role: chosen?.id)
    guard !plan.entries.isEmpty else {
      throw Failure(
        .nothing, "the guide names no months, weeks or years",
        "Write them in the headings: 'Phase 1: Basics (Months 1-3)'.")
    }
    if save {
      let editor = NoteEditor(vault: file.vault, title: "plan --save")
      _ = try editor.edit(file.path) { note throws(VaultError) in
        var note = note
        note = Note(
          path: note.path,
          bytes: try FrontMatterEdit(note).setting("started", to: .text(begin.day.iso)))
        guard let chosen else { return note.bytes }
        return try FrontMatterEdit(note).setting("role", to: .text(chosen.id))
      }
    }
    if json {
      output.line(
        JSON.object([
          ("start", .string(plan.start.iso)), ("role", .optional(chosen?.id)),
          ("entries", .array(plan.entries.map(Self.json))),
        ]).text)
      return
    }
    let style = Style(color)
    output.line(
      style.title(chosen?.title ?? file.guide.title) + "  "
        + style.dim("from \(plan.start.iso)\(begin.words)"))
    for entry in plan.entries {
      let dates =
        entry.kind == .milestone
        ? "by " + entry.last.iso + String(repeating: " ", count: 10)
        : "\(entry.first.iso) – \(entry.last.iso)"
      var line = dates + "  " + SkillTable.left(entry.kind.rawValue, 9) + "  "
      line += Terminal.harmless(entry.title)
      if entry.kind == .milestone {
        if entry.done == 1 {
          line += "  " + style.good("✓" + (entry.reachedOn.map { " " + $0 } ?? ""))
        }
      } else if entry.total > 0 {
        line += "  " + style.dim("\(entry.done)/\(entry.total)")
      }
      let isNow = entry.first <= today && today <= entry.last
      output.line(isNow ? style.match(line) : line)
    }
  }

  private static func json(_ entry: GuidePlan.Entry) -> JSON {
    .object([
      ("kind", .string(entry.kind.rawValue)), ("title", .string(entry.title)),
      ("id", .string(entry.id)), ("first", .string(entry.first.iso)),
      ("last", .string(entry.last.iso)), ("done", .int(entry.done)), ("tasks", .int(entry.total)),
      ("reached", .optional(entry.reachedOn)),
    ])
  }
}
