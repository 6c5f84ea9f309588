public import Notes

/// Notes a line each: path, title and tags, in columns.
///
/// On a terminal a line is no longer than its width where that can be: tags go first, then the end of
/// the title; a path is never cut, for it is there to be copied. Into a pipe nothing is cut.
public struct NoteRows {
  private let style: Style
  private let pathWidth: Int
  /// Columns of the terminal; nil when nothing is cut.
  private let width: Int?

  /// Wider than this, a path pushes its own title to the right and no other.
  private static let widestPath = 52
  /// A title shorter than this says nothing: it gets a line of its own.
  private static let leastTitle = 16
  private static let mostTags = 4

  /// - Parameter width: Columns to keep to; nil for any.
  public init(_ notes: [NoteSummary], style: Style, width: Int?) {
    self.style = style
    self.width = width
    let widest = notes.reduce(0) { max($0, Terminal.columns(Terminal.harmless($1.path))) }
    pathWidth = min(widest, Self.widestPath)
  }

  /// What the output allows.
  public init(_ notes: [NoteSummary], style: Style) {
    self.init(notes, style: style, width: Terminal.isOutput ? Terminal.width : nil)
  }

  public func line(_ note: NoteSummary, withTags: Bool = true) -> String {
    let path = Terminal.harmless(note.path)
    var title = Terminal.harmless(note.title)
    var tags =
      withTags
      ? note.tags.prefix(Self.mostTags).map { "#" + Terminal.harmless($0) }.joined(separator: " ")
      : ""
    var gap = Terminal.padded("", to: max(0, pathWidth - Terminal.columns(path))) + "  "
    if let width {
      var room = width - Terminal.columns(path) - Terminal.columns(gap)
      if room < min(Self.leastTitle, Terminal.columns(title)) {
        gap = "\n  "
        room = width - 2
      }
      title = Terminal.cut(title, to: max(room, 4))
      if Terminal.columns(title) + 2 + Terminal.columns(tags) > room { tags = "" }
    }
    let line = style.path(path) + gap + style.title(title)
    return tags.isEmpty ? line : line + "  " + style.dim(tags)
  }
}
