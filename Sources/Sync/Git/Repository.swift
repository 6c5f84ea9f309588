internal import CLibGit2

/// A git repository. Not to be used from two threads at once.
public final class Repository {
  let pointer: OpaquePointer
  /// Where objects go that are to be written together; nil when each is written at once.
  var batch: ObjectBatch?
  /// Whether nothing that is written reaches the disk.
  private(set) var isInMemory = false

  private init(pointer: OpaquePointer) { self.pointer = pointer }

  deinit { git_repository_free(pointer) }

  /// The version of the git library, such as `1.5.1`.
  public static var libraryVersion: String { Git.version }

  /// The working folder of the repository that holds `folder`, or nil when there is none.
  ///
  /// The folders above are asked too, up to the root of the file system.
  public static func workingFolder(containing folder: String) throws(GitError) -> String? {
    try Git.start()
    var found = git_buf()
    defer { git_buf_dispose(&found) }
    let code = git_repository_discover(&found, folder, 0, nil)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check("look for a repository in \(folder)", code)
    guard let path = found.ptr.map({ String(cString: $0) }) else { return nil }
    let repository = try open(path)
    return git_repository_workdir(repository.pointer).map { String(cString: $0) } ?? path
  }

  /// Opens a repository by its folder.
  public static func open(_ path: String) throws(GitError) -> Repository {
    try Git.start()
    var opened: OpaquePointer?
    try GitError.check("open the repository \(path)", git_repository_open(&opened, path))
    guard let opened else {
      throw GitError(
        code: -1, operation: "open the repository \(path)", reason: "nothing came back")
    }
    return Repository(pointer: opened)
  }

  /// Makes a repository in `folder`, with the branch `main` to be born; nothing is committed.
  ///
  /// - Parameter bare: Without a working folder: one that others send to.
  public static func create(in folder: String, bare: Bool = false) throws(GitError) -> Repository {
    try Git.start()
    let operation = "make a repository in \(folder)"
    var options = git_repository_init_options()
    try GitError.check(
      operation,
      git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
    options.flags =
      GIT_REPOSITORY_INIT_NO_REINIT.rawValue | GIT_REPOSITORY_INIT_MKPATH.rawValue
      | (bare ? GIT_REPOSITORY_INIT_BARE.rawValue : 0)
    var made: OpaquePointer?
    let code = "main".withCString { head in
      options.initial_head = head
      return git_repository_init_ext(&made, folder, &options)
    }
    try GitError.check(operation, code)
    guard let made else {
      throw GitError(code: -1, operation: operation, reason: "nothing came back")
    }
    return Repository(pointer: made)
  }

  /// The branch that HEAD names, born or not: `main`; nil when HEAD names none.
  public var branch: String? {
    var head: OpaquePointer?
    guard git_reference_lookup(&head, pointer, "HEAD") == 0, let head else { return nil }
    defer { git_reference_free(head) }
    guard let target = git_reference_symbolic_target(head) else { return nil }
    let name = String(cString: target)
    let prefix = "refs/heads/"
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }

  /// From now on what is written stays in memory: for looking without touching.
  func keepInMemory() throws(GitError) {
    isInMemory = true
    try GitError.check("open the objects of \(folder)", folio_git_keep_in_memory(pointer))
  }

  /// The folder of the repository's own files, with `/` at the end.
  var folder: String { String(cString: git_repository_path(pointer)) }

  /// The working folder without `/` at the end; nil when the repository is bare.
  var workingFolder: String? {
    guard let path = git_repository_workdir(pointer) else { return nil }
    let text = String(cString: path)
    return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// Whether HEAD has no commit yet.
  public var isUnborn: Bool { git_repository_head_unborn(pointer) == 1 }
}
