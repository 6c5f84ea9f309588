public import Notes

/// Who somebody is: the front matter of `profile.md` with its text as the summary. The names of the
/// keys are those of JSON Resume 1.x.
public struct Profile: Sendable, Equatable {
  /// The file of every vault that it is read from.
  public static let path = "profile.md"

  /// A way to be reached, which a view may show or keep back.
  public enum ContactField: String, Sendable, CaseIterable {
    case email, phone, url, location, profiles
  }

  public struct Account: Sendable, Equatable {
    public var network: String
    public var username: String?
    public var url: String?
  }

  public struct Work: Sendable, Equatable {
    public var name: String
    public var position: String?
    public var location: String?
    public var url: String?
    public var start: CalendarDate?
    public var end: CalendarDate?
    public var summary: String?
    public var highlights: [String]
    public var stack: [String]
    public var visibility: Visibility
    /// Where the entry, and where each of its highlights, stands in the profile.
    public var place: TextPosition?
    public var highlightPlaces: [TextPosition] = []
  }

  public struct Education: Sendable, Equatable {
    public var institution: String
    public var url: String?
    public var score: String?
    public var area: String?
    public var studyType: String?
    public var start: CalendarDate?
    public var end: CalendarDate?
    public var courses: [String]
    public var visibility: Visibility
    public var place: TextPosition?
  }

  public struct Certificate: Sendable, Equatable {
    public var name: String
    public var issuer: String?
    public var date: CalendarDate?
    public var url: String?
    public var skills: [String]
    public var visibility: Visibility
    /// Until when it is good; nil when that is not said.
    public var expires: CalendarDate?
    /// The file it stands in, and where; of a note of its own the file alone.
    public var path = Profile.path
    public var place: TextPosition?
  }

  public struct Language: Sendable, Equatable {
    public var language: String
    public var fluency: String?
    public var visibility: Visibility
  }

  public struct Interest: Sendable, Equatable {
    public var name: String
    public var keywords: [String]
    public var visibility: Visibility
  }

  /// A skill as the writer states it; what the notes show is told by ``SkillAreas``.
  public struct Skill: Sendable, Equatable {
    public var name: String
    public var level: String?
    public var keywords: [String]
    public var visibility: Visibility
  }

  /// Voluntary work, an award, a publication, a talk, a contribution, a project without a note.
  public struct Item: Sendable, Equatable {
    public var title: String
    /// For whom, by whom, or where.
    public var detail: String?
    public var url: String?
    public var start: CalendarDate?
    /// The same as `start` for what happened on one day.
    public var end: CalendarDate?
    public var summary: String?
    public var highlights: [String]
    public var keywords: [String]
    public var visibility: Visibility
    /// The file it stands in, and where; of a note of its own the file alone.
    public var path = Profile.path
    public var place: TextPosition?
  }

  public struct Reference: Sendable, Equatable {
    public var name: String
    public var text: String
    public var visibility: Visibility
  }

  public var name: String
  public var label: String?
  public var email: String?
  public var phone: String?
  public var url: String?
  /// `Gothenburg, SE`.
  public var location: String?
  public var accounts: [Account]
  /// One item a paragraph, as Markdown.
  public var summary: [String]
  public var work: [Work]
  public var education: [Education]
  public var certificates: [Certificate]
  public var languages: [Language]
  public var interests: [Interest]
  public var skills: [Skill]
  public var volunteer: [Item]
  public var awards: [Item]
  public var publications: [Item]
  public var talks: [Item]
  public var contributions: [Item]
  /// Projects that have no note of their own.
  public var projects: [Item]
  public var references: [Reference]
  public var visibility: Visibility
}

/// Who may see a note or an entry, as it says itself.
public enum Visibility: String, Sendable, CaseIterable {
  case `public`, `private`
  /// It says nothing: good for an application, not for everybody.
  case unsaid
}
