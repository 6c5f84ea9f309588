internal import Markup

extension MarkdownScreen {
  /// Running text with its looks; addresses of links stand behind them.
  func text(of inlines: [Inline]) -> ScreenText {
    var text = ScreenText()
    add(inlines, [], &text)
    return text
  }

  private func add(_ inlines: [Inline], _ look: ScreenText.Look, _ out: inout ScreenText) {
    for inline in inlines {
      switch inline {
      case .text(let words): addWords(Terminal.harmless(words), look, &out)
      case .code(let code):
        // Without colour the marks are what tells code from words.
        let mark = style.isColoured ? "" : "`"
        out.append(mark + Terminal.harmless(code) + mark, look.union(.code))
      case .emphasis(let inner): add(inner, look.union(.emphasis), &out)
      case .strong(let inner): add(inner, look.union(.strong), &out)
      case .strikethrough(let inner):
        if !style.isColoured { out.append("~~", look) }
        add(inner, look.union(.struck), &out)
        if !style.isColoured { out.append("~~", look) }
      case .link(let url, _, let inner):
        var label = ScreenText()
        add(inner, look.union(.link), &label)
        for piece in label.pieces { out.append(piece.text, piece.look) }
        let words = label.pieces.map(\.text).joined()
        let address = Terminal.harmless(url)
        if !address.isEmpty, address != words, address != "mailto:" + words {
          out.append(words.isEmpty ? address : " (\(address))", look.union(.dim))
        }
      case .image(let url, _, let inner):
        var label = ScreenText()
        add(inner, [], &label)
        let words = label.pieces.map(\.text).joined()
        out.append("[image\(words.isEmpty ? "" : ": " + words)]", look.union(.dim))
        if !url.isEmpty { out.append(" (\(Terminal.harmless(url)))", look.union(.dim)) }
      case .softBreak: out.append(" ", look)
      case .lineBreak: out.append("\n", look)
      }
    }
  }

  /// Text with `[[links]]`, `![[embeds]]` and `==marks==` in it, which CommonMark does not know.
  private func addWords(_ text: String, _ look: ScreenText.Look, _ out: inout ScreenText) {
    var rest = text[...]
    while let start = rest.firstRange(of: "[[") {
      guard let end = rest[start.upperBound...].firstRange(of: "]]"),
        start.upperBound < end.lowerBound
      else { break }
      var before = rest[..<start.lowerBound]
      let isEmbed = before.last == "!"
      if isEmbed { before = before.dropLast() }
      addMarks(before, look, &out)
      let inside = rest[start.upperBound..<end.lowerBound]
      let parts = inside.split(separator: "|", maxSplits: 1)
      let label = parts.last ?? inside
      if isEmbed {
        out.append("[embedded: \(inside)]", look.union(.dim))
      } else {
        out.append(style.isColoured ? String(label) : "[[\(inside)]]", look.union(.link))
      }
      rest = rest[end.upperBound...]
    }
    addMarks(rest, look, &out)
  }

  private func addMarks(
    _ text: Substring, _ look: ScreenText.Look, _ out: inout ScreenText
  ) {
    var rest = text
    while let start = rest.firstRange(of: "=="),
      let end = rest[start.upperBound...].firstRange(of: "=="), start.upperBound < end.lowerBound,
      rest[start.upperBound] != " ", style.isColoured
    {
      out.append(String(rest[..<start.lowerBound]), look)
      out.append(String(rest[start.upperBound..<end.lowerBound]), look.union(.marked))
      rest = rest[end.upperBound...]
    }
    out.append(String(rest), look)
  }
}
