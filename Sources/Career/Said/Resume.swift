public import Manuscript

/// A resume: what is said to one reader, cut to the length the view asks for.
public struct Resume: Sendable {
  public var document: Document
  /// What the length left out, for a remark: `3 projects`, `7 lines`.
  public let leftOut: [String]
  /// The same as JSON Resume.
  public let json: JSONValue
  /// Every sentence with where it comes from, in the order of the document.
  public let claims: [TracedClaim]
  /// Each job and project of the view with how much of it is said.
  public let chosen: [Chosen]

  /// How much of a job or a project is said.
  public struct Chosen: Sendable, Equatable {
    public var title: String
    public var isProject: Bool
    /// The path of a project's note.
    public var path: String?
    public var isShown: Bool
    /// What is said of it, in the order of the document.
    public var points: [String]
    /// How many points there are.
    public var of: Int
  }

  /// Makes the resume of a choice.
  ///
  /// The length is reckoned in lines of a common page: the same words are said in every format. What
  /// stays is the choice of the greatest worth (``Budget``).
  ///
  /// - Parameter measure: How many lines a text takes.
  public init(_ choice: Choice, measure: TextMeasure = .common) {
    var draft = ResumeDraft(choice, measure)
    if let pages = choice.view.pages { draft.fit(pages: pages) }
    document = draft.document
    leftOut = draft.leftOut
    json = draft.json
    claims = draft.claims
    chosen = draft.chosen
  }
}
