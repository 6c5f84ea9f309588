public import ArgumentParser
public import EverydayCommands
internal import FullText
internal import Notes

public struct TagRename: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "rename", _superCommandName: "folio tag",
    abstract: "Rename a tag in every note, with the tags below it.",
    discussion: """
      In the front matter and in the text, where it is no code; nothing else is touched. It happens \
      entirely or not at all, and 'folio undo' takes it back.

        folio tag rename airflow/cli airflow/command-line
        folio tag rename patterns design --dry-run
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The tag.") var old: String
  @Argument(help: "Its new name.") var new: String
  @Flag(name: [.customLong("dry-run")], help: "Show what would change, and change nothing.")
  var dryRun = false
  @Flag(help: "Print JSON.") var json = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let from = try TagName(old)
    let to = try TagName(new)
    let vault = try index.vault.open()
    let change = PlannedChange(index: index, vault: vault, dryRun: dryRun, json: json)
    try change.run(&output) {
      let notes = try index.openForChange(vault)
      let rename = Rename(notes)
      let plan = try rename.plan(tag: from, to: to, moment: Environment.now.seconds)
      guard !plan.links.isEmpty || !plan.left.isEmpty else {
        let tags = notes.index.values(ofAttribute: "tag").map(\.value)
        let near = Similar.closest(to: from.description, among: tags)
        throw Failure(
          .nothing, "no note has the tag \(from.description)",
          near.map { "Did you mean \($0)?" } ?? "'folio tag list' shows the tags.")
      }
      return (rename, plan)
    }
  }
}
