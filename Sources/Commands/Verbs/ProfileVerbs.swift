public import ArgumentParser
internal import Career
public import EverydayCommands
internal import Notes

/// The verbs about the profile.
public struct ProfileVerb: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "profile", _superCommandName: "folio",
    abstract: "Take your profile from a JSON Resume, or give it as one.",
    subcommands: [ProfileImportVerb.self, ProfileExportVerb.self])

  public init() {}
}

public struct ProfileImportVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "import", _superCommandName: "folio profile",
    abstract: "Make profile.md of a JSON Resume; nothing of it is lost.",
    discussion: """
      The sections keep the names and fields they have in JSON Resume. Who you are and how to reach \
      you goes to the top, the summary becomes the text of the note; keys that the schema does not \
      have are kept where they stand, sections that it does not have under 'x:'. 'folio profile \
      export' gives the same JSON again.

        folio profile import resume.json
        folio profile import - < resume.json
        folio profile import resume.json --force     over a profile.md that is there

      What the resume verbs cannot use, such as a date that does not exist, is kept as it is and \
      said with its place.

      Exit code 2 when the file is no JSON, 8 when there is a profile.md and no '--force'.
      """)

  @OptionGroup var vault: VaultOptions

  @Argument(help: ArgumentHelp("The file, or '-' for standard input.", valueName: "file"))
  var file: String

  @Flag(help: "Write over a profile.md that is there.") var force = false

  @Flag(name: .customLong("dry-run"), help: "Print what would be written.") var dryRun = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try self.vault.open()
    let bytes =
      file == "-" ? try StandardInput.read() : try FileSystem.read(FileSystem.absolute(file))
    let name = file == "-" ? "standard input" : file
    let made = try CareerSource.checked { () throws(Problems) in
      try ProfileImport(bytes, path: name)
    }
    if dryRun {
      output.write(made.text)
      return
    }
    let path = vault.root + "/profile.md"
    let profile = try Self.profilePath()
    var changes = vault.changes("profile import \(name)")
    if FileSystem.status(path) == nil {
      try vault.make(profile, Array(made.text.utf8), keeping: &changes)
    } else {
      guard force else {
        throw Failure(
          .unsafe, "there is a profile.md in the vault",
          "Look at the new one with '--dry-run'; '--force' writes over the old one.")
      }
      let old = try FileSystem.read(path)
      guard try SafeFile.replace(path, original: old, with: Array(made.text.utf8)) == .done else {
        throw Failure(
          .unsafe, "profile.md was changed by another program at the same moment",
          "Run the command again.")
      }
      changes.edit(profile, from: old, to: Array(made.text.utf8))
    }
    vault.changeLog?.record(changes)
    output.line("profile.md")
    do throws(Problems) {
      let note = Note(path: profile, bytes: Array(made.text.utf8))
      _ = try ProfileReader.read(note)
    } catch {
      for problem in error.list {
        Output.remark(Terminal.harmless("\(problem.sentence). \(problem.remedy)"))
      }
    }
  }

  static func profilePath() throws(Problems) -> VaultPath {
    do throws(VaultError) { return try VaultPath("profile.md") } catch { throw Problems([]) }
  }
}

public struct ProfileExportVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "export", _superCommandName: "folio profile",
    abstract: "Give profile.md as a JSON Resume.",
    discussion: """
      All of the profile but entries that say 'visibility: private'; '--all' keeps those. For one \
      reader's choice with the projects and figures of the notes, use 'folio resume --to json'.

        folio profile export > resume.json
        folio profile export --language sv
      """)

  @OptionGroup var vault: VaultOptions

  @Flag(help: "Keep private entries.") var all = false

  @Option(help: ArgumentHelp("Which of several languages to take.", valueName: "tag"))
  var language: String?

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try self.vault.open()
    let path = vault.root + "/profile.md"
    guard FileSystem.status(path) != nil else {
      throw Failure(
        .badInput, "the vault has no profile.md, which says who you are",
        "'folio profile import FILE' makes one of a JSON Resume.")
    }
    let note = Note(path: try VaultPath("profile.md"), bytes: try FileSystem.read(path))
    if let error = note.frontMatter.error {
      throw Failure(
        .badInput,
        "profile.md:\(error.position.line):\(error.position.column): the profile cannot be read: "
          + error.reason, "Mend the lines between the fences at the top of the file.")
    }
    output.write(ProfileExport.make(note, language: language, includesPrivate: all).pretty)
  }
}
