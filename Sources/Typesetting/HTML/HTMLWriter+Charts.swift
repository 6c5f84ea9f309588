internal import Manuscript

extension HTMLWriter {
  /// A chart as its shapes, which a template writes as SVG, and its figures as a table.
  static func chart(_ chart: Chart) -> TemplateValue {
    let drawing = ChartDrawing(chart)
    return .object(
      .chart,
      [
        (.kind, .text(chart.kind)), (.title, .text(drawing.title)),
        (.description, .text(drawing.description)), (.isFluid, .flag(drawing.isFluid)),
        (.isBroad, .flag(!drawing.isFluid && drawing.width > 480)),
        (.width, .number(drawing.width)), (.height, .number(drawing.height)),
        (.shapes, .list(drawing.shapes.map(shape))), (.table, table(chart.table)),
      ])
  }

  private static func shape(_ shape: ChartDrawing.Shape) -> TemplateObject {
    let attributes = shape.attributes.map {
      TemplateObject(attribute: $0.name, value: $0.value)
    }
    var own: [(TemplateVariable, TemplateValue)] = [(.attributes, .list(attributes))]
    let name: TemplateVariable
    switch shape {
    case .bar: name = .rect
    case .rule: name = .line
    case .dot: name = .circle
    case .words(let words, _, _, _):
      name = .text
      own.append(
        (
          .words,
          .list(
            words.map {
              TemplateObject(.words, [(.tone, .text($0.tone.rawValue)), (.text, .text($0.text))])
            })
        ))
    }
    return TemplateObject(.shape, [(name, .object(.attributes, own))])
  }
}
