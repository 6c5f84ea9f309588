internal import Notes

/// Where the notes of conflicts are that were given another name since.
struct MovedNotes {
  private var byID: [String: [String]] = [:]
  /// By the copies that their key `conflicts:` links to.
  private var byCopy: [String: [String]] = [:]

  /// Reads the front matter of every note; worth it only when a note is missing.
  init(_ vault: Vault) { read("", vault) }

  private mutating func read(_ folder: String, _ vault: Vault) {
    for name in (try? FileSystem.names(in: vault.root + "/" + folder)) ?? []
    where !name.hasPrefix(".") {
      let path = folder + name
      guard
        let status = FileSystem.status(vault.root + "/" + path, followingLinks: false)
      else { continue }
      if status.kind == .folder { read(path + "/", vault) }
      guard status.kind == .file, VaultPath.isNote(name),
        let bytes = try? FileSystem.read(vault.root + "/" + path, limit: 8 << 20),
        let root = FrontMatter(bytes).root, root[ConflictCopy.key] == nil
      else { continue }
      if let id = root["id"]?.text { byID[id, default: []].append(path) }
      for link in root["conflicts"]?.texts ?? [] { byCopy[link, default: []].append(path) }
    }
  }

  /// The one note that links to `copy`, else that has this id; nil when there is none or more.
  func path(linking copy: String?, id: String?) -> String? {
    let found = (copy.map(ConflictMark.link(to:)).flatMap { byCopy[$0] }) ?? id.flatMap { byID[$0] }
    return found?.count == 1 ? found?[0] : nil
  }
}
