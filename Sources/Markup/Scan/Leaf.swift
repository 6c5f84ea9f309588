/// A leaf block: a run of segments that the inline pass reads as one text.
struct Leaf {
  enum Kind: UInt8 {
    case paragraph, heading, fenced, indented, html, tableRow, comment, definition
  }
  var kind: Kind
  /// The line of the first segment (of the opening fence for fenced code).
  var line: Int
  /// Indices into `BlockScanner.segments`.
  var segments: Range<Int>
  /// 1 to 6 for headings, 1 to 7 for HTML blocks.
  var level = 0
  /// Whether block quote markers stand between the segments.
  var hasMarkersBetween = false
  /// Whether its container had no block before it.
  var isFirst = false
  /// Whether it is the first block of an item and stands on the item's first line.
  var beginsItem = false
  /// Whether it is the first block of a quote.
  var beginsQuote = false
  /// Where the info string of fenced code is.
  var info = 0..<0
  var isClosed = true
  /// The raw lines of code, from the first line's start to the start of the line after the last.
  var raw = 0..<0
  var lastLine = 0
  /// Where the parts of a link definition are in `BlockScanner.parsed`.
  var definition = 0
}

/// A block quote or list item that is open.
struct Container {
  var isItem: Bool
  /// Columns that a line must be indented by to go on with an item.
  var indent = 0
  var hasChild = false
  var line: Int
}
