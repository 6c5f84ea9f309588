/// Where the front matter of a text begins and ends, found without reading what is in it.
struct FrontMatterFence {
  let format: FrontMatter.Format
  let content: Range<Int>
  let bodyStart: Int

  /// The block that begins at `start`, or nil. A fence that is never closed opens nothing.
  static func find(in bytes: [UInt8], from start: Int) -> FrontMatterFence? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "-"):
      return fenced(bytes, start, marker: "---", closers: ["---", "..."], format: .yaml)
    case UInt8(ascii: "+"):
      return fenced(bytes, start, marker: "+++", closers: ["+++"], format: .toml)
    case UInt8(ascii: "{"):
      return json(bytes, start)
    default:
      return nil
    }
  }

  private static func fenced(
    _ bytes: [UInt8], _ start: Int, marker: StaticString, closers: [StaticString],
    format: FrontMatter.Format
  ) -> FrontMatterFence? {
    guard let first = lineEnd(bytes, start), isFence(bytes, start..<first.end, marker) else {
      return nil
    }
    var line = first.next
    while line < bytes.count {
      let end = lineEnd(bytes, line) ?? (end: bytes.count, next: bytes.count)
      if closers.contains(where: { isFence(bytes, line..<end.end, $0) }) {
        return FrontMatterFence(format: format, content: first.next..<line, bodyStart: end.next)
      }
      line = end.next
    }
    return nil
  }

  /// A JSON object at the start of the file, up to its closing brace and the end of that line.
  private static func json(_ bytes: [UInt8], _ start: Int) -> FrontMatterFence? {
    guard let second = bytes[(start + 1)...].first(where: { !isSpace($0) }),
      second == UInt8(ascii: "\"") || second == UInt8(ascii: "}")
    else { return nil }
    var depth = 0
    var inString = false
    var at = start
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\") where inString: at += 1
      case UInt8(ascii: "\""): inString.toggle()
      case UInt8(ascii: "{") where !inString, UInt8(ascii: "[") where !inString: depth += 1
      case UInt8(ascii: "}") where !inString, UInt8(ascii: "]") where !inString:
        depth -= 1
        if depth == 0 {
          let end = lineEnd(bytes, at + 1) ?? (end: bytes.count, next: bytes.count)
          guard bytes[(at + 1)..<end.end].allSatisfy(isSpace) else { return nil }
          return FrontMatterFence(format: .json, content: start..<at + 1, bodyStart: end.next)
        }
      default: break
      }
      at += 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// The end of the line at `start` without its line feed, and where the next one begins; nil when
  /// no line feed follows.
  private static func lineEnd(_ bytes: [UInt8], _ start: Int) -> (end: Int, next: Int)? {
    guard start <= bytes.count, let feed = bytes[start...].firstIndex(of: 0x0A) else { return nil }
    return (feed, feed + 1)
  }

  /// A fence stands alone on its line; white space may follow it.
  private static func isFence(
    _ bytes: [UInt8], _ line: Range<Int>, _ marker: StaticString
  ) -> Bool {
    guard line.count >= 3 else { return false }
    let matches = marker.withUTF8Buffer { bytes[line.prefix(3)].elementsEqual($0) }
    return matches && bytes[line.dropFirst(3)].allSatisfy { isSpace($0) }
  }
}
