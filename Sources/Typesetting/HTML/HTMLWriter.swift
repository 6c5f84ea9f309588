public import Manuscript
internal import Markup
internal import Templates

/// Writes a document as one complete HTML page, through templates.
///
/// `docs/templates.md` lists what a template can use.
public struct HTMLWriter: Sendable {
  let templates: TemplateSet
  let look: Look

  public init(templates: TemplateSet, look: Look) {
    self.templates = templates
    self.look = look
  }

  /// The page that the template `name` makes of a document.
  ///
  /// - Parameter frame: What stands around the document when it is a page of a site.
  public func write(_ document: Document, template name: String, frame: SiteFrame? = nil) -> String
  {
    String(decoding: bytes(of: document, template: name, frame: frame), as: UTF8.self)
  }

  /// The same as UTF-8.
  public func bytes(of document: Document, template name: String, frame: SiteFrame? = nil)
    -> [UInt8]
  {
    templates.render(name, Self.object(of: document, look: look, frame: frame ?? .none))
  }

  /// Everything that a page's template can use.
  static func object(of document: Document, look: Look, frame: SiteFrame) -> TemplateObject {
    var object = page(document)
    object.add(values(of: look))
    // A page of a site is printed as it comes; a document has the pages of its PDF.
    object.add(printValues(frame.isSite ? nil : document, look))
    object.add(frame.values)
    return object
  }

  /// The style sheet of a site.
  public func styleSheet() -> String {
    String(
      decoding: templates.render("site.css", TemplateObject(.style, Self.values(of: look))),
      as: UTF8.self)
  }

  /// The script that searches a site.
  public static var searchScript: [UInt8] { EmbeddedTemplates.searchScript }

  static func values(of look: Look) -> [(TemplateVariable, TemplateValue)] {
    [
      (.accent, .text(look.accent.onLight)), (.accentDark, .text(look.accent.onDark)),
      (.isSerif, .flag(look.typeface == .serif)), (.isCompact, .flag(look.density == .compact)),
      (.isLight, .flag(look.colours == .light)), (.isDark, .flag(look.colours == .dark)),
      (.isLetter, .flag(look.paper == .letter)), (.isClassic, .flag(look.design == .classic)),
    ]
  }

  /// How it is set in print: as tight as the PDF of the document must be to have its pages.
  private static func printValues(
    _ document: Document?, _ look: Look
  ) -> [(TemplateVariable, TemplateValue)] {
    let style =
      document.map { PDFStyle(look, PDFWriter.step(for: $0, look: look)) } ?? PDFStyle(look)
    func points(_ value: Double) -> TemplateValue {
      let hundredths = Int((value * 100).rounded())
      let rest = String(hundredths % 100)
      return .text("\(hundredths / 100).\(rest.count < 2 ? "0" : "")\(rest)")
    }
    return [
      (.printSize, points(style.body.size)), (.printLeading, points(style.leading)),
      (.printAir, points(style.airiness)), (.printTop, points(style.topMargin)),
      (.printSide, points(style.sideMargin)), (.printBottom, points(style.bottomMargin)),
    ]
  }

  private static func page(_ document: Document) -> TemplateObject {
    let head = document.masthead
    return TemplateObject(
      .page,
      [
        (.title, .text(document.title)), (.author, .text(document.author)),
        (.subject, .text(document.subject)), (.language, .text(document.language)),
        (.day, .text(document.day)),
        (
          .isRightToLeft,
          .flag(
            ["ar", "he", "fa", "ur"].contains(String(document.language.prefix { $0 != "-" })))
        ),
        (.keywords, .text(document.keywords.joined(separator: ", "))), (.name, .text(head.name)),
        (.label, .text(head.label)),
        (.contacts, .list(head.contacts.map { TemplateObject(.contact, runs: $0) })),
        (.hasContacts, .flag(!head.contacts.isEmpty)),
        (
          .sections,
          .list(
            document.sections.map { section in
              TemplateObject(
                .section,
                [
                  (.id, .text(section.id)), (.title, .text(section.title)),
                  (.hasTitle, .flag(!section.title.isEmpty)), (.blocks, blocks(section.blocks)),
                ])
            })
        ),
      ])
  }

  static func runs(_ runs: [Run]) -> TemplateValue { .list(runs.map { TemplateObject($0) }) }

  private static func blocks(_ blocks: [Block]) -> TemplateValue {
    .list(blocks.map { TemplateObject($0) })
  }

  private static func texts(_ items: [[Run]]) -> TemplateValue {
    .list(items.map { TemplateObject(.text, runs: $0) })
  }

  /// The name of a block's kind.
  static func kind(of block: Block) -> TemplateVariable {
    switch block {
    case .heading: .heading
    case .paragraph: .paragraph
    case .list: .list
    case .entry: .entry
    case .labelled: .labelled
    case .table: .table
    case .figures: .figures
    case .chart: .chart
    case .subheading: .subheading
    case .code: .code
    case .items: .items
    case .quote: .quote
    case .image: .image
    }
  }

  /// The name of a block's kind with what it holds.
  static func content(of block: Block) -> (TemplateVariable, TemplateValue) {
    switch block {
    case .heading(let content): (.heading, .object(.text, [(.runs, runs(content))]))
    case .paragraph(let content, let tone):
      (
        .paragraph,
        .object(.paragraph, [(.runs, runs(content)), (.tone, .text(tone.rawValue))])
      )
    case .list(let items): (.list, .object(.list, [(.items, texts(items))]))
    case .entry(let entry):
      (
        .entry,
        .object(
          .entry,
          [
            (.id, .text(entry.id)), (.titleRuns, runs(entry.title)),
            (.details, texts(entry.details)), (.dates, .text(entry.dates)),
            (.blocks, blocks(entry.blocks)),
          ])
      )
    case .labelled(let items):
      (
        .labelled,
        .object(
          .labelled,
          [
            (
              .lines,
              .list(
                items.map {
                  TemplateObject(
                    .labelledLine, [(.label, .text($0.label)), (.runs, runs($0.text))])
                })
            )
          ])
      )
    case .table(let table): (.table, Self.table(table))
    case .figures(let figures):
      (
        .figures,
        .object(
          .figures,
          [
            (
              .figure,
              .list(
                figures.map {
                  TemplateObject(
                    .figure,
                    [
                      (.value, .text($0.value)), (.label, .text($0.label)),
                      (.detail, .text($0.detail)),
                    ])
                })
            )
          ])
      )
    case .chart(let chart): (.chart, Self.chart(chart))
    case .subheading(let content, let level):
      (.subheading, subheading(content, level: min(6, max(3, level))))
    case .code(let code): (.code, Self.code(code))
    case .items(let list): (.items, items(list))
    case .quote(let inner, let label):
      (.quote, .object(.quote, [(.label, .text(label)), (.blocks, blocks(inner))]))
    case .image(let image):
      (
        .image,
        .object(
          .image,
          [(.source, .text(image.source.target)), (.alternative, .text(image.alternative))])
      )
    }
  }

  private static func subheading(_ content: [Run], level: Int) -> TemplateValue {
    .object(
      .subheading,
      [
        (.runs, runs(content)), (.isLevel3, .flag(level == 3)), (.isLevel4, .flag(level == 4)),
        (.isLevel5, .flag(level == 5)), (.isLevel6, .flag(level == 6)),
      ])
  }

  private static func code(_ code: Code) -> TemplateValue {
    .object(
      .code,
      [
        (.language, .text(code.language)),
        (
          .tokens,
          .list(
            CodeTokens(code.text, language: code.language).tokens.map { TemplateObject($0) })
        ),
      ])
  }

  private static func items(_ list: ItemList) -> TemplateValue {
    .object(
      .items,
      [
        (.isNumbered, .flag(list.start != nil)), (.start, .number(list.start ?? 1)),
        (
          .item,
          .list(
            list.items.map { item in
              TemplateObject(
                .item,
                [
                  (.hasBox, .flag(item.isDone != nil)), (.isDone, .flag(item.isDone == true)),
                  (.blocks, blocks(item.blocks)),
                ])
            })
        ),
      ])
  }

  static func table(_ table: Table) -> TemplateValue {
    func cells(_ row: [[Run]]) -> TemplateValue {
      .list(
        row.enumerated().map { index, cell in
          TemplateObject(
            .cell,
            [
              (.runs, runs(cell)), (.numeric, .flag(table.numeric.contains(index))),
              (.isFirst, .flag(index == 0)),
            ])
        })
    }
    return .object(
      .table,
      [
        (.header, cells(table.header)),
        (.rows, .list(table.rows.map { TemplateObject(.row, [(.cells, cells($0))]) })),
      ])
  }
}
