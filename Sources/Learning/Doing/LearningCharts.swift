public import Manuscript
public import Notes

extension PracticeCalendar {
  /// The days as a chart.
  public var chart: Chart {
    .calendar(
      DayCalendar(
        title: "Practice", steps: ["none", "under 15 min", "under 30", "under 60", "more"],
        weekdays: (0..<7).map { offset in
          days.first.map { Self.weekdays[$0.day.adding(days: offset).weekday] } ?? ""
        },
        days: days.map { day in
          let words =
            day.entries == 0
            ? "" : day.minutes > 0 ? "\(day.minutes) min" : "practised"
          return DayCalendar.Day(
            date: day.day.iso, step: Self.step(day), isProtected: day.isProtected, words: words)
        }))
  }

  private static func step(_ day: Day) -> Int {
    guard day.entries > 0 else { return 0 }
    switch day.minutes {
    case ..<15: return 1
    case ..<30: return 2
    case ..<60: return 3
    default: return 4
    }
  }
}

extension Guide {
  /// Its milestones on months from `start`; nil when it has none.
  public func milestoneChart(start: CalendarDay, today: CalendarDay) -> Chart? {
    var items: [MilestoneTrack.Item] = []
    for section in sections.flatMap(\.allSections) {
      for item in section.items.flatMap(\.flattened) where item.role == .milestone {
        let reached = item.doneOn.flatMap { CalendarDay($0) }.map {
          max(0, $0.months(since: start))
        }
        items.append(
          MilestoneTrack.Item(
            label: item.milestoneText, group: section.title, planned: item.month,
            reached: item.isDone == true ? reached : nil, isDone: item.isDone == true))
      }
    }
    guard !items.isEmpty else { return nil }
    return .milestones(
      MilestoneTrack(title: "Milestones", now: max(0, today.months(since: start)), items: items))
  }
}

/// Notes by kind, month by month.
public enum NoteGrowth {
  private static let kinds: [(kind: NoteKind, label: String)] = [
    (.snippet, "snippets"), (.documentation, "documentation"), (.troubleshooting, "fixes"),
    (.resource, "resources"), (.project, "projects"), (.note, "other notes"),
    (.journal, "daily notes"),
  ]

  /// - Parameter notes: Kind and day of each, the day as `2026-11-22` or less of it.
  public static func chart(
    _ notes: [(kind: NoteKind, day: String)], until day: CalendarDay
  ) -> Chart? {
    let labels = Dictionary(kinds.map { ($0.kind, $0.label) }) { first, _ in first }
    let things = notes.compactMap { note -> (label: String, month: Int)? in
      guard let label = labels[note.kind], let made = CalendarDay(startOf: note.day) else {
        return nil
      }
      return (label, made.parts.year * 12 + made.parts.month - 1)
    }
    return Growth(
      title: "Notes over time", unit: "notes", things: things, labels: kinds.map(\.label),
      last: day.parts.year * 12 + day.parts.month - 1
    ).map { .growth($0) }
  }
}
