/// Looks for a pattern in lines, one after another.
///
/// The states that the machine can be in together are worked out when they are first met and kept in
/// a table (a lazy deterministic automaton), so that a byte mostly costs one look-up; the table is
/// thrown away when it grows too large. Time: linear in the text, whatever the pattern.
struct PatternMatcher {
  /// A state is a set of steps before the ways that need no byte were followed, for these depend on
  /// the byte to come, and what the byte before was.
  private struct State: Hashable {
    var steps: [Int32]
    var isStart: Bool
    var isAfterWord: Bool
  }

  private static let unknown: Int32 = -1
  private static let matched: Int32 = -2
  private static let mostStates = 4096

  private let program: PatternProgram
  /// The classes and, as the last, the end of the line.
  private let width: Int
  private var states: [State] = []
  private var numbers: [State: Int32] = [:]
  private var table: [Int32] = []
  /// For a class one of its bytes.
  private let examples: [UInt8]
  private var marks: [UInt32]
  private var mark: UInt32 = 0

  init(_ program: PatternProgram) {
    self.program = program
    width = program.classCount + 1
    var examples = [UInt8](repeating: 0, count: program.classCount)
    for byte in (0..<256).reversed() { examples[Int(program.classes[byte])] = UInt8(byte) }
    self.examples = examples
    marks = [UInt32](repeating: 0, count: program.steps.count)
    _ = number(State(steps: [], isStart: true, isAfterWord: false))
  }

  /// Whether the pattern is found in `bytes[range]`, which is one line without its end.
  mutating func isFound(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var state: Int32 = 0
    var at = range.lowerBound
    while at < range.upperBound {
      // The table may move when a state is added, so the fast part ends there.
      let stop: Int32 = table.withUnsafeBufferPointer { table in
        program.classes.withUnsafeBufferPointer { classes in
          while at < range.upperBound {
            let next = table[Int(state) &* width &+ Int(classes[Int(bytes[at])])]
            if next < 0 { return next }
            state = next
            at &+= 1
          }
          return 0
        }
      }
      if stop == Self.matched { return true }
      if stop == Self.unknown {
        let next = follow(state, Int(program.classes[Int(bytes[at])]))
        if next == Self.matched { return true }
        state = next
        at += 1
      }
    }
    let end = program.classCount
    var last = table[Int(state) * width + end]
    if last == Self.unknown { last = follow(state, end) }
    return last == Self.matched
  }

  private mutating func number(_ state: State) -> Int32 {
    if let known = numbers[state] { return known }
    let number = Int32(states.count)
    states.append(state)
    numbers[state] = number
    table.append(contentsOf: repeatElement(Self.unknown, count: width))
    return number
  }

  /// Where a state leads with a byte of a class or the end of the line; written into the table.
  private mutating func follow(_ number: Int32, _ class: Int) -> Int32 {
    let state = states[Int(number)]
    let isEnd = `class` == program.classCount
    let byte = isEnd ? 0 : examples[`class`]
    // A match may begin anywhere.
    let (open, isMatch) = closure(
      state.steps + [program.start], isStart: state.isStart, afterWord: state.isAfterWord,
      before: isEnd ? nil : byte)
    if isMatch || isEnd {
      table[Int(number) * width + `class`] = isMatch ? Self.matched : 0
      return isMatch ? Self.matched : 0
    }
    var next: Set<Int32> = []
    for step in open {
      if case .bytes(let low, let high, let behind) = program.steps[Int(step)],
        low <= byte, byte <= high
      {
        next.insert(behind)
      }
    }
    let target = State(
      steps: next.sorted(), isStart: false, isAfterWord: PatternAssertion.isWord(byte))
    if numbers[target] == nil, states.count >= Self.mostStates {
      states = []
      numbers = [:]
      table = []
      _ = self.number(State(steps: [], isStart: true, isAfterWord: false))
      return self.number(target)
    }
    let found = self.number(target)
    table[Int(number) * width + `class`] = found
    return found
  }

  /// The steps that can be reached without a byte, and whether a match is among them.
  private mutating func closure(
    _ from: [Int32], isStart: Bool, afterWord: Bool, before byte: UInt8?
  ) -> (steps: [Int32], isMatch: Bool) {
    mark += 1
    var open: [Int32] = []
    var waiting = from
    while let step = waiting.popLast() {
      guard marks[Int(step)] != mark else { continue }
      marks[Int(step)] = mark
      switch program.steps[Int(step)] {
      case .match: return ([], true)
      case .bytes: open.append(step)
      case .split(let left, let right):
        waiting.append(right)
        waiting.append(left)
      case .assertion(let assertion, let next):
        if assertion.holds(atStart: isStart, afterWord: afterWord, before: byte) {
          waiting.append(next)
        }
      }
    }
    return (open, false)
  }

  // MARK: The place in the line

  /// The first place in a line where the pattern is found, as far as it reaches from there; nil when
  /// it is not. Cost: steps of the pattern times bytes of the line.
  mutating func firstMatch(
    in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Range<Int>? {
    // For each open step where the match began that came there, the earliest one.
    var current: [(step: Int32, start: Int)] = []
    var best: Range<Int>?
    for at in range.lowerBound...range.upperBound {
      let isEnd = at == range.upperBound
      let isAfterWord = at > range.lowerBound && PatternAssertion.isWord(bytes[at - 1])
      if best == nil { current.append((program.start, at)) }
      mark += 1
      var next: [(step: Int32, start: Int)] = []
      var isNext: Set<Int32> = []
      // Those that began first come first, so that a step belongs to the earliest of them.
      for entry in current {
        if let best, entry.start > best.lowerBound { break }
        var waiting = [entry.step]
        while let step = waiting.popLast() {
          guard marks[Int(step)] != mark else { continue }
          marks[Int(step)] = mark
          switch program.steps[Int(step)] {
          case .match:
            if best.map({ entry.start <= $0.lowerBound }) ?? true { best = entry.start..<at }
          case .split(let left, let right):
            waiting.append(right)
            waiting.append(left)
          case .assertion(let assertion, let behind):
            if assertion.holds(
              atStart: at == range.lowerBound, afterWord: isAfterWord,
              before: isEnd ? nil : bytes[at])
            {
              waiting.append(behind)
            }
          case .bytes(let low, let high, let behind):
            if !isEnd, low <= bytes[at], bytes[at] <= high, isNext.insert(behind).inserted {
              next.append((behind, entry.start))
            }
          }
        }
      }
      current = next
      if current.isEmpty, best != nil { break }
    }
    return best
  }
}
