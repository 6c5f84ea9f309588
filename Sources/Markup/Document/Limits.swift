extension MarkdownDocument.Limits {
  /// The tree of `bytes`, or nil when they are over the limits.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Tree? {
    allow(bytes) ? Tree(bytes) : nil
  }

  /// Whether the parser can be given `bytes`: looked up in their block structure, in linear time.
  static func allow(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= size else { return false }
    guard let base = bytes.baseAddress else { return true }
    let source = ByteView(base: base, origin: 0, end: bytes.count)
    var blocks = BlockScanner(source, from: 0, line: 1)
    blocks.scan()
    guard blocks.deepest < depth else { return false }
    for leaf in blocks.leaves {
      switch leaf.kind {
      case .tableRow:
        let row = blocks.segments[leaf.segments.lowerBound].range
        guard TableRow.cellCount(source, row) <= columns, allow(source, [row]) else { return false }
      case .paragraph, .heading, .comment:
        guard allow(source, blocks.segments[leaf.segments].lazy.map(\.range)) else { return false }
      case .fenced, .indented, .html, .definition:
        break
      }
    }
    return true
  }

  /// Whether few enough brackets stay open, and few enough constructs are begun and never ended.
  private static func allow(_ source: ByteView, _ lines: some Sequence<Range<Int>>) -> Bool {
    var open = 0
    var angles = 0
    var ats = 0
    for line in lines {
      for i in line {
        switch source[i] {
        case UInt8(ascii: "["):
          open += 1
          if open > openBrackets { return false }
        case UInt8(ascii: "]"):
          open = max(0, open - 1)
        case UInt8(ascii: "@"):
          ats += 1
          if ats > atSigns { return false }
        case UInt8(ascii: "<") where ASCII.isOne(of: "?!", source.peek(i + 1, line.upperBound)):
          angles += 1
          if angles > openBrackets { return false }
        default:
          break
        }
      }
    }
    return true
  }
}
