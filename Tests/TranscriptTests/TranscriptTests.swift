import Foundation
import Testing

/// The surface as people see it. `make transcripts` writes what the commands print now.
@Suite struct TranscriptTests {
  static let isWriting = Installation.environment["FOLIO_WRITE_TRANSCRIPTS"] == "1"
  static let folder = Installation.repository.appending(path: "Tests/Transcripts")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test func thereAreTranscripts() {
    #expect(!Self.names.isEmpty)
  }

  @Test(arguments: names) func printsWhatTheTranscriptSays(name: String) throws {
    let file = Self.folder.appending(path: name)
    var transcript = Transcript(try String(contentsOf: file, encoding: .utf8))
    #expect(!transcript.steps.isEmpty)
    try play(&transcript, name)
    if Self.isWriting { try transcript.text.write(to: file, atomically: true, encoding: .utf8) }
  }

  /// Every block of the README that begins with `$`, one after another in one vault.
  @Test func theReadmeIsTrue() throws {
    let file = Installation.repository.appending(path: "README.md")
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var written: [String] = []
    var block: [String]?
    var count = 0
    let sandbox = try Sandbox()
    for line in lines {
      guard var inside = block else {
        written.append(line)
        if line == "```console" { block = [] }
        continue
      }
      if line == "```" {
        var transcript = Transcript(inside.joined(separator: "\n"))
        try play(&transcript, "README.md", in: sandbox)
        count += transcript.steps.count
        // The text of a transcript ends its last line; the fence follows at once.
        written +=
          transcript.text.split(separator: "\n", omittingEmptySubsequences: false)
          .dropLast().map(String.init) + [line]
        block = nil
      } else {
        inside.append(line)
        block = inside
      }
    }
    #expect(count > 0)
    if Self.isWriting {
      try written.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    }
  }

  private func play(
    _ transcript: inout Transcript, _ name: String, in sandbox: Sandbox? = nil
  ) throws {
    let sandbox = try sandbox ?? Sandbox()
    for index in transcript.steps.indices {
      let step = transcript.steps[index]
      let actual = Transcript.lines(of: try sandbox.run(step.command))
      if Self.isWriting {
        transcript.steps[index].expected = Transcript.updated(step.expected, actual)
      } else if !Transcript.matches(step.expected, actual) {
        let wanted = step.expected.joined(separator: "\n")
        Issue.record(
          """
          \(name): $ \(step.command)
          --- expected
          \(wanted)
          --- printed
          \(actual.joined(separator: "\n"))
          """)
      }
    }
  }

  @Test(arguments: [
    (["a", "b"], ["a", "b"], true), (["a [..] c"], ["a b b c"], true), (["a"], ["b"], false),
    (["..."], [], true), (["a", "...", "z"], ["a", "x", "y", "z"], true),
    (["a", "..."], ["b"], false), (["[..]x[..]"], ["aybz"], false), (["a"], ["a", "b"], false),
  ])
  func wildcardsMatchNoMoreThanTheySay(expected: [String], actual: [String], matches: Bool) {
    #expect(Transcript.matches(expected, actual) == matches)
  }
}
