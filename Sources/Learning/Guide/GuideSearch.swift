internal import FullText
internal import Notes

extension Guide {
  /// Which items a name could mean.
  public enum ItemMatch: Sendable, Equatable {
    case item(GuideItem)
    case several([GuideItem])
    case none(similar: String?)
  }

  /// The item of a name: its id, the end of its id, its text, or words that its text has, with words
  /// of the headings above it where the text alone is not enough.
  ///
  /// - Parameter isWanted: Which items count; others of that name are not seen.
  public func item(
    named name: String, where isWanted: (GuideItem) -> Bool = { _ in true }
  ) -> ItemMatch {
    let all = items.filter(isWanted)
    let text = TextFolding.fold(name.trimmed)
    let slug = name.split(separator: "/").map { Self.slug(String($0)) }.joined(separator: "/")
    let words = Self.words(name)
    guard !words.isEmpty else { return .none(similar: nil) }
    let tests: [(GuideItem) -> Bool] = [
      { $0.id == name || $0.id == slug },
      { $0.id.hasSuffix("/" + slug) },
      { TextFolding.fold($0.text) == text || Self.slug($0.text) == slug },
      { Self.words($0.text).isSuperset(of: words) },
      { item in
        let own = Self.words(item.text)
        return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
      },
      { Self.words($0.text + " " + $0.id).isSuperset(of: words) },
      { item in
        let own = Self.words(item.text + " " + item.id)
        return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
      },
    ]
    for test in tests {
      let found = all.filter(test)
      if found.count == 1 { return .item(found[0]) }
      if !found.isEmpty { return .several(found) }
    }
    let last = all.map { ($0.id.split(separator: "/").last.map(String.init) ?? $0.id) }
    return .none(similar: Similar.closest(to: slug, among: last))
  }

  /// The section that an item stands in.
  public func section(of item: GuideItem) -> GuideSection? {
    sections.flatMap(\.allSections).first { section in
      section.items.contains { $0.flattened.contains { $0.id == item.id } }
    }
  }

  /// The headings above a section, from the top, and its own.
  public func path(of section: GuideSection) -> [GuideSection] {
    func find(_ sections: [GuideSection]) -> [GuideSection]? {
      for one in sections {
        if one.id == section.id { return [one] }
        if let below = find(one.sections) { return [one] + below }
      }
      return nil
    }
    return find(sections) ?? []
  }

  private static func slug(_ text: String) -> String { Slug.make(text) ?? "" }

  static func words(_ text: String) -> Set<String> {
    Set(Tokens.words(of: text.utf8))
  }
}
