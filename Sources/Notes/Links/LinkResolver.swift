internal import FullText
public import Markup

/// Finds the note that a name or a link means.
///
/// Order: the exact path; the path with `.md`; the same folder; a file name anywhere in the vault; an
/// alias; a title; the beginning of one file name. Case and Unicode normal form do not matter where
/// nothing matches exactly. Two notes of equal right are an ambiguity, never a choice.
public struct LinkResolver: Sendable {
  public enum Resolution: Sendable, Equatable {
    case note(VaultPath)
    /// A file of the vault that is no note: an image, a PDF, a folder.
    case file(String)
    case ambiguous([VaultPath])
    /// An address of a web site rather than of the vault, such as `/docs/setup/`.
    case site
    case missing
  }

  private let vault: Vault
  private let index: Index
  private let attachments: AttachmentTable
  /// How the vault is named when files have been moved that are not moved yet.
  private let moves: Moves
  private let moved: MovedNames
  /// Whether addresses of Markdown links may leave out the way: only Obsidian follows such links.
  private let isObsidian: Bool
  /// Every name of the vault, where very many links are looked up.
  private let table: NameTable?

  public init(_ index: NoteIndex) { self.init(index, after: Moves()) }

  /// - Parameter table: The names of the vault, when every link of it is to be looked up.
  init(_ index: NoteIndex, after moves: Moves = Moves(), table: NameTable? = nil) {
    self.table = table
    vault = index.vault
    isObsidian = FileSystem.isFolder(index.vault.root + "/.obsidian")
    self.index = index.index
    attachments = AttachmentTable(root: index.vault.root)
    self.moves = moves
    moved = MovedNames(index, moves)
  }

  private func exact(_ path: String) -> VaultPath? {
    guard !moves.isEmpty else {
      if let table { return table.exact(path) }
      return index.find(key: path).map { VaultPath(known: index.key(of: $0)) }
    }
    let path = VaultPath(known: path)
    guard let before = moves.before(path), index.find(key: before.description) != nil else {
      return nil
    }
    return path
  }

  private func all(_ attribute: String, _ value: String) -> [VaultPath] {
    guard !value.isEmpty else { return [] }
    let hasCopies = index.hasAttribute(named: ConflictCopy.key)
    if moves.isEmpty, let found = table?.all(attribute, value), found.count < 2 || !hasCopies {
      return found
    }
    var ids = index.documents(where: .equals(attribute, value))
    if ids.count > 1, hasCopies {
      // The other version of a note has its title and id, and is not meant by them.
      let notes = index.documents(where: ConflictCopy.leftOut(of: .equals(attribute, value)))
      if !notes.isEmpty { ids = notes }
    }
    let found = ids.map { VaultPath(known: index.key(of: $0)) }
    return moves.isEmpty ? found : moved.all(attribute, value, found)
  }

  /// What a name typed by a person means: as a wikilink, with unique beginnings of file names too.
  public func resolve(name: String) -> Resolution {
    let found = wikilink(name, from: nil)
    guard case .missing = found, !name.isEmpty else { return found }
    let matches = index.documents(where: .prefix(NoteAttribute.stem, name)).map {
      VaultPath(known: index.key(of: $0))
    }
    return Self.one(of: matches) ?? .missing
  }

  /// What a link in the note at `source` leads to.
  public func resolve(_ link: MarkdownScan.Link, from source: VaultPath) -> Resolution {
    resolve(link.kind, link.target, from: source)
  }

  func resolve(
    _ kind: MarkdownScan.Link.Kind, _ target: String, from source: VaultPath
  ) -> Resolution {
    if target.isEmpty { return .note(source) }
    switch kind {
    case .wikilink, .embed: return resolve(wikilink: target, from: source)
    default: return resolve(address: target, from: source)
    }
  }

  /// What the target of a wikilink in the note at `source` leads to.
  public func resolve(wikilink target: String, from source: VaultPath) -> Resolution {
    if target.hasPrefix("./") || target.hasPrefix("../") { return markdown(target, from: source) }
    return wikilink(target, from: source)
  }

  /// What the address of a Markdown link in the note at `source`, decoded, leads to.
  public func resolve(address target: String, from source: VaultPath) -> Resolution {
    markdown(target, from: source)
  }

  /// The only candidate, or the only one that is `written` exactly so.
  private static func one(of candidates: [VaultPath], written: String? = nil) -> Resolution? {
    if let written, candidates.count > 1 {
      let exact = candidates.filter {
        $0.stem.utf8.elementsEqual(written.utf8)
          || VaultPath.withoutExtension($0.description).utf8.elementsEqual(written.utf8)
      }
      if exact.count == 1 { return .note(exact[0]) }
    }
    return switch candidates.count {
    case 0: nil
    case 1: .note(candidates[0])
    default: .ambiguous(candidates.sorted())
    }
  }

  private func wikilink(_ target: String, from source: VaultPath?) -> Resolution {
    var target = target
    while target.hasPrefix("/") { target.removeFirst() }
    guard !target.isEmpty else { return .missing }
    for path in [target, target + ".md", target + ".markdown"] {
      if let found = exact(path) { return .note(found) }
    }
    let bare = VaultPath.withoutExtension(target)
    if let found = Self.one(of: all(NoteAttribute.path, bare), written: bare) { return found }
    if bare.contains("/") {
      // A path that leaves out the folders in front: `airflow/dag` for `notes/airflow/dag.md`.
      let stem = VaultPath(known: bare).name
      let matches = all(NoteAttribute.stem, stem).filter {
        let path = TextFolding.fold(VaultPath.withoutExtension($0.description))
        return path.hasSuffix("/" + TextFolding.fold(bare))
      }
      if let found = Self.one(of: matches) { return found }
    } else {
      let stems = all(NoteAttribute.stem, bare)
      let near = stems.filter { $0.folder == source?.folder }
      if let found = Self.one(of: near, written: bare) { return found }
      if let found = Self.one(of: stems, written: bare) { return found }
      if let found = Self.one(of: all(NoteAttribute.alias, target)) { return found }
      if let found = Self.one(of: all(NoteAttribute.title, target)) { return found }
    }
    if let found = file(target, from: source?.folder ?? "") { return found }
    if target.contains("."), let found = attachment(target) { return .file(found) }
    return .missing
  }

  private func attachment(_ target: String) -> String? {
    if moves.isEmpty { return attachments.paths(endingIn: target).first }
    let name = target.split(separator: "/").last.map(String.init) ?? target
    let tail = "/" + TextFolding.fold(target)
    let names = attachments.paths(endingIn: name) + moved.files(named: name)
    return Set(names.map { moves.after(VaultPath(known: $0)).description })
      .filter { ("/" + TextFolding.fold($0)).hasSuffix(tail) }
      .min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }

  private func markdown(_ target: String, from source: VaultPath) -> Resolution {
    let isRooted = target.hasPrefix("/")
    let folder = isRooted ? "" : source.folder
    guard let path = Self.joined(folder, target) else { return .missing }
    for candidate in [path, path + ".md", path + ".markdown"] where !candidate.isEmpty {
      if let found = exact(candidate) { return .note(found) }
    }
    if let found = file(path, from: "") { return found }
    let bare = VaultPath.withoutExtension(path)
    if let found = Self.one(of: all(NoteAttribute.path, bare)) { return found }
    if isRooted, !VaultPath.isNote(path) { return .site }
    if isObsidian, !isRooted, !target.hasPrefix("."), let found = short(target, from: source) {
      return found
    }
    return .missing
  }

  /// An address as Obsidian writes it when it is set to short links: from the top of the vault, or the
  /// end of a path that is clear.
  private func short(_ target: String, from source: VaultPath) -> Resolution? {
    for candidate in [target, target + ".md", target + ".markdown"] {
      if let found = exact(candidate) { return .note(found) }
    }
    let bare = VaultPath.withoutExtension(target)
    if let found = Self.one(of: all(NoteAttribute.path, bare), written: bare) { return found }
    let tail = "/" + TextFolding.fold(bare)
    let stems = all(NoteAttribute.stem, VaultPath(known: bare).name).filter {
      ("/" + TextFolding.fold(VaultPath.withoutExtension($0.description))).hasSuffix(tail)
    }
    if let found = Self.one(of: stems.filter { $0.folder == source.folder }, written: bare) {
      return found
    }
    if let found = Self.one(of: stems, written: bare) { return found }
    return target.contains(".") ? attachment(target).map { .file($0) } : nil
  }

  /// A file or folder on disk; nothing outside the vault counts.
  private func file(_ target: String, from folder: String) -> Resolution? {
    for candidate in [Self.joined(folder, target), Self.joined("", target)] {
      guard let candidate else { continue }
      if candidate.isEmpty { return .file("") }
      guard let asked = try? VaultPath(candidate),
        let path = moves.isEmpty ? asked : moves.before(asked),
        FileSystem.status(vault.absolute(path), followingLinks: false) != nil
      else { continue }
      return .file(candidate)
    }
    return nil
  }

  /// `target` seen from `folder`, or nil when it leaves the vault.
  static func joined(_ folder: String, _ target: String) -> String? {
    var parts = folder.split(separator: "/")
    for part in target.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
