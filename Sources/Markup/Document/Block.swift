extension MarkdownDocument {
  /// A block of a document; `line` is the line it begins on.
  public indirect enum Block: Sendable, Hashable {
    /// `level` is 1 to 6.
    case heading(level: Int, [Inline], line: Int)
    case paragraph([Inline], line: Int)
    /// Fenced or indented code; `language` is in lower case and empty when none is named.
    case code(language: String, text: String, line: Int)
    /// `start` is nil for bullets.
    case list(start: Int?, isTight: Bool, items: [ListItem], line: Int)
    case quote([Block], line: Int)
    case table(Table)
    case thematicBreak(line: Int)

    /// The line it begins on.
    public var line: Int {
      switch self {
      case .heading(_, _, let line), .paragraph(_, let line), .code(_, _, let line),
        .list(_, _, _, let line), .quote(_, let line), .thematicBreak(let line):
        line
      case .table(let table): table.line
      }
    }
  }

  /// An item of a list.
  public struct ListItem: Sendable, Hashable {
    /// Whether its checkbox is ticked; nil when it has none.
    public let isDone: Bool?
    public let blocks: [Block]
    public let line: Int
  }

  /// A table; each row has as many cells as there are alignments.
  public struct Table: Sendable, Hashable {
    /// How the cells of a column are set.
    public enum Alignment: Sendable, Hashable { case none, left, centre, right }
    public let alignments: [Alignment]
    public let header: [[Inline]]
    public let rows: [[[Inline]]]
    public let line: Int
  }

  /// A piece of running text.
  public indirect enum Inline: Sendable, Hashable {
    case text(String)
    case code(String)
    case emphasis([Inline])
    case strong([Inline])
    case strikethrough([Inline])
    case link(url: String, title: String, [Inline])
    /// An image; the inlines are its alternative text.
    case image(url: String, title: String, [Inline])
    case softBreak
    case lineBreak
  }
}

/// The words of blocks and inlines.
enum PlainText {
  static func of(_ blocks: [MarkdownDocument.Block]) -> String {
    var lines: [String] = []
    for block in blocks { add(block, to: &lines) }
    return lines.joined(separator: "\n")
  }

  static func of(_ inlines: [MarkdownDocument.Inline]) -> String {
    var text = ""
    for inline in inlines { add(inline, to: &text) }
    return text
  }

  private static func add(_ block: MarkdownDocument.Block, to lines: inout [String]) {
    switch block {
    case .heading(_, let content, _), .paragraph(let content, _): lines.append(of(content))
    case .code(_, let text, _):
      lines.append(text.utf8.last == UInt8(ascii: "\n") ? String(text.dropLast()) : text)
    case .list(_, _, let items, _):
      for item in items { for inner in item.blocks { add(inner, to: &lines) } }
    case .quote(let inner, _): for one in inner { add(one, to: &lines) }
    case .table(let table):
      for row in [table.header] + table.rows {
        lines.append(row.map { of($0) }.joined(separator: "\t"))
      }
    case .thematicBreak: break
    }
  }

  private static func add(_ inline: MarkdownDocument.Inline, to text: inout String) {
    switch inline {
    case .text(let words), .code(let words): text += words
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
      .link(_, _, let inner), .image(_, _, let inner):
      for one in inner { add(one, to: &text) }
    case .softBreak: text += " "
    case .lineBreak: text += "\n"
    }
  }
}
