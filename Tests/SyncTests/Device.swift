import Notes

@testable import Sync

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One device: a vault and the moves a person makes in it.
struct Device {
  let name: String
  let root: String
  /// Keeps the folder of the laboratory there while a device is.
  var lab: Lab?

  func path(_ path: String) -> String { root + "/" + path }

  func write(_ path: String, _ text: String, mode: mode_t? = nil) throws {
    let absolute = self.path(path)
    let folder = String(absolute[..<absolute.lastIndex(of: "/")!])
    try FileSystem.createFolder(folder)
    let descriptor = open(absolute, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard descriptor >= 0 else { throw FileError("write", absolute, code: errno) }
    let bytes = Array(text.utf8)
    _ = pwrite(descriptor, bytes, bytes.count, 0)
    if let mode { fchmod(descriptor, mode) }
    close(descriptor)
  }

  func read(_ path: String) -> String? {
    (try? FileSystem.read(self.path(path))).map { String(decoding: $0, as: UTF8.self) }
  }

  func remove(_ path: String) { unlink(self.path(path)) }

  func removeFolder(_ path: String) { rmdir(self.path(path)) }

  func link(_ path: String, to target: String) { symlink(target, self.path(path)) }

  func move(_ old: String, to new: String) throws {
    let absolute = path(new)
    try FileSystem.createFolder(String(absolute[..<absolute.lastIndex(of: "/")!]))
    guard rename(path(old), absolute) == 0 else { throw FileError("move", old, code: errno) }
  }

  var repository: Repository {
    get throws { try Repository.open(root) }
  }

  func head() throws -> ObjectID? { try repository.target(of: "refs/heads/main") }

  func sync(
    transport: any Transport = LibGit2Transport(),
    _ change: (inout Sync.Options) -> Void = { _ in },
    hook: @escaping SyncHook = { _ in }
  ) throws -> SyncReport {
    var options = Sync.Options(
      device: name, fallbackAuthor: Author(name: name, email: name + "@example.org"))
    options.isDurable = false
    options.patience = 0
    change(&options)
    var sync = Sync(try Vault(folder: root), options, transport: transport)
    sync.hook = hook
    let report = try sync.runHooked()
    if let failure = report.failure { throw failure }
    return report
  }

  /// Every file that travels, by path: kind, executable bit and bytes.
  func files() throws -> [String: String] {
    var found: [String: String] = [:]
    var folders = [""]
    while let folder = folders.popLast() {
      for name in try FileSystem.names(in: root + "/" + folder) where name != ".git" {
        let path = folder + name
        if ["cache", "local", "trash"].contains(where: { path == ".folio/" + $0 }) { continue }
        guard let status = FileSystem.status(root + "/" + path, followingLinks: false) else {
          continue
        }
        switch status.kind {
        case .folder: folders.append(path + "/")
        case .link:
          let target = WorkFile.linkTarget(WorkFile.cString((root + "/" + path).utf8)) ?? []
          found[path] = "link " + String(decoding: target, as: UTF8.self)
        default:
          let bytes = try FileSystem.read(root + "/" + path)
          let mark = status.mode & 0o100 != 0 ? "x " : "- "
          found[path] = mark + String(decoding: bytes, as: UTF8.self)
        }
      }
    }
    return found
  }

  /// Temporary files and journals that a finished sync leaves nowhere.
  func leftovers() throws -> [String] {
    var found = ((try? FileSystem.names(in: root + "/.folio/local/apply")) ?? [])
    if FileSystem.status(root + "/.folio/local/sync-journal") != nil { found.append("journal") }
    found += try files().keys.filter { $0.contains(".folio-") }
    return found
  }
}
