import Foundation
import Testing

/// Sync against a real sshd and a real web server on this machine, through the programs themselves.
///
/// The scenarios are in `Tests/SyncProof`; `make test-sync` runs all of them, and for longer.
@Suite struct SyncProofTests {
  private static let tools = ["python3", "git", "openssl", "ssh-keygen"]

  /// Why the servers cannot be started here; nil when they can.
  private static var obstacle: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    func has(_ name: String) -> Bool {
      (folders.map(String.init) + ["/usr/sbin"]).contains {
        FileManager.default.isExecutableFile(atPath: $0 + "/" + name)
      }
    }
    return (tools + ["sshd"]).first { !has($0) }
  }

  @Test(
    .enabled(if: obstacle == nil, "needs \(obstacle ?? ""): run 'scripts/bootstrap tests'"),
    .timeLimit(.minutes(10)))
  func holdsItsPromisesAgainstRealServers() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-B", Installation.repository.path + "/Tests/SyncProof/scenarios.py", "--quick",
    ]
    var environment = ProcessInfo.processInfo.environment
    if Installation.stage == nil {
      environment["FOLIO_PROGRAM"] = Installation.binFolder.path + "/folio-full"
    }
    process.environment = environment
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.contains(" run, 0 broken"), "\(text)")
  }
}
