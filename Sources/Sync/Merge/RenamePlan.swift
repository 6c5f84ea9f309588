internal import Notes

extension TreePath {
  /// The path of a note inside the vault; nil for everything else.
  func vaultPath(in prefix: TreePath) -> VaultPath? {
    guard let inside = below(prefix)?.description, VaultPath.isNote(inside) else { return nil }
    return try? VaultPath(inside)
  }
}

/// Makes three trees speak of the same names before they are merged.
///
/// A file that one side renamed and the other edited under its old name is found again: by the `id` of
/// its front matter, by its bytes, else by the share of its lines (at least half) in a file that the
/// renaming side added. The other side and the common ancestor are then given the new name too. A file
/// that both sides renamed, each to another name, gets the first side's.
struct RenamePlan {
  private(set) var base: ObjectID?
  private(set) var first: ObjectID?
  private(set) var second: ObjectID?
  /// Files that both sides renamed: the second side's name and the one that stays.
  private(set) var renamedTwice: [(from: TreePath, to: TreePath)] = []
  /// Names that a side gave up, and the notes of the other side in which links may still write them.
  private(set) var givenUp: [(from: TreePath, to: TreePath, notes: [TreePath])] = []

  init(
    _ repository: Repository, base: ObjectID?, _ first: ObjectID?, _ second: ObjectID?,
    prefix: TreePath
  ) throws {
    self.base = base
    self.first = first
    self.second = second
    guard base != nil else { return }
    var left = Side(try repository.changes(from: base, to: first))
    var right = Side(try repository.changes(from: base, to: second))
    // Only a file that the other side touched as well, or links to, is worth looking for.
    let leftNames = try right.removed.isEmpty ? [:] : left.names(repository, prefix)
    let rightNames = try left.removed.isEmpty ? [:] : right.names(repository, prefix)
    let byFirst = try left.renames(repository) {
      right.edited[$0] != nil || right.removed[$0] != nil
        || rightNames[Self.name($0, prefix)] != nil
    }
    let bySecond = try right.renames(repository) {
      left.edited[$0] != nil || left.removed[$0] != nil || leftNames[Self.name($0, prefix)] != nil
    }
    if byFirst.isEmpty && bySecond.isEmpty { return }
    for (renames, names) in [(byFirst, rightNames), (bySecond, leftNames)] {
      for (old, new) in renames.sorted(by: { $0.key < $1.key }) {
        if let notes = names[Self.name(old, prefix)] { givenUp.append((old, new, notes)) }
      }
    }
    var edits = Edits()
    for (old, new) in byFirst.sorted(by: { $0.key < $1.key }) {
      guard let before = left.removed[old] else { continue }
      if let edited = right.edited[old] {
        guard try repository.hasRoom(for: new, in: second, base) else { continue }
        edits.move(&edits.base, old, new, before)
        edits.move(&edits.second, old, new, edited)
      } else if let other = bySecond[old], let entry = right.added[other] {
        if other != new {
          guard try repository.hasRoom(for: new, in: second, base) else { continue }
          edits.move(&edits.second, other, new, entry)
          renamedTwice.append((other, new))
          let notes = try right.names(repository, prefix)[Self.name(other, prefix)] ?? []
          if !notes.isEmpty { givenUp.append((other, new, notes)) }
        }
        edits.move(&edits.base, old, new, before)
      }
    }
    for (old, new) in bySecond.sorted(by: { $0.key < $1.key }) {
      guard let before = right.removed[old], let edited = left.edited[old],
        try repository.hasRoom(for: new, in: first, base)
      else { continue }
      edits.move(&edits.base, old, new, before)
      edits.move(&edits.first, old, new, edited)
    }
    self.base = try repository.editing(base, edits.base)
    self.first = try repository.editing(first, edits.first)
    self.second = try repository.editing(second, edits.second)
  }

  /// The name of a note as links write it; empty for what is no note of the vault.
  private static func name(_ path: TreePath, _ prefix: TreePath) -> String {
    path.vaultPath(in: prefix).map { MovedLinks.name(of: $0) } ?? ""
  }

  private struct Edits {
    var base: [TreePath: TreeEntry?] = [:]
    var first: [TreePath: TreeEntry?] = [:]
    var second: [TreePath: TreeEntry?] = [:]

    func move(
      _ edits: inout [TreePath: TreeEntry?], _ old: TreePath, _ new: TreePath, _ entry: TreeEntry
    ) {
      edits.updateValue(nil, forKey: old)
      edits.updateValue(entry, forKey: new)
    }
  }

  /// What one side did to files.
  private struct Side {
    var removed: [TreePath: TreeEntry] = [:]
    var edited: [TreePath: TreeEntry] = [:]
    var added: [TreePath: TreeEntry] = [:]
    private var lines: [ObjectID: LineCount] = [:]

    /// More added files than this are compared by their bytes alone.
    private static let maximumCandidates = 400

    init(_ changes: [TreeChange]) {
      for change in changes {
        switch (change.old, change.new) {
        case (let old?, nil) where old.kind == .file: removed[change.path] = old
        case (nil, let new?) where new.kind == .file: added[change.path] = new
        case (let old?, let new?) where old.kind == .file && new.kind == .file:
          edited[change.path] = new
        default: break
        }
      }
    }

    /// Names that links in the notes of this side write, each with those notes; nothing when so many
    /// notes changed that reading them all would take its time.
    func names(
      _ repository: Repository, _ prefix: TreePath
    ) throws -> [String: [TreePath]] {
      var names: [String: [TreePath]] = [:]
      let changed = edited.merging(added) { $1 }.sorted { $0.key < $1.key }
      guard changed.count <= Self.maximumCandidates else { return [:] }
      for (path, entry) in changed {
        guard let inside = path.vaultPath(in: prefix) else { continue }
        for name in MovedLinks.names(in: try repository.blob(entry.id), at: inside) {
          names[name, default: []].append(path)
        }
      }
      return names
    }

    /// Where removed files went, as far as `isWanted` asks for them.
    mutating func renames(
      _ repository: Repository, where isWanted: (TreePath) -> Bool
    ) throws -> [TreePath: TreePath] {
      let wanted = removed.filter { isWanted($0.key) }.sorted { $0.key < $1.key }
      if wanted.isEmpty || added.isEmpty { return [:] }
      var free = added
      var found: [TreePath: TreePath] = [:]
      var open: [(TreePath, TreeEntry)] = []
      var byID: [ObjectID: [TreePath]] = [:]
      for (path, entry) in added { byID[entry.id, default: []].append(path) }
      for (path, entry) in wanted {
        let same = (byID[entry.id] ?? []).filter { free[$0] != nil }.sorted()
        guard let target = same.first(where: { $0.name == path.name }) ?? same.first else {
          open.append((path, entry))
          continue
        }
        found[path] = target
        free[target] = nil
      }
      guard !open.isEmpty, free.count <= Self.maximumCandidates else { return found }
      var identities: [String: TreePath] = [:]
      var ids: [TreePath: String] = [:]
      for (path, entry) in free.sorted(by: { $0.key < $1.key }) {
        guard let id = NoteMerge.identity(of: try repository.blob(entry.id)) else { continue }
        identities[id] = path
        ids[path] = id
      }
      for (path, entry) in open {
        let bytes = try repository.blob(entry.id)
        let id = NoteMerge.identity(of: bytes)
        if let id, let target = identities[id], free[target] != nil {
          found[path] = target
          free[target] = nil
          continue
        }
        let mine = LineCount(bytes)
        var best: (share: Double, path: TreePath)?
        for (candidate, entry) in free.sorted(by: { $0.key < $1.key }) {
          // Two notes that say that they are two are not one, however alike.
          if let id, let other = ids[candidate], id != other { continue }
          let theirs = try lines[entry.id] ?? LineCount(repository.blob(entry.id))
          lines[entry.id] = theirs
          let share = mine.share(in: theirs)
          if share >= 0.5, share > best?.share ?? 0 { best = (share, candidate) }
        }
        if let target = best?.path {
          found[path] = target
          free[target] = nil
        }
      }
      return found
    }
  }
}

extension Repository {
  /// Whether a file could be put at `path` of both trees without taking the place of something.
  fileprivate func hasRoom(
    for path: TreePath, in one: ObjectID?, _ other: ObjectID?
  ) throws -> Bool {
    for root in [one, other] {
      var current = root
      var isFree = false
      for name in path.names {
        guard let entry = try tree(current)[name] else {
          isFree = true
          break
        }
        guard entry.kind == .folder else { return false }
        current = entry.id
      }
      if !isFree { return false }
    }
    return true
  }
}

/// How often each line is in a file.
struct LineCount {
  private var counts: [Int: Int] = [:]
  private var total = 0

  init(_ bytes: [UInt8]) {
    for line in bytes.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
      counts[line.hashValue, default: 0] += 1
      total += 1
    }
  }

  /// The lines that both have, as a share of the longer one: 0 to 1.
  func share(in other: LineCount) -> Double {
    guard total > 0, other.total > 0 else { return 0 }
    let common = counts.reduce(0) { $0 + min($1.value, other.counts[$1.key] ?? 0) }
    return Double(common) / Double(max(total, other.total))
  }
}
