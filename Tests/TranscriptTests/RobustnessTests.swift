import Foundation
import TestSupport
import Testing

/// What goes wrong around the program: killed, crowded, starved, fed with strange files.
@Suite(.serialized) struct RobustnessTests {
  private let files = FileManager.default

  /// Starts a line in the shell's place and gives the running process.
  private func start(_ line: String, in sandbox: Sandbox) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec " + line]
    process.currentDirectoryURL = sandbox.vault
    process.environment = [
      "PATH": Installation.binFolder.path + ":/usr/bin:/bin",
      "HOME": sandbox.root.appending(path: "home").path,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func hiddenFiles(in sandbox: Sandbox) -> [String] {
    let names = files.enumerator(atPath: sandbox.vault.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.contains("/.folio-") || $0.hasPrefix(".folio-") }
  }

  @Test func killedWhileIndexingTheNextCommandIsRight() throws {
    let sandbox = try Sandbox()
    var random = SeededGenerator.fresh()
    for round in 0..<12 {
      try "# Round\nzebrafinch\(round)\n".write(
        to: sandbox.vault.appending(path: "round\(round).md"), atomically: true, encoding: .utf8)
      let indexing = try start(
        round % 2 == 0 ? "folio index --rebuild" : "folio index", in: sandbox)
      usleep(UInt32.random(in: 0..<30_000, using: &random))
      kill(indexing.processIdentifier, SIGKILL)
      indexing.waitUntilExit()
      let found = try sandbox.run("folio search zebrafinch\(round) --format '{{path}}'")
      #expect(found.output == "round\(round).md\n", "\(random)")
      #expect(try sandbox.run("folio index --verify").status == 0, "\(random)")
    }
  }

  @Test func damageAnywhereInTheIndexIsNoCrash() throws {
    let sandbox = try Sandbox()
    let folder = sandbox.vault.appending(path: ".folio/cache/index")
    var random = SeededGenerator.fresh()
    for _ in 0..<20 {
      #expect(try sandbox.run("folio index --rebuild --quiet").status == 0)
      let names = try files.contentsOfDirectory(atPath: folder.path).filter { $0 != "LOCK" }
        .sorted()
      let file = folder.appending(path: try #require(names.randomElement(using: &random)))
      var bytes = try Data(contentsOf: file)
      guard !bytes.isEmpty else { continue }
      bytes[random.below(bytes.count)] ^= .random(in: 1...255, using: &random)
      try bytes.write(to: file)
      for line in ["folio search backfill kind:snippet", "folio list --tag dbt", "folio tag list"] {
        let status = try sandbox.run(line).status
        #expect([0, 1].contains(status), "\(line) after damage in \(file), \(random)")
      }
    }
  }

  @Test func killedWhileSavingANoteIsWholeOrNotThere() throws {
    let sandbox = try Sandbox()
    let body = String(repeating: "a line of the note\n", count: 50_000)
    let source = sandbox.root.appending(path: "body.txt")
    try body.write(to: source, atomically: true, encoding: .utf8)
    var random = SeededGenerator.fresh()
    var killed: pid_t = 0
    for round in 0..<12 {
      let saving = try start(
        "folio add doc 'Round \(round)' --from ../body.txt", in: sandbox)
      usleep(UInt32.random(in: 0..<25_000, using: &random))
      kill(saving.processIdentifier, SIGKILL)
      saving.waitUntilExit()
      killed = saving.processIdentifier
      let path = sandbox.vault.appending(path: "documentation/round-\(round).md")
      if let text = try? String(contentsOf: path, encoding: .utf8) {
        #expect(text.hasSuffix(body), "\(random)")
      }
    }
    // What a process leaves that is killed just when it keeps what it did, which few rounds hit.
    let undo = sandbox.vault.appending(path: ".folio/local/undo")
    try files.createDirectory(at: undo, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: undo.appending(path: ".folio-\(killed)-0123456789abcdef"))
    #expect(try sandbox.run("folio check").status == 0)
    // The scan took away what lay among the notes, and the next change what lay in its own log.
    #expect(hiddenFiles(in: sandbox).allSatisfy { $0.hasPrefix(".folio/local/undo/") })
    #expect(try sandbox.run("folio add doc 'After all rounds'").status == 0)
    #expect(hiddenFiles(in: sandbox).isEmpty)
  }

  @Test func manyAtOnceEachGetTheirOwnNote() throws {
    let sandbox = try Sandbox()
    let processes = try (0..<8).map { _ in
      try start("folio add snippet 'The same title'", in: sandbox)
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let listed = try sandbox.run("folio search 'title:\"same title\"' -n 20 --format '{{path}}'")
    #expect(listed.output.split(separator: "\n").count == 8)
  }

  @Test func severalIndexersLeaveASoundIndex() throws {
    let sandbox = try Sandbox()
    let processes = try (0..<6).map { number in
      try start(
        number % 2 == 0 ? "folio index --rebuild --quiet" : "folio search backfill", in: sandbox)
    }
    for process in processes {
      process.waitUntilExit()
      #expect([0, 9].contains(process.terminationStatus))
    }
    #expect(try sandbox.run("folio index --verify").output == "The index is sound.\n")
    #expect(try sandbox.run("folio search title:backfill").status == 0)
  }

  @Test func aClosedPipeIsSuccess() throws {
    let sandbox = try Sandbox()
    let result = try sandbox.run(
      "bash -c 'set -o pipefail; folio show guide; for i in 1 2 3 4 5; do folio show guide; done "
        + "| head -1 >/dev/null; folio list --jsonl | head -1 >/dev/null' | tail -1 >/dev/null; "
        + "bash -c 'set -o pipefail; folio list --jsonl | true'")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
  }

  @Test func aFileTooLargeForTheSystemLeavesNothing() throws {
    let sandbox = try Sandbox()
    try String(repeating: "x\n", count: 200_000).write(
      to: sandbox.root.appending(path: "large.txt"), atomically: true, encoding: .utf8)
    let result = try sandbox.run("ulimit -f 8; folio add doc Large --from ../large.txt")
    #expect(result.status == 74)
    #expect(result.output.contains("File too large"))
    #expect(!files.fileExists(atPath: sandbox.vault.path + "/documentation/large.md"))
    #expect(hiddenFiles(in: sandbox).isEmpty)
  }

  /// A disk of its own, of 1 MB, where the system lets us make one.
  @Test func aFullDiskIsSaidAndNothingIsLost() throws {
    let sandbox = try Sandbox()
    let disk = sandbox.root.appending(path: "disk").path
    try files.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let mounted = try sandbox.run("mount -t tmpfs -o size=1m tmpfs '\(disk)'").status == 0
    guard mounted else { return }
    defer { _ = try? sandbox.run("umount '\(disk)'") }
    #expect(
      try sandbox.run("cd '\(disk)' && folio init --quiet && folio add doc First").status == 0)
    #expect(try sandbox.run("cd '\(disk)' && folio search first").status == 0)
    _ = try sandbox.run("cat /dev/zero > '\(disk)/filler'")
    let added = try sandbox.run("cd '\(disk)' && folio add doc Second")
    #expect(added.status == 74)
    #expect(added.output.contains("No space left"))
    #expect(!files.fileExists(atPath: disk + "/documentation/second.md"))
    let before = try Data(contentsOf: URL(filePath: disk + "/documentation/first.md"))
    let tagged = try sandbox.run("cd '\(disk)' && folio tag add first late")
    #expect(tagged.status == 74)
    #expect(try Data(contentsOf: URL(filePath: disk + "/documentation/first.md")) == before)
    #expect(try sandbox.run("cd '\(disk)' && folio search --no-refresh first").status == 0)
    let rebuilt = try sandbox.run("cd '\(disk)' && folio index --rebuild")
    #expect(rebuilt.status == 74)
    #expect(rebuilt.output.contains("space"))
    #expect(try sandbox.run("cd '\(disk)' && folio search --no-refresh first").status == 0)
    _ = try sandbox.run("rm '\(disk)/filler'")
    #expect(try sandbox.run("cd '\(disk)' && folio add doc Second").status == 0)
    #expect(try sandbox.run("cd '\(disk)' && folio search second").status == 0)
  }

  @Test func strangeFilesAreListedAndReported() throws {
    let sandbox = try Sandbox()
    let vault = sandbox.vault
    func write(_ name: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: vault.appending(path: name))
    }
    try write("empty.md", [])
    try write("bom.md", [0xEF, 0xBB, 0xBF])
    try write("binary.md", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 151) })
    try write("zero.md", [UInt8](repeating: 0, count: 1000))
    try write("name with\nnewline.md", Array("# Odd\nzebrafinch\n".utf8))
    try write("escape.md", Array("# \u{1B}[31mRed\u{1B}[0m \u{202E}turned\nzebrafinch\n".utf8))
    try write("long.md", Array(("# Long\n" + String(repeating: "word ", count: 300_000)).utf8))
    try write("deep.md", Array(String(repeating: "> ", count: 100_000).utf8))
    try write("brackets.md", Array(String(repeating: "![[]()", count: 50_000).utf8))
    mkfifo(vault.path + "/pipe.md", 0o644)
    try files.createDirectory(
      at: vault.appending(path: "folder.md"), withIntermediateDirectories: true)

    let indexed = try sandbox.run("folio index")
    #expect(indexed.status == 0)
    #expect(indexed.output.contains("89 notes: 89 new"))
    let listed = try sandbox.run("folio list; folio search zebrafinch; folio check")
    #expect(listed.output.contains("name with\u{240A}newline.md"))
    #expect(!listed.output.contains("\u{1B}"))
    #expect(!listed.output.contains("\u{202E}"))
    #expect(listed.output.contains("binary.md:1:1: warning: not UTF-8"))
    #expect(try sandbox.run("folio list -0 --in . | tr '\\0' '|'").output.contains("with\nnewline"))
    #expect(try sandbox.run("folio show empty.md").output.isEmpty)
  }

  @Test func aHundredMegabytesAreNoTrouble() throws {
    let sandbox = try Sandbox()
    let line = "a line of a very long log with the word zebrafinch\\n"
    let made = try sandbox.run("yes \"$(printf '\(line)')\" | head -c 100000000 > huge.md")
    #expect(made.status == 0)
    let indexed = try sandbox.run("folio index")
    #expect(indexed.status == 0)
    #expect(indexed.output.contains("huge.md: larger than 16 MB"))
    #expect(
      try sandbox.run("folio search zebrafinch --format '{{path}}'").output == "huge.md\n")
    #expect(try sandbox.run("folio show huge | wc -c").output.contains("100000000"))
    #expect(try sandbox.run("folio tag add huge large | cut -c1-12").output == "huge.md: lar\n")
  }

  /// Run as somebody who may not read everything; root may, so root steps aside for this.
  @Test func whatMayNotBeReadIsNamed() throws {
    let sandbox = try Sandbox()
    let isRoot = getuid() == 0
    guard !isRoot || files.isExecutableFile(atPath: "/usr/bin/setpriv") else { return }
    let aside = isRoot ? "setpriv --reuid=65534 --clear-groups " : ""
    _ = try sandbox.run(
      "chmod -R a+rX .. && mkdir -m 777 ../index locked && echo '# x' > locked/x.md")
    _ = try sandbox.run("echo '# Secret' > secret.md && chmod 000 secret.md locked")
    defer { _ = try? sandbox.run("chmod 755 secret.md locked") }
    let run = aside + "folio "
    let indexed = try sandbox.run(run + "index --index-dir ../index")
    #expect(indexed.status == 0)
    #expect(indexed.output.contains("secret.md: cannot be read: Permission denied"))
    #expect(indexed.output.contains("cannot list"))
    let shown = try sandbox.run(run + "show secret.md --index-dir ../index")
    #expect(shown.status == 74)
    #expect(shown.output.contains("Permission denied"))
    let added = try sandbox.run(run + "add doc Title")
    #expect(added.status == 74)
    #expect(added.output.contains("Permission denied"))
  }
}
