/// Inline HTML: open and closing tags (CommonMark, section 6.6).
enum HTMLTag {
  /// The index after the open or closing tag at `start`, where there is a `<`.
  ///
  /// - Complexity: O(length up to the next `<` outside quotes).
  static func end(_ source: ByteView, _ start: Int, _ end: Int) -> Int? {
    var i = start + 1
    let isClosing = source.peek(i, end) == UInt8(ascii: "/")
    if isClosing { i += 1 }
    guard ASCII.isLetter(source.peek(i, end)) else { return nil }
    while i < end, ASCII.isAlphanumeric(source[i]) || source[i] == UInt8(ascii: "-") { i += 1 }
    while i < end {
      let before = i
      while i < end, ASCII.isSpace(source[i]) { i += 1 }
      let byte = source.peek(i, end)
      if byte == UInt8(ascii: ">") { return i + 1 }
      if isClosing { return nil }
      if byte == UInt8(ascii: "/") {
        return source.peek(i + 1, end) == UInt8(ascii: ">") ? i + 2 : nil
      }
      guard i > before, let next = attributeEnd(source, i, end) else { return nil }
      i = next
    }
    return nil
  }

  private static func attributeEnd(_ source: ByteView, _ start: Int, _ end: Int) -> Int? {
    let first = source.peek(start, end)
    guard ASCII.isLetter(first) || first == UInt8(ascii: "_") || first == UInt8(ascii: ":") else {
      return nil
    }
    var i = start + 1
    while i < end, ASCII.isAlphanumeric(source[i]) || ASCII.isOne(of: "_.:-", source[i]) { i += 1 }
    var value = i
    while value < end, ASCII.isSpace(source[value]) { value += 1 }
    guard source.peek(value, end) == UInt8(ascii: "=") else { return i }
    value += 1
    while value < end, ASCII.isSpace(source[value]) { value += 1 }
    guard value < end else { return nil }
    let quote = source[value]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      i = value + 1
      while i < end, source[i] != quote { i += 1 }
      return i < end ? i + 1 : nil
    }
    i = value
    while i < end, !ASCII.isSpace(source[i]), !ASCII.isOne(of: "\"'=<>`", source[i]) { i += 1 }
    return i > value ? i : nil
  }
}
