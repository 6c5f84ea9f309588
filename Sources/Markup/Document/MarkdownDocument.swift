internal import CCmarkGFM

/// A note parsed by cmark-gfm: tables, strikethrough, autolinks, task lists.
///
/// Raw HTML is dropped, and a link to anything but http, https, mailto or a relative place is left
/// as its text. A text over the ``Limits`` becomes one paragraph of plain text instead, as the
/// parser needs quadratic time on some of those.
///
/// - Complexity: about 40 MB/s, twice for texts above ``Limits/untried``; never more than
///   ``Limits/seconds`` of processor time for each of the two. One parse at a time in the whole process.
public struct MarkdownDocument: ~Copyable {
  /// What is parsed at most.
  public enum Limits {
    /// Bytes of a text.
    public static let size = 1_000_000
    /// Brackets that are open at once in one block.
    public static let openBrackets = 500
    /// At signs in one block; each may be a mail address.
    public static let atSigns = 5_000
    /// Columns of a table.
    public static let columns = 200
    /// Block quotes, lists and inline elements inside each other.
    public static let depth = 100
    /// Bytes of a text that is parsed without trying it first: of the worst that random search over
    /// hostile pieces found, this much takes 0.1 s. A longer one is parsed in a child process before.
    public static let untried = 8_000
    /// Seconds of processor time that such a trial may take; what takes longer stays plain text.
    public static let seconds: UInt32 = 1
    /// Bytes of memory that it may take besides.
    public static let memory = 256 << 20
    /// Bytes that the addresses and titles of all links may take, beside twice those of the text.
    public static let addresses = 100_000
  }

  private let tree: Tree?
  private let source: String
  private let firstLine: Int

  /// Whether the text was over the ``Limits`` and is held as plain text.
  public var isPlain: Bool { tree == nil }

  /// Parses `text`, whose first line is counted as `line`; front matter must be cut off before.
  public init(_ text: String, line: Int = 1) {
    var text = text
    let parsed = text.withUTF8 { Limits.parse($0) }
    self.init(tree: parsed, source: text, line: line)
  }

  /// Parses `bytes`; invalid UTF-8 becomes U+FFFD.
  public init(_ bytes: UnsafeBufferPointer<UInt8>, line: Int = 1) {
    let parsed = Limits.parse(bytes)
    self.init(
      tree: parsed, source: parsed == nil ? String(decoding: bytes, as: UTF8.self) : "",
      line: line)
  }

  /// Parses `bytes`; invalid UTF-8 becomes U+FFFD.
  public init(_ bytes: [UInt8], line: Int = 1) {
    let parsed = bytes.withUnsafeBufferPointer { Limits.parse($0) }
    self.init(
      tree: parsed, source: parsed == nil ? String(decoding: bytes, as: UTF8.self) : "",
      line: line)
  }

  private init(tree: Tree?, source: String, line: Int) {
    self.tree = tree
    self.source = source
    firstLine = line
  }

  /// HTML that can be shown as it is: no raw HTML, no scripts, links only as listed above.
  public func safeHTML() -> String {
    if let tree { return tree.html() }
    return "<pre>" + HTMLText.escape(source) + "</pre>\n"
  }

  /// The blocks of the document as values, in order.
  public var blocks: [Block] {
    if let tree { return TreeReader(lineOffset: firstLine - 1).blocks(in: tree.root) }
    return [.paragraph([.text(source)], line: firstLine)]
  }

  /// The words alone: blocks on lines of their own, no markup; code as it is.
  public var plainText: String {
    tree == nil ? source : PlainText.of(blocks)
  }
}

/// Text for HTML.
enum HTMLText {
  static func escape(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
