public import ArgumentParser
public import EverydayCommands
internal import FullText
internal import Learning
internal import Notes
internal import Sync

/// What `folio` alone shows: the notes of the last days and the few things one would do now.
public struct Overview: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "overview", _superCommandName: "folio",
    abstract: "Show the latest notes and what is to be done.", shouldDisplay: false)

  @OptionGroup var index: ReadingOptions

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault: Vault
    do throws(VaultError) {
      vault = try Vault.find(
        named: index.vault.vault, environment: Environment["FOLIO_VAULT"],
        current: FileSystem.currentFolder, userSettings: Environment.userSettings)
    } catch {
      guard case .noVault = error else { throw error }
      output.line(Self.beginning)
      return
    }
    let style = Style(.auto)
    let notes = try index.open(vault).index
    let shown = FileSystem.display(vault.root)
    output.line(
      "\(style.title(Count.of(notes.index.documentCount, "note"))) in "
        + (shown == "." ? vault.root : shown))
    try latest(notes, style, &output)
    // What git knows takes a moment in a large vault; the notes are there already.
    output.flush()
    let tasks = habits(vault, notes) + tasks(vault)
    if !tasks.isEmpty {
      output.line()
      for task in tasks {
        output.line("\(task.what)  \(style.dim(task.command))")
      }
    }
    output.line()
    output.line(
      style.dim("folio find · folio search WORDS · folio add snippet \"Title\" · folio help"))
  }

  private static let beginning = """
    There is no vault here yet. A vault is a folder of Markdown notes:

      folio init ~/notes              makes one
      cd my-obsidian-vault            or use what you have: 'folio init' touches no note
      folio init --demo /tmp/tour     the notes of an example engineer, to look around

    'folio help' lists every verb.
    """

  private func latest(_ notes: NoteIndex, _ style: Style, _ output: inout Output) throws {
    let found = try NoteSearch(notes).latest(5)
    if found.isEmpty { return }
    output.line()
    let rows = NoteRows(found, style: style)
    for note in found { output.line(rows.line(note, withTags: false)) }
  }

  /// Something to do, and the command that does it or shows more.
  private struct Task {
    var what: String
    var command: String
  }

  /// The habits of the guide that are not kept yet in the period that is going on.
  ///
  /// A guide that cannot be read says so where it is asked for, not here.
  private func habits(_ vault: Vault, _ notes: NoteIndex) -> [Task] {
    guard let found = try? GuideFile(ifThere: vault) else { return [] }
    let source = LearningSource(vault, found, notes)
    let year = source.today.adding(days: -366)
    guard let book = try? source.habits(since: year).book else { return [] }
    let due = book.cadences.filter { !$0.streak.isDoneNow && !$0.isProtectedNow }
      .map { Terminal.harmless($0.section.title) }
    if due.isEmpty { return [] }
    return [
      Task(what: "Habits due: \(due.joined(separator: ", "))", command: "folio habits")
    ]
  }

  private func tasks(_ vault: Vault) -> [Task] {
    var tasks: [Task] = []
    let conflicts = files(in: vault.root + "/.folio/conflicts")
    if conflicts > 0 {
      tasks.append(
        Task(what: "\(Count.of(conflicts, "conflict")) to look at", command: "folio conflicts"))
    }
    if let status = try? VaultStatus(of: vault) {
      if status.isInterrupted {
        tasks.append(Task(what: "A sync was interrupted", command: "folio sync"))
      }
      if !status.unsaved.isEmpty {
        tasks.append(
          Task(what: "\(Count.of(status.unsaved.count, "change")) to save", command: "folio sync"))
      } else if let ahead = status.ahead, ahead > 0 {
        tasks.append(Task(what: "\(Count.of(ahead, "commit")) to send", command: "folio sync"))
      }
    }
    return tasks
  }

  private func files(in folder: String) -> Int {
    guard let names = try? FileSystem.names(in: folder) else { return 0 }
    return names.reduce(0) { count, name in
      let path = folder + "/" + name
      return count + (FileSystem.isFolder(path) ? files(in: path) : 1)
    }
  }
}
