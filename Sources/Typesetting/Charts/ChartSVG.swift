public import Manuscript

/// A chart as one SVG that needs nothing else: no script, no font, no address of another file.
///
/// The same chart gives the same bytes: every number is whole, or a share with two decimals. Real text,
/// a title and a description; light and dark follow the reader's setting. Numbers and names stand
/// beside every colour, so that nothing is told by colour alone.
public struct ChartSVG {
  private let drawing: ChartDrawing
  private let colours: Look.Colours

  /// - Parameter colours: Which to use; `auto` follows the reader.
  public init(_ chart: Chart, colours: Look.Colours = .auto) {
    drawing = ChartDrawing(chart)
    self.colours = colours
  }

  private static let margin = 16

  public func write() -> String {
    let margin = Self.margin
    let head = 28
    let width = max(drawing.width, ChartDrawing.width(of: drawing.title) + 20) + 2 * margin
    let height = drawing.height + 2 * margin + head
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"\(width)\" "
        + "height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\">",
      "<title>\(Self.escaped(drawing.title))</title>",
      "<desc>\(Self.escaped(drawing.description))</desc>",
      "<style>\(ChartPalette.styleSheet(colours))</style>",
      "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>",
      "<text class=\"title\" x=\"\(margin)\" y=\"\(margin + 13)\">"
        + Self.escaped(drawing.title) + "</text>",
      // A drawing inside keeps its own width, of which fluid lengths are shares.
      "<svg x=\"\(margin)\" y=\"\(margin + head)\" width=\"\(drawing.width)\" "
        + "height=\"\(drawing.height)\">",
    ]
    lines += drawing.shapes.map(Self.element)
    lines += ["</svg>", "</svg>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func element(_ shape: ChartDrawing.Shape) -> String {
    let attributes = shape.attributes.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
    guard case .words(let words, _, _, _) = shape else { return "<\(shape.element)\(attributes)/>" }
    let text = words.map { "<tspan class=\"\($0.tone.rawValue)\">\(escaped($0.text))</tspan>" }
    return
      "<\(shape.element)\(attributes) xml:space=\"preserve\">\(text.joined())</\(shape.element)>"
  }

  /// Text for HTML and XML.
  public static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default:
        // Control characters have no place in XML.
        if scalar.value >= 0x20 || scalar == "\n" || scalar == "\t" {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }
}

extension ChartDrawing.Length {
  /// `62.5%` or `8`; the pixels beside a share are written elsewhere.
  var written: String {
    guard share != 0 else { return String(pixels) }
    let fraction = share % 100
    return String(share / 100)
      + (fraction == 0
        ? ""
        : fraction % 10 == 0
          ? ".\(fraction / 10)" : fraction < 10 ? ".0\(fraction)" : ".\(fraction)")
      + "%"
  }

  /// Pixels beside a share.
  var beside: Int { share == 0 ? 0 : pixels }
}

extension ChartDrawing.Shape {
  /// The name of its element in SVG.
  var element: String {
    switch self {
    case .bar: "rect"
    case .rule: "line"
    case .dot: "circle"
    case .words: "text"
    }
  }

  /// The attributes of its element.
  var attributes: [(name: String, value: String)] {
    switch self {
    case .bar(let tone, let x, let y, let width, let height, let radius):
      return [
        ("class", tone.rawValue), ("x", x.written), ("y", String(y)), ("width", width.written),
        ("height", String(max(0, height))),
      ] + (radius > 0 ? [("rx", String(radius))] : [])
    case .rule(let x1, let y1, let x2, let y2):
      return [
        ("class", ChartDrawing.Tone.line.rawValue), ("x1", x1.written), ("y1", String(y1)),
        ("x2", x2.written), ("y2", String(y2)),
      ]
    case .dot(let tone, let x, let y, let radius, let isHollow):
      return [
        ("class", tone.rawValue + (isHollow ? " hollow" : "")), ("cx", x.written),
        ("cy", String(y)), ("r", String(radius)),
      ]
    case .words(_, let x, let y, let anchor):
      return [("x", x.written), ("y", String(y))]
        + (x.beside != 0 ? [("dx", String(x.beside))] : [])
        + (anchor == .start ? [] : [("text-anchor", anchor.rawValue)])
    }
  }
}
