/// The kinds of note that folio knows, in the order in which they are listed.
public enum NoteKind: String, CaseIterable, Sendable {
  case snippet, documentation, troubleshooting, resource, project, journal, note

  /// Reads a kind as people type it: its name, its plural, or the short forms `doc` and `fix`.
  public init?(typed text: String) {
    let text = text.lowercased()
    switch text {
    case "doc", "docs": self = .documentation
    case "fix", "fixes": self = .troubleshooting
    default:
      guard !text.isEmpty,
        let kind = Self.allCases.first(where: { text == $0.rawValue || text == $0.folder })
      else { return nil }
      self = kind
    }
  }

  /// Its name, and the short form that is accepted for it.
  var names: [String] {
    switch self {
    case .documentation: [rawValue, "doc"]
    case .troubleshooting: [rawValue, "fix"]
    default: [rawValue]
    }
  }

  /// The folder of a folio vault that holds notes of this kind; empty for plain notes.
  public var folder: String {
    switch self {
    case .snippet: "snippets"
    case .documentation: "documentation"
    case .troubleshooting: "troubleshooting"
    case .resource: "resources"
    case .project: "projects"
    case .journal: "journal"
    case .note: ""
    }
  }

  /// The kind that a top folder stands for.
  init?(folder: String) {
    guard !folder.isEmpty, let kind = Self.allCases.first(where: { $0.folder == folder }) else {
      return nil
    }
    self = kind
  }

  /// The kinds that `folio add` makes.
  public static let captured: [NoteKind] = [
    .snippet, .documentation, .troubleshooting, .resource, .project,
  ]
}
