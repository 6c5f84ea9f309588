/// Changes notes on disk: read, edit, replace, and start over when somebody else was quicker.
public struct NoteEditor: Sendable {
  private let vault: Vault
  private let log: ChangeLog?
  private let title: String

  /// - Parameters:
  ///   - log: Where edits are kept so that they can be taken back; the vault's own by default.
  ///   - title: What the person asked for, as `folio undo` tells it.
  public init(vault: Vault, log: ChangeLog? = nil, title: String = "edit") {
    self.vault = vault
    self.log = log ?? vault.changeLog
    self.title = title
  }

  /// Applies an edit to a note; true when its bytes changed.
  ///
  /// Another program that changes the note between reading and writing wins; the edit is then made
  /// again on what it wrote, three times at most.
  public func edit(
    _ path: VaultPath, _ change: (Note) throws(VaultError) -> [UInt8]
  ) throws(VaultError) -> Bool {
    var changes = vault.changes(title + " " + path.description)
    defer { log?.record(changes) }
    return try edit(path, keeping: &changes, change)
  }

  /// The same as one of several edits, which are kept for undo together: what was changed is added to
  /// `changes`.
  public func edit(
    _ path: VaultPath, keeping changes: inout ChangeSet,
    _ change: (Note) throws(VaultError) -> [UInt8]
  ) throws(VaultError) -> Bool {
    try vault.refuseLinksOutside(path)
    for _ in 0..<3 {
      let bytes: [UInt8]
      do throws(FileError) { bytes = try FileSystem.read(vault.absolute(path)) } catch {
        throw .file(error)
      }
      let edited = try change(Note(path: path, bytes: bytes))
      if edited == bytes { return false }
      do throws(FileError) {
        let outcome = try SafeFile.replace(vault.absolute(path), original: bytes, with: edited)
        if outcome == .done {
          changes.edit(path, from: bytes, to: edited)
          return true
        }
      } catch {
        throw .file(error)
      }
    }
    throw .changedMeanwhile(path.description)
  }
}
