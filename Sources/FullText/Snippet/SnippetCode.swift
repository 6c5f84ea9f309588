extension Snippet {
  /// The fenced code of a document, as far as its lines were read.
  struct Fences {
    private struct Open {
      var sign: UInt8
      var length: Int
      /// Where the line behind the opening fence begins.
      var start: Int
    }

    private var open: Open?
    private var blocks = List<CodeBlock>()

    /// Takes a line without its line feed, which begins at `at` of the document.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>, at: Int) {
      var first = 0
      while first < line.count, isBlank(line[first]) || line[first] == UInt8(ascii: ">") {
        first += 1
      }
      guard first + 2 < line.count, line[first] == 0x60 || line[first] == 0x7E else { return }
      let sign = line[first]
      var end = first
      while end < line.count, line[end] == sign { end += 1 }
      guard end - first >= 3 else { return }
      if let open {
        let isBare = line[end...].allSatisfy(isBlank)
        guard sign == open.sign, end - first >= open.length, isBare else { return }
        blocks.append(CodeBlock(start: open.start, end: at, fence: []))
        self.open = nil
      } else if sign == 0x7E || !line[end...].contains(sign) {
        open = Open(sign: sign, length: end - first, start: at + line.count + 1)
      }
    }

    /// The block of code in which a place is; one that is still open may end behind it.
    private func block(at place: Int) -> CodeBlock? {
      if let open, open.start <= place {
        let fence = [UInt8](repeating: open.sign, count: open.length)
        return CodeBlock(start: open.start, end: nil, fence: fence)
      }
      return blocks.last { $0.start <= place && place < $0.end ?? .max }
    }

    /// How many different words of the query there are.
    private static func groups(
      _ matches: Slice<List<Match>>, where isMeant: (Match) -> Bool = { _ in true }
    ) -> Int {
      var groups: [Int] = []
      for match in matches where isMeant(match) && !groups.contains(match.group) {
        groups.append(match.group)
      }
      return groups.count
    }

    /// The block that has as many different words of the query as all of `matches`, with the part of it
    /// from the first to the last of them that it has; nil when none has.
    func block(of matches: Slice<List<Match>>) -> Place? {
      let wanted = Self.groups(matches)
      var last: CodeBlock?
      for match in matches {
        guard let block = block(at: match.start), block.start != last?.start else { continue }
        last = block
        func isInside(_ match: Match) -> Bool {
          block.start <= match.start && match.end <= block.end ?? .max
        }
        guard wanted > 0, Self.groups(matches, where: isInside) == wanted else { continue }
        var place = Place(block: block, from: .max, to: 0)
        for match in matches where isInside(match) {
          place.from = min(place.from, match.start)
          place.to = max(place.to, match.end)
        }
        return place
      }
      return nil
    }
  }

  /// A part of a block of code.
  struct Place {
    var block: CodeBlock
    var from: Int
    var to: Int
  }

  /// The lines between two fences.
  struct CodeBlock {
    private static let mostLines = 5

    var start: Int
    /// Where the closing fence begins; nil when it was not met yet.
    var end: Int?
    /// What the line of the closing fence begins with, when it was not met.
    var fence: [UInt8]

    /// The lines around `found`; nil when those alone are too long to be shown whole.
    func excerpt(
      _ bytes: UnsafeBufferPointer<UInt8>, _ limit: Int, _ found: Range<Int>,
      _ matches: List<Match>,
      _ length: Int
    ) -> Excerpt? {
      var from = found.lowerBound
      while from > start, bytes[from - 1] != 0x0A { from -= 1 }
      var to = Snippet.lineEnd(bytes, max(from, found.upperBound), min(limit, end ?? limit))
      var lines = bytes[from..<to].count { $0 == 0x0A } + 1
      guard to - from <= 2 * length else { return nil }
      // What comes behind mostly says more than what comes before.
      var grows = (behind: true, before: true)
      while lines < Self.mostLines, grows.behind || grows.before {
        if grows.behind {
          grows.behind = false
          if let next = lineBehind(bytes, to, limit), next - from <= length {
            to = next
            lines += 1
            grows.behind = true
          }
        }
        if grows.before, lines < Self.mostLines {
          grows.before = false
          if from > start {
            var before = from - 1
            while before > start, bytes[before - 1] != 0x0A { before -= 1 }
            if to - before <= length {
              from = before
              lines += 1
              grows.before = true
            }
          }
        }
      }
      return text(bytes, from..<to, matches)
    }

    /// The end of the line behind the one that ends at `at`; nil when there is none or it is a fence.
    private func lineBehind(
      _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ limit: Int
    ) -> Int? {
      let stop = min(limit, end ?? limit)
      guard at + 1 < stop else { return nil }
      let next = Snippet.lineEnd(bytes, at + 1, stop)
      guard end == nil else { return next }
      let isFence = bytes[(at + 1)..<next].drop(while: Snippet.isBlank).starts(with: fence)
      return isFence ? nil : next
    }

    /// The lines without blank ones at both ends and without what all of them are indented by.
    private func text(
      _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ matches: List<Match>
    ) -> Excerpt {
      var lines = List<Range<Int>>()
      var at = range.lowerBound
      while at <= range.upperBound {
        let next = Snippet.lineEnd(bytes, at, range.upperBound)
        lines.append(at..<next)
        at = next + 1
      }
      func isEmpty(_ line: Range<Int>) -> Bool { bytes[line].allSatisfy(isBlank) }
      while let last = lines.last, isEmpty(last) { lines.removeLast() }
      let first = lines.firstIndex { !isEmpty($0) } ?? lines.count
      var least: Int?
      for line in lines[first...] where !isEmpty(line) {
        let indent = bytes[line].prefix { $0 == 0x20 || $0 == 0x09 }.count
        least = min(least ?? indent, indent)
      }
      let indent = least ?? 0
      var text: [UInt8] = []
      text.reserveCapacity(range.count + 16)
      var places = [Int](repeating: 0, count: range.count + 1)
      for (number, line) in lines[first...].enumerated() {
        if number > 0 { text.append(0x0A) }
        var at = min(line.lowerBound + indent, line.upperBound)
        for place in line.lowerBound..<at { places[place - range.lowerBound] = text.count }
        var stop = line.upperBound
        while stop > at, isBlank(bytes[stop - 1]) { stop -= 1 }
        let source = UnsafeBufferPointer(rebasing: bytes[0..<stop])
        while at < stop {
          if bytes[at] >= 0x20, bytes[at] < 0x7F {
            places[at - range.lowerBound] = text.count
            text.append(bytes[at])
            at += 1
            continue
          }
          let (scalar, length) = TextFolding.decode(source, at)
          for place in at..<at + length { places[place - range.lowerBound] = text.count }
          if scalar != 0x09, Snippet.isHarmful(scalar) {
            TextFolding.appendUTF8(0xFFFD, to: &text)
          } else {
            text.append(contentsOf: bytes[at..<at + length])
          }
          at += length
        }
        for place in stop...line.upperBound { places[place - range.lowerBound] = text.count }
      }
      let shown = lines[first...]
      let whole = (shown.first?.lowerBound ?? 0)..<(shown.last?.upperBound ?? 0)
      return Excerpt(
        text: String(decoding: text, as: UTF8.self),
        matches: Snippet.ranges(of: matches, whole) { places[$0 - range.lowerBound] },
        line: Snippet.line(of: whole, matches, bytes))
    }
  }
}
