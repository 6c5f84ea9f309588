/// Patterns of paths that are left out, read as git reads `.gitignore`.
///
/// Source: gitignore(5). `*` and `?` stay within a part, `**` crosses folders, a slash in front or in
/// the middle ties the pattern to its folder, one at the end means folders only, `!` takes back.
/// Patterns themselves are matched by `IgnorePattern`.
struct IgnoreRules: Sendable {
  private struct Rule: Sendable {
    let pattern: IgnorePattern
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
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
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
    guard !line.isEmpty, let pattern = IgnorePattern(Array(line)) else { return }
    rules.append(
      Rule(
        pattern: pattern, isNegated: isNegated, isFolderOnly: isFolderOnly,
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
      if rule.pattern.matches(text) { return !rule.isNegated }
    }
    return false
  }

  private static func lastPart(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes }
    return bytes[(slash + 1)...]
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ byte: UInt8) -> Bool { last == byte }
}
