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

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  /// True once in `n` times.
  mutating func once(in n: Int) -> Bool { below(n) == 0 }

  /// A text of up to `length` of the given pieces.
  mutating func text(of pieces: [String], upTo length: Int) -> String {
    (0..<below(length + 1)).map { _ in pick(pieces) }.joined()
  }
}
