internal import Markup
internal import Notes

/// Turns the blocks of a guide into sections and items.
///
/// As many items come out as there are in the file: those of quotes and of lists inside items too.
struct GuideBuilder {
  private typealias Block = MarkdownDocument.Block

  private struct Open {
    var section: GuideSection
    var label: String?
  }

  private let blocks: [Block]
  /// A file of lists alone: an item with items below it stands for a section.
  private let isOutline: Bool
  private var open: [Open] = []
  private var finished: [GuideSection] = []
  private var usedIDs: Set<String> = []
  /// Where the next `~2` of an id may be free, so that many equal items cost no more than others.
  private var numbers: [String: Int] = [:]

  init(_ document: borrowing MarkdownDocument) {
    blocks = document.blocks
    isOutline = !Self.hasHeading(blocks)
  }

  private static func hasHeading(_ blocks: [Block]) -> Bool {
    blocks.contains { block in
      switch block {
      case .heading: true
      case .quote(let inner, _): hasHeading(inner)
      default: false
      }
    }
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
    case .paragraph(let inlines, let line):
      paragraph(inlines, line)
    case .list(let start, _, let items, _):
      if open.isEmpty, !isOutline { begin(1, "", block.line) }
      if isOutline {
        outline(items, isNumbered: start != nil)
      } else {
        let label = open[open.count - 1].label
        for item in items { append(item, isNumbered: start != nil, label) }
      }
    case .quote(let inner, _):
      for one in inner { add(one) }
    case .code, .table, .thematicBreak:
      break
    }
  }

  private mutating func begin(_ level: Int, _ heading: String, _ line: Int) {
    let (title, window) = GuideText.heading(heading)
    // The title of the whole guide is in no id.
    let parent = open.last { $0.section.level > 1 || isOutline }?.section
    let kind = GuideShapes.kind(title, heading: heading, parent: parent?.kind)
    let id = unique((parent.map { $0.id + "/" } ?? "") + GuideText.name(of: title))
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

  /// Reads a paragraph by its lines: bold from end to end names the list below, bold in front of a
  /// colon is a fact, all else is prose.
  private mutating func paragraph(_ inlines: [MarkdownDocument.Inline], _ line: Int) {
    guard !open.isEmpty else { return }
    let last = open.count - 1
    open[last].label = nil
    var prose: [String] = []
    for (offset, one) in GuideText.lines(inlines).enumerated() {
      let words = GuideText.words(one)
      if let lead = GuideText.lead(one) {
        let rest = GuideText.withoutColon(
          String(words.trimmed.dropFirst(lead.count).drop { $0 == ":" || $0 == " " }))
        if rest.isEmpty {
          open[last].label = lead
        } else {
          open[last].label = nil
          open[last].section.facts.append(.init(label: lead, text: rest, line: line + offset))
        }
      } else {
        open[last].label = nil
        prose.append(words.trimmed)
      }
    }
    let text = prose.filter { !$0.isEmpty }.joined(separator: " ")
    if !text.isEmpty { open[last].section.prose.append(text) }
  }

  private mutating func append(
    _ item: MarkdownDocument.ListItem, isNumbered: Bool, _ label: String?
  ) {
    let section = open[open.count - 1].section
    let read = self.item(
      item, isNumbered: isNumbered, label, in: section, under: section.id, parent: nil)
    open[open.count - 1].section.items.append(read)
    if read.role == .milestone, section.kind == .section {
      open[open.count - 1].section.kind = .milestones
    }
  }

  /// The items of a list in a guide without headings.
  private mutating func outline(_ items: [MarkdownDocument.ListItem], isNumbered: Bool) {
    for item in items {
      let level = (open.last?.section.level ?? 0) + 1
      let inner = Self.lists(in: item.blocks)
      if GuideText.box(item).isDone != nil || inner.isEmpty || level > 60 {
        if open.isEmpty { begin(1, "", item.line) }
        append(item, isNumbered: isNumbered, nil)
        continue
      }
      let inlines = GuideText.box(item).inlines
      let words = GuideText.words(inlines)
      begin(level, GuideText.withoutColon(words), item.line)
      let section = open[open.count - 1].section
      open[open.count - 1].section.items.append(
        GuideItem(
          id: unique(section.id + "/" + (Slug.make(words) ?? "item")), text: words, role: .group,
          url: GuideText.url(inlines), line: item.line, items: []))
      for list in inner { outline(list.items, isNumbered: list.isNumbered) }
      close(to: level)
    }
  }

  /// The lists of an item, those of quotes in it too.
  private static func lists(
    in blocks: [Block]
  ) -> [(items: [MarkdownDocument.ListItem], isNumbered: Bool)] {
    blocks.flatMap { block -> [(items: [MarkdownDocument.ListItem], isNumbered: Bool)] in
      switch block {
      case .list(let start, _, let items, _): [(items, start != nil)]
      case .quote(let inner, _): lists(in: inner)
      default: []
      }
    }
  }

  private mutating func item(
    _ item: MarkdownDocument.ListItem, isNumbered: Bool, _ label: String?,
    in section: GuideSection, under id: String, parent: GuideItem.Role?
  ) -> GuideItem {
    let (isDone, inlines) = GuideText.box(item)
    let tail = TickTail(lines: GuideText.lines(inlines).map { GuideText.words($0) })
    let lists = Self.lists(in: item.blocks)
    let role = GuideShapes.role(
      GuideShapes.Item(
        text: tail.text, inlines: inlines, isTask: isDone != nil, isNumbered: isNumbered,
        hasItems: !lists.isEmpty, label: label, section: section.kind,
        sectionTitle: section.title, parent: parent))
    let own = unique(id + "/" + (Slug.make(tail.text) ?? "item"))
    var inner: [GuideItem] = []
    for list in lists {
      for one in list.items {
        inner.append(
          self.item(
            one, isNumbered: list.isNumbered, nil, in: section, under: own, parent: role))
      }
    }
    return GuideItem(
      id: own, text: tail.text, role: role, label: label, lead: GuideText.lead(inlines),
      url: GuideText.url(inlines), isDone: isDone, doneOn: tail.date, evidence: tail.note,
      line: item.line, items: inner)
  }

  /// The id itself, or with `~2`, `~3` … behind it when it is taken.
  private mutating func unique(_ id: String) -> String {
    if usedIDs.insert(id).inserted { return id }
    var number = numbers[id] ?? 2
    while !usedIDs.insert("\(id)~\(number)").inserted { number += 1 }
    numbers[id] = number + 1
    return "\(id)~\(number)"
  }
}
