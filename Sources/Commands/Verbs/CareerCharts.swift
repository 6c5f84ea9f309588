internal import Career
internal import EverydayCommands
internal import FullText
internal import Learning
internal import Manuscript
internal import Notes

extension CareerSource {
  /// Adds the charts that sections of the view show.
  func addCharts(to choice: inout Choice) throws {
    for part in [View.Part.growth, .practice, .milestones] where choice.view.sections.contains(part)
    {
      choice.charts[part] = try chart(part, for: choice)
    }
  }

  /// What a part of the vault outside of projects shows; nil when there is nothing to draw. A view
  /// names such a section, or somebody asks for it by name: minutes and milestones are nobody's
  /// business otherwise.
  func chart(_ part: View.Part, for choice: Choice) throws -> Chart? {
    let day = CalendarDay(startOf: choice.day.iso) ?? CalendarDay(Environment.now)
    switch part {
    case .growth:
      // For everybody, only notes that everybody may read are counted.
      let shown: Filter =
        choice.view.audience == .public
        ? .equals("visibility", "public") : .not(.equals("visibility", "private"))
      let found = summaries(where: shown).compactMap { note -> (kind: NoteKind, day: String)? in
        guard let kind = NoteKind(rawValue: note.kind) else { return nil }
        return (kind, String((note.created ?? note.modified).prefix(10)))
      }
      let newest = found.compactMap { CalendarDay(startOf: $0.day) }.max() ?? day
      return NoteGrowth.chart(found, until: max(day, newest))
    case .practice:
      let journal = Journal(
        try notes(where: .equals("kind", NoteKind.journal.rawValue)), today: today)
      guard let newest = journal.practices.map(\.day).max() else { return nil }
      var rest: RestDays
      do throws(GuideProblem) { rest = try RestDays(vault.settings.learning) } catch {
        throw Failure(error)
      }
      rest.add(journal)
      return PracticeCalendar(journal, rest: rest, until: max(day, newest), weeks: 53).chart
    case .milestones:
      guard let file = try GuideFile(ifThere: vault),
        file.note.frontMatter.value("visibility")?.text?.lowercased() != "private"
      else { return nil }
      let newest = file.guide.items.compactMap { $0.doneOn.flatMap { CalendarDay($0) } }.max()
      let now = max(day, newest ?? day)
      let start = GuideStart(file.guide, file.note, given: nil, today: now)
      return file.guide.milestoneChart(start: start.day, today: now)
    default: return nil
    }
  }

  private var today: CalendarDay { CalendarDay(Environment.now) }
}
