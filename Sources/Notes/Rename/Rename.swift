internal import FullText
internal import Markup

/// Giving a note, a folder or any file of the vault another name, with every link to it.
public struct Rename: Sendable {
  /// A link that is written anew.
  public struct LinkChange: Sendable, Equatable {
    public var path: VaultPath
    public var line: Int
    public var old: String
    public var new: String
  }

  /// What is to happen.
  public struct Plan: Sendable {
    public var changes: ChangeSet
    public var links: [LinkChange] = []
    /// Notes whose links could not be changed, with the reason; the rename goes on without them.
    public var left: [(path: VaultPath, reason: String)] = []
    /// The splices that a note needs, to be asked again of what somebody else wrote meanwhile.
    let splices: @Sendable (Note) throws(VaultError) -> [Splice]

    init(
      _ changes: ChangeSet, splices: @escaping @Sendable (Note) throws(VaultError) -> [Splice]
    ) {
      self.changes = changes
      self.splices = splices
    }
  }

  let index: NoteIndex
  let reader: NoteReader
  private var vault: Vault { index.vault }

  /// - Parameter index: Brought up to date just now.
  public init(_ index: NoteIndex) {
    self.index = index
    reader = NoteReader(vault: index.vault)
  }

  /// Plans to move what lies at `old`, a note, a file or a folder, to `new`, and to give a note a new
  /// title.
  public func plan(
    _ old: VaultPath, to new: VaultPath, title: String? = nil, moment: Int64
  ) throws(VaultError) -> Plan {
    try check(old, new)
    var moves = Moves()
    if old != new { moves.paths = [(old, new)] }
    if let title { moves.titles[old] = title }
    let (notes, files) = contents(of: old)
    let rewrite = LinkRewrite(index, moves, notes: notes, files: files)
    let told = old == new ? "\(old) --title '\(title ?? "")'" : "\(old) \(new)"
    var plan = Plan(ChangeSet(title: "mv \(told)", moment: moment)) {
      note throws(VaultError) in
      let splices = rewrite.splices(in: note)
      guard note.path == old, let title else { return splices }
      guard let edit = try Self.titleEdit(note, title) else {
        throw .unsafeEdit(
          path: old.description, reason: "it has no title to change; its name is its title")
      }
      return Self.merged(splices, edit)
    }
    for path in rewrite.sources {
      guard let read = reader.read(path) else { continue }
      let note = read.note
      let splices = try plan.splices(note)
      guard !splices.isEmpty else { continue }
      if read.problem == .tooLarge {
        plan.left.append((path, "it is larger than 16 MB"))
        continue
      }
      guard let edited = Self.edited(note, splices) else {
        plan.left.append((path, "its front matter could not hold the new name"))
        continue
      }
      plan.changes.edit(path, note.bytes, splices, edited)
      plan.links += Self.linkChanges(note, splices, at: path)
    }
    if old != new {
      Self.addFolders(of: new, to: &plan.changes, in: vault)
      plan.changes.steps.append(.move(from: old, to: new))
    }
    return plan
  }

  /// Makes a plan happen; notes that somebody else writes at the same moment are planned anew.
  public func perform(_ plan: Plan, log: ChangeLog) throws -> ChangeLog.Outcome {
    try log.apply(plan.changes) { path, bytes throws(VaultError) in
      try plan.splices(Note(path: path, bytes: bytes))
    }
  }

  // MARK: - Parts

  private func check(_ old: VaultPath, _ new: VaultPath) throws(VaultError) {
    try vault.refuseLinksOutside(old)
    try vault.refuseLinksOutside(new)
    guard old.description.split(separator: "/").first?.hasPrefix(".folio") != true else {
      throw .unsafeEdit(path: old.description, reason: "it belongs to folio itself")
    }
    if new != old, new.moved(from: old, to: old) != nil {
      throw .badName(new.description, reason: "a folder cannot go into itself")
    }
    for part in new.description.split(separator: "/") {
      if let reason = Self.refusal(of: String(part)) {
        throw .badName(new.description, reason: reason)
      }
    }
    guard new != old, let there = FileSystem.status(vault.absolute(new), followingLinks: false)
    else { return }
    let here = FileSystem.status(vault.absolute(old), followingLinks: false)
    guard here?.stamp.inode == there.stamp.inode, here?.device == there.device else {
      throw .exists(new.description)
    }
  }

  /// Why a part of a path is no name for a note; nil when it is one.
  static func refusal(of name: String) -> String? {
    if name.hasPrefix(".") { return "names with a dot in front are hidden" }
    if name.hasPrefix("-") { return "a name with a dash in front is taken for an option" }
    if name.utf8.count > 250 { return "it is longer than 250 bytes" }
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F: return "it has control characters"
      case 0x202A...0x202E, 0x2066...0x2069:
        return "it has marks that turn the direction of writing"
      default: break
      }
    }
    for sign in ["[[", "]]", "|", "#", "^", "\\"] where name.contains(sign) {
      return "links cannot name a file with \(sign) in it"
    }
    return name.hasSuffix(" ") || name.hasSuffix(".") ? "it ends with a blank or a dot" : nil
  }

  private func contents(of path: VaultPath) -> (notes: [VaultPath], files: [VaultPath]) {
    guard FileSystem.isFolder(vault.absolute(path)) else {
      return index.index.find(key: path.description) != nil ? ([path], []) : ([], [path])
    }
    var notes: [VaultPath] = []
    var files: [VaultPath] = []
    for id in index.index.documents(where: .keyPrefix(path.description + "/")) {
      notes.append(VaultPath(known: index.index.key(of: id)))
    }
    let known = Set(notes)
    var folders = [path]
    while let folder = folders.popLast() {
      for name in (try? FileSystem.names(in: vault.absolute(folder))) ?? [] {
        let inner = VaultPath(known: folder.description + "/" + name)
        switch FileSystem.status(vault.absolute(inner), followingLinks: false)?.kind {
        case .folder: folders.append(inner)
        case .file where !known.contains(inner): files.append(inner)
        default: break
        }
      }
    }
    return (notes, files)
  }

  static func addFolders(of path: VaultPath, to changes: inout ChangeSet, in vault: Vault) {
    var folder = path.folder
    var missing: [VaultPath] = []
    while !folder.isEmpty, !FileSystem.isFolder(vault.root + "/" + folder) {
      missing.append(VaultPath(known: folder))
      folder = VaultPath(known: folder).folder
    }
    for folder in missing.reversed() { changes.steps.append(.makeFolder(folder)) }
  }

  /// The splice that gives a note another title, where the title stands; nil when it has none but its
  /// name.
  private static func titleEdit(_ note: Note, _ title: String) throws(VaultError) -> Splice? {
    if note.frontMatter.value("title")?.text != nil {
      let edited = try FrontMatterEdit(note).setting("title", to: .text(title))
      return .between(note.bytes, edited)
    }
    let headings = note.markdown.headings.filter { !$0.text.isEmpty }
    guard let first = headings.min(by: { $0.level < $1.level }) else { return nil }
    return Splice(
      offset: first.range.lowerBound, removed: Array(note.bytes[first.range]),
      inserted: Array(title.utf8))
  }

  static func merged(_ splices: [Splice], _ one: Splice) -> [Splice] {
    let end = one.offset + one.removed.count
    let apart = splices.filter { $0.offset + $0.removed.count <= one.offset || $0.offset >= end }
    return (apart + [one]).sorted { $0.offset < $1.offset }
  }

  /// The note with the splices, when its front matter can still be read.
  static func edited(_ note: Note, _ splices: [Splice]) -> [UInt8]? {
    guard let edited = Splice.apply(splices, to: note.bytes) else { return nil }
    let touchesBlock = splices.contains { $0.offset < note.frontMatter.bodyStart }
    guard touchesBlock, note.frontMatter.error == nil else { return edited }
    let after = FrontMatter(edited)
    return after.error == nil && after.entries.map(\.name) == note.frontMatter.entries.map(\.name)
      ? edited : nil
  }

  static func linkChanges(_ note: Note, _ splices: [Splice], at path: VaultPath) -> [LinkChange] {
    var line = 1
    var at = 0
    return splices.map { splice in
      line += note.bytes[at..<splice.offset].count { $0 == 0x0A }
      at = splice.offset
      return LinkChange(
        path: path, line: line, old: String(decoding: splice.removed, as: UTF8.self),
        new: String(decoding: splice.inserted, as: UTF8.self))
    }
  }
}
