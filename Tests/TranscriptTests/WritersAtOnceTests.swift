import Foundation
import Testing

/// Several programs that change the same notes at the same time, as processes.
@Suite(.serialized) struct WritersAtOnceTests {
  private let files = FileManager.default
  private let count = 60

  private func start(_ line: String, in sandbox: Sandbox) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
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

  /// Notes `n0` to `n59`, each with links to `one` and `two`.
  private func crowd(_ sandbox: Sandbox) throws {
    try files.createDirectory(
      at: sandbox.vault.appending(path: "crowd"), withIntermediateDirectories: true)
    for name in ["one", "two"] { try write("crowd/\(name).md", "# \(name)\n", sandbox) }
    for number in 0..<count {
      try write("crowd/n\(number).md", "# Note \(number)\n\n[[one]] and [[two]]\n", sandbox)
    }
    #expect(try sandbox.run("folio index --quiet").status == 0)
  }

  private func write(_ name: String, _ text: String, _ sandbox: Sandbox) throws {
    try Data(text.utf8).write(to: sandbox.vault.appending(path: name))
  }

  private func text(_ name: String, _ sandbox: Sandbox) throws -> String {
    try String(contentsOf: sandbox.vault.appending(path: name), encoding: .utf8)
  }

  @Test func twoRenamesAndAnEditAtOnceAllHappen() throws {
    let sandbox = try Sandbox()
    try crowd(sandbox)
    for round in 0..<3 {
      let last = round == 0 ? ("one", "two") : ("one\(round)", "two\(round)")
      let next = ("one\(round + 1)", "two\(round + 1)")
      let processes = [
        try start("folio mv \(last.0) \(next.0)", in: sandbox),
        try start("folio mv \(last.1) \(next.1)", in: sandbox),
        try start(
          "for n in 5 25 45; do folio set n$n round=\(round) || exit 1; done", in: sandbox),
      ]
      for process in processes {
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "round \(round)")
      }
      for number in 0..<count {
        let note = try text("crowd/n\(number).md", sandbox)
        #expect(note.hasSuffix("[[\(next.0)]] and [[\(next.1)]]\n"), "n\(number), round \(round)")
        if [5, 25, 45].contains(number) { #expect(note.contains("round: \(round)\n")) }
      }
      #expect(try sandbox.run("folio links --broken").status == 1)
    }
  }

  @Test func aNoteThatMovesWhileItsLinksChangeIsFoundAgain() throws {
    let sandbox = try Sandbox()
    try crowd(sandbox)
    let processes = [
      try start("folio mv crowd/n7.md crowd/deep/seven.md", in: sandbox),
      try start("folio mv one first", in: sandbox),
      try start("folio mv crowd/n8.md crowd/deep/eight.md", in: sandbox),
    ]
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    for name in ["n6", "deep/seven", "deep/eight", "n9"] {
      #expect(try text("crowd/\(name).md", sandbox).contains("[[first]] and [[two]]"), "\(name)")
    }
  }

  @Test func anEditorThatKeepsSavingLosesNothing() throws {
    let sandbox = try Sandbox()
    try crowd(sandbox)
    // As editors do: the new text beside the old one, then the name.
    let editor = try start(
      "for i in $(seq 150); do cp crowd/n7.md t.tmp; echo line $i >> t.tmp; mv t.tmp crowd/n7.md; done",
      in: sandbox)
    var name = "one"
    for round in 0..<5 {
      let next = "name\(round)"
      let moved = try sandbox.run("folio mv \(name) \(next)")
      #expect(moved.status == 0, "\(moved.output)")
      name = next
    }
    editor.waitUntilExit()
    let lines = try text("crowd/n7.md", sandbox).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("line ") } == 150)
    #expect(try text("crowd/n8.md", sandbox).contains("[[\(name)]]"))
  }
}
