/// Makes three trees speak of the same names before they are merged.
///
/// A file that one side renamed and the other edited under its old name is found again: by its bytes,
/// else by the share of its lines (at least half) in a file that the renaming side added. The other
/// side and the common ancestor are then given the new name too. Nothing else is changed; a file
/// that both sides renamed, each to another name, ends as two files.
struct RenamePlan {
  private(set) var base: ObjectID?
  private(set) var first: ObjectID?
  private(set) var second: ObjectID?

  private static let leastShare = 0.5
  /// More added files than this are compared by their bytes alone.
  private static let maximumCandidates = 400

  init(
    _ repository: Repository, base: ObjectID?, _ first: ObjectID?, _ second: ObjectID?
  ) throws {
    self.base = base
    self.first = first
    self.second = second
    guard base != nil else { return }
    let left = try repository.changes(from: base, to: first)
    let right = try repository.changes(from: base, to: second)
    let byFirst = try Self.renames(repository, of: left, editedIn: right).filter {
      try repository.hasRoom(for: $0.new, in: second) && repository.hasRoom(for: $0.new, in: base)
    }
    let bySecond = try Self.renames(repository, of: right, editedIn: left).filter {
      try repository.hasRoom(for: $0.new, in: first) && repository.hasRoom(for: $0.new, in: base)
    }
    if byFirst.isEmpty && bySecond.isEmpty { return }
    var baseEdits: [TreePath: TreeEntry?] = [:]
    var firstEdits: [TreePath: TreeEntry?] = [:]
    var secondEdits: [TreePath: TreeEntry?] = [:]
    func add(
      _ edits: inout [TreePath: TreeEntry?], _ old: TreePath, _ new: TreePath, _ entry: TreeEntry?
    ) {
      edits.updateValue(nil, forKey: old)
      edits.updateValue(entry, forKey: new)
    }
    for rename in byFirst {
      add(&baseEdits, rename.old, rename.new, rename.base)
      add(&secondEdits, rename.old, rename.new, rename.edited)
    }
    for rename in bySecond {
      add(&baseEdits, rename.old, rename.new, rename.base)
      add(&firstEdits, rename.old, rename.new, rename.edited)
    }
    self.base = try repository.editing(base, baseEdits)
    self.first = try repository.editing(first, firstEdits)
    self.second = try repository.editing(second, secondEdits)
  }

  private struct Rename {
    var old: TreePath
    var new: TreePath
    var base: TreeEntry
    var edited: TreeEntry
  }

  /// Renames that one side made of files that the other side edited in place.
  private static func renames(
    _ repository: Repository, of changes: [TreeChange], editedIn others: [TreeChange]
  ) throws -> [Rename] {
    var edited: [TreePath: TreeEntry] = [:]
    var taken: Set<TreePath> = []
    for other in others {
      if other.old?.kind == .file, let new = other.new, new.kind == .file {
        edited[other.path] = new
      }
      if other.old == nil { taken.insert(other.path) }
    }
    var added = changes.filter {
      $0.old == nil && $0.new?.kind == .file && !taken.contains($0.path)
    }
    var lines: [TreePath: LineCount] = [:]
    var found: [Rename] = []
    for change in changes where change.new == nil {
      guard let old = change.old, old.kind == .file, let mine = edited[change.path] else {
        continue
      }
      let place = try place(of: old, change.path, among: added, repository, &lines)
      guard let place else { continue }
      let target = added.remove(at: place)
      found.append(Rename(old: change.path, new: target.path, base: old, edited: mine))
    }
    return found
  }

  private static func place(
    of old: TreeEntry, _ path: TreePath, among added: [TreeChange], _ repository: Repository,
    _ lines: inout [TreePath: LineCount]
  ) throws -> Int? {
    if let same = added.firstIndex(where: { $0.new?.id == old.id && $0.path.name == path.name }) {
      return same
    }
    if let same = added.firstIndex(where: { $0.new?.id == old.id }) { return same }
    guard added.count <= maximumCandidates else { return nil }
    let mine = LineCount(try repository.blob(old.id))
    var best: (share: Double, place: Int)?
    for (place, candidate) in added.enumerated() {
      guard let entry = candidate.new else { continue }
      let theirs = try lines[candidate.path] ?? LineCount(repository.blob(entry.id))
      lines[candidate.path] = theirs
      let share = mine.share(in: theirs)
      if share >= leastShare, share > best?.share ?? 0 { best = (share, place) }
    }
    return best?.place
  }
}

extension Repository {
  /// Whether a file could be put at `path` of a tree without taking the place of something.
  fileprivate func hasRoom(for path: TreePath, in root: ObjectID?) throws -> Bool {
    var current = root
    for name in path.names {
      guard let entry = try tree(current)[name] else { return true }
      guard entry.kind == .folder else { return false }
      current = entry.id
    }
    return false
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
