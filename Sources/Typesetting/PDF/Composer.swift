internal import CPangoCairo
internal import Manuscript

/// Turns the blocks of a document into strips, and draws them page by page.
final class Composer {
  let style: PDFStyle
  let family: String
  let canvas: Canvas
  private let document: Document
  var flow = Flow()
  private var tagNumber = 0
  private(set) var pages: [Range<Int>] = []
  /// Characters that no installed font has.
  private(set) var missing: Set<UInt32> = []
  let isRightToLeft: Bool

  /// How far blocks inside others stand in, in points.
  var inset = 0.0
  var left: Double { style.sideMargin + inset }
  var width: Double { style.look.paper.size.width - 2 * style.sideMargin - inset }
  private var textHeight: Double {
    style.look.paper.size.height - style.topMargin - style.bottomMargin
  }

  init(_ document: Document, _ style: PDFStyle, _ family: String, _ canvas: Canvas) {
    self.document = document
    self.style = style
    self.family = family
    self.canvas = canvas
    isRightToLeft = Self.isRightToLeft(document.language)
    compose()
    pages = flow.pages(height: textHeight)
  }

  /// Whether a language is written from right to left, by its tag.
  static func isRightToLeft(_ language: String) -> Bool {
    ["ar", "he", "fa", "ur", "yi", "ps", "sd", "ug"].contains(
      String(language.lowercased().prefix { $0 != "-" }))
  }

  func tag(_ name: String) -> Canvas.Tag {
    tagNumber += 1
    return Canvas.Tag(name: name, number: tagNumber)
  }

  /// The mark of something drawn, with what it shows in words.
  func figure(_ alternative: String) -> Canvas.Tag {
    tagNumber += 1
    return Canvas.Tag(name: "Figure", number: tagNumber, alternative: alternative)
  }

  // MARK: - Drawing

  /// Draws every page and gives their number.
  func draw() -> Int {
    canvas.describe(
      title: document.title, author: document.author, subject: document.subject,
      keywords: document.keywords.joined(separator: ", "), day: document.day)
    var section: Int32 = 0
    for (number, page) in pages.enumerated() {
      var y = style.topMargin
      for index in page {
        let strip = flow.strips[index]
        if index > page.lowerBound { y += strip.gap }
        if let outline = strip.outline {
          if outline.isMinor {
            _ = canvas.outline(outline.title, y: y, under: section)
          } else {
            section = canvas.outline(outline.title, y: y)
          }
        }
        canvas.enter(strip.tags)
        strip.draw(canvas, y)
        y += strip.height
      }
      canvas.enter([])
      if pages.count > 1 { drawFoot(number + 1) }
      canvas.showPage()
    }
    return pages.count
  }

  /// The name where lines begin and the number of the page where they end: two texts, so that neither
  /// changes the direction of the other.
  private func drawFoot(_ number: Int) {
    let y = style.look.paper.size.height - style.bottomMargin + 24
    let words = PageWords.foot(number, of: pages.count, language: document.language)
    let texts: [(String, PangoAlignment)] = [
      (document.masthead.name, PANGO_ALIGN_LEFT), (words, PANGO_ALIGN_RIGHT),
    ]
    for (text, alignment) in texts {
      let foot = paragraph(
        [TextPiece(text: text, style: style.small)], width: width, alignment: alignment)
      guard let line = foot.lines.first else { continue }
      foot.draw(line, x: left, y: y, on: canvas)
    }
  }

  // MARK: - Text

  func paragraph(
    _ pieces: [TextPiece], width: Double?, alignment: PangoAlignment = PANGO_ALIGN_LEFT
  ) -> SetParagraph {
    var pieces = pieces.filter { !$0.text.isEmpty }
    while true {
      let set = SetParagraph(
        pieces, family: family, width: width, leading: style.leading, alignment: alignment,
        language: document.language, isRightToLeft: isRightToLeft, context: canvas.context)
      guard let broken = set.brokenPiece else {
        missing.formUnion(set.missing)
        return set
      }
      pieces[broken].text = SetParagraph.lineEnd + pieces[broken].text
    }
  }

  func pieces(_ runs: [Run], _ text: TextStyle) -> [TextPiece] {
    runs.map { run in
      var own = text
      switch run.style {
      case .strong: own = own.with(weight: .semibold)
      case .emphasis: own = own.with(italic: true)
      case .code: own = own.with(code: true)
      case .plain, .quantity: break
      }
      let target = run.link?.target
      // Links to other pages of a site mean nothing in one document.
      let isOutside = target.map { $0.contains(":") } ?? false
      if isOutside { own = own.with(colour: style.accent) }
      return TextPiece(
        text: run.style == .code ? run.text : Self.typographic(run.text), style: own,
        link: isOutside ? target : nil,
        isWhole: run.style == .quantity && run.text.count < 30)
    }
  }

  /// An apostrophe behind a letter as printers write it: `team’s`.
  static func typographic(_ text: String) -> String {
    guard text.contains("'") else { return text }
    var last: Character = " "
    return String(
      text.map { character in
        defer { last = character }
        return character == "'" && last.isLetter ? "’" : character
      })
  }

  /// Adds the lines of a paragraph. No line stands alone at the foot or the head of a page.
  func add(
    _ set: SetParagraph, x: Double, gap: Double, tags: [Canvas.Tag], keepsWithNext: Bool = false,
    outline: (title: String, isMinor: Bool)? = nil,
    mark: (set: SetParagraph, x: Double, tags: [Canvas.Tag])? = nil
  ) {
    let count = set.lines.count
    for (index, line) in set.lines.enumerated() {
      let isTied = count <= 3 || index == 0 || index == count - 2
      flow.strips.append(
        Strip(
          height: line.height, gap: index == 0 ? gap : 0,
          keepsWithNext: index + 1 < count ? isTied : keepsWithNext,
          tags: index == 0 && mark != nil ? Array(tags.dropLast()) : tags,
          outline: index == 0 ? outline : nil
        ) { canvas, y in
          if index == 0, let mark, let sign = mark.set.lines.first {
            canvas.enter(mark.tags)
            mark.set.draw(sign, x: mark.x, y: y + line.ascent, on: canvas)
            canvas.enter(tags)
          }
          set.draw(line, x: x, y: y + line.ascent, on: canvas)
        })
    }
  }

  // MARK: - The document

  private func compose() {
    composeHead(document.masthead)
    for section in document.sections {
      let heading = paragraph([TextPiece(text: section.title, style: style.section)], width: width)
      add(
        heading, x: left, gap: style.sectionGap, tags: [tag("H2")], keepsWithNext: true,
        outline: (section.title, false))
      addRule(
        style.isClassic ? style.ink : style.hairline, thickness: 0.6, above: 2.2 * style.scale,
        below: 0, ties: true)
      for (index, block) in section.blocks.enumerated() {
        add(block, isFirst: index == 0)
      }
    }
  }

  private func composeHead(_ head: Masthead) {
    let alignment = style.isClassic ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT
    let name = paragraph(
      [TextPiece(text: head.name, style: style.name)], width: width, alignment: alignment)
    add(name, x: left, gap: 0, tags: [tag("H1")], keepsWithNext: true)
    if !head.label.isEmpty {
      let label = paragraph(
        [TextPiece(text: head.label, style: style.label)], width: width, alignment: alignment)
      add(label, x: left, gap: 0, tags: [tag("P")], keepsWithNext: true)
    }
    let contacts = contactLines(head.contacts)
    if !contacts.isEmpty {
      add(
        paragraph(contacts, width: width, alignment: alignment), x: left, gap: 4 * style.scale,
        tags: [tag("P")],
        keepsWithNext: true)
    }
    if !style.isClassic {
      addRule(style.accent, thickness: 1.4, above: 7 * style.scale, below: 0, ties: true)
    }
  }

  /// Contact details with a dot between two on one line, and none where a line ends.
  private func contactLines(_ contacts: [[Run]]) -> [TextPiece] {
    var all: [TextPiece] = []
    var line: [TextPiece] = []
    for contact in contacts {
      let own = pieces(contact, style.small).map { piece in
        var piece = piece
        piece.style.colour = style.muted
        piece.isWhole = piece.text.count < 40
        return piece
      }
      if !line.isEmpty {
        let dot = TextPiece(text: "  ·  ", style: style.small.with(colour: style.hairline))
        if paragraph(line + [dot] + own, width: nil).width <= width {
          line += [dot] + own
          continue
        }
        all += line + [TextPiece(text: SetParagraph.lineEnd, style: style.small)]
      }
      line = own
    }
    return all + line
  }

  /// A thin line over the whole width; no text, so no mark of the structure either.
  func addRule(
    _ colour: Colour, thickness: Double, above: Double, below: Double, ties: Bool
  ) {
    let (x, width) = (left, self.width)
    flow.strips.append(
      Strip(
        height: above + thickness + below, gap: 0, keepsWithNext: ties, tags: [], outline: nil
      ) { canvas, y in
        canvas.rule(x: x, y: y + above, width: width, thickness: thickness, colour)
      })
  }
}
