internal import Notes

/// The habits of a guide with what the journal and the notes say about them.
public struct HabitBook: Sendable {
  public struct Habit: Sendable {
    public var item: GuideItem
    public var streak: Streak
    /// The last day it was kept.
    public var last: CalendarDay?
    /// Whether notes or records of the vault can keep it.
    public var isDerived: Bool
  }

  public struct Cadence: Sendable {
    public var section: GuideSection
    public var cadence: HabitCadence
    public var streak: Streak
    public var habits: [Habit]
    /// Practice of the period that is going on.
    public var minutesNow: Int
    public var isProtectedNow: Bool
    /// Entries that were written down later than on their day.
    public var late: Int
  }

  /// Something that was added to the vault on a day.
  public struct Addition: Sendable {
    public var day: CalendarDay
    /// Nil for a plain note.
    public var record: LearningRecord.Kind?

    public init(day: CalendarDay, record: LearningRecord.Kind?) {
      self.day = day
      self.record = record
    }
  }

  public let cadences: [Cadence]
  /// Names of habits in the journal that the guide has not.
  public let problems: [GuideProblem]

  public init(
    _ guide: Guide, _ journal: Journal, additions: [Addition], rest: RestDays, today: CalendarDay
  ) {
    let sections = guide.sections.flatMap(\.allSections).filter { section in
      section.kind == .habits && section.items.contains { $0.role == .habit }
    }
    let all = sections.flatMap { section in
      section.items.filter { $0.role == .habit }.map { (section, $0) }
    }
    // Which habit each practice is for.
    var days: [String: Set<CalendarDay>] = [:]
    var loose: Set<CalendarDay> = []
    var problems: [GuideProblem] = []
    var entries: [String: [Journal.Practice]] = [:]
    var known: [String: String?] = [:]
    for practice in journal.practices where practice.day <= today {
      guard let name = practice.habit else {
        loose.insert(practice.day)
        entries["", default: []].append(practice)
        continue
      }
      if known[name] == nil {
        let match = guide.item(named: name) { $0.role == .habit }
        if case .item(let item) = match {
          known[name] = .some(item.id)
        } else {
          known[name] = .some(nil)
        }
      }
      guard let found = known[name], let id = found else {
        problems.append(
          GuideProblem(
            path: practice.path, line: practice.line,
            message: "the guide has no one habit called \(name)",
            remedy: "It counts as practice. 'folio habits' lists the habits.", isFatal: false))
        loose.insert(practice.day)
        entries["", default: []].append(practice)
        continue
      }
      days[id, default: []].insert(practice.day)
      entries[id, default: []].append(practice)
    }
    let shortest = sections.compactMap { HabitCadence(slug: $0.name) }.min { $0.order < $1.order }
    cadences = sections.compactMap { section in
      guard let cadence = HabitCadence(slug: section.name) else { return nil }
      func period(_ day: CalendarDay) -> Int { cadence.period(of: day, weekStart: rest.weekStart) }
      let now = period(today)
      // A day of each period, to know whether it is protected.
      func streak(_ kept: Set<CalendarDay>) -> Streak {
        var first: [Int: CalendarDay] = [:]
        if let begin = kept.min() {
          var day = begin
          while day <= today {
            first[period(day)] = first[period(day)] ?? day
            day = cadence.days(around: day, weekStart: rest.weekStart).upperBound.adding(days: 1)
          }
        }
        return Streak(
          done: Set(kept.map(period)),
          protected: { number in
            first[number].map { rest.protects(number, cadence, around: $0) } ?? false
          }, now: now)
      }
      var together: Set<CalendarDay> = cadence == shortest ? loose : []
      var practices = cadence == shortest ? entries[""] ?? [] : []
      let habits = all.filter { $0.0.id == section.id }.map { _, item in
        var kept = days[item.id] ?? []
        if item.isDone == true, let day = item.doneOn.flatMap({ CalendarDay($0) }), day <= today {
          kept.insert(day)
        }
        let derived = Self.derivation(item.text)
        for addition in additions where addition.day <= today {
          if derived?(addition.record) == true { kept.insert(addition.day) }
        }
        together.formUnion(kept)
        practices += entries[item.id] ?? []
        return Habit(
          item: item, streak: streak(kept), last: kept.max(), isDerived: derived != nil)
      }
      return Cadence(
        section: section, cadence: cadence, streak: streak(together), habits: habits,
        minutesNow: practices.filter { period($0.day) == now }.reduce(0) { $0 + ($1.minutes ?? 0) },
        isProtectedNow: rest.protects(now, cadence, around: today),
        late: practices.count { one in one.loggedOn.map { $0 > one.day } ?? false })
    }
    self.problems = problems
  }

  /// What of the vault keeps a habit, told from its words; nil when nothing does.
  ///
  /// `(counts: note)` at its end says so plainly.
  private static func derivation(_ text: String) -> ((LearningRecord.Kind?) -> Bool)? {
    let words = Guide.words(text)
    func has(_ some: String...) -> Bool { some.contains { words.contains($0) } }
    let lower = text.lowercased()
    if lower.contains("(counts: note)")
      || has("note", "notes") && has("write", "turn", "keep", "add", "capture", "make", "take")
    {
      return { $0 == nil }
    }
    if lower.contains("open source") || has("contribute", "upstream")
      || has("send") && has("change", "fix", "patch")
    {
      return { $0 == .contribution || $0 == .openSource }
    }
    if has("publish", "post", "posts", "article", "articles") || has("online") && has("put") {
      return { $0 == .post }
    }
    if has("teach", "talk", "talks") && !has("watch") || lower.contains("knowledge sharing") {
      return { $0 == .talk || $0 == .mentoring }
    }
    return nil
  }
}

extension HabitCadence {
  var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
