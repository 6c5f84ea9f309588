/// The language that an info string names.
enum CodeLanguage {
  /// The first word in lower case: `Swift`, `swift,linenos`, `{.swift #id}` and `{swift}` all give
  /// `swift`.
  static func name(_ info: String) -> String {
    var rest = info.utf8[...]
    func skip(_ set: StaticString) { rest = rest.drop { ASCII.isOne(of: set, $0) } }
    skip(" \t")
    if rest.first == UInt8(ascii: "{") {
      rest.removeFirst()
      skip(" \t")
    }
    if rest.first == UInt8(ascii: ".") { rest.removeFirst() }
    let word = rest.prefix { !ASCII.isOne(of: " \t,;{}:=\r\n", $0) }
    return Substring(word).lowercased()
  }
}

extension MarkdownScan {
  /// The content of a block as CommonMark reads it, each line ended by LF.
  ///
  /// Container prefixes and the indentation of the fence are removed. `bytes` are those that were
  /// scanned; others of a smaller size give what is there of them.
  public func code(of block: CodeBlock, in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(block.contentRange.count)
    for segment in codeLines[block.segments] {
      content.append(contentsOf: repeatElement(32, count: segment.padding))
      let end = min(segment.end, bytes.count)
      if segment.start < end { content.append(contentsOf: bytes[segment.start..<end]) }
      content.append(10)
    }
    return content
  }

  /// The content of a block as CommonMark reads it, each line ended by LF.
  public func code(of block: CodeBlock, in bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { code(of: block, in: $0) }
  }
}
