internal import CCmarkGFM

/// Turns nodes into values.
struct TreeReader {
  /// Added to the parser's lines.
  let lineOffset: Int

  func blocks(in parent: OpaquePointer, depth: Int = 0) -> [MarkdownDocument.Block] {
    guard depth < MarkdownDocument.Limits.depth else { return [] }
    return children(of: parent).compactMap { block($0, depth) }
  }

  private func block(_ node: OpaquePointer, _ depth: Int) -> MarkdownDocument.Block? {
    let line = Int(cmark_node_get_start_line(node)) + lineOffset
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HEADING:
      return .heading(
        level: Int(cmark_node_get_heading_level(node)), inlines(in: node), line: line)
    case CMARK_NODE_PARAGRAPH:
      let content = inlines(in: node)
      return content.isEmpty ? nil : .paragraph(content, line: line)
    case CMARK_NODE_CODE_BLOCK:
      return .code(
        language: CodeLanguage.name(Node.info(node)), text: Node.literal(node), line: line)
    case CMARK_NODE_LIST:
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      return .list(
        start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
        isTight: cmark_node_get_list_tight(node) != 0,
        items: children(of: node).map { item($0, depth + 1) }, line: line)
    case CMARK_NODE_BLOCK_QUOTE:
      return .quote(blocks(in: node, depth: depth + 1), line: line)
    case CMARK_NODE_THEMATIC_BREAK:
      return .thematicBreak(line: line)
    case folio_cmark_node_table():
      return .table(table(node, line))
    default:
      return nil
    }
  }

  private func item(_ node: OpaquePointer, _ depth: Int) -> MarkdownDocument.ListItem {
    let isTask = String(cString: cmark_node_get_type_string(node)) == "tasklist"
    return MarkdownDocument.ListItem(
      isDone: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(node) : nil,
      blocks: blocks(in: node, depth: depth),
      line: Int(cmark_node_get_start_line(node)) + lineOffset)
  }

  private func table(_ node: OpaquePointer, _ line: Int) -> MarkdownDocument.Table {
    let count = Int(cmark_gfm_extensions_get_table_columns(node))
    var alignments = Array(repeating: MarkdownDocument.Table.Alignment.none, count: count)
    if let bytes = cmark_gfm_extensions_get_table_alignments(node) {
      for k in 0..<count {
        switch bytes[k] {
        case UInt8(ascii: "l"): alignments[k] = .left
        case UInt8(ascii: "c"): alignments[k] = .centre
        case UInt8(ascii: "r"): alignments[k] = .right
        default: break
        }
      }
    }
    var rows = children(of: node).map { row in
      var cells = children(of: row).map { inlines(in: $0) }
      while cells.count < count { cells.append([]) }
      return Array(cells.prefix(count))
    }
    let header = rows.isEmpty ? [] : rows.removeFirst()
    return MarkdownDocument.Table(
      alignments: alignments, header: header, rows: rows, line: line)
  }

  private func inlines(in parent: OpaquePointer, depth: Int = 0) -> [MarkdownDocument.Inline] {
    guard depth < MarkdownDocument.Limits.depth else { return flattened(parent) }
    var result: [MarkdownDocument.Inline] = []
    // Neighbouring texts become one.
    var words = ""
    for node in children(of: parent) {
      guard let one = inline(node, depth) else { continue }
      if case .text(let more) = one {
        words += more
        continue
      }
      if !words.isEmpty { result.append(.text(words)) }
      words = ""
      result.append(one)
    }
    if !words.isEmpty { result.append(.text(words)) }
    return result
  }

  private func inline(_ node: OpaquePointer, _ depth: Int) -> MarkdownDocument.Inline? {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: return .text(Node.literal(node))
    case CMARK_NODE_CODE: return .code(Node.literal(node))
    case CMARK_NODE_SOFTBREAK: return .softBreak
    case CMARK_NODE_LINEBREAK: return .lineBreak
    case CMARK_NODE_EMPH: return .emphasis(inlines(in: node, depth: depth + 1))
    case CMARK_NODE_STRONG: return .strong(inlines(in: node, depth: depth + 1))
    case folio_cmark_node_strikethrough():
      return .strikethrough(inlines(in: node, depth: depth + 1))
    case CMARK_NODE_LINK:
      return .link(
        url: Node.url(node), title: Node.title(node), inlines(in: node, depth: depth + 1))
    case CMARK_NODE_IMAGE:
      return .image(
        url: Node.url(node), title: Node.title(node), inlines(in: node, depth: depth + 1))
    default: return nil
    }
  }

  /// The words below `parent`, however deep.
  private func flattened(_ parent: OpaquePointer) -> [MarkdownDocument.Inline] {
    guard let iterator = cmark_iter_new(parent) else { return [] }
    defer { cmark_iter_free(iterator) }
    var text = ""
    while cmark_iter_next(iterator) != CMARK_EVENT_DONE {
      guard cmark_iter_get_event_type(iterator) == CMARK_EVENT_ENTER,
        let node = cmark_iter_get_node(iterator)
      else { continue }
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: text += Node.literal(node)
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
      default: break
      }
    }
    return text.isEmpty ? [] : [.text(text)]
  }

  private func children(of parent: OpaquePointer) -> [OpaquePointer] {
    var result: [OpaquePointer] = []
    var next = cmark_node_first_child(parent)
    while let node = next {
      result.append(node)
      next = cmark_node_next(node)
    }
    return result
  }
}
