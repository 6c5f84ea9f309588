internal import Markup
internal import Notes

/// Turns the blocks of a guide into sections and items.
struct GuideBuilder {
  private typealias Block = MarkdownDocument.Block

  private struct Open {
    var section: GuideSection
    var label: String?
  }

  private let blocks: [Block]
  private var open: [Open] = []
  private var finished: [GuideSection] = []
  private var usedIDs: Set<String> = []

  init(_ note: Note) {
    let start = note.frontMatter.bodyStart
    let document = MarkdownDocument(
      Array(note.bytes[start...]), line: note.frontMatter.bodyLine)
    blocks = document.blocks
  }

  mutating func build() -> [GuideSection] {
    for block in blocks { add(block) }
    close(to: 0)
    // One heading of the first level over everything is the guide's title, not a section of it.
    if finished.count == 1, finished[0].level == 1, !finished[0].sections.isEmpty,
      finished[0].items.isEmpty
    {
      return finished[0].sections
    }
    return finished
  }

  private mutating func add(_ block: Block) {
    switch block {
    case .heading(let level, let inlines, let line):
      close(to: level)
      begin(level, GuideText.words(inlines), line)
    case .paragraph(let inlines, _):
      label(inlines)
    case .list(let start, _, let items, _):
      if open.isEmpty { begin(1, "", block.line) }
      let label = open[open.count - 1].label
      for item in items { append(item, isNumbered: start != nil, label) }
    case .quote(let inner, _):
      for one in inner { add(one) }
    case .code, .table, .thematicBreak:
      break
    }
  }

  private mutating func begin(_ level: Int, _ heading: String, _ line: Int) {
    let (title, window) = GuideText.heading(heading)
    // The title of the whole guide is in no id.
    let parent = open.last { $0.section.level > 1 }?.section
    let name = GuideText.name(of: title)
    let kind = GuideText.kind(title, numbered: heading, parent: parent)
    let id = unique((parent.map { $0.id + "/" } ?? "") + name)
    open.append(
      Open(
        section: GuideSection(
          id: id, title: title, window: window, kind: kind, level: level, line: line, items: [],
          sections: [])))
  }

  /// Ends the sections at `level` and below it.
  private mutating func close(to level: Int) {
    while let last = open.last, last.section.level >= level {
      open.removeLast()
      if open.isEmpty {
        finished.append(last.section)
      } else {
        open[open.count - 1].section.sections.append(last.section)
      }
    }
  }

  /// A paragraph that is bold from end to end names the list below it.
  private mutating func label(_ inlines: [MarkdownDocument.Inline]) {
    guard !open.isEmpty else { return }
    if inlines.count == 1, case .strong(let inner) = inlines[0] {
      open[open.count - 1].label = GuideText.withoutColon(GuideText.words(inner))
    } else if case .strong(let inner)? = inlines.last(where: { $0.isStrong }),
      inlines.last.map({ GuideText.words([$0]).trimmed == ":" || $0.isStrong }) == true
    {
      // The last bold line of a paragraph of several.
      open[open.count - 1].label = GuideText.withoutColon(GuideText.words(inner))
    } else {
      open[open.count - 1].label = nil
    }
  }

  private mutating func append(
    _ item: MarkdownDocument.ListItem, isNumbered: Bool, _ label: String?
  ) {
    let section = open[open.count - 1].section
    let read = self.item(item, isNumbered: isNumbered, label, in: section, under: section.id)
    open[open.count - 1].section.items.append(read)
    if read.role == .milestone, open[open.count - 1].section.kind == .section {
      open[open.count - 1].section.kind = .milestones
    }
  }

  private mutating func item(
    _ item: MarkdownDocument.ListItem, isNumbered: Bool, _ label: String?,
    in section: GuideSection, under id: String
  ) -> GuideItem {
    var words = ""
    var inlines: [MarkdownDocument.Inline] = []
    if case .paragraph(let first, _)? = item.blocks.first {
      inlines = first
      words = GuideText.words(first)
    }
    let tail = TickTail(words)
    let role = GuideText.role(
      tail.text, inlines, isTask: item.isDone != nil, isNumbered: isNumbered, label: label,
      section: section)
    let own = unique(id + "/" + (Slug.make(tail.text) ?? "item"))
    var inner: [GuideItem] = []
    for block in item.blocks {
      guard case .list(let start, _, let items, _) = block else { continue }
      for one in items {
        inner.append(self.item(one, isNumbered: start != nil, nil, in: section, under: own))
      }
    }
    return GuideItem(
      id: own, text: tail.text, role: role, label: label, isDone: item.isDone, doneOn: tail.date,
      evidence: tail.note, line: item.line, items: inner)
  }

  /// The id itself, or with `~2`, `~3` … behind it when it is taken.
  private mutating func unique(_ id: String) -> String {
    var number = 1
    var candidate = id
    while !usedIDs.insert(candidate).inserted {
      number += 1
      candidate = "\(id)~\(number)"
    }
    return candidate
  }
}

extension MarkdownDocument.Inline {
  fileprivate var isStrong: Bool {
    if case .strong = self { true } else { false }
  }
}
