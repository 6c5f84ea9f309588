internal import Notes

/// Fields in several languages: `label: {en: Engineer, sv: Ingenjör}`.
enum LanguageTag {
  /// Whether a key is a language: `sv`, `pt-BR`, `zh-Hant`.
  static func isTag(_ key: String) -> Bool {
    let parts = key.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count), parts.count <= 3 else {
      return false
    }
    return first.allSatisfy { $0.isASCII && $0.isLowercase }
      && parts.dropFirst().allSatisfy {
        (2...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
  }

  /// The value for a language when `node` has one for each of several; nil when it is no such field.
  ///
  /// That language, else one with the same base, else English, else the first.
  static func choose(_ node: YAMLNode, _ language: String?) -> YAMLNode? {
    let entries = node.entries
    guard let first = entries.first, entries.allSatisfy({ isTag($0.name) }) else { return nil }
    let wanted = language ?? "en"
    return
      (entries.first { $0.name == wanted } ?? entries.first { base($0.name) == base(wanted) }
      ?? entries.first { base($0.name) == "en" } ?? first).value
  }

  /// `pt` of `pt-BR`.
  static func base(_ tag: String) -> String {
    String(tag.prefix { $0 != "-" })
  }
}
