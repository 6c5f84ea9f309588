/// What a search index and a link graph need of one note, read in one pass over its bytes.
///
/// Blocks follow CommonMark 0.29 with GitHub's tables; inside them wikilinks, embeds, tags, tasks,
/// block ids, callouts, `$math$` and `%% comments %%` are known as well. All ranges are half-open
/// byte offsets into the bytes given, lines count from 1, columns are bytes and count from 1.
/// Containers nested deeper than ``maximumDepth`` are read as text. Lines end with LF or CRLF.
///
/// - Complexity: O(n) on every input, invalid UTF-8 included.
public struct MarkdownScan: Sendable {
  /// How deep block quotes and list items may nest before their markers are text.
  public static let maximumDepth = 100

  /// Pieces of the note in document order; none crosses a line end and none overlaps another.
  public internal(set) var spans: [Span] = []
  /// ATX and setext headings, not those in code, HTML blocks or comments.
  public internal(set) var headings: [Heading] = []
  /// Fenced and indented code blocks.
  public internal(set) var codeBlocks: [CodeBlock] = []
  /// Links of every kind, by where they start.
  public internal(set) var links: [Link] = []
  /// Inline `#tags`.
  public internal(set) var tags: [Tag] = []
  /// List items that begin with `[ ]`, `[x]` or another mark of one character.
  public internal(set) var tasks: [Task] = []
  /// Block ids (`^id` at the end of a paragraph or list item).
  public internal(set) var blockIDs: [BlockID] = []
  /// Block quotes that begin with `[!type]`.
  public internal(set) var callouts: [Callout] = []

  var codeLines: [Segment] = []

  /// Scans `bytes` from `offset`, the first byte after the front matter, on line `line`.
  ///
  /// Ranges and lines count from the start of `bytes`. An offset outside the input scans nothing.
  public init(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int = 0, line: Int = 1) {
    guard let base = bytes.baseAddress, offset >= 0, offset < bytes.count else { return }
    let source = ByteView(base: base, origin: 0, end: bytes.count)
    var blocks = BlockScanner(source, from: offset, line: line)
    blocks.scan()
    var inlines = InlineScanner(source, blocks)
    inlines.scan()
    self = inlines.result
  }

  /// Scans `bytes` from `offset`, the first byte after the front matter, on line `line`.
  public init(_ bytes: [UInt8], from offset: Int = 0, line: Int = 1) {
    self = bytes.withUnsafeBufferPointer { MarkdownScan($0, from: offset, line: line) }
  }

  init() {}
}
