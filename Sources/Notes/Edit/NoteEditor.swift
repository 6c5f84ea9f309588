/// Changes notes on disk: read, edit, replace, and start over when somebody else was quicker.
public struct NoteEditor: Sendable {
  private let vault: Vault

  public init(vault: Vault) { self.vault = vault }

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
        if outcome == .done { return true }
      } catch {
        throw .file(error)
      }
    }
    throw .changedMeanwhile(path.description)
  }
}
