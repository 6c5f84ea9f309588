public import ArgumentParser
public import EverydayCommands
internal import Notes
internal import Sync
internal import Templates

public struct Init: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "init", _superCommandName: "folio",
    abstract: "Make a folder a vault.",
    discussion: """
      Makes .folio/ with its settings, and a git repository on the branch main unless the folder \
      already is in one. Nothing that exists is touched and nothing is committed, so it can be run \
      in a folder full of notes, and again.

      An empty folder also gets the folders of the kinds, a learning guide, a profile to fill in \
      and the words that point to each skill area; --starter puts them beside notes that are \
      already there, --demo adds the notes of an example engineer.

        folio init ~/notes
        cd my-obsidian-vault && folio init
        folio init --demo /tmp/tour

      Settings in .folio/config.yaml: 'language' (en or none: whether word forms of English find \
      each other) and 'exclude' (paths that are no notes, as in .gitignore).
      """)

  @Argument(help: "The folder; the current one when none is named.") var folder = "."

  @Option(
    help: ArgumentHelp("Use this Markdown file as the learning guide.", valueName: "file"))
  var guide: String?

  @Flag(help: "Add folders, guide, profile and skill words although there are files already.")
  var starter = false

  @Flag(help: "Add the notes of an example engineer.")
  var demo = false

  @Flag(name: .shortAndLong, help: "Say nothing.")
  var quiet = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let root = FileSystem.absolute(folder)
    if let status = FileSystem.status(root), status.kind != .folder {
      throw VaultError.notAFolder(folder)
    }
    let files = try startingFiles(isEmpty: VaultCreation.isEmpty(root))
    var creation = try VaultCreation(root: root)
    if files != nil || starter || demo { try creation.addFolders() }
    try creation.add(files ?? [])
    let repository = try makeRepository(in: root)
    guard !quiet else { return }
    for path in creation.made where !path.hasPrefix(".folio/") {
      output.line("  \(Terminal.harmless(path))")
    }
    let place = FileSystem.display(root)
    let isNew = creation.made.contains(".folio/")
    output.line("\(place) is \(isNew ? "now" : "already") a vault" + repository + ".")
    if isNew {
      output.line("Capture with 'folio add snippet \"Title\"', find with 'folio search WORDS'.")
    }
  }

  /// The files to put in; nil when the folder has files of its own and none were asked for.
  private func startingFiles(isEmpty: Bool) throws -> [VaultCreation.File]? {
    var files: [VaultCreation.File] = []
    if let guide {
      do throws(FileError) { files.append(("guide.md", try FileSystem.read(guide))) } catch {
        throw VaultError.file(error)
      }
    }
    guard isEmpty || starter || demo else { return files.isEmpty ? nil : files }
    let source = try StarterVault()
    if demo {
      files += try source.allFiles()
    } else {
      files += try source.blankFiles()
      files.append(("profile.md", EmbeddedTemplates.profile))
    }
    // The person's own guide was put first and wins.
    var seen: Set<String> = []
    return files.filter { seen.insert($0.path).inserted }
  }

  /// Makes a repository unless the folder is in one; what to say about it.
  private func makeRepository(in root: String) throws -> String {
    do throws(GitError) {
      if let working = try Repository.workingFolder(containing: root) {
        let real = FileSystem.realPath(working) ?? working
        return real == FileSystem.realPath(root)
          ? "" : " inside the repository \(FileSystem.display(real))"
      }
      _ = try Repository.create(in: root)
      return " with a git repository on branch main"
    } catch {
      throw Failure(
        .inputOutput, error.message,
        "The vault works without it; 'folio sync' needs it. Mend that and run 'folio init' again.")
    }
  }
}
