public import Notes

/// A choice over profile and projects for one reader: `views/*.yaml`. It holds no facts of its own.
public struct View: Sendable, Equatable {
  /// Something that an advertisement asks for.
  public struct WantedTerm: Sendable, Equatable {
    /// In lower case, as it is looked for.
    public var term: String
    public var weight: Int

    /// How else it may be said, in lower case.
    public var spellings: [String] = []

    public init(_ term: String, _ weight: Int) {
      self.term = term
      self.weight = weight
    }

    /// Terms whose weight is told by their order: the first four weigh 5, the next four 4, and so on.
    public static func ranked(_ names: [String]) -> [WantedTerm] {
      names.enumerated().map { WantedTerm($0.element.lowercased(), max(1, 5 - $0.offset / 4)) }
    }
  }

  /// A key whose value is checked against the vault later.
  public enum Key: String, Sendable { case role, skills, projects, language, tags }

  public enum Audience: String, Sendable, CaseIterable {
    /// One reader: everything but what says `visibility: private`.
    case application
    /// Everybody: of the notes only what says `visibility: public`, of the contact details only those
    /// that the view names.
    case `public`
  }

  public enum Part: String, Sendable, CaseIterable {
    case summary, figures, skills, work, projects, education, certificates, languages, interests
    case timeline, notes, volunteer, awards, publications, talks, contributions, references
    case growth, practice, milestones
  }

  public enum Order: String, Sendable, CaseIterable { case difficulty, newest, oldest, title }

  public enum Paper: String, Sendable, CaseIterable { case a4, letter }

  public struct Theme: Sendable, Equatable {
    public enum Colours: String, Sendable, CaseIterable { case light, dark, auto }
    public enum Accent: String, Sendable, CaseIterable {
      case blue, teal, green, amber, red, plum, grey
    }
    public enum Typeface: String, Sendable, CaseIterable { case sans, serif }
    public enum Design: String, Sendable, CaseIterable {
      /// One column under a large name.
      case plain
      /// The name in the middle, headings between rules.
      case classic
    }
    public enum Density: String, Sendable, CaseIterable { case roomy, compact }

    public var colours = Colours.auto
    public var accent = Accent.blue
    public var typeface = Typeface.sans
    public var density = Density.roomy
    public var design = Design.plain

    public init() {}
  }

  /// The path inside the vault; nil for the view that is built in.
  public var path: String?
  public var title: String?
  /// The id of a role of the guide, whose skill areas count most.
  public var role: String?
  public var audience: Audience
  public var sections: [Part]
  /// How many pages it may have; nil for as many as it takes.
  public var pages: Int?
  /// Skill areas to bring forward, the most important first.
  public var skills: [String]
  /// Names of project notes; nil for all.
  public var projects: [String]?
  /// What may be shown; nil when the view says nothing.
  public var contact: [Profile.ContactField]?
  public var order: Order
  public var paper = Paper.a4
  /// A language tag; English when nil.
  public var language: String?
  /// What the reader asks for, from an advertisement; empty without one.
  public var wanted: [WantedTerm] = []
  /// Tags of which a project needs one; nil for all.
  public var tags: [String]?
  /// Whether skill areas say how well they are known and when they were last used.
  public var levels = true
  /// Whether the order was written, and not only that of the list of projects.
  public var isOrderSaid = false
  /// Where in the file a value stands; none for what comes from elsewhere.
  public var places: [Key: TextPosition] = [:]
  public var theme = Theme()

  /// The view of a resume when there is no file.
  public static let resume = View(
    path: nil, title: nil, role: nil, audience: .application,
    sections: [
      .summary, .skills, .work, .projects, .education, .certificates, .awards, .publications,
      .talks,
      .contributions, .volunteer, .languages, .interests,
    ],
    pages: nil, skills: [], projects: nil, contact: nil, order: .newest)

  /// The view of a portfolio when there is no file.
  public static let portfolio = View(
    path: nil, title: nil, role: nil, audience: .public,
    sections: [.figures, .projects, .skills, .timeline, .notes], pages: nil, skills: [],
    projects: nil,
    contact: nil, order: .difficulty)
}
