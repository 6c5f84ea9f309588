internal import CLibGit2

/// What a commit says, as far as sync asks.
struct Commit {
  let id: ObjectID
  let tree: ObjectID
  let parents: [ObjectID]
  /// Committer's time in seconds after 1970, UTC.
  let time: Int64
  let author: String
  let message: String

  /// The device that made it, as the line `Folio-Device:` of its message says; empty without one.
  var device: String {
    let mark = "Folio-Device: "
    let line = message.split(separator: "\n").last { $0.hasPrefix(mark) }
    return line.map { String($0.dropFirst(mark.count)) } ?? ""
  }

  /// The order in which two sides of a merge are taken on every device: by time, then by id.
  static func isOrdered(_ a: Commit, _ b: Commit) -> Bool {
    (a.time, a.id.description) < (b.time, b.id.description)
  }
}

extension Repository {
  private func withObjects<R>(_ body: (OpaquePointer) throws(GitError) -> R) throws(GitError) -> R {
    var objects: OpaquePointer?
    try GitError.check("open the objects of \(folder)", git_repository_odb(&objects, pointer))
    defer { git_odb_free(objects) }
    guard let objects else {
      throw GitError(code: -1, operation: "open the objects of \(folder)", reason: "none came back")
    }
    return try body(objects)
  }

  /// Writes the objects of `body` together: they are in the repository when this returns, and are not
  /// when it throws. `body` itself can read them.
  func gathering<R>(_ body: () throws -> R) throws -> R {
    guard batch == nil, !isInMemory else { return try body() }
    let batch = ObjectBatch(packs: objectFolder + "pack")
    self.batch = batch
    defer { self.batch = nil }
    let result = try body()
    self.batch = nil
    try batch.finish(durably: Git.isFlushing) { kind, bytes in _ = try write(bytes, kind) }
    try withObjects { objects throws(GitError) in
      try GitError.check("open the objects of \(folder)", git_odb_refresh(objects))
    }
    return result
  }

  /// The folder of the objects, with `/` at the end; worktrees share it.
  private var objectFolder: String {
    String(cString: git_repository_commondir(pointer)) + "objects/"
  }

  /// The bytes of a blob.
  func blob(_ id: ObjectID) throws -> [UInt8] { try read(id) { Array($0) } }

  /// Reads an object and hands its bytes to `body` while they last.
  func read<R>(_ id: ObjectID, _ body: (UnsafeRawBufferPointer) -> R) throws -> R {
    if let bytes = try batch?.bytes(of: id) { return bytes.withUnsafeBytes(body) }
    return try withObjects { objects throws(GitError) in
      var object: OpaquePointer?
      var raw = id.raw
      try GitError.check("read the object \(id)", git_odb_read(&object, objects, &raw))
      defer { git_odb_object_free(object) }
      return body(
        UnsafeRawBufferPointer(
          start: git_odb_object_data(object), count: git_odb_object_size(object)))
    }
  }

  func contains(_ id: ObjectID) -> Bool {
    if batch?.contains(id) == true { return true }
    let found = try? withObjects { objects throws(GitError) -> Int32 in
      var raw = id.raw
      return git_odb_exists(objects, &raw)
    }
    return found == 1
  }

  /// Writes a blob as it is: no filter and no line ending is applied.
  func writeBlob(_ bytes: [UInt8]) throws -> ObjectID { try write(bytes, .blob) }

  func writeTree(_ bytes: [UInt8]) throws -> ObjectID { try write(bytes, .tree) }

  private func write(_ bytes: [UInt8], _ kind: ObjectKind) throws -> ObjectID {
    let type: git_object_t =
      switch kind {
      case .blob: GIT_OBJECT_BLOB
      case .tree: GIT_OBJECT_TREE
      case .commit: GIT_OBJECT_COMMIT
      }
    var raw = git_oid()
    if let batch {
      try GitError.check("save to \(folder)", git_odb_hash(&raw, bytes, bytes.count, type))
      let id = ObjectID(raw)
      // One that is there already is written all the same, which makes it young again: 'git gc' takes
      // old objects away that nothing leads to.
      if !hasStored(id) {
        try batch.add(id, kind, bytes)
        return id
      }
    }
    return try withObjects { objects throws(GitError) in
      try GitError.check(
        "save to \(folder)", git_odb_write(&raw, objects, bytes, bytes.count, type))
      return ObjectID(raw)
    }
  }

  /// Puts an object of another repository into this one, as it is.
  func take(_ id: ObjectID, _ kind: ObjectKind, _ bytes: [UInt8]) throws {
    if let batch { return try batch.add(id, kind, bytes) }
    _ = try write(bytes, kind)
  }

  /// Whether an object is there, as far as this process knows the packs: one that another program has
  /// just packed may be missed, and written once more.
  private func hasStored(_ id: ObjectID) -> Bool {
    let found = try? withObjects { objects throws(GitError) -> Int32 in
      var raw = id.raw
      return git_odb_exists_ext(objects, &raw, UInt32(GIT_ODB_LOOKUP_NO_REFRESH.rawValue))
    }
    return found == 1
  }

  /// The id that a blob of these bytes has, without writing it.
  static func id(ofBlob bytes: [UInt8]) -> ObjectID {
    var raw = git_oid()
    _ = git_odb_hash(&raw, bytes, bytes.count, GIT_OBJECT_BLOB)
    return ObjectID(raw)
  }

  func commit(_ id: ObjectID) throws(GitError) -> Commit {
    var commit: OpaquePointer?
    var raw = id.raw
    try GitError.check("read the commit \(id)", git_commit_lookup(&commit, pointer, &raw))
    defer { git_commit_free(commit) }
    let parents = (0..<git_commit_parentcount(commit)).compactMap {
      git_commit_parent_id(commit, $0).map { ObjectID($0.pointee) }
    }
    return Commit(
      id: id, tree: ObjectID(git_commit_tree_id(commit).pointee), parents: parents,
      time: git_commit_time(commit),
      author: git_commit_author(commit)?.pointee.name.map { String(cString: $0) } ?? "",
      message: git_commit_message(commit).map { String(cString: $0) } ?? "")
  }

  /// Makes a commit; no reference moves.
  func writeCommit(
    tree: ObjectID, parents: [ObjectID], author: Author, message: String, date: Int64? = nil
  ) throws(GitError) -> ObjectID {
    var signature: UnsafeMutablePointer<git_signature>?
    try GitError.check(
      "name the author \(author.name)",
      date.map { git_signature_new(&signature, author.name, author.email, $0, 0) }
        ?? git_signature_now(&signature, author.name, author.email))
    defer { git_signature_free(signature) }
    var out = git_oid()
    var tree = tree.raw
    var first = parents.first?.raw ?? git_oid()
    var second = parents.dropFirst().first?.raw ?? git_oid()
    try GitError.check(
      "save the commit",
      folio_git_commit(
        &out, pointer, signature, signature, message, &tree, parents.count, &first, &second))
    return ObjectID(out)
  }

  /// The best common ancestors of two commits, oldest first; none when the histories are unrelated.
  func mergeBases(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> [ObjectID] {
    var found = git_oidarray()
    var first = a.raw
    var second = b.raw
    let code = git_merge_bases(&found, pointer, &first, &second)
    if code == GIT_ENOTFOUND.rawValue { return [] }
    try GitError.check("compare the histories", code)
    defer { git_oidarray_dispose(&found) }
    var commits: [Commit] = []
    for index in 0..<found.count { commits.append(try commit(ObjectID(found.ids[index]))) }
    return commits.sorted(by: Commit.isOrdered).map(\.id)
  }

  /// Whether `ancestor` is `commit` or in its history.
  func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) throws(GitError) -> Bool {
    if ancestor == commit { return true }
    guard contains(ancestor) else { return false }
    var child = commit.raw
    var parent = ancestor.raw
    let code = git_graph_descendant_of(pointer, &child, &parent)
    try GitError.check("compare the histories", code)
    return code == 1
  }

  /// Commits that only the first has, and that only the second has.
  func aheadAndBehind(_ local: ObjectID, _ remote: ObjectID) throws(GitError) -> (Int, Int) {
    var ahead = 0
    var behind = 0
    var a = local.raw
    var b = remote.raw
    try GitError.check(
      "compare the histories", git_graph_ahead_behind(&ahead, &behind, pointer, &a, &b))
    return (ahead, behind)
  }
}
