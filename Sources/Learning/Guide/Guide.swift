internal import Markup
public import Notes

/// A learning guide: a Markdown file read by its shape.
///
/// Headings become sections, list items become items. What a section or an item is, is told from
/// patterns that such guides share (`Phase 1`, `Month 1-2`, a bold line above a list, boxes), never
/// from one guide's titles. Nothing is dropped: as many items as the file has.
public struct Guide: Sendable, Equatable {
  /// The path inside the vault.
  public var path: String
  public var title: String
  /// The sections under the title.
  public var sections: [GuideSection]
  /// What of the file could not be read as a guide, with the place.
  public var problems: [GuideProblem] = []

  /// All items, in the order of the file.
  public var items: [GuideItem] { sections.flatMap(\.allItems) }

  /// Reads the guide in `note`.
  ///
  /// - Complexity: O(n); a guide of 20 kB takes about a millisecond.
  public init(_ note: Note) {
    let document = note.guideDocument
    var builder = GuideBuilder(document)
    path = note.path.description
    title = note.title
    sections = builder.build()
    problems = GuideProblem.all(of: self, in: note, isPlain: document.isPlain)
  }

  /// Boxes ticked and boxes in all.
  public var progress: (done: Int, total: Int) {
    let boxes = items.compactMap(\.isDone)
    return (boxes.count { $0 }, boxes.count)
  }

  /// How many sections a name could mean, and what they are called.
  public enum Match: Sendable, Equatable {
    case section(GuideSection)
    case several([String])
    case none(similar: String?)
  }

  /// The section of a name: its id, the end of its id, a beginning of one part of it, or words of its
  /// title. Where several would do, those nearest the top win; two on one level are ambiguous.
  public func section(named name: String) -> Match {
    let all = sections.flatMap(\.allSections)
    let wanted = name.split(separator: "/").map { Slug.make(String($0)) ?? String($0) }
      .joined(separator: "/")
    guard !wanted.isEmpty else { return .none(similar: nil) }
    func last(_ id: String) -> String { id.split(separator: "/").last.map(String.init) ?? id }
    let tests: [(GuideSection) -> Bool] = [
      { $0.id == wanted },
      { $0.id.hasSuffix("/" + wanted) },
      { last($0.id).hasPrefix(wanted) },
      { $0.id.contains("/" + wanted) },
      { (Slug.make($0.title) ?? "").contains(wanted) },
    ]
    for test in tests {
      let found = all.filter(test)
      if found.isEmpty { continue }
      let top = found.map(\.level).min() ?? 0
      let nearest = found.filter { $0.level == top }
      return nearest.count == 1 ? .section(nearest[0]) : .several(nearest.map(\.id))
    }
    return .none(similar: Similar.closest(to: wanted, among: all.map { last($0.id) }))
  }
}

extension Note {
  /// The body parsed by cmark-gfm, with the lines of the file.
  var guideDocument: MarkdownDocument {
    MarkdownDocument(Array(bytes[frontMatter.bodyStart...]), line: frontMatter.bodyLine)
  }
}
