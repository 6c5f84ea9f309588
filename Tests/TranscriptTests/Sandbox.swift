import Foundation

/// A fresh copy of `Vault/` in a temporary folder, with a home of its own, in which commands run as
/// somebody would type them.
final class Sandbox {
  let root: URL
  var vault: URL { root.appending(path: "notes") }

  init() throws {
    root = FileManager.default.temporaryDirectory
      .appending(path: "folio-transcript-\(UUID().uuidString)")
    let files = FileManager.default
    try files.createDirectory(
      at: root.appending(path: "home"), withIntermediateDirectories: true)
    try files.copyItem(at: Installation.repository.appending(path: "Vault"), to: vault)
    // Times of files show in what commands print: the same ones everywhere.
    let moment = Date(timeIntervalSince1970: 1_793_534_400)
    for case let name as String in files.enumerator(atPath: vault.path) ?? .init() {
      try files.setAttributes(
        [.modificationDate: moment], ofItemAtPath: vault.path + "/" + name)
    }
    let made = try run("folio init --quiet")
    guard made.status == 0 else { throw Failed(description: made.output) }
  }

  struct Failed: Error, CustomStringConvertible { let description: String }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Runs a line in the shell, in the vault; both outputs come together, in their order.
  func run(_ line: String) throws -> (output: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1; " + line]
    process.currentDirectoryURL = vault
    process.environment = [
      "PATH": Installation.binFolder.path + ":/usr/local/bin:/usr/bin:/bin",
      "HOME": root.appending(path: "home").path, "TZ": "UTC", "LC_ALL": "C.UTF-8",
      "NO_COLOR": "1", "COLUMNS": "80", "TERM": "dumb",
      "FOLIO_NOW": "2026-11-22T09:00", "GIT_CONFIG_NOSYSTEM": "1", "EDITOR": "true",
    ]
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    let text = String(decoding: bytes, as: UTF8.self)
      .replacingOccurrences(of: root.path, with: "/home/maya")
    return (text, status)
  }
}
