public import ArgumentParser
public import EverydayCommands
internal import Learning
internal import Notes

public struct GuideImportVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "import", _superCommandName: "folio guide",
    abstract: "Bring a learning guide into the vault.",
    discussion: """
      Any Markdown file with headings and lists will do, a plain nested list too. It becomes \
      guide.md; every item of the file is an item of the guide, and --report shows what became of \
      each. Emoji and arrows that were damaged when somebody read the file in a wrong encoding are \
      put right. The file as it came is kept in .folio/originals, which travels with the vault.

      When the vault has a guide with ticks, the new edition takes them over: by id, then by \
      likeness of the words. What was ticked and is not in the new edition is kept at its end.

        folio guide import continuing-education.md --dry-run --report
        folio guide import continuing-education.md
        folio guide import next-edition.md --json

      Exit code 2 when the file cannot be used; the vault is then as it was.
      """)

  enum Repair: String, ExpressibleByArgument, CaseIterable { case auto, ask, off }

  @OptionGroup var vault: VaultOptions
  @Argument(help: "The Markdown file.") var file: String
  @Flag(help: "Show what would come of it, and write nothing.") var dryRun = false
  @Flag(help: "Show what each section holds and became.") var report = false
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "Damaged characters: put them right (auto), ask first, or leave them (off).")
  var repair = Repair.auto

  public init() {}

  public func run(_ output: inout Output) throws {
    let vault = try vault.open()
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(file, limit: 64 << 20) } catch {
      throw VaultError.file(error)
    }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let note = Note(path: try VaultPath(name), bytes: bytes)
    let target = try VaultPath(GuideFile.name)
    let originals = GuideOriginals(vault)
    let earlier = NoteReader(vault: vault).read(target).map {
      GuideImport.Earlier(note: $0.note, base: originals.current())
    }
    var imported = try read(note, repairing: repair != .off, earlier)
    if repair == .ask, let damage = imported.repair, !confirm(damage) {
      imported = try read(note, repairing: false, earlier)
    }
    if !dryRun {
      try save(imported, note, replacing: earlier?.note, in: vault, originals)
    }
    if json {
      output.line(GuideImportReport(imported, isDryRun: dryRun).json.text)
    } else {
      GuideImportReport(imported, isDryRun: dryRun).print(full: report, &output)
    }
    let today = CalendarDay(Environment.now)
    let problems = imported.guide.problems + GuideProblem.future(in: imported.guide, today: today)
    for problem in problems {
      Output.remark(Terminal.harmless("\(problem.sentence). \(problem.remedy)"))
    }
  }

  private func read(
    _ note: Note, repairing: Bool, _ earlier: GuideImport.Earlier?
  ) throws -> GuideImport {
    do throws(GuideProblem) {
      return try GuideImport(note, isRepairing: repairing, earlier: earlier)
    } catch {
      throw Failure(error)
    }
  }

  private func confirm(_ damage: EncodingRepair) -> Bool {
    let places = Count.of(damage.changes.count, "place")
    guard Terminal.isInput else {
      Output.remark(
        "\(places) look damaged and nobody is there to ask; they are left as they are. "
          + "'--repair auto' puts them right.")
      return false
    }
    for change in damage.changes.prefix(8) {
      Output.remark(Terminal.harmless("  line \(change.line): \(change.before) → \(change.after)"))
    }
    Output.remark("Put \(places) right, read as \(damage.encoding.rawValue)? [Y/n]")
    let answer = readLine()?.lowercased() ?? "n"
    return answer.isEmpty || answer.hasPrefix("y")
  }

  private func save(
    _ imported: GuideImport, _ source: Note, replacing old: Note?, in vault: Vault,
    _ originals: GuideOriginals
  ) throws {
    let target = try VaultPath(GuideFile.name)
    try vault.refuseLinksOutside(target)
    var outcome = SafeFile.Outcome.done
    var changes = vault.changes("guide import \(source.path)")
    do throws(FileError) {
      // The originals first: whatever happens after, nothing is lost.
      if let old { try originals.keep(old.bytes, as: "guide", isCurrent: false) }
      try originals.keep(source.bytes, as: source.path.stem, isCurrent: true)
      if let old {
        outcome = try SafeFile.replace(
          vault.absolute(target), original: old.bytes, with: imported.result)
        changes.edit(target, from: old.bytes, to: imported.result)
      } else {
        try vault.make(target, imported.result, keeping: &changes)
      }
    } catch {
      throw VaultError.file(error)
    }
    if outcome == .changedMeanwhile { throw VaultError.changedMeanwhile(target.description) }
    vault.changeLog?.record(changes)
  }
}

/// Guides as they were imported, kept in the vault byte for byte.
struct GuideOriginals {
  private let vault: Vault
  private static let folder = ".folio/originals"
  private static let pointer = folder + "/current"

  init(_ vault: Vault) { self.vault = vault }

  /// Keeps bytes under a name that says what they are; the same bytes are kept once.
  func keep(_ bytes: [UInt8], as name: String, isCurrent: Bool) throws(FileError) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    let slug = Slug.make(name) ?? "guide"
    let file = "\(slug)-\(String(repeating: "0", count: 16 - digits.count) + digits).md"
    try FileSystem.createFolder(vault.root + "/" + Self.folder)
    do throws(FileError) {
      try SafeFile.create(vault.root + "/" + Self.folder + "/" + file, bytes)
    } catch {
      guard error.exists else { throw error }
    }
    if isCurrent {
      try SafeFile.overwrite(vault.root + "/" + Self.pointer, Array((file + "\n").utf8))
    }
  }

  /// The file that the guide of the vault came from, as it is read; nil when that is not known.
  func current() -> Note? {
    guard let bytes = try? FileSystem.read(vault.root + "/" + Self.pointer, limit: 1000) else {
      return nil
    }
    let name = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
    guard let name, !name.contains("/"), let path = try? VaultPath(String(name)),
      let original = try? FileSystem.read(vault.root + "/" + Self.folder + "/" + name)
    else { return nil }
    let text = String(decoding: original, as: UTF8.self)
    return Note(path: path, bytes: EncodingRepair(text).map { Array($0.text.utf8) } ?? original)
  }
}
