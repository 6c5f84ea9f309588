/// The parts of a link definition `[label]: destination "title"`.
struct Definition {
  var label: Range<Int>
  var destination: Range<Int>
  var title: Range<Int>?
  var range: Range<Int>
}

extension BlockScanner {
  /// Takes the link definitions off the front of the open paragraph.
  ///
  /// - Returns: Whether text is left.
  mutating func takeDefinitions() -> Bool {
    let range = leaf.segments.lowerBound..<segments.count
    guard let first = range.first else { return false }
    let start = segments[first].start
    guard source.peek(start, segments[first].end) == UInt8(ascii: "[") else { return true }
    let end = segments[range.upperBound - 1].end
    var gaps = GapFreeText()
    let taken = gaps.with(source, segments, range, leaf.hasMarkersBetween) { text in
      var taken: [Definition] = []
      var next = range.lowerBound
      while next < range.upperBound,
        let one = Self.definition(text, segments[next].start, end)
      {
        taken.append(one)
        while next < range.upperBound, segments[next].start < one.range.upperBound { next += 1 }
      }
      return taken
    }
    for definition in taken { keep(definition) }
    return leaf.segments.lowerBound < segments.count
  }

  private mutating func keep(_ definition: Definition) {
    var next = leaf.segments.lowerBound
    while next < segments.count, segments[next].start < definition.range.upperBound { next += 1 }
    var kept = Leaf(kind: .definition, line: leaf.line, segments: leaf.segments.lowerBound..<next)
    kept.definition = parsed.count
    let label = Label.normalise(source.string(definition.label))
    if definitions[label] == nil { definitions[label] = parsed.count }
    parsed.append(definition)
    leaves.append(kept)
    leaf.line += next - leaf.segments.lowerBound
    leaf.segments = next..<next
    leaf.beginsItem = false
    leaf.beginsQuote = false
  }

  /// The definition at the start of `text`; it ends where a line does.
  private static func definition(_ text: ByteView, _ start: Int, _ end: Int) -> Definition? {
    guard let label = Label.range(text, start, end), text.peek(label.upperBound + 1, end) == 58,
      text[label.lowerBound] != UInt8(ascii: "^")
    else { return nil }
    let url = Destination.skipSpace(text, label.upperBound + 2, end)
    guard let destination = Destination.range(text, url, end), destination.next > url else {
      return nil
    }
    let next = destination.next
    let title = Destination.skipSpace(text, next, end)
    if title > next, let titleEnd = Destination.titleEnd(text, title, end),
      let lineEnd = endOfLine(text, titleEnd, end)
    {
      return Definition(
        label: label, destination: destination.range, title: title + 1..<titleEnd - 1,
        range: start..<lineEnd)
    }
    guard let lineEnd = endOfLine(text, next, end) else { return nil }
    return Definition(
      label: label, destination: destination.range, title: nil, range: start..<lineEnd)
  }

  /// The end of the line at `start` when only spaces are left on it.
  private static func endOfLine(_ text: ByteView, _ start: Int, _ end: Int) -> Int? {
    var i = start
    while i < end, text[i] == 32 || text[i] == 9 || text[i] == 13 { i += 1 }
    return i == end || text[i] == 10 ? max(start, 0) : nil
  }
}

/// Link labels: `[label]`.
enum Label {
  /// The bytes between the brackets of the label at `start`, at most 1,000 and not all blank.
  static func range(_ text: ByteView, _ start: Int, _ end: Int) -> Range<Int>? {
    guard text.peek(start, end) == UInt8(ascii: "[") else { return nil }
    var i = start + 1
    var hasText = false
    while i < end, i - start <= 1_000 {
      let byte = text[i]
      if byte == UInt8(ascii: "]") { return hasText ? start + 1..<i : nil }
      if byte == UInt8(ascii: "[") { return nil }
      if !ASCII.isSpace(byte) { hasText = true }
      i += byte == UInt8(ascii: "\\") && ASCII.isPunctuation(text.peek(i + 1, end)) ? 2 : 1
    }
    return nil
  }

  /// The form in which labels are compared: lower case, runs of white space as one space.
  static func normalise(_ label: String) -> String {
    var folded: [UInt8] = []
    for byte in label.lowercased().utf8 {
      if !ASCII.isSpace(byte) {
        folded.append(byte)
      } else if let last = folded.last, last != 32 {
        folded.append(32)
      }
    }
    if folded.last == 32 { folded.removeLast() }
    return String(decoding: folded, as: UTF8.self)
  }
}

/// Gives a leaf as one text in which only white space stands between its lines.
///
/// Where quote markers do, the leaf is copied with spaces in their place, so that offsets stay.
struct GapFreeText {
  private var copy: [UInt8] = []

  mutating func with<Result>(
    _ source: ByteView, _ segments: [Segment], _ range: Range<Int>, _ hasMarkers: Bool,
    _ body: (ByteView) -> Result
  ) -> Result {
    guard hasMarkers, range.count > 1 else { return body(source) }
    let start = segments[range.lowerBound].start
    let end = segments[range.upperBound - 1].end
    copy.removeAll(keepingCapacity: true)
    copy.append(
      contentsOf: UnsafeBufferPointer(
        start: source.base + (start - source.origin), count: end - start))
    for index in range.dropFirst() {
      var i = segments[index].start - 1
      while i >= segments[index - 1].end, copy[i - start] != 10 {
        copy[i - start] = 32
        i -= 1
      }
    }
    return copy.withUnsafeBufferPointer {
      body(ByteView(base: $0.baseAddress!, origin: start, end: end))
    }
  }
}
