/// A folder of Markdown notes.
public struct Vault: Sendable {
  /// The absolute path of the folder, symbolic links resolved.
  public let root: String
  /// Whether the folder has a `.folio/` of its own.
  public let isMarked: Bool
  public let settings: Settings
  /// Where folders without a `.folio/` keep what belongs to this device; nil where nothing is kept.
  public var shared: String?
  /// The moment of the running command, when it is not that of the clock.
  public var moment: Int64?

  /// Opens the vault in `folder`, which need not have a `.folio/`.
  public init(folder: String) throws(VaultError) {
    guard let root = FileSystem.realPath(folder), FileSystem.isFolder(root) else {
      throw .notAFolder(folder)
    }
    self.root = root
    isMarked = FileSystem.isFolder(root + "/.folio")
    settings = try Settings(path: root + "/.folio/config.yaml")
  }

  /// Finds the vault that a command means.
  ///
  /// In this order: the folder named on the command line, the one named by the environment, the
  /// nearest folder at or above `current` that has a `.folio/`, the one named in the user's settings.
  public static func find(
    named: String?, environment: String?, current: String, userSettings: String?
  ) throws(VaultError) -> Vault {
    if let folder = named ?? environment, !folder.isEmpty { return try Vault(folder: folder) }
    var folder: String? = current
    while let candidate = folder {
      if FileSystem.isFolder(candidate + "/.folio") { return try Vault(folder: candidate) }
      folder = FileSystem.parent(of: candidate)
    }
    if let userSettings, let folder = try userVault(userSettings) {
      return try Vault(folder: folder)
    }
    throw .noVault(from: current)
  }

  /// The `vault:` of the user's own settings file; `~/` stands for the folder above `.config`.
  private static func userVault(_ path: String) throws(VaultError) -> String? {
    guard let bytes = try? FileSystem.read(path, limit: 1 << 20) else { return nil }
    let folder: String?
    do throws(YAMLError) { folder = try YAMLParser.parse(bytes)?["vault"]?.text } catch {
      throw .badSettings(path: path, position: error.position, reason: error.reason)
    }
    let ending = "/.config/folio/config.yaml"
    guard let folder, folder.hasPrefix("~/"), path.hasSuffix(ending) else { return folder }
    return String(path.dropLast(ending.count)) + String(folder.dropFirst())
  }

  /// The absolute path of something in the vault.
  public func absolute(_ path: VaultPath) -> String { root + "/" + path.description }

  /// The path inside the vault of a file named from outside, or nil when it is elsewhere.
  public func path(ofFile file: String, from folder: String) -> VaultPath? {
    let absolute = FileSystem.absolute(file, from: folder)
    for candidate in [absolute, FileSystem.realPath(absolute) ?? absolute]
    where candidate.hasPrefix(root + "/") {
      if let path = try? VaultPath(String(candidate.dropFirst(root.count + 1))) { return path }
    }
    return nil
  }

  /// Throws when a path in the vault is, or goes through, a symbolic link that leaves the vault.
  public func refuseLinksOutside(_ path: VaultPath) throws(VaultError) {
    var absolute = absolute(path)
    while FileSystem.status(absolute, followingLinks: false) == nil,
      let parent = FileSystem.parent(of: absolute), parent.utf8.count >= root.utf8.count
    {
      absolute = parent
    }
    guard let real = FileSystem.realPath(absolute) else { return }
    guard real == root || real.hasPrefix(root == "/" ? "/" : root + "/") else {
      throw .linkOutsideVault(path: path.description, target: real)
    }
  }

  /// The folder of this vault's index and tables; `shared` is used when the vault has no `.folio/`.
  public func cacheFolder(shared: String) -> String {
    if isMarked { return root + "/.folio/cache" }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in root.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return shared + "/" + String(hash, radix: 16)
  }
}
