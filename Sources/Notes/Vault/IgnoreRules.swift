/// Patterns of paths that are left out, read as git reads `.gitignore`.
///
/// Source: gitignore(5). `*` and `?` stay within a part, `**` crosses folders, a slash in front or in
/// the middle ties the pattern to its folder, one at the end means folders only, `!` takes back.
struct IgnoreRules: Sendable {
  private struct Rule: Sendable {
    let pattern: [UInt8]
    let isNegated: Bool
    let isFolderOnly: Bool
    let isAnchored: Bool
    /// The folder whose file the rule stands in, with `/` at the end, or empty for the top.
    let base: [UInt8]
  }

  private var rules: [Rule] = []

  var isEmpty: Bool { rules.isEmpty }

  /// Adds the lines of an ignore file that lies in `folder` (empty for the top of the vault).
  mutating func add(_ bytes: [UInt8], in folder: String) {
    let base = folder.isEmpty ? [] : Array(folder.utf8) + [UInt8(ascii: "/")]
    for line in bytes.split(separator: 0x0A) { add(line: Array(line), base: base) }
  }

  mutating func add(patterns: [String]) {
    for pattern in patterns { add(line: Array(pattern.utf8), base: []) }
  }

  private mutating func add(line: [UInt8], base: [UInt8]) {
    var line = line[...]
    if line.last == 0x0D { line.removeLast() }
    while line.last == 0x20, !line.dropLast().hasSuffix(UInt8(ascii: "\\")) { line.removeLast() }
    guard let first = line.first, first != UInt8(ascii: "#") else { return }
    let isNegated = first == UInt8(ascii: "!")
    if isNegated { line.removeFirst() }
    let isFolderOnly = line.last == UInt8(ascii: "/")
    if isFolderOnly { line.removeLast() }
    let isAnchored = line.contains(UInt8(ascii: "/"))
    if line.first == UInt8(ascii: "/") { line.removeFirst() }
    guard !line.isEmpty else { return }
    rules.append(
      Rule(
        pattern: Array(line), isNegated: isNegated, isFolderOnly: isFolderOnly,
        isAnchored: isAnchored, base: base))
  }

  /// Whether a file or folder is left out. The last rule that matches decides.
  ///
  /// Folders above are asked first by whoever walks the tree: what lies in an ignored folder stays
  /// ignored. Cost: the number of rules.
  func ignores(_ path: String, isFolder: Bool) -> Bool {
    let bytes = Array(path.utf8)
    for rule in rules.reversed() where !rule.isFolderOnly || isFolder {
      guard bytes.starts(with: rule.base) else { continue }
      let below = bytes[rule.base.count...]
      let text = rule.isAnchored ? below : Self.lastPart(below)
      if Self.matches(rule.pattern[...], text) { return !rule.isNegated }
    }
    return false
  }

  private static func lastPart(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes }
    return bytes[(slash + 1)...]
  }

  /// Glob matching with one point to come back to for `*` and one for `**`: linear in practice,
  /// quadratic at worst, never exponential.
  static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    let star = UInt8(ascii: "*")
    let slash = UInt8(ascii: "/")
    var p = pattern.startIndex
    var t = text.startIndex
    var afterStar: (p: Int, t: Int)?
    var afterDouble: (p: Int, t: Int, isBoundary: Bool)?
    while true {
      if p < pattern.endIndex, pattern[p] == star {
        if p + 1 < pattern.endIndex, pattern[p + 1] == star {
          // `**/` may stand for no folder at all, and for any number of whole ones.
          p += 2
          let isBoundary = p < pattern.endIndex && pattern[p] == slash
          if isBoundary { p += 1 }
          afterDouble = (p, t, isBoundary)
          afterStar = nil
        } else {
          p += 1
          afterStar = (p, t)
        }
        continue
      }
      if t < text.endIndex, p < pattern.endIndex,
        let next = matchOne(pattern, p, text[t])
      {
        p = next
        t += 1
        continue
      }
      if t == text.endIndex, p == pattern.endIndex { return true }
      if let back = afterStar, back.t < text.endIndex, text[back.t] != slash {
        afterStar = (back.p, back.t + 1)
        (p, t) = (back.p, back.t + 1)
      } else if let back = afterDouble, back.t < text.endIndex {
        var next = back.t + 1
        if back.isBoundary {
          guard let end = text[back.t...].firstIndex(of: slash) else { return false }
          next = end + 1
        }
        afterDouble = (back.p, next, back.isBoundary)
        afterStar = nil
        (p, t) = (back.p, next)
      } else {
        return false
      }
    }
  }

  /// The index behind what matches one byte, or nil when it does not match.
  private static func matchOne(_ pattern: ArraySlice<UInt8>, _ p: Int, _ byte: UInt8) -> Int? {
    switch pattern[p] {
    case UInt8(ascii: "?"):
      return byte == UInt8(ascii: "/") ? nil : p + 1
    case UInt8(ascii: "\\") where p + 1 < pattern.endIndex:
      return pattern[p + 1] == byte ? p + 2 : nil
    case UInt8(ascii: "["):
      guard let end = pattern[(p + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else {
        return byte == UInt8(ascii: "[") ? p + 1 : nil
      }
      var set = pattern[(p + 1)..<end]
      let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
      if isNegated { set.removeFirst() }
      var found = false
      var i = set.startIndex
      while i < set.endIndex {
        if i + 2 < set.endIndex, set[i + 1] == UInt8(ascii: "-") {
          found = found || (set[i] <= byte && byte <= set[i + 2])
          i += 3
        } else {
          found = found || set[i] == byte
          i += 1
        }
      }
      return found != isNegated && byte != UInt8(ascii: "/") ? end + 1 : nil
    default:
      return pattern[p] == byte ? p + 1 : nil
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ byte: UInt8) -> Bool { last == byte }
}
