/// The patterns of ssh's files: `*`, `?`, and `!` in front for "but not".
enum SSHPattern {
  /// Whether a name fits a pattern without `!`. Letters of either case are the same.
  static func fits(_ name: String, _ pattern: some StringProtocol) -> Bool {
    let name = Array(name.lowercased().utf8)
    let pattern = Array(pattern.lowercased().utf8)
    var place = 0
    var next = 0
    var star: (pattern: Int, name: Int)?
    // The last star is the only one that is ever gone back to, so that time is bounded.
    while place < name.count {
      if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
        star = (next, place)
        next += 1
      } else if next < pattern.count,
        pattern[next] == UInt8(ascii: "?") || pattern[next] == name[place]
      {
        next += 1
        place += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        next = last.pattern + 1
        place = last.name + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Whether a name fits one of several patterns and none of those behind `!`.
  static func fits(_ name: String, anyOf patterns: [Substring]) -> Bool {
    var isIn = false
    for pattern in patterns {
      if pattern.hasPrefix("!") {
        if fits(name, pattern.dropFirst()) { return false }
      } else if fits(name, pattern) {
        isIn = true
      }
    }
    return isIn
  }
}
