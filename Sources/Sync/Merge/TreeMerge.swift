internal import Notes

/// Putting two trees together in memory: no file of the vault and no reference is touched.
///
/// What only one side changed is taken; what both changed alike is taken once; a file that both changed
/// is merged by `NoteMerge`. Where that is not possible both versions are in the result: the first
/// side's under the name, the second's under a name made from its bytes. A file that one side deleted
/// and the other edited stays. Folders that neither side changed are not read, so the cost goes with
/// the changes.
///
/// The result depends on the two commits alone, and on their common ancestor, which they determine.
struct TreeMerge {
  private let repository: Repository
  private let prefix: TreePath
  private let sides: (first: MergeSide, second: MergeSide)
  private(set) var conflicts: [MergeConflict] = []
  /// Files deleted on one side and edited on the other, which stay.
  private(set) var kept: [TreePath] = []
  /// Notes that had to give way to another of the same name: before and after.
  private(set) var moved: [(from: TreePath, to: TreePath)] = []
  private var records: [ConflictRecord] = []

  /// - Parameters:
  ///   - prefix: Where the vault lies in the repository; conflicts are recorded in there.
  ///   - first: The side that stays where both changed the same: by `Commit.isOrdered` the earlier.
  init(_ repository: Repository, prefix: TreePath, first: MergeSide, second: MergeSide) {
    self.repository = repository
    self.prefix = prefix
    sides = (first, second)
  }

  /// The merged tree; nil when it is empty.
  mutating func merge(
    base: ObjectID?, _ first: ObjectID?, _ second: ObjectID?
  ) throws -> ObjectID? {
    if first == second || base == second { return first }
    if base == first { return second }
    let plan = try RenamePlan(repository, base: base, first, second, prefix: prefix)
    moved += plan.renamedTwice
    let tree = try relinked(folder(plan.base, plan.first, plan.second, .top), plan)
    conflicts.sort { ($0.path, $0.field ?? "") < ($1.path, $1.field ?? "") }
    return try recorded(in: tree)
  }

  /// The tree with the links that one side wrote to a name that the other gave up.
  private func relinked(_ tree: ObjectID?, _ plan: RenamePlan) throws -> ObjectID? {
    if plan.givenUp.isEmpty { return tree }
    let now = Dictionary(
      plan.givenUp.map { ($0.from, $0.to) }, uniquingKeysWith: { first, _ in first })
    var edits: [TreePath: TreeEntry?] = [:]
    for (from, to, notes) in plan.givenUp {
      guard try repository.entry(at: from, of: tree) == nil,
        let old = from.vaultPath(in: prefix), let new = to.vaultPath(in: prefix)
      else { continue }
      for written in notes {
        let path = now[written] ?? written
        guard var entry = try edits[path] ?? repository.entry(at: path, of: tree),
          entry.kind == .file, let inside = path.vaultPath(in: prefix),
          let bytes = MovedLinks(from: old, to: new).rewritten(
            try repository.blob(entry.id), at: inside)
        else { continue }
        entry.id = try repository.writeBlob(bytes)
        edits[path] = entry
      }
    }
    return edits.isEmpty ? tree : try repository.editing(tree, edits)
  }

  /// The tree with a record for each conflict in the vault.
  private func recorded(in tree: ObjectID?) throws -> ObjectID? {
    if records.isEmpty { return tree }
    var edits: [TreePath: TreeEntry?] = [:]
    for record in records {
      let id = try repository.writeBlob(record.encoded)
      let path = TreePath(ConflictRecord.folder).appending(Array(record.name.utf8))
      let place = prefix.names.isEmpty ? path : TreePath(bytes: prefix.bytes + [0x2F] + path.bytes)
      edits[place] = TreeEntry(mode: TreeEntry.fileMode, id: id)
    }
    return try repository.editing(tree, edits)
  }

  private mutating func folder(
    _ base: ObjectID?, _ first: ObjectID?, _ second: ObjectID?, _ path: TreePath
  ) throws -> ObjectID? {
    if first == second || base == second { return first }
    if base == first { return second }
    let old = try repository.tree(base)
    let left = try repository.tree(first)
    let right = try repository.tree(second)
    var place = Place(path: path, taken: Set(left.keys).union(right.keys))
    var merged: Tree = [:]
    var open: [[UInt8]] = []
    for name in place.taken {
      if left[name] == right[name] { merged[name] = left[name] } else { open.append(name) }
    }
    for name in open.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      merged[name] = try entry(name, old[name], left[name], right[name], &place)
    }
    for (name, entry) in place.extra { merged[name] = entry }
    try separateSpellings(&merged, old, left, right, &place)
    return try repository.write(merged)
  }

  /// The folder at hand.
  private struct Place {
    let path: TreePath
    /// Names that one of the sides has.
    var taken: Set<[UInt8]>
    /// What is put beside the files that are there.
    var extra: [([UInt8], TreeEntry)] = []

    /// Puts an entry beside the others; its path.
    mutating func add(_ entry: TreeEntry, _ names: [[UInt8]]) -> TreePath {
      // The same version under the same name is there once.
      let name = names.first { !taken.contains($0) } ?? names[names.count - 1]
      taken.insert(name)
      extra.append((name, entry))
      return path.appending(name)
    }
  }

  private mutating func entry(
    _ name: [UInt8], _ base: TreeEntry?, _ first: TreeEntry?, _ second: TreeEntry?,
    _ place: inout Place
  ) throws -> TreeEntry? {
    if first == second || base == second { return first }
    if base == first { return second }
    let path = place.path.appending(name)
    if [base, first, second].contains(where: { $0?.kind == .repository }) {
      throw SyncError.unsupported(
        "both sides changed the submodule \(path)",
        remedy: "Merge that with git, then run 'folio sync' again.")
    }
    if first?.kind == .folder || second?.kind == .folder {
      return try folders(name, base, first, second, &place)
    }
    guard let first, let second else {
      kept.append(path)
      note(.init(path: text(path), reason: .deleted), version: nil, path)
      return first ?? second
    }
    return try file(name, base, first, second, &place)
  }

  /// At least one side has a folder there.
  private mutating func folders(
    _ name: [UInt8], _ base: TreeEntry?, _ first: TreeEntry?, _ second: TreeEntry?,
    _ place: inout Place
  ) throws -> TreeEntry? {
    let path = place.path.appending(name)
    func folder(_ entry: TreeEntry?) -> ObjectID? { entry?.kind == .folder ? entry?.id : nil }
    let id = try self.folder(folder(base), folder(first), folder(second), path)
    let merged = id.map { TreeEntry(mode: TreeEntry.folderMode, id: $0) }
    // A file of one side stands where the other has a folder.
    let file = [first, second].compactMap { $0 }.first { $0.kind != .folder }
    guard let file else {
      if let base, base.kind != .folder, first == nil || second == nil { kept.append(path) }
      return merged
    }
    if base == file { return merged }
    guard let merged else { return file }
    let copy = place.add(file, [ConflictName.beside(name, file.id, separator: "~")])
    note(.init(path: text(path), copy: text(copy), reason: .kinds), version: file.id, path)
    return merged
  }

  private mutating func file(
    _ name: [UInt8], _ base: TreeEntry?, _ first: TreeEntry, _ second: TreeEntry,
    _ place: inout Place
  ) throws -> TreeEntry? {
    let path = place.path.appending(name)
    if first.kind != second.kind || first.kind != .file {
      let isFirst = first.kind == .file || second.kind != .file
      let target = try repository.blob(isFirst ? second.id : first.id)
      note(
        .init(
          path: text(path), reason: first.kind == second.kind ? .links : .kinds,
          kept: first.kind == .link
            ? String(decoding: try repository.blob(first.id), as: UTF8.self) : nil,
          other: String(decoding: target, as: UTF8.self)),
        version: isFirst ? second.id : first.id, path)
      return isFirst ? first : second
    }
    let baseFile = base?.kind == .file ? base : nil
    var merged = first
    // A mode that one side changed wins over the one that stayed.
    merged.mode = baseFile?.mode == first.mode ? second.mode : first.mode
    if first.id == second.id { return merged }
    let bytes = try (repository.blob(first.id), repository.blob(second.id))
    let isNote = VaultPath.isNote(String(decoding: name, as: UTF8.self))
    if isNote, baseFile == nil, areTwoNotes(bytes.0, bytes.1) {
      let other = place.add(second, [ConflictName.beside(name, second.id)])
      moved.append((path, other))
      return merged
    }
    let result = NoteMerge.merge(
      base: try baseFile.map { try repository.blob($0.id) }, bytes.0, bytes.1, kind(path, isNote))
    var text = result.bytes
    if let reason = result.overlap {
      let shown = self.text(path)
      let copy = isNote ? ConflictMark.marking(bytes.1, of: shown, sides.second) : bytes.1
      let entry = TreeEntry(mode: second.mode, id: try repository.writeBlob(copy))
      let names = [8, 12, 20, 40].map { ConflictName.copy(of: name, second.id, digits: $0) }
      let other = place.add(entry, names)
      if isNote { text = ConflictMark.linking(text, to: self.text(other)) }
      note(.init(path: shown, copy: self.text(other), reason: reason), version: second.id, path)
    }
    for field in result.fields {
      note(
        .init(
          path: self.text(path), field: field.field,
          reason: field.other.isEmpty ? .fieldRemoved : .field, kept: field.kept,
          other: field.other),
        version: second.id, path)
    }
    merged.id = try repository.writeBlob(text)
    return merged
  }

  private func kind(_ path: TreePath, _ isNote: Bool) -> NoteMerge.Kind {
    guard isNote else { return .text }
    return path.below(prefix)?.names.first == Array("journal".utf8) ? .journal : .note
  }

  /// Whether two notes made apart say themselves that they are not one.
  private func areTwoNotes(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard let a = NoteMerge.identity(of: first), let b = NoteMerge.identity(of: second) else {
      return false
    }
    return a != b
  }

  /// Names that one file system takes for the same, when each side brought one of them: the second
  /// side's gets a name of its own.
  private mutating func separateSpellings(
    _ merged: inout Tree, _ base: Tree, _ first: Tree, _ second: Tree, _ place: inout Place
  ) throws {
    let mine = first.keys.filter { base[$0] == nil && second[$0] == nil }
    let theirs = second.keys.filter { base[$0] == nil && first[$0] == nil }
    if mine.isEmpty || theirs.isEmpty { return }
    // Texts that are canonically equal are equal keys.
    func folded(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self).lowercased() }
    var known: [String: [UInt8]] = [:]
    for name in mine where merged[name] != nil { known[folded(name)] = name }
    for name in theirs.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let other = known[folded(name)], let entry = merged[name] else { continue }
      let free = ConflictName.beside(name, entry.id)
      guard !place.taken.contains(free) else { continue }
      place.taken.insert(free)
      merged[name] = nil
      merged[free] = entry
      let path = place.path.appending(other)
      note(
        .init(
          path: text(path), copy: text(place.path.appending(free)), reason: .spelling),
        version: nil, path)
    }
  }

  /// A path as a person sees it: relative to the vault.
  private func text(_ path: TreePath) -> String { (path.below(prefix) ?? path).description }

  private mutating func note(_ conflict: MergeConflict, version: ObjectID?, _ path: TreePath) {
    conflicts.append(conflict)
    guard path.below(prefix) != nil else { return }
    records.append(
      ConflictRecord(
        conflict: conflict, version: version, first: sides.first, second: sides.second))
  }
}
