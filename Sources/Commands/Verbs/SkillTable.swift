internal import EverydayCommands
internal import Learning
internal import Notes

/// The skill areas as a table for the terminal.
struct SkillTable {
  let standings: [SkillStanding]
  let evidence: SkillEvidence
  let scale: SkillScale
  let color: Style.When

  private static let kinds: [(SkillEvidence.Piece.Kind, String, Int)] = [
    (.note, "notes", 7), (.project, "projects", 10), (.metric, "metrics", 9), (.tick, "ticks", 7),
    (.certificate, "certs", 7), (.record, "records", 9),
  ]

  /// - Parameter withGap: Says what would raise each area that is below the target.
  func print(withGap: Bool, _ output: inout Output) {
    let style = Style(color)
    let width = standings.map(\.area.id.count).max() ?? 0
    let declares = standings.contains { $0.declared != nil }
    var role: String??
    for standing in standings {
      let area = standing.area
      if role != .some(area.roleTitle) {
        if role != nil { output.line() }
        role = .some(area.roleTitle)
        let title = area.roleTitle ?? "Areas"
        output.line(
          style.title(title) + String(repeating: " ", count: max(0, width - title.count))
            + style.dim(
              "  level  " + (declares ? "  declared" : "")
                + Self.kinds.map { Self.right($0.1, $0.2) }.joined() + "  newest"))
      }
      var line = area.id + String(repeating: " ", count: width - area.id.count) + "  "
      line += Self.left(standing.level.rawValue, 7)
      if declares { line += "  " + Self.left(standing.declared?.rawValue ?? "", 8) }
      for (kind, _, columns) in Self.kinds {
        let count = evidence.count(of: area.id, kind)
        line += Self.right(count == 0 ? "·" : String(count), columns)
      }
      line += "  " + (standing.newest ?? "")
      output.line(standing.level == .none ? style.dim(line) : line)
      if withGap, standing.gap > 0, let remedy = standing.remedy(scale) {
        output.line("    " + style.dim("to \(remedy)"))
      }
    }
    output.line()
    let known = standings.count { $0.level > .none }
    output.line("\(known) of \(Count.of(standings.count, "area")) have evidence that still counts.")
    if withGap {
      let below = standings.filter { $0.gap > 0 }
      output.line(
        below.isEmpty
          ? "All are at \(scale.target.rawValue) or above."
          : "\(below.count) are below \(scale.target.rawValue).")
    }
  }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
