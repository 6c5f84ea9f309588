import Testing

@testable import Markup

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Compares scanner and parser over a folder of real notes, named by `MARKUP_CORPUS`.
@Suite(.enabled(if: getenv("MARKUP_CORPUS") != nil)) struct CorpusTests {
  @Test func readsRealNotesAsCmarkDoes() throws {
    let folder = String(cString: getenv("MARKUP_CORPUS"))
    var notes: [(path: String, bytes: [UInt8], offset: Int, line: Int)] = []
    var folders = [folder]
    while let next = folders.popLast() {
      guard let handle = opendir(next) else { continue }
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        let path = next + "/" + name
        if name.hasPrefix(".") { continue }
        if entry.pointee.d_type == UInt8(DT_DIR) {
          folders.append(path)
        } else if name.hasSuffix(".md") {
          let bytes = Self.read(path)
          let (offset, line) = Self.endOfFrontMatter(bytes)
          notes.append((path, bytes, offset, line))
        }
      }
    }
    let size = notes.reduce(0) { $0 + $1.bytes.count - $1.offset }
    let clock = ContinuousClock()
    var spans = 0
    let scanTime = clock.measure {
      for note in notes {
        spans += MarkdownScan(note.bytes, from: note.offset, line: note.line).spans.count
      }
    }
    let parseTime = clock.measure {
      for note in notes { _ = MarkdownDocument(Array(note.bytes[note.offset...]), line: note.line) }
    }
    let htmlTime = clock.measure {
      for note in notes {
        let document = MarkdownDocument(Array(note.bytes[note.offset...]), line: note.line)
        _ = document.safeHTML()
      }
    }
    func speed(_ time: Duration) -> Double { Double(size) / 1e6 / (time / .seconds(1)) }
    print(
      "notes \(notes.count), \(size) bytes, \(spans) spans; MB/s: scan \(speed(scanTime)),",
      "document \(speed(parseTime)), with HTML \(speed(htmlTime))")

    var differing = (headings: 0, code: 0, blocks: 0, links: 0, plain: 0)
    let shown = getenv("MARKUP_SHOW").flatMap { Int(String(cString: $0)) } ?? 0
    for note in notes {
      let body = Array(note.bytes[note.offset...])
      let scan = MarkdownScan(note.bytes, from: note.offset, line: note.line)
      let ours = CmarkReading(scanned: scan, note.bytes)
      let theirs = CmarkReading(body, line: note.line)
      if MarkdownDocument(body).isPlain { differing.plain += 1 }
      let headings = ours.headings != theirs.headings
      let code = ours.code != theirs.code
      if headings { differing.headings += 1 }
      if code { differing.code += 1 }
      if headings || code { differing.blocks += 1 }
      if ours.destinations != theirs.destinations { differing.links += 1 }
      if headings || code, differing.blocks <= shown {
        print("== \(note.path)")
        print(ours.headings.difference(from: theirs.headings))
        print(ours.code.difference(from: theirs.code))
      }
      if getenv("MARKUP_LINKS") != nil, ours.destinations != theirs.destinations,
        differing.links <= shown
      {
        print("== \(note.path)")
        print(ours.destinations.difference(from: theirs.destinations))
      }
    }
    print("differing: \(differing)")
    #expect(Double(differing.blocks) <= 0.005 * Double(notes.count))
  }

  private static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let count = max(0, ftell(file))
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fread(buffer.baseAddress, 1, count, file)
    }
  }

  /// The first byte and line after `---` … `---` at byte 0.
  private static func endOfFrontMatter(_ bytes: [UInt8]) -> (Int, Int) {
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    func isFence(_ line: ArraySlice<UInt8>) -> Bool {
      String(decoding: line, as: UTF8.self).filter { $0 != "\r" && $0 != " " } == "---"
    }
    guard let first = lines.first, isFence(first) else { return (0, 1) }
    guard let close = lines.dropFirst().firstIndex(where: isFence) else { return (0, 1) }
    return (min(lines[close].endIndex + 1, bytes.count), close + 2)
  }
}
