internal import Markup

extension MarkdownScreen {
  private static let gap = 2
  /// Narrower than this a column of words cannot be read.
  private static let narrowest = 6
  private static let longestWord = 24

  /// A table as columns where they fit, else a line a cell.
  func lines(of table: MarkdownDocument.Table, width: Int) -> [String] {
    let count = table.alignments.count
    guard count > 0 else { return [] }
    let header = table.header.map { text(of: $0) }
    let rows = table.rows.map { $0.map { text(of: $0) } }
    let natural = (0..<count).map { column in
      ([header] + rows).reduce(1) { widest, row in
        max(widest, column < row.count ? row[column].columns : 0)
      }
    }
    // A column is never narrower than its longest word, unless that is very long.
    let least = (0..<count).map { column in
      ([header] + rows).reduce(Self.narrowest) { widest, row in
        max(widest, column < row.count ? min(row[column].longestWord, Self.longestWord) : 0)
      }
    }
    let room = width - Self.gap * (count - 1)
    guard !isPlain, let widths = Self.fit(natural, least, into: room) else {
      return records(header, rows, width: width)
    }
    var lines = self.row(header.map(Self.strong), table.alignments, widths)
    let rule = widths.map { String(repeating: "─", count: $0) }
    lines.append(style.dim(rule.joined(separator: String(repeating: " ", count: Self.gap))))
    for row in rows { lines += self.row(row, table.alignments, widths) }
    return lines
  }

  private static func strong(_ text: ScreenText) -> ScreenText {
    var strong = ScreenText()
    for piece in text.pieces { strong.append(piece.text, piece.look.union(.strong)) }
    return strong
  }

  /// The widths of the columns: as wide as they are, or the widest ones narrowed until all fit.
  private static func fit(_ natural: [Int], _ least: [Int], into width: Int) -> [Int]? {
    var widths = natural
    var excess = widths.reduce(0, +) - width
    while excess > 0 {
      let wide = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = wide.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func row(
    _ cells: [ScreenText], _ alignments: [MarkdownDocument.Table.Alignment], _ widths: [Int]
  ) -> [String] {
    let columns = widths.indices.map { column in
      column < cells.count ? cells[column].lines(width: widths[column]) : []
    }
    let height = columns.reduce(1) { max($0, $1.count) }
    return (0..<height).map { number in
      var line = ""
      for column in widths.indices {
        let text = number < columns[column].count ? columns[column][number] : ScreenText()
        let room = max(0, widths[column] - text.columns)
        let before =
          switch alignments[column] {
          case .right: room
          case .centre: room / 2
          default: 0
          }
        let isLast = column == widths.count - 1
        line += String(repeating: " ", count: before) + text.painted(style)
        if !isLast { line += String(repeating: " ", count: room - before + Self.gap) }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private func records(
    _ header: [ScreenText], _ rows: [[ScreenText]], width: Int
  ) -> [String] {
    var lines: [String] = []
    for (number, row) in rows.enumerated() {
      if number > 0 { lines.append("") }
      for (column, cell) in row.enumerated() where cell.columns > 0 {
        var line = column < header.count ? Self.strong(header[column]) : ScreenText()
        if line.columns > 0 { line.append(": ") }
        for piece in cell.pieces { line.append(piece.text, piece.look) }
        lines += line.lines(width: width).map { $0.painted(style) }
      }
    }
    return rows.isEmpty ? header.map { Self.strong($0).painted(style) } : lines
  }
}
