public import ArgumentParser
public import EverydayCommands
internal import FullText
internal import Learning
internal import Notes

public struct Habits: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "habits", _superCommandName: "folio",
    abstract: "Streaks of the guide's habits, and a calendar of practice.",
    discussion: """
      The habits are the lists of the guide that are named after a cadence: 'Daily Practices', \
      'Weekly …', 'Monthly …', 'Quarterly …'. What keeps them is in the journal ('folio log'); habits \
      of writing notes, contributing and publishing are also kept by notes of the vault made that \
      day. A daily streak counts days, a weekly one weeks. Practice without a habit counts for the \
      shortest cadence. A day that is not over ends no streak.

        folio habits
        folio habits --calendar --weeks 20
        folio habits --json

      A freeze or a holiday protects a streak and adds nothing: 'folio log --freeze REASON', a line \
      'holiday: 2026-12-24..2027-01-02' in a daily note, or 'learning:' in .folio/config.yaml with \
      'rest' (weekdays), 'holidays', 'freezes', and 'week' for the first day of the week.
      """)

  @OptionGroup var index: ReadingOptions
  @Flag(help: "Show the days as blocks, darker for more practice.") var calendar = false
  @Option(help: ArgumentHelp("Weeks in the calendar.", valueName: "number")) var weeks = 26
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if !(1...260).contains(weeks) { throw ValidationError("--weeks is a number from 1 to 260.") }
  }

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let today = source.today
    let (book, journal, rest) = try source.habits()
    let practice = PracticeCalendar(journal, rest: rest, until: today, weeks: weeks)
    if json {
      output.line(Self.json(book, practice, calendar: calendar).text)
    } else {
      if !calendar || !book.cadences.isEmpty { print(book, &output) }
      if calendar {
        for line in practice.lines() { output.line(line) }
        output.line("· none  ░ <15 min  ▒ <30  ▓ <60  █ more  * protected")
      }
    }
    for problem in journal.problems + book.problems {
      Output.remark(Terminal.harmless("\(problem.sentence). \(problem.remedy)"))
    }
    if book.cadences.isEmpty, !calendar {
      if !json {
        Output.remark(
          "The guide has no habits; list them under headings such as 'Daily Practices'.")
      }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func print(_ book: HabitBook, _ output: inout Output) {
    let style = Style(color)
    for cadence in book.cadences {
      let unit = cadence.cadence.unit
      var line = style.title(Terminal.harmless(cadence.section.title))
      if let window = cadence.section.window {
        line += style.dim(" (\(Terminal.harmless(window)))")
      }
      line += "  \(Count.of(cadence.streak.current, unit))"
      line += style.dim(", longest \(cadence.streak.longest)")
      let now = unit == "day" ? "today" : "this \(unit)"
      line +=
        cadence.streak.isDoneNow
        ? "  " + style.good("✓ \(now)")
        : cadence.isProtectedNow ? "  " + style.dim("* \(now) is free") : "  ○ \(now)"
      if cadence.minutesNow > 0 {
        let least = cadence.section.timeWindow?.leastMinutes
        line += "  \(cadence.minutesNow) min" + (least.map { " of \($0)" } ?? "")
      }
      if cadence.late > 0 { line += style.dim("  \(cadence.late) written down later") }
      output.line(line)
      for habit in cadence.habits {
        var line = "  " + (habit.streak.isDoneNow ? style.good("✓") : "○") + " "
        line += Terminal.harmless(habit.item.text)
        if habit.streak.current > 0 { line += "  \(Count.of(habit.streak.current, unit))" }
        if let last = habit.last {
          line += style.dim("  last \(last.iso)")
        }
        if habit.isDerived { line += style.dim("  kept by notes too") }
        output.line(line)
      }
    }
  }

  private static func json(
    _ book: HabitBook, _ practice: PracticeCalendar, calendar: Bool
  ) -> JSON {
    func streak(_ streak: Streak) -> [(String, JSON)] {
      [
        ("streak", .int(streak.current)), ("longest", .int(streak.longest)),
        ("done_now", .bool(streak.isDoneNow)),
      ]
    }
    let cadences = book.cadences.map { cadence in
      JSON.object(
        [
          ("id", .string(cadence.section.id)), ("title", .string(cadence.section.title)),
          ("cadence", .string(cadence.cadence.rawValue)),
          ("budget", .optional(cadence.section.window)),
          ("minutes_now", .int(cadence.minutesNow)),
          ("protected_now", .bool(cadence.isProtectedNow)), ("late", .int(cadence.late)),
        ] + streak(cadence.streak) + [
          (
            "habits",
            .array(
              cadence.habits.map { habit in
                .object(
                  [
                    ("id", .string(habit.item.id)), ("text", .string(habit.item.text)),
                    ("last", .optional(habit.last?.iso)), ("derived", .bool(habit.isDerived)),
                  ] + streak(habit.streak))
              })
          )
        ])
    }
    var members: [(String, JSON)] = [("cadences", .array(cadences))]
    if calendar {
      members.append(
        (
          "calendar",
          .array(
            practice.days.map {
              .object([
                ("day", .string($0.day.iso)), ("minutes", .int($0.minutes)),
                ("entries", .int($0.entries)), ("protected", .bool($0.isProtected)),
              ])
            })
        ))
    }
    return .object(members)
  }
}

extension LearningSource {
  /// What the daily notes say.
  func journal() throws -> Journal {
    Journal(try read(where: .equals("kind", NoteKind.journal.rawValue)), today: today)
  }

  /// The habits of the guide, and what they were told from.
  ///
  /// - Parameter since: Notes made before this day keep no habit: enough to know what is due.
  func habits(
    since: CalendarDay? = nil
  ) throws -> (book: HabitBook, journal: Journal, rest: RestDays) {
    let journal = try journal()
    var rest = try rest()
    rest.add(journal)
    let book = HabitBook(
      guide, journal, additions: try additions(since: since), rest: rest, today: today)
    return (book, journal, rest)
  }

  func rest() throws -> RestDays {
    do throws(GuideProblem) { return try RestDays(vault.settings.learning) } catch {
      throw Failure(error)
    }
  }

  /// Notes and records by the day they were made. Notes that do not say it are left out.
  func additions(since: CalendarDay? = nil) throws -> [HabitBook.Addition] {
    let records = Dictionary(
      try self.records().map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var filters = [Filter.not(.equals("kind", NoteKind.journal.rawValue))]
    if let since { filters.append(.compare("created", .greaterOrEqual, since.iso)) }
    return summaries(where: .and(filters)).compactMap { note in
      let record = records[note.path]
      guard let text = record?.date ?? note.created, let day = CalendarDay(String(text.prefix(10)))
      else { return nil }
      return HabitBook.Addition(day: day, record: record?.kind)
    }
  }
}
