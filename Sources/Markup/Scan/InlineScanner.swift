/// Reads the text of the leaves: spans, links, tags and what else stands inside a line.
struct InlineScanner {
  struct Bracket {
    var position: Int
    var isImage: Bool
    /// Whether another bracket was opened after it, so that it cannot be a shortcut reference.
    var hasBracketAfter = false
    /// How many links there were when it was opened.
    var linkCount: Int
    var line: Int
    var lineStart: Int
  }

  let source: ByteView
  let leaves: [Leaf]
  let segments: [Segment]
  let parsed: [Definition]
  let definitions: [String: Int]
  var result = MarkdownScan()

  // The text at hand.
  var text: ByteView
  var end = 0
  var start = 0
  var position = 0
  /// Where text begins that is in no span yet.
  var pending = 0
  var line = 0
  var lineStart = 0
  var textKind = MarkdownScan.Span.Kind.prose
  var joins = false
  var brackets: [Bracket] = []
  /// Brackets below this index cannot become links: one further in has.
  var inactiveBrackets = 0
  var ticks = BacktickRuns()
  var closers = MissingClosers()
  /// Whether a link was closed after one that begins further on.
  var isOutOfOrder = false
  var knownParts: [Range<Int>: (target: String, fragment: String?)] = [:]
  /// The visible pieces of a heading.
  var heading: HeadingText?

  init(_ source: ByteView, _ blocks: BlockScanner) {
    self.source = source
    text = source
    leaves = blocks.leaves
    segments = blocks.segments
    parsed = blocks.parsed
    definitions = blocks.definitions
    result.spans.reserveCapacity(segments.count + segments.count / 4)
  }

  mutating func scan() {
    var gaps = GapFreeText()
    for leaf in leaves {
      switch leaf.kind {
      case .paragraph, .heading, .comment:
        guard let first = leaf.segments.first else { continue }
        let low = segments[first].start
        let high = segments[leaf.segments.upperBound - 1].end
        gaps.with(source, segments, leaf.segments, leaf.hasMarkersBetween) { text in
          self.text = text
          scanText(leaf, low..<high)
        }
        text = source
      case .tableRow: scanRow(leaf)
      case .fenced, .indented: scanCode(leaf)
      case .html: scanHTML(leaf)
      case .definition: scanDefinition(leaf)
      }
    }
    result.codeLines = result.codeBlocks.isEmpty ? [] : segments
  }

  private mutating func scanText(_ leaf: Leaf, _ range: Range<Int>) {
    begin(leaf.line, range)
    switch leaf.kind {
    case .comment:
      skipLines(to: range.upperBound, as: .html)
    case .heading:
      textKind = .heading
      heading = HeadingText()
      run()
      let body = text.trimmed(range)
      let words = heading?.text(text) ?? ""
      heading = nil
      textKind = .prose
      result.headings.append(
        MarkdownScan.Heading(level: leaf.level, text: words, range: body, line: leaf.line))
    default:
      if leaf.beginsItem { readTask() }
      if leaf.beginsQuote { readCallout() }
      run()
      readBlockID()
    }
  }

  /// Makes `range` of ``text``, which begins on `line`, the text at hand.
  ///
  /// `lineStart` is where its line starts in the source; nil to look for it.
  mutating func begin(_ line: Int, _ range: Range<Int>, lineStart known: Int? = nil) {
    self.line = line
    start = range.lowerBound
    end = range.upperBound
    position = start
    pending = start
    joins = false
    brackets.removeAll(keepingCapacity: true)
    inactiveBrackets = 0
    ticks = BacktickRuns()
    closers = MissingClosers()
    // Columns count from the start of the line in the source, markers included.
    lineStart = known ?? start
    if known != nil { return }
    while lineStart > 0, source[lineStart - 1] != 10 { lineStart -= 1 }
  }

  /// Reads the text at hand to its end.
  mutating func run() {
    let firstLink = result.links.count
    isOutOfOrder = false
    while true {
      position = text.nextMark(from: position, end)
      guard position < end else { break }
      switch text[position] {
      case UInt8(ascii: "\n"): endLine()
      case UInt8(ascii: "\\"):
        position += ASCII.isPunctuation(text.peek(position + 1, end)) ? 2 : 1
      case UInt8(ascii: "`"): readCode()
      case UInt8(ascii: "["): openBracket()
      case UInt8(ascii: "!"): openImage()
      case UInt8(ascii: "]"): closeBracket()
      case UInt8(ascii: "<"): readAngle()
      case UInt8(ascii: ":"): readBareURL()
      case UInt8(ascii: "#"): readTag()
      case UInt8(ascii: "$"): readMath()
      case UInt8(ascii: "%"): readComment()
      default: readShortcode()
      }
    }
    flush(to: end)
    if isOutOfOrder {
      result.links[firstLink...].sort { $0.range.lowerBound < $1.range.lowerBound }
    }
  }

  private mutating func endLine() {
    let isCRLF = position > start && text[position - 1] == UInt8(ascii: "\r")
    flush(to: isCRLF ? position - 1 : position)
    heading?.add(position..<position + 1, isCode: false)
    position += 1
    line += 1
    lineStart = position
    while position < end, text[position] == 32 || text[position] == 9 { position += 1 }
    pending = position
  }

  /// Emits the pending text up to `index`.
  mutating func flush(to index: Int) {
    guard pending < index else { return }
    emit(textKind, pending..<index)
    heading?.add(pending..<index, isCode: false)
    pending = index
  }

  mutating func emit(_ kind: MarkdownScan.Span.Kind, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    result.spans.append(
      MarkdownScan.Span(kind: kind, range: range, line: line, joinsPrevious: joins))
    joins = true
  }

  /// Emits everything from `position` to `limit` as `kind`, line by line, and moves there.
  mutating func skipLines(to limit: Int, as kind: MarkdownScan.Span.Kind) {
    while position < limit {
      var lineEnd = position
      while lineEnd < limit, text[lineEnd] != 10 { lineEnd += 1 }
      var contentEnd = lineEnd
      if contentEnd > position, text[contentEnd - 1] == 13 { contentEnd -= 1 }
      emit(kind, position..<contentEnd)
      position = lineEnd
      if lineEnd < limit {
        position += 1
        line += 1
        lineStart = position
        while position < limit, text[position] == 32 || text[position] == 9 { position += 1 }
      }
    }
    pending = limit
  }
}

/// Kinds of closing marks that the rest of a text does not have, so that none is sought twice.
struct MissingClosers {
  var comment = false
  var instruction = false
  var cdata = false
  var declaration = false
  var percent = false
  var math = false
}
