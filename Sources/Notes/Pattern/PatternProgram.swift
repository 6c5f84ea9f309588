/// A regular expression as a machine over the bytes of UTF-8 (Thompson, Regular expression search
/// algorithm, 1968).
struct PatternProgram: Sendable {
  enum Step: Equatable, Sendable {
    /// A byte of the range leads on.
    case bytes(UInt8, UInt8, next: Int32)
    /// Both ways are open.
    case split(Int32, Int32)
    /// The way is open where the condition holds.
    case assertion(PatternAssertion, next: Int32)
    case match
  }

  /// More steps are refused: each may cost time at each byte.
  static let mostSteps = 50_000

  private(set) var steps: [Step] = []
  private(set) var start: Int32 = 0
  /// Bytes that no step tells apart have the same class.
  private(set) var classes = [UInt8](repeating: 0, count: 256)
  private(set) var classCount = 0

  /// nil when it would have too many steps.
  init?(_ node: PatternNode) {
    steps.append(.match)
    guard let start = compile(node, next: 0) else { return nil }
    self.start = start
    setClasses()
  }

  private mutating func add(_ step: Step) -> Int32? {
    guard steps.count < Self.mostSteps else { return nil }
    steps.append(step)
    return Int32(steps.count - 1)
  }

  /// Adds the steps of a node, built from its end, and gives the first of them.
  private mutating func compile(_ node: PatternNode, next: Int32) -> Int32? {
    switch node {
    case .empty: return next
    case .assertion(let assertion): return add(.assertion(assertion, next: next))
    case .characters(let set): return compile(set, next: next)
    case .sequence(let nodes):
      var next = next
      for node in nodes.reversed() {
        guard let start = compile(node, next: next) else { return nil }
        next = start
      }
      return next
    case .choice(let nodes):
      var starts: [Int32] = []
      for node in nodes {
        guard let start = compile(node, next: next) else { return nil }
        starts.append(start)
      }
      return choice(of: starts)
    case .repeated(let node, let least, let most):
      return compile(node, least: least, most: most, next: next)
    }
  }

  private mutating func choice(of starts: [Int32]) -> Int32? {
    guard var whole = starts.last else { return add(.split(0, 0)) }
    for start in starts.dropLast().reversed() {
      guard let split = add(.split(start, whole)) else { return nil }
      whole = split
    }
    return whole
  }

  private mutating func compile(
    _ node: PatternNode, least: Int, most: Int?, next: Int32
  ) -> Int32? {
    var next = next
    if let most {
      let end = next
      for _ in 0..<(most - least) {
        guard let start = compile(node, next: next), let split = add(.split(start, end)) else {
          return nil
        }
        next = split
      }
    } else {
      guard let split = add(.split(next, next)), let start = compile(node, next: split) else {
        return nil
      }
      steps[Int(split)] = .split(start, next)
      next = split
    }
    for _ in 0..<least {
      guard let start = compile(node, next: next) else { return nil }
      next = start
    }
    return next
  }

  /// A character of a set: for each run of its encodings, a row of byte ranges. Rows that end alike
  /// share their steps.
  private mutating func compile(_ set: ScalarSet, next: Int32) -> Int32? {
    var starts: [Int32] = []
    var shared: [SharedStep: Int32] = [:]
    for range in set.ranges {
      for row in Self.encodings(range) {
        var behind = next
        for bytes in row.reversed() {
          let key = SharedStep(low: bytes.lowerBound, high: bytes.upperBound, next: behind)
          if let known = shared[key] {
            behind = known
          } else {
            guard
              let step = add(.bytes(bytes.lowerBound, bytes.upperBound, next: behind))
            else { return nil }
            shared[key] = step
            behind = step
          }
        }
        starts.append(behind)
      }
    }
    return choice(of: starts)
  }

  private struct SharedStep: Hashable {
    var low: UInt8
    var high: UInt8
    var next: Int32
  }

  /// Rows of byte ranges that together are the UTF-8 of a range of scalars.
  static func encodings(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
    var rows: [[ClosedRange<UInt8>]] = []
    func split(_ low: UInt32, _ high: UInt32) {
      guard low <= high else { return }
      // Surrogates have no encoding.
      if low < 0xE000, high > 0xD7FF {
        split(low, 0xD7FF)
        split(0xE000, high)
        return
      }
      if low >= 0xD800, high <= 0xDFFF { return }
      for last: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= last && high > last {
        split(low, last)
        split(last + 1, high)
        return
      }
      let (from, to) = (bytes(low), bytes(high))
      // Where the bytes differ before the last one, all behind must run over their whole range.
      for kept in stride(from: from.count - 1, to: 0, by: -1) {
        let mask = UInt32(1) << UInt32(6 * kept) - 1
        guard low & ~mask != high & ~mask else { continue }
        if low & mask != 0 {
          split(low, low | mask)
          split((low | mask) + 1, high)
          return
        }
        if high & mask != mask {
          split(low, (high & ~mask) - 1)
          split(high & ~mask, high)
          return
        }
      }
      rows.append(zip(from, to).map { $0...$1 })
    }
    split(range.lowerBound, min(range.upperBound, 0x10_FFFF))
    return rows
  }

  private static func bytes(_ scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) } ?? []
  }

  private mutating func setClasses() {
    var starts = [Bool](repeating: false, count: 257)
    func cut(_ low: UInt8, _ high: UInt8) {
      starts[Int(low)] = true
      starts[Int(high) + 1] = true
    }
    for step in steps {
      switch step {
      case .bytes(let low, let high, _): cut(low, high)
      case .assertion(let assertion, _) where assertion != .lineStart && assertion != .lineEnd:
        for range in ScalarSet.asciiWord.ranges {
          cut(UInt8(range.lowerBound), UInt8(range.upperBound))
        }
        cut(0x80, 0xBF)
      default: break
      }
    }
    var number = 0
    for byte in 0..<256 {
      if byte > 0, starts[byte] { number += 1 }
      classes[byte] = UInt8(number)
    }
    classCount = number + 1
  }
}
