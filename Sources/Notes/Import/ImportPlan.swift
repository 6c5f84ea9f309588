internal import FullText

/// What an import would bring into a vault: every note and file of the source once, with what is to
/// become of it. Making a plan writes nothing; the source is only read.
public struct ImportPlan: Sendable {
  /// A note or file of the source.
  public struct Item: Sendable {
    public enum State: Equatable, Sendable {
      /// It would be written.
      case new
      /// A file with the same bytes is there.
      case present
      /// A file of that name with other bytes is there, which stays.
      case different
      case refused(String)
    }

    /// Its name in the source: a path, or `line 12`.
    public var source: String
    /// The path in the vault; empty when it was refused before it had one.
    public var path: String
    public var isNote: Bool
    public var state: State
    /// What was changed on the way, in words.
    public var changes: [String] = []
    let content: Content
  }

  enum Content: Sendable {
    case file(String)
    case bytes([UInt8])

    func read() throws(FileError) -> [UInt8] {
      switch self {
      case .file(let path): try FileSystem.read(path)
      case .bytes(let bytes): bytes
      }
    }

    /// Throws when it cannot be read, without reading all of it.
    func probe() throws(FileError) {
      if case .file(let path) = self { _ = try FileSystem.read(path, limit: 1) }
    }
  }

  /// Something of the source that has no home here, and where it went instead.
  public struct Remark: Equatable, Sendable {
    public var what: String
    public var instead: String
    /// How many notes or files it is about.
    public var count: Int
    public var examples: [String]
  }

  public internal(set) var items: [Item] = []
  public internal(set) var remarks: [Remark] = []

  /// Where and how things come into the vault.
  public struct Options: Sendable {
    /// A folder of the vault to bring everything into; empty for the top.
    public var folder: String
    /// Whether what differs from a file that is there comes under another name.
    public var keepsBoth: Bool

    public init(folder: String = "", keepsBoth: Bool = false) {
      self.folder = folder
      self.keepsBoth = keepsBoth
    }
  }

  /// Up to so many files are flushed one by one.
  private static let flushedAlone = 16

  public func count(notes: Bool, _ state: (Item.State) -> Bool) -> Int {
    items.count { $0.isNote == notes && state($0.state) }
  }

  /// Writes what is new; never replaces a file. A run that was cut short goes on where it stopped.
  ///
  /// Many files are flushed together at the end: one by one they would take minutes. Should the power
  /// fail before that, the source has them all, and the next run names those that are not whole.
  ///
  /// - Parameter title: What the person asked for, as `folio undo` tells it.
  /// - Returns: The paths of the notes that were written.
  public func apply(to vault: Vault, title: String = "import") throws(VaultError) -> [VaultPath] {
    var written: [VaultPath] = []
    var changes = vault.changes(title)
    let count = items.count { $0.state == .new }
    let flushesAtEnd = count > Self.flushedAlone
    defer {
      if flushesAtEnd { SafeFile.flush(vault.root, files: count) }
      vault.changeLog?.record(changes)
    }
    for item in items where item.state == .new {
      let path = try VaultPath(item.path)
      try vault.refuseLinksOutside(path)
      do throws(FileError) {
        try vault.make(
          path, item.content.read(), keeping: &changes, durably: !flushesAtEnd)
      } catch {
        throw .file(error)
      }
      if item.isNote { written.append(path) }
    }
    return written
  }
}

/// Gives each thing of a source its place in the vault.
struct ImportPlacer {
  private let vault: Vault
  private let options: ImportPlan.Options
  /// Names that this import has given, folded: the second of that name must take another.
  private var given: Set<String> = []
  private var folded: [String: [String: String]] = [:]

  init(_ vault: Vault, _ options: ImportPlan.Options) throws(VaultError) {
    self.vault = vault
    self.options = options
    if !options.folder.isEmpty { _ = try VaultPath(options.folder) }
  }

  /// - Parameter isNumbered: A name that this import has given already gets a number.
  mutating func item(
    _ source: String, at path: String, isNote: Bool, _ content: ImportPlan.Content,
    changes: [String] = [], isNumbered: Bool = false
  ) -> ImportPlan.Item {
    let whole = inOwnSpelling(options.folder.isEmpty ? path : options.folder + "/" + path)
    var item = ImportPlan.Item(
      source: source, path: whole, isNote: isNote, state: .new, changes: changes, content: content)
    do throws(FileError) { try content.probe() } catch {
      item.state = .refused("it cannot be read: \(error.reason)")
      return item
    }
    do throws(VaultError) {
      for number in 1...1000 {
        let candidate = number == 1 ? whole : Self.numbered(whole, number)
        let checked = try VaultPath(candidate)
        try vault.refuseLinksOutside(checked)
        let key = TextFolding.fold(candidate)
        if given.contains(key) {
          guard isNumbered || options.keepsBoth else {
            item.state = .refused("another of this import has the name \(candidate)")
            return item
          }
          continue
        }
        item.path = candidate
        item.state = state(of: checked, content)
        if item.state == .different, options.keepsBoth { continue }
        given.insert(key)
        return item
      }
      item.state = .refused("1,000 files have this name already")
    } catch {
      item.state = .refused(error.message)
    }
    return item
  }

  private static func numbered(_ path: String, _ number: Int) -> String {
    let name = VaultPath(known: path).name
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return "\(path)-\(number)"
    }
    let ending = name[dot...]
    return path.dropLast(ending.count) + "-\(number)" + ending
  }

  private mutating func state(
    of path: VaultPath, _ content: ImportPlan.Content
  ) -> ImportPlan.Item.State {
    if FileSystem.status(vault.absolute(path), followingLinks: false) != nil {
      // Only now is it worth reading both.
      guard let there = try? FileSystem.read(vault.absolute(path)),
        let comes = try? content.read(), there == comes
      else { return .different }
      return .present
    }
    // A name that differs in case alone would be the same file on another device.
    if let other = folded(in: path.folder)[TextFolding.fold(path.name)] {
      return options.keepsBoth
        ? .different : .refused("its name differs only in case from \(other), which is there")
    }
    return .new
  }

  /// The path with its folders spelt as those that are there: `Projects/` goes into `projects/`.
  private mutating func inOwnSpelling(_ path: String) -> String {
    var folder = ""
    for part in VaultPath(known: path).folder.split(separator: "/").map(String.init) {
      let isThere = FileSystem.isFolder(vault.root + "/" + folder + part)
      folder += (isThere ? part : folded(in: folder)[TextFolding.fold(part)] ?? part) + "/"
    }
    return folder + VaultPath(known: path).name
  }

  private mutating func folded(in folder: String) -> [String: String] {
    if let known = folded[folder] { return known }
    let names = (try? FileSystem.names(in: vault.root + "/" + folder)) ?? []
    let all = Dictionary(names.map { (TextFolding.fold($0), $0) }) { a, _ in a }
    folded[folder] = all
    return all
  }
}
