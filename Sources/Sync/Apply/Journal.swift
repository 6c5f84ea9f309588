// The journal of a sync that is under way, `.folio/local/sync-journal`, lines of text:
//
//   folio-sync-journal 1
//   save | apply              what is being done
//   refs/heads/main           the branch that is to move
//   40 digits or "none"       the commit the branch was at
//   40 digits                 the commit it is to be at
//   40 digits or "none"       the tree of the vault as it lay on the disk before
//   end
//
// It is written whole, flushed and renamed into place, so it is there entirely or not at all.

internal import Notes

/// What a sync was about to do, so that the next one can finish it or take it back.
struct Journal: Equatable {
  enum Kind: String {
    /// The branch is to move to a commit of what lies on the disk; no file is touched.
    case save
    /// Files are to be changed to those of a commit, then the branch is to move to it.
    case apply
  }

  var kind: Kind
  var branch: String
  var from: ObjectID?
  var to: ObjectID
  /// The vault's tree before; nil when the vault was empty.
  var vaultTree: ObjectID?

  private static let header = "folio-sync-journal 1"

  static func path(_ local: String) -> String { local + "/sync-journal" }

  var text: String {
    let ids = [from?.description ?? "none", to.description, vaultTree?.description ?? "none"]
    return ([Self.header, kind.rawValue, branch] + ids + ["end", ""]).joined(separator: "\n")
  }

  init(kind: Kind, branch: String, from: ObjectID?, to: ObjectID, vaultTree: ObjectID?) {
    self.kind = kind
    self.branch = branch
    self.from = from
    self.to = to
    self.vaultTree = vaultTree
  }

  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 8, lines[0] == Self.header, lines[6] == "end",
      let kind = Kind(rawValue: lines[1]), lines[2].hasPrefix("refs/heads/"),
      let to = ObjectID(lines[4])
    else { return nil }
    self.init(
      kind: kind, branch: lines[2], from: ObjectID(lines[3]), to: to, vaultTree: ObjectID(lines[5]))
  }

  /// The journal that an interrupted sync left; nil when there is none.
  static func read(_ local: String) -> Journal? {
    guard let bytes = try? FileSystem.read(path(local), limit: 1 << 16) else { return nil }
    return Journal(String(decoding: bytes, as: UTF8.self))
  }

  func write(_ local: String) throws(FileError) {
    try SafeFile.overwrite(Self.path(local), Array(text.utf8), durably: Git.isFlushing)
    if Git.isFlushing { Disk.flushFolder(local) }
  }

  static func remove(_ local: String) throws(FileError) {
    guard FileSystem.status(path(local), followingLinks: false) != nil else { return }
    try FileSystem.remove(path(local))
    if Git.isFlushing { Disk.flushFolder(local) }
  }
}
