internal import FullText

/// Taking notes, files and folders out of the vault without losing them.
///
/// What is removed lies in `.folio/trash/DAY/` under its own path for 90 days, in `.trash/DAY/` where
/// the folder has no `.folio/`.
public struct Trash: Sendable {
  /// What is to happen.
  public struct Plan: Sendable {
    public var changes: ChangeSet
    /// Links in other notes that will lead nowhere.
    public var dangling: [NoteLink]
    public var places: [(from: VaultPath, to: VaultPath)]
  }

  public static let days = 90

  private let index: NoteIndex

  public init(_ index: NoteIndex) { self.index = index }

  private static func root(of vault: Vault) -> String { vault.isMarked ? ".folio/trash" : ".trash" }

  public func plan(_ paths: [VaultPath], now: LocalTime) throws(VaultError) -> Plan {
    let vault = index.vault
    var changes = ChangeSet(
      title: "rm " + paths.map(\.description).joined(separator: " "), moment: now.seconds)
    var places: [(from: VaultPath, to: VaultPath)] = []
    var taken: Set<VaultPath> = []
    for path in paths {
      try vault.refuseLinksOutside(path)
      guard FileSystem.status(vault.absolute(path), followingLinks: false) != nil else {
        throw .noSuchNote(path.description, similar: [])
      }
      let folder = Self.root(of: vault) + "/" + now.isoDate
      var number = 1
      var place = VaultPath(known: folder + "/" + path.description)
      while taken.contains(place)
        || FileSystem.status(vault.absolute(place), followingLinks: false) != nil
      {
        number += 1
        place = VaultPath(known: "\(folder)-\(number)/\(path)")
      }
      taken.insert(place)
      places.append((path, place))
      Rename.addFolders(of: place, to: &changes, in: vault)
      changes.steps.append(.move(from: path, to: place))
    }
    return Plan(changes: changes, dangling: dangling(places), places: places)
  }

  private func dangling(_ places: [(from: VaultPath, to: VaultPath)]) -> [NoteLink] {
    func isGone(_ path: VaultPath) -> Bool {
      places.contains { path.moved(from: $0.from, to: $0.to) != nil }
    }
    let links = NoteLinks(index)
    let reader = NoteReader(vault: index.vault)
    var notes: [VaultPath] = []
    var names: Set<String> = []
    for (from, _) in places {
      if index.index.find(key: from.description) != nil { notes.append(from) }
      names.insert(VaultPath.withoutExtension(from.name))
      for id in index.index.documents(where: .keyPrefix(from.description + "/")) {
        notes.append(VaultPath(known: index.index.key(of: id)))
      }
    }
    var found: [NoteLink] = []
    for path in notes {
      guard let note = reader.read(path)?.note else { continue }
      found += links.incoming(to: note)
    }
    for name in names {
      for id in index.index.documents(where: .equals(NoteAttribute.link, name)) {
        let source = VaultPath(known: index.index.key(of: id))
        guard let note = reader.read(source)?.note else { continue }
        found += links.outgoing(of: note).filter { link in
          link.status == .file && link.path.map { isGone(VaultPath(known: $0)) } == true
        }
      }
    }
    var seen: Set<String> = []
    return found.filter { link in
      !isGone(VaultPath(known: link.source))
        && seen.insert("\(link.source):\(link.line):\(link.column)").inserted
    }.sorted { ($0.source, $0.line, $0.column) < ($1.source, $1.line, $1.column) }
  }

  /// Removes what has lain in the trash for more than 90 days. The folders are named by their day.
  public static func empty(_ vault: Vault, now: LocalTime) {
    let folder = vault.root + "/" + root(of: vault)
    let oldest = now.adding(days: -days).isoDate
    for name in (try? FileSystem.names(in: folder)) ?? []
    where NoteDate(String(name.prefix(10))) != nil && name.prefix(10) < oldest {
      FileSystem.removeTree(folder + "/" + name)
    }
  }
}
