import Testing

@testable import FullText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers that come the same every time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
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

/// A directory of its own, removed at the end.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/fulltext-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    for name in FileSystem.names(in: path) { unlink(path + "/" + name) }
    rmdir(path)
  }
}

enum Fixture {
  static let schema = Schema(fields: [
    .init(name: "title", weight: 5, isTitle: true),
    .init(name: "body", weight: 1, normalisesLength: true),
    .init(name: "code", weight: 0.8, normalisesLength: true, isCode: true),
  ])
  static let options = IndexOptions(language: .english, fingerprint: 7)
  static let syntax = QuerySyntax(
    fields: ["title": ["title"], "body": ["body"], "code": ["code"], "text": ["title", "body"]],
    attributeNames: ["label": "tag"], nestedAttributes: ["tag"], dateAttribute: "modified",
    isAttribute: { ["tag", "modified", "rating", "lang"].contains($0) })

  static func open(_ directory: TemporaryDirectory) -> Index? {
    Index.open(directory.path, schema: schema, options: options)
  }

  static func writer(_ directory: TemporaryDirectory) throws -> IndexWriter {
    // A process that another test starts holds the lock too until it has become its program.
    try IndexWriter(
      directory: directory.path, schema: schema, options: options, wait: .seconds(30))
  }

  /// An index of `documents`, in one segment.
  static func index(_ documents: [Document], in directory: TemporaryDirectory) throws -> Index {
    let byKey = Dictionary(documents.map { ($0.key, $0) }) { _, last in last }
    _ = try writer(directory).rebuild(add: documents.map(\.key), threads: 2) { byKey[$0] }
    return try #require(open(directory))
  }

  /// A document with a title and a body.
  static func document(
    _ key: String, title: String = "", _ body: String, tags: [String] = []
  ) -> Document {
    let titleBytes = Array(title.utf8)
    let text = titleBytes + Array(body.utf8)
    return Document(
      key: key, stamp: Stamp(modified: 1, changed: 2, size: UInt64(text.count), inode: 4),
      text: text,
      runs: [
        .init(field: 0, range: 0..<titleBytes.count),
        .init(field: 1, range: titleBytes.count..<text.count),
      ], attributes: tags.map { Attribute(name: "tag", value: $0) })
  }

  private static let words = [
    "run", "running", "runs", "task", "tasks", "task_group", "TaskGroup", "dag_run_id", "the", "a",
    "of", "foo.bar", "foo.bar.baz", "foo", "bar", "C++", "don't", "naïve", "Straße", "日本語",
    "日", "本語", "🚀", "v1.2.3", "--dry-run", "parseHTTPResponse", "http", "response", "e\u{301}te",
    "ete", "universe", "university", "Ωmega", "x", "AWS::S3::Bucket", "bucket",
  ]

  /// A text of random words, small enough a vocabulary that phrases occur.
  static func text(_ count: Int, _ random: inout SeededGenerator) -> String {
    (0..<count).map { _ in words.randomElement(using: &random)! }.joined(separator: " ")
  }

  static func word(_ random: inout SeededGenerator) -> String {
    words.randomElement(using: &random)!
  }

  /// A document of random runs and attributes.
  static func document(_ key: String, random: inout SeededGenerator) -> Document {
    var document = Document(
      key: key, stamp: Stamp(modified: Int64.random(in: 0...9, using: &random)))
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let start = document.text.count
      document.text += Array(text(Int.random(in: 0...8, using: &random), &random).utf8)
      document.runs.append(
        .init(
          field: UInt8.random(in: 0..<3, using: &random), range: start..<document.text.count,
          joinsPrevious: Bool.random(using: &random)))
      document.text.append(0x20)
    }
    for tag in ["a", "a/b", "A/B/c", "Ärger", "b"] where Int.random(in: 0...3, using: &random) == 0
    {
      document.attributes.append(Attribute(name: "tag", value: tag))
    }
    if Bool.random(using: &random) {
      document.attributes.append(
        Attribute(name: "rating", value: "\(Int.random(in: 0...12, using: &random))"))
    }
    if Bool.random(using: &random) {
      let day = Int.random(in: 10...28, using: &random)
      document.attributes.append(Attribute(name: "modified", value: "2026-01-\(day)"))
    }
    return document
  }

  /// A random query of all operators.
  static func query(_ random: inout SeededGenerator, depth: Int = 0) -> String {
    var parts: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let word = word(&random)
      switch Int.random(in: 0...15, using: &random) {
      case 0: parts.append("\"\(word) \(self.word(&random))\"")
      case 1: parts.append("\"\(word)\"")
      case 2: parts.append("-\(word)")
      case 3: parts.append("OR")
      case 4 where depth < 3: parts.append("(\(query(&random, depth: depth + 1)))")
      case 5: parts.append("\(word.prefix(2))*")
      case 6: parts.append("\(word)~")
      case 7: parts.append("\(word)~2")
      case 8: parts.append("=\(word)")
      case 9: parts.append("title:\(word)")
      case 10: parts.append("code:\"\(word) \(self.word(&random))\"")
      case 11:
        parts.append(
          ["tag:a", "tag:a/b", "tag:arger", "-tag:b", "tag:*"].randomElement(using: &random)!)
      case 12:
        parts.append(
          ["rating:>5", "rating:<=9", "rating:3", "modified:>2026-01-15", "before:2026-01-20"]
            .randomElement(using: &random)!)
      case 13: parts.append("NOT \(word)")
      default: parts.append(word)
      }
    }
    return parts.joined(separator: " ")
  }
}
