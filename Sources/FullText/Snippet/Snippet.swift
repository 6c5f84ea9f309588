#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Cuts out the piece of a document that shows best why it was found.
///
/// Prose comes on one line, without the marks at the beginnings of lines that mean nothing to a
/// reader: quotes, heading signs, fences, rules of tables. Fenced code stays code: whole lines as
/// they stand, but for what all of them are indented by.
public enum Snippet {
  /// A piece of a document: one line of prose, or some lines of code.
  public struct Excerpt: Sendable, Equatable {
    public var text: String
    /// What was found: ascending ranges of UTF-8 bytes in `text`.
    public var matches: ByteRanges
    /// The line of the first match, or that of the piece where nothing matches; from 1.
    public var line: Int
  }

  /// At most this much of a document is looked at, in bytes.
  private static let longestLook = 256 * 1024

  /// After this much, in bytes, the best window so far is taken.
  private static let enoughLook = 32 * 1024

  /// The window with the most different words of the query; without any, the first prose line.
  ///
  /// - Parameters:
  ///   - bytes: The whole document.
  ///   - from: Where its body starts; what stands before is not shown.
  ///   - maximumLength: About how many bytes to show, at least 20; ends are whole words.
  /// - Returns: Blanks of prose folded, control and direction characters and bytes that are no UTF-8
  ///   replaced by U+FFFD. Cost: about 2 ns a byte of the body, of which 256 KB are looked at, and
  ///   10 ns a byte of the lines that may have something to find.
  public static func best(
    in bytes: UnsafeBufferPointer<UInt8>, from: Int, for matcher: Matcher, maximumLength: Int = 160
  ) -> Excerpt {
    let start = min(max(0, from), bytes.count)
    let end = min(bytes.count, start + longestLook)
    let length = max(20, maximumLength)
    var found = Found(matcher)
    var fences = Fences()
    var best: Range<Int>?
    if !matcher.isEmpty {
      var analyser = Analyser()
      var at = start
      while at < end {
        let next = pieceEnd(bytes, at, end)
        let known = found.matches.count
        while at < next {
          let lineEnd = lineEnd(bytes, at, next)
          fences.read(UnsafeBufferPointer(rebasing: bytes[at..<lineEnd]), at: at)
          matcher.forEachPiece(in: bytes, at..<lineEnd) {
            _ = analyser.run(bytes, $0, position: 0, into: &found)
          }
          at = lineEnd + 1
        }
        at = next
        guard found.matches.count > known else { continue }
        // A window with every word cannot be bettered further down, and one with some of them is good
        // enough when the document is long.
        sort(&found.matches)
        let (range, isComplete) = window(found.matches, matcher.groupCount, length)
        best = range
        if isComplete || (best != nil && at - start > enoughLook) { break }
      }
    }
    guard let window = best else { return prose(bytes, start, end, length) }
    let first = found.matches[window.lowerBound].start
    var last = first
    for number in window { last = max(last, found.matches[number].end) }
    if let place = fences.block(of: found.matches[window]),
      let excerpt = place.block.excerpt(
        bytes, end, place.from..<place.to, found.matches, length)
    {
      return excerpt
    }
    let room = max(0, length - (last - first))
    let from = wordStart(bytes, max(start, first - room / 3), least: start, most: first)
    let to = wordEnd(bytes, max(last, min(end, from + length)), least: last, most: end)
    return excerpt(bytes, from, to, found.matches)
  }

  public static func best(
    in bytes: [UInt8], from: Int, for matcher: Matcher, maximumLength: Int = 160
  ) -> Excerpt {
    bytes.withUnsafeBufferPointer {
      best(in: $0, from: from, for: matcher, maximumLength: maximumLength)
    }
  }

  struct Match {
    var start: Int
    var end: Int
    var group: Int
  }

  private struct Found: TokenSink {
    let matcher: Matcher
    var matches = List<Match>()

    init(_ matcher: Matcher) { self.matcher = matcher }

    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      guard let group = matcher.group(text) else { return }
      matches.append(Match(start: token.start, end: token.end, group: group))
    }
  }

  /// By where they begin, then where they end; they come nearly so.
  private static func sort(_ matches: inout List<Match>) {
    matches.withUnsafeMutableBufferPointer { matches in
      var place = 1
      while place < matches.count {
        let match = matches[place]
        var at = place
        while at > 0, (match.start, match.end) < (matches[at - 1].start, matches[at - 1].end) {
          matches[at] = matches[at - 1]
          at -= 1
        }
        matches[at] = match
        place += 1
      }
    }
  }

  /// The end of the next piece of about 8 KB to look at: a line end, so that no word is cut.
  private static func pieceEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int
  ) -> Int {
    guard end - at > pieceLength else { return end }
    return bytes[(at + pieceLength)..<end].firstIndex(of: 0x0A).map { $0 + 1 } ?? end
  }

  private static let pieceLength = 8 << 10

  /// Where the line at `at` ends, without its line feed; at most `limit`.
  static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ limit: Int) -> Int {
    guard at < limit, let base = bytes.baseAddress, limit <= bytes.count,
      let found = memchr(base + at, 0x0A, limit - at)
    else { return limit }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The matches, by number, of the window of `length` bytes with the most different groups, then
  /// the most matches; the first of equals. Also whether all groups are in it.
  private static func window(
    _ matches: List<Match>, _ groups: Int, _ length: Int
  ) -> (range: Range<Int>?, isComplete: Bool) {
    guard !matches.isEmpty else { return (nil, false) }
    var counts = [Int](repeating: 0, count: groups)
    var different = 0
    var to = 0
    var best: (different: Int, count: Int, range: Range<Int>)?
    for from in matches.indices {
      while to < matches.count, to == from || matches[to].end - matches[from].start <= length {
        counts[matches[to].group] += 1
        if counts[matches[to].group] == 1 { different += 1 }
        to += 1
      }
      let count = to - from
      if best.map({ (different, count) > ($0.different, $0.count) }) ?? true {
        best = (different, count, from..<to)
      }
      counts[matches[from].group] -= 1
      if counts[matches[from].group] == 0 { different -= 1 }
    }
    return (best?.range, best?.different == groups)
  }

  // MARK: Cutting

  static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

  /// The start of a word at or after `at`, but no later than `most`.
  private static func wordStart(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, least: Int, most: Int
  ) -> Int {
    var at = at
    if at > least, !isBlank(bytes[at - 1]) {
      while at < most, !isBlank(bytes[at]) { at += 1 }
    }
    while at < most, isBlank(bytes[at]) { at += 1 }
    return min(at, most)
  }

  /// The end of a word at or before `at`, but no earlier than `least`.
  private static func wordEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, least: Int, most: Int
  ) -> Int {
    var at = min(at, most)
    if at < bytes.count, !isBlank(bytes[at]) {
      while at > least, !isBlank(bytes[at - 1]) { at -= 1 }
    }
    while at > least, isBlank(bytes[at - 1]) { at -= 1 }
    // A match may end in the middle of a word that goes on in characters of several bytes.
    while at < most, bytes[at] & 0xC0 == 0x80 { at += 1 }
    return at
  }

  /// The first line that is prose rather than a heading, a fence or a rule; else the first line.
  private static func prose(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ length: Int
  ) -> Excerpt {
    var fallback: (Int, Int)?
    var at = start
    var isCode = false
    while at < end {
      var lineEnd = at
      while lineEnd < end, bytes[lineEnd] != 0x0A { lineEnd += 1 }
      var first = at
      while first < lineEnd, isBlank(bytes[first]) { first += 1 }
      if first < lineEnd {
        let isFence =
          lineEnd - first >= 3 && (bytes[first] == 0x60 || bytes[first] == 0x7E)
          && bytes[first + 1] == bytes[first] && bytes[first + 2] == bytes[first]
        if isFence { isCode.toggle() }
        if fallback == nil, !isFence { fallback = (first, lineEnd) }
        let kind = ASCIIClass.table[Int(bytes[first])]
        let opens =
          kind == ASCIIClass.lower || kind == ASCIIClass.upper || kind == ASCIIClass.digit
          || kind == ASCIIClass.beyond || bytes[first] == UInt8(ascii: "*")
          || bytes[first] == UInt8(ascii: "_") || bytes[first] == UInt8(ascii: "[")
          || bytes[first] == 0x60
        if opens, !isCode, !isFence {
          fallback = (first, lineEnd)
          break
        }
      }
      at = lineEnd + 1
    }
    guard let (from, lineEnd) = fallback else { return Excerpt(text: "", matches: [], line: 1) }
    let to = wordEnd(bytes, min(lineEnd, from + length), least: from + 1, most: lineEnd)
    return excerpt(bytes, from, to, List())
  }

  /// `bytes[from..<to]` made harmless, with the matches inside.
  private static func excerpt(
    _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int, _ matches: List<Match>
  ) -> Excerpt {
    var text: [UInt8] = []
    text.reserveCapacity(to - from + 16)
    // Where each source byte went.
    var places = [Int](repeating: 0, count: to - from + 1)
    var at = from
    let source = UnsafeBufferPointer(rebasing: bytes[0..<to])
    while at < to {
      places[at - from] = text.count
      let byte = bytes[at]
      if byte > 0x20, byte < 0x7F, at > 0, bytes[at - 1] != 0x0A {
        text.append(byte)
        at += 1
        continue
      }
      if at == 0 || bytes[at - 1] == 0x0A {
        let next = Markup.end(in: bytes, at, to)
        if next > at {
          for index in at..<next { places[index - from] = text.count }
          at = next
          continue
        }
      }
      if isBlank(byte), byte == 0x20 || (0x09...0x0D).contains(byte) {
        if let last = text.last, last != 0x20 { text.append(0x20) }
        at += 1
        continue
      }
      let (scalar, length) = TextFolding.decode(source, at)
      if isHarmful(scalar) {
        TextFolding.appendUTF8(0xFFFD, to: &text)
      } else {
        for index in at..<at + length { text.append(bytes[index]) }
      }
      for index in at + 1..<at + length { places[index - from] = text.count }
      if at + length <= to { places[at + length - from] = text.count }
      at += length
    }
    places[to - from] = text.count
    let ranges = ranges(of: matches, from..<to) { places[$0 - from] }
    while text.last == 0x20, ranges.end < text.count { text.removeLast() }
    return Excerpt(
      text: String(decoding: text, as: UTF8.self), matches: ranges,
      line: line(of: from..<to, matches, bytes))
  }

  /// The places of the matches inside `part` after `place` has moved them; what overlaps is one.
  static func ranges(
    of matches: List<Match>, _ part: Range<Int>, _ place: (Int) -> Int
  ) -> ByteRanges {
    var ranges = ByteRanges()
    for match in matches where match.start >= part.lowerBound && match.end <= part.upperBound {
      let (from, to) = (place(match.start), place(match.end))
      guard from < to else { continue }
      if from < ranges.end {
        ranges.extendLast(to: max(ranges.end, to))
      } else {
        ranges.append(from..<to)
      }
    }
    return ranges
  }

  /// The line to open: that of the first word found, or where the part begins.
  static func line(
    of part: Range<Int>, _ matches: List<Match>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let shown =
      matches.first { $0.start >= part.lowerBound && $0.end <= part.upperBound }?.start
      ?? part.lowerBound
    return 1 + LineFeeds.count(in: UnsafeBufferPointer(rebasing: bytes[..<shown]))
  }

  /// Control characters and marks that turn the direction of the text round.
  static func isHarmful(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E,
      0x2066...0x2069, 0xFFFD:
      true
    default: false
    }
  }
}
