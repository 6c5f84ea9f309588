import Foundation
import TestSupport
import Testing

@testable import Notes

/// The rules beside what `git check-ignore` says, where there is a git.
@Suite(.enabled(if: GitProgram.path != nil)) struct IgnoreRulesAgainstGitTests {
  private static let files = [
    "a.md", "b.md", "ab.md", "aa/a.md", "aa/b.md", "aa/b/a.md", "aa/b/b/ab.md", "b/a.md",
    "b/aa/b.md",
    "a-b/a.md", "a/a.md", "a/b/a/b.md", "b.md.d/a.md", "[a].md", "a b.md", "#a.md", "!a.md", "é.md",
  ]

  private func randomPattern(_ generator: inout SeededGenerator) -> String {
    let pieces = [
      "a", "b", "ab", "aa", "*", "?", "**", "/", "/", "[ab]", "[!a]", "[a-b]", "\\", ".md", "*.md",
      "**/", "/**", "-", "é", " ", "[", "]", "[^b]", "[[:alpha:]]", "\\#", "[]a]", "[\\a]",
    ]
    let prefix = generator.once(in: 4) ? "!" : generator.once(in: 5) ? "/" : ""
    let core = (0...generator.below(4)).map { _ in generator.pick(pieces) }.joined()
    return prefix + core + (generator.once(in: 5) ? "/" : "")
  }

  /// As a walk asks: folders above first.
  private func isIgnored(_ path: String, _ rules: IgnoreRules) -> Bool {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += (folder.isEmpty ? "" : "/") + part
      if rules.ignores(folder, isFolder: true) { return true }
    }
    return rules.ignores(path, isFolder: false)
  }

  @Test(arguments: [UInt64(1), 2])
  func agreeOnRandomPatterns(seed: UInt64) throws {
    let folder = TemporaryFolder()
    let git = GitProgram(folder: folder.path)
    for file in Self.files { try folder.write(file, "x") }
    _ = try git.run(["init", "-q"])
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<70 {
      let top = (0...generator.below(4)).map { _ in randomPattern(&generator) }
      let deep = (0..<generator.below(3)).map { _ in randomPattern(&generator) }
      try folder.write(".gitignore", top.joined(separator: "\n"))
      try folder.write("aa/.gitignore", deep.joined(separator: "\n"))
      let output = try git.run(
        ["check-ignore", "--no-index", "-z", "--stdin"], input: Self.files.joined(separator: "\0"))
      let expected = Set(output.split(separator: "\0").map(String.init))
      var rules = IgnoreRules()
      rules.add(Array(top.joined(separator: "\n").utf8), in: "")
      var all = rules
      all.add(Array(deep.joined(separator: "\n").utf8), in: "aa")
      for file in Self.files {
        #expect(
          isIgnored(file, all) == expected.contains(file), "\(file) by \(top), in aa/: \(deep)")
      }
    }
  }
}

/// The `git` of the machine, run in one folder without anybody's settings.
struct GitProgram {
  static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { $0 + "/git" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  let folder: String

  func run(_ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path ?? "git")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C",
      "GIT_CEILING_DIRECTORIES": "/",
    ]
    let standardInput = Pipe()
    let standardOutput = Pipe()
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = FileHandle.nullDevice
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let output = standardOutput.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }
}
