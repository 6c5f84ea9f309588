#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Random numbers that a seed brings back (SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
public struct SeededGenerator: RandomNumberGenerator, CustomStringConvertible {
  private var state: UInt64
  /// What it began with: in the message of a test that failed, so that it can be made to fail again.
  public let seed: UInt64

  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// Other numbers on every run, or those of the seed in the environment's `FOLIO_TEST_SEED`.
  public static func fresh() -> SeededGenerator {
    let given = getenv("FOLIO_TEST_SEED").flatMap { UInt64(String(cString: $0)) }
    return SeededGenerator(seed: given ?? .random(in: 0...(.max)))
  }

  /// For a message: `FOLIO_TEST_SEED=17`.
  public var description: String { "FOLIO_TEST_SEED=\(seed)" }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  public mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  /// True once in `n` times.
  public mutating func once(in n: Int) -> Bool { below(n) == 0 }

  /// A text of up to `length` of the given pieces.
  public mutating func text(of pieces: [String], upTo length: Int) -> String {
    (0..<below(length + 1)).map { _ in pick(pieces) }.joined()
  }
}
