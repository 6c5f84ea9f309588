internal import CLibGit2
internal import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Making a vault on this device from the one that a remote has.
public struct Clone {
  /// What was made.
  public struct Report: Sendable {
    /// Absolute path of the new folder.
    public let root: String
    /// Where the vault lies in it; empty when it is all of it.
    public let vault: String
    public let branch: String
    public let files: Tally
    public let isEmpty: Bool
  }

  private let address: RemoteAddress
  private let transport: any Transport
  private let isDurable: Bool
  private let isCancelled: @Sendable () -> Bool

  public init(
    _ address: RemoteAddress, transport: any Transport, isDurable: Bool = true,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.address = address
    self.transport = transport
    self.isDurable = isDurable
    self.isCancelled = isCancelled
  }

  /// The folder that is made when none is named: the last part of the address without `.git`.
  public var defaultFolder: String {
    let end = address.text.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? "vault"
    return end.hasSuffix(".git") && end.count > 4 ? String(end.dropLast(4)) : end
  }

  /// Makes the vault in `folder`, which must be missing or empty.
  ///
  /// Everything is put together in a folder beside it that is renamed at the end, so that the vault
  /// is there entirely or not at all. Nothing is sent to the remote.
  public func run(
    into folder: String, progress: (String) -> Void = { _ in }
  ) throws(SyncError) -> Report {
    let target = FileSystem.absolute(folder)
    do {
      if let status = FileSystem.status(target) {
        guard status.kind == .folder, try FileSystem.names(in: target).isEmpty else {
          throw SyncError.folderNotEmpty(folder)
        }
      }
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      let temporary = target + ".folio-" + digits
      do {
        let report = try fill(temporary, target, progress)
        guard rename(temporary, target) == 0 else {
          throw FileError("create", target, code: errno)
        }
        if let slash = target.lastIndex(of: "/") {
          Disk.flushFolder(String(target[..<slash]) + "/")
        }
        return report
      } catch {
        FolderRemoval.remove(temporary)
        throw error
      }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  private func fill(
    _ root: String, _ target: String, _ progress: (String) -> Void
  ) throws -> Report {
    Git.setFlushing(false)
    defer { Git.setFlushing(isDurable) }
    let repository = try Repository.create(in: root)
    let remotes = Remotes(repository)
    try remotes.add("origin", address)
    let tips = try transport.tips(of: "origin", in: repository.folder)
    guard let name = tips.defaultBranch ?? tips.branches.keys.sorted().first,
      let tip = tips.branches[name]
    else {
      _ = try VaultCreation(root: root)
      return Report(root: target, vault: "", branch: "main", files: Tally([]), isEmpty: true)
    }
    progress("receiving from \(RemoteAddress.harmless(address.text))")
    try transport.fetch(name, of: "origin", in: repository.folder)
    let tree = try repository.commit(tip).tree
    let changes = try repository.changes(from: nil, to: tree).filter {
      $0.new?.kind != .repository
    }
    let vault = Self.vault(in: changes)
    try IncomingCheck.check(changes, prefix: .top)
    if !vault.isEmpty { try IncomingCheck.check(changes, prefix: TreePath(vault)) }
    progress("writing \(changes.count) files")
    // A vault that is part of a larger repository stays the part that it is.
    let folder = vault.isEmpty ? root : root + "/" + vault
    let local = repository.folder + "folio-clone"
    try FileSystem.createFolder(local, mode: 0o700)
    var apply = try Apply(
      repository, root: root, prefix: .top, local: local, changes: changes, durably: false)
    try apply.forward { _ in if isCancelled() { throw SyncError.cancelled } }
    let branch = "refs/heads/" + name
    try GitError.check(
      "name the branch \(name)", git_repository_set_head(repository.pointer, branch))
    try repository.point("refs/remotes/origin/" + name, at: tip)
    try repository.point("refs/folio/seen/origin/" + name, at: tip)
    try repository.set("branch.\(name).remote", "origin")
    try repository.set("branch.\(name).merge", branch)
    try repository.updateIndex(
      changes, worktree: { WorkFile.cString(Array(root.utf8) + [0x2F] + $0.bytes) }, StampTable())
    _ = try repository.move(branch, from: nil, to: tip, because: "folio clone")
    FolderRemoval.remove(local)
    _ = try VaultCreation(root: folder)
    if isDurable { Disk.flushAll(on: root) }
    if isCancelled() { throw SyncError.cancelled }
    return Report(
      root: target, vault: vault, branch: name,
      files: Tally(SyncReport.changes(changes, prefix: .top)), isEmpty: false)
  }

  /// The folder of the only vault below the top, when the top is none.
  private static func vault(in changes: [TreeChange]) -> String {
    let ending = "/.folio/config.yaml"
    let paths = changes.filter { $0.new?.kind == .file }.map(\.path.description)
    if paths.contains(String(ending.dropFirst())) { return "" }
    let vaults = paths.filter { $0.hasSuffix(ending) }
    return vaults.count == 1 ? String(vaults[0].dropLast(ending.count)) : ""
  }
}

/// Taking a half-made clone away.
enum FolderRemoval {
  /// Removes a folder with all that is in it; links are removed and not followed.
  static func remove(_ path: String) {
    for name in (try? FileSystem.names(in: path)) ?? [] {
      let inner = path + "/" + name
      if FileSystem.status(inner, followingLinks: false)?.kind == .folder {
        remove(inner)
      } else {
        unlink(inner)
      }
    }
    rmdir(path)
  }
}
