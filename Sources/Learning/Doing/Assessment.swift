/// A checklist of a guide: what somebody at a level can do.
public struct Assessment: Sendable {
  public var level: GuideSection

  public var checks: [GuideItem] { level.allItems.filter { $0.isDone != nil } }

  /// The checklists of a guide, from the lowest level.
  public static func all(in guide: Guide) -> [Assessment] {
    let sections = guide.sections.flatMap(\.allSections)
    let levels = sections.filter { $0.kind == .level && !$0.allItems.isEmpty }
    if !levels.isEmpty { return levels.map { Assessment(level: $0) } }
    return sections.filter { $0.kind == .assessment && $0.allItems.contains { $0.isDone != nil } }
      .map { Assessment(level: $0) }
  }

  /// An assessment that was made: a line of a daily note,
  /// `- assessment: Beginner Level, 4 of 5`.
  public struct Made: Sendable, Equatable {
    public var day: CalendarDay
    public var level: String
    public var done: Int
    public var total: Int
  }

  public static func line(_ level: GuideSection, done: Int, total: Int) -> String {
    "- assessment: \(level.title), \(done) of \(total)"
  }

  /// The assessments of the daily notes, the oldest first.
  public static func history(_ lines: [(day: CalendarDay, text: String)]) -> [Made] {
    lines.compactMap { day, text in
      let parts = text.split(separator: " ")
      guard parts.count >= 4, parts[parts.count - 2] == "of",
        let total = Int(parts[parts.count - 1]),
        let done = Int(parts[parts.count - 3]), let comma = text.lastIndex(of: ",")
      else { return nil }
      return Made(day: day, level: String(text[..<comma]), done: done, total: total)
    }.sorted { ($0.day, $0.level) < ($1.day, $1.level) }
  }
}
