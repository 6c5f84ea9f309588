import CCmarkGFM

@testable import Markup

/// What cmark-gfm makes of a text: the measure for the scanner.
struct CmarkReading {
  struct Heading: Hashable {
    var level: Int
    var line: Int
    var text: String
  }
  struct Code: Hashable {
    var line: Int
    var info: String
    var content: String
    var isFenced: Bool
  }

  var headings: [Heading] = []
  var code: [Code] = []
  var destinations: [String] = []

  init(_ bytes: [UInt8], line: Int = 1) {
    let (parser, root) = ParserLock.shared.with {
      cmark_gfm_core_extensions_ensure_registered()
      let parser = cmark_parser_new(0)
      for name in ["table", "strikethrough", "autolink", "tasklist"] {
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
      }
      bytes.withUnsafeBytes {
        cmark_parser_feed(parser, $0.bindMemory(to: CChar.self).baseAddress, bytes.count)
      }
      return (parser, cmark_parser_finish(parser))
    }
    defer {
      cmark_node_free(root)
      cmark_parser_free(parser)
    }
    read(root, line - 1)
  }

  private mutating func read(_ root: OpaquePointer?, _ lineOffset: Int) {
    let iterator = cmark_iter_new(root)
    defer { cmark_iter_free(iterator) }
    var heading: Heading?
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      let node = cmark_iter_get_node(iterator)
      let type = cmark_node_get_type(node)
      if event == CMARK_EVENT_EXIT {
        if type == CMARK_NODE_HEADING, var done = heading {
          // The scanner collapses white space.
          done.text = done.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          headings.append(done)
          heading = nil
        }
        continue
      }
      let line = Int(cmark_node_get_start_line(node)) + lineOffset
      switch type {
      case CMARK_NODE_HEADING:
        heading = Heading(level: Int(cmark_node_get_heading_level(node)), line: line, text: "")
      case CMARK_NODE_TEXT, CMARK_NODE_CODE:
        heading?.text += String(cString: cmark_node_get_literal(node))
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
        heading?.text += " "
      case CMARK_NODE_CODE_BLOCK:
        var length: Int32 = 0
        var fenceOffset: Int32 = 0
        var mark: CChar = 0
        let isFenced = cmark_node_get_fenced(node, &length, &fenceOffset, &mark) != 0
        code.append(
          Code(
            line: line, info: String(cString: cmark_node_get_fence_info(node)),
            content: String(cString: cmark_node_get_literal(node)), isFenced: isFenced))
      case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
        let url = String(cString: cmark_node_get_url(node))
        destinations.append(url.hasPrefix("mailto:") ? String(url.dropFirst(7)) : url)
      default: break
      }
    }
  }
}

extension CmarkReading {
  /// The same facts as the scanner gives them.
  init(scanned scan: MarkdownScan, _ bytes: [UInt8]) {
    headings = scan.headings.map { Heading(level: $0.level, line: $0.line, text: $0.text) }
    code = scan.codeBlocks.map {
      Code(
        line: $0.lines.lowerBound, info: $0.info,
        content: String(decoding: scan.code(of: $0, in: bytes), as: UTF8.self),
        isFenced: $0.isFenced)
    }
    destinations = scan.links.filter { $0.kind != .definition }.map {
      Escapes.resolve(String(decoding: bytes[$0.targetRange], as: UTF8.self))
    }
  }
}
