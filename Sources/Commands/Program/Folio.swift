public import ArgumentParser
internal import EverydayCommands

/// The whole program: every verb, for help, completions, the manual and all that is not everyday.
public struct Folio: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "folio",
    abstract: "Your notes as an engineer: captured in seconds, found in milliseconds.",
    discussion: """
      A vault is a folder of Markdown notes with a .folio/ in it. Files are the truth; the search \
      index is a cache that may be deleted at any time.

        folio init                                  make this folder a vault
        pbpaste | folio add snippet "What it does"  capture
        folio search dynamic task mapping           find
        folio show --code dynamic-task-mapping      use

      Exit codes: 0 done, 1 nothing found or findings, 2 input that cannot be used, 5 offline, \
      6 not let in, 7 refused by the remote, 8 refused as unsafe, 9 locked by another folio, 64 usage, 70 a bug, 74 input or output failed.
      """,
    version: Program.version,
    groupedSubcommands: [
      CommandGroup(
        name: "Everyday",
        subcommands: [
          Add.self, Append.self, Today.self, Search.self, List.self, Find.self, Show.self,
          Copy.self, Edit.self,
        ]),
      CommandGroup(
        name: "Order",
        subcommands: [
          Tag.self, SetVerb.self, Unset.self, Verify.self, Links.self, Move.self, Remove.self,
          Undo.self,
          Check.self,
        ]),
      CommandGroup(
        name: "Learning",
        subcommands: [
          GuideVerb.self, Skills.self, PlanVerb.self, ProjectVerb.self, Milestones.self,
          LogVerb.self,
          Habits.self, Certifications.self, Contributions.self, Sharing.self,
          Assess.self, Ladder.self, Brag.self,
        ]),
      CommandGroup(
        name: "Documents",
        subcommands: [
          MetricsVerb.self, ResumeVerb.self, PortfolioVerb.self, Explain.self, ProfileVerb.self,
        ]),
      CommandGroup(
        name: "The vault", subcommands: [Init.self, Import.self, IndexVerb.self, Doctor.self]),
      CommandGroup(
        name: "Devices",
        subcommands: [
          SyncVerb.self, StatusVerb.self, ConflictsVerb.self, HistoryVerb.self, DiffVerb.self,
          RestoreVerb.self, CloneVerb.self, Remote.self,
        ]),
      CommandGroup(
        name: "Hidden",
        subcommands: [
          Manual.self, SyncTransport.self, ShowRevision.self, FindCandidates.self, Overview.self,
        ]),
    ])

  public init() {}
}

/// The verb that groups those about tags.
public struct Tag: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "List, add and remove tags.",
    subcommands: [TagList.self, TagAdd.self, TagRemove.self, TagRename.self, TagSuggest.self])

  public init() {}
}
