#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif
internal import FullText

/// One walk over the folders of a vault: a whole one, or one that lists changed folders only.
struct Walk {
  private let vault: Vault
  private let opened: OpenFolder?
  let began: Int64
  private var rules = IgnoreRules()
  private(set) var table = FolderTable()
  private(set) var refusedLinks: [String] = []
  private(set) var errors: [FileError] = []
  private(set) var leftovers: [String] = []
  /// Folders listed, and whether any of the previous table is gone.
  private(set) var listed = 0
  private(set) var dropped = false
  /// Files of listed folders, not yet in order.
  private var found: [FolderTable.File] = []

  init(vault: Vault, fingerprint: UInt64) {
    self.vault = vault
    opened = OpenFolder(vault.root)
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    began = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    table.fingerprint = fingerprint
    rules.add(patterns: vault.settings.exclude)
  }

  /// Nanoseconds in which two changes may carry the same time: a kernel's clock tick is at most half of
  /// it.
  static let grain: Int64 = 20_000_000

  /// Whether a time is so close to the scan that a later change could carry the same one: within the
  /// grain of clocks, or 2 s where the file system keeps whole seconds.
  static func isYoung(_ modified: Int64, _ began: Int64) -> Bool {
    let grain = modified % 1_000_000_000 == 0 ? 2_000_000_000 : grain
    return modified > began - grain
  }

  /// Stands for the time of an ignore file that is gone; no file has it, and no table.
  private static let missing: Int64 = -2

  mutating func walkAll() {
    list([[]])
  }

  /// Takes over what has not changed since `previous`; false when the whole vault must be walked,
  /// because rules of what is ignored changed.
  mutating func resume(_ previous: FolderTable) -> Bool {
    enum State { case same, changed, gone, link }
    let halves = 2
    let count = previous.folders.count
    let results = Results<[(State, Int64)]>(count: halves)
    let (root, opened) = (vault.root, opened)
    concurrently(halves) { half in
      var buffer = PathBuffer(root: root, opened)
      var states: [(State, Int64)] = []
      previous.paths.withUnsafeBufferPointer { paths in
        for folder in previous.folders[(count * half / halves)..<(count * (half + 1) / halves)] {
          let path = UnsafeBufferPointer(rebasing: paths[folder.path])
          let status = buffer.status(path, followingLinks: path.isEmpty)
          guard let status, status.kind == .folder else {
            states.append((status?.kind == .link ? .link : .gone, 0))
            continue
          }
          let same = status.stamp.modified == folder.modified
          var ignoreModified: Int64 = 0
          if folder.ignoreModified != 0 {
            let name = Array(path) + (path.isEmpty ? [] : [0x2F]) + FolderListing.ignoreFile
            ignoreModified =
              name.withUnsafeBufferPointer { buffer.status($0) }?.stamp.modified
              ?? Self.missing
          }
          states.append((same ? .same : .changed, ignoreModified))
        }
      }
      results[half] = states
    }
    let states = results.all.flatMap { $0 }
    table.paths = previous.paths
    var kept = [Int](repeating: -1, count: count)
    var changed: [[UInt8]] = []
    var ignoreFolders: [[UInt8]] = []
    for (index, folder) in previous.folders.enumerated() {
      // Behind a link that has taken a folder's place, folders below it seem to be there still.
      guard states[index].0 != .link,
        states[index].1 == folder.ignoreModified || states[index].0 == .gone
      else { return false }
      if folder.ignoreModified != 0 { ignoreFolders.append(Array(previous.paths[folder.path])) }
      switch states[index].0 {
      case .same:
        kept[index] = table.folders.count
        table.folders.append(folder)
      case .changed:
        // The folder's rules are read when it is listed; rules that changed mean a new walk.
        changed.append(Array(previous.paths[folder.path]))
      case .gone:
        dropped = true
        if folder.ignoreModified != 0 { return false }
      case .link: break
      }
    }
    table.files.reserveCapacity(previous.files.count)
    for file in previous.files where kept[file.folder] >= 0 {
      table.files.append(.init(path: file.path, folder: kept[file.folder]))
    }
    if !changed.isEmpty {
      // Rules of a folder come after, and so win over, those of the folders above it.
      for folder in ignoreFolders.sorted(by: { $0.count < $1.count }) { readIgnoreFile(in: folder) }
      known = Set(previous.folders.map { Array(previous.paths[$0.path]) })
      ignoreStamps = Dictionary(
        previous.folders.map { (Array(previous.paths[$0.path]), $0.ignoreModified) },
        uniquingKeysWith: { first, _ in first })
      list(changed)
    }
    return !rulesChanged
  }

  private var known: Set<[UInt8]> = []
  private var ignoreStamps: [[UInt8]: Int64] = [:]
  private var rulesChanged = false

  private mutating func readIgnoreFile(in folder: [UInt8]) {
    let folder = String(decoding: folder, as: UTF8.self)
    let path = vault.root + (folder.isEmpty ? "" : "/" + folder) + "/.gitignore"
    if let bytes = try? FileSystem.read(path, limit: 1 << 20) { rules.add(bytes, in: folder) }
  }

  /// Lists folders and, level by level, those in them that are not known yet.
  private mutating func list(_ start: [[UInt8]]) {
    var frontier = start
    while !frontier.isEmpty {
      let level = frontier
      let workers = level.count < 8 ? 1 : 2
      let results = Results<[FolderListing]>(count: workers)
      let (root, opened) = (vault.root, opened)
      concurrently(workers) { worker in
        let range = (level.count * worker / workers)..<(level.count * (worker + 1) / workers)
        var buffer = PathBuffer(root: root, opened)
        results[worker] = level[range].map { folder in
          folder.withUnsafeBufferPointer { buffer.set($0) }
          return FolderListing(buffer.cString, in: buffer.folder, root: root)
        }
      }
      frontier = []
      for (folder, listing) in zip(level, results.all.joined()) {
        add(listing, of: folder, next: &frontier)
      }
    }
  }

  private mutating func add(
    _ listing: FolderListing, of folder: [UInt8], next: inout [[UInt8]]
  ) {
    listed += 1
    if let error = listing.error {
      guard !error.isMissing else { return }
      errors.append(error)
      // Kept in the table, so that it is tried again: rights change without the time of a folder.
      table.folders.append(
        .init(path: table.append(path: folder), modified: -1, ignoreModified: 0))
      return
    }
    let prefix = folder.isEmpty ? [] : folder + [UInt8(ascii: "/")]
    var ignoreModified: Int64 = 0
    if listing.hasIgnoreFile {
      var buffer = PathBuffer(root: vault.root, opened)
      let path = prefix + FolderListing.ignoreFile
      ignoreModified = path.withUnsafeBufferPointer { buffer.status($0) }?.stamp.modified ?? 0
      if Self.isYoung(ignoreModified, began) { ignoreModified = -1 }
      if ignoreStamps[folder] == nil { readIgnoreFile(in: folder) }
    }
    if let before = ignoreStamps[folder], before != ignoreModified { rulesChanged = true }
    let index = table.folders.count
    var modified = listing.modified
    if listing.hasLinks || Self.isYoung(modified, began) { modified = -1 }
    table.folders.append(
      .init(
        path: table.append(path: folder), modified: modified, ignoreModified: ignoreModified))
    if listing.isOutput {
      // Its own folders may be in the table from before it got the mark.
      if known.contains(folder) { rulesChanged = true }
      return
    }
    for name in listing.notes + listing.folders where !isText(name) {
      errors.append(FileError("read", vault.root + "/" + display(prefix + name), code: EILSEQ))
      table.folders[index].modified = -1
    }
    for name in listing.notes where isText(name) {
      let path = prefix + name
      if !rules.isEmpty, rules.ignores(String(decoding: path, as: UTF8.self), isFolder: false) {
        continue
      }
      found.append(.init(path: table.append(path: path), folder: index))
    }
    for name in listing.leftovers {
      leftovers.append(String(decoding: prefix + name, as: UTF8.self))
    }
    for name in listing.refusedLinks {
      refusedLinks.append(String(decoding: prefix + name, as: UTF8.self))
    }
    for name in listing.folders where isText(name) {
      let path = prefix + name
      if known.contains(path) { continue }
      if !rules.isEmpty, rules.ignores(String(decoding: path, as: UTF8.self), isFolder: true) {
        continue
      }
      next.append(path)
    }
  }

  /// Names are bytes to a file system; those that are no UTF-8 cannot be the path of a note.
  private func isText(_ name: [UInt8]) -> Bool { UTF8Check.firstInvalid(in: name) == nil }

  private func display(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }

  /// Puts the files found into the order of their paths.
  mutating func finish() {
    guard !found.isEmpty else { return }
    let paths = table.paths
    paths.withUnsafeBufferPointer { paths in
      func precedes(_ a: FolderTable.File, _ b: FolderTable.File) -> Bool {
        let common = min(a.path.count, b.path.count)
        let order = memcmp(
          paths.baseAddress! + a.path.lowerBound, paths.baseAddress! + b.path.lowerBound, common)
        return order == 0 ? a.path.count < b.path.count : order < 0
      }
      found.sort(by: precedes)
      guard !table.files.isEmpty else {
        table.files = found
        return
      }
      var merged: [FolderTable.File] = []
      merged.reserveCapacity(table.files.count + found.count)
      var next = 0
      for file in table.files {
        while next < found.count, precedes(found[next], file) {
          merged.append(found[next])
          next += 1
        }
        merged.append(file)
      }
      merged += found[next...]
      table.files = merged
    }
  }
}
