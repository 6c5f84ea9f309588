public import ArgumentParser
internal import FullText
internal import Notes

public struct TagList: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio tag",
    abstract: "List the tags of the vault with their counts.",
    discussion: """
        folio tag list
        folio tag list airflow
        folio tag list --sort count -n 20
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable { case name, count }

  @OptionGroup var index: ReadingOptions

  @Argument(help: "Only this tag and those below it.", completion: Candidates.tags) var tag: String?

  @Option(help: "Order: name or count.") var sort = Order.name

  @Option(
    name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
    help: "At most this many tags.")
  var limit: Int?

  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit cannot be below 0") }
  }

  public func run(_ output: inout Output) throws {
    var tags = try index.open().index.index.values(ofAttribute: "tag")
    if let tag {
      let wanted = TextFolding.fold(tag.hasPrefix("#") ? String(tag.dropFirst()) : tag)
      tags = tags.filter {
        let name = TextFolding.fold($0.value)
        return name == wanted || name.hasPrefix(wanted + "/")
      }
    }
    switch sort {
    case .name: tags.sort { TextFolding.fold($0.value) < TextFolding.fold($1.value) }
    case .count: tags.sort { ($1.count, $0.value) < ($0.count, $1.value) }
    }
    if let limit { tags = Array(tags.prefix(limit)) }
    if json {
      let items = tags.map {
        JSON.object([("name", .string($0.value)), ("count", .int($0.count))])
      }
      output.line(JSON.object([("tags", .array(items))]).text)
    } else {
      let width = tags.reduce(0) { max($0, String($1.count).count) }
      for tag in tags {
        let count = String(tag.count)
        output.line(
          String(repeating: " ", count: width - count.count) + count + "  "
            + Terminal.harmless(tag.value))
      }
    }
    if tags.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}

/// What `tag add` and `tag remove` share: the note, the tags, and how the result is shown.
struct TagChange {
  var index: ReadingOptions
  var note: String
  var tags: [String]

  func run(
    _ output: inout Output, _ edit: (FrontMatterEdit, [String]) throws(VaultError) -> [UInt8]
  ) throws {
    let names = try tags.map { try TagName($0).description }
    let changed = try FrontMatterChange(index: index, verb: "tag").make(note) {
      current throws(VaultError) in try edit(current, names)
    }
    let left = changed.tags
    let shown =
      left.isEmpty ? "no tags" : left.map { Terminal.harmless($0) }.joined(separator: ", ")
    output.line("\(Terminal.harmless(changed.path.description)): \(shown)")
  }
}

public struct TagAdd: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "add", _superCommandName: "folio tag",
    abstract: "Add tags to a note, changing only those bytes.",
    discussion: """
      The list keeps the style it has; a note without front matter gets a block with the tags and \
      nothing else. The tags that the note has then are printed.

        folio tag add backfill-one-partition airflow/backfill production
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The note.", completion: Candidates.notes) var note: String
  @Argument(help: "The tags.", completion: Candidates.tags) var tags: [String]

  public init() {}

  public func run(_ output: inout Output) throws {
    try TagChange(index: index, note: note, tags: tags).run(&output) {
      (edit, names) throws(VaultError) in try edit.adding(names, to: edit.tagKey)
    }
  }
}

public struct TagRemove: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "remove", _superCommandName: "folio tag",
    abstract: "Remove tags from the front matter of a note.",
    discussion: """
      A #tag in the text is never taken out; the command says where it stands.

        folio tag remove backfill-one-partition airflow/cli
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The note.", completion: Candidates.notes) var note: String
  @Argument(help: "The tags.", completion: Candidates.tags) var tags: [String]

  public init() {}

  public func run(_ output: inout Output) throws {
    try TagChange(index: index, note: note, tags: tags).run(&output) {
      (edit, names) throws(VaultError) in try edit.removingTags(names)
    }
  }
}
