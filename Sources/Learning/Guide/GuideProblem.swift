internal import Markup
internal import Notes

/// Something in a guide's file that a person should look at.
public struct GuideProblem: Error, Sendable, Equatable {
  public var path: String
  public var line: Int
  public var message: String
  /// What to do about it.
  public var remedy: String
  /// Whether the file cannot be used at all.
  public var isFatal: Bool

  /// `guide.md:12: what is wrong`.
  public var sentence: String { "\(path):\(line): \(message)" }

  static func all(of guide: Guide, in note: Note, isPlain: Bool) -> [GuideProblem] {
    let path = guide.path
    if isPlain { return [limit(of: note)] }
    if guide.sections.isEmpty || guide.items.isEmpty && isHTML(note) {
      return [
        isHTML(note)
          ? GuideProblem(
            path: path, line: 1, message: "this is HTML, not Markdown",
            remedy: "Turn it into Markdown first, for instance with 'pandoc -t gfm FILE'.",
            isFatal: true)
          : GuideProblem(
            path: path, line: note.frontMatter.bodyLine,
            message: "there are no headings and no lists",
            remedy: "Write it as headings with lists below, or as one nested list.", isFatal: true)
      ]
    }
    return sameNames(guide) + dates(guide)
  }

  private static func isHTML(_ note: Note) -> Bool {
    let start = String(
      decoding: note.bytes[note.frontMatter.bodyStart...].prefix(200), as: UTF8.self
    )
    .trimmed.lowercased()
    return ["<!doctype html", "<html", "<head", "<body", "<div", "<?xml"].contains {
      start.hasPrefix($0)
    }
  }

  /// Two skill areas of one name in one role.
  private static func sameNames(_ guide: Guide) -> [GuideProblem] {
    var seen: [String: Int] = [:]
    var problems: [GuideProblem] = []
    func visit(_ section: GuideSection, _ role: String) {
      let role = section.kind == .role ? section.id : role
      for item in section.items.flatMap(\.flattened) where item.role == .skill {
        guard let id = Slug.make(item.text) else { continue }
        if let first = seen[role + "\n" + id] {
          problems.append(
            GuideProblem(
              path: guide.path, line: item.line,
              message: "the skill area \(id) is also on line \(first); both count as one",
              remedy: "Give one of them another name.", isFatal: false))
        } else {
          seen[role + "\n" + id] = item.line
        }
      }
      for inner in section.sections { visit(inner, role) }
    }
    for section in guide.sections { visit(section, "") }
    return problems
  }

  /// Boxes that are ticked with a date behind them and not ticked any more.
  private static func dates(_ guide: Guide) -> [GuideProblem] {
    guide.items.compactMap { item in
      guard item.isDone == false, let day = item.doneOn else { return nil }
      return GuideProblem(
        path: guide.path, line: item.line,
        message: "the box is open, and behind it stands \(day), when it was ticked",
        remedy: "Tick it again with 'folio guide tick', or take the date away.", isFatal: false)
    }
  }

  /// Ticks with a date after `today`.
  public static func future(in guide: Guide, today: CalendarDay) -> [GuideProblem] {
    guide.items.compactMap { item in
      guard let text = item.doneOn, let day = CalendarDay(text), day > today else { return nil }
      return GuideProblem(
        path: guide.path, line: item.line, message: "\(text), when it was ticked, is still to come",
        remedy: "Change the date; until then the tick counts from today.", isFatal: false)
    }
  }

  /// The first line with which the file is more than the parser takes.
  private static func limit(of note: Note) -> GuideProblem {
    let body = note.bytes[note.frontMatter.bodyStart...]
    guard body.count <= MarkdownDocument.Limits.size else {
      return GuideProblem(
        path: note.path.description, line: 1,
        message: "a guide of \(body.count / 1000) kB is more than can be read: "
          + "\(MarkdownDocument.Limits.size / 1000) kB",
        remedy: "Split it into several files, and import the part you follow.", isFatal: true)
    }
    var ends = body.indices.filter { body[$0] == 0x0A }
    ends.append(body.endIndex - 1)
    // The limits only ever grow tighter with more lines.
    var low = 0
    var high = ends.count - 1
    while low < high {
      let middle = (low + high) / 2
      if MarkdownDocument(Array(body[...ends[middle]])).isPlain {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return GuideProblem(
      path: note.path.description, line: note.frontMatter.bodyLine + low,
      message: "lists, quotes or brackets inside each other go deeper here than can be read",
      remedy: "Write that part flatter, with headings.", isFatal: true)
  }
}
