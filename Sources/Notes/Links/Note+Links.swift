public import Markup

extension Note {
  /// The links of the text, and the wikilinks in quotes of the front matter (`up: "[[index]]"`), in
  /// the order in which they stand.
  public var links: [MarkdownScan.Link] { frontMatterLinks + markdown.links }

  /// Wikilinks in the values of the front matter. Without quotes, `[[a]]` is a list in a list.
  var frontMatterLinks: [MarkdownScan.Link] {
    guard frontMatter.format == .yaml, let root = frontMatter.root else { return [] }
    var links: [MarkdownScan.Link] = []
    func visit(_ node: YAMLNode) {
      switch node.value {
      case .scalar(let text, _):
        if Self.opensLink(text) { addLinks(in: node.range, to: &links) }
      case .sequence(let items, _): for item in items { visit(item) }
      case .mapping(let entries, _): for entry in entries { visit(entry.value) }
      }
    }
    visit(root)
    return links
  }

  private static func opensLink(_ text: String) -> Bool {
    var before: UInt8 = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "["), before == byte { return true }
      before = byte
    }
    return false
  }

  private func addLinks(in range: Range<Int>, to links: inout [MarkdownScan.Link]) {
    let base = frontMatter.content.lowerBound
    let end = base + range.upperBound
    var at = base + range.lowerBound
    while at + 1 < end {
      guard bytes[at] == UInt8(ascii: "["), bytes[at + 1] == UInt8(ascii: "[") else {
        at += 1
        continue
      }
      var close = at + 2
      while close + 1 < end, bytes[close] != UInt8(ascii: "]"), bytes[close] != UInt8(ascii: "["),
        bytes[close] != 0x0A
      {
        close += 1
      }
      guard close + 1 < end, bytes[close] == UInt8(ascii: "]"),
        bytes[close + 1] == UInt8(ascii: "]"), close > at + 2
      else {
        at += 2
        continue
      }
      links.append(link(from: at, to: close))
      at = close + 2
    }
  }

  private func link(from open: Int, to close: Int) -> MarkdownScan.Link {
    let inner = (open + 2)..<close
    let pipe = bytes[inner].firstIndex(of: UInt8(ascii: "|"))
    let target = inner.lowerBound..<(pipe ?? close)
    let hash = bytes[target].firstIndex(of: UInt8(ascii: "#"))
    func text(_ range: Range<Int>) -> String {
      String(decoding: bytes[range], as: UTF8.self).withoutOuterSpaces
    }
    var start = open
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return MarkdownScan.Link(
      kind: .wikilink, target: text(target.lowerBound..<(hash ?? target.upperBound)),
      fragment: hash.map { text($0 + 1..<target.upperBound) },
      label: pipe.map { text($0 + 1..<close) }, range: open..<close + 2, targetRange: target,
      line: 1 + bytes[..<open].count { $0 == 0x0A }, column: open - start + 1)
  }
}

extension String {
  var withoutOuterSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
