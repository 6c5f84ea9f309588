/// The note of a day.
///
/// It is `journal/2026/2026-11-22.md`, or `journal/2026-11-22.md` where there is such a file. A
/// folder that Obsidian knows the daily notes of, and that has no `journal/`, keeps its own place for
/// them; see `ObsidianDaily`.
public struct DailyNote: Sendable {
  public let day: LocalTime
  public let path: VaultPath
  private let vault: Vault

  public init(_ day: LocalTime, in vault: Vault) throws(VaultError) {
    self.day = day
    self.vault = vault
    let date = day.isoDate
    let folder = NoteKind.journal.folder
    let flat = try VaultPath("\(folder)/\(date).md")
    if FileSystem.status(vault.absolute(flat)) != nil {
      path = flat
    } else if !FileSystem.isFolder(vault.root + "/" + folder),
      let own = try ObsidianDaily(vault)?.path(of: day)
    {
      path = own
    } else {
      path = try VaultPath("\(folder)/\(date.prefix(4))/\(date).md")
    }
  }

  public var exists: Bool { FileSystem.status(vault.absolute(path)) != nil }

  /// Makes the note from its template when it is not there; true when it was made.
  @discardableResult
  public func create() throws(VaultError) -> Bool { try exists ? false : write(try template()) }

  /// Adds a text behind what is there; makes the note from its template when it is not there.
  ///
  /// - Parameter heading: A section to add it to, written when the note has none of that name.
  public func append(_ text: String, under heading: String? = nil) throws(VaultError) {
    func added(to note: Note) throws(VaultError) -> [UInt8] {
      let append = NoteAppend(note)
      guard let heading else { return try append.atEnd(text) }
      return try append.under(heading, text, makingIt: true)
    }
    for _ in 0..<3 {
      if exists {
        _ = try NoteEditor(vault: vault, title: "today").edit(path) { note throws(VaultError) in
          try added(to: note)
        }
        return
      }
      let new = try added(to: Note(path: path, bytes: template()))
      if try write(new) { return }
    }
    throw .changedMeanwhile(path.description)
  }

  private func template() throws(VaultError) -> [UInt8] {
    let template = try NoteTemplate.forKind(.journal, in: vault)
    return Array(
      template.render([
        "title": .text(day.isoDate), "kind": .text(NoteKind.journal.rawValue),
        "date": .moment(day.isoDate), "time": .moment(day.isoTime),
      ]).utf8)
  }

  /// False when somebody else made the note first.
  private func write(_ bytes: [UInt8]) throws(VaultError) -> Bool {
    try vault.refuseLinksOutside(path)
    var changes = vault.changes("today \(path)")
    do throws(FileError) {
      try vault.make(path, bytes, keeping: &changes)
      vault.changeLog?.record(changes)
      return true
    } catch {
      if error.exists { return false }
      throw .file(error)
    }
  }
}
