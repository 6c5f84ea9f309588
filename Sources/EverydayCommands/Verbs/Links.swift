public import ArgumentParser
internal import Markup
public import Notes

public struct Links: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "links", _superCommandName: "folio",
    abstract: "Show what a note links to and what links to it.",
    discussion: """
      Each line gives the place of the link and where it leads. Without a note: --broken lists the \
      links of the whole vault that lead nowhere, --orphans the notes that nothing links to.

        folio links dynamic-task-mapping
        folio links --in dynamic-task-mapping
        folio links --mentions dynamic-task-mapping
        folio links --related dynamic-task-mapping
        folio links --broken
        folio links --orphans -n 20

      --mentions lists places that name the note without a link; --related notes that share its tags \
      or the targets of its links, what few notes have counting for more.

      Exit code 1 when there are none.
      """)

  @OptionGroup var index: ReadingOptions

  @Argument(help: "The note.", completion: Candidates.notes) var note: String?

  @Flag(name: .customLong("in"), help: "Only links that lead to the note.") var incoming = false
  @Flag(name: .customLong("out"), help: "Only links that the note holds.") var outgoing = false
  @Flag(help: "Only links that lead nowhere or could mean several notes.") var broken = false
  @Flag(help: "Only places that name the note without a link.") var mentions = false
  @Flag(help: "Notes that have tags or link targets in common with the note.") var related = false
  @Flag(help: "List notes that no other note links to.") var orphans = false
  @Flag(help: "Print JSON.") var json = false

  @Option(
    name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
    help: "At most this many.")
  var limit: Int?

  @Option(help: "When to use colour: auto, always or never.")
  var color = Style.When.auto

  public init() {}

  public func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit cannot be below 0") }
    if incoming, outgoing { throw ValidationError("--in and --out do not go together") }
    if orphans, note != nil || broken {
      throw ValidationError("--orphans is about the whole vault")
    }
    if mentions || related, note == nil {
      throw ValidationError("--mentions and --related are about a note")
    }
    if [incoming || outgoing || broken, mentions, related].count(where: { $0 }) > 1 {
      throw ValidationError("--mentions and --related go with no other")
    }
    if note == nil, !broken, !orphans {
      throw ValidationError("name a note, or use --broken or --orphans")
    }
  }

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    if orphans {
      try printOrphans(NoteLinks(index.open(vault).index).orphans(), &output)
      return
    }
    var links: [NoteLink]
    if let name = note {
      let path = try NoteFinder(vault, index).path(of: name)
      let notes = NoteLinks(try index.open(vault).index)
      guard let note = NoteReader(vault: vault).read(path)?.note else {
        throw VaultError.noSuchNote(name, similar: [])
      }
      if mentions { return try printMentions(notes.mentions(of: note), &output) }
      if related { return try printRelated(notes.related(to: note), &output) }
      links = incoming ? [] : notes.outgoing(of: note)
      if !outgoing { links += notes.incoming(to: note) }
    } else {
      links = NoteLinks(try index.open(vault).index).broken()
    }
    if broken { links = links.filter { $0.status == .broken || $0.status == .ambiguous } }
    let shown = limited(links)
    if json {
      output.line(JSON.object([("links", .array(shown.map(\.json)))]).text)
    } else {
      print(shown, &output)
    }
    if links.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func limited<Item>(_ items: [Item]) -> [Item] { Array(items.prefix(limit ?? .max)) }

  private func printMentions(_ mentions: [Mention], _ output: inout Output) throws {
    if json {
      let items = limited(mentions).map { mention in
        JSON.object([
          ("path", .string(mention.source)), ("line", .int(mention.line)),
          ("col", .int(mention.column)), ("text", .string(mention.text)),
        ])
      }
      output.line(JSON.object([("mentions", .array(items))]).text)
    } else {
      let style = Style(color)
      for mention in limited(mentions) {
        let place = style.path(
          "\(Terminal.harmless(mention.source)):\(mention.line):\(mention.column)")
        output.line("\(place) names it as \(Terminal.harmless(mention.text))")
      }
    }
    if mentions.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func printRelated(_ related: [RelatedNote], _ output: inout Output) throws {
    if json {
      let items = limited(related).map { related in
        JSON.object([
          ("path", .string(related.note.path)), ("title", .string(related.note.title)),
          ("score", .number(related.score)), ("shared", .strings(related.shared)),
        ])
      }
      output.line(JSON.object([("related", .array(items))]).text)
    } else {
      let style = Style(color)
      for related in limited(related) {
        output.line(
          style.path(Terminal.harmless(related.note.path)) + "  "
            + Terminal.harmless(related.note.title) + "  "
            + style.dim(Terminal.harmless(related.shared.joined(separator: ", "))))
      }
    }
    if related.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func printOrphans(_ notes: [VaultPath], _ output: inout Output) throws {
    if json {
      output.line(JSON.object([("orphans", .strings(limited(notes).map(\.description)))]).text)
    } else {
      for note in limited(notes) { output.line(Terminal.harmless(note.description)) }
    }
    if notes.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }

  private func print(_ links: [NoteLink], _ output: inout Output) {
    let style = Style(color)
    for link in links {
      let place = style.path("\(Terminal.harmless(link.source)):\(link.line):\(link.column)")
      let arrow = link.direction == .in ? "links here as" : "→"
      var line = "\(place) \(arrow) \(Terminal.harmless(link.target))"
      switch link.status {
      case .ok where link.direction == .out && link.path.map({ $0 != link.target }) == true:
        line += style.dim(" (\(Terminal.harmless(link.path ?? "")))")
      case .broken: line += " " + style.bad("(broken)")
      case .ambiguous:
        let names = link.candidates.map { Terminal.harmless($0) }.joined(separator: ", ")
        line += " " + style.warning("(could be \(names))")
      default: break
      }
      output.line(line)
    }
  }
}

extension NoteLink {
  public var json: JSON {
    .object([
      ("path", .string(source)), ("line", .int(line)), ("col", .int(column)),
      ("target", .string(target)), ("kind", .string(kind.name)),
      ("status", .string(status.rawValue)), ("direction", .string(direction.rawValue)),
      ("to", .optional(path)), ("candidates", .strings(candidates)),
    ])
  }
}

extension MarkdownScan.Link.Kind {
  var name: String {
    switch self {
    case .wikilink: "wikilink"
    case .embed: "embed"
    case .markdown: "markdown"
    case .image: "image"
    case .autolink: "autolink"
    case .reference: "reference"
    case .definition: "definition"
    }
  }
}
