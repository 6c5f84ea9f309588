internal import EverydayCommands
internal import Learning
internal import Notes

/// One skill area: its level, its evidence, and what the guide says about it.
struct SkillPage {
  let source: LearningSource
  let areas: SkillAreas
  let evidence: SkillEvidence
  let color: Style.When

  func show(_ area: SkillArea, json: Bool, _ output: inout Output) throws {
    let scale = try source.scale()
    let standing = SkillStanding(
      area, evidence, declared: try source.words().declared[area.id], on: source.today,
      scale: scale)
    let pieces = evidence.pieces(of: area.id)
    let context = SkillContext(area, in: source.guide, areas)
    if json {
      output.line(
        JSON.object([
          ("skill", Self.json(standing, evidence)),
          (
            "evidence",
            .array(
              pieces.map {
                .object([
                  ("kind", .string($0.kind.rawValue)), ("path", .string($0.path)),
                  ("title", .string($0.title)), ("date", .optional($0.date)),
                ])
              })
          ),
          ("projects", .strings(context.projects.map(\.text))),
          ("ideas", .strings(context.ideas.map(\.id))),
          (
            "resources",
            .array(
              context.resources.map {
                .object([("title", .string($0.text)), ("url", .optional($0.url))])
              })
          ),
        ]).text)
    } else {
      print(standing, pieces, context, scale, &output)
    }
    guard pieces.isEmpty else { return }
    if !json {
      Output.remark(
        "Nothing yet. Add 'skills: [\(area.id)]' to the notes that show it, "
          + "or let 'folio tag suggest --all' look for them.")
    }
    output.flush()
    throw Failure.quiet(.nothing)
  }

  private func print(
    _ standing: SkillStanding, _ pieces: [SkillEvidence.Piece], _ context: SkillContext,
    _ scale: SkillScale, _ output: inout Output
  ) {
    let style = Style(color)
    let area = standing.area
    let place = [area.roleTitle, area.phase].compactMap { $0 }.joined(separator: ", ")
    output.line(style.title(area.name) + "  " + style.dim("\(area.id)  \(place)"))
    var level = "Level: \(standing.level.rawValue) (\(Self.number(standing.score)))"
    if let declared = standing.declared { level += ", you say \(declared.rawValue)" }
    if let day = standing.fallsOn { level += "; falls on \(day.iso) if nothing new comes" }
    output.line(level)
    if let remedy = standing.remedy(scale) { output.line("To \(remedy)") }
    for piece in pieces {
      let kind = piece.kind.rawValue
      let date = piece.date ?? ""
      output.line(
        date + String(repeating: " ", count: max(1, 12 - date.count)) + kind
          + String(repeating: " ", count: max(1, 12 - kind.count))
          + Terminal.harmless(piece.title) + "  " + style.path(Terminal.harmless(piece.path)))
    }
    func list(_ title: String, _ lines: [String]) {
      guard !lines.isEmpty else { return }
      output.line(style.title(title))
      for line in lines { output.line("  " + Terminal.harmless(line)) }
    }
    list("The guide says", context.words)
    list("Projects to try", context.projects.map(\.text))
    list(
      "Ideas", context.ideas.map { "\($0.title)  \($0.name)" })
    list("Resources", context.resources.map { $0.text + ($0.url.map { "  " + $0 } ?? "") })
  }

  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func json(_ standing: SkillStanding, _ evidence: SkillEvidence) -> JSON {
    let area = standing.area
    let counts = SkillEvidence.Piece.Kind.allCases.map {
      ($0.rawValue + "s", JSON.int(evidence.count(of: area.id, $0)))
    }
    return .object([
      ("id", .string(area.id)), ("name", .string(area.name)), ("role", .optional(area.role)),
      ("phase", .optional(area.phase)), ("level", .string(standing.level.rawValue)),
      ("declared", .optional(standing.declared?.rawValue)),
      ("target", .string(standing.target.rawValue)), ("gap", .int(standing.gap)),
      ("score", .number(standing.score)),
      ("missing", standing.missing.map { .number($0) } ?? .null),
      ("falls_on", .optional(standing.fallsOn?.iso)),
      ("evidence", .object(counts + [("total", .int(evidence.count(of: area.id)))])),
      ("newest", .optional(standing.newest)),
    ])
  }
}
