internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Talking to a remote through libgit2, in this process.
///
/// libgit2 1.5 waits for ever on a server that is silent, so that for a URL this belongs into a
/// process with a deadline; a folder answers at once.
public struct LibGit2Transport: Transport {
  private let moved: (@Sendable () -> Void)?

  /// - Parameter moved: Called whenever something came in or went out, to show that it is alive.
  public init(moved: (@Sendable () -> Void)? = nil) { self.moved = moved }

  public func tips(of remote: String, in repository: String) throws -> RemoteTips {
    try withRemote(remote, in: repository) { pointer, address, conversation in
      try connect(pointer, address, conversation)
      defer { git_remote_disconnect(pointer) }
      return try Self.tips(pointer, address)
    }
  }

  public func fetch(_ branch: String, of remote: String, in repository: String) throws {
    try withRemote(remote, in: repository) { pointer, address, conversation in
      var options = git_fetch_options()
      git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
      options.callbacks = conversation.callbacks
      options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
      let code = Self.withStrings(["refs/heads/" + branch]) {
        git_remote_download(pointer, $0, &options)
      }
      defer { git_remote_disconnect(pointer) }
      try Self.check("fetch from \(address)", code, address)
    }
  }

  public func push(
    _ source: String, to branch: String, of remote: String, in repository: String
  ) throws -> PushOutcome {
    let here = try Repository.open(repository)
    let place = try RemoteAddress(Remotes(here).address(of: remote), from: "/")
    if place.isFolder, FileSystem.isFolder(place.text) {
      return try pushToFolder(source, to: branch, of: remote, here, place.text)
    }
    return try send(source, to: "refs/heads/" + branch, of: remote, in: repository)
  }

  /// Sends to a repository on this machine: the commits under a name of their own, then its branch is
  /// moved under git's lock. (libgit2 would leave that lock behind in the remote when it is killed.)
  private func pushToFolder(
    _ source: String, to branch: String, of remote: String, _ here: Repository, _ path: String
  ) throws -> PushOutcome {
    let there: Repository
    do throws(GitError) { there = try Repository.open(path) } catch {
      throw Self.meaning(of: error, path)
    }
    guard there.workingFolder == nil else {
      return .refused("it is a repository with files; sync sends to a bare one")
    }
    guard let commit = try here.target(of: source) else { return .refused("nothing to send") }
    let name = "refs/heads/" + branch
    let old = try there.target(of: name)
    if old == commit { return .accepted }
    if let old, try !here.isAncestor(old, of: commit) { return .behind }
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    let incoming = "refs/folio/incoming/" + digits
    let outcome = try send(source, to: incoming, of: remote, in: here.folder)
    guard outcome == .accepted else { return outcome }
    defer { there.forget(incoming) }
    do {
      return try there.move(name, from: old, to: commit, because: "push") ? .accepted : .behind
    } catch let error as FileError {
      return .refused("\(error.path): \(error.reason)")
    }
  }

  private func send(
    _ source: String, to reference: String, of remote: String, in repository: String
  ) throws -> PushOutcome {
    try withRemote(remote, in: repository) { pointer, address, conversation in
      var options = git_push_options()
      git_push_options_init(&options, UInt32(GIT_PUSH_OPTIONS_VERSION))
      options.callbacks = conversation.callbacks
      options.pb_parallelism = 0
      let code = Self.withStrings(["\(source):\(reference)"]) {
        git_remote_push(pointer, $0, &options)
      }
      git_remote_disconnect(pointer)
      if code == GIT_ENONFASTFORWARD.rawValue { return .behind }
      do throws(GitError) {
        try GitError.check("send to \(address)", code)
      } catch {
        let known = Self.meaning(of: error, address)
        if case .offline = known, error.category == Int32(GIT_ERROR_OS.rawValue) {
          return .refused(error.reason)
        }
        throw known
      }
      guard let rejection = conversation.rejection else { return .accepted }
      let isRace = ["fetch first", "non-fast-forward", "failed to lock", "cannot lock"]
        .contains { rejection.contains($0) }
      return isRace ? .behind : .refused(rejection)
    }
  }

  private func withRemote<R>(
    _ name: String, in path: String, _ body: (OpaquePointer, String, Conversation) throws -> R
  ) throws -> R {
    let repository = try Repository.open(path)
    var remote: OpaquePointer?
    let code = git_remote_lookup(&remote, repository.pointer, name)
    if code == GIT_ENOTFOUND.rawValue { throw SyncError.noSuchRemote(name, known: []) }
    try GitError.check("open the remote \(name)", code)
    defer { git_remote_free(remote) }
    guard let remote, let url = git_remote_url(remote).map({ String(cString: $0) }) else {
      throw SyncError.badAddress(name, reason: "it has no address")
    }
    let address = try RemoteAddress(url, from: "/")
    let shown = RemoteAddress.harmless(address.text)
    if address.isFolder {
      guard FileSystem.isFolder(address.text) else {
        throw SyncError.offline(shown, reason: "there is no such folder")
      }
      guard
        FileSystem.isFolder(address.text + "/objects")
          || FileSystem.status(address.text + "/.git") != nil
      else { throw SyncError.offline(shown, reason: "the folder is not a repository") }
    }
    let conversation = Conversation(moved)
    return try withExtendedLifetime(conversation) { try body(remote, shown, conversation) }
  }

  private func connect(
    _ remote: OpaquePointer, _ address: String, _ conversation: Conversation
  ) throws {
    var callbacks = conversation.callbacks
    let code = git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, nil, nil)
    try Self.check("reach \(address)", code, address)
  }

  private static func tips(_ remote: OpaquePointer, _ address: String) throws -> RemoteTips {
    var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
    var count = 0
    try check("list the branches of \(address)", git_remote_ls(&heads, &count, remote), address)
    var tips = RemoteTips()
    var head: ObjectID?
    for place in 0..<count {
      guard let found = heads?[place]?.pointee, let raw = found.name else { continue }
      let name = String(cString: raw)
      if name == "HEAD" {
        head = ObjectID(found.oid)
        if let target = found.symref_target.map({ String(cString: $0) }),
          target.hasPrefix("refs/heads/")
        {
          tips.defaultBranch = String(target.dropFirst(11))
        }
      } else if name.hasPrefix("refs/heads/") {
        tips.branches[String(name.dropFirst(11))] = ObjectID(found.oid)
      }
    }
    if tips.defaultBranch.map({ tips.branches[$0] == nil }) ?? true {
      // An old server does not say which branch its HEAD names.
      let same = tips.branches.filter { $0.value == head }.keys.sorted()
      tips.defaultBranch = same.contains("main") ? "main" : same.first
    }
    return tips
  }

  private static func check(_ operation: String, _ code: Int32, _ address: String) throws {
    do throws(GitError) { try GitError.check(operation, code) } catch {
      throw meaning(of: error, address)
    }
  }

  /// What an error of libgit2 means for a person.
  static func meaning(of error: GitError, _ address: String) -> SyncError {
    switch error.code {
    case GIT_EAUTH.rawValue: return .notAuthorised(address, reason: error.reason)
    case GIT_ECERTIFICATE.rawValue:
      return .notAuthorised(address, reason: "the host is not known, or its key changed")
    case GIT_EOWNER.rawValue:
      return .notAuthorised(address, reason: "the folder belongs to another user")
    default: break
    }
    if error.reason.contains("authenticat") || error.reason.contains("signature algorithm") {
      return .notAuthorised(address, reason: error.reason)
    }
    let network = [
      GIT_ERROR_NET, GIT_ERROR_SSH, GIT_ERROR_HTTP, GIT_ERROR_SSL, GIT_ERROR_OS,
      GIT_ERROR_REPOSITORY,
    ]
    if network.contains(where: { Int32($0.rawValue) == error.category }) {
      return .offline(address, reason: error.reason)
    }
    return .git(error)
  }

  private static func withStrings<R>(
    _ texts: [String], _ body: (UnsafePointer<git_strarray>) -> R
  ) -> R {
    var pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      var strings = git_strarray(strings: buffer.baseAddress, count: buffer.count)
      return body(&strings)
    }
  }
}
