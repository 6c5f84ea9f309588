/// What is known of the backtick runs in a text.
///
/// The first search that fails has seen every run, so each later one is answered at once.
struct BacktickRuns {
  static let longest = 80
  var lastOfLength: [Int] = []
  var hasSeenAll = false
}

extension InlineScanner {
  mutating func readCode() {
    let open = position
    var body = open
    while body < end, text[body] == UInt8(ascii: "`") { body += 1 }
    guard let close = closingTicks(body - open, from: body) else {
      position = body
      return
    }
    flush(to: open)
    position = body
    heading?.add(body..<close, isCode: true)
    skipLines(to: close, as: .inlineCode)
    position = close + (body - open)
    pending = position
  }

  private mutating func closingTicks(_ length: Int, from index: Int) -> Int? {
    guard length <= BacktickRuns.longest else { return nil }
    if ticks.hasSeenAll, ticks.lastOfLength[length] < index { return nil }
    var found: Int?
    forEachTickRun(from: index) { start, count in
      if count == length { found = start }
      return found == nil
    }
    if found == nil {
      var lastOfLength = Array(repeating: -1, count: BacktickRuns.longest + 1)
      forEachTickRun(from: index) { start, count in
        if count <= BacktickRuns.longest { lastOfLength[count] = start }
        return true
      }
      ticks.lastOfLength = lastOfLength
      ticks.hasSeenAll = true
    }
    return found
  }

  /// Calls `body` with where each run of backticks from `index` on starts and how long it is, as long as
  /// it says so.
  @inline(__always)
  private mutating func forEachTickRun(from index: Int, _ body: (Int, Int) -> Bool) {
    let (text, end) = (text, end)
    var i = text.first(UInt8(ascii: "`"), from: index, end)
    while i < end {
      let start = i
      while i < end, text[i] == UInt8(ascii: "`") { i += 1 }
      if !body(start, i - start) { return }
      i = text.first(UInt8(ascii: "`"), from: i, end)
    }
  }

  /// `$…$` with no space inside the dollars and no letter, digit or brace after, or `$$…$$`.
  mutating func readMath() {
    let open = position
    if text.peek(open + 1, end) == UInt8(ascii: "$") {
      guard !closers.math, let close = text.find("$$", from: open + 2, end) else {
        closers.math = true
        position += 2
        return
      }
      return skipMath(open, open + 2, close, close + 2)
    }
    position += 1
    guard let first = nextByte(position), !ASCII.isSpace(first) else { return }
    var i = position
    while i < end, text[i] != UInt8(ascii: "$"), text[i] != 10 {
      i += text[i] == UInt8(ascii: "\\") && i + 1 < end && text[i + 1] != 10 ? 2 : 1
    }
    guard i < end, text[i] == UInt8(ascii: "$"), !ASCII.isSpace(text[i - 1]) else { return }
    let after = text.peek(i + 1, end)
    guard !ASCII.isAlphanumeric(after), !ASCII.isOne(of: "_{($", after) else { return }
    skipMath(open, open + 1, i, i + 1)
  }

  private mutating func skipMath(_ open: Int, _ low: Int, _ high: Int, _ close: Int) {
    flush(to: open)
    heading?.add(low..<high, isCode: true)
    position = low
    skipLines(to: high, as: .math)
    position = close
    pending = close
  }

  private func nextByte(_ index: Int) -> UInt8? { index < end ? text[index] : nil }

  /// `%% … %%` in one paragraph is hidden.
  mutating func readComment() {
    guard text.peek(position + 1, end) == UInt8(ascii: "%"), !closers.percent else {
      position += 1
      return
    }
    guard let close = text.find("%%", from: position + 2, end) else {
      closers.percent = true
      position += 2
      return
    }
    flush(to: position)
    skipLines(to: close + 2, as: .html)
  }

  /// Hugo's `{{< … >}}` and `{{% … %}}` and Liquid's `{% … %}` on one line stay text.
  mutating func readShortcode() {
    let open = position
    let next = text.peek(open + 1, end)
    let third = text.peek(open + 2, end)
    let isHugo =
      next == UInt8(ascii: "{") && (third == UInt8(ascii: "<") || third == UInt8(ascii: "%"))
    guard isHugo || next == UInt8(ascii: "%") else {
      position += 1
      return
    }
    var i = open + (isHugo ? 3 : 2)
    position = i
    let mark = isHugo && third == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "%")
    while i < end, text[i] != 10, text[i] != UInt8(ascii: "{") {
      if text[i] == mark, text.peek(i + 1, end) == UInt8(ascii: "}") {
        position = min(i + (isHugo ? 3 : 2), end)
        return
      }
      i += 1
    }
  }

  /// An autolink, tag or comment in angle brackets.
  mutating func readAngle() {
    let open = position
    if let close = autolinkEnd(open) {
      flush(to: open)
      let url = open + 1..<close
      heading?.add(url, isCode: true)
      addLink(.autolink, url, label: nil, range: open..<close + 1, openedOn: (line, lineStart))
      emit(.linkTarget, url)
      position = close + 1
      pending = position
      return
    }
    guard let close = htmlEnd(open) else {
      position += 1
      return
    }
    flush(to: open)
    skipLines(to: close, as: .html)
  }

  private func autolinkEnd(_ open: Int) -> Int? {
    var i = open + 1
    guard ASCII.isAlphanumeric(text.peek(i, end)) else { return nil }
    var at: Int?
    var colon: Int?
    while i < end {
      let byte = text[i]
      if byte == UInt8(ascii: ">") { break }
      if byte <= 32 || byte == UInt8(ascii: "<") { return nil }
      if byte == UInt8(ascii: "@"), at == nil { at = i }
      if byte == UInt8(ascii: ":"), colon == nil { colon = i }
      i += 1
    }
    guard i < end else { return nil }
    if let colon, Destination.hasScheme((open + 1...colon).lazy.map { text[$0] }) { return i }
    guard let at, colon == nil, at + 1 < i else { return nil }
    for k in open + 1..<i where k != at {
      let byte = text[k]
      let isMark =
        k < at ? ASCII.isOne(of: "._-+!#$&'*/=?^`{|}~%", byte) : ASCII.isOne(of: "-.", byte)
      guard ASCII.isAlphanumeric(byte) || isMark else { return nil }
    }
    return i
  }

  private mutating func htmlEnd(_ open: Int) -> Int? {
    let next = text.peek(open + 1, end)
    if next == UInt8(ascii: "?") {
      return closer("?>", from: open + 2, \.instruction)
    }
    if next == UInt8(ascii: "!") {
      if text.matches("--", at: open + 2, end) { return closer("-->", from: open + 4, \.comment) }
      if text.matches("[cdata[", at: open + 2, end) {
        return closer("]]>", from: open + 9, \.cdata)
      }
      guard ASCII.isLetter(text.peek(open + 2, end)) else { return nil }
      return closer(">", from: open + 2, \.declaration)
    }
    return HTMLTag.end(text, open, end)
  }

  private mutating func closer(
    _ mark: StaticString, from index: Int, _ isMissing: WritableKeyPath<MissingClosers, Bool>
  ) -> Int? {
    guard !closers[keyPath: isMissing] else { return nil }
    guard let found = text.find(mark, from: index, end) else {
      closers[keyPath: isMissing] = true
      return nil
    }
    return found + mark.utf8CodeUnitCount
  }
}
