public import ArgumentParser
public import FullText
public import Notes

/// Which notes a verb is about. Several of one kind of filter must all hold, except kinds and
/// languages, of which one is enough.
public struct FilterOptions: ParsableArguments, Sendable {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Only this kind: snippet, doc, fix, resource, project, journal, note.", valueName: "kind"),
    completion: Candidates.kinds)
  public var kind: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Only notes with this tag or one below it.", valueName: "tag"),
    completion: Candidates.tags)
  public var tag: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Only notes with this skill area.", valueName: "skill"),
    completion: Candidates.skills)
  public var skill: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Only notes with code in this language.", valueName: "lang"),
    completion: Candidates.languages)
  public var lang: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only notes changed on or after this day (2026-11-22, '2 weeks ago').", valueName: "date"))
  public var since: String?

  @Option(
    help: ArgumentHelp("Only notes changed on or before this day.", valueName: "date"))
  public var until: String?

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Only notes in this folder of the vault.", valueName: "folder"),
    completion: Candidates.folders)
  public var folder: String?

  public init() {}

  /// What was chosen.
  public var choice: NoteFilters {
    NoteFilters(
      kind: kind, tag: tag, skill: skill, lang: lang, since: since, until: until, folder: folder)
  }

  /// The filter, or nil when every note passes.
  public func filter(in vault: Vault) throws -> Filter? { try choice.filter(in: vault) }

  /// See `NoteFilters.folder`.
  public static func folder(_ text: String, in vault: Vault) throws -> String {
    try NoteFilters.folder(text, in: vault)
  }
}
