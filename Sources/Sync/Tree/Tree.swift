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

extension Repository {
  /// Reads one folder; nil stands for an empty one.
  func tree(_ id: ObjectID?) throws -> Tree {
    guard let id else { return [:] }
    let parsed = try read(id) { bytes -> Tree? in
      var tree: Tree = [:]
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
        let name = Array(bytes[start..<at])
        tree[name] = TreeEntry(
          mode: mode, id: ObjectID(UnsafeRawBufferPointer(rebasing: bytes[(at + 1)...])))
        at += 21
      }
      return tree
    }
    guard let parsed else { throw SyncError.damaged("the tree \(id) cannot be read") }
    return parsed
  }

  /// Writes one folder; nil when it is empty, for git has no empty folders.
  func write(_ tree: Tree) throws -> ObjectID? {
    if tree.isEmpty { return nil }
    let slash = UInt8(ascii: "/")
    let sorted = tree.sorted { a, b in
      let left = a.value.kind == .folder ? a.key + [slash] : a.key
      let right = b.value.kind == .folder ? b.key + [slash] : b.key
      return left.lexicographicallyPrecedes(right)
    }
    var bytes: [UInt8] = []
    for (name, entry) in sorted {
      bytes += String(entry.mode, radix: 8).utf8
      bytes.append(0x20)
      bytes += name
      bytes.append(0)
      bytes += entry.id.bytes
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
