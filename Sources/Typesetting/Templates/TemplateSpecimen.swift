internal import Manuscript

/// A page that has everything a page can have, to try templates on.
enum TemplateSpecimen {
  static var page: TemplateObject {
    let look = Look()
    return HTMLWriter.object(
      of: document, look: look,
      frame: SiteFrame(
        up: "../", navigation: [.init(label: "Home", path: "index.html")],
        previous: .init(label: "Before", path: "a.html"),
        next: .init(label: "After", path: "b.html"), address: "https://example.org/",
        hasFeed: true, isSearch: true))
  }

  static var document: Document {
    let words: [Run] = [
      Run("plain"), Run("strong", .strong), Run("emphasis", .emphasis), Run("1 h", .quantity),
      Run("code", .code), Run("link", link: Link("https://example.org")),
    ]
    let pairs = [
      Chart.Comparison(
        label: "Time", before: "2 h", after: "1 h", ratio: 500, isFall: true, change: "−50 %")
    ]
    let charts: [Chart] = [
      .comparison(pairs),
      .timeline([.init(label: "A", from: 24, to: 30, dates: "x")], from: 24, to: 40),
      .milestones(
        MilestoneTrack(
          title: "M", now: 3, items: [.init(label: "A", planned: 6, reached: 5, isDone: true)])),
    ]
    let inner: [Block] =
      [
        .heading(words), .paragraph(words, tone: .lead), .list([words]),
        .labelled([Labelled("Label", words)]),
        .table(Table(header: [words, words], rows: [[words, words]], numeric: [1])),
        .figures([Figure(value: "1", label: "one", detail: "two")]),
        .subheading(words, level: 4), .code(Code(language: "python", text: "x = 1  # y")),
        .items(
          ItemList(start: 1, items: [.init(isDone: true, blocks: [.paragraph(words, tone: .body)])])
        ),
        .quote([.paragraph(words, tone: .body)], label: "Note"),
      ] + (Link(page: "files/a.png").map { [.image(Image(source: $0, alternative: "A"))] } ?? [])
      + charts.map { .chart($0) }
    let entry = Entry(
      id: "entry", title: words, details: [words], dates: "2026", blocks: inner)
    return Document(
      title: "Title", author: "Author", subject: "Subject", keywords: ["a", "b"], day: "2026-01-01",
      masthead: Masthead(name: "Name", label: "Label", contacts: [words]),
      sections: [Section(id: "one", title: "One", blocks: inner + [.entry(entry)])])
  }
}
