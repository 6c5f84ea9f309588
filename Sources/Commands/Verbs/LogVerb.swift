public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct LogVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "log", _superCommandName: "folio",
    abstract: "Write down what you practised, or what you won.",
    discussion: """
      A line in the note of the day, in words that you could have typed there yourself:

        folio log "reread the notes on pools" --minutes 25
        folio log "finished the series on retries" --habit "read one page" -m 15
        folio log "two listeners deleted an alert" --win
        folio log "in bed with a cold" --freeze
        folio log "the talk, once more" --date yesterday -m 40

      --habit takes words of a habit of the guide. What is written down later than on its day says \
      so. A freeze protects the streaks of its day and adds nothing to them; '--habit weekly' with it \
      protects the week. Prints the line.
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "What you did.") var text: [String]
  @Option(help: ArgumentHelp("Words of the habit it was for.", valueName: "habit"))
  var habit: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("How long.", valueName: "minutes"))
  var minutes: Int?
  @Option(help: ArgumentHelp("The day; today when absent.", valueName: "date")) var date: String?
  @Flag(help: "It is a win, not practice.") var win = false
  @Flag(help: "Nothing was done, for a good reason.") var freeze = false

  public init() {}

  public func validate() throws {
    if win, freeze { throw ValidationError("A day is won or frozen, not both.") }
    if win, habit != nil || minutes != nil {
      throw ValidationError("--win has neither a habit nor minutes.")
    }
    if freeze, minutes != nil { throw ValidationError("--freeze has no minutes.") }
    if let minutes, !(1...1440).contains(minutes) {
      throw ValidationError("--minutes is a number from 1 to 1440.")
    }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let now = Environment.now
    let today = Learning.CalendarDay(now)
    var day = today
    if let date {
      guard let read = CalendarDay(try DateWords.parse(date, now: now)) else {
        throw Failure(.usage, "\(date) is no day", "Write it as 2026-11-22.")
      }
      day = read
    }
    guard day <= today else {
      throw Failure(
        .badInput, "\(day.iso) is still to come", "Write it down when the day is there.")
    }
    let words = text.joined(separator: " ").split(whereSeparator: \.isNewline)
      .joined(separator: " ")
    let line: String
    if win {
      line = "win: \(words)"
    } else if freeze {
      line = try frozen(words)
    } else {
      line = Journal.line(
        words, minutes: minutes, habit: try name(vault), on: day, loggedOn: today)
    }
    let parts = day.parts
    let note = try DailyNote(
      LocalTime(
        year: parts.year, month: parts.month, day: parts.day, hour: day == today ? now.hour : 12,
        minute: day == today ? now.minute : 0), in: vault)
    try note.append(line)
    NoteIndex.noteWritten([note.path], in: vault, directory: index.directory(of: vault))
    output.line("\(Terminal.harmless(note.path.description)): \(Terminal.harmless(line))")
  }

  /// The name of the habit as the journal writes it: the last part of its id.
  private func name(_ vault: Vault) throws -> String? {
    guard let habit else { return nil }
    let item = try GuideFile.find(
      [habit], in: try GuideFile(vault).guide, what: "habits", where: { $0.role == .habit })
    return item.id.split(separator: "/").last.map(String.init) ?? item.id
  }

  private func frozen(_ words: String) throws -> String {
    guard let habit else { return "- freeze: \(words)" }
    let known = HabitCadence.allCases.map(\.rawValue)
    guard let cadence = HabitCadence(rawValue: habit.lowercased()) else {
      throw Failure(
        .usage, "a freeze is for a cadence, and \(habit) is none",
        Similar.closest(to: habit, among: known).map { "Did you mean \($0)?" }
          ?? "The cadences are \(known.joined(separator: ", ")).")
    }
    return "- freeze (\(cadence.rawValue)): \(words)"
  }
}
