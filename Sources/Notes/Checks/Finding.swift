/// Something in a vault that a person should look at.
public struct Finding: Sendable, Equatable {
  public enum Severity: String, Sendable, Comparable {
    case warning, error

    public static func < (a: Severity, b: Severity) -> Bool { a == .warning && b == .error }
  }

  public enum Rule: String, Sendable, CaseIterable {
    case frontMatter = "front-matter"
    case duplicateKey = "duplicate-key"
    case badDate = "bad-date"
    case unknownKind = "unknown-kind"
    case brokenLink = "broken-link"
    case missingHeading = "missing-heading"
    case ambiguousLink = "ambiguous-link"
    case encoding
    case tooLarge = "too-large"
    case unreadable
    case outsideLink = "outside-link"
    case settings

    /// What the rule looks for, as one line of `folio help check`.
    public var summary: String {
      switch self {
      case .frontMatter: "the block at the top of a note cannot be read"
      case .duplicateKey: "a key is in the front matter twice"
      case .badDate: "a date of the front matter cannot be read in one way"
      case .unknownKind: "a kind that folio does not know"
      case .brokenLink: "a link to a note or file that is not there"
      case .missingHeading: "a link to a heading or block that its note does not have"
      case .ambiguousLink: "a link that could mean several notes"
      case .encoding: "a note that is not UTF-8 text"
      case .tooLarge: "a note of which only the first part is searched"
      case .unreadable: "a file or folder that cannot be read"
      case .outsideLink: "a symbolic link that leads out of the vault"
      case .settings: "a key of .folio/config.yaml that means nothing"
      }
    }

    var severity: Severity {
      switch self {
      case .frontMatter, .duplicateKey, .brokenLink, .unreadable: .error
      default: .warning
      }
    }
  }

  public var path: String
  public var line: Int
  public var column: Int
  public var rule: Rule
  public var message: String

  public var severity: Severity { rule.severity }

  init(_ path: String, _ position: TextPosition, _ rule: Rule, _ message: String) {
    self.path = path
    line = position.line
    column = position.column
    self.rule = rule
    self.message = message
  }
}
