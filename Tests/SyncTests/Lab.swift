import Notes
import Testing

@testable import Sync

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A temporary folder with a bare repository and the devices that sync with it.
final class Lab {
  let root: String
  var remote: String { root + "/remote.git" }

  init(bare: Bool = true) throws {
    // In memory where there is such a folder: a disk that flushes would be most of the time.
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/folio-sync-tests-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw MissingValue() }
    root = String(cString: made)
    if bare { _ = try Repository.create(in: remote, bare: true) }
  }

  deinit { FolderRemoval.remove(root) }

  /// A new vault with a repository of its own and the remote named origin.
  func device(_ name: String, connected: Bool = true) throws -> Device {
    let folder = root + "/" + name
    _ = try VaultCreation(root: folder)
    let repository = try Repository.create(in: folder)
    if connected {
      try Remotes(repository).add("origin", RemoteAddress(remote, from: "/"))
    }
    return Device(name: name, root: FileSystem.realPath(folder)!, lab: self)
  }

  /// A device made by cloning the remote.
  func clone(_ name: String) throws -> Device {
    let report = try Clone(
      RemoteAddress(remote, from: "/"), transport: LibGit2Transport(), isDurable: false
    ).run(into: root + "/" + name)
    return Device(name: name, root: FileSystem.realPath(report.root)!, lab: self)
  }

  /// Two devices that both have the notes given.
  func pair(_ notes: [String: String]) throws -> (Device, Device) {
    let a = try device("a")
    for (path, text) in notes { try a.write(path, text) }
    let report = try a.sync()
    #expect(report.skipped == [] && report.saved.count == notes.count + 2)
    return (a, try clone("b"))
  }

  /// Runs the git program in a folder; its output without the last line feed.
  @discardableResult
  func git(_ arguments: String..., in folder: String) -> String {
    let quoted = arguments.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(
      separator: " ")
    let command =
      "cd '\(folder)' && git -c user.name=Hand -c user.email=hand@example.org \(quoted) 2>&1"
    guard let pipe = popen(command, "r") else { return "" }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = fread(&chunk, 1, chunk.count, pipe)
      if got == 0 { break }
      bytes += chunk[..<got]
    }
    pclose(pipe)
    if bytes.last == 0x0A { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

struct MissingValue: Error {}
