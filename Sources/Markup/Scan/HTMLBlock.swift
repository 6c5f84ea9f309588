/// The start and end conditions of HTML blocks (CommonMark 0.29, section 4.6).
enum HTMLBlock {
  /// The kind (1 to 7) of the HTML block that begins at `start`, where there is a `<`.
  static func kind(_ source: ByteView, _ start: Int, _ end: Int, mayInterrupt: Bool) -> Int? {
    let next = start + 1
    guard next < end else { return nil }
    switch source[next] {
    case UInt8(ascii: "!"):
      if source.matches("--", at: next + 1, end) { return 2 }
      if source.matches("[cdata[", at: next + 1, end) { return 5 }
      return source.peek(next + 1, end) &- 65 < 26 ? 4 : nil
    case UInt8(ascii: "?"):
      return 3
    case UInt8(ascii: "/"):
      break
    case let byte:
      guard ASCII.isLetter(byte) else { return nil }
    }
    let isClosing = source[next] == UInt8(ascii: "/")
    let nameStart = isClosing ? next + 1 : next
    var i = nameStart
    while i < end, ASCII.isAlphanumeric(source[i]), i - nameStart < 16 { i += 1 }
    let name = nameStart..<i
    let after = source.peek(i, end)
    let endsName = i >= end || ASCII.isSpace(after) || after == UInt8(ascii: ">")
    let isRaw = rawNames.contains { equals(source, name, $0) }
    if isRaw, !isClosing, endsName { return 1 }
    if endsName || (after == UInt8(ascii: "/") && source.peek(i + 1, end) == UInt8(ascii: ">")),
      name.count >= 1, blockNames.contains(where: { equals(source, name, $0) })
    {
      return 6
    }
    guard mayInterrupt, !(isRaw && endsName && !isClosing) else { return nil }
    guard let tagEnd = HTMLTag.end(source, start, end) else { return nil }
    for k in tagEnd..<end where !ASCII.isSpace(source[k]) { return nil }
    return 7
  }

  /// Whether the block of this kind ends with the line `start..<end`.
  static func ends(_ kind: Int, _ source: ByteView, _ start: Int, _ end: Int) -> Bool {
    switch kind {
    case 1:
      return source.find("</script>", from: start, end) != nil
        || source.find("</pre>", from: start, end) != nil
        || source.find("</style>", from: start, end) != nil
    case 2: return source.find("-->", from: start, end) != nil
    case 3: return source.find("?>", from: start, end) != nil
    case 4: return source.find(">", from: start, end) != nil
    case 5: return source.find("]]>", from: start, end) != nil
    default: return false
    }
  }

  private static func equals(_ source: ByteView, _ range: Range<Int>, _ name: StaticString) -> Bool
  {
    range.count == name.utf8CodeUnitCount
      && source.matches(name, at: range.lowerBound, range.upperBound)
  }

  private static let rawNames: [StaticString] = ["script", "pre", "style"]
  private static let blockNames: [StaticString] = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center",
    "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu",
    "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "section", "source",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}
