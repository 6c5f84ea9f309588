public import Notes

/// The time line of a guide from a day on: its phases, stages, quarters and milestones in dates.
public struct GuidePlan: Sendable {
  public enum Kind: String, Sendable, CaseIterable { case phase, stage, tier, quarter, milestone }

  /// A stretch of the time line.
  public struct Entry: Sendable, Equatable {
    public var kind: Kind
    public var title: String
    /// The id of its section or item.
    public var id: String
    public var first: CalendarDay
    /// The last day, included; for a milestone the day by which it is due, which `first` is too.
    public var last: CalendarDay
    public var done: Int
    public var total: Int
    /// When a milestone was reached.
    public var reachedOn: String?
  }

  public let start: CalendarDay
  public let entries: [Entry]

  /// - Parameter role: The role whose phases are listed; nil for those of all roles.
  public init(_ guide: Guide, start: CalendarDay, role: String?) {
    self.start = start
    var entries: [Entry] = []
    func add(_ kind: Kind, _ section: GuideSection, _ title: String) {
      guard let days = section.timeWindow?.days(from: start) else { return }
      let progress = section.progress
      entries.append(
        Entry(
          kind: kind, title: title, id: section.id, first: days.first, last: days.last,
          done: progress.done, total: progress.total))
    }
    func visit(_ section: GuideSection, _ around: [GuideSection]) {
      switch section.kind {
      case .role where role != nil && section.name != role: return
      case .phase:
        let of = around.last { $0.kind == .role }.map { SkillAreas.roleTitle($0) + ": " } ?? ""
        add(.phase, section, (role == nil ? of : "") + section.title)
      case .stage: add(.stage, section, section.title)
      case .tier: add(.tier, section, section.title)
      case .year: entries += Self.quarters(of: section, from: start)
      default: break
      }
      for item in section.items where item.role == .milestone {
        guard let month = item.month else { continue }
        let due = start.adding(months: month)
        entries.append(
          Entry(
            kind: .milestone, title: item.milestoneText, id: item.id, first: due, last: due,
            done: item.isDone == true ? 1 : 0, total: 1, reachedOn: item.doneOn))
      }
      for inner in section.sections { visit(inner, around + [section]) }
    }
    for section in guide.sections { visit(section, []) }
    self.entries = entries.enumerated().sorted {
      ($0.element.first, $0.element.last, $0.offset) < (
        $1.element.first, $1.element.last, $1.offset
      )
    }.map(\.element)
  }

  /// The quarters of a year: labels `Q1: …` above lists, or headings of their own.
  private static func quarters(of year: GuideSection, from start: CalendarDay) -> [Entry] {
    guard let number = TimeWindow(leading: year.title)?.from, number >= 1 else { return [] }
    var entries: [Entry] = []
    var seen: Set<String> = []
    let titles =
      year.items.filter { $0.role == .roadmap }.compactMap { item in
        item.label.map { ($0, year.id) }
      }
      + year.sections.filter { $0.kind == .quarter }.map { ($0.title, $0.id) }
    for (title, id) in titles where seen.insert(title).inserted {
      guard let quarter = title.first(where: \.isNumber)?.wholeNumberValue,
        (1...4).contains(quarter)
      else { continue }
      let first = start.adding(months: (number - 1) * 12 + (quarter - 1) * 3)
      entries.append(
        Entry(
          kind: .quarter, title: "\(year.title.prefix { $0 != ":" }), \(title)", id: id,
          first: first, last: first.adding(months: 3).adding(days: -1), done: 0, total: 0))
    }
    return entries
  }
}

extension GuideItem {
  /// The month of a milestone.
  public var month: Int? {
    guard GuideText.isMonth(text) else { return nil }
    return Int(text.dropFirst(6).prefix { $0.isNumber })
  }

  /// What a milestone is, without its month.
  public var milestoneText: String {
    guard GuideText.isMonth(text), let colon = text.firstIndex(of: ":") else { return text }
    return String(text[text.index(after: colon)...]).trimmed
  }
}

/// When somebody began with a guide.
public struct GuideStart: Sendable, Equatable {
  public enum Source: Sendable, Equatable {
    case option
    /// `started:` in the front matter of the guide.
    case frontMatter
    /// The first tick.
    case firstTick
    /// Nothing says, so it is the day of the command.
    case today
  }

  public var day: CalendarDay
  public var source: Source

  public init(_ guide: Guide, _ note: Note, given: CalendarDay?, today: CalendarDay) {
    let written = note.frontMatter.value("started")?.text.flatMap { CalendarDay(startOf: $0) }
    let first = guide.items.compactMap { $0.doneOn.flatMap { CalendarDay($0) } }.min()
    if let given {
      (day, source) = (given, .option)
    } else if let written {
      (day, source) = (written, .frontMatter)
    } else if let first, first <= today {
      (day, source) = (first, .firstTick)
    } else {
      (day, source) = (today, .today)
    }
  }
}
