internal import EverydayCommands
internal import Sync

/// Two versions of a text in two columns.
struct SideBySide {
  let width: Int
  let style: Style
  let showsAll: Bool

  /// Equal lines that are shown around a difference.
  private static let context = 2

  func print(_ pair: ConflictVersions, _ output: inout Output) {
    let rows = pair.rows
    let column = max(10, (min(width, 160) - 3) / 2)
    var near = Set<Int>()
    for (index, row) in rows.enumerated() where !row.isEqual {
      near.formUnion(index - Self.context...index + Self.context)
    }
    var isCut = false
    for (index, row) in rows.enumerated() {
      guard showsAll || near.contains(index) else {
        if !isCut { output.line(style.dim("  …")) }
        isCut = true
        continue
      }
      isCut = false
      let left = Self.fitted(row.kept ?? "", column)
      let right = Self.fitted(row.other ?? "", column)
      let mark = row.isEqual ? " " : row.kept == nil ? ">" : row.other == nil ? "<" : "|"
      let padding = String(repeating: " ", count: max(0, column - Terminal.columns(left)))
      var line = (row.isEqual ? left : style.warning(left)) + padding + " " + mark
      if !right.isEmpty { line += " " + (row.isEqual ? right : style.match(right)) }
      while line.hasSuffix(" ") { line.removeLast() }
      output.line(line)
    }
  }

  /// A line that takes at most so many columns; a longer one ends with `…`.
  private static func fitted(_ text: String, _ width: Int) -> String {
    let shown = Terminal.harmless(text)
    guard Terminal.columns(shown) > width else { return shown }
    var out = ""
    for character in shown {
      guard Terminal.columns(out + String(character)) < width else { break }
      out.append(character)
    }
    return out + "…"
  }
}
