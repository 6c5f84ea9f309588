internal import Markup
internal import Notes

/// A note as it is read on a terminal.
struct NoteScreen {
  let style: Style
  let isPlain: Bool

  /// Shows a note: its front matter quietly, then its text; through the pager when it is long.
  func show(
    _ note: Note, withFrontMatter: Bool, paging: Bool, _ output: inout Output
  ) {
    var lines = withFrontMatter ? frontMatter(of: note) : []
    let body = note.markdown.withoutComments(note.bytes, from: note.frontMatter.bodyStart)
    let document = MarkdownDocument(body)
    let hasBody = body.contains { $0 > 0x20 }
    if !lines.isEmpty, hasBody { lines.append("") }
    if document.isPlain {
      // Too large or too deep for the parser: as it is written.
      lines += Terminal.harmless(String(decoding: body, as: UTF8.self), keepingLines: true)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    } else {
      let screen = MarkdownScreen(style: style, isPlain: isPlain)
      lines += screen.lines(of: document, width: Terminal.width)
    }
    output.flush()
    var text = lines.joined(separator: "\n")
    if !text.isEmpty { text += "\n" }
    let width = max(1, Terminal.width)
    let rows = lines.reduce(0) { $0 + max(1, (Terminal.columns(bare($1)) + width - 1) / width) }
    Pager.show(text, lines: rows, isWanted: paging && !isPlain)
  }

  private func frontMatter(of note: Note) -> [String] {
    guard note.frontMatter.format != .none else { return [] }
    let text = String(decoding: note.bytes[note.frontMatter.content], as: UTF8.self)
    return Terminal.harmless(text, keepingLines: true).split(separator: "\n")
      .map { style.dim(String($0)) }
  }

  /// A line without the sequences that colour it.
  private func bare(_ line: String) -> String {
    guard style.isColoured else { return line }
    var out = ""
    var isSequence = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1B}" { isSequence = true }
      if !isSequence { out.unicodeScalars.append(scalar) }
      if isSequence, scalar == "m" { isSequence = false }
    }
    return out
  }
}
