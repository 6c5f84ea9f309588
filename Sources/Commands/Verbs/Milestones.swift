public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct Milestones: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "milestones", _superCommandName: "folio",
    abstract: "Milestones of the guide: planned and reached.",
    discussion: """
        folio milestones
        folio milestones --due           those that are due and not reached
        folio milestones --start 2026-01-01 --json

      The months count from 'started:' in the front matter of guide.md, else from the first tick. A \
      milestone is reached when its box is ticked: 'folio guide tick month 6 operator --note NOTE'.
      """)

  @OptionGroup var vault: VaultOptions
  @Option(help: ArgumentHelp("Count the months from this day.", valueName: "date"))
  var start: String?
  @Flag(help: "Only those that are due and not reached.") var due = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let file = try GuideFile(try vault.open())
    file.remark()
    let now = Environment.now
    let today = CalendarDay(now)
    let given = try start.flatMap { CalendarDay(startOf: try DateWords.parse($0, now: now)) }
    let begin = GuideStart(file.guide, file.note, given: given, today: today)
    var rows: [(group: String, item: GuideItem, dueOn: CalendarDay?)] = []
    for section in file.guide.sections.flatMap(\.allSections) {
      for item in section.items.flatMap(\.flattened) where item.role == .milestone {
        let day = item.month.map { begin.day.adding(months: $0) }
        let isDue = item.isDone != true && (day.map { $0 < today } ?? false)
        if !due || isDue { rows.append((section.title, item, day)) }
      }
    }
    if json {
      output.line(
        JSON.object([
          ("start", .string(begin.day.iso)),
          (
            "milestones",
            .array(
              rows.map { row in
                .object([
                  ("id", .string(row.item.id)), ("text", .string(row.item.milestoneText)),
                  ("group", .string(row.group)),
                  ("month", row.item.month.map { .int($0) } ?? .null),
                  ("due", .optional(row.dueOn?.iso)), ("done", .bool(row.item.isDone == true)),
                  ("reached", .optional(row.item.doneOn)),
                  ("reached_month", reachedMonth(row.item, begin.day).map { .int($0) } ?? .null),
                  ("note", .optional(row.item.evidence)),
                  (
                    "overdue",
                    .bool(row.item.isDone != true && (row.dueOn.map { $0 < today } ?? false))
                  ),
                ])
              })
          ),
        ]).text)
    } else {
      print(rows, begin, today, &output)
    }
    if rows.isEmpty {
      if !json {
        Output.remark(
          due
            ? "No milestone is overdue."
            : "The guide has no milestones; write them as '- [ ] **Month 6**: what'.")
      }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func reachedMonth(_ item: GuideItem, _ start: CalendarDay) -> Int? {
    guard item.isDone == true, let day = item.doneOn.flatMap({ CalendarDay($0) }) else {
      return nil
    }
    return day.months(since: start) + 1
  }

  private func print(
    _ rows: [(group: String, item: GuideItem, dueOn: CalendarDay?)], _ begin: GuideStart,
    _ today: CalendarDay, _ output: inout Output
  ) {
    let style = Style(color)
    output.line(style.dim("Months count from \(begin.day.iso)\(begin.words)."))
    var group = ""
    for row in rows {
      if row.group != group {
        group = row.group
        output.line(style.title(Terminal.harmless(group)))
      }
      let isDone = row.item.isDone == true
      var line = "  " + (isDone ? style.good("✓") : "○") + " "
      line += SkillTable.right(row.item.month.map { "month \($0)" } ?? "", 8) + "  "
      line += Terminal.harmless(row.item.milestoneText)
      if isDone {
        line += "  " + style.dim(row.item.doneOn ?? "no date")
        if let planned = row.item.month, let month = reachedMonth(row.item, begin.day) {
          let late = month - planned
          line += style.dim(
            late > 0 ? ", \(late) late" : late < 0 ? ", \(-late) early" : ", in time")
        }
        if let note = row.item.evidence { line += "  " + style.path(Terminal.harmless(note)) }
      } else if let day = row.dueOn {
        let months = max(1, today.months(since: day))
        line +=
          day < today
          ? "  " + style.bad("overdue since \(day.iso), \(Count.of(months, "month"))")
          : "  " + style.dim("by \(day.iso)")
      }
      output.line(line)
    }
    let done = rows.count { $0.item.isDone == true }
    let overdue = rows.count { $0.item.isDone != true && ($0.dueOn.map { $0 < today } ?? false) }
    output.line("\(done) of \(rows.count) reached, \(overdue) overdue.")
  }
}
