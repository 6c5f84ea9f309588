/// Leaves that are not running text.
extension InlineScanner {
  mutating func scanRow(_ leaf: Leaf) {
    let body = source.trimmed(segments[leaf.segments.lowerBound].range)
    begin(leaf.line, body)
    var cell = body.lowerBound
    for i in body where TableRow.isBorder(source, i, body.lowerBound) {
      scanCell(leaf.line, cell..<i)
      cell = i + 1
    }
    scanCell(leaf.line, cell..<body.upperBound)
  }

  private mutating func scanCell(_ line: Int, _ range: Range<Int>) {
    let body = source.trimmed(range)
    guard !body.isEmpty else { return }
    begin(line, body, lineStart: lineStart)
    run()
    readBlockID()
  }

  mutating func scanCode(_ leaf: Leaf) {
    let info = source.string(leaf.info)
    let plain = Escapes.resolve(info)
    result.codeBlocks.append(
      MarkdownScan.CodeBlock(
        language: CodeLanguage.name(plain), info: plain, contentRange: leaf.raw,
        lines: leaf.line...max(leaf.line, leaf.lastLine), isFenced: leaf.kind == .fenced,
        isClosed: leaf.isClosed, segments: leaf.segments))
    joins = false
    line = leaf.line + (leaf.kind == .fenced ? 1 : 0)
    for segment in segments[leaf.segments] {
      emit(.code, segment.range)
      line += 1
    }
  }

  mutating func scanDefinition(_ leaf: Leaf) {
    let definition = parsed[leaf.definition]
    begin(leaf.line, definition.range)
    addLink(
      .definition, definition.destination, label: definition.label, range: definition.range,
      openedOn: (line, lineStart))
    position = definition.label.upperBound
    emitPart(definition.destination, .linkTarget)
    if let title = definition.title { emitPart(title, .prose) }
  }

  private mutating func emitPart(_ range: Range<Int>, _ kind: MarkdownScan.Span.Kind) {
    while position < range.lowerBound {
      if source[position] == 10 {
        line += 1
        lineStart = position + 1
      }
      position += 1
    }
    skipLines(to: range.upperBound, as: kind)
  }

  /// Tags, comments, scripts and styles are markup; what stands between them is text.
  mutating func scanHTML(_ leaf: Leaf) {
    var state = HTMLState.text
    line = leaf.line
    joins = false
    for segment in segments[leaf.segments] {
      var i = segment.start
      while i < segment.end, ASCII.isSpace(source[i]) { i += 1 }
      var lastKind: MarkdownScan.Span.Kind?
      var from = i
      while i < segment.end {
        let before = i
        let kind = state.step(source, &i, segment.end)
        if let lastKind, lastKind != kind {
          emit(lastKind, from..<before)
          from = before
        }
        lastKind = kind
      }
      if let lastKind { emit(lastKind, from..<segment.end) }
      line += 1
    }
  }
}

extension Segment {
  var range: Range<Int> { start..<end }
}
