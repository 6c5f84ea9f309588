extension BlockScanner {
  /// Closes the leaf and the containers that this line did not go on with, once a line.
  mutating func closeUnmatched(_ depth: Int, _ isNew: inout Bool) {
    guard !isNew else { return }
    isNew = true
    closeLeaf()
    containers.removeSubrange(depth...)
  }

  mutating func markChild() {
    if !containers.isEmpty { containers[containers.count - 1].hasChild = true }
  }

  mutating func push(_ container: Container) {
    markChild()
    containers.append(container)
    deepest = max(deepest, containers.count)
  }

  /// Opens a leaf in the innermost container.
  mutating func begin(_ tip: Tip, _ kind: Leaf.Kind, at depth: Int, _ isNew: Bool) {
    var isOpen = isNew
    closeUnmatched(depth, &isOpen)
    leaf = Leaf(kind: kind, line: line, segments: segments.count..<segments.count)
    if let parent = containers.last, !parent.hasChild {
      leaf.isFirst = true
      leaf.beginsItem = parent.isItem && parent.line == line
      leaf.beginsQuote = !parent.isItem
    }
    markChild()
    self.tip = tip
  }

  /// Ends the open leaf and keeps it.
  mutating func closeLeaf() {
    let closed = tip
    tip = .none
    switch closed {
    case .none, .table: return
    case .paragraph:
      guard leaf.kind == .heading || takeDefinitions() else {
        // Definitions are no block: an item with nothing else ends at a blank line.
        if leaf.isFirst { containers[containers.count - 1].hasChild = false }
        return
      }
    case .fenced:
      if leaf.lastLine == 0 { leaf.lastLine = max(leaf.line, line - 1) }
      if leaf.segments.lowerBound < segments.count, !leaf.isClosed, position >= source.end {
        leaf.lastLine = line - 1
      }
    case .indented:
      while segments.count > leaf.segments.lowerBound + 1, isBlank(segments[segments.count - 1]) {
        segments.removeLast()
      }
      let count = segments.count - leaf.segments.lowerBound
      leaf.lastLine = leaf.line + count - 1
      let last = source.lineFeed(from: segments[segments.count - 1].end)
      leaf.raw = leaf.raw.lowerBound..<min(last + 1, source.end)
    case .html, .comment: break
    }
    leaf.segments = leaf.segments.lowerBound..<segments.count
    leaves.append(leaf)
  }

  private func isBlank(_ segment: Segment) -> Bool {
    for i in segment.start..<segment.end where !isBlankByte(source[i]) { return false }
    return true
  }

  mutating func addCodeLine() {
    var segment = Segment(start: min(offset, lineEnd), end: lineEnd, padding: 0)
    if isTabPartial {
      segment.start += 1
      segment.padding = 4 - column % 4
    }
    segments.append(segment)
    leaf.raw = leaf.raw.lowerBound..<nextLine
  }

  /// Adds the line to an HTML block and closes the block where its end condition is met.
  mutating func addHTMLLine() {
    segments.append(Segment(start: min(offset, lineEnd), end: lineEnd, padding: 0))
    if HTMLBlock.ends(leaf.level, source, min(nonspace, lineEnd), lineEnd) { closeLeaf() }
  }

  mutating func addHeading(_ level: Int) {
    leaf.level = level
    var content = source.trimmed(nonspace + level..<lineEnd)
    var end = content.upperBound
    while end > content.lowerBound, source[end - 1] == UInt8(ascii: "#") { end -= 1 }
    if end == content.lowerBound {
      content = end..<end
    } else if isBlankByte(source[end - 1]) {
      content = source.trimmed(content.lowerBound..<end)
    }
    segments.append(Segment(start: content.lowerBound, end: content.upperBound, padding: 0))
    leaf.segments = leaf.segments.lowerBound..<segments.count
    leaf.lastLine = line
    leaves.append(leaf)
  }

  mutating func addRow() {
    segments.append(Segment(start: nonspace, end: lineEnd, padding: 0))
    leaves.append(
      Leaf(kind: .tableRow, line: line, segments: segments.count - 1..<segments.count))
  }

  /// Turns the last line of the open paragraph into a table header when this line is a delimiter
  /// row with as many cells.
  mutating func opensTable() -> Bool {
    guard leaf.segments.lowerBound < segments.count,
      TableRow.isDelimiter(source, nonspace..<lineEnd)
    else { return false }
    let header = segments[segments.count - 1]
    guard
      TableRow.cellCount(source, header.start..<header.end)
        == TableRow.cellCount(source, nonspace..<lineEnd)
    else { return false }
    segments.removeLast()
    if segments.count > leaf.segments.lowerBound { closeLeaf() }
    segments.append(header)
    leaves.append(
      Leaf(kind: .tableRow, line: line - 1, segments: segments.count - 1..<segments.count))
    tip = .table
    return true
  }

  /// Whether a `%%` comment over several blocks begins here: alone on its line, outside containers,
  /// with an end further on.
  mutating func beginsComment() -> Bool {
    let body = source.trimmed(nonspace..<lineEnd)
    guard containers.isEmpty, !hasNoCommentEnd, body.count == 2,
      source.matches("%%", at: body.lowerBound, body.upperBound)
    else { return false }
    var at = nextLine
    while at < source.end {
      let end = source.lineFeed(from: at)
      if endsComment(at..<end) { return true }
      at = end + 1
    }
    hasNoCommentEnd = true
    return false
  }

  private func endsComment(_ range: Range<Int>) -> Bool {
    let body = source.trimmed(range)
    return body.count >= 2
      && source.matches("%%", at: body.upperBound - 2, body.upperBound)
  }

  mutating func readCommentLine() {
    segments.append(Segment(start: nonspace, end: lineEnd, padding: 0))
    if endsComment(nonspace..<lineEnd) { closeLeaf() }
  }
}
