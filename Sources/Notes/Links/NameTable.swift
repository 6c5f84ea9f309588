internal import FullText

/// The names of every note of a vault, in memory: for work that asks for all links at once.
///
/// Making it reads every path of the index, about a microsecond each; an answer then costs a look into
/// a table instead of five into the index.
final class NameTable: Sendable {
  /// Notes by their folded path without `.md`.
  private let paths: [String: [VaultPath]]
  /// Notes by their folded file name without `.md`.
  private let stems: [String: [VaultPath]]

  init(_ index: Index) {
    let ids = index.documents(where: .all)
    var paths: [String: [VaultPath]] = [:]
    var stems: [String: [VaultPath]] = [:]
    paths.reserveCapacity(ids.count)
    stems.reserveCapacity(ids.count)
    for id in ids {
      let path = VaultPath(known: index.key(of: id))
      let bare = TextFolding.fold(VaultPath.withoutExtension(path.description))
      paths[bare, default: []].append(path)
      stems[VaultPath(known: bare).name, default: []].append(path)
    }
    self.paths = paths
    self.stems = stems
  }

  /// The note whose path is exactly this one, byte by byte.
  func exact(_ path: String) -> VaultPath? {
    let wanted = VaultPath(known: path)
    return paths[TextFolding.fold(VaultPath.withoutExtension(path))]?.first { $0 == wanted }
  }

  /// The notes that have the name, as the index would give them; nil when this is not kept here.
  func all(_ attribute: String, _ value: String) -> [VaultPath]? {
    switch attribute {
    case NoteAttribute.path: paths[TextFolding.fold(value)] ?? []
    case NoteAttribute.stem: stems[TextFolding.fold(value)] ?? []
    default: nil
    }
  }
}
