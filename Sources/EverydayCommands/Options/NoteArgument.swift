internal import FullText
public import Notes

/// Finding the note that a person named.
public struct NoteFinder {
  private let vault: Vault
  private let options: ReadingOptions

  public init(_ options: ReadingOptions) throws {
    self.options = options
    vault = try options.vault.open()
  }

  public init(_ vault: Vault, _ options: ReadingOptions) {
    self.vault = vault
    self.options = options
  }

  /// The path of the note called `name`: a file as seen from here or from the vault, else a file
  /// name, alias or title anywhere, else the beginning of one file name.
  ///
  /// The vault is scanned only when the index as it stands does not know the name.
  public func path(of name: String) throws -> VaultPath {
    if let path = file(name) { return path }
    let isPath = name.hasPrefix("/") || name.hasPrefix("../") || name.contains("/../")
    if isPath, vault.path(ofFile: name, from: FileSystem.currentFolder) == nil {
      throw VaultError.pathOutsideVault(name)
    }
    for freshness in [NoteIndex.Freshness.asItStands, .refresh] {
      if freshness == .refresh, options.noRefresh { break }
      let index = try options.open(vault, freshness, quiet: true).index
      switch LinkResolver(index).resolve(name: name) {
      case .note(let path):
        // The index may remember a note that is gone.
        if FileSystem.status(vault.absolute(path)) != nil { return path }
      case .ambiguous(let paths):
        throw VaultError.ambiguousNote(name, candidates: paths.map(\.description))
      default: break
      }
      if freshness == .refresh || options.noRefresh {
        throw VaultError.noSuchNote(name, similar: similar(to: name, in: index))
      }
    }
    throw VaultError.noSuchNote(name, similar: [])
  }

  private func file(_ name: String) -> VaultPath? {
    for folder in [FileSystem.currentFolder, vault.root] {
      for candidate in [name, name + ".md"] {
        guard let path = vault.path(ofFile: candidate, from: folder),
          VaultPath.isNote(path.name),
          FileSystem.status(vault.absolute(path))?.kind == .file
        else { continue }
        return path
      }
    }
    return nil
  }

  private func similar(to name: String, in index: NoteIndex) -> [String] {
    let wanted = VaultPathName.stem(of: name)
    var names: [String: String] = [:]
    index.index.forEachDocument { _, key, _ in
      let path = String(decoding: key, as: UTF8.self)
      names[VaultPathName.stem(of: path)] = path
    }
    return Similar.all(to: wanted, among: Array(names.keys), limit: 3).compactMap { names[$0] }
  }
}

/// The file name of a path without its folders and its `.md`.
enum VaultPathName {
  static func stem(of path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasSuffix(".md") { name.removeLast(3) }
    return name
  }
}
