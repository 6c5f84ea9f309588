public import FullText

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Brings the index of a vault up to date: one scan, a merge-join with the documents of the index by
/// path, and one update with what differs.
struct IndexUpdater {
  let vault: Vault
  let directory: String
  let options: IndexOptions
  let progress: (@Sendable (Int, Int) -> Void)?

  private static let threads = 2

  private struct Changes {
    var added: [String] = []
    var changed: [String] = []
    var removed: [String] = []
    var stamps: [String: Stamp] = [:]

    var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
  }

  private var tablePath: String { directory + "/folders" }

  private var fingerprint: UInt64 { options.fingerprint }

  func run(
    from current: Index?, wait: Duration
  ) throws(VaultError) -> (index: NoteIndex, report: NoteIndex.Report) {
    let table =
      current == nil
      ? nil
      : (try? FileSystem.read(tablePath)).flatMap {
        FolderTable($0, fingerprint: fingerprint)
      }
    // A first build reads every note and stamps it then.
    let scan = VaultScan(
      vault, after: table, fingerprint: fingerprint, stamping: current != nil)
    for path in scan.leftovers { try? FileSystem.remove(vault.root + "/" + path) }
    var report = NoteIndex.Report()
    report.refusedLinks = scan.refusedLinks
    report.errors = scan.errors
    report.notes = scan.files.count
    var index = current
    do throws(FileError) {
      if current == nil { try FileSystem.createFolder(directory, mode: 0o700) }
    } catch {
      throw .index(
        "the index cannot be kept in \(directory): \(error.reason)",
        remedy: "Name another folder for it with '--index-dir DIR'.")
    }
    let changes = current.map { self.changes(scan, $0) } ?? Changes()
    if current == nil || !changes.isEmpty {
      do throws(IndexError) {
        if let current {
          try update(changes, from: current, wait: wait, report: &report)
        } else {
          try build(scan, wait: wait, report: &report)
        }
        index = Index.open(directory, schema: NoteField.schema, options: options)
      } catch {
        // A search with an older index is better than none; one without any has nothing to show.
        guard case .locked = error, let current else { throw VaultError(error) }
        index = current
        report.isStale = true
      }
    }
    guard let index else {
      throw .index(
        "the index in \(directory) cannot be opened after it was written",
        remedy: "Delete that folder and run the command again; it holds nothing but the index.")
    }
    if scan.tableChanged, !report.isStale {
      // The table only saves time: not being able to keep it is no failure.
      try? SafeFile.overwrite(tablePath, scan.table.encoded)
    }
    return (NoteIndex(vault: vault, directory: directory, index: index), report)
  }

  /// Walks the scan and the index side by side; both ascend by path.
  private func changes(_ scan: VaultScan, _ index: Index) -> Changes {
    var changes = Changes()
    func note(_ file: VaultScan.File, in list: WritableKeyPath<Changes, [String]>) {
      let path = scan.path(of: file)
      changes[keyPath: list].append(path)
      changes.stamps[path] = file.stamp
    }
    var files = scan.files[...]
    index.forEachDocument { _, key, mark in
      while let file = files.first {
        let order = scan.withPath(of: file) { Self.compare($0, key) }
        if order > 0 { break }
        files.removeFirst()
        if order < 0 {
          note(file, in: \.added)
        } else {
          if file.isYoung || file.stamp.mark != mark { note(file, in: \.changed) }
          return
        }
      }
      changes.removed.append(String(decoding: key, as: UTF8.self))
    }
    for file in files { note(file, in: \.added) }
    return changes
  }

  private static func compare(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let common = min(a.count, b.count)
    for i in 0..<common where a[i] != b[i] { return a[i] < b[i] ? -1 : 1 }
    return a.count - b.count
  }

  /// Makes the index anew of all notes.
  private func build(
    _ scan: VaultScan, wait: Duration, report: inout NoteIndex.Report
  ) throws(IndexError) {
    let writer = try IndexWriter(
      directory: directory, schema: NoteField.schema, options: options, wait: wait)
    let reader = NoteReader(vault: vault)
    let began = scan.began
    let keys = scan.files.map { scan.path(of: $0) }
    let root = OpenFolder(vault.root)
    // A vault that cannot be opened has no files, and says why.
    if root == nil, !keys.isEmpty { throw .io(vault.root, errno) }
    let load: @Sendable (String) -> Document? = { key in
      guard let root, var read = reader.read(VaultPath(known: key), in: root) else { return nil }
      if Walk.isYoung(read.stamp.modified, began) { read.stamp.modified = -1 }
      return read.note.document(stamp: read.stamp, problem: read.problem?.message)
    }
    let summary = try writer.rebuild(
      add: keys, threads: Self.threads, load: load, progress: advance(keys.count))
    report.isRebuilt = true
    report.added = summary.added
    report.notes = summary.documents
  }

  private func advance(_ total: Int) -> (@Sendable (Int) -> Void)? {
    guard let progress else { return nil }
    return { done in progress(done, total) }
  }

  private func update(
    _ changes: Changes, from current: Index, wait: Duration, report: inout NoteIndex.Report
  ) throws(IndexError) {
    let writer = try IndexWriter(
      directory: directory, schema: NoteField.schema, options: options, wait: wait)
    let reader = NoteReader(vault: vault)
    let stamps = changes.stamps
    let load: @Sendable (String) -> Document? = { key in
      guard let stamp = stamps[key], let read = reader.read(VaultPath(known: key)) else {
        return nil
      }
      return read.note.document(stamp: stamp, problem: read.problem?.message)
    }
    let total = changes.added.count + changes.changed.count
    // Between the snapshot and the lock another folio may have indexed the same notes: adding them
    // once more replaces them, so the result is right either way.
    _ = try writer.update(
      remove: changes.removed, add: Self.merged(changes.added, changes.changed),
      threads: total < 64 ? 1 : Self.threads, load: load, progress: advance(total))
    report.added = changes.added.count
    report.changed = changes.changed.count
    report.removed = changes.removed.count
  }

  private static func merged(_ a: [String], _ b: [String]) -> [String] {
    guard !a.isEmpty, !b.isEmpty else { return a + b }
    return (a + b).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension NoteIndex {
  /// Indexes notes that the caller has just written, without looking at any other.
  ///
  /// Does nothing when there is no index yet, or when another program is writing it: the next search
  /// finds the notes by its scan. Cost: the notes named, not the vault.
  public static func noteWritten(
    _ paths: [VaultPath], removed: [VaultPath] = [], in vault: Vault, directory: String
  ) {
    let options = options(of: vault)
    guard Index.open(directory, schema: NoteField.schema, options: options) != nil,
      let writer = try? IndexWriter(
        directory: directory, schema: NoteField.schema, options: options, wait: .zero)
    else { return }
    let reader = NoteReader(vault: vault)
    let keys = paths.map(\.description).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    _ = try? writer.update(
      remove: removed.map(\.description), add: keys, threads: 1,
      load: { key in
        guard var stamp = FileSystem.status(vault.root + "/" + key)?.stamp,
          let read = reader.read(VaultPath(known: key))
        else { return nil }
        // Just written: a later change could still carry the same time.
        stamp.modified = -1
        return read.note.document(stamp: stamp, problem: read.problem?.message)
      }, progress: nil)
  }
}

extension VaultError {
  /// An error of the engine in the words of a vault.
  public init(_ error: IndexError) {
    switch error {
    case .locked(let path): self = .indexLocked(path)
    case .damaged: self = .indexDamaged(error.description)
    default: self = .index(error.description, remedy: error.recovery)
    }
  }
}
