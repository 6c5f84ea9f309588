public import FullText

/// The index of a vault, brought up to date or taken as it stands.
public struct NoteIndex: Sendable {
  /// How much work opening may do.
  public enum Freshness: Sendable {
    /// Look for changes first and index what changed.
    case refresh
    /// Use the index as it is; one that is absent or damaged is built all the same.
    case asItStands
    /// Forget the index and make it anew.
    case rebuild
  }

  /// What bringing the index up to date did.
  public struct Report: Sendable {
    public var notes = 0
    public var added = 0
    public var changed = 0
    public var removed = 0
    public var isRebuilt = false
    /// The index in use is older than the vault, because another program is writing it.
    public var isStale = false
    /// Links that were not followed because they lead out of the vault.
    public var refusedLinks: [String] = []
    /// Folders that could not be listed.
    public var errors: [FileError] = []
  }

  public let vault: Vault
  /// The folder that holds the index.
  public let directory: String
  public let index: Index

  init(vault: Vault, directory: String, index: Index) {
    self.vault = vault
    self.directory = directory
    self.index = index
  }

  static func options(of vault: Vault) -> IndexOptions {
    var fingerprint: UInt64 = formatVersion
    for pattern in vault.settings.exclude + [vault.isMarked ? "marked" : ""] {
      for byte in pattern.utf8 + [0] {
        fingerprint = (fingerprint ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
    return IndexOptions(language: vault.settings.language, fingerprint: fingerprint)
  }

  /// Raised when notes turn into documents in another way, so that old indexes are made anew.
  private static let formatVersion: UInt64 = 3

  /// Opens the index of a vault.
  ///
  /// - Parameters:
  ///   - directory: The folder of the index; made with mode 0700 when it is not there.
  ///   - wait: How long to wait for another program that writes the index.
  ///   - progress: Called now and then with the number of notes indexed so far and in all.
  public static func open(
    _ vault: Vault, directory: String, freshness: Freshness, wait: Duration = .seconds(2),
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(VaultError) -> (index: NoteIndex, report: Report) {
    let options = options(of: vault)
    var current: Index?
    if freshness != .rebuild {
      current = Index.open(directory, schema: NoteField.schema, options: options)
      if freshness == .asItStands, let current {
        var report = Report()
        report.notes = current.documentCount
        return (NoteIndex(vault: vault, directory: directory, index: current), report)
      }
    }
    let updater = IndexUpdater(
      vault: vault, directory: directory, options: options, progress: progress)
    return try updater.run(from: current, wait: wait)
  }

  /// The index as it stands, or nil when there is none; nothing is built and no note is looked at.
  public static func existing(_ vault: Vault, directory: String) -> NoteIndex? {
    Index.open(directory, schema: NoteField.schema, options: options(of: vault)).map {
      NoteIndex(vault: vault, directory: directory, index: $0)
    }
  }

  /// The attributes of a note that lists show.
  public func summary(of id: Index.DocumentID) -> NoteSummary {
    var summary = NoteSummary(path: index.key(of: id))
    index.forEachAttribute(of: id) { summary.add($0, $1) }
    return summary
  }
}

/// A note as lists and hits show it.
public struct NoteSummary: Sendable, Equatable {
  public var path: String
  public var title = ""
  public var kind = NoteKind.note.rawValue
  public var tags: [String] = []
  public var skills: [String] = []
  public var language: String?
  /// A date or a moment in UTC, as `NoteDate.iso` has it.
  public var created: String?
  public var modified = ""
  /// What is wrong with the file itself, if anything.
  public var problem: String?

  init(path: String) { self.path = path }

  /// Takes an attribute that the index has stored.
  mutating func add(_ name: String, _ value: String) {
    switch name {
    case NoteAttribute.title: title = value
    case NoteAttribute.kind: kind = value
    case NoteAttribute.tag: tags.append(value)
    case NoteAttribute.skill: skills.append(value)
    case NoteAttribute.language: language = value
    case NoteAttribute.created: created = value
    case NoteAttribute.modified: modified = value
    case NoteAttribute.problem: problem = value
    default: break
    }
  }

  public init(_ note: Note, modified: String) {
    path = note.path.description
    title = note.title
    kind = note.kind.rawValue
    tags = note.tags
    skills = note.skills
    language = note.language
    created = note.created?.iso
    self.modified = note.modified?.iso ?? modified
  }
}
