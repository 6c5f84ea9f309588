public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct GuideTick: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "tick", _superCommandName: "folio guide",
    abstract: "Tick an item of the guide.",
    discussion: """
      The item is named by its id, the end of its id, or any words that only it has; words of the \
      headings above it help where the text stands in several places. That one line of guide.md is \
      changed and no other: the box, and behind the text the day and the note that shows it.

        folio guide tick operator of your own
        folio guide tick month 6 operator --note projects/file-drop-intake
        folio guide tick "read one page" --date yesterday

      An item that is ticked already stays as it is, unless a note or a date is given.
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "Words of the item, or its id.") var item: [String]
  @Option(help: ArgumentHelp("The note that shows it.", valueName: "note")) var note: String?
  @Option(help: ArgumentHelp("The day it was done; today when absent.", valueName: "date"))
  var date: String?
  @Flag(help: "Say what would be changed, and change nothing.") var dryRun = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let now = Environment.now
    let today = CalendarDay(now)
    var day = today
    if let date {
      guard let read = CalendarDay(try DateWords.parse(date, now: now)) else {
        throw Failure(.usage, "\(date) is no day", "Write it as 2026-11-22.")
      }
      day = read
    }
    guard day <= today else {
      throw Failure(
        .badInput, "\(day.iso) is still to come", "Tick it when it is done, or give another day.")
    }
    var link: String?
    if let note {
      let path = try NoteFinder(vault, index).path(of: note)
      link = path.folder.isEmpty ? path.stem : path.folder + "/" + path.stem
    }
    let change = GuideChange(vault: vault, words: item)
    let isSilent = note == nil && date == nil
    let item = try change.apply(dryRun: dryRun) { lines, item in
      if item.isDone == true, isSilent { return false }
      return lines.tick(item, date: day.iso, note: link ?? item.evidence)
    }
    let text = Terminal.harmless(item.text)
    if item.isDone == true, isSilent {
      Output.remark("It was ticked" + (item.doneOn.map { " on \($0)" } ?? "") + " already: \(text)")
    } else {
      output.line("✓ \(text)  \(day.iso)" + (link.map { "  \(Terminal.harmless($0))" } ?? ""))
    }
  }
}

public struct GuideUntick: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "untick", _superCommandName: "folio guide",
    abstract: "Open the box of an item again.",
    discussion: """
      The line becomes what it was before it was ticked, byte for byte.

        folio guide untick operator of your own
      """)

  @OptionGroup var vault: VaultOptions
  @Argument(help: "Words of the item, or its id.") var item: [String]
  @Flag(help: "Say what would be changed, and change nothing.") var dryRun = false

  public init() {}

  public func run(_ output: inout Output) throws {
    let change = GuideChange(vault: try vault.open(), words: item)
    let item = try change.apply(dryRun: dryRun) { lines, item in
      item.isDone == true ? lines.untick(item) : false
    }
    let text = Terminal.harmless(item.text)
    if item.isDone == false {
      Output.remark("It was not ticked: \(text)")
    } else {
      output.line("○ \(text)")
    }
  }
}

/// A change to one line of the guide, made on what the file holds at that moment.
struct GuideChange {
  let vault: Vault
  let words: [String]

  /// Finds the item and changes its line; the item as it was before.
  ///
  /// - Parameter edit: False when there was nothing to change.
  func apply(
    dryRun: Bool, _ edit: (inout GuideLines, GuideItem) -> Bool
  ) throws -> GuideItem {
    let file = try GuideFile(vault)
    file.remark()
    let isBox: (GuideItem) -> Bool = { $0.isDone != nil }
    var found: GuideItem
    do {
      found = try GuideFile.find(words, in: file.guide, what: "boxes", where: isBox)
    } catch let failure as Failure where failure.status == .nothing {
      // A thing without a box is worth saying.
      guard
        case .item(let item) = file.guide.item(named: words.joined(separator: " "))
      else { throw failure }
      throw Failure(
        .badInput, "\(file.path):\(item.line): this has no box: \(item.text)",
        "Write '- [ ] ' in front of it in guide.md to make it one.")
    }
    guard !dryRun else { return found }
    let wanted = found.id
    var problem: Failure?
    let editor = NoteEditor(vault: vault, title: "guide tick")
    let changed = try editor.edit(file.path) { note throws(VaultError) in
      // Somebody may have changed the guide meanwhile: the item is looked up again by its id.
      guard let item = Guide(note).items.first(where: { $0.id == wanted && isBox($0) }) else {
        problem = Failure(
          .badInput, "the guide was changed meanwhile, and \(wanted) is gone", "Try again.")
        return note.bytes
      }
      found = item
      var lines = GuideLines(note.bytes)
      return edit(&lines, item) ? lines.bytes : note.bytes
    }
    if let problem { throw problem }
    _ = changed
    return found
  }
}
