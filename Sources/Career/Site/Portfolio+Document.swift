public import Manuscript
public import Notes

extension Portfolio {
  /// What the site says, in one piece: links between its pages become words, and its pictures what they
  /// show, in words.
  ///
  /// - Parameters are those of `Site`.
  public func document(
    projectNotes: [Note], notes: [Note], resolver: LinkResolver
  ) -> Document {
    let written =
      choice.view.sections.contains(.notes) ? Article.all(notes.filter(Article.isOne)) : []
    let known =
      choice.projects.map { ($0.path, ArticleLinks.Page(path: "", title: $0.title)) }
      + written.map { ($0.article.note, ArticleLinks.Page(path: "", title: $0.article.title)) }
    let links = ArticleLinks(
      pages: Dictionary(known) { first, _ in first }, resolver: resolver, isOnePiece: true)
    let stories = Dictionary(
      projectNotes.map { note in
        (note.path.description, ArticleBody(note, title: note.title, links: links, up: ""))
      }
    ) { first, _ in first }
    var sections: [Section] = []
    let whole = Portfolio(choice, articles: written.map(\.article))
    for part in choice.view.sections {
      guard part == .notes else {
        if let section = whole.section(part, linked: false, stories: stories) {
          sections.append(section)
        }
        continue
      }
      let bodies = written.map {
        ($0.article, ArticleBody($0.note, title: $0.article.title, links: links, up: ""))
      }
      for (article, body) in bodies.sorted(by: { Site.isBefore($0.0, $1.0) }) {
        let facts = [article.kindWord, article.day?.words].compactMap { $0 }.joined(separator: ", ")
        sections.append(
          Section(
            id: "note-" + SitePath.safe(article.note), title: article.title,
            blocks: [.paragraph(.plain(facts), tone: .note)]
              + Self.blocks(of: body.sections, level: 3)))
      }
    }
    return document(sections: sections)
  }

  /// Sections as blocks whose headings are of `level` and below; pictures as their words.
  static func blocks(of sections: [Section], level: Int) -> [Block] {
    sections.flatMap { section in
      (section.title.isEmpty ? [] : [Block.subheading(.plain(section.title), level: level)])
        + section.blocks.map { lowered($0, by: level - 2) }
    }
  }

  private static func lowered(_ block: Block, by steps: Int) -> Block {
    switch block {
    case .subheading(let runs, let level): .subheading(runs, level: min(6, level + steps))
    case .image(let image): .paragraph([Run("[" + image.alternative + "]", .emphasis)], tone: .note)
    case .items(let list):
      .items(
        ItemList(
          start: list.start,
          items: list.items.map {
            ItemList.Item(isDone: $0.isDone, blocks: $0.blocks.map { lowered($0, by: steps) })
          }))
    case .quote(let blocks, let label): .quote(blocks.map { lowered($0, by: steps) }, label: label)
    default: block
    }
  }
}
