#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What is looked for line by line: a regular expression, or a text as it stands.
///
/// Capital letters make it sensitive to case, as in an editor with smart case, unless an expression
/// begins with `(?i)`. Of several matches in
/// a line the first counts, and of those that begin there the longest, as POSIX has it.
public struct Pattern: Sendable {
  let program: PatternProgram
  /// Bytes that stand in every match; empty when there are none to be known.
  let literal: [UInt8]

  private static let ignoringCase = "(?i)"

  /// Reads a regular expression; throws `VaultError.badPattern` with what is wrong.
  public init(_ text: String) throws(VaultError) {
    let node: PatternNode
    let ignoresCase = text.hasPrefix(Self.ignoringCase)
    let bare = ignoresCase ? String(text.dropFirst(Self.ignoringCase.count)) : text
    do throws(PatternParser.Problem) {
      node = try PatternParser.parse(
        bare, ignoringCase: ignoresCase || text == text.lowercased())
    } catch {
      throw .badPattern(text, reason: error.reason)
    }
    try self.init(node, of: text)
  }

  /// Takes a text as it stands.
  public init(literally text: String) throws(VaultError) {
    try self.init(
      PatternParser.literal(text, ignoringCase: text == text.lowercased()), of: text)
  }

  private init(_ node: PatternNode, of text: String) throws(VaultError) {
    guard let program = PatternProgram(node) else {
      throw .badPattern(text, reason: "it is too large; ask for fewer repetitions")
    }
    self.program = program
    literal = Self.literal(of: node)
  }

  /// The longest run of plain characters that no match can be without.
  static func literal(of node: PatternNode) -> [UInt8] {
    switch node {
    case .characters(let set):
      guard set.ranges.count == 1, set.ranges[0].count == 1,
        let scalar = Unicode.Scalar(set.ranges[0].lowerBound), let bytes = UTF8.encode(scalar)
      else { return [] }
      return Array(bytes)
    case .sequence(let nodes):
      var best: [UInt8] = []
      var run: [UInt8] = []
      for node in nodes {
        if case .characters = node {
          let bytes = literal(of: node)
          run = bytes.isEmpty ? [] : run + bytes
        } else {
          run = []
          let inner = literal(of: node)
          if inner.count > best.count { best = inner }
        }
        if run.count > best.count { best = run }
      }
      return best
    case .repeated(let node, let least, _): return least > 0 ? literal(of: node) : []
    case .empty, .assertion, .choice: return []
    }
  }

  /// Whether a match can be in `bytes` at all; quicker than looking for one.
  func mayMatch(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard literal.count > 1, let base = bytes.baseAddress else { return true }
    var at = 0
    while at + literal.count <= bytes.count {
      let left = bytes.count - literal.count + 1 - at
      guard let found = memchr(base + at, Int32(literal[0]), left) else { return false }
      at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if memcmp(base + at, literal, literal.count) == 0 { return true }
      at += 1
    }
    return false
  }
}
