/// Something that a merge could not put together, so that a person has to choose.
public struct MergeConflict: Equatable, Sendable {
  public enum Reason: String, Sendable, CaseIterable {
    case sameLines = "the same lines were changed on both sides"
    case bothNew = "both sides made a file of this name"
    case notText = "it is no text, and both sides changed it"
    case frontMatter = "the front matter would not be readable"
    case field = "both sides changed this key"
    case fieldRemoved = "one side removed this key, the other changed it"
    case deleted = "one side deleted it, the other edited it"
    case kinds = "it is a file on one side, and a folder or a link on the other"
    case links = "it is a link, and both sides changed where it leads"
    case spelling = "two names differ only in case or in how a letter is written"
  }

  /// The file as it is in the vault now.
  public let path: String
  /// The other version, when it is a file of its own.
  public let copy: String?
  /// The key of the front matter that it is about.
  public let field: String?
  public let reason: Reason
  /// Of a key or a link: what it says now, and what it said on the other side.
  public let kept: String?
  public let other: String?

  init(
    path: String, copy: String? = nil, field: String? = nil, reason: Reason, kept: String? = nil,
    other: String? = nil
  ) {
    self.path = path
    self.copy = copy
    self.field = field
    self.reason = reason
    self.kept = kept
    self.other = other
  }
}

extension MergeConflict {
  /// The same, of a file that has another name by now.
  func moved(to path: String) -> MergeConflict {
    MergeConflict(path: path, copy: copy, field: field, reason: reason, kept: kept, other: other)
  }
}

/// One of the two commits that are merged, as far as the result may depend on it.
struct MergeSide: Equatable, Sendable {
  /// Nil for notes that no commit holds yet.
  var commit: ObjectID?
  /// Seconds after 1970, UTC.
  var time: Int64
  /// The device that made the commit, as its message says; empty when it does not.
  var device = ""
}
