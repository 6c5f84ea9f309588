public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct Sharing: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "sharing", _superCommandName: "folio",
    abstract: "What you passed on: docs, posts, talks, open source, mentoring.",
    subcommands: [SharingList.self, SharingAdd.self], defaultSubcommand: SharingList.self)

  public init() {}
}

public struct SharingList: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio sharing",
    abstract: "List what you passed on, by the guide's channels.",
    discussion: """
      Records are notes that say 'record: doc', 'post', 'talk', 'open-source' or 'mentoring'. The \
      guide's ways of sharing come with the count of each, and its places to meet others behind them.

        folio sharing
        folio sharing list --json
      """)

  @OptionGroup var index: ReadingOptions
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  /// The kind of record that a way of sharing is about.
  private static func kind(of name: String) -> LearningRecord.Kind? {
    let name = name.lowercased()
    if name.contains("mentor") { return .mentoring }
    if name.contains("open source") { return .openSource }
    if name.contains("talk") || name.contains("conference") { return .talk }
    if name.contains("blog") || name.contains("post") || name.contains("article") { return .post }
    if name.contains("doc") { return .doc }
    return nil
  }

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let list = RecordList(
      kinds: LearningRecord.Kind.sharing + [.contribution], json: json, color: color)
    let records = try list.records(source)
    // A contribution is open source as well.
    func count(_ kind: LearningRecord.Kind) -> Int {
      records.count { $0.kind == kind || kind == .openSource && $0.kind == .contribution }
    }
    let ways = source.guide.items.filter { $0.role == .sharing }
    let channels = source.guide.items.filter { $0.role == .channel }
    let style = Style(color)
    if json {
      func item(_ item: GuideItem) -> JSON {
        let kind = Self.kind(of: item.lead ?? item.text)
        return .object([
          ("name", .string(item.lead ?? item.text)), ("text", .string(item.detail)),
          ("kind", .optional(kind?.rawValue)), ("count", kind.map { .int(count($0)) } ?? .null),
        ])
      }
      output.line(
        JSON.object([
          ("records", .array(records.map(RecordList.json))), ("ways", .array(ways.map(item))),
          (
            "channels",
            .array(
              channels.map {
                .object([
                  ("name", .string($0.lead ?? $0.text)), ("text", .string($0.detail)),
                ])
              })
          ),
        ]).text)
    } else {
      for record in records { output.line(list.line(record, style)) }
      if !ways.isEmpty { output.line(style.title("Ways of sharing")) }
      for way in ways {
        let number = Self.kind(of: way.lead ?? way.text).map(count) ?? 0
        output.line(
          "  " + SkillTable.right(number == 0 ? "·" : String(number), 2) + "  "
            + Terminal.harmless(way.lead ?? way.text)
            + style.dim("  " + Terminal.harmless(way.detail)))
      }
      var section: String?
      for channel in channels {
        let title = source.guide.section(of: channel)?.title
        if title != section {
          section = title
          output.line(style.title(Terminal.harmless(title ?? "Channels")))
        }
        output.line(
          "      " + Terminal.harmless(channel.lead ?? channel.text)
            + style.dim("  " + Terminal.harmless(channel.detail)))
      }
    }
    if records.isEmpty {
      if !json { Output.remark("None is recorded; 'folio sharing add talk TITLE' records one.") }
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}

public struct SharingAdd: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "add", _superCommandName: "folio sharing",
    abstract: "Record a doc, post, talk, open-source work or mentoring.",
    discussion: """
        folio sharing add talk "Pipelines without code" --at "Data meetup" -s platform-as-a-service
        folio sharing add post "Pools, explained" --url https://example.org/pools
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "doc, post, talk, open-source or mentoring.") var kind: String
  @Argument(help: "What it was.") var title: String
  @OptionGroup var options: RecordOptions
  @Option(help: ArgumentHelp("Where, or for whom.", valueName: "place")) var at: String?

  public init() {}

  public func run(_ output: inout Output) throws {
    let kinds = LearningRecord.Kind.sharing
    guard let read = kinds.first(where: { $0.rawValue == kind.lowercased() }) else {
      let names = kinds.map(\.rawValue)
      throw Failure(
        .usage, "\(kind) is no way of sharing",
        Similar.closest(to: kind, among: names).map { "Did you mean \($0)?" }
          ?? "Write one of \(names.joined(separator: ", ")).")
    }
    var note = RecordNote(index: index, title: title, kind: read, options: options)
    if let at { note.extra.append(("where", at)) }
    try note.save(&output)
  }
}
