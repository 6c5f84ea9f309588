/// A heading of a guide with what stands under it.
public struct GuideSection: Sendable, Equatable {
  /// What a section is, told from its heading and the headings around it.
  public enum Kind: String, Sendable, CaseIterable {
    case contents
    case assessment, level
    case roles, role, phase
    case stage
    case ideas, tier, idea
    case year, quarter
    case contributions, network
    case certifications, resume, ladder, leadership
    case habits
    case knowledge, sharing
    case milestones
    case section
  }

  /// A line with a bold name in front: `**Objective**: …`.
  public struct Fact: Sendable, Equatable {
    public var label: String
    public var text: String
    public var line: Int
  }

  /// Names of the headings above and its own, joined by `/`: `learning-paths-by-role/data-engineer`.
  public var id: String
  /// The heading without a time in brackets and without a number in front.
  public var title: String
  /// `Months 1-3`, `15-30 minutes`; nil when the heading names none.
  public var window: String?
  public var kind: Kind
  /// 1 to 6.
  public var level: Int
  /// Line of the file, from 1.
  public var line: Int
  /// Items directly under the heading, in order, each with those inside it.
  public var items: [GuideItem]
  /// Lines with a bold name in front, in order.
  public var facts: [Fact] = []
  /// Other paragraphs.
  public var prose: [String] = []
  public var sections: [GuideSection]

  /// All items of this section and those below, in the order of the file.
  public var allItems: [GuideItem] {
    items.flatMap(\.flattened) + sections.flatMap(\.allItems)
  }

  /// This section and those below, in the order of the file.
  public var allSections: [GuideSection] { [self] + sections.flatMap(\.allSections) }

  /// Boxes ticked and boxes in all, here and below.
  public var progress: (done: Int, total: Int) {
    let boxes = allItems.compactMap(\.isDone)
    return (boxes.count { $0 }, boxes.count)
  }

  /// The last part of the id.
  public var name: String { id.split(separator: "/").last.map(String.init) ?? id }

  /// The text behind a bold name; case does not matter.
  public func fact(_ label: String) -> String? {
    facts.first { $0.label.lowercased() == label }?.text
  }

  /// When it is to be done, seen from the start of the guide.
  public var timeWindow: TimeWindow? {
    TimeWindow(window ?? "") ?? TimeWindow(leading: title)
  }
}
