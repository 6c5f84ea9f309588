import Foundation
import TestSupport
import Testing

@testable import Notes

/// How often the note about an error comes first when that error comes again, with everything in it
/// different that can be, and with lines of a log between.
@Suite struct ErrorRecognitionTests {
  /// Lines that say nothing about the error, some of them with its words.
  private static let noise = [
    "{time} INFO  request finished status=200 duration={number}ms id={id}",
    "[{time}] {{taskinstance.py:{line}}} INFO - Exporting env vars: AIRFLOW_CTX_DAG_ID=orders",
    "{time} DEBUG pool size {number}, {number} idle, worker {hex}",
    "level=info ts={time} caller={path}/main.go:{line} msg=\"compaction done\" took={number}ms",
    "{time} WARN  retrying in {number} s ({number} of 5) after a failed attempt",
    "{time} INFO  connected to {host}:{number}",
    "127.0.0.1 - - [{time}] \"GET /health HTTP/1.1\" 200 {number}",
    "warning: {path}/legacy.py:{line}: DeprecationWarning: utcnow() is deprecated",
    "{time} ERROR metrics exporter not reachable, dropping {number} points",
  ]

  private static func filled(_ template: String, _ random: inout SeededGenerator) -> String {
    var text = ""
    var rest = Substring(template)
    while let open = rest.firstIndex(of: "{") {
      text += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}") else { break }
      let name = rest[rest.index(after: open)..<close]
      let value: String? =
        switch name {
        case "path":
          random.pick([
            "/srv/app/releases/\(random.below(9999))", "/home/runner/work/shop",
            "/opt/airflow/jobs",
            "C:\\\\Users\\\\ci\\\\build", "/usr/lib/python3.\(random.below(4) + 10)", "./src/batch",
          ])
        case "line": String(1 + random.below(3000))
        case "number": String(2 + random.below(900))
        case "hex": String(UInt32.random(in: 0x1000_0000...UInt32.max, using: &random), radix: 16)
        case "time":
          random.pick([
            "2026-0\(1 + random.below(9))-1\(random.below(9))T0\(random.below(9)):1\(random.below(9)):07.\(random.below(999))Z",
            "2025-11-0\(1 + random.below(9)) 1\(random.below(9)):2\(random.below(9)):59,\(100 + random.below(800))",
          ])
        case "id":
          random.pick([
            "manual__2026-0\(1 + random.below(9))-01T00:00:00+00:00",
            "3f2b\(random.below(9999))-9c1d-4e\(random.below(99))-8a7b-\(random.below(999_999))abcdef",
          ])
        case "host":
          random.pick([
            "db-\(random.below(99)).prod.example.com", "10.\(random.below(255)).3.7",
            "ip-10-0-\(random.below(255))-4",
          ])
        default: nil
        }
      text += value ?? String(rest[...close])
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private static func occurrence(of error: ErrorCase, _ random: inout SeededGenerator) -> String {
    var lines: [String] = []
    for line in error.occurrence.split(separator: "\n", omittingEmptySubsequences: false) {
      if random.once(in: 4) { lines.append(filled(random.pick(noise), &random)) }
      lines.append(filled(String(line), &random))
    }
    for _ in 0..<random.below(3) { lines.append(filled(random.pick(noise), &random)) }
    return lines.joined(separator: "\n")
  }

  private static func path(of error: ErrorCase) -> String {
    "troubleshooting/\(error.name.replacing(" ", with: "-")).md"
  }

  /// The notes about all errors, beside those of the starter vault.
  private static func vault() throws -> TestVault {
    var notes: [String: String] = [:]
    for error in ErrorCase.known + ErrorCase.heldOut {
      notes[path(of: error)] = "# \(error.name)\n\n\(error.note)\n"
    }
    let starter =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../Vault"
    let files = try #require(FileManager.default.enumerator(atPath: starter))
    for case let name as String in files where name.hasSuffix(".md") {
      notes[name] = String(decoding: try FileSystem.read(starter + "/" + name), as: UTF8.self)
    }
    return try TestVault(notes)
  }

  private static func rate(
    _ errors: [ErrorCase], _ index: NoteIndex, rounds: Int, seed: UInt64
  ) throws -> (first: Int, of: Int, missed: [String]) {
    var random = SeededGenerator(seed: seed)
    var first = 0
    var missed: [String] = []
    for error in errors {
      for _ in 0..<rounds {
        let text = occurrence(of: error, &random)
        let found = try NoteSearch(index).run(ErrorQuery.query(for: text), filter: nil, limit: 3)
        if found.hits.first?.note.path == path(of: error) {
          first += 1
        } else {
          missed.append("\(error.name): \(found.hits.map(\.note.path)) for\n\(text)")
        }
      }
    }
    return (first, errors.count * rounds, missed)
  }

  @Test func theNoteAboutAnErrorComesFirst() throws {
    let index = try Self.vault().index()
    let known = try Self.rate(ErrorCase.known, index, rounds: 12, seed: 3)
    let heldOut = try Self.rate(ErrorCase.heldOut, index, rounds: 12, seed: 4)
    let report =
      "known \(known.first) of \(known.of), held out \(heldOut.first) of \(heldOut.of)"
    if ProcessInfo.processInfo.environment["FOLIO_PROOF_SHOW"] != nil {
      print(report)
      for text in known.missed { print("KNOWN", text) }
      print("HELD OUT misses: \(Set(heldOut.missed.map { $0.prefix { $0 != ":" } }))")
    }
    #expect(known.first * 100 >= known.of * 97, "\(report)")
    #expect(heldOut.first * 100 >= heldOut.of * 90, "\(report)")
  }
}
