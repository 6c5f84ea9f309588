/// Changes notes on disk: read, edit, replace, and start over when somebody else was quicker.
public struct NoteEditor: Sendable {
  private let vault: Vault
  private let log: ChangeLog?
  private let title: String

  /// - Parameters:
  ///   - log: Where edits are kept so that they can be taken back; none by default but for vaults
  ///     that have a folder for it.
  ///   - title: What the person asked for, as `folio undo` tells it.
  public init(vault: Vault, log: ChangeLog? = nil, title: String = "edit") {
    self.vault = vault
    self.log = log ?? (vault.isMarked ? ChangeLog(vault, local: vault.root + "/.folio/local") : nil)
    self.title = title
  }

  /// Applies an edit to a note; true when its bytes changed.
  ///
  /// Another program that changes the note between reading and writing wins; the edit is then made
  /// again on what it wrote, three times at most.
  public func edit(
    _ path: VaultPath, _ change: (Note) throws(VaultError) -> [UInt8]
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
          var changes = ChangeSet(
            title: title + " " + path.description, moment: LocalTime.now().seconds)
          changes.edit(path, from: bytes, to: edited)
          log?.record(changes)
          return true
        }
      } catch {
        throw .file(error)
      }
    }
    throw .changedMeanwhile(path.description)
  }
}
