internal import CPangoCairo
internal import Manuscript

extension Composer {
  /// A chart that is drawn as a whole: on one page, as large as the text allows.
  ///
  /// - Parameter description: What it shows, for those who do not see it.
  func addDrawing(_ drawing: ChartDrawing, _ description: String, gap: Double) {
    let room = style.look.paper.size.height - style.topMargin - style.bottomMargin
    let scale = min(
      0.75 * style.scale, width / Double(max(1, drawing.width)),
      0.9 * room / Double(max(1, drawing.height)))
    let whole = drawing.isFluid ? width : Double(drawing.width) * scale
    let left = self.left
    func length(_ length: ChartDrawing.Length) -> Double {
      whole * Double(length.share) / 10_000 + Double(length.pixels) * scale
    }
    typealias Part = (_ canvas: Canvas, _ y: Double) -> Void
    let parts = drawing.shapes.compactMap { shape -> Part? in
      switch shape {
      case .bar(let tone, let x, let y, let width, let height, _):
        let colour = self.colour(tone)
        return { canvas, top in
          canvas.rule(
            x: left + length(x), y: top + Double(y) * scale, width: max(0.5, length(width)),
            thickness: Double(height) * scale, colour)
        }
      case .rule(let x1, let y1, let x2, let y2):
        let colour = self.colour(.line)
        return { canvas, top in
          canvas.rule(
            x: left + length(x1), y: top + Double(y1) * scale,
            width: max(0.4, length(x2) - length(x1)),
            thickness: max(0.4, Double(y2 - y1) * scale), colour)
        }
      case .dot(let tone, let x, let y, let radius, let isHollow):
        let colour = self.colour(tone)
        return { canvas, top in
          canvas.dot(
            x: left + length(x), y: top + Double(y) * scale, radius: Double(radius) * scale, colour,
            isHollow: isHollow)
        }
      case .words(let words, let x, let y, let anchor):
        let set = paragraph(
          words.map { TextPiece(text: $0.text, style: self.text($0.tone, scale)) }, width: nil)
        guard let line = set.lines.first else { return nil }
        let shift =
          switch anchor {
          case .start: 0.0
          case .middle: set.width / 2
          case .end: set.width
          }
        return { canvas, top in
          set.draw(line, x: left + length(x) - shift, y: top + Double(y) * scale, on: canvas)
        }
      }
    }
    flow.strips.append(
      Strip(
        height: Double(drawing.height) * scale, gap: gap, keepsWithNext: false,
        tags: [figure(description)],
        outline: nil
      ) { canvas, y in
        for part in parts { part(canvas, y) }
      })
  }

  private func text(_ tone: ChartDrawing.Tone, _ scale: Double) -> TextStyle {
    let size = (tone == .aside ? 12 : 13) * scale
    let weight: TextStyle.Weight = tone == .group || tone == .change ? .semibold : .regular
    return TextStyle(size: size, weight: weight, colour: colour(tone))
  }

  private func colour(_ tone: ChartDrawing.Tone) -> Colour {
    switch tone {
    case .s0, .track: style.hairline.lightened(by: 0.6)
    case .s1: style.accent.lightened(by: 0.8)
    case .s2: style.accent.lightened(by: 0.55)
    case .s3: style.accent.lightened(by: 0.14)
    case .s4: style.accent.darkened(by: 0.4)
    case .was, .k6: style.bar
    case .now, .k0, .change: style.accent
    case .k1: style.accent.lightened(by: 0.38)
    case .k2: style.accent.lightened(by: 0.7)
    case .k3: Colour("#d9a441")
    case .k4: Colour("#9a6a12")
    case .k5: Colour("#8d5a8b")
    case .free: style.hairline.lightened(by: 0.8)
    case .line: style.hairline
    case .title, .name, .group, .value: style.ink
    case .aside: style.muted
    case .inverse: Colour("#ffffff")
    }
  }
}

extension Colour {
  /// Mixed with black; 0 leaves it as it is.
  func darkened(by share: Double) -> Colour {
    var colour = self
    colour.red *= 1 - share
    colour.green *= 1 - share
    colour.blue *= 1 - share
    return colour
  }
}
