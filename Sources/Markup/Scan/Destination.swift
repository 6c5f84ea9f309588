/// Link destinations and titles (CommonMark, section 6.3).
enum Destination {
  static func skipSpace(_ text: ByteView, _ start: Int, _ end: Int) -> Int {
    var i = start
    while i < end, ASCII.isSpace(text[i]) { i += 1 }
    return i
  }

  /// The destination at `start`, without `<>`, and the index after it.
  static func range(_ text: ByteView, _ start: Int, _ end: Int) -> (range: Range<Int>, next: Int)? {
    var i = start
    if text.peek(i, end) == UInt8(ascii: "<") {
      i += 1
      while i < end {
        switch text[i] {
        case UInt8(ascii: ">"): return (start + 1..<i, i + 1)
        case UInt8(ascii: "\n"), UInt8(ascii: "<"): return nil
        case UInt8(ascii: "\\"): i += 2
        default: i += 1
        }
      }
      return nil
    }
    var depth = 0
    while i < end {
      let byte = text[i]
      if byte == UInt8(ascii: "\\"), ASCII.isPunctuation(text.peek(i + 1, end)) {
        i += 2
        continue
      }
      if byte == UInt8(ascii: "(") {
        depth += 1
        if depth > 32 { return nil }
      } else if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      } else if ASCII.isSpace(byte) {
        break
      }
      i += 1
    }
    return (start..<i, i)
  }

  /// The index after the title at `start`.
  static func titleEnd(_ text: ByteView, _ start: Int, _ end: Int) -> Int? {
    let open = text.peek(start, end)
    let close: UInt8
    switch open {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): close = open
    case UInt8(ascii: "("): close = UInt8(ascii: ")")
    default: return nil
    }
    var i = start + 1
    while i < end {
      let byte = text[i]
      if byte == close { return i + 1 }
      if byte == open { return nil }
      i += byte == UInt8(ascii: "\\") && ASCII.isPunctuation(text.peek(i + 1, end)) ? 2 : 1
    }
    return nil
  }

  /// Whether `bytes` begin with a scheme of 2 to 32 characters and a colon.
  static func hasScheme(_ bytes: some Sequence<UInt8>) -> Bool {
    var length = 0
    for byte in bytes {
      if byte == UInt8(ascii: ":") { return length >= 2 }
      let isLater = ASCII.isDigit(byte) || ASCII.isOne(of: "+-.", byte)
      guard ASCII.isLetter(byte) || (length > 0 && isLater), length < 32 else { return false }
      length += 1
    }
    return false
  }

  /// Target and fragment of a destination as written.
  static func parts(
    _ source: ByteView, _ range: Range<Int>
  ) -> (target: String, fragment: String?) {
    var hash = range.upperBound
    var isWritten = true
    for i in range {
      let byte = source[i]
      if byte == UInt8(ascii: "#"), hash == range.upperBound { hash = i }
      if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "%") {
        isWritten = false
      }
    }
    guard isWritten else { return decodedParts(source.string(range)) }
    let target = source.string(range.lowerBound..<hash)
    let isSplit = hash < range.upperBound
    return (target, isSplit ? source.string(hash + 1..<range.upperBound) : nil)
  }

  private static func decodedParts(_ written: String) -> (target: String, fragment: String?) {
    let plain = Escapes.resolve(written)
    let isURL = hasScheme(plain.utf8)
    let pieces = plain.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let target = pieces.isEmpty ? "" : String(pieces[0])
    let fragment = pieces.count > 1 ? String(pieces[1]) : nil
    if isURL { return (target, fragment) }
    return (Escapes.percentDecode(target), fragment.map(Escapes.percentDecode))
  }
}
