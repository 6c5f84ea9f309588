extension MarkdownScan {
  /// A piece of one line that is of one kind.
  public struct Span: Sendable, Hashable {
    /// What the bytes of a span are.
    public enum Kind: UInt8, Sendable, Hashable {
      /// Text of a heading.
      case heading
      /// Text of a paragraph, list item, quote, table cell or HTML element.
      case prose
      /// Content of a code span.
      case inlineCode
      /// A line of a fenced or indented code block.
      case code
      /// A URL or the target of a wikilink.
      case linkTarget
      /// Tags, comments, scripts and styles: not words.
      case html
      /// Content of `$…$` or `$$…$$`.
      case math
    }
    public let kind: Kind
    /// Bytes in the source, never empty.
    public let range: Range<Int>
    public let line: Int
    /// Whether it goes on with the paragraph, cell, heading or code block of the span before.
    public let joinsPrevious: Bool
  }

  /// An ATX or setext heading.
  public struct Heading: Sendable, Hashable {
    /// 1 to 6.
    public let level: Int
    /// The words without inline markup; a wikilink gives its label or else its target.
    public let text: String
    /// The content without the heading markers; a setext heading may cover several lines.
    public let range: Range<Int>
    /// The line its content starts on.
    public let line: Int
  }

  /// A fenced or indented code block; ``MarkdownScan/code(of:in:)`` gives its content.
  public struct CodeBlock: Sendable, Hashable {
    /// The language in lower case, without braces, dots and attributes; empty when none is named.
    public let language: String
    /// The info string after the fence, trimmed, escapes resolved; empty for indented code.
    public let info: String
    /// The raw lines between the fences with their line ends and container prefixes.
    public let contentRange: Range<Int>
    /// The lines of the whole block, fences included.
    public let lines: ClosedRange<Int>
    public let isFenced: Bool
    /// Whether a closing fence was found; true for indented code.
    public let isClosed: Bool
    let segments: Range<Int>
  }

  /// A link, embed, image or link definition.
  public struct Link: Sendable, Hashable {
    /// How the link is written.
    public enum Kind: UInt8, Sendable, Hashable {
      /// `[[target#fragment|label]]`.
      case wikilink
      /// `![[target#fragment|label]]`.
      case embed
      /// `[label](target "title")`.
      case markdown
      /// `![label](target)` or `![label][id]`.
      case image
      /// `<https://…>`, `<mail@address>` or a bare http or https URL.
      case autolink
      /// `[label][id]`, `[id][]` or `[id]` where `id` is defined.
      case reference
      /// `[label]: target`.
      case definition
    }
    public let kind: Kind
    /// The destination before `#`, escapes resolved, percent-decoded unless it has a scheme; a mail
    /// address in angle brackets gets `mailto:`.
    public let target: String
    /// What follows the first `#`, decoded alike; nil when there is no `#`.
    public let fragment: String?
    /// The text between the brackets as written, or the part after `|`; nil when there is none.
    /// Cut off after ``longestLabel`` bytes.
    public let label: String?
    /// The whole construct.
    public let range: Range<Int>
    /// The destination as written with its fragment, without `<>`; a reference has that of its
    /// definition.
    public let targetRange: Range<Int>
    public let line: Int
    /// Bytes from the start of the line, counted from 1.
    public let column: Int

    /// How many bytes of a label are kept, so that nested images do not multiply it.
    public static let longestLabel = 1_000

    public init(
      kind: Kind, target: String, fragment: String?, label: String?, range: Range<Int>,
      targetRange: Range<Int>, line: Int, column: Int
    ) {
      self.kind = kind
      self.target = target
      self.fragment = fragment
      self.label = label
      self.range = range
      self.targetRange = targetRange
      self.line = line
      self.column = column
    }

    /// Whether the target begins with a URL scheme, such as `https:` or `mailto:`.
    public var hasScheme: Bool { Destination.hasScheme(target.utf8) }
  }

  /// An inline `#tag`.
  public struct Tag: Sendable, Hashable {
    /// The name as written, without `#` and without a trailing `/`.
    public let name: String
    /// The bytes of `#` and the name.
    public let range: Range<Int>
    public let line: Int
    /// Bytes from the start of the line, counted from 1.
    public let column: Int
  }

  /// A list item with a checkbox.
  public struct Task: Sendable, Hashable {
    /// What stands between the brackets: a space when it is open, `x` when done, or another mark.
    public let mark: Character
    /// The bytes of the mark.
    public let markRange: Range<Int>
    /// The text after the checkbox to the end of the item's first paragraph.
    public let range: Range<Int>
    public let line: Int
  }

  /// The `^id` of a block.
  public struct BlockID: Sendable, Hashable {
    /// Letters, digits and dashes, without `^`.
    public let id: String
    public let line: Int
  }

  /// A block quote that begins with `[!type]`.
  public struct Callout: Sendable, Hashable {
    /// The type in lower case.
    public let type: String
    /// `+` (open) or `-` (folded) after the type, if there is one.
    public let fold: Character?
    /// The rest of its first line; may be empty.
    public let titleRange: Range<Int>
    public let line: Int
  }
}
