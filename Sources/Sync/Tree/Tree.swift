// A git tree object: entries one after another, each
//
//   mode in octal digits, a space, the name, a zero byte, the 20 bytes of the id
//
// in the order of their names, a folder counting as if its name ended with "/".

/// What a tree holds under one name.
struct TreeEntry: Hashable, Sendable {
  enum Kind: Sendable { case file, link, folder, repository }

  /// The mode as git writes it, such as 0o100644.
  var mode: UInt32
  var id: ObjectID

  static let fileMode: UInt32 = 0o100644
  static let executableMode: UInt32 = 0o100755
  static let linkMode: UInt32 = 0o120000
  static let folderMode: UInt32 = 0o040000

  var kind: Kind {
    switch mode & 0o170000 {
    case 0o040000: .folder
    case 0o120000: .link
    case 0o160000: .repository
    default: .file
    }
  }

  var isExecutable: Bool { kind == .file && mode & 0o100 != 0 }

  /// Whether both are the same thing with the same bytes; 100664 and 100644 are one mode to git.
  func matches(_ other: TreeEntry) -> Bool {
    id == other.id && kind == other.kind && isExecutable == other.isExecutable
  }
}

/// One folder of a commit.
typealias Tree = [[UInt8]: TreeEntry]

/// A name in a folder, and what is there.
struct NamedEntry: Equatable {
  var name: [UInt8]
  var entry: TreeEntry
}

extension Repository {
  /// Reads one folder; nil stands for an empty one.
  func tree(_ id: ObjectID?) throws -> Tree {
    var tree: Tree = [:]
    for found in try entries(id) { tree[found.name] = found.entry }
    return tree
  }

  /// Reads one folder, in git's order; nil stands for an empty one.
  func entries(_ id: ObjectID?) throws -> [NamedEntry] {
    guard let id else { return [] }
    let parsed = try read(id) { bytes -> [NamedEntry]? in
      var entries: [NamedEntry] = []
      entries.reserveCapacity(bytes.count / 40)
      var at = 0
      while at < bytes.count {
        var mode: UInt32 = 0
        while at < bytes.count, bytes[at] != UInt8(ascii: " ") {
          guard (0x30...0x37).contains(bytes[at]) else { return nil }
          mode = mode << 3 | UInt32(bytes[at] - 0x30)
          at += 1
        }
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != 0 { at += 1 }
        guard at + 21 <= bytes.count else { return nil }
        let id = ObjectID(UnsafeRawBufferPointer(rebasing: bytes[(at + 1)...]))
        entries.append(
          NamedEntry(name: Array(bytes[start..<at]), entry: TreeEntry(mode: mode, id: id)))
        at += 21
      }
      return entries
    }
    guard let parsed else { throw SyncError.damaged("the tree \(id) cannot be read") }
    return parsed
  }

  /// Writes one folder; nil when it is empty, for git has no empty folders.
  func write(_ tree: Tree) throws -> ObjectID? {
    try write(tree.map { NamedEntry(name: $0.key, entry: $0.value) })
  }

  /// Writes one folder, whose entries may stand in any order.
  func write(_ entries: [NamedEntry]) throws -> ObjectID? {
    if entries.isEmpty { return nil }
    let slash = UInt8(ascii: "/")
    let sorted = entries.sorted { a, b in
      let left = a.entry.kind == .folder ? a.name + [slash] : a.name
      let right = b.entry.kind == .folder ? b.name + [slash] : b.name
      return TreePath.precedes(left, right)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sorted.reduce(0) { $0 + $1.name.count + 28 })
    for found in sorted {
      bytes += String(found.entry.mode, radix: 8).utf8
      bytes.append(0x20)
      bytes += found.name
      bytes.append(0)
      bytes += found.entry.id.bytes
    }
    return try writeTree(bytes)
  }

  /// The folder at `path` of a tree; nil when there is none.
  func subtree(_ path: TreePath, of root: ObjectID?) throws -> ObjectID? {
    var current = root
    for name in path.names {
      guard let entry = try tree(current)[name], entry.kind == .folder else { return nil }
      current = entry.id
    }
    return current
  }

  /// What a tree has at `path`; nil when that is nothing.
  func entry(at path: TreePath, of root: ObjectID?) throws -> TreeEntry? {
    guard let folder = path.folder.isTop ? root : try subtree(path.folder, of: root) else {
      return nil
    }
    return try tree(folder)[path.name]
  }

  /// The same tree with another folder at `path`; nil takes the folder away.
  func replacing(
    _ path: TreePath, with folder: ObjectID?, in root: ObjectID?
  ) throws -> ObjectID? {
    try replacing(path.names[...], with: folder, in: root)
  }

  private func replacing(
    _ names: ArraySlice<[UInt8]>, with folder: ObjectID?, in root: ObjectID?
  ) throws -> ObjectID? {
    guard let name = names.first else { return folder }
    var tree = try tree(root)
    let below = tree[name].flatMap { $0.kind == .folder ? $0.id : nil }
    let changed = try replacing(names.dropFirst(), with: folder, in: below)
    tree[name] = changed.map { TreeEntry(mode: TreeEntry.folderMode, id: $0) }
    return try write(tree)
  }

  /// The same tree with some files put in (an entry) or taken out (nil).
  func editing(_ root: ObjectID?, _ edits: [TreePath: TreeEntry?]) throws -> ObjectID? {
    var here: [[UInt8]: TreeEntry?] = [:]
    var deeper: [[UInt8]: [TreePath: TreeEntry?]] = [:]
    for (path, entry) in edits {
      let names = path.names
      guard let first = names.first else { continue }
      if names.count == 1 {
        here[first] = entry
      } else if let rest = path.below(TreePath(bytes: first)) {
        deeper[first, default: [:]][rest] = entry
      }
    }
    var tree = try tree(root)
    for (name, entry) in here { tree[name] = entry }
    for (name, edits) in deeper {
      let below = tree[name].flatMap { $0.kind == .folder ? $0.id : nil }
      tree[name] = try editing(below, edits).map { TreeEntry(mode: TreeEntry.folderMode, id: $0) }
    }
    return try write(tree)
  }
}
