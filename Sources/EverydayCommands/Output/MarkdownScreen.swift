internal import Markup

/// Markdown set for a terminal of a width.
///
/// Headings keep their marks, so that their level can be read without colour; code is indented and
/// never broken; tables fit the width, or become a line a cell when they cannot. Nothing in the note
/// reaches the terminal as an escape.
struct MarkdownScreen {
  typealias Block = MarkdownDocument.Block
  typealias Inline = MarkdownDocument.Inline

  let style: Style
  /// For a screen reader: no drawn lines, no bullets, tables a line a cell.
  let isPlain: Bool

  /// Widest text: longer lines are hard to read, however wide the window.
  static let widest = 100

  init(style: Style, isPlain: Bool) {
    self.style = style
    self.isPlain = isPlain
  }

  /// The lines of a document.
  func lines(of document: borrowing MarkdownDocument, width: Int) -> [String] {
    lines(of: document.blocks, width: max(4, min(width, Self.widest)))
  }

  /// The blocks one below the other, with a blank line between them.
  func lines(of blocks: [Block], width: Int, isTight: Bool = false) -> [String] {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      let set = self.lines(of: block, width: width)
      if index > 0, !set.isEmpty, !lines.isEmpty, !isTight { lines.append("") }
      lines += set
    }
    return lines
  }

  private func lines(of block: Block, width: Int) -> [String] {
    switch block {
    case .heading(let level, let content, _):
      let mark = String(repeating: "#", count: level) + " "
      var text = ScreenText(mark, .dim)
      for piece in self.text(of: content).pieces {
        text.append(piece.text, piece.look.union(.strong))
      }
      return text.lines(width: width).map { $0.painted(style) }
    case .paragraph(let content, _):
      return text(of: content).lines(width: width).map { $0.painted(style) }
    case .code(let language, let text, _): return code(text, language)
    case .list(let start, let isTight, let items, _):
      return list(items, from: start, isTight: isTight, width: width)
    case .quote(let inner, _): return quote(inner, width: width)
    case .table(let table): return self.lines(of: table, width: width)
    case .thematicBreak:
      return [isPlain ? "---" : style.dim(String(repeating: "─", count: min(width, 40)))]
    }
  }

  private func code(_ text: String, _ language: String) -> [String] {
    var rows = Terminal.harmless(text, keepingLines: true)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while rows.last == "" { rows.removeLast() }
    if isPlain { return ["```" + Terminal.harmless(language)] + rows + ["```"] }
    return coloured(rows.joined(separator: "\n"), language).map { $0.isEmpty ? "" : "    " + $0 }
  }

  /// The lines of a piece of code, its comments, strings, numbers and reserved words told apart.
  private func coloured(_ code: String, _ language: String) -> [String] {
    guard style.isColoured else {
      return code.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.allSatisfy(\.isWhitespace) ? "" : String($0) }
    }
    var lines = [""]
    for token in CodeTokens(code, language: language).tokens {
      let parts = token.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { lines.append("") }
        guard part.contains(where: { !$0.isWhitespace }) else {
          lines[lines.count - 1] += part
          continue
        }
        lines[lines.count - 1] += style.paint(Self.ink(of: token.kind), String(part))
      }
    }
    return lines.map { $0.allSatisfy(\.isWhitespace) ? "" : $0 }
  }

  private static func ink(of kind: CodeTokens.Kind) -> Style.Ink {
    switch kind {
    case .plain, .name: .code
    case .comment: .dim
    case .string: .good
    case .number: .warning
    case .keyword: .keyword
    }
  }

  private func list(
    _ items: [MarkdownDocument.ListItem], from start: Int?, isTight: Bool, width: Int
  ) -> [String] {
    var lines: [String] = []
    let digits = start.map { String($0 + items.count - 1).count } ?? 0
    for (index, item) in items.enumerated() {
      var mark: String
      if let start {
        let number = String(start + index)
        mark = String(repeating: " ", count: digits - number.count) + number + ". "
      } else {
        mark = isPlain ? "- " : "• "
      }
      if let isDone = item.isDone {
        if start == nil, !isPlain { mark = "" }
        mark += isPlain ? (isDone ? "[x] " : "[ ] ") : (isDone ? "☑ " : "☐ ")
      }
      let indent = Terminal.columns(mark)
      let set = self.lines(
        of: item.blocks, width: max(4, width - indent), isTight: isTight)
      if index > 0, !isTight { lines.append("") }
      let ink: Style.Ink = item.isDone == true ? .good : .dim
      lines.append(style.paint(ink, mark) + (set.first ?? ""))
      let margin = String(repeating: " ", count: indent)
      lines += set.dropFirst().map { $0.isEmpty ? "" : margin + $0 }
    }
    return lines
  }

  private func quote(_ blocks: [Block], width: Int) -> [String] {
    let (label, inner) = callout(blocks)
    var set = lines(of: inner, width: max(4, width - 2))
    if let label { set.insert(style.title(label), at: 0) }
    let bar = isPlain ? "> " : style.dim("│ ")
    return set.map { $0.isEmpty ? (isPlain ? ">" : style.dim("│")) : bar + $0 }
  }

  /// `[!warning] Title` at the head of a quote: its label, and the blocks without it.
  private func callout(_ blocks: [Block]) -> (label: String?, blocks: [Block]) {
    guard case .paragraph(let content, let line)? = blocks.first,
      case .text(let head)? = content.first, head.hasPrefix("[!"),
      let end = head.firstIndex(of: "]")
    else { return (nil, blocks) }
    let type = head[head.index(head.startIndex, offsetBy: 2)..<end]
    guard !type.isEmpty, type.allSatisfy({ $0.isLetter || $0 == "-" }) else {
      return (nil, blocks)
    }
    var title = head[head.index(after: end)...]
    if title.first == "-" || title.first == "+" { title = title.dropFirst() }
    let name = type.prefix(1).uppercased() + type.dropFirst().lowercased()
    let isBreak: (Inline) -> Bool = { $0 == .softBreak || $0 == .lineBreak }
    let firstLine = content.dropFirst().prefix { !isBreak($0) }
    let rest = Array(content.dropFirst(firstLine.count + 2))
    var label = ScreenText(Terminal.harmless(String(title)).trimmingSpaces)
    for piece in text(of: Array(firstLine)).pieces { label.append(piece.text) }
    let words = label.pieces.map(\.text).joined()
    let remaining = rest.isEmpty ? [] : [Block.paragraph(rest, line: line)]
    return (words.isEmpty ? name : "\(name): \(words)", remaining + blocks.dropFirst())
  }
}

extension String {
  fileprivate var trimmingSpaces: String { self[...].trimmed }
}
