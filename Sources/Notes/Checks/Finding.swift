/// Something in a vault that a person should look at.
public struct Finding: Sendable, Equatable {
  public enum Severity: String, Sendable, Comparable {
    case warning, error

    public static func < (a: Severity, b: Severity) -> Bool { a == .warning && b == .error }
  }

  /// What is looked for. Other parts of folio add rules of their own.
  public struct Rule: Sendable, Hashable {
    /// As people write it: `broken-link`.
    public let name: String
    /// What the rule looks for, as one line of `folio help check`.
    public let summary: String
    /// How bad a finding is, unless the settings of the vault say otherwise.
    public let severity: Severity

    public init(_ name: String, _ severity: Severity, _ summary: String) {
      self.name = name
      self.severity = severity
      self.summary = summary
    }

    public static func == (a: Rule, b: Rule) -> Bool { a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  public var path: String
  public var line: Int
  public var column: Int
  public var rule: Rule
  public var message: String
  public var severity: Severity
  /// Splices of the note that mend it, where that is safe.
  public var fix: [Splice] = []

  public init(_ path: String, _ position: TextPosition, _ rule: Rule, _ message: String) {
    self.path = path
    line = position.line
    column = position.column
    self.rule = rule
    self.message = message
    severity = rule.severity
  }
}

extension Finding {
  /// A note with this finding mended; the same bytes when it is not as it was found.
  public func mended(_ bytes: [UInt8]) -> [UInt8] { Splice.apply(fix, to: bytes) ?? bytes }
}

extension Finding.Rule {
  public static let frontMatter = Self(
    "front-matter", .error, "the block at the top of a note cannot be read")
  public static let duplicateKey = Self(
    "duplicate-key", .error, "a key is in the front matter twice")
  public static let unknownKey = Self(
    "unknown-key", .warning, "a key that looks like a misspelt one of folio's own")
  public static let badDate = Self(
    "bad-date", .warning, "a date of the front matter cannot be read in one way")
  public static let badValue = Self(
    "bad-value", .warning, "a value that its key cannot have, such as 'visibility: hidden'")
  public static let unknownKind = Self("unknown-kind", .warning, "a kind that folio does not know")
  public static let brokenLink = Self(
    "broken-link", .error, "a link to a note or file that is not there")
  public static let missingHeading = Self(
    "missing-heading", .warning, "a link to a heading or block that its note does not have")
  public static let ambiguousLink = Self(
    "ambiguous-link", .warning, "a link that could mean several notes")
  public static let privateLink = Self(
    "private-link", .error, "a public note that links to a private one")
  public static let duplicateID = Self("duplicate-id", .error, "two notes with one 'id:'")
  public static let duplicateTitle = Self("duplicate-title", .warning, "two notes with one title")
  public static let duplicateAlias = Self("duplicate-alias", .warning, "two notes with one alias")
  public static let emptyNote = Self("empty-note", .warning, "a note that says nothing")
  public static let conflict = Self(
    "conflict-markers", .error, "both sides of a merge, left in the text")
  public static let codeLanguage = Self(
    "code-language", .warning, "a fence of code that names no language")
  public static let stale = Self(
    "stale", .warning, "a note that was last verified more than a year ago")
  public static let orphanAttachment = Self(
    "orphan-attachment", .warning, "a picture or document that no note links to")
  public static let secret = Self("secret", .error, "what looks like a key or token of a service")
  public static let encoding = Self("encoding", .warning, "a note that is not UTF-8 text")
  public static let tooLarge = Self(
    "too-large", .warning, "a note of which only the first part is searched")
  public static let unreadable = Self(
    "unreadable", .error, "a file or folder that cannot be read")
  public static let outsideLink = Self(
    "outside-link", .warning, "a symbolic link that leads out of the vault")
  public static let settings = Self(
    "settings", .warning, "a key of .folio/config.yaml that means nothing")

  /// The rules about notes, in the order of the help.
  public static let notes: [Self] = [
    .frontMatter, .duplicateKey, .unknownKey, .badDate, .badValue, .unknownKind, .brokenLink,
    .missingHeading, .ambiguousLink, .privateLink, .duplicateID, .duplicateTitle, .duplicateAlias,
    .emptyNote, .conflict, .codeLanguage, .stale, .orphanAttachment, .secret, .encoding, .tooLarge,
    .unreadable, .outsideLink, .settings,
  ]

  /// Rules that a vault's own settings cannot turn off or down, for somebody else may have written
  /// them.
  public static let guards: Set<Self> = [.secret, .privateLink]
}
