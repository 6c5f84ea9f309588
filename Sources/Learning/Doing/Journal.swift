internal import Markup
public import Notes

/// What the daily notes say about practice.
///
/// Lines of a daily note, with or without a dash in front:
///
///     - practice: 40 min rereading the notes (habit: read-one-page)
///     - practice: 1 h 30 min on the talk (logged 2026-11-24)      # written down later
///     - freeze: in bed with a cold                                # protects the day's streaks
///     - freeze (weekly): fair week                                # protects the week
///     holiday: 2026-12-24..2027-01-02                             # protects every day of it
///     win: two listeners deleted an alert
public struct Journal: Sendable {
  public struct Practice: Sendable, Equatable {
    public var day: CalendarDay
    public var text: String
    /// Nil when the line does not say.
    public var minutes: Int?
    /// The habit as the line names it.
    public var habit: String?
    /// When it was written down, if later than on the day itself.
    public var loggedOn: CalendarDay?
    public var path: String
    public var line: Int
  }

  public struct Win: Sendable, Equatable {
    public var day: CalendarDay?
    public var text: String
    public var path: String
    public var line: Int
  }

  public private(set) var practices: [Practice] = []
  public private(set) var wins: [Win] = []
  /// Days on which nothing is asked.
  public private(set) var frozen: Set<CalendarDay> = []
  /// Cadences that one day's line excuses.
  public private(set) var frozenCadences: [(day: CalendarDay, cadence: HabitCadence)] = []
  /// Lines about assessments; ``Assessment/history(_:)`` reads them.
  public private(set) var assessments: [(day: CalendarDay, text: String)] = []
  public private(set) var problems: [GuideProblem] = []

  /// A holiday longer than this is a slip of the pen.
  private static let longestHoliday = 400

  public init() {}

  /// Reads daily notes, and the wins of any other note; both in any order.
  ///
  /// - Parameter today: What is dated after it is a problem and does not count.
  public init(_ notes: [Note], today: CalendarDay) {
    for note in notes { read(note, today) }
    practices.sort { ($0.day, $0.path, $0.line) < ($1.day, $1.path, $1.line) }
    wins.sort {
      ($0.day?.number ?? 0, $0.path, $0.line) < ($1.day?.number ?? 0, $1.path, $1.line)
    }
  }

  /// The day of a daily note: that of its front matter, else that of its name.
  public static func day(of note: Note) -> CalendarDay? {
    note.frontMatter.value("date")?.text.flatMap { CalendarDay(String($0.prefix(10))) }
      ?? CalendarDay(String(note.path.stem.prefix(10)))
  }

  private mutating func read(_ note: Note, _ today: CalendarDay) {
    let isDaily = note.kind == .journal
    let day = isDaily ? Self.day(of: note) : note.created.flatMap { CalendarDay(startOf: $0.day) }
    let path = note.path.description
    let code = note.markdown.codeBlocks.map(\.lines)
    var number = note.frontMatter.bodyLine - 1
    let body = String(decoding: note.bytes[note.frontMatter.bodyStart...], as: UTF8.self)
    var saidNoDay = false
    for raw in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      guard let entry = Entry(raw), !code.contains(where: { $0.contains(number) }) else { continue }
      func problem(_ message: String, _ remedy: String) {
        problems.append(
          GuideProblem(
            path: path, line: number, message: message, remedy: remedy, isFatal: false))
      }
      if entry.key == .win {
        if !entry.text.isEmpty {
          wins.append(Win(day: day, text: entry.text, path: path, line: number))
        }
        continue
      }
      guard isDaily else { continue }
      guard let day else {
        if !saidNoDay {
          problem("the note does not say its day", "Write 'date: 2026-11-22' in its front matter.")
        }
        saidNoDay = true
        continue
      }
      guard day <= today || entry.key == .holiday else {
        problem("\(day.iso) is still to come", "It counts when the day is there.")
        continue
      }
      switch entry.key {
      case .practice:
        if let one = Self.practice(entry, day, path, number, problem) { practices.append(one) }
      case .freeze:
        guard let label = entry.label else {
          frozen.insert(day)
          continue
        }
        guard let cadence = HabitCadence(rawValue: label) else {
          problem(
            "\(label) is no cadence",
            "Write one of \(HabitCadence.allCases.map(\.rawValue).joined(separator: ", ")).")
          continue
        }
        frozenCadences.append((day, cadence))
      case .holiday:
        guard let range = Self.days(entry.text) else {
          problem(
            "this is no stretch of days", "Write 'holiday: 2026-12-24..2027-01-02'.")
          continue
        }
        for number in range.lowerBound.number...range.upperBound.number {
          frozen.insert(CalendarDay(number: number))
        }
      case .assessment: assessments.append((day, entry.text))
      case .win: break
      }
    }
  }

  private static func practice(
    _ entry: Entry, _ day: CalendarDay, _ path: String, _ line: Int,
    _ problem: (String, String) -> Void
  ) -> Practice? {
    var text = entry.text
    var habit = entry.label
    var logged: CalendarDay?
    if let (rest, notes) = Self.bracket(text) {
      text = rest
      for note in notes {
        if note.hasPrefix("habit: ") {
          habit = String(note.dropFirst(7)).trimmed
        } else if note.hasPrefix("logged ") {
          logged = CalendarDay(String(note.dropFirst(7)).trimmed)
          if logged == nil {
            problem("\(note) names no day", "Write '(logged 2026-11-22)'.")
          }
        }
      }
    }
    let minutes: Int?
    switch Self.duration(text) {
    case .none: minutes = nil
    case .minutes(let count, let rest):
      guard count <= 24 * 60 else {
        problem("\(count) minutes are more than a day has", "Write the minutes of that day.")
        return nil
      }
      (minutes, text) = (count, rest)
    }
    guard minutes != nil || !text.isEmpty else {
      problem("nothing stands behind 'practice:'", "Write '- practice: 40 min what you did'.")
      return nil
    }
    return Practice(
      day: day, text: text, minutes: minutes, habit: habit, loggedOn: logged, path: path,
      line: line)
  }

  /// A line as key and text.
  private struct Entry {
    enum Key: String, CaseIterable { case practice, freeze, holiday, win, assessment }
    var key: Key
    /// What stands in brackets behind the key.
    var label: String?
    var text: String

    init?(_ line: Substring) {
      var rest = line.drop { $0 == " " || $0 == "\t" || $0 == "-" || $0 == "*" }
      if rest.hasPrefix("[x] ") || rest.hasPrefix("[ ] ") { rest = rest.dropFirst(4) }
      let word = rest.prefix { $0.isLetter }
      guard let key = Key(rawValue: word.lowercased()) else { return nil }
      rest = rest.dropFirst(word.count)
      if rest.hasPrefix(" ("), let end = rest.firstIndex(of: ")") {
        label = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end]).trimmed.lowercased()
        rest = rest[rest.index(after: end)...]
      }
      guard rest.first == ":" else { return nil }
      self.key = key
      text = String(rest.dropFirst()).trimmed
    }
  }

  /// The remarks in brackets at the end of a text, when they are ours.
  private static func bracket(_ text: String) -> (rest: String, notes: [String])? {
    guard text.hasSuffix(")"), let start = text.lastIndex(of: "(") else { return nil }
    let notes = text[text.index(after: start)...].dropLast().split(separator: ",")
      .map { String($0).trimmed }
    guard notes.contains(where: { $0.hasPrefix("habit: ") || $0.hasPrefix("logged ") }) else {
      return nil
    }
    return (String(text[..<start]).trimmed, notes)
  }

  enum Duration: Equatable {
    case none
    case minutes(Int, rest: String)
  }

  /// The time at the beginning of a text: `40 min`, `1 h`, `1h30`, `1 h 30 min`, `1.5 h`, `90m`.
  static func duration(_ text: String) -> Duration {
    guard
      let match = text.firstMatch(
        of:
          #/^(?:(\d{1,4}(?:[.,]\d)?)\s*h(?:ours?|rs?)?(?:\s*(\d{1,2})\s*(?:m(?:in(?:utes?)?)?)?)?|(\d{1,5})\s*m(?:in(?:utes?)?)?)(?:[\s,;:]+|$)/#
          .ignoresCase())
    else { return .none }
    let rest = String(text[match.range.upperBound...]).trimmed
    if let minutes = match.output.3.flatMap({ Int($0) }) { return .minutes(minutes, rest: rest) }
    guard let hours = match.output.1.flatMap({ Double($0.replacing(",", with: ".")) }) else {
      return .none
    }
    let extra = match.output.2.flatMap { Int($0) } ?? 0
    return .minutes(Int((hours * 60).rounded()) + extra, rest: rest)
  }

  /// `2026-12-24..2027-01-02`, `2026-12-24 to 2027-01-02`, or one day.
  public static func days(_ text: String) -> ClosedRange<CalendarDay>? {
    let parts = text.replacing(" to ", with: "..").split(separator: "..").map { String($0).trimmed }
    guard let first = parts.first.flatMap({ CalendarDay(String($0.prefix(10))) }) else {
      return nil
    }
    guard parts.count > 1 else { return first...first }
    guard let last = CalendarDay(String(parts[1].prefix(10))), last >= first,
      last.number - first.number < longestHoliday
    else { return nil }
    return first...last
  }

  /// The line for a practice, as `folio log` writes it.
  public static func line(
    _ text: String, minutes: Int?, habit: String?, on day: CalendarDay, loggedOn: CalendarDay
  ) -> String {
    var notes: [String] = []
    if let habit { notes.append("habit: \(habit)") }
    if loggedOn != day { notes.append("logged \(loggedOn.iso)") }
    return "- practice: " + (minutes.map { "\($0) min " } ?? "") + text
      + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
  }
}
