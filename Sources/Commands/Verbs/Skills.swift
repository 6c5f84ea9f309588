public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Learning
internal import Notes

public struct Skills: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "skills", _superCommandName: "folio",
    abstract: "Show each skill area with the evidence for it.",
    discussion: """
      The areas are those of the guide. Evidence is what the vault has: notes and projects that name \
      an area in their 'skills:', the metrics of those projects, and items of the guide that were \
      ticked with such a note behind them.

        folio skills                     every area, by role
        folio skills --role data         one role of the guide
        folio skills etl-patterns        the evidence for one area
        folio skills etl                 the beginning of an id is enough

      Exit code 1 when there is no such area, or no evidence for the one named.
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "The id of an area, or the beginning of one.") var area: String?

  @Option(help: ArgumentHelp("Only areas of this role of the guide.", valueName: "role"))
  var role: String?

  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let source = try CareerSource(index)
    guard let guide = try source.guide() else {
      throw Failure(
        .badInput, "the vault has no guide.md, which names the skill areas",
        "'folio init --starter' puts one there.")
    }
    let areas = SkillAreas(guide)
    guard !areas.all.isEmpty else {
      throw Failure(
        .nothing, "guide.md names no skill areas",
        "List them under a bold line 'Skills to Develop:'.")
    }
    let evidence = try evidence(source, guide, areas)
    if let area {
      try show(try find(area, in: areas), evidence, &output)
    } else {
      try list(evidence, &output)
    }
  }

  private func evidence(
    _ source: CareerSource, _ guide: Guide, _ areas: SkillAreas
  ) throws -> SkillEvidence {
    let notes = try source.projectNotes()
    let book = try CareerSource.checked { () throws(Problems) in try MetricBook(notes) }
    return SkillEvidence(
      guide: guide, areas: areas, notes: source.skilledNotes(),
      metrics: book.metrics.map {
        .init(note: $0.note, name: $0.name, date: ($0.asOf ?? $0.since)?.iso)
      }, resolve: source.resolve)
  }

  private func find(_ name: String, in areas: SkillAreas) throws -> SkillArea {
    switch areas.area(named: name) {
    case .area(let area): return area
    case .several(let ids):
      throw Failure(
        .badInput, "\(name) could be \(ids.count) areas: \(ids.joined(separator: ", "))",
        "Type more of the id.")
    case .none(let similar):
      throw Failure(
        .nothing, "the guide has no skill area \(name)",
        similar.map { "Did you mean \($0)?" } ?? "'folio skills' lists them.")
    }
  }

  private func roles(_ areas: SkillAreas) throws -> [(id: String, title: String)] {
    guard let role else { return areas.roles }
    let found = areas.roles.filter { $0.id == role }
    let near = found.isEmpty ? areas.roles.filter { $0.id.hasPrefix(role) } : found
    if near.count == 1 { return near }
    let names = areas.roles.map(\.id)
    let similar = Similar.closest(to: role, among: names)
    throw Failure(
      .badInput,
      near.isEmpty ? "the guide has no role \(role)" : "\(role) could be \(near.count) roles",
      (similar.map { "Did you mean \($0)? " } ?? "")
        + "The roles are \(names.joined(separator: ", ")).")
  }

  private func list(_ evidence: SkillEvidence, _ output: inout Output) throws {
    let roles = try roles(evidence.areas)
    let shown = evidence.areas.all.filter { area in
      self.role == nil || roles.contains { $0.id == area.role }
    }
    if json {
      output.line(JSON.object([("skills", .array(shown.map { json($0, evidence) }))]).text)
      return
    }
    let style = Style(color)
    let width = shown.map(\.id.count).max() ?? 0
    var role: String?
    for area in shown {
      if area.roleTitle != role || area == shown.first {
        if area != shown.first { output.line() }
        role = area.roleTitle
        let pad = String(repeating: " ", count: max(0, width - (role ?? "Areas").count))
        output.line(
          style.title(role ?? "Areas") + pad
            + style.dim("   notes  projects  metrics  ticks  newest"))
      }
      let counts = zip(SkillEvidence.Piece.Kind.allCases, [8, 10, 9, 7]).map { kind, columns in
        let count = evidence.count(of: area.id, kind)
        let text = count == 0 ? "·" : String(count)
        return String(repeating: " ", count: columns - text.count) + text
      }.joined()
      let pad = String(repeating: " ", count: max(0, width - area.id.count))
      let line = "\(area.id)\(pad)\(counts)  \(evidence.newest(of: area.id) ?? "")"
      output.line(evidence.count(of: area.id) == 0 ? style.dim(line) : line)
    }
    let covered = shown.count { evidence.count(of: $0.id) > 0 }
    output.line()
    output.line("\(covered) of \(Count.of(shown.count, "area")) have evidence.")
    for one in evidence.unknown {
      Output.remark(
        Terminal.harmless(
          "\(one.path): the guide has no skill area \(one.id)."
            + (one.similar.map { " Did you mean \($0)?" } ?? "")))
    }
  }

  private func json(_ area: SkillArea, _ evidence: SkillEvidence) -> JSON {
    let counts = SkillEvidence.Piece.Kind.allCases.map {
      ($0.rawValue + "s", JSON.int(evidence.count(of: area.id, $0)))
    }
    return .object([
      ("id", .string(area.id)), ("name", .string(area.name)), ("role", .optional(area.role)),
      ("phase", .optional(area.phase)),
      ("evidence", .object(counts + [("total", .int(evidence.count(of: area.id)))])),
      ("newest", .optional(evidence.newest(of: area.id))),
    ])
  }

  private func show(
    _ area: SkillArea, _ evidence: SkillEvidence, _ output: inout Output
  ) throws {
    let pieces = evidence.pieces(of: area.id)
    if json {
      let items = pieces.map {
        JSON.object([
          ("kind", .string($0.kind.rawValue)), ("path", .string($0.path)),
          ("title", .string($0.title)), ("date", .optional($0.date)),
        ])
      }
      output.line(
        JSON.object([("skill", json(area, evidence)), ("evidence", .array(items))]).text)
    } else {
      let style = Style(color)
      let place = [area.roleTitle, area.phase].compactMap { $0 }.joined(separator: ", ")
      output.line(style.title(area.name) + "  " + style.dim("\(area.id)  \(place)"))
      for piece in pieces {
        let kind = piece.kind.rawValue
        let date = piece.date ?? ""
        output.line(
          date + String(repeating: " ", count: max(1, 12 - date.count)) + kind
            + String(repeating: " ", count: max(1, 9 - kind.count))
            + Terminal.harmless(piece.title) + "  " + style.path(Terminal.harmless(piece.path)))
      }
    }
    guard pieces.isEmpty else { return }
    if !json {
      Output.remark(
        "Nothing yet. Add 'skills: [\(area.id)]' to the notes that show it.")
    }
    output.flush()
    throw Failure.quiet(.nothing)
  }
}
