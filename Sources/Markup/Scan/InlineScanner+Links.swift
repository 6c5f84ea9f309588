extension InlineScanner {
  mutating func openBracket() {
    if readWikilink(at: position, isEmbed: false) { return }
    push(isImage: false, at: position)
    position += 1
  }

  mutating func openImage() {
    guard text.peek(position + 1, end) == UInt8(ascii: "[") else {
      position += 1
      return
    }
    if readWikilink(at: position + 1, isEmbed: true) { return }
    push(isImage: true, at: position)
    position += 2
  }

  private mutating func push(isImage: Bool, at index: Int) {
    if !brackets.isEmpty { brackets[brackets.count - 1].hasBracketAfter = true }
    brackets.append(
      Bracket(
        position: index, isImage: isImage, linkCount: result.links.count, line: line,
        lineStart: lineStart))
  }

  /// `[[target#fragment|label]]` on one line, without brackets inside.
  ///
  /// Of three brackets the inner two are taken, and `[[1]](url)` is a link whose label is `[1]`.
  private mutating func readWikilink(at open: Int, isEmbed: Bool) -> Bool {
    guard text.peek(open + 1, end) == UInt8(ascii: "[") else { return false }
    var close = open + 2
    var pipe: Int?
    while close < end {
      let byte = text[close]
      if byte == UInt8(ascii: "]") { break }
      if byte == UInt8(ascii: "[") || byte == 10 { return false }
      if byte == UInt8(ascii: "|"), pipe == nil { pipe = close }
      close += 1
    }
    guard text.peek(close, end) == UInt8(ascii: "]"),
      text.peek(close + 1, end) == UInt8(ascii: "]"),
      text.peek(close + 2, end) != UInt8(ascii: "(")
    else { return false }
    var targetEnd = pipe ?? close
    if pipe != nil, text[targetEnd - 1] == UInt8(ascii: "\\") { targetEnd -= 1 }
    guard targetEnd >= open + 2 else { return false }
    let target = text.trimmed(open + 2..<targetEnd)
    guard !target.isEmpty else { return false }

    let begin = isEmbed ? open - 1 : open
    let label = pipe.map { text.trimmed($0 + 1..<close) }
    flush(to: begin)
    addWikilink(isEmbed ? .embed : .wikilink, target, label, begin..<close + 2)
    emit(.linkTarget, target)
    if let label, !label.isEmpty {
      emit(textKind, label)
      heading?.add(label, isCode: false)
    } else {
      heading?.add(target, isCode: true)
    }
    position = close + 2
    pending = position
    return true
  }

  private mutating func addWikilink(
    _ kind: MarkdownScan.Link.Kind, _ target: Range<Int>, _ label: Range<Int>?, _ range: Range<Int>
  ) {
    var hash = target.lowerBound
    while hash < target.upperBound, text[hash] != UInt8(ascii: "#") { hash += 1 }
    let isSplit = hash < target.upperBound
    result.links.append(
      MarkdownScan.Link(
        kind: kind, target: text.string(text.trimmed(target.lowerBound..<hash)),
        fragment: isSplit ? text.string(text.trimmed(hash + 1..<target.upperBound)) : nil,
        label: label.map { text.string($0.prefix(MarkdownScan.Link.longestLabel)) },
        range: range, targetRange: target, line: line, column: range.lowerBound - lineStart + 1))
  }

  mutating func closeBracket() {
    let close = position
    position += 1
    guard let opener = brackets.popLast() else { return }
    let isActive = opener.isImage || brackets.count >= inactiveBrackets
    inactiveBrackets = min(inactiveBrackets, brackets.count)
    guard isActive else { return }
    let label = opener.position + (opener.isImage ? 2 : 1)..<close
    if text.peek(position, end) == UInt8(ascii: "("), readInlineLink(opener, label) {
      return
    }
    guard !definitions.isEmpty else { return }
    readReference(opener, label)
  }

  /// `(destination "title")` after the label of `opener`.
  private mutating func readInlineLink(_ opener: Bracket, _ label: Range<Int>) -> Bool {
    let url = Destination.skipSpace(text, position + 1, end)
    guard let destination = Destination.range(text, url, end) else { return false }
    var close = Destination.skipSpace(text, destination.next, end)
    var title: Range<Int>?
    if close > destination.next, let titleEnd = Destination.titleEnd(text, close, end) {
      title = close + 1..<titleEnd - 1
      close = Destination.skipSpace(text, titleEnd, end)
    }
    guard text.peek(close, end) == UInt8(ascii: ")") else { return false }
    finishLink(opener, opener.isImage ? .image : .markdown, label, destination.range, close + 1)
    moveTo(destination.range.lowerBound)
    emit(.linkTarget, destination.range)
    if let title {
      moveTo(title.lowerBound)
      skipLines(to: title.upperBound, as: textKind)
    }
    moveTo(close + 1)
    pending = position
    return true
  }

  /// Moves on over markup that may hold line ends.
  private mutating func moveTo(_ index: Int) {
    while position < index {
      if text[position] == 10 {
        line += 1
        lineStart = position + 1
      }
      position += 1
    }
  }

  /// `[label][id]`, `[id][]` or `[id]`, where `id` is defined.
  private mutating func readReference(_ opener: Bracket, _ label: Range<Int>) {
    var id = label
    var next = position
    if let full = Label.range(text, position, end) {
      id = full
      next = full.upperBound + 1
    } else {
      guard !opener.hasBracketAfter, label.count <= 1_000 else { return }
      if text.peek(position, end) == UInt8(ascii: "["),
        text.peek(position + 1, end) == UInt8(ascii: "]")
      {
        next = position + 2
      }
    }
    guard text.peek(id.lowerBound, end) != UInt8(ascii: "^"),
      let index = definitions[Label.normalise(text.string(id))]
    else { return }
    finishLink(
      opener, opener.isImage ? .image : .reference, label, parsed[index].destination, next)
    moveTo(next)
    pending = position
  }

  /// Emits the label and adds the link that ends at `limit`.
  private mutating func finishLink(
    _ opener: Bracket, _ kind: MarkdownScan.Link.Kind, _ label: Range<Int>,
    _ destination: Range<Int>, _ limit: Int
  ) {
    flush(to: label.upperBound)
    heading?.hide(opener.position..<label.lowerBound)
    // A bare URL in a label is part of that link.
    while let last = result.links.last, result.links.count > opener.linkCount,
      last.kind == .autolink, last.range == last.targetRange
    {
      result.links.removeLast()
    }
    addLink(
      kind, destination, label: label, range: opener.position..<limit,
      openedOn: (opener.line, opener.lineStart))
    if !opener.isImage { inactiveBrackets = brackets.count }
  }

  mutating func addLink(
    _ kind: MarkdownScan.Link.Kind, _ destination: Range<Int>, label: Range<Int>?,
    range: Range<Int>, openedOn place: (line: Int, start: Int)
  ) {
    var parts = parts(of: destination, isShared: kind == .reference || kind == .image)
    // Between angle brackets, what has no scheme is a mail address.
    if kind == .autolink, !Destination.hasScheme(parts.target.utf8) {
      parts.target = "mailto:" + parts.target
    }
    isOutOfOrder = isOutOfOrder || range.lowerBound < (result.links.last?.range.lowerBound ?? 0)
    result.links.append(
      MarkdownScan.Link(
        kind: kind, target: parts.target, fragment: parts.fragment,
        label: label.map { text.string($0.prefix(MarkdownScan.Link.longestLabel)) }, range: range,
        targetRange: destination, line: place.line, column: range.lowerBound - place.start + 1))
  }

  /// Target and fragment; many references to one long definition share one copy.
  private mutating func parts(
    of destination: Range<Int>, isShared: Bool
  ) -> (target: String, fragment: String?) {
    guard isShared else { return Destination.parts(source, destination) }
    if let known = knownParts[destination] { return known }
    let parts = Destination.parts(source, destination)
    knownParts[destination] = parts
    return parts
  }

  /// A bare http or https URL, found at its colon (GitHub's autolink extension).
  mutating func readBareURL() {
    let colon = position
    position += 1
    guard text.matches("//", at: colon + 1, end), colon + 3 < end else { return }
    var begin = colon
    while begin > pending, colon - begin < 6, ASCII.isLetter(text[begin - 1]) { begin -= 1 }
    guard
      (colon - begin == 4 && text.matches("http", at: begin, colon))
        || (colon - begin == 5 && text.matches("https", at: begin, colon)),
      text[colon + 3] >= 128 || ASCII.isAlphanumeric(text[colon + 3])
        || text[colon + 3] == UInt8(ascii: "[")
    else { return }
    var limit = colon + 3
    let isInBrackets = !brackets.isEmpty
    while limit < end, text[limit] > 32, text[limit] != UInt8(ascii: "<"),
      text[limit] != UInt8(ascii: "`"), !isInBrackets || text[limit] != UInt8(ascii: "]")
    {
      limit += 1
    }
    limit = trimmedURL(colon + 3, limit)
    guard limit > colon + 3 else { return }
    flush(to: begin)
    let url = begin..<limit
    heading?.add(url, isCode: true)
    addLink(.autolink, url, label: nil, range: url, openedOn: (line, lineStart))
    emit(.linkTarget, url)
    position = limit
    pending = limit
  }

  /// The end of a bare URL without trailing punctuation and unbalanced parentheses.
  private func trimmedURL(_ low: Int, _ high: Int) -> Int {
    var opened = 0
    var closed = 0
    for i in low..<high {
      if text[i] == UInt8(ascii: "(") { opened += 1 }
      if text[i] == UInt8(ascii: ")") { closed += 1 }
    }
    var limit = high
    while limit > low {
      let last = text[limit - 1]
      if last == UInt8(ascii: ")") {
        guard closed > opened else { break }
        closed -= 1
      } else if !ASCII.isOne(of: "?!.,:;*_~'\"|", last) {
        break
      }
      limit -= 1
    }
    return limit
  }
}
