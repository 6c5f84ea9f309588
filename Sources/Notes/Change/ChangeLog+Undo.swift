extension ChangeLog {
  /// Takes back the last thing that was done, or, with `again`, does once more what was taken back.
  ///
  /// Refused, with the names, when a file has been changed since.
  /// - Parameter other: Takes back what only another part of folio can.
  /// - Returns: The entry, and what became of its files; nil when there is nothing.
  public func undo(
    again: Bool = false, other: (_ kind: String, _ payload: String) throws -> Void
  ) throws -> (entry: Entry, outcome: Outcome)? {
    let all = entries()
    guard let entry = all.first(where: { $0.isUndone == again }) else { return nil }
    let changes = again ? entry.changes : entry.changes.inverse
    for case .other(let kind, let payload) in changes.steps { try other(kind, payload) }
    let changed = changedSince(changes)
    guard changed.isEmpty else { throw VaultError.changedSince(changed.map(\.description)) }
    let outcome = try apply(changes, records: false)
    do throws(FileError) { try mark(entry, undone: !again) } catch { throw VaultError.file(error) }
    return (entry, outcome)
  }

  /// The files that are no longer as the changes left them, by the paths that they have now.
  func changedSince(_ changes: ChangeSet) -> [VaultPath] {
    var changed: [VaultPath] = []
    for (index, step) in changes.steps.enumerated() {
      let path: VaultPath
      let isAsLeft: Bool
      switch step {
      case .edit(let edited, let before, _, _):
        path = changes.original(edited, at: index)
        let bytes = try? FileSystem.read(vault.absolute(path))
        // A file edited twice in one set is as it was left when the first of its steps says so.
        let isFirst = !changes.steps[..<index].contains {
          if case .edit(edited, _, _, _) = $0 { true } else { false }
        }
        isAsLeft = !isFirst || bytes.map(ContentMark.init) == before
      case .move(let from, _):
        path = changes.original(from, at: index)
        isAsLeft = FileSystem.status(vault.absolute(path), followingLinks: false) != nil
      case .remove(let removed, let bytes):
        path = changes.original(removed, at: index)
        isAsLeft = (try? FileSystem.read(vault.absolute(path))) == bytes
      case .create, .makeFolder, .removeFolder, .other: continue
      }
      if !isAsLeft { changed.append(path) }
    }
    return changed
  }
}
