extension MarkdownScan {
  /// Where `%% comments %%` stand, ascending, one range a line; a comment that is all of its line has
  /// the line feed behind it too.
  ///
  /// `bytes` are those that were scanned.
  public func comments(in bytes: [UInt8]) -> [Range<Int>] {
    let mark = UInt8(ascii: "%")
    var ranges: [Range<Int>] = []
    var isOpen = false
    for span in spans where span.kind == .html && span.range.upperBound <= bytes.count {
      let text = bytes[span.range]
      if !isOpen {
        guard text.starts(with: [mark, mark]) else { continue }
        isOpen = true
        if text.count > 3, text.suffix(2).elementsEqual([mark, mark]) { isOpen = false }
      } else if text.suffix(2).elementsEqual([mark, mark]) {
        isOpen = false
      }
      ranges.append(wholeLine(of: span.range, in: bytes) ?? span.range)
    }
    return ranges
  }

  /// `bytes`, which were scanned, from `offset` on without their comments.
  public func withoutComments(_ bytes: [UInt8], from offset: Int) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count - offset)
    var at = offset
    for range in comments(in: bytes) where range.lowerBound >= at {
      kept += bytes[at..<range.lowerBound]
      at = range.upperBound
    }
    return kept + bytes[min(at, bytes.count)...]
  }

  /// The line that `range` is alone on, with its line feed; nil when something else is there.
  private func wholeLine(of range: Range<Int>, in bytes: [UInt8]) -> Range<Int>? {
    var from = range.lowerBound
    while from > 0, bytes[from - 1] == 0x20 || bytes[from - 1] == 0x09 { from -= 1 }
    guard from == 0 || bytes[from - 1] == 0x0A else { return nil }
    var to = range.upperBound
    while to < bytes.count, bytes[to] == 0x20 || bytes[to] == 0x0D { to += 1 }
    guard to < bytes.count else { return from..<to }
    return bytes[to] == 0x0A ? from..<to + 1 : nil
  }
}
