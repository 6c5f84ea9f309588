internal import FullText

/// The file name of a note, made from its title.
public enum Slug {
  /// Longest slug, in bytes; file systems stop at 255.
  static let maximumLength = 80

  /// `Backfill one partition!` as `backfill-one-partition`; nil when nothing of the title is left.
  ///
  /// Letters and digits of every script are kept, diacritics are folded, everything else becomes one
  /// `-`. The name never begins with a dot or a dash and has no separator or control character.
  public static func make(_ title: String) -> String? {
    var slug = ""
    for scalar in TextFolding.fold(title).unicodeScalars {
      let isWord =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.generalCategory == .nonspacingMark
      if isWord {
        slug.unicodeScalars.append(scalar)
      } else if scalar != "'" && scalar != "’", !slug.isEmpty, slug.utf8.last != UInt8(ascii: "-") {
        slug += "-"
      }
      if slug.utf8.count >= maximumLength { break }
    }
    if slug.utf8.count >= maximumLength, let dash = slug.lastIndex(of: "-"),
      slug[..<dash].utf8.count > maximumLength / 2
    {
      slug = String(slug[..<dash])
    }
    while slug.last == "-" { slug.removeLast() }
    return slug.isEmpty ? nil : slug
  }

  /// `slug.md`, `slug-2.md`, `slug-3.md` …: the `number`-th name to try.
  static func fileName(_ slug: String, _ number: Int) -> String {
    number <= 1 ? slug + ".md" : "\(slug)-\(number).md"
  }
}
