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
    self.items = items.sorted {
      ($0.record.conflict.path, $0.record.conflict.field ?? "", $0.name)
        < ($1.record.conflict.path, $1.record.conflict.field ?? "", $1.name)
    }
    self.settled = settled
  }

  /// Takes away the records of what was settled by hand.
  func sweep(_ vault: Vault) {
    for name in settled {
      try? FileSystem.remove("\(vault.root)/\(ConflictRecord.folder)/\(name)")
    }
  }
}
