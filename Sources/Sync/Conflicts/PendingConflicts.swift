public import Notes

/// The conflicts of a vault that wait for a person.
public struct PendingConflicts: Sendable {
  /// A conflict and where it is written down.
  struct Item: Equatable, Sendable {
    var record: ConflictRecord
    /// The file name of the record.
    var name: String
  }

  let items: [Item]
  /// Records of conflicts that somebody settled by hand, by taking the copy away.
  let settled: [String]

  public var conflicts: [MergeConflict] { items.map(\.record.conflict) }

  /// Reads the records of a vault; those that cannot be read are left alone.
  public init(of vault: Vault) {
    let folder = vault.root + "/" + ConflictRecord.folder
    var items: [Item] = []
    var settled: [String] = []
    for name in (try? FileSystem.names(in: folder)) ?? [] where name.hasSuffix(".json") {
      guard let bytes = try? FileSystem.read(folder + "/" + name, limit: 1 << 20),
        let record = ConflictRecord(bytes)
      else { continue }
      // Taking away the copy, or a note that was kept, settles it. A key has no copy, and a note of
      // which one is open may only have moved.
      let file = record.conflict.copy ?? record.conflict.path
      if record.conflict.field == nil,
        FileSystem.status(vault.root + "/" + file, followingLinks: false) == nil
      {
        settled.append(name)
      } else {
        items.append(Item(record: record, name: name))
      }
    }
    Self.follow(&items, vault)
    self.items = items.sorted {
      ($0.record.conflict.path, $0.record.conflict.field ?? "", $0.name)
        < ($1.record.conflict.path, $1.record.conflict.field ?? "", $1.name)
    }
    self.settled = settled
  }

  /// Gives the files that were moved since their names of now.
  private static func follow(_ items: inout [Item], _ vault: Vault) {
    func isThere(_ path: String) -> Bool {
      FileSystem.status(vault.root + "/" + path, followingLinks: false) != nil
    }
    guard items.contains(where: { !isThere($0.record.conflict.path) }) else { return }
    let notes = MovedNotes(vault)
    let repository = try? VaultRepository(vault).repository
    for index in items.indices {
      let record = items[index].record
      guard !isThere(record.conflict.path) else { continue }
      let version = record.version.flatMap { try? repository?.blob($0) }
      let id = version.flatMap { NoteMerge.identity(of: $0) }
      if let path = notes.path(linking: record.conflict.copy, id: id) {
        items[index].record.conflict = record.conflict.moved(to: path)
      }
    }
  }

  /// Takes away the records of what was settled by hand.
  func sweep(_ vault: Vault) {
    for name in settled {
      try? FileSystem.remove("\(vault.root)/\(ConflictRecord.folder)/\(name)")
    }
  }
}
