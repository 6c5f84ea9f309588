internal import Benchmark

@testable internal import FullText

/// The parts of the engine by themselves, on text made from a fixed vocabulary.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], warmupIterations: 3, maxDuration: .seconds(3), maxIterations: 2000)

  Benchmark("analysis of 100 KB of prose and code") { benchmark in
    let text = Corpus.text(words: 16_000)
    benchmark.startMeasurement()
    var sink = CountingSink()
    var analyser = Analyser()
    text.withUnsafeBufferPointer {
      blackHole(analyser.run($0, 0..<$0.count, position: 0, into: &sink))
    }
    blackHole(sink.count)
  }

  Benchmark("unpacking 100 blocks of 128 numbers") { benchmark in
    let packed = Corpus.packed(width: 7)
    let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: LanePacking.count)
    defer { numbers.deallocate() }
    benchmark.startMeasurement()
    packed.withUnsafeBufferPointer {
      for _ in 0..<100 {
        LanePacking.unpack($0.baseAddress!, width: 7, into: numbers)
        LanePacking.sum(numbers, from: 0)
      }
    }
    blackHole(numbers[127])
  }

  Benchmark("decoding the postings of a common word") { benchmark in
    let corpus = try Corpus.shared.get()
    benchmark.startMeasurement()
    blackHole(corpus.decode("task"))
  }

  Benchmark("looking up 100 words in the dictionary") { benchmark in
    let corpus = try Corpus.shared.get()
    benchmark.startMeasurement()
    blackHole(corpus.lookUp(100))
  }

  for query in ["task", "task retry", "task OR retry OR error OR w77", "w7*", "errro~1"] {
    Benchmark("the best ten for \(query)") { benchmark in
      let corpus = try Corpus.shared.get()
      benchmark.startMeasurement()
      blackHole(try corpus.search(query))
    }
  }
}

private struct CountingSink: TokenSink {
  var count = 0
  mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) { count += 1 }
}
