internal import FullText

/// The names that moved notes and files have afterwards.
struct MovedNames: Sendable {
  private let moves: Moves
  /// Notes that get another name or title, by their paths before.
  private let notes: Set<VaultPath>
  /// The notes of each attribute by their folded name afterwards, with their paths afterwards.
  private let names: [String: [String: [VaultPath]]]
  private let fileNames: [String: [String]]

  init(_ index: NoteIndex, _ moves: Moves) {
    self.moves = moves
    var notes = Set(moves.titles.keys)
    var files: [String: [String]] = [:]
    for (from, to) in moves.paths {
      if index.index.find(key: from.description) != nil { notes.insert(from) }
      for id in index.index.documents(where: .keyPrefix(from.description + "/")) {
        notes.insert(VaultPath(known: index.index.key(of: id)))
      }
      files[TextFolding.fold(to.name), default: []].append(from.description)
    }
    self.notes = notes
    fileNames = files
    var names: [String: [String: [VaultPath]]] = [:]
    for path in notes.sorted() {
      guard let id = index.index.find(key: path.description) else { continue }
      let after = moves.after(path)
      let title = index.summary(of: id).title
      // A note without a title of its own is called by its file's name.
      let newTitle = moves.titles[path] ?? (title == path.stem ? after.stem : title)
      for (attribute, name) in [
        (NoteAttribute.stem, after.stem), (NoteAttribute.title, newTitle),
        (NoteAttribute.path, VaultPath.withoutExtension(after.description)),
      ] {
        names[attribute, default: [:]][TextFolding.fold(name), default: []].append(after)
      }
    }
    self.names = names
  }

  /// Files that are called `name` afterwards, by their paths before.
  func files(named name: String) -> [String] { fileNames[TextFolding.fold(name)] ?? [] }

  /// What a question for an attribute of notes finds afterwards.
  func all(_ attribute: String, _ value: String, _ found: [VaultPath]) -> [VaultPath] {
    guard let names = names[attribute] else { return found.map { moves.after($0) } }
    return found.filter { !notes.contains($0) } + (names[TextFolding.fold(value)] ?? [])
  }
}
