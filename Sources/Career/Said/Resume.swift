public import Manuscript

/// A resume: what is said to one reader, cut to the length the view asks for.
public struct Resume: Sendable {
  public var document: Document
  /// What the length left out, for a remark: `3 projects`, `7 lines`.
  public let leftOut: [String]
  /// The same as JSON Resume.
  public let json: JSONValue

  /// Makes the resume of a choice.
  ///
  /// The length is reckoned in lines of a common page, not in one font's: the same words are said in
  /// every format. The least important lines go first.
  public init(_ choice: Choice) {
    var draft = ResumeDraft(choice)
    if let pages = choice.view.pages {
      while draft.lines > pages * ResumeDraft.linesPerPage, draft.dropLeastImportant() {}
    }
    document = draft.document
    leftOut = draft.leftOut
    json = draft.json
  }
}
