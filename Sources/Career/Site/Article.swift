public import Manuscript
public import Notes

/// A public note as one of the pages of a site.
public struct Article: Sendable, Equatable {
  /// The path of its note inside the vault.
  public var note: String
  /// The path of its page: `notes/retries.html`.
  public var page: String
  public var title: String
  public var kind: NoteKind
  /// When it was last worked on, as its front matter says; nil when that says nothing.
  public var day: CalendarDate?
  public var tags: [String]
  public var skills: [String]
  /// One sentence on what it is about: the note's own, or the beginning of its text.
  public var summary: String

  /// Whether a note may become an article: it says `visibility: public` and is no draft. Projects have
  /// pages of their own; profile and guide are no articles.
  public static func isOne(_ note: Note) -> Bool {
    let root = note.frontMatter.root
    guard note.frontMatter.error == nil, note.kind != .project,
      root?["visibility"]?.text?.lowercased() == "public",
      root?["draft"]?.bool != true, root?["publish"]?.bool != false,
      !["profile.md", "guide.md"].contains(note.path.description)
    else { return false }
    return true
  }

  /// The articles among notes, in the order of their paths.
  public static func listed(_ notes: [Note]) -> [Article] {
    all(notes.filter(isOne)).map(\.article)
  }

  /// The articles of notes, in the order of their paths, each with a page of its own.
  static func all(_ notes: [Note]) -> [(article: Article, note: Note)] {
    var taken: Set<String> = ["index"]
    return notes.sorted { $0.path < $1.path }.map { note in
      // Names that only case tells apart would be one file on some disks.
      let short = SitePath.safe(note.path.stem)
      let long = SitePath.safe(note.path.folder.isEmpty ? short : note.path.folder + "-" + short)
      var name = taken.contains(short.lowercased()) ? long : short
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "\(long)-\(number)"
        number += 1
      }
      let written = note.modified ?? note.created
      let article = Article(
        note: note.path.description, page: "notes/\(name).html", title: note.title, kind: note.kind,
        day: written.flatMap { CalendarDate(String($0.iso.prefix(10))) }, tags: note.tags,
        skills: note.skills,
        summary: note.frontMatter.value("description", "summary", "lead")?.text ?? "")
      return (article, note)
    }
  }

  /// What kinds of notes are called on a page.
  var kindWord: String {
    switch kind {
    case .snippet: "Snippet"
    case .documentation: "Documentation"
    case .troubleshooting: "Troubleshooting"
    case .resource: "Resource"
    case .project: "Project"
    case .journal: "Journal"
    case .note: "Note"
    }
  }
}
