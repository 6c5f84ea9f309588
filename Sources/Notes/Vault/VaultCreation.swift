/// Making a folder a vault.
public struct VaultCreation: Sendable {
  /// Files that a new vault can be filled with: path inside the vault and bytes.
  public typealias File = (path: String, bytes: [UInt8])

  /// What was made: paths inside the vault, folders with `/` at the end.
  public private(set) var made: [String] = []
  /// Files that were there already and stay as they are.
  public private(set) var kept: [String] = []

  private let root: String

  static let config = """
    # Settings of this vault; they travel with it. 'folio help init' explains each.

    # Language of the prose, for finding word forms: en or none.
    language: en

    # Paths that are no notes, written as in .gitignore.
    exclude: []

    """

  /// What git leaves out of the vault's own folder.
  static let ignore = """
    /cache/
    /local/
    /trash/

    """

  /// Makes `root` a vault: `.folio/` with its settings. Nothing that exists is changed.
  public init(root: String) throws(VaultError) {
    self.root = root
    do throws(FileError) {
      if !FileSystem.isFolder(root) {
        try FileSystem.createFolder(root)
      }
    } catch {
      throw .file(error)
    }
    try folder(".folio")
    try file(".folio/config.yaml", Array(Self.config.utf8))
    try file(".folio/.gitignore", Array(Self.ignore.utf8))
    for name in ["cache", "local", "trash"] { try folder(".folio/" + name, mode: 0o700) }
  }

  /// Whether the folder holds nothing but what tools put there: dot files and folders.
  public static func isEmpty(_ folder: String) -> Bool {
    let names = (try? FileSystem.names(in: folder)) ?? []
    return names.allSatisfy { $0.hasPrefix(".") }
  }

  /// The folders of the kinds.
  public mutating func addFolders() throws(VaultError) {
    for kind in NoteKind.allCases where !kind.folder.isEmpty { try folder(kind.folder) }
  }

  /// Writes files that are not there yet.
  public mutating func add(_ files: [File]) throws(VaultError) {
    for (path, bytes) in files {
      let parent = VaultPath(known: path).folder
      if !parent.isEmpty { try folder(parent) }
      try file(path, bytes)
    }
  }

  private mutating func folder(_ path: String, mode: UInt16 = 0o777) throws(VaultError) {
    let absolute = root + "/" + path
    guard !FileSystem.isFolder(absolute) else { return }
    do throws(FileError) { try FileSystem.createFolder(absolute, mode: mode) } catch {
      throw .file(error)
    }
    made.append(path + "/")
  }

  private mutating func file(_ path: String, _ bytes: [UInt8]) throws(VaultError) {
    do throws(FileError) {
      try SafeFile.create(root + "/" + path, bytes)
      made.append(path)
    } catch {
      guard error.exists else { throw .file(error) }
      kept.append(path)
    }
  }
}
