#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Time that a piece of work takes of the processor, which others on the machine hardly change.
public enum ProcessorTime {
  /// Seconds of the processor that this thread has used.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// How many times as long `work` takes for four times the size: 4 when it is linear, 16 when it grows
  /// with the square.
  ///
  /// Whatever disturbs a measurement makes it longer, so the shortest of each size counts; it is
  /// measured until the ratio is below `enough`, eight times at most. Both sizes must do their work on
  /// the calling thread.
  public static func growth(
    from size: Int, enough: Double = 8, _ work: (Int) throws -> Void
  ) rethrows -> Double {
    var shortest = (small: Double.infinity, large: Double.infinity)
    var ratio = Double.infinity
    for _ in 0..<8 where !(ratio < enough) {
      let start = now
      try work(size)
      let middle = now
      try work(4 * size)
      shortest = (min(shortest.small, middle - start), min(shortest.large, now - middle))
      // Less than a millisecond is the clock's own grain.
      ratio = shortest.large / max(shortest.small, 0.001)
    }
    return ratio
  }
}
