internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Talking to a remote that is a folder of this machine, in this process.
///
/// A folder answers at once. URLs are for `RemoteTransport`, which gives them a process with a
/// deadline: libgit2 1.5 waits for ever on a server that is silent.
public struct LibGit2Transport: Transport {
  private let isCancelled: (@Sendable () -> Bool)?

  /// - Parameter isCancelled: Asked whenever something came in or went out.
  public init(isCancelled: (@Sendable () -> Bool)? = nil) { self.isCancelled = isCancelled }

  public func tips(of remote: String, in repository: String) throws -> RemoteTips {
    let here = try Repository.open(repository)
    return try tips(at: Self.folder(Remotes(here).written(remote).fetch), here)
  }

  public func fetch(_ branch: String, of remote: String, in repository: String) throws {
    let here = try Repository.open(repository)
    try fetch(branch, at: Self.folder(Remotes(here).written(remote).fetch), here)
  }

  public func push(
    _ source: String, to branch: String, of remote: String, in repository: String
  ) throws -> PushOutcome {
    let here = try Repository.open(repository)
    return try push(source, to: branch, at: Self.folder(Remotes(here).written(remote).send), here)
  }

  private static func folder(_ address: RemoteAddress) throws(SyncError) -> String {
    guard address.isFolder else {
      throw .badAddress(RemoteAddress.harmless(address.text), reason: "it is no folder")
    }
    return address.text
  }

  func tips(at path: String, _ here: Repository) throws -> RemoteTips {
    try calls(path, here) { try $0.tips() }
  }

  func fetch(_ branch: String, at path: String, _ here: Repository) throws {
    try Self.look(at: path)
    do {
      let there = try Repository.open(path)
      // A branch that has gone since it was listed brings nothing, which is noticed by who asked.
      guard let tip = try there.target(of: "refs/heads/" + branch) else { return }
      var delivery = Delivery(from: there, to: here)
      try delivery.send(tip, isCancelled: isCancelled ?? { false })
    } catch let error as GitError {
      throw Self.meaning(of: error, path)
    }
  }

  /// Sends to a repository on this machine: first the objects, then its branch is moved under git's lock.
  /// (libgit2 would leave that lock behind in the remote when it is killed.)
  func push(
    _ source: String, to branch: String, at path: String, _ here: Repository
  ) throws -> PushOutcome {
    try Self.look(at: path)
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
    do {
      var delivery = Delivery(from: here, to: there)
      try delivery.send(commit, isCancelled: isCancelled ?? { false })
      return try there.move(name, from: old, to: commit, because: "push") ? .accepted : .behind
    } catch let error as FileError {
      // What the disk of the other side does not take is no failure of the network.
      return .refused("\(error.path): \(error.reason)")
    } catch let error as GitError where error.category == Int32(GIT_ERROR_OS.rawValue) {
      return .refused(error.reason)
    }
  }

  /// Throws when the repository in a folder would not take what is sent.
  static func checkSending(to path: String) throws(SyncError) {
    try look(at: path)
    let there: Repository
    do throws(GitError) { there = try Repository.open(path) } catch {
      throw meaning(of: error, path)
    }
    guard there.workingFolder == nil else {
      throw .refused(path, reason: "it is a repository with files; sync sends to a bare one")
    }
    for name in ["objects", "refs/heads"] {
      let folder: String = there.folder + name
      if access(folder, W_OK) != 0 {
        throw .refused(path, reason: "you may not write in \(folder)")
      }
    }
  }

  private func calls<R>(
    _ path: String, _ here: Repository, _ body: (RemoteCalls) throws -> R
  ) throws -> R {
    try Self.look(at: path)
    let isCancelled = isCancelled ?? { false }
    let conversation = Conversation({ _ in !isCancelled() })
    do {
      return try body(
        RemoteCalls(repository: here, url: path, shown: path, conversation: conversation))
    } catch let error as GitError {
      throw Self.meaning(of: error, path)
    }
  }

  private static func look(at path: String) throws(SyncError) {
    guard FileSystem.isFolder(path) else {
      throw .offline(path, reason: "there is no such folder")
    }
    guard FileSystem.isFolder(path + "/objects") || FileSystem.status(path + "/.git") != nil else {
      throw .offline(path, reason: "the folder is not a repository")
    }
  }

  /// What an error of libgit2 means for a person.
  static func meaning(of error: GitError, _ path: String) -> SyncError {
    // Without any such setting libgit2 says that it was not found.
    let isForeign = error.code == GIT_EOWNER.rawValue || error.reason.contains("safe.directory")
    switch error.code {
    case _ where isForeign:
      return .remote(
        RemoteProblem(
          .notAuthorised, "the repository \(path) belongs to another user",
          "If you trust it, say so with 'git config --global --add safe.directory \(path)'."))
    case GIT_EUSER.rawValue: return .cancelled
    default: break
    }
    let outside = [GIT_ERROR_NET, GIT_ERROR_OS, GIT_ERROR_REPOSITORY, GIT_ERROR_ODB]
    if outside.contains(where: { Int32($0.rawValue) == error.category }) {
      return .offline(path, reason: error.reason)
    }
    return .git(error)
  }
}
