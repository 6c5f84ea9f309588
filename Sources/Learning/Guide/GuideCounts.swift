internal import Markup

/// What a guide's file holds, counted from its blocks without regard to what they mean.
public struct GuideCounts: Sendable, Equatable {
  /// Headings of levels 1 to 6.
  public var headings = [Int](repeating: 0, count: 6)
  /// Items without a box in lists without numbers.
  public var bullets = 0
  /// Items with a box.
  public var tasks = 0
  public var ticked = 0
  /// Items without a box in numbered lists.
  public var numbered = 0
  /// Items inside other items; counted above too.
  public var nested = 0
  public var bulletLists = 0
  public var numberedLists = 0
  /// Links that lead out of the file.
  public var links = 0
  /// Links to headings of the file.
  public var anchors = 0
  /// Paragraphs outside lists.
  public var paragraphs = 0
  /// Those of them that are bold from end to end.
  public var labels = 0
  public var codeBlocks = 0
  public var tables = 0

  public var items: Int { bullets + tasks + numbered }
  public var headingCount: Int { headings.reduce(0, +) }
  public var lists: Int { bulletLists + numberedLists }

  public init() {}

  public static func + (a: GuideCounts, b: GuideCounts) -> GuideCounts {
    var sum = GuideCounts()
    sum.headings = zip(a.headings, b.headings).map { $0 + $1 }
    for path in Self.numbers { sum[keyPath: path] = a[keyPath: path] + b[keyPath: path] }
    return sum
  }

  private static var numbers: [WritableKeyPath<GuideCounts, Int>] {
    [
      \.bullets, \.tasks, \.ticked, \.numbered, \.nested, \.bulletLists, \.numberedLists, \.links,
      \.anchors, \.paragraphs, \.labels, \.codeBlocks, \.tables,
    ]
  }
}

/// Counts the blocks of a guide, for the whole file and for each of its larger sections.
struct GuideCounter {
  /// A heading of the highest level below the title, with what stands up to the next one.
  struct Part {
    var title: String
    var line: Int
    var counts = GuideCounts()
  }

  /// What stands before the first such heading, the title's own heading included.
  private(set) var before = GuideCounts()
  private(set) var parts: [Part] = []

  var total: GuideCounts { parts.reduce(before) { $0 + $1.counts } }

  init(_ document: borrowing MarkdownDocument) {
    let blocks = document.blocks
    let levels = blocks.compactMap { block -> Int? in
      if case .heading(let level, _, _) = block { level } else { nil }
    }
    let top = levels.min() ?? 1
    // One heading above all others is the title of the file; its sections are the next level.
    let isTitled = levels.count { $0 == top } == 1 && levels.first == top && levels.count > 1
    let level = isTitled ? (levels.filter { $0 > top }.min() ?? top) : top
    for block in blocks {
      if case .heading(let own, let inlines, let line) = block, own == level {
        parts.append(Part(title: GuideText.words(inlines).trimmed, line: line))
      }
      if parts.isEmpty {
        Self.count(block, into: &before, isNested: false)
      } else {
        Self.count(block, into: &parts[parts.count - 1].counts, isNested: false)
      }
    }
  }

  private static func count(
    _ block: MarkdownDocument.Block, into counts: inout GuideCounts, isNested: Bool,
    isInItem: Bool = false
  ) {
    switch block {
    case .heading(let level, let inlines, _):
      counts.headings[min(max(level, 1), 6) - 1] += 1
      links(inlines, into: &counts)
    case .paragraph(let inlines, _):
      links(inlines, into: &counts)
      guard !isInItem else { return }
      counts.paragraphs += 1
      if inlines.count == 1, inlines[0].isStrong { counts.labels += 1 }
    case .list(let start, _, let items, _):
      if start == nil { counts.bulletLists += 1 } else { counts.numberedLists += 1 }
      for item in items {
        if let isDone = GuideText.box(item).isDone {
          counts.tasks += 1
          if isDone { counts.ticked += 1 }
        } else if start == nil {
          counts.bullets += 1
        } else {
          counts.numbered += 1
        }
        if isInItem { counts.nested += 1 }
        for inner in item.blocks { count(inner, into: &counts, isNested: true, isInItem: true) }
      }
    case .quote(let inner, _):
      for one in inner { count(one, into: &counts, isNested: isNested, isInItem: isInItem) }
    case .code: counts.codeBlocks += 1
    case .table(let table):
      counts.tables += 1
      for row in [table.header] + table.rows {
        for cell in row { links(cell, into: &counts) }
      }
    case .thematicBreak: break
    }
  }

  private static func links(
    _ inlines: [MarkdownDocument.Inline], into counts: inout GuideCounts
  ) {
    for inline in inlines {
      switch inline {
      case .link(let url, _, let inner):
        if url.hasPrefix("#") { counts.anchors += 1 } else { counts.links += 1 }
        links(inner, into: &counts)
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner):
        links(inner, into: &counts)
      default: break
      }
    }
  }
}
