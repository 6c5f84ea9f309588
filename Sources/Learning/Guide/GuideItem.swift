/// An item of a guide's list.
public struct GuideItem: Sendable, Equatable {
  /// What an item is, told from the shape of the list it stands in.
  public enum Role: String, Sendable, CaseIterable {
    /// A box to tick that is none of those below.
    case task
    /// A box of an assessment: something that one can do.
    case check
    /// A box of a stage.
    case activity
    /// A box under a heading or label about contributing.
    case contribution
    /// An item of a list named after a cadence: daily, weekly, monthly, quarterly.
    case habit
    /// An item that begins with a month: `**Month 6**: …`.
    case milestone
    /// A skill area to develop.
    case skill
    /// `**Name**: what it is` in a list of projects.
    case project
    /// A link and nothing else.
    case resource
    case goal, success, component
    /// A numbered step towards contributing, and the points below it.
    case step
    case stepPoint = "step-point"
    /// A place or an occasion to meet other people: `**Name**: what to do there`.
    case channel
    /// Certificates of one kind, one certificate, and what is said about one.
    case certification, certificate
    case certificateNote = "certificate-note"
    case resumeSkill = "resume-skill"
    case portfolioRule = "portfolio-rule"
    /// Positions joined by arrows.
    case ladder
    /// A skill for leading.
    case leadership
    /// A point of a quarter of a year.
    case roadmap
    /// A kind of note to keep, and a way to pass knowledge on.
    case area, sharing
    /// An item that stands for a section, in a guide that has lists and no headings.
    case group
    /// An entry of a table of contents.
    case contents
    /// Anything else.
    case point
  }

  /// The heading path and the text as one name; stable when items change places.
  public var id: String
  /// The text as the guide writes it, without emphasis and without the tail of a ticked item.
  public var text: String
  public var role: Role
  /// The bold line above the list, such as "Goals"; nil when there is none.
  public var label: String?
  /// The bold words in front of a colon: `LinkedIn` of `**LinkedIn**: …`.
  public var lead: String?
  /// The address of the first link in it.
  public var url: String?
  /// Whether the box is ticked; nil when there is no box.
  public var isDone: Bool?
  /// When it was ticked, `2026-11-22`.
  public var doneOn: String?
  /// The note that shows it, as the tail of a ticked item links it.
  public var evidence: String?
  /// Line of the file, from 1.
  public var line: Int
  /// Items inside this one.
  public var items: [GuideItem]

  /// The item and all inside it.
  public var flattened: [GuideItem] { [self] + items.flatMap(\.flattened) }

  /// The text behind the bold lead, or all of it.
  public var detail: String {
    guard let lead, text.hasPrefix(lead) else { return text }
    let rest = text.dropFirst(lead.count).drop { $0 == ":" || $0 == " " }
    return rest.isEmpty ? text : String(rest)
  }

  /// The positions of a ladder, from the lowest.
  public var rungs: [String] { GuideText.rungs(text) }
}
