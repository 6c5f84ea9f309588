internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Repository {
  /// The commit a reference leads to; nil when there is no such reference.
  func target(of name: String) throws(GitError) -> ObjectID? {
    var raw = git_oid()
    let code = git_reference_name_to_id(&raw, pointer, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check("read \(name)", code)
    return ObjectID(raw)
  }

  /// Where the repository keeps a reference as a file; worktrees share it.
  private func file(of name: String) -> String {
    String(cString: git_repository_commondir(pointer)) + name
  }

  /// Moves a reference that must be at `old` (nil: must not exist) to `new`, in one step.
  ///
  /// - Returns: False when it is elsewhere.
  func move(
    _ name: String, from old: ObjectID?, to new: ObjectID, because message: String
  ) throws -> Bool {
    let moved = try write(new, to: name) { try self.target(of: name) == old }
    if moved { log(name, from: old, to: new, message) }
    return moved
  }

  /// Points one of folio's own references, or one that follows a remote, at a commit. Of these only a
  /// backup may not be lost in a power cut: the others are found out again.
  func point(_ name: String, at commit: ObjectID) throws {
    let isBackup = name.hasPrefix("refs/folio/backup/")
    _ = try write(commit, to: name, flush: isBackup ? .name : .contents) { true }
  }

  /// Puts a reference that cannot be read at a commit; false when it was changed meanwhile.
  func replace(
    _ name: String, with commit: ObjectID, if isStillSo: () throws -> Bool
  ) throws -> Bool {
    try write(commit, to: name, if: isStillSo)
  }

  private func write(
    _ commit: ObjectID, to name: String, flush: LockedFile.Flush = .name,
    if isExpected: () throws -> Bool
  ) throws -> Bool {
    try LockedFile.replace(
      file(of: name), Array("\(commit)\n".utf8),
      in: String(cString: git_repository_commondir(pointer)), flush: flush, if: isExpected)
  }

  /// Adds a line to the reflogs of a branch and of HEAD, where there are any. They are for people:
  /// one that cannot be written is no error.
  private func log(_ name: String, from old: ObjectID?, to new: ObjectID, _ message: String) {
    guard flag("core.logallrefupdates") ?? true else { return }
    let zeros = String(repeating: "0", count: 40)
    let line =
      "\(old?.description ?? zeros) \(new) folio <folio> \(time(nil)) +0000\t\(message)\n"
    var places = [file(of: "logs/" + name)]
    if branch.map({ "refs/heads/" + $0 }) == name { places.append(folder + "logs/HEAD") }
    for place in places {
      if let slash = place.lastIndex(of: "/") {
        try? FileSystem.createFolder(String(place[..<slash]))
      }
      Disk.append(Array(line.utf8), to: place)
    }
  }

  /// Gives up one of folio's own references. One that git has packed meanwhile stays, and does no
  /// harm: it only keeps a commit alive.
  func forget(_ name: String) { unlink(file(of: name)) }

  func removeReference(_ name: String) throws(GitError) {
    let code = git_reference_remove(pointer, name)
    if code == GIT_ENOTFOUND.rawValue { return }
    try GitError.check("remove \(name)", code)
  }

  /// The names of the references that match a pattern such as `refs/folio/backup/*`.
  func references(matching pattern: String) throws(GitError) -> [String] {
    var iterator: OpaquePointer?
    try GitError.check(
      "list the references", git_reference_iterator_glob_new(&iterator, pointer, pattern))
    defer { git_reference_iterator_free(iterator) }
    var names: [String] = []
    var name: UnsafePointer<CChar>?
    while git_reference_next_name(&name, iterator) == 0, let found = name {
      names.append(String(cString: found))
    }
    return names
  }
}
