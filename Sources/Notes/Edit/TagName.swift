/// A tag as it may stand in a note: `airflow`, `airflow/scheduling`.
public struct TagName: Hashable, Sendable {
  public let description: String

  /// Checks a tag typed by a person; a `#` in front is taken off.
  ///
  /// Letters, digits, `-`, `_` and `/` of any language, and emoji; at least one that is no digit.
  public init(_ text: String) throws(VaultError) {
    let name = text.hasPrefix("#") ? String(text.dropFirst()) : text
    let scalars = name.unicodeScalars
    let isAllowed = scalars.allSatisfy {
      $0 == "-" || $0 == "_" || $0 == "/" || $0.properties.isAlphabetic
        || $0.properties.numericType != nil || $0.properties.isEmoji && !$0.isASCII
        || $0.properties.generalCategory == .nonspacingMark || $0.value == 0x200D
        || $0.value == 0xFE0F
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let hasLetter = scalars.contains {
      !("0"..."9").contains($0) && $0 != "/" && $0 != "-" && $0 != "_"
    }
    guard isAllowed, hasLetter, parts.allSatisfy({ !$0.isEmpty }) else { throw .badTag(text) }
    description = name
  }
}
