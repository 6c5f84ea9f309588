#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif
public import FullText

/// A search for a regular expression, line by line over the notes themselves.
///
/// The patterns are POSIX extended regular expressions, as `grep -E` takes them.
public struct PatternSearch: Sendable {
  private let index: NoteIndex
  private let pattern: String

  /// Checks the pattern; throws `VaultError.badPattern` with the C library's words when it is none.
  public init(_ index: NoteIndex, pattern: String) throws(VaultError) {
    self.index = index
    self.pattern = pattern
    var expression = regex_t()
    let code = regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB)
    guard code == 0 else {
      var words = [CChar](repeating: 0, count: 256)
      regerror(code, &expression, &words, words.count)
      let reason = words.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      throw .badPattern(pattern, reason: reason)
    }
    regfree(&expression)
  }

  /// The first line of each note that matches, by path. Notes are read on two threads.
  ///
  /// Capital letters in the pattern make it sensitive to case, as in an editor with smart case.
  public func run(filter: Filter?, limit: Int) -> NoteSearch.Result {
    let ids = index.index.documents(where: filter ?? .all)
    let workers = ids.count < 64 ? 1 : 2
    let results = Results<[NoteSearch.Hit]>(count: workers)
    let flags = REG_EXTENDED | (pattern == pattern.lowercased() ? REG_ICASE : 0)
    concurrently(workers) { worker in
      var expression = regex_t()
      guard regcomp(&expression, pattern, flags) == 0 else { return }
      defer { regfree(&expression) }
      let range = (ids.count * worker / workers)..<(ids.count * (worker + 1) / workers)
      var hits: [NoteSearch.Hit] = []
      for id in ids[range] {
        if let hit = match(id, &expression) { hits.append(hit) }
      }
      results[worker] = hits
    }
    let hits = results.all.flatMap { $0 }
    return NoteSearch.Result(hits: Array(hits.prefix(limit)), total: hits.count)
  }

  private func match(_ id: Index.DocumentID, _ expression: inout regex_t) -> NoteSearch.Hit? {
    let path = index.index.key(of: id)
    guard
      let bytes = try? FileSystem.read(
        index.vault.root + "/" + path, limit: NoteReader.maximumSearched)
    else { return nil }
    var line = 0
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      line += 1
      // A NUL would end the line for the C library.
      let text = part.map { CChar(bitPattern: $0 == 0 ? 0x20 : $0) } + [0]
      var match = regmatch_t()
      guard regexec(&expression, text, 1, &match, 0) == 0 else { continue }
      let (snippet, range) = Self.cut(
        Array(part), Int(match.rm_so)..<max(Int(match.rm_so), Int(match.rm_eo)))
      return NoteSearch.Hit(
        note: index.summary(of: id), score: 0, line: line, snippet: snippet,
        matches: range.isEmpty ? [] : [range])
    }
    return nil
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
