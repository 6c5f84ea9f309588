public import ArgumentParser
public import EverydayCommands
internal import Career
internal import FullText
internal import Learning
internal import Notes

public struct Brag: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "brag", _superCommandName: "folio",
    abstract: "What you did in a period, as Markdown: for a review, or for yourself.",
    discussion: """
      Wins ('win: …' in any note), figures of projects, milestones and boxes of the guide, \
      certificates, contributions and talks, the notes you made and the time you practised, each with \
      the place it comes from. What says 'visibility: private' is left out without --private.

        folio brag --since 2026-01-01
        folio brag --since '3 months ago' --until 2026-11-01 > review.md
      """)

  @OptionGroup var index: ReadingOptions
  @Option(help: ArgumentHelp("The first day.", valueName: "date")) var since: String
  @Option(help: ArgumentHelp("The last day; today when absent.", valueName: "date"))
  var until: String?
  @Flag(name: .customLong("private"), help: "What is private too.") var withPrivate = false
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  private struct Group {
    var title: String
    var lines: [(date: String, text: String, path: String)]
  }

  public func run(_ output: inout Output) throws {
    let now = Environment.now
    let source = try LearningSource(index)
    let first = try DateWords.parse(since, now: now)
    let last = try until.map { try DateWords.parse($0, now: now) } ?? now.isoDate
    guard first <= last else {
      throw Failure(.usage, "\(first) is after \(last)", "Turn the two days round.")
    }
    // A month or a year is in the period when it begins in it.
    func isInside(_ date: String?) -> Bool {
      guard let date, let day = Learning.CalendarDay(startOf: date)?.iso else { return false }
      return day >= first && day <= last + "~"
    }
    let hidden = Set(
      withPrivate
        ? []
        : source.summaries(where: .equals("visibility", "private")).map(\.path))
    let groups = try self.groups(source, since: first, isInside, hidden)
    if json {
      output.line(
        JSON.object(
          [("since", .string(first)), ("until", .string(last))]
            + groups.map { group in
              (
                Slug.make(group.title) ?? group.title,
                .array(
                  group.lines.map {
                    .object([
                      ("date", .string($0.date)), ("text", .string($0.text)),
                      ("path", .string($0.path)),
                    ])
                  })
              )
            }
        ).text)
    } else {
      output.line("# From \(first) to \(last)")
      for group in groups where !group.lines.isEmpty {
        output.line()
        output.line("## \(group.title)")
        output.line()
        for line in group.lines {
          let date = line.date.isEmpty ? "" : "\(line.date): "
          let link = line.path.hasSuffix(".md") ? String(line.path.dropLast(3)) : line.path
          output.line(
            "- \(date)\(Terminal.harmless(line.text))"
              + (link.isEmpty ? "" : " ([[\(Terminal.harmless(link))]])"))
        }
      }
    }
    if groups.allSatisfy(\.lines.isEmpty) {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func groups(
    _ source: LearningSource, since first: String, _ isInside: (String?) -> Bool,
    _ hidden: Set<String>
  ) throws -> [Group] {
    let summaries = source.summaries(where: .all).filter { !hidden.contains($0.path) }
    // Wins may stand in any note; one that is older than the period has none of it.
    let recent = try source.read(
      where: .or([
        .equals("kind", NoteKind.journal.rawValue),
        .compare("modified", .greaterOrEqual, first),
      ])
    ).filter { !hidden.contains($0.path.description) }
    let journal = Journal(recent, today: source.today)
    var wins = Group(title: "Wins", lines: [])
    for win in journal.wins where isInside(win.day?.iso) {
      wins.lines.append((win.day?.iso ?? "", win.text, win.path))
    }
    var figures = Group(title: "Figures", lines: [])
    for metric in try source.metrics().metrics {
      let date = (metric.asOf ?? metric.since)?.iso
      guard isInside(date), !hidden.contains(metric.note),
        withPrivate || metric.visibility != .private
      else { continue }
      let change = metric.changeWords
      let values = metric.visibility == .redacted && !withPrivate ? "" : metric.valueWords
      let words = [values, change.isEmpty ? "" : "(\(change))"].filter { !$0.isEmpty }
      let basis = metric.basis == .estimated ? ", estimated" : ""
      figures.lines.append(
        (date ?? "", "\(metric.name): \(words.joined(separator: " "))\(basis)", metric.note))
    }
    var milestones = Group(title: "Milestones", lines: [])
    var ticks = Group(title: "Steps of the guide", lines: [])
    for item in source.guide.items where item.isDone == true && isInside(item.doneOn) {
      let path = item.evidence.flatMap(source.resolve) ?? GuideFile.name
      guard !hidden.contains(path) else { continue }
      if item.role == .milestone {
        milestones.lines.append((item.doneOn ?? "", item.milestoneText, path))
      } else {
        ticks.lines.append((item.doneOn ?? "", item.text, path))
      }
    }
    var shown = Group(title: "Given and shown", lines: [])
    var recorded: Set<String> = []
    for record in try source.records() where !hidden.contains(record.path) {
      recorded.insert(record.path)
      if isInside(record.date) {
        shown.lines.append(
          (record.date ?? "", "\(record.kind.rawValue): \(record.title)", record.path))
      }
    }
    for one in try source.profile()?.certificates ?? [] where isInside(one.date?.iso) {
      shown.lines.append((one.date?.iso ?? "", "certificate: \(one.name)", "profile.md"))
    }
    var notes = Group(title: "Notes", lines: [])
    for note in summaries where isInside(note.created.map { String($0.prefix(10)) }) {
      guard note.kind != NoteKind.journal.rawValue, !recorded.contains(note.path) else { continue }
      notes.lines.append(
        (String((note.created ?? "").prefix(10)), "\(note.kind): \(note.title)", note.path))
    }
    var practice = Group(title: "Practice", lines: [])
    let entries = journal.practices.filter { isInside($0.day.iso) }
    if !entries.isEmpty {
      let minutes = entries.reduce(0) { $0 + ($1.minutes ?? 0) }
      let days = Set(entries.map(\.day)).count
      practice.lines.append(
        ("", "\(minutes / 60) h \(minutes % 60) min on \(Count.of(days, "day"))", ""))
    }
    return [wins, figures, milestones, ticks, shown, notes, practice].map { group in
      var group = group
      group.lines = group.lines.enumerated().sorted {
        ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
      }.map(\.element)
      return group
    }
  }
}
