/// Reads the block structure line by line: containers first, then the leaf they hold.
///
/// The method is CommonMark's (appendix "A parsing strategy", phase 1). Leaves are kept as runs of
/// segments in document order; the inline pass reads them when all link definitions are known.
struct BlockScanner {
  enum Tip { case none, paragraph, fenced, indented, html, table, comment }

  let source: ByteView
  var position: Int
  var line: Int

  var leaves: [Leaf] = []
  var segments: [Segment] = []
  var parsed: [Definition] = []
  /// Normalised label to the index in `parsed`; the first definition wins.
  var definitions: [String: Int] = [:]

  var containers: [Container] = []
  /// The most containers that were open at once.
  var deepest = 0
  var tip = Tip.none
  var leaf = Leaf(kind: .paragraph, line: 0, segments: 0..<0)
  var fence = Fence()
  var hasNoCommentEnd = false

  // The line at hand.
  var lineStart = 0
  var lineEnd = 0
  var nextLine = 0
  var offset = 0
  var column = 0
  var isTabPartial = false
  var nonspace = 0
  var nonspaceColumn = 0
  var indent = 0
  var isBlank = false
  var thematicBreakFailsBefore = 0

  init(_ source: ByteView, from offset: Int, line: Int) {
    self.source = source
    self.position = offset
    self.line = line
    if offset == 0, source.end >= 3, source[0] == 0xEF, source[1] == 0xBB, source[2] == 0xBF {
      position = 3
    }
    leaves.reserveCapacity((source.end - position) / 128)
    segments.reserveCapacity((source.end - position) / 48)
  }

  mutating func scan() {
    while position < source.end {
      let newline = source.lineFeed(from: position)
      lineStart = position
      lineEnd = newline
      nextLine = min(newline + 1, source.end)
      if lineEnd > lineStart, source[lineEnd - 1] == UInt8(ascii: "\r") { lineEnd -= 1 }
      readLine()
      position = nextLine
      line += 1
    }
    closeLeaf()
  }

  private mutating func readLine() {
    if containers.isEmpty, tip == .paragraph, lineEnd > lineStart,
      ASCII.isLetter(source[lineStart])
    {
      segments.append(Segment(start: lineStart, end: lineEnd, padding: 0))
      return
    }
    offset = lineStart
    column = 0
    isTabPartial = false
    nonspace = lineStart - 1
    thematicBreakFailsBefore = 0
    findNonspace()
    if tip == .comment { return readCommentLine() }

    let depth = matchContainers()
    let allMatched = depth == containers.count
    if allMatched, continueLeaf() { return }
    if isBlank {
      closeLeaf()
      containers.removeSubrange(depth...)
      return
    }
    openBlocks(depth, allMatched)
  }

  /// The number of open containers that this line goes on with.
  private mutating func matchContainers() -> Int {
    var depth = 0
    while depth < containers.count {
      if containers[depth].isItem {
        if indent >= containers[depth].indent {
          advance(containers[depth].indent, inColumns: true)
        } else if isBlank, containers[depth].hasChild {
          advance(nonspace - offset, inColumns: false)
        } else {
          return depth
        }
      } else {
        guard indent <= 3, !isBlank, source[nonspace] == UInt8(ascii: ">") else { return depth }
        enterQuote()
      }
      depth += 1
      findNonspace()
    }
    return depth
  }

  /// Goes on with the open leaf where the line belongs to it; all containers have matched.
  private mutating func continueLeaf() -> Bool {
    switch tip {
    case .fenced:
      if indent <= 3, closesFence() {
        leaf.isClosed = true
        leaf.lastLine = line
        closeLeaf()
        return true
      }
      var left = fence.indent
      while left > 0, offset < lineEnd, isBlankByte(source[offset]) {
        advance(1, inColumns: true)
        left -= 1
      }
      addCodeLine()
      return true
    case .indented:
      if indent >= 4 {
        advance(4, inColumns: true)
      } else if isBlank {
        advance(nonspace - offset, inColumns: false)
      } else {
        closeLeaf()
        return false
      }
      addCodeLine()
      return true
    case .html:
      if isBlank, leaf.level >= 6 {
        closeLeaf()
        return false
      }
      addHTMLLine()
      return true
    case .table:
      if isBlank || TableRow.cellCount(source, nonspace..<lineEnd) == 0 { closeLeaf() }
      return false
    case .none, .paragraph, .comment:
      return false
    }
  }

  /// Opens what begins on this line below container `depth`, then adds the rest as text.
  private mutating func openBlocks(_ depth: Int, _ allMatched: Bool) {
    var isInParagraph = allMatched && tip == .paragraph
    let isInTable = allMatched && tip == .table
    var isNew = false
    var mayBeLazy = tip == .paragraph
    while !isBlank {
      let byte = source[nonspace]
      if indent >= 4 {
        if !mayBeLazy {
          begin(.indented, .indented, at: depth, isNew)
          advance(4, inColumns: true)
          leaf.raw = lineStart..<lineStart
          addCodeLine()
          return
        }
        break
      }
      // Most lines begin with a letter and are text.
      if !Self.mayBeginBlock(byte) { break }
      if byte == UInt8(ascii: ">"), containers.count < MarkdownScan.maximumDepth || !isNew {
        closeUnmatched(depth, &isNew)
        guard containers.count < MarkdownScan.maximumDepth else { break }
        enterQuote()
        push(Container(isItem: false, line: line))
      } else if byte == UInt8(ascii: "#"), let level = headingLevel() {
        begin(.none, .heading, at: depth, isNew)
        addHeading(level)
        return
      } else if let opened = openingFence(byte) {
        begin(.fenced, .fenced, at: depth, isNew)
        fence = opened
        leaf.isClosed = false
        leaf.info = source.trimmed(nonspace + opened.length..<lineEnd)
        leaf.raw = nextLine..<nextLine
        return
      } else if byte == UInt8(ascii: "<"),
        let kind = HTMLBlock.kind(source, nonspace, lineEnd, mayInterrupt: !isInParagraph)
      {
        begin(.html, .html, at: depth, isNew)
        leaf.level = kind
        addHTMLLine()
        return
      } else if isInParagraph, let level = setextLevel(byte) {
        // After nothing but definitions the underline is text.
        guard takeDefinitions() else { break }
        leaf.kind = .heading
        leaf.level = level
        leaf.lastLine = line
        closeLeaf()
        return
      } else if isThematicBreak(byte) {
        closeUnmatched(depth, &isNew)
        markChild()
        return
      } else if let item = listItem(byte, interrupts: isInParagraph) {
        closeUnmatched(depth, &isNew)
        guard containers.count < MarkdownScan.maximumDepth else { break }
        advance(nonspace + item.markerLength - offset, inColumns: false)
        push(Container(isItem: true, indent: indent + itemPadding(item), line: line))
      } else {
        if isInParagraph, opensTable() { return }
        break
      }
      isInParagraph = false
      mayBeLazy = false
      findNonspace()
    }
    addText(depth, isNew: isNew, isInParagraph: isInParagraph, isInTable: isInTable)
  }

  private mutating func addText(_ depth: Int, isNew: Bool, isInParagraph: Bool, isInTable: Bool) {
    if isBlank { return }
    if isInTable, !isNew, tip == .table {
      addRow()
    } else if isInParagraph || (!isNew && tip == .paragraph) {
      // The paragraph goes on; lazily where not all containers matched.
      segments.append(Segment(start: nonspace, end: lineEnd, padding: 0))
      if !containers.isEmpty { leaf.hasMarkersBetween = true }
    } else {
      if beginsComment() {
        begin(.comment, .comment, at: depth, isNew)
      } else {
        begin(.paragraph, .paragraph, at: depth, isNew)
      }
      segments.append(Segment(start: nonspace, end: lineEnd, padding: 0))
    }
  }

  /// Whether a line that begins with `byte` may be more than text.
  private static func mayBeginBlock(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ">"), UInt8(ascii: "#"),
      UInt8(ascii: "`"), UInt8(ascii: "~"), UInt8(ascii: "<"), UInt8(ascii: "="),
      UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"),
      UInt8(ascii: "|"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
