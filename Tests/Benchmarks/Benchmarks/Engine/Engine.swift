internal import Benchmark
internal import Parts

/// The parts of the engine against the clock, and in instructions where the kernel counts them.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .instructions], warmupIterations: 3, maxDuration: .seconds(3),
    maxIterations: 2000)
  for part in Part.all {
    Benchmark(part.name) { benchmark in
      try part.prepare()
      benchmark.startMeasurement()
      blackHole(try part.run())
    }
  }
}
