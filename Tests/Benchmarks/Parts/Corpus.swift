@testable internal import FullText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// 20,000 short documents whose words are as unevenly common as those of a language.
struct Corpus: Sendable {
  static let schema = Schema(fields: [
    .init(name: "title", weight: 5), .init(name: "body", weight: 1, normalisesLength: true),
  ])

  /// Made once; see `Corpus.init`.
  static let shared = Result { try Corpus() }

  let index: Index

  /// In the folder in $FOLIO_PARTS, where it stays for another time, or else in one that is removed
  /// as soon as the index is open.
  private init() throws {
    let options = IndexOptions()
    let kept = getenv("FOLIO_PARTS").map { String(cString: $0) }
    if let kept, let index = Index.open(kept, schema: Self.schema, options: options) {
      self.index = index
      return
    }
    let directory = try kept ?? Self.temporaryDirectory()
    let writer = try IndexWriter(directory: directory, schema: Self.schema, options: options)
    let keys = (0..<20_000).map { "n\(100_000 + $0)" }
    _ = try writer.rebuild(add: keys, threads: 2) { key in
      var random = Numbers(seed: UInt64(key.dropFirst()) ?? 0)
      let text = Self.text(words: 20 + Int(random.next() % 120), &random)
      return Document(key: key, text: text, runs: [.init(field: 1, range: 0..<text.count)])
    }
    guard let index = Index.open(directory, schema: Self.schema, options: options) else {
      throw IndexError.damaged(file: directory, what: "it cannot be read back")
    }
    self.index = index
    guard kept == nil else { return }
    for name in FileSystem.names(in: directory) { unlink(directory + "/" + name) }
    rmdir(directory)
  }

  private static func temporaryDirectory() throws -> String {
    var template = Array("/tmp/folio-parts-XXXXXX".utf8CString)
    return try template.withUnsafeMutableBufferPointer {
      guard let start = $0.baseAddress, mkdtemp(start) != nil else {
        throw IndexError.io("/tmp", errno)
      }
      return String(cString: start)
    }
  }

  func search(_ text: String) throws -> Int {
    let query = Query.parse(text, syntax: QuerySyntax())
    return try index.search(query, options: SearchOptions(limit: 10)).hits.count
  }

  func decode(_ word: String) -> UInt32 {
    var sum: UInt32 = 0
    for segment in index.segments {
      let entry = Array(word.utf8).withUnsafeBufferPointer { segment.terms.find($0) }
      guard let entry else { continue }
      var cursor = PostingsCursor(segment, segment.list(entry))
      while cursor.nextBlock(), cursor.loadCodes() { sum &+= cursor.documents[0] }
    }
    return sum
  }

  func lookUp(_ count: Int) -> Int {
    var found = 0
    for number in 0..<count {
      let word = Array("w\(number * 7)".utf8)
      for segment in index.segments
      where word.withUnsafeBufferPointer({
        segment.terms.find($0) != nil
      }) {
        found += 1
      }
    }
    return found
  }

  // MARK: Text

  static func text(words: Int) -> [UInt8] {
    var random = Numbers(seed: 1)
    return text(words: words, &random)
  }

  private static let common = ["the", "task", "retry", "error", "of", "TaskGroup", "dag_run_id"]

  private static func text(words: Int, _ random: inout Numbers) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<words {
      // Ranks with a density of about 1 / rank.
      let share = Double(random.next() >> 11) / 9_007_199_254_740_992
      let rank = Int(exp(share * 10.8))
      let word = rank < common.count ? common[rank] : "w\(rank)"
      text.append(contentsOf: word.utf8)
      text.append(random.next() % 12 == 0 ? 0x0A : 0x20)
    }
    return text
  }

  /// Two blocks' worth of bytes, the second so that readers may look ahead.
  static func packed(width: Int) -> [UInt8] {
    var random = Numbers(seed: 2)
    let values = (0..<LanePacking.count).map { _ in UInt32(random.next() & (1 << width - 1)) }
    var buffer = ByteBuffer()
    LanePacking.pack(values, width: width, to: &buffer)
    return buffer.bytes + [UInt8](repeating: 0, count: 16)
  }
}

/// Numbers that come the same every time (SplitMix64).
private struct Numbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
