/// Where in an HTML block a byte stands, carried from line to line.
enum HTMLState {
  case text, tag, singleQuoted, doubleQuoted, comment, script, style

  /// Moves `i` past the next piece of the line and tells what it is.
  mutating func step(_ source: ByteView, _ i: inout Int, _ end: Int) -> MarkdownScan.Span.Kind {
    switch self {
    case .text:
      return stepInText(source, &i, end)
    case .tag:
      while i < end, self == .tag {
        switch source[i] {
        case UInt8(ascii: ">"): self = .text
        case UInt8(ascii: "\""): self = .doubleQuoted
        case UInt8(ascii: "'"): self = .singleQuoted
        default: break
        }
        i += 1
      }
    case .singleQuoted, .doubleQuoted:
      let quote = self == .singleQuoted ? UInt8(ascii: "'") : UInt8(ascii: "\"")
      while i < end, source[i] != quote { i += 1 }
      if i < end {
        i += 1
        self = .tag
      }
    case .comment: leave(after: "-->", source, &i, end)
    case .script: leave(after: "</script>", source, &i, end)
    case .style: leave(after: "</style>", source, &i, end)
    }
    return .html
  }

  private mutating func stepInText(
    _ source: ByteView, _ i: inout Int, _ end: Int
  ) -> MarkdownScan.Span.Kind {
    guard source[i] == UInt8(ascii: "<") else {
      while i < end, source[i] != UInt8(ascii: "<") { i += 1 }
      return .prose
    }
    if source.matches("<!--", at: i, end) {
      i += 4
      self = .comment
    } else if source.matches("<script", at: i, end) {
      i += 7
      self = .script
    } else if source.matches("<style", at: i, end) {
      i += 6
      self = .style
    } else {
      let next = source.peek(i + 1, end)
      i += 1
      guard ASCII.isLetter(next) || ASCII.isOne(of: "/!?", next) else { return .prose }
      self = .tag
    }
    return .html
  }

  private mutating func leave(
    after mark: StaticString, _ source: ByteView, _ i: inout Int, _ end: Int
  ) {
    if let found = source.find(mark, from: i, end) {
      i = found + mark.utf8CodeUnitCount
      self = .text
    } else {
      i = end
    }
  }
}
