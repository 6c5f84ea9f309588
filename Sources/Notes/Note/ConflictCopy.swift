public import FullText

/// A note that holds the other version of one, until a person has put the two together.
///
/// `sync` writes such copies. They say what the note says once more, so they are found behind it, and
/// count for nothing: not in documents, not as evidence of a skill, not as a second note of an id.
public enum ConflictCopy {
  /// The key of their front matter: the path of the note.
  public static let key = "conflict_of"

  /// The filter without the copies.
  public static func leftOut(of filter: Filter = .all) -> Filter {
    .and([filter, .not(.exists(key))])
  }
}
