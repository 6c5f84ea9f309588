/// One pattern of an ignore file, ready to be matched.
///
/// Source: gitignore(5), and for what it leaves open git's own `wildmatch`: sets with ranges, escapes
/// and classes such as `[[:digit:]]`; `**` crosses folders only where it is a whole part, else it is
/// `*`.
struct IgnorePattern: Sendable {
  private enum Token: Sendable {
    case byte(UInt8)
    /// One byte of a set, 256 flags; never a slash.
    case oneOf([Bool])
    /// Any bytes up to the next slash.
    case star
    /// Any bytes at all.
    case anything
    /// `**/`: any number of whole folders, or none.
    case folders
  }

  private var tokens: [Token] = []

  private static let slash = UInt8(ascii: "/")
  private static let escape = UInt8(ascii: "\\")

  /// Reads a pattern; nil when it can match nothing: an open set, a lone `\` at the end.
  init?(_ pattern: [UInt8]) {
    var at = 0
    while at < pattern.count {
      let byte = pattern[at]
      at += 1
      switch byte {
      case UInt8(ascii: "*"): addStars(pattern, &at)
      case UInt8(ascii: "?"): tokens.append(.oneOf([Bool](repeating: true, count: 256)))
      case UInt8(ascii: "["):
        guard let set = Self.set(pattern, &at) else { return nil }
        tokens.append(.oneOf(set))
      case Self.escape:
        guard at < pattern.count else { return nil }
        tokens.append(.byte(pattern[at]))
        at += 1
      default: tokens.append(.byte(byte))
      }
    }
  }

  /// The stars that begin before `at`.
  private mutating func addStars(_ pattern: [UInt8], _ at: inout Int) {
    let start = at - 1
    while at < pattern.count, pattern[at] == UInt8(ascii: "*") { at += 1 }
    let rest = pattern[at...]
    let isPart =
      at - start > 1 && (start == 0 || pattern[start - 1] == Self.slash)
      && (rest.isEmpty || rest.first == Self.slash || rest.starts(with: [Self.escape, Self.slash]))
    if !isPart {
      tokens.append(.star)
    } else if rest.first == Self.slash {
      tokens.append(.folders)
      at += 1
    } else {
      tokens.append(.anything)
    }
  }

  /// The set that begins before `at`, up to behind its `]`; nil when it is never closed.
  private static func set(_ pattern: [UInt8], _ at: inout Int) -> [Bool]? {
    var set = [Bool](repeating: false, count: 256)
    func next() -> UInt8? { at < pattern.count ? pattern[at] : nil }
    func literal() -> UInt8? {
      if next() == escape { at += 1 }
      defer { at += 1 }
      return next()
    }
    let isNegated = next() == UInt8(ascii: "!") || next() == UInt8(ascii: "^")
    if isNegated { at += 1 }
    var previous: UInt8?
    var isFirst = true
    while let byte = next(), isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      if byte == UInt8(ascii: "-"), let low = previous, at + 1 < pattern.count,
        pattern[at + 1] != UInt8(ascii: "]")
      {
        at += 1
        guard let high = literal() else { return nil }
        if low <= high { for member in low...high { set[Int(member)] = true } }
        previous = nil
      } else if byte == UInt8(ascii: "["), at + 1 < pattern.count,
        pattern[at + 1] == UInt8(ascii: ":"),
        let end = pattern[(at + 2)...].firstIndex(of: UInt8(ascii: "]")),
        end > at + 2, pattern[end - 1] == UInt8(ascii: ":")
      {
        let name = String(decoding: pattern[(at + 2)..<(end - 1)], as: UTF8.self)
        guard let isMember = memberships[name] else { return nil }
        for member in UInt8.min...UInt8.max where isMember(member) { set[Int(member)] = true }
        at = end + 1
        previous = nil
      } else {
        guard let member = literal() else { return nil }
        set[Int(member)] = true
        previous = member
      }
    }
    guard next() != nil else { return nil }
    at += 1
    return isNegated ? set.map { !$0 } : set
  }

  private static let memberships: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isLetter($0) || isDigit($0) }, "alpha": { isLetter($0) }, "digit": { isDigit($0) },
    "blank": { $0 == 0x20 || $0 == 0x09 }, "cntrl": { $0 < 0x20 || $0 == 0x7F },
    "graph": { (0x21...0x7E).contains($0) }, "print": { (0x20...0x7E).contains($0) },
    "lower": { (0x61...0x7A).contains($0) }, "upper": { (0x41...0x5A).contains($0) },
    "punct": { (0x21...0x7E).contains($0) && !isLetter($0) && !isDigit($0) },
    "space": { $0 == 0x20 || (0x09...0x0D).contains($0) },
    "xdigit": { isDigit($0) || (0x61...0x66).contains($0 | 0x20) },
  ]

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether the whole of `text` matches.
  ///
  /// There is one point to come back to for what stays in a folder and one for what crosses folders;
  /// earlier ones could not match more. Quadratic at worst, never exponential.
  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var p = 0
    var t = text.startIndex
    var star: (p: Int, t: Int)?
    var crossing: (p: Int, t: Int, byFolder: Bool)?
    while true {
      if p < tokens.count {
        switch tokens[p] {
        case .star:
          p += 1
          star = (p, t)
          continue
        case .anything, .folders:
          let byFolder = if case .folders = tokens[p] { true } else { false }
          p += 1
          crossing = (p, t, byFolder)
          star = nil
          continue
        case .byte(let byte) where t < text.endIndex && text[t] == byte:
          p += 1
          t += 1
          continue
        case .oneOf(let set)
        where t < text.endIndex && text[t] != Self.slash && set[Int(text[t])]:
          p += 1
          t += 1
          continue
        default: break
        }
      } else if t == text.endIndex {
        return true
      }
      if let back = star, back.t < text.endIndex, text[back.t] != Self.slash {
        (p, t) = (back.p, back.t + 1)
        star = (p, t)
      } else if let back = crossing, back.t < text.endIndex {
        var next = back.t + 1
        if back.byFolder {
          guard let end = text[back.t...].firstIndex(of: Self.slash) else { return false }
          next = end + 1
        }
        (p, t) = (back.p, next)
        crossing = (p, t, back.byFolder)
        star = nil
      } else {
        return false
      }
    }
  }
}
