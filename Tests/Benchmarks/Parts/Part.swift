@testable internal import FullText

/// A part of the engine by itself, on text made from a fixed vocabulary.
public struct Part: Sendable {
  public let name: String
  /// Made once, not measured.
  public let prepare: @Sendable () throws -> Void
  /// What is measured; the number is there so that nothing is left out as unused.
  public let run: @Sendable () throws -> Int

  init(
    _ name: String, prepare: @escaping @Sendable () throws -> Void,
    run: @escaping @Sendable () throws -> Int
  ) {
    self.name = name
    self.prepare = prepare
    self.run = run
  }

  /// One over the corpus.
  private static func indexed(
    _ name: String, _ run: @escaping @Sendable (Corpus) throws -> Int
  ) -> Part {
    Part(name, prepare: { _ = try Corpus.shared.get() }, run: { try run(Corpus.shared.get()) })
  }

  private static let prose = Corpus.text(words: 16_000)
  private static let packed = Corpus.packed(width: 7)

  public static let all: [Part] =
    [
      Part("analysis of 100 KB of prose and code", prepare: { _ = prose }) {
        var sink = CountingSink()
        var analyser = Analyser()
        return prose.withUnsafeBufferPointer {
          analyser.run($0, 0..<$0.count, position: 0, into: &sink) + sink.count
        }
      },
      Part("unpacking 100 blocks of 128 numbers", prepare: { _ = packed }) {
        let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: LanePacking.count)
        defer { numbers.deallocate() }
        var sum = 0
        packed.withUnsafeBufferPointer {
          guard let start = $0.baseAddress else { return }
          for _ in 0..<100 {
            LanePacking.unpack(start, width: 7, into: numbers)
            LanePacking.sum(numbers, from: 0)
            sum &+= Int(numbers[LanePacking.count - 1])
          }
        }
        return sum
      },
      indexed("decoding the postings of a common word") { Int($0.decode("task")) },
      indexed("looking up 100 words in the dictionary") { $0.lookUp(100) },
    ]
    + ["task", "task retry", "task OR retry OR error OR w77", "\"task retry\"", "w7*", "errro~1"]
    .map { query in indexed("the best ten for \(query)") { try $0.search(query) } }
}

private struct CountingSink: TokenSink {
  var count = 0
  mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) { count += 1 }
}
