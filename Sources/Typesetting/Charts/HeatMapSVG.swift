public import Manuscript

/// A heat map as one SVG that needs nothing else: no script, no font, no address of another file.
///
/// The same map gives the same bytes. The number stands in each cell, so that nothing is told by
/// colour alone; light and dark follow the reader's setting. Title and description are for readers
/// who do not see it.
public struct HeatMapSVG {
  private let map: HeatMap

  public init(_ map: HeatMap) { self.map = map }

  private static let cellWidth = 46
  private static let cellHeight = 22
  private static let letter = 7
  private static let margin = 12

  public func write() -> String {
    let labels = map.rows.map(\.label) + map.rows.map(\.group)
    let labelWidth = (labels.map(\.count).max() ?? 0) * Self.letter + Self.margin
    var lines: [String] = []
    var y = Self.margin + 24
    var body: [String] = []
    for (index, column) in map.columns.enumerated() {
      body.append(
        text(labelWidth + index * Self.cellWidth + Self.cellWidth / 2, y, column, "head", "middle"))
    }
    y += 8
    var group = ""
    for row in map.rows {
      if row.group != group {
        group = row.group
        y += Self.cellHeight
        if !group.isEmpty { body.append(text(Self.margin, y - 6, group, "group", "start")) }
      }
      body.append(text(Self.margin, y + 15, row.label, "label", "start"))
      for (column, value) in row.values.enumerated() {
        let x = labelWidth + column * Self.cellWidth
        body.append(
          "<rect class=\"s\(HeatMap.step(value))\" x=\"\(x + 1)\" y=\"\(y + 1)\" "
            + "width=\"\(Self.cellWidth - 2)\" height=\"\(Self.cellHeight - 2)\" rx=\"3\"/>")
        if value > 0 {
          body.append(
            text(
              x + Self.cellWidth / 2, y + 15, String(value),
              HeatMap.step(value) > 2 ? "strong" : "value", "middle"))
        }
      }
      y += Self.cellHeight
    }
    let width = labelWidth + map.columns.count * Self.cellWidth + Self.margin
    let height = y + Self.margin
    lines.append(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 \(width) \(height)\" "
        + "width=\"\(width)\" height=\"\(height)\">")
    lines.append("<title>\(Self.escaped(map.title))</title>")
    lines.append("<desc>\(Self.escaped(description))</desc>")
    lines.append("<style>\(Self.style)</style>")
    lines.append("<rect class=\"paper\" width=\"\(width)\" height=\"\(height)\"/>")
    lines.append(text(Self.margin, Self.margin + 6, map.title, "title", "start"))
    lines += body
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private var description: String {
    let rows = map.rows.filter { $0.values.contains { $0 > 0 } }
    return "\(map.unit), by row and column. "
      + rows.map { ChartWords.sentence($0, of: map) }.joined(separator: ". ")
  }

  private func text(_ x: Int, _ y: Int, _ words: String, _ kind: String, _ anchor: String)
    -> String
  {
    "<text class=\"\(kind)\" x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\">"
      + "\(Self.escaped(words))</text>"
  }

  private static let style = """
    text{font:12px system-ui,sans-serif;fill:#1c2733}.title{font-size:14px;font-weight:600}\
    .head{font-size:11px;fill:#5b6773}.group{font-weight:600}.strong{fill:#fff}.paper{fill:#fff}\
    .s0{fill:#eef1f4}.s1{fill:#c9dff2}.s2{fill:#8fbde3}.s3{fill:#2f7bbd}.s4{fill:#114a7c}\
    @media(prefers-color-scheme:dark){text{fill:#e4e9ee}.head{fill:#9aa7b4}.strong{fill:#0b141d}\
    .paper{fill:#10161d}.s0{fill:#1b242e}.s1{fill:#173a5a}.s2{fill:#1f5a8d}.s3{fill:#5aa2de}\
    .s4{fill:#b5daf7}}
    """

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

/// A heat map as lines for a terminal: two columns a cell, darker for more, and the sum behind.
public struct HeatMapText {
  private let map: HeatMap

  public init(_ map: HeatMap) { self.map = map }

  private static let shades = ["··", "░░", "▒▒", "▓▓", "██"]

  /// Name of the row, its cells, the sum of its values; a group's name in a line of its own.
  public func lines() -> [(label: String, cells: String, sum: Int?)] {
    var lines: [(String, String, Int?)] = []
    var group = ""
    for row in map.rows {
      if row.group != group {
        group = row.group
        lines.append((group, "", nil))
      }
      let cells = row.values.map { Self.shades[HeatMap.step($0)] }.joined(separator: " ")
      lines.append((row.label, cells, row.values.reduce(0, +)))
    }
    return lines
  }
}
