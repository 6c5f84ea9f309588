public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Manuscript
internal import Notes
internal import Typesetting

public struct Skills: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "skills", _superCommandName: "folio",
    abstract: "Show how well you know each skill area, and what shows it.",
    discussion: """
      The areas are those of the guide. Evidence is what the vault has: notes and projects that name \
      an area in their 'skills:', the metrics of those projects, certificates of profile.md, notes \
      that record a talk or a contribution, and items of the guide that were ticked with such a note \
      behind them. Each piece has a weight (note 1, metric 1, tick 1.5, record 2, project 3, \
      certificate 4) that halves with every year of its age; the sum gives the level: aware, working, \
      strong, expert. 'level:' in skills.yaml says your own view, which is shown beside it.

        folio skills                     every area, by role
        folio skills --role data         one role of the guide, with what is missing
        folio skills etl-patterns        the evidence, the guide's words and resources for one area
        folio skills --heatmap           evidence by quarter
        folio skills --to svg -o skills.svg
        folio skills --to html -o skills.html

      'learning:' in .folio/config.yaml changes 'half-life' (months), 'levels' (four least sums) and \
      'target' (the level that a role asks for). Exit code 1 when there is no such area, or no \
      evidence for the one named.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, svg }

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The id of an area, or the beginning of one.") var area: String?
  @Option(help: ArgumentHelp("Only areas of this role of the guide.", valueName: "role"))
  var role: String?
  @Flag(name: .customLong("heatmap"), help: "Show evidence by quarter.") var heatMap = false
  @Option(help: ArgumentHelp("Quarters in the heat map.", valueName: "number")) var quarters = 8
  @Option(help: "Write the heat map as svg, or a page with it as html.") var to: Format?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to, instead of standard output.", valueName: "file"))
  var output: String?
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if !(1...40).contains(quarters) {
      throw ValidationError("--quarters is a number from 1 to 40.")
    }
    if output != nil, to == nil { throw ValidationError("-o needs '--to svg' or '--to html'.") }
  }

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let areas = try source.areas()
    let evidence = try source.evidence(areas)
    if let area {
      try SkillPage(source: source, areas: areas, evidence: evidence, color: color)
        .show(try Self.find(area, in: areas), json: json, &output)
      return
    }
    let standings = try source.standings(areas, evidence)
    let role = try role.flatMap { try source.role($0, areas) }
    let shown = standings.filter { standing in
      role.map { role in areas.roles(of: standing.area.id).contains(role.id) } ?? true
    }
    if let to {
      try write(to, source, shown, evidence, &output)
    } else if json {
      output.line(
        JSON.object([
          ("skills", .array(shown.map { SkillPage.json($0, evidence) })),
          ("heatmap", heatMap ? Self.json(map(source, shown, evidence)) : .null),
        ]).text)
    } else if heatMap {
      print(map(source, shown, evidence), &output)
    } else {
      try SkillTable(standings: shown, evidence: evidence, scale: try source.scale(), color: color)
        .print(withGap: role != nil, &output)
    }
    for one in evidence.unknown where !json {
      Output.remark(
        Terminal.harmless(
          "\(one.path): the guide has no skill area \(one.id)."
            + (one.similar.map { " Did you mean \($0)?" } ?? "")))
    }
  }

  static func find(_ name: String, in areas: SkillAreas) throws -> SkillArea {
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

  // MARK: Heat map

  private func map(
    _ source: LearningSource, _ shown: [SkillStanding], _ evidence: SkillEvidence
  ) -> HeatMap {
    SkillHeatMap.make(
      shown.map(\.area), evidence, until: source.today, quarters: quarters)
  }

  private func print(_ map: HeatMap, _ output: inout Output) {
    let style = Style(color)
    let lines = ChartText(.heatMap(map)).lines()
    let groups = Set(map.rows.map(\.group))
    for (index, line) in lines.enumerated() {
      let isAside = index < 2 || index == lines.count - 1
      output.line(
        isAside ? style.dim(line) : groups.contains(line) ? style.title(line) : line)
    }
  }

  static func json(_ map: HeatMap) -> JSON {
    .object([
      ("columns", .strings(map.columns)),
      (
        "rows",
        .array(
          map.rows.map {
            .object([
              ("id", .string($0.label)), ("group", .string($0.group)),
              ("values", .array($0.values.map { .int($0) })),
            ])
          })
      ),
    ])
  }

  private func write(
    _ format: Format, _ source: LearningSource, _ shown: [SkillStanding],
    _ evidence: SkillEvidence, _ output: inout Output
  ) throws {
    let svg = ChartSVG(.heatMap(map(source, shown, evidence))).write()
    let text =
      format == .svg
      ? svg : SkillHTML(standings: shown, evidence: evidence, day: source.today).write(svg: svg)
    guard let file = self.output else {
      output.write(text)
      return
    }
    do throws(FileError) {
      try SafeFile.overwrite(FileSystem.absolute(file), Array(text.utf8))
    } catch {
      throw VaultError.file(error)
    }
    Output.remark("\(Terminal.harmless(file)): \(Count.of(shown.count, "area"))")
  }
}
