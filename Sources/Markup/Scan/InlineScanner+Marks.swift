/// Tags, checkboxes, callouts and block ids.
extension InlineScanner {
  /// `#tag` after the start, white space or punctuation.
  mutating func readTag() {
    let hash = position
    position += 1
    if hash > start, !mayPrecedeTag(hash) { return }
    var i = position
    var hasNonDigit = false
    var hasWordCharacter = false
    while i < end {
      let byte = text[i]
      if byte >= 128 {
        guard let (scalar, length) = decode(i), Self.isTagScalar(scalar) else { break }
        hasNonDigit = true
        hasWordCharacter = true
        i += length
      } else if ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") {
        hasWordCharacter = true
        if !ASCII.isDigit(byte) { hasNonDigit = true }
        i += 1
      } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") {
        hasNonDigit = true
        i += 1
      } else {
        break
      }
    }
    while i > position, text[i - 1] == UInt8(ascii: "/") { i -= 1 }
    guard hasNonDigit, hasWordCharacter, i > position, hasLetter(position..<i) else { return }
    result.tags.append(
      MarkdownScan.Tag(
        name: text.string(position..<i), range: hash..<i, line: line,
        column: hash - lineStart + 1))
    position = i
  }

  /// Whether a byte of `range` is not a digit.
  private func hasLetter(_ range: Range<Int>) -> Bool {
    for i in range where !ASCII.isDigit(text[i]) { return true }
    return false
  }

  private func mayPrecedeTag(_ hash: Int) -> Bool {
    let before = text[hash - 1]
    if before < 128 {
      return ASCII.isSpace(before)
        || (ASCII.isPunctuation(before) && !ASCII.isOne(of: "/&#\\_-=", before))
    }
    var i = hash - 1
    while i > start, text[i] & 0xC0 == 0x80 { i -= 1 }
    guard let (scalar, _) = decode(i) else { return true }
    return !Self.isTagScalar(scalar)
  }

  private func decode(_ index: Int) -> (Unicode.Scalar, Int)? {
    let first = text[index]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    guard length > 0, index + length <= end else { return nil }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for k in 1..<length {
      guard text[index + k] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(text[index + k] & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  /// Letters, marks, numbers, emoji and what joins them.
  private static func isTagScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\u{200D}" || scalar == "\u{FE0F}" { return true }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return true
    default:
      return properties.isEmoji || properties.isEmojiModifier
    }
  }

  /// The checkbox at the start of a list item.
  mutating func readTask() {
    guard text.peek(start, end) == UInt8(ascii: "["), start + 3 <= end else { return }
    let markStart = start + 1
    var markEnd = markStart + 1
    if text[markStart] >= 128 {
      while markEnd < end, markEnd - markStart < 32, text[markEnd] >= 128 { markEnd += 1 }
    }
    guard text[markStart] != 10, text[markStart] != UInt8(ascii: "]"),
      text.peek(markEnd, end) == UInt8(ascii: "]"),
      markEnd + 1 == end || ASCII.isSpace(text[markEnd + 1])
    else { return }
    let mark = text.string(markStart..<markEnd)
    guard mark.count == 1, let character = mark.first,
      definitions.isEmpty || definitions[Label.normalise(mark)] == nil
    else { return }
    let body = text.trimmed(markEnd + 1..<end)
    result.tasks.append(
      MarkdownScan.Task(
        mark: character, markRange: markStart..<markEnd, range: body, line: line))
    position = markEnd + 1
    while position < end, text[position] == 32 || text[position] == 9 { position += 1 }
    start = position
    pending = position
  }

  /// `[!type]± title` at the start of a quote.
  mutating func readCallout() {
    guard text.matches("[!", at: start, end) else { return }
    var close = start + 2
    while close < end, text[close] != UInt8(ascii: "]") {
      guard text[close] > 32, text[close] != UInt8(ascii: "[") else { return }
      close += 1
    }
    guard close < end, close > start + 2 else { return }
    let type = text.string(start + 2..<close).lowercased()
    var i = close + 1
    var fold: Character?
    let sign = text.peek(i, end)
    if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      fold = sign == UInt8(ascii: "+") ? "+" : "-"
      i += 1
    }
    guard i == end || ASCII.isSpace(text[i]) else { return }
    var lineEnd = i
    while lineEnd < end, text[lineEnd] != 10 { lineEnd += 1 }
    result.callouts.append(
      MarkdownScan.Callout(
        type: type, fold: fold, titleRange: text.trimmed(i..<lineEnd), line: line))
    position = i
    pending = i
    while position < lineEnd, text[position] == 32 || text[position] == 9 { position += 1 }
    pending = position
  }

  /// `^id` at the end of the text at hand, after white space or alone.
  mutating func readBlockID() {
    var high = end
    while high > start, ASCII.isSpace(text[high - 1]) { high -= 1 }
    var low = high
    while low > start, ASCII.isAlphanumeric(text[low - 1]) || text[low - 1] == UInt8(ascii: "-") {
      low -= 1
    }
    guard low < high, low > start, text[low - 1] == UInt8(ascii: "^"),
      low - 1 == start || ASCII.isSpace(text[low - 2])
    else { return }
    // `line` is the line of the last byte, or of the line end after it.
    var idLine = line
    for i in high..<max(high, min(position, end)) where text[i] == 10 { idLine -= 1 }
    result.blockIDs.append(MarkdownScan.BlockID(id: text.string(low..<high), line: idLine))
  }
}
