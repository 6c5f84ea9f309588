internal import CPangoCairo
internal import Manuscript

extension Composer {
  /// Each pair as a line of words over two bars on one scale.
  func addComparison(_ pairs: [Chart.Comparison], gap: Double) {
    let barHeight = 7.5 * style.scale
    let room = width * 0.62
    for (index, pair) in pairs.enumerated() {
      var words = [TextPiece(text: pair.label, style: style.minor)]
      if !pair.change.isEmpty {
        words.append(TextPiece(text: "  ", style: style.body))
        words.append(
          TextPiece(
            text: pair.change, style: style.minor.with(colour: style.accent), isWhole: true))
      }
      add(
        paragraph(words, width: width), x: left, gap: index == 0 ? gap : 6 * style.scale,
        tags: [tag("P")], keepsWithNext: true)
      let small = max(1.5, room * Double(pair.ratio) / 1000)
      let lengths = pair.isFall ? (room, small) : (small, room)
      let rows = [
        (pair.before, lengths.0, style.bar), (pair.after, lengths.1, style.accent),
      ].map { text, length, colour in
        (
          label: paragraph([TextPiece(text: text, style: style.small)], width: nil),
          length: length, colour: colour
        )
      }
      let height = barHeight + 3.2 * style.scale
      let (left, mirror) = (self.left, isRightToLeft ? left + width : nil)
      let drawn = figure(Chart.comparison([pair]).sentences[0])
      let texts = rows.map { _ in tag("P") }
      flow.strips.append(
        Strip(
          height: height * Double(rows.count), gap: 0, keepsWithNext: false, tags: [], outline: nil
        ) { canvas, y in
          canvas.enter([drawn])
          for (index, row) in rows.enumerated() {
            canvas.rule(
              x: mirror.map { $0 - row.length } ?? left,
              y: y + Double(index) * height + (height - barHeight) / 2, width: row.length,
              thickness: barHeight, row.colour)
          }
          for (index, row) in rows.enumerated() {
            guard let line = row.label.lines.first else { continue }
            canvas.enter([texts[index]])
            row.label.draw(
              line,
              x: mirror.map { $0 - row.length - 6 - row.label.width } ?? left + row.length + 6,
              y: y + Double(index) * height + (height - line.height) / 2 + line.ascent, on: canvas)
          }
        })
    }
  }

  /// Bars on one axis of years, each with its words in front.
  func addTimeline(_ spans: [Chart.Span], from: Int, to: Int, gap: Double) {
    let words = width * 0.42
    let axis = left + words + 10
    let months = Double(max(1, to - from + 1))
    let unit = (width - words - 10) / months
    let barHeight = 7.5 * style.scale
    let hairline = style.hairline
    var years: [(x: Double, set: SetParagraph)] = []
    for month in from...max(from, to) where month % 12 == 0 {
      let set = paragraph([TextPiece(text: String(month / 12), style: style.small)], width: nil)
      let x = axis + Double(month - from) * unit
      // The last year may have no room for its number.
      if x + set.width <= left + width { years.append((x, set)) }
    }
    let lineHeight = style.small.size * style.leading
    flow.strips.append(
      Strip(height: lineHeight, gap: gap, keepsWithNext: true, tags: [tag("P")], outline: nil) {
        canvas, y in
        for year in years {
          guard let line = year.set.lines.first else { continue }
          year.set.draw(line, x: year.x + 2, y: y + line.ascent, on: canvas)
        }
      })
    for (index, span) in spans.enumerated() {
      let label = paragraph(
        [
          TextPiece(text: span.label, style: style.body),
          TextPiece(text: " — ", style: style.body.with(colour: style.hairline)),
          TextPiece(text: span.dates, style: style.small, isWhole: true),
        ], width: words)
      let height = label.height + 3 * style.scale
      let x = axis + Double(span.from - from) * unit
      let length = max(2, Double(span.to - span.from + 1) * unit)
      let left = self.left
      // The harder the project, the fuller its colour.
      let share = Double(span.weight ?? 4) / 5
      let colour = style.accent.lightened(by: 0.62 * (1 - share))
      let drawn = figure("\(span.label): \(span.dates)")
      let words = tag("P")
      flow.strips.append(
        Strip(
          height: height, gap: 0, keepsWithNext: index + 1 < spans.count, tags: [],
          outline: nil
        ) { canvas, y in
          canvas.enter([drawn])
          for year in years {
            canvas.rule(x: year.x, y: y, width: 0.4, thickness: height, hairline)
          }
          canvas.rule(
            x: x, y: y + (height - barHeight) / 2, width: length, thickness: barHeight, colour)
          canvas.enter([words])
          var top = y + 1.5
          for line in label.lines {
            label.draw(line, x: left, y: top + line.ascent, on: canvas)
            top += line.height
          }
        })
    }
  }
}

extension Colour {
  /// Mixed with white; 0 leaves it as it is, 1 is white.
  func lightened(by share: Double) -> Colour {
    var colour = self
    colour.red += (1 - red) * share
    colour.green += (1 - green) * share
    colour.blue += (1 - blue) * share
    return colour
  }
}
