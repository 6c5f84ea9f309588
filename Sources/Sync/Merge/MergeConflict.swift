/// A file whose two versions cannot be put together.
public struct MergeConflict: Equatable, Sendable {
  public enum Reason: String, Sendable {
    case sameLines = "the same lines were changed on both sides"
    case bothNew = "both sides made a file of this name"
    case notText = "it is no text, and both sides changed it"
    case frontMatter = "the front matter would not be readable"
    case kinds = "it is a file on one side, and a folder or a link on the other"
    case links = "it is a link, and both sides changed where it leads"
  }

  /// From the top of the repository.
  public let path: String
  public let reason: Reason
}
