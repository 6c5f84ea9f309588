internal import CLibGit2
public import Notes

/// The remotes of a vault's repository.
public struct Remotes {
  /// One remote, as git's settings have it.
  public struct Remote: Equatable, Sendable {
    public let name: String
    /// Without a password.
    public let address: String
    /// Whether sync uses it.
    public let isForSync: Bool
    /// What git's settings turn the address into, when they do.
    public let usedAddress: String?
  }

  let repository: Repository

  public init(of vault: Vault) throws(SyncError) {
    repository = try Repository.around(vault.root)
  }

  init(_ repository: Repository) { self.repository = repository }

  var names: [String] {
    var found = git_strarray()
    guard git_remote_list(&found, repository.pointer) == 0 else { return [] }
    defer { git_strarray_dispose(&found) }
    return (0..<found.count).compactMap { found.strings[$0].map { String(cString: $0) } }
  }

  /// The address of a remote as it is written in git's settings; empty when there is none.
  func address(of name: String) -> String {
    repository.setting("remote.\(name).url") ?? ""
  }

  /// The addresses of a remote.
  struct Written {
    /// As it is written, a path made absolute.
    var text: String
    /// Where to ask and fetch, after git's settings had their say (`url.….insteadOf`).
    var fetch: RemoteAddress
    /// Where to send, which `pushurl` and `pushInsteadOf` can make another place.
    var send: RemoteAddress
  }

  /// Reads the addresses of a remote.
  func written(_ name: String) throws(SyncError) -> Written {
    var remote: OpaquePointer?
    let code = git_remote_lookup(&remote, repository.pointer, name)
    if code == GIT_ENOTFOUND.rawValue || code == GIT_EINVALIDSPEC.rawValue {
      throw .noSuchRemote(name, known: names)
    }
    do throws(GitError) { try GitError.check("open the remote \(name)", code) } catch {
      throw .git(error)
    }
    defer { git_remote_free(remote) }
    guard let remote, let url = git_remote_url(remote).map({ String(cString: $0) }) else {
      throw .badAddress(name, reason: "it has no address")
    }
    let base = repository.workingFolder ?? repository.folder
    let fetch = try RemoteAddress(url, from: base, plain: true)
    let push = git_remote_pushurl(remote).map { String(cString: $0) }
    let send = try push.map { (text) throws(SyncError) in
      try RemoteAddress(text, from: base, plain: true)
    }
    let plain = address(of: name)
    let text = (try? RemoteAddress(plain, from: base, plain: true))?.text ?? plain
    return Written(text: text, fetch: fetch, send: send ?? fetch)
  }

  public func list() -> [Remote] {
    let chosen = try? forSync()
    return names.map { name in
      let written = try? written(name)
      let used = written.flatMap { $0.fetch.text == $0.text ? nil : $0.fetch.shown }
      return Remote(
        name: name, address: RemoteAddress.harmless(address(of: name)), isForSync: name == chosen,
        usedAddress: used)
    }
  }

  /// The remote that sync uses: that of the branch, else the first that was added.
  func forSync() throws(SyncError) -> String {
    let names = names
    if let branch = repository.branch, let name = repository.setting("branch.\(branch).remote"),
      names.contains(name)
    {
      return name
    }
    if let name = repository.setting("folio.remote"), names.contains(name) { return name }
    guard let first = names.first else { throw .noRemote }
    if names.count == 1 { return first }
    if names.contains("origin") { return "origin" }
    throw .severalRemotes(names)
  }

  /// Adds a remote; the first one is the one that sync uses.
  ///
  /// - Parameter makingFolder: Makes a bare repository when the address is a folder that is missing
  ///   or empty.
  public func add(
    _ name: String, _ address: RemoteAddress, makingFolder: Bool = false
  ) throws(SyncError) {
    var isValid: Int32 = 0
    guard git_remote_name_is_valid(&isValid, name) == 0, isValid == 1, !name.hasPrefix("-") else {
      throw .badRemoteName(name)
    }
    if names.contains(name) {
      throw .remoteExists(name, address: RemoteAddress.harmless(self.address(of: name)))
    }
    do {
      if address.isFolder { try checkFolder(address.text, makingFolder) }
      let isFirst = names.isEmpty
      var remote: OpaquePointer?
      try GitError.check(
        "add the remote \(name)",
        git_remote_create(&remote, repository.pointer, name, address.text))
      git_remote_free(remote)
      if isFirst { try repository.set("folio.remote", name) }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  private func checkFolder(_ path: String, _ makingFolder: Bool) throws {
    if FileSystem.isFolder(path + "/objects") || FileSystem.status(path + "/.git") != nil {
      guard FileSystem.isFolder(path + "/objects") else {
        throw SyncError.badAddress(
          path, reason: "it is a repository with files, which cannot be sent to; a bare one can")
      }
      return
    }
    let isFree = FileSystem.status(path) == nil || (try? FileSystem.names(in: path)) == []
    guard isFree else {
      throw SyncError.badAddress(path, reason: "the folder is not a repository and not empty")
    }
    guard makingFolder else {
      throw SyncError.emptyRemote(path)
    }
    _ = try Repository.create(in: path, bare: true)
  }

  /// Takes a remote away, with the settings and references that follow it.
  public func remove(_ name: String) throws(SyncError) {
    guard names.contains(name) else { throw .noSuchRemote(name, known: names) }
    do {
      try GitError.check(
        "remove the remote \(name)", git_remote_delete(repository.pointer, name))
      if repository.setting("folio.remote") == name { try repository.set("folio.remote", nil) }
      for reference in try repository.references(matching: "refs/folio/seen/\(name)/*") {
        try repository.removeReference(reference)
      }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }
}
