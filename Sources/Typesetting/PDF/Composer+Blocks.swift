internal import CPangoCairo
internal import Manuscript

extension Composer {
  /// Adds a block; the first of a section stands nearer to its heading.
  func add(_ block: Block, isFirst: Bool) {
    let gap = isFirst ? style.headingGap : style.paragraphGap
    switch block {
    case .heading(let runs):
      add(
        paragraph(pieces(runs, style.minor), width: width), x: left, gap: gap, tags: [tag("H4")],
        keepsWithNext: true)
    case .paragraph(let runs, let tone):
      let text =
        switch tone {
        case .body: style.body
        case .lead: style.lead
        case .note: style.body.with(colour: style.muted)
        }
      add(paragraph(pieces(runs, text), width: width), x: left, gap: gap, tags: [tag("P")])
    case .list(let items): addList(items, gap: gap)
    case .entry(let entry): addEntry(entry, isFirst: isFirst)
    case .labelled(let items): addLabelled(items, gap: gap)
    case .table(let table): addTable(table, gap: gap)
    case .figures(let figures): addFigures(figures, gap: gap)
    case .chart(.comparison(let pairs)): addComparison(pairs, gap: gap)
    case .chart(.timeline(let spans, let from, let to)):
      addTimeline(spans, from: from, to: to, gap: gap)
    case .chart(let chart): addDrawing(ChartDrawing(chart), chart.description, gap: gap)
    case .subheading(let runs, let level):
      add(
        paragraph(pieces(runs, level <= 3 ? style.entry : style.minor), width: width), x: left,
        gap: gap * 1.6, tags: [tag("H\(min(6, max(3, level)))")], keepsWithNext: true)
    case .code(let code): addCode(code, gap: gap)
    case .items(let list): addItems(list, gap: gap)
    case .quote(let blocks, let label): addQuote(blocks, label: label, gap: gap)
    case .image(let image):
      add(
        paragraph(
          [TextPiece(text: image.alternative, style: style.small.with(italic: true))], width: width),
        x: left, gap: gap, tags: [tag("P")])
    }
  }

  private func addCode(_ code: Code, gap: Double) {
    let text = TextStyle(size: 8 * style.scale, isCode: true, colour: style.ink)
    let group = tag("Code")
    for (index, line) in code.text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      // A line without text still takes its room.
      let words = line.isEmpty ? " " : String(line).replacing("\t", with: "    ")
      let set = paragraph([TextPiece(text: words, style: text)], width: width - style.listIndent)
      add(set, x: left + style.listIndent, gap: index == 0 ? gap : 0, tags: [group])
    }
  }

  private func addItems(_ list: ItemList, gap: Double) {
    let structure = tag("L")
    let indent = list.start == nil ? style.listIndent : style.listIndent * 1.6
    for (index, item) in list.items.enumerated() {
      let label =
        switch item.isDone {
        case true?: "✓"
        case false?: "–"
        case nil: list.start.map { "\($0 + index)." } ?? "•"
        }
      let sign = paragraph(
        [TextPiece(text: label, style: style.body.with(colour: style.accent))], width: nil)
      let entry = tag("LI")
      let signX = left
      inset += indent
      let start = flow.strips.count
      for (number, block) in item.blocks.enumerated() {
        if number == 0, case .paragraph(let runs, _) = block {
          add(
            paragraph(pieces(runs, style.body), width: width), x: left,
            gap: index == 0 ? min(gap, style.listGap + 1) : style.listGap,
            tags: [structure, entry, tag("LBody")],
            mark: (sign, signX, [structure, entry, tag("Lbl")]))
        } else {
          add(block, isFirst: false)
          if number == 0, start < flow.strips.count { flow.strips[start].gap = style.listGap }
        }
      }
      inset -= indent
    }
  }

  private func addQuote(_ blocks: [Block], label: String, gap: Double) {
    inset += style.listIndent
    if !label.isEmpty {
      add(
        paragraph(
          [TextPiece(text: label, style: style.minor.with(colour: style.accent))], width: width),
        x: left, gap: gap, tags: [tag("P")], keepsWithNext: true)
    }
    for block in blocks { add(block, isFirst: false) }
    inset -= style.listIndent
  }

  private func addList(_ items: [[Run]], gap: Double) {
    let list = tag("L")
    for (index, item) in items.enumerated() {
      let entry = tag("LI")
      let bullet = paragraph(
        [TextPiece(text: "•", style: style.body.with(colour: style.accent))], width: nil)
      let markX = isRightToLeft ? left + width - bullet.width : left
      add(
        paragraph(pieces(item, style.body), width: width - style.listIndent),
        x: isRightToLeft ? left : left + style.listIndent,
        gap: index == 0 ? min(gap, style.listGap + 1) : style.listGap,
        tags: [list, entry, tag("LBody")], mark: (bullet, markX, [list, entry, tag("Lbl")]))
    }
  }

  /// Title, employer and dates on one line, in this order: programs that read resumes take a date in
  /// a column of its own for part of another job.
  private func addEntry(_ entry: Entry, isFirst: Bool) {
    // What holds charts or headings is a piece of its own, not a line among others.
    let isLarge = entry.blocks.contains { block in
      switch block {
      case .chart, .heading, .table: true
      default: false
      }
    }
    var line = pieces(entry.title, isLarge ? style.largeEntry : style.entry)
    for detail in entry.details {
      // The comma belongs to the words before it; readers see a gap where the type changes.
      if let last = line.indices.last { line[last].text += "," }
      line.append(TextPiece(text: " ", style: style.body))
      line += pieces(detail, style.isClassic ? style.body.with(italic: true) : style.body)
    }
    if !entry.dates.isEmpty {
      line.append(TextPiece(text: " — ", style: style.body.with(colour: style.muted)))
      line.append(
        TextPiece(text: entry.dates, style: style.body.with(colour: style.muted), isWhole: true))
    }
    let isShort = entry.blocks.isEmpty
    let gap = isLarge ? style.entryGap * 2.2 : isShort ? style.paragraphGap * 0.7 : style.entryGap
    add(
      paragraph(line, width: width), x: left, gap: isFirst ? style.headingGap : gap,
      tags: [tag("H3")], keepsWithNext: !isShort,
      outline: isShort ? nil : (entry.title.text, true))
    for (index, block) in entry.blocks.enumerated() {
      let start = flow.strips.count
      add(block, isFirst: false)
      if index == 0, start < flow.strips.count { flow.strips[start].gap = 1.5 * style.scale }
    }
  }

  private func addLabelled(_ items: [Labelled], gap: Double) {
    for (index, item) in items.enumerated() {
      let label = TextPiece(text: item.label + ": ", style: style.minor)
      add(
        paragraph([label] + pieces(item.text, style.body), width: width), x: left,
        gap: index == 0 ? gap : style.listGap, tags: [tag("P")])
    }
  }

  private func addTable(_ table: Table, gap: Double) {
    let structure = tag("Table")
    let count = table.header.count
    guard count > 0 else { return }
    let head = style.small.with(weight: .semibold)
    // The first column takes what the others leave; each of those gets its widest cell.
    let space = 12 * style.scale
    var widths = (0..<count).map { column in
      ([table.header[column]].map { (head, $0) } + table.rows.map { (style.body, $0[column]) })
        .map { paragraph(pieces($0.1, $0.0), width: nil).width }.max() ?? 0
    }
    let others = widths.dropFirst().reduce(0, +) + space * Double(count - 1)
    if others + 120 > width {
      widths = Array(repeating: (width - space * Double(count - 1)) / Double(count), count: count)
    } else {
      widths[0] = width - others
    }
    let rows = [(table.header, head, "TH")] + table.rows.map { ($0, style.body, "TD") }
    for (index, (cells, text, name)) in rows.enumerated() {
      let row = tag("TR")
      let set = cells.enumerated().map { column, cell in
        paragraph(
          pieces(cell, text), width: widths[column],
          alignment: table.numeric.contains(column) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT)
      }
      let height = (set.map(\.height).max() ?? 0) + 3 * style.scale
      let (left, width, hairline) = (self.left, self.width, style.hairline)
      let cellTags = cells.map { _ in tag(name) }
      flow.strips.append(
        Strip(
          height: height, gap: index == 0 ? gap + 2 : 1.5 * style.scale, keepsWithNext: index == 0,
          tags: [structure, row], outline: nil
        ) { canvas, y in
          var x = left
          for (column, cell) in set.enumerated() {
            canvas.enter([structure, row, cellTags[column]])
            var top = y
            for line in cell.lines {
              cell.draw(line, x: x, y: top + line.ascent, on: canvas)
              top += line.height
            }
            x += widths[column] + space
          }
          canvas.enter([structure])
          canvas.rule(x: left, y: y + height - 0.5, width: width, thickness: 0.4, hairline)
        })
    }
  }

  private func addFigures(_ figures: [Figure], gap: Double) {
    let perRow = min(4, max(2, figures.count))
    let space = 14 * style.scale
    let column = (width - space * Double(perRow - 1)) / Double(perRow)
    for start in stride(from: 0, to: figures.count, by: perRow) {
      let row = figures[start..<min(start + perRow, figures.count)].map { figure in
        let parts = [
          paragraph(
            [TextPiece(text: figure.value, style: style.figure, isWhole: true)], width: column),
          paragraph([TextPiece(text: figure.label, style: style.minor)], width: column),
          paragraph([TextPiece(text: figure.detail, style: style.small)], width: column),
        ]
        return (parts: parts, tag: tag("P"))
      }
      let height = row.map { $0.parts.reduce(0) { $0 + $1.height } }.max() ?? 0
      let left = self.left
      flow.strips.append(
        Strip(
          height: height, gap: start == 0 ? gap : 8 * style.scale, keepsWithNext: false, tags: [],
          outline: nil
        ) { canvas, y in
          for (index, figure) in row.enumerated() {
            canvas.enter([figure.tag])
            var top = y
            for part in figure.parts {
              for line in part.lines {
                part.draw(
                  line, x: left + Double(index) * (column + space), y: top + line.ascent, on: canvas
                )
                top += line.height
              }
            }
          }
        })
    }
  }
}
