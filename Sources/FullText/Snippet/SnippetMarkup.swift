extension Snippet {
  /// Marks at the beginning of a line that a piece on one line is better without.
  enum Markup {
    /// Where the marks at `at`, the beginning of a line, end: quote signs, the signs of a heading, a
    /// fence with what is behind it, a line of nothing but rules. At most `limit`.
    static func end(in bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ limit: Int) -> Int {
      var next = at
      while next < limit, bytes[next] == 0x20 || bytes[next] == UInt8(ascii: ">") { next += 1 }
      guard next < limit else { return at }
      let first = bytes[next]
      var run = next
      while run < limit, bytes[run] == first { run += 1 }
      switch first {
      case UInt8(ascii: "#") where run - next <= 6 && run < limit && bytes[run] == 0x20:
        return run
      case UInt8(ascii: "`") where run - next >= 3, UInt8(ascii: "~") where run - next >= 3:
        let end = lineEnd(bytes, run, limit)
        // Code inside a line may stand between as many signs.
        return first == UInt8(ascii: "`") && bytes[run..<end].contains(first)
          ? quoteEnd(bytes, at, next) : end
      case UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "*"):
        let end = lineEnd(bytes, next, limit)
        return end - next >= 3 && bytes[next..<end].allSatisfy(isRule)
          ? end : quoteEnd(bytes, at, next)
      default:
        return quoteEnd(bytes, at, next)
      }
    }

    /// Blanks alone are left to be folded like all others.
    private static func quoteEnd(
      _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ next: Int
    ) -> Int {
      bytes[at..<next].contains(UInt8(ascii: ">")) ? next : at
    }

    private static func lineEnd(
      _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ limit: Int
    ) -> Int {
      bytes[at..<limit].firstIndex(of: 0x0A) ?? limit
    }

    private static func isRule(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "-") || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ":")
        || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "*") || byte == 0x20 || byte == 0x0D
    }
  }
}
