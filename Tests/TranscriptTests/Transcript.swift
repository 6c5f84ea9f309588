import Foundation

/// What somebody types and what they see: `$ command`, its output, and `? code` when it is not 0.
///
/// In the expected output `[..]` stands for anything within a line, and a line `...` for any lines.
/// Text in front of the first command is a remark.
struct Transcript {
  struct Step {
    var command: String
    var expected: [String]
  }

  var heading: [String] = []
  var steps: [Step] = []

  init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), expected: []))
      } else if steps.isEmpty {
        heading.append(line)
      } else {
        steps[steps.count - 1].expected.append(line)
      }
    }
    for index in steps.indices {
      // A command can go on over lines that end with a backslash.
      while steps[index].command.hasSuffix("\\"), !steps[index].expected.isEmpty {
        steps[index].command += "\n" + steps[index].expected.removeFirst()
      }
      while steps[index].expected.last == "" { steps[index].expected.removeLast() }
    }
  }

  var text: String {
    var lines = heading
    for (index, step) in steps.enumerated() {
      if index > 0 { lines.append("") }
      lines += ["$ " + step.command] + step.expected
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines that a command printed, in the form in which they are expected.
  static func lines(of result: (output: String, status: Int32)) -> [String] {
    var lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    while lines.last == "" { lines.removeLast() }
    if result.status != 0 { lines.append("? \(result.status)") }
    return lines
  }

  static func matches(_ expected: [String], _ actual: [String]) -> Bool {
    matches(expected[...], actual[...])
  }

  private static func matches(_ expected: ArraySlice<String>, _ actual: ArraySlice<String>) -> Bool
  {
    guard let first = expected.first else { return actual.isEmpty }
    let rest = expected.dropFirst()
    if first == "..." {
      return (0...actual.count).contains { matches(rest, actual.dropFirst($0)) }
    }
    guard let line = actual.first, Self.line(first, matches: line) else { return false }
    return matches(rest, actual.dropFirst())
  }

  static func line(_ pattern: String, matches line: String) -> Bool {
    let parts = pattern.components(separatedBy: "[..]")
    guard parts.count > 1 else { return pattern == line }
    var rest = line[...]
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        return rest.hasSuffix(part)
      } else {
        guard let found = rest.range(of: part) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return true
  }

  /// What to write in place of the expected lines: what was printed, with the old line where it
  /// still holds, so that its wildcards stay.
  static func updated(_ expected: [String], _ actual: [String]) -> [String] {
    if matches(expected, actual) { return expected }
    return actual.enumerated().map { index, line in
      index < expected.count && self.line(expected[index], matches: line)
        ? expected[index] : generalised(line)
    }
  }

  /// A line with wildcards for what differs from one run to the next.
  private static func generalised(_ line: String) -> String {
    line.replacing(/"(micros|score|bytes|terms)":[0-9.]+/) { "\"\($0.output.1)\":[..]" }
      .replacing(/\([0-9.]+ m?s\)/, with: "([..])")
      .replacing(/\b([0-9a-f]{40}|[0-9a-f]{8})\b/, with: "[..]")
  }
}
