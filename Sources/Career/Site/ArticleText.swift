internal import Markup
internal import Notes

/// The Markdown of a note as its readers see it: without front matter, and without what stands between
/// `%%` marks, which its author keeps to themselves.
enum ArticleText {
  /// The body of a note. Marks inside code are code.
  static func body(of note: Note) -> String {
    let bytes = note.bytes
    let start = min(note.frontMatter.bodyStart, bytes.count)
    let code =
      note.markdown.codeBlocks.map(\.contentRange)
      + note.markdown.spans.filter { $0.kind == .inlineCode }.map(\.range)
    let ranges = code.sorted { $0.lowerBound < $1.lowerBound }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count - start)
    var at = start
    var next = 0
    while at < bytes.count {
      while next < ranges.count, ranges[next].upperBound <= at { next += 1 }
      if next < ranges.count, ranges[next].contains(at) {
        kept += bytes[at..<ranges[next].upperBound]
        at = ranges[next].upperBound
      } else if isMark(bytes, at) {
        let close = closing(bytes, from: at + 2, outside: ranges[next...])
        // A comment that is never closed hides the rest when it has its line to itself; elsewhere two
        // per cent signs are just that.
        let ownsLine = at == start || bytes[at - 1] == 0x0A
        guard close != nil || ownsLine else {
          kept += bytes[at..<at + 2]
          at += 2
          continue
        }
        at = close ?? bytes.count
      } else {
        kept.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private static func isMark(_ bytes: [UInt8], _ at: Int) -> Bool {
    let percent = UInt8(ascii: "%")
    return bytes[at] == percent && at + 1 < bytes.count && bytes[at + 1] == percent
  }

  private static func closing(
    _ bytes: [UInt8], from start: Int, outside code: ArraySlice<Range<Int>>
  ) -> Int? {
    var at = start
    var code = code
    while at < bytes.count {
      while let first = code.first, first.upperBound <= at { code = code.dropFirst() }
      if let first = code.first, first.contains(at) {
        at = first.upperBound
        continue
      }
      if isMark(bytes, at) { return at + 2 }
      at += 1
    }
    return nil
  }
}
