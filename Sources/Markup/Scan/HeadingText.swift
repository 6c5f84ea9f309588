/// Gathers the visible text of a heading and takes emphasis markers out of it.
struct HeadingText {
  private struct Piece {
    var range: Range<Int>
    /// Whether the bytes stand for themselves: code, URLs, targets, math.
    var isCode: Bool
  }

  /// A run of `*`, `_`, `~` or `=`.
  private struct Run {
    var position: Int
    var byte: UInt8
    var length: Int
    var opens: Bool
    var closes: Bool
    var used = 0
  }

  private var pieces: [Piece] = []
  private var hidden: [Range<Int>] = []

  mutating func add(_ range: Range<Int>, isCode: Bool) {
    if !range.isEmpty { pieces.append(Piece(range: range, isCode: isCode)) }
  }

  /// Leaves out an opening bracket; the closing one is never part of a piece.
  mutating func hide(_ range: Range<Int>) { hidden.append(range) }

  /// The text, white space collapsed.
  func text(_ source: ByteView) -> String {
    if pieces.isEmpty { return "" }
    if pieces.count == 1, hidden.isEmpty, isPlain(source, pieces[0].range) {
      return source.string(source.trimmed(pieces[0].range))
    }
    var bytes: [UInt8] = []
    var runs: [Run] = []
    var left = hidden.sorted { $0.lowerBound < $1.lowerBound }[...]
    for piece in pieces {
      if piece.isCode {
        for i in piece.range { bytes.append(source[i]) }
      } else {
        append(source, piece.range, &left, &bytes, &runs)
      }
    }
    return collapse(bytes, droppedBytes(&runs))
  }

  private func isPlain(_ source: ByteView, _ range: Range<Int>) -> Bool {
    for i in range {
      let byte = source[i]
      if ASCII.isOne(of: "\\&*_~=", byte) || (ASCII.isSpace(byte) && byte != 32) { return false }
      if byte == 32, i > range.lowerBound, source[i - 1] == 32 { return false }
    }
    return true
  }

  private func append(
    _ source: ByteView, _ range: Range<Int>, _ hidden: inout ArraySlice<Range<Int>>,
    _ bytes: inout [UInt8], _ runs: inout [Run]
  ) {
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = source[i]
      while let first = hidden.first, first.lowerBound < i { hidden.removeFirst() }
      if let first = hidden.first, first.lowerBound == i {
        i = first.upperBound
      } else if byte == UInt8(ascii: "\\"),
        ASCII.isPunctuation(source.peek(i + 1, range.upperBound))
      {
        bytes.append(source[i + 1])
        i += 2
      } else if byte == UInt8(ascii: "\\"), i + 1 == range.upperBound,
        i < (pieces.last?.range.lowerBound ?? 0), ASCII.isSpace(source.peek(i + 1, source.end))
      {
        i += 1  // a hard line break
      } else if byte == UInt8(ascii: "&"),
        let found = Escapes.reference(
          (i..<min(i + 14, range.upperBound)).map { source[$0] }, 0)
      {
        bytes.append(contentsOf: String(found.0).utf8)
        i += found.1
      } else if ASCII.isOne(of: "*_~=", byte) {
        var end = i
        while end < range.upperBound, source[end] == byte { end += 1 }
        if let run = run(source, i..<end, at: bytes.count) { runs.append(run) }
        bytes.append(contentsOf: repeatElement(byte, count: end - i))
        i = end
      } else {
        bytes.append(byte)
        i += 1
      }
    }
  }

  /// Which way a delimiter run may face (CommonMark, section 6.2).
  private func run(_ source: ByteView, _ range: Range<Int>, at position: Int) -> Run? {
    let byte = source[range.lowerBound]
    if byte == UInt8(ascii: "="), range.count != 2 { return nil }
    if byte == UInt8(ascii: "~"), range.count > 2 { return nil }
    let low = range.lowerBound
    let before = low > source.origin ? source[low - 1] : 32
    let after = range.upperBound < source.end ? source[range.upperBound] : 32
    let opensLeft =
      !ASCII.isSpace(after)
      && (!ASCII.isPunctuation(after) || ASCII.isSpace(before) || ASCII.isPunctuation(before))
    let closesRight =
      !ASCII.isSpace(before)
      && (!ASCII.isPunctuation(before) || ASCII.isSpace(after) || ASCII.isPunctuation(after))
    var run = Run(
      position: position, byte: byte, length: range.count, opens: opensLeft, closes: closesRight)
    if byte == UInt8(ascii: "_") {
      run.opens = opensLeft && (!closesRight || ASCII.isPunctuation(before))
      run.closes = closesRight && (!opensLeft || ASCII.isPunctuation(after))
    }
    return run
  }

  /// Pairs the runs and gives the bytes that pairs take.
  private func droppedBytes(_ runs: inout [Run]) -> [Range<Int>] {
    var dropped: [Range<Int>] = []
    var open: [Int] = []
    for k in runs.indices {
      if runs[k].closes {
        // Bounded look-back: more than a few unmatched openers are no emphasis anyone wrote.
        while runs[k].length > runs[k].used,
          let found = open.suffix(32).lastIndex(where: { pairs(runs[$0], runs[k]) })
        {
          let opener = open[found]
          open.removeSubrange((found + 1)...)
          let left = min(
            runs[opener].length - runs[opener].used, runs[k].length - runs[k].used)
          let count =
            runs[k].byte == UInt8(ascii: "*") || runs[k].byte == UInt8(ascii: "_")
            ? min(left, 2) : left
          let openerEnd = runs[opener].position + runs[opener].length - runs[opener].used
          dropped.append(openerEnd - count..<openerEnd)
          let closerStart = runs[k].position + runs[k].used
          dropped.append(closerStart..<closerStart + count)
          runs[opener].used += count
          runs[k].used += count
          if runs[opener].used == runs[opener].length { open.removeLast() }
        }
      }
      if runs[k].opens, runs[k].used < runs[k].length {
        // What a run closed with is at its front; what it opens with is taken from its end.
        if runs[k].used > 0 {
          runs[k].position += runs[k].used
          runs[k].length -= runs[k].used
          runs[k].used = 0
        }
        open.append(k)
      }
    }
    return dropped
  }

  private func pairs(_ opener: Run, _ closer: Run) -> Bool {
    guard opener.byte == closer.byte else { return false }
    if opener.byte == UInt8(ascii: "~") || opener.byte == UInt8(ascii: "=") {
      return opener.length == closer.length
    }
    if opener.closes || closer.opens, (opener.length + closer.length) % 3 == 0 {
      return opener.length % 3 == 0 && closer.length % 3 == 0
    }
    return true
  }

  private func collapse(_ bytes: [UInt8], _ dropped: [Range<Int>]) -> String {
    let dropped = dropped.sorted { $0.lowerBound < $1.lowerBound }
    var next = 0
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    for (i, byte) in bytes.enumerated() {
      while next < dropped.count, dropped[next].upperBound <= i { next += 1 }
      if next < dropped.count, dropped[next].lowerBound <= i { continue }
      if !ASCII.isSpace(byte) {
        kept.append(byte)
      } else if let last = kept.last, last != 32 {
        kept.append(32)
      }
    }
    if kept.last == 32 { kept.removeLast() }
    return String(decoding: kept, as: UTF8.self)
  }
}
