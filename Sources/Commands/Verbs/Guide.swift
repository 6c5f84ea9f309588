public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

/// The verbs about the learning guide.
public struct GuideVerb: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "guide", _superCommandName: "folio",
    abstract: "The learning guide you follow.",
    subcommands: [
      GuideShow.self, GuideImportVerb.self, GuideTick.self, GuideUntick.self,
      GuideNext.self,
    ],
    defaultSubcommand: GuideShow.self)

  public init() {}
}

public struct GuideShow: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "show", _superCommandName: "folio guide",
    abstract: "The guide as an outline, with what is ticked.",
    discussion: """
      Sections with their progress; with the name of a section, its items and their ids too. A \
      section is named by its id, a part of it, or words of its title.

        folio guide show
        folio guide show data-engineer
        folio guide show data-engineer/phase-1 --json
        folio guide show milestones

      The guide is guide.md of the vault; any Markdown file with headings and lists will do. Exit \
      code 1 when there is no such section.
      """)

  @OptionGroup var vault: VaultOptions
  @Argument(help: "A section; the whole guide when absent.") var section: [String] = []
  @Flag(help: "Items of every section, not only of the one named.") var items = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let file = try GuideFile(vault)
    let guide = file.guide
    file.remark()
    let chosen = try section.isEmpty ? nil : find(section.joined(separator: " "), in: guide)
    let shown = chosen.map { [$0] } ?? guide.sections
    if json {
      output.line(
        JSON.object([
          ("path", .string(guide.path)), ("title", .string(guide.title)),
          ("done", .int(guide.progress.done)), ("tasks", .int(guide.progress.total)),
          ("sections", .array(shown.map(json(_:)))),
        ]).text)
      return
    }
    let style = Style(color)
    if chosen == nil {
      output.line(
        style.title(Terminal.harmless(guide.title)) + "  " + progress(guide.progress, style))
    }
    let top = shown.first?.level ?? 1
    for one in shown { print(one, top, withItems: chosen != nil || items, style, &output) }
  }

  private func find(_ name: String, in guide: Guide) throws -> GuideSection {
    switch guide.section(named: name) {
    case .section(let section): return section
    case .several(let ids):
      throw Failure(
        .badInput,
        "\(name) could be \(ids.count) sections: \(ids.prefix(6).joined(separator: ", "))",
        "Type more of the id.")
    case .none(let similar):
      throw Failure(
        .nothing, "the guide has no section \(name)",
        similar.map { "Did you mean \($0)?" } ?? "'folio guide show' lists them.")
    }
  }

  private func progress(_ progress: (done: Int, total: Int), _ style: Style) -> String {
    guard progress.total > 0 else { return "" }
    let text = "\(progress.done)/\(progress.total)"
    return progress.done == progress.total ? style.good(text) : style.dim(text)
  }

  private func print(
    _ section: GuideSection, _ top: Int, withItems: Bool, _ style: Style, _ output: inout Output
  ) {
    let indent = String(repeating: "  ", count: max(0, section.level - top))
    var line =
      indent
      + (section.level == top
        ? style.title(Terminal.harmless(section.title)) : Terminal.harmless(section.title))
    if let window = section.window { line += style.dim(" (\(Terminal.harmless(window)))") }
    let count = progress(section.progress, style)
    if !count.isEmpty { line += "  " + count }
    if withItems { line += "  " + style.path(section.id) }
    output.line(line)
    if withItems {
      var label: String?
      for item in section.items {
        if item.label != label {
          label = item.label
          if let label { output.line(indent + "  " + style.dim(Terminal.harmless(label))) }
        }
        print(item, indent + "  ", style, &output)
      }
    }
    for inner in section.sections { print(inner, top, withItems: withItems, style, &output) }
  }

  private func print(
    _ item: GuideItem, _ indent: String, _ style: Style, _ output: inout Output
  ) {
    let box = item.isDone.map { $0 ? style.good("✓ ") : "○ " } ?? "- "
    var line = indent + box + Terminal.harmless(item.text)
    if let day = item.doneOn { line += "  " + style.dim(day) }
    if let evidence = item.evidence { line += "  " + style.path(Terminal.harmless(evidence)) }
    output.line(line)
    for inner in item.items { print(inner, indent + "  ", style, &output) }
  }

  private func json(_ section: GuideSection) -> JSON {
    let progress = section.progress
    return .object([
      ("id", .string(section.id)), ("title", .string(section.title)),
      ("kind", .string(section.kind.rawValue)), ("window", .optional(section.window)),
      ("level", .int(section.level)), ("line", .int(section.line)), ("done", .int(progress.done)),
      ("tasks", .int(progress.total)), ("items", .array(section.items.map(json(_:)))),
      ("sections", .array(section.sections.map(json(_:)))),
    ])
  }

  private func json(_ item: GuideItem) -> JSON {
    .object([
      ("id", .string(item.id)), ("text", .string(item.text)), ("role", .string(item.role.rawValue)),
      ("label", .optional(item.label)), ("done", item.isDone.map { .bool($0) } ?? .null),
      ("date", .optional(item.doneOn)), ("note", .optional(item.evidence)),
      ("line", .int(item.line)),
      ("items", .array(item.items.map(json(_:)))),
    ])
  }
}
