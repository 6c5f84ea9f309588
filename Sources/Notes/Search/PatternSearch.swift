public import FullText

/// A search for a pattern, line by line over the notes themselves.
///
/// Notes are read on two threads. Time is linear in their text, whatever the pattern.
public struct PatternSearch: Sendable {
  private let index: NoteIndex
  private let pattern: Pattern

  public init(_ index: NoteIndex, _ pattern: Pattern) {
    self.index = index
    self.pattern = pattern
  }

  /// Neighbours of a folder are mostly alike, so threads take turns by stretches of so many.
  private static let stretch = 32

  /// The first line of each note that matches, by path.
  public func run(filter: Filter?, limit: Int) -> NoteSearch.Result {
    let ids = index.index.documents(where: filter ?? .all)
    let workers = ids.count < 2 * Self.stretch ? 1 : 2
    let results = Results<[(place: Int, hit: Found)]>(count: workers)
    concurrently(workers) { worker in
      var matcher = PatternMatcher(pattern.program)
      var found: [(place: Int, hit: Found)] = []
      for place in ids.indices where place / Self.stretch % workers == worker {
        let path = index.vault.root + "/" + index.index.key(of: ids[place])
        guard let bytes = try? FileSystem.read(path, limit: NoteReader.maximumSearched),
          let hit = match(bytes, &matcher)
        else { continue }
        found.append((place, hit))
      }
      results[worker] = found
    }
    let found = results.all.flatMap { $0 }.sorted { $0.place < $1.place }
    let hits = found.prefix(limit).map { place, hit in
      let (snippet, range) = Self.cut(hit.text, hit.match)
      return NoteSearch.Hit(
        note: index.summary(of: ids[place]), score: 0, line: hit.line, snippet: snippet,
        matches: range.isEmpty ? [] : [range])
    }
    return NoteSearch.Result(hits: Array(hits), total: found.count)
  }

  private struct Found {
    var line: Int
    var text: [UInt8]
    /// Bytes of `text`.
    var match: Range<Int>
  }

  private func match(_ bytes: [UInt8], _ matcher: inout PatternMatcher) -> Found? {
    bytes.withUnsafeBufferPointer { bytes in
      guard pattern.mayMatch(bytes) else { return nil }
      var line = 1
      var start = 0
      while start < bytes.count {
        let next = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        var end = next
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        if matcher.isFound(in: bytes, start..<end) {
          let match = matcher.firstMatch(in: bytes, start..<end) ?? start..<start
          return Found(
            line: line, text: Array(bytes[start..<end]),
            match: match.lowerBound - start..<match.upperBound - start)
        }
        line += 1
        start = next + 1
      }
      return nil
    }
  }

  /// At most 160 bytes of a line around a match, on character boundaries, with the match in it.
  private static func cut(_ line: [UInt8], _ match: Range<Int>) -> (String, Range<Int>) {
    var start = max(0, min(match.lowerBound - 40, line.count))
    var end = min(line.count, max(start + 160, min(match.upperBound, start + 400)))
    while start > 0, start < line.count, line[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.count, line[end] & 0xC0 == 0x80 { end += 1 }
    while start < end, line[start] == 0x20 || line[start] == 0x09, start < match.lowerBound {
      start += 1
    }
    let before = String(decoding: line[start..<min(match.lowerBound, end)], as: UTF8.self)
    let inner = String(
      decoding: line[min(match.lowerBound, end)..<min(match.upperBound, end)], as: UTF8.self)
    let after = String(decoding: line[min(match.upperBound, end)..<end], as: UTF8.self)
    return (before + inner + after, before.utf8.count..<(before.utf8.count + inner.utf8.count))
  }
}
