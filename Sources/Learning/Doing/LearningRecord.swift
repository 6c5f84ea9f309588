public import Notes

/// A note that records something done for others or confirmed by others: `record: talk`.
///
///     kind: note
///     record: talk          # certificate, contribution, doc, post, talk, open-source, mentoring
///     date: 2026-11-19
///     skills: [kubernetes]
///     url: https://…
public struct LearningRecord: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case certificate
    /// Something given to a project of others: code, documentation, a report.
    case contribution
    /// Ways of passing on what one knows.
    case doc, post, talk
    case openSource = "open-source"
    case mentoring

    /// Those that `folio sharing` lists.
    public static let sharing: [Kind] = [.doc, .post, .talk, .openSource, .mentoring]

    /// The folder for new notes of this kind.
    public var folder: String {
      switch self {
      case .certificate: "certifications"
      case .contribution: "contributions"
      default: "sharing"
      }
    }
  }

  public var path: String
  public var title: String
  public var kind: Kind
  /// `2026-11-19` or shorter; nil when the note does not say.
  public var date: String?
  public var skills: [String]
  public var url: String?
  /// Who gave it or where it was.
  public var issuer: String?
  /// Until when a certificate is good.
  public var expires: String?
  public var visibility: String?

  /// The record of a note; nil when it is none.
  public init?(_ note: Note) {
    guard let text = note.frontMatter.value("record")?.text,
      let kind = Kind(rawValue: text.lowercased())
    else { return nil }
    path = note.path.description
    title = note.title
    self.kind = kind
    let own = note.frontMatter.value("date")?.text.flatMap { NoteDate($0)?.day }
    date = own ?? note.created?.day
    skills = note.skills
    url = note.frontMatter.value("url")?.text
    issuer = note.frontMatter.value("issuer", "where", "event", "project")?.text
    expires = note.frontMatter.value("expires")?.text
    visibility = note.frontMatter.value("visibility")?.text
  }

  /// What is wrong with a note that says `record:`; nil when nothing is.
  public static func problem(of note: Note) -> GuideProblem? {
    guard let node = note.frontMatter.value("record") else { return nil }
    func problem(_ node: YAMLNode, _ message: String, _ remedy: String) -> GuideProblem {
      GuideProblem(
        path: note.path.description, line: node.position.line, message: message, remedy: remedy,
        isFatal: false)
    }
    let kinds = Kind.allCases.map(\.rawValue)
    guard let text = node.text, Kind(rawValue: text.lowercased()) != nil else {
      let near = Similar.closest(to: node.text ?? "", among: kinds)
      return problem(
        node, "\(node.text ?? "this") is no kind of record",
        near.map { "Did you mean \($0)?" } ?? "The kinds are \(kinds.joined(separator: ", ")).")
    }
    if let date = note.frontMatter.value("date"), date.text.flatMap({ NoteDate($0) }) == nil {
      return problem(date, "this is no date", "Write it as 2026-11-22.")
    }
    return nil
  }
}
