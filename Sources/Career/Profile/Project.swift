public import Notes

/// A project as its note tells it.
public struct Project: Sendable, Equatable {
  public struct Challenge: Sendable, Equatable {
    public var problem: String
    public var solution: String
  }

  /// The path of its note inside the vault.
  public var path: String
  /// The file's name without `.md`.
  public var name: String
  public var title: String
  public var role: String?
  public var organisation: String?
  public var start: CalendarDate?
  public var end: CalendarDate?
  /// 1 to 5; nil when not written.
  public var difficulty: Int?
  public var skills: [String]
  public var stack: [String]
  public var tags: [String]
  /// Whom it helped and what they can do now.
  public var impact: String?
  public var challenges: [Challenge]
  public var url: String?
  public var visibility: Visibility
  public var created: CalendarDate?
  public var metrics: [Metric]
  /// Sentences on what was done that need no figure, in the writer's words.
  public var highlights: [String]
  /// Where each of them stands in the note.
  public var highlightPlaces: [TextPosition] = []
  /// What the writer wants to have at hand when asked about it; in no document but their own.
  public var interview: [String]

  /// Reads project notes; throws everything that is wrong with them and their metrics.
  ///
  /// - Parameter language: Which of several languages of a field to take.
  public static func read(
    _ notes: [Note], language: String? = nil
  ) throws(Problems) -> [Project] {
    var problems: [Problem] = []
    var book: MetricBook?
    do throws(Problems) { book = try MetricBook(notes, language: language) } catch {
      problems = error.list
    }
    var projects: [Project] = []
    for note in notes where note.frontMatter.error == nil {
      var reader = StrictReader(path: note.path.description, language: language)
      projects.append(project(note, book?.metrics(of: note.path.description) ?? [], &reader))
      problems += reader.problems
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return projects
  }

  /// The title, in the reader's language when the note has it in several.
  private static func title(_ note: Note, _ reader: inout StrictReader) -> String {
    guard note.frontMatter.root?["title"]?.entries.isEmpty == false else { return note.title }
    return reader.text(note.frontMatter.root, "title") ?? note.title
  }

  private static func project(
    _ note: Note, _ metrics: [Metric], _ reader: inout StrictReader
  ) -> Project {
    let root = note.frontMatter.root
    let start = reader.date(root, "start")
    let end = reader.date(root, "end")
    if let start, let end, end.end <= start.start, let place = root?["end"] {
      reader.report(
        place, "the project ends (\(end.iso)) before it starts (\(start.iso))",
        "Change one of the two dates.")
    }
    var difficulty: Int?
    if let text = reader.text(root, "difficulty"), let place = root?["difficulty"] {
      difficulty = Int(text).flatMap { (1...5).contains($0) ? $0 : nil }
      if difficulty == nil {
        reader.report(place, "difficulty cannot be \(text)", "Write a whole number from 1 to 5.")
      }
    }
    var challenges: [Challenge] = []
    for item in root?["challenges"]?.items ?? [] {
      if let text = item.text {
        challenges.append(Challenge(problem: text, solution: ""))
        continue
      }
      reader.check(
        item, keys: ["problem", "solution", "skills"], of: "a challenge", tolerant: true)
      challenges.append(
        Challenge(
          problem: reader.text(item, "problem") ?? "", solution: reader.text(item, "solution") ?? ""
        ))
    }
    let highlights = reader.placedTexts(root, "highlights")
    return Project(
      path: note.path.description, name: note.path.stem, title: Self.title(note, &reader),
      role: reader.text(root, "role"), organisation: reader.text(root, "organisation"),
      start: start, end: end, difficulty: difficulty, skills: note.skills,
      stack: reader.texts(root, "stack"), tags: note.tags,
      impact: reader.text(root, "impact"),
      challenges: challenges, url: reader.text(root, "url"), visibility: reader.visibility(root),
      created: (note.created?.iso).flatMap { CalendarDate($0) }, metrics: metrics,
      highlights: highlights.map(\.text), highlightPlaces: highlights.map(\.place),
      interview: reader.texts(root, "interview"))
  }
}
