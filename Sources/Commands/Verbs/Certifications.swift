public import ArgumentParser
public import EverydayCommands
internal import Career
internal import Learning
internal import Notes

public struct Certifications: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "certifications", _superCommandName: "folio",
    abstract: "Certificates: those you hold, and those the guide names.",
    subcommands: [CertificationsList.self, CertificationsAdd.self],
    defaultSubcommand: CertificationsList.self)

  public init() {}
}

public struct CertificationsList: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "folio certifications",
    abstract: "List certificates: those you hold, and those the guide names.",
    discussion: """
      Those you hold stand in 'certificates:' of profile.md, or in notes that say 'record: \
      certificate'. They count as evidence for the areas in their 'skills:'.

        folio certifications
        folio certifications list --json
      """)

  @OptionGroup var index: ReadingOptions
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "When to use colour: auto, always or never.") var color = Style.When.auto

  public init() {}

  private struct Held {
    var name: String
    var issuer: String?
    var date: String?
    var expires: String?
    var skills: [String]
    var path: String
  }

  public func run(_ output: inout Output) throws {
    let source = try LearningSource(index)
    let list = RecordList(kinds: [.certificate], json: json, color: color)
    var held = try (source.profile()?.certificates ?? []).map {
      Held(
        name: $0.name, issuer: $0.issuer, date: $0.date?.iso, skills: $0.skills, path: "profile.md")
    }
    held += try list.records(source).map {
      Held(
        name: $0.title, issuer: $0.issuer, date: $0.date, expires: $0.expires, skills: $0.skills,
        path: $0.path)
    }
    held.sort { ($1.date ?? "", $0.name) < ($0.date ?? "", $1.name) }
    let named = source.guide.items.filter { $0.role == .certificate }
    let style = Style(color)
    let today = source.today.iso
    if json {
      output.line(
        JSON.object([
          (
            "held",
            .array(
              held.map {
                .object([
                  ("name", .string($0.name)), ("issuer", .optional($0.issuer)),
                  ("date", .optional($0.date)), ("expires", .optional($0.expires)),
                  ("skills", .strings($0.skills)), ("path", .string($0.path)),
                ])
              })
          ),
          (
            "guide",
            .array(
              named.map { item in
                .object([
                  ("id", .string(item.id)), ("name", .string(item.text)),
                  ("url", .optional(item.url)),
                  ("held", .bool(held.contains { Likeness.isSame($0.name, item.text) })),
                ])
              })
          ),
        ]).text)
    } else {
      for one in held {
        var line = style.good("✓") + " " + SkillTable.left(one.date ?? "", 10) + "  "
        line += Terminal.harmless(one.name)
        if let issuer = one.issuer { line += ", " + Terminal.harmless(issuer) }
        if let end = one.expires {
          line += end < today ? style.bad("  expired on \(end)") : style.dim("  until \(end)")
        }
        if !one.skills.isEmpty { line += style.dim("  " + one.skills.joined(separator: ", ")) }
        output.line(line + "  " + style.path(Terminal.harmless(one.path)))
      }
      let open = named.filter { item in !held.contains { Likeness.isSame($0.name, item.text) } }
      for item in open {
        output.line(
          "○ " + String(repeating: " ", count: 12) + Terminal.harmless(item.text)
            + style.dim(item.url.map { "  " + Terminal.harmless($0) } ?? ""))
        for note in item.items {
          output.line(
            String(repeating: " ", count: 16) + style.dim(Terminal.harmless(note.text)))
        }
      }
    }
    if held.isEmpty, named.isEmpty {
      output.flush()
      throw Failure.quiet(.nothing)
    }
  }
}

public struct CertificationsAdd: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "add", _superCommandName: "folio certifications",
    abstract: "Record a certificate that you hold.",
    discussion: """
        folio certifications add "Certified Kubernetes Administrator" --issuer CNCF -s kubernetes
        folio certifications add "SnowPro Core" --date 2026-05-21 --expires 2028-05-21
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "Its name.") var title: String
  @OptionGroup var options: RecordOptions
  @Option(help: ArgumentHelp("Who gave it.", valueName: "name")) var issuer: String?
  @Option(help: ArgumentHelp("Until when it is good.", valueName: "date")) var expires: String?

  public init() {}

  public func run(_ output: inout Output) throws {
    var note = RecordNote(index: index, title: title, kind: .certificate, options: options)
    if let issuer { note.extra.append(("issuer", issuer)) }
    if let expires {
      guard let date = NoteDate(expires) else {
        throw Failure(.usage, "\(expires) is no date", "Write it as 2028-05-21.")
      }
      note.extra.append(("expires", date.iso))
    }
    try note.save(&output)
  }
}

/// Whether two names mean the same thing.
enum Likeness {
  /// Half of the words of both are shared, or one name holds all the words of the other.
  static func isSame(_ a: String, _ b: String) -> Bool {
    func words(_ text: String) -> Set<Substring> {
      Set((Slug.make(text) ?? "").split(separator: "-"))
    }
    let (one, two) = (words(a), words(b))
    guard !one.isEmpty, !two.isEmpty else { return false }
    let shared = one.intersection(two).count
    return shared == min(one.count, two.count) && shared > 1
      || Double(shared) / Double(one.union(two).count) >= 0.6
  }
}
