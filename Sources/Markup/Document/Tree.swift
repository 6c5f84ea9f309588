internal import CCmarkGFM

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The parser and the nodes it made; one owner, freed with it.
///
/// A class, as an optional of it is kept in a struct that frees nothing itself. It is never
/// changed after `init`.
final class Tree {
  private let parser: OpaquePointer
  let root: OpaquePointer

  private static let options = Int32(CMARK_OPT_VALIDATE_UTF8)

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    let made = ParserLock.shared.with { Self.parse(bytes) }
    guard let (parser, root) = made else { return nil }
    self.parser = parser
    self.root = root
    guard Self.clean(root, below: 2 * bytes.count + MarkdownDocument.Limits.addresses) else {
      return nil
    }
  }

  private static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (parser: OpaquePointer, root: OpaquePointer)? {
    guard allows(bytes), let parser = folio_cmark_parser(Self.options) else { return nil }
    if let base = bytes.baseAddress {
      base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        cmark_parser_feed(parser, $0, bytes.count)
      }
    }
    guard let root = cmark_parser_finish(parser) else {
      cmark_parser_free(parser)
      return nil
    }
    return (parser, root)
  }

  /// Whether the parser comes to an end with `bytes`: known of short texts, tried with others.
  private static func allows(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > MarkdownDocument.Limits.untried, let base = bytes.baseAddress else {
      return true
    }
    return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      folio_cmark_ends(
        $0, bytes.count, Self.options, MarkdownDocument.Limits.seconds,
        MarkdownDocument.Limits.memory) != 0
    }
  }

  deinit {
    cmark_node_free(root)
    cmark_parser_free(parser)
  }

  func html() -> String {
    guard
      let text = cmark_render_html(
        root, Self.options, cmark_parser_get_syntax_extensions(parser))
    else { return "" }
    defer { free(text) }
    return String(cString: text)
  }

  /// Takes out raw HTML, and links and images that lead where they may not.
  ///
  /// - Parameter limit: Bytes that all addresses and titles together may take: a definition that is used
  ///   often is repeated at each use.
  /// - Returns: Whether they are within the limit.
  private static func clean(_ root: OpaquePointer, below limit: Int) -> Bool {
    var unwanted: [OpaquePointer] = []
    var total = 0
    guard let iterator = cmark_iter_new(root) else { return true }
    while cmark_iter_next(iterator) != CMARK_EVENT_DONE {
      guard cmark_iter_get_event_type(iterator) == CMARK_EVENT_ENTER,
        let node = cmark_iter_get_node(iterator)
      else { continue }
      let type = cmark_node_get_type(node)
      if type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE {
        unwanted.append(node)
      } else if type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE {
        let url = Node.url(node)
        total += url.utf8.count + Node.title(node).utf8.count
        if total > limit { break }
        if !SafeURL.allows(url) { unwanted.append(node) }
      }
    }
    cmark_iter_free(iterator)
    for node in unwanted { remove(node) }
    return total <= limit
  }

  private static func remove(_ node: OpaquePointer) {
    let type = cmark_node_get_type(node)
    if type == CMARK_NODE_HTML_INLINE, isLineBreak(Node.literal(node)),
      let lineBreak = cmark_node_new(CMARK_NODE_LINEBREAK)
    {
      if cmark_node_replace(node, lineBreak) == 0 { cmark_node_free(lineBreak) }
    } else if type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE {
      while let child = cmark_node_first_child(node) {
        guard cmark_node_insert_before(node, child) == 1 else { break }
      }
    }
    cmark_node_unlink(node)
    cmark_node_free(node)
  }

  private static func isLineBreak(_ html: String) -> Bool {
    ["<br>", "<br/>", "<br />"].contains(html.lowercased())
  }
}

/// Where a link may lead.
enum SafeURL {
  /// Whether `url` is relative or begins with http, https or mailto.
  static func allows(_ url: String) -> Bool {
    var scheme = ""
    for scalar in url.unicodeScalars {
      switch scalar {
      case ":": return ["http", "https", "mailto"].contains(scheme.lowercased())
      case "/", "?", "#": return true
      default: scheme.unicodeScalars.append(scalar)
      }
    }
    // Entities and control characters hide no colon: the parser has resolved them, browsers drop
    // only tabs and line ends, and a scheme with those in it is not in the list.
    return true
  }
}

/// Strings of a node; absent ones are empty.
enum Node {
  static func url(_ node: OpaquePointer) -> String { string(cmark_node_get_url(node)) }
  static func title(_ node: OpaquePointer) -> String { string(cmark_node_get_title(node)) }
  static func literal(_ node: OpaquePointer) -> String { string(cmark_node_get_literal(node)) }
  static func info(_ node: OpaquePointer) -> String { string(cmark_node_get_fence_info(node)) }

  private static func string(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
  }
}
