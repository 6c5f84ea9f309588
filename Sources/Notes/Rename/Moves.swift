/// Files that get other places, and notes that get other titles: how the vault is named afterwards.
struct Moves: Sendable {
  /// Files and folders; no `from` lies inside another.
  var paths: [(from: VaultPath, to: VaultPath)] = []
  /// New titles, by the paths that the notes have before.
  var titles: [VaultPath: String] = [:]

  var isEmpty: Bool { paths.isEmpty && titles.isEmpty }

  /// Where a file lies afterwards.
  func after(_ path: VaultPath) -> VaultPath {
    for (from, to) in paths {
      if let moved = path.moved(from: from, to: to) { return moved }
    }
    return path
  }

  /// Where the file that lies at `path` afterwards was before; nil when nothing will lie there that
  /// lies there now.
  func before(_ path: VaultPath) -> VaultPath? {
    for (from, to) in paths {
      if let old = path.moved(from: to, to: from) { return old }
    }
    return after(path) == path ? path : nil
  }
}
