import CFileSystem
import Foundation
import FullText
import Synchronization
import Testing

@testable import Notes

@Suite struct SafeFileTests {
  private let folder = TemporaryFolder()

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func mode(_ name: String) -> UInt16? {
    Notes.FileSystem.status(folder.absolute(name))?.mode
  }

  @Test func createNeverReplaces() throws {
    try SafeFile.create(folder.absolute("a.md"), bytes("one"))
    let error = #expect(throws: FileError.self) {
      try SafeFile.create(folder.absolute("a.md"), bytes("two"))
    }
    #expect(error?.exists == true)
    #expect(try folder.text("a.md") == "one")
    #expect(try folder.names() == ["a.md"])
  }

  @Test func createNeverWritesThroughALink() throws {
    try folder.write("target.md", "kept")
    try folder.link("link.md", to: "target.md")
    try folder.link("dangling.md", to: "nowhere.md")
    for name in ["link.md", "dangling.md"] {
      #expect(throws: FileError.self) {
        try SafeFile.create(folder.absolute(name), bytes("new"))
      }
    }
    #expect(try folder.text("target.md") == "kept")
    #expect(try folder.names() == ["dangling.md", "link.md", "target.md"])
  }

  @Test func concurrentCreatorsAllGetNamesOfTheirOwn() throws {
    let vault = try Vault(folder: folder.path)
    let paths = Results<VaultPath>(count: 12)
    concurrently(12) { number in
      let capture = Capture(kind: .snippet, title: "Same title", body: "echo \(number)")
      paths[number] = try? capture.save(in: vault, now: .now())
    }
    #expect(Set(paths.all).count == 12)
    let texts = try paths.all.map { try folder.text($0.description) }
    for number in 0..<12 { #expect(texts.count { $0.contains("echo \(number)\n") } == 1) }
    #expect(try folder.names(in: "snippets").count == 12)
  }

  @Test(arguments: [0o600, 0o640, 0o644, 0o444] as [UInt16])
  func replaceKeepsTheMode(wanted: UInt16) throws {
    try folder.write("a.md", "one")
    chmod(folder.absolute("a.md"), mode_t(wanted))
    let outcome = try SafeFile.replace(
      folder.absolute("a.md"), original: bytes("one"), with: bytes("two"))
    #expect(outcome == .done)
    #expect(try folder.text("a.md") == "two")
    #expect(mode("a.md") == wanted)
    #expect(try folder.names() == ["a.md"])
  }

  @Test func replaceKeepsExtendedAttributes() throws {
    try folder.write("a.md", "one")
    let name = "user.folio.test"
    let value = bytes("label")
    let descriptor = open(folder.absolute("a.md"), O_RDWR)
    defer { close(descriptor) }
    // Not every file system has them.
    guard folio_xattr_set(descriptor, name, value, value.count) == 0 else { return }
    _ = try SafeFile.replace(folder.absolute("a.md"), original: bytes("one"), with: bytes("two"))
    let replaced = open(folder.absolute("a.md"), O_RDONLY)
    defer { close(replaced) }
    var read = [UInt8](repeating: 0, count: 16)
    #expect(folio_xattr_get(replaced, name, &read, read.count) == value.count)
    #expect(Array(read.prefix(value.count)) == value)
  }

  @Test func replaceWritesTheTargetOfALink() throws {
    try folder.write("deep/target.md", "one")
    try folder.link("link.md", to: "deep/target.md")
    let outcome = try SafeFile.replace(
      folder.absolute("link.md"), original: bytes("one"), with: bytes("two"))
    #expect(outcome == .done)
    #expect(
      Notes.FileSystem.status(folder.absolute("link.md"), followingLinks: false)?.kind == .link)
    #expect(try folder.text("deep/target.md") == "two")
    #expect(try folder.names(in: "deep") == ["target.md"])
  }

  @Test(arguments: ["other", "", "on", "one "])
  func replaceLeavesWhatSomebodyChangedMeanwhile(now: String) throws {
    try folder.write("a.md", now)
    let outcome = try SafeFile.replace(
      folder.absolute("a.md"), original: bytes("one"), with: bytes("two"))
    #expect(outcome == .changedMeanwhile)
    #expect(try folder.text("a.md") == now)
    #expect(try folder.names() == ["a.md"])
  }

  @Test func replaceNeedsTheFileToBeThere() throws {
    let error = #expect(throws: FileError.self) {
      try SafeFile.replace(folder.absolute("a.md"), original: [], with: bytes("two"))
    }
    #expect(error?.isMissing == true)
    #expect(try folder.names().isEmpty)
  }

  @Test func everyEditThatSucceedsIsInTheFile() throws {
    try folder.write("a.md", "---\ntags: [start]\n---\nbody\n")
    let editor = NoteEditor(vault: try Vault(folder: folder.path))
    let path = try VaultPath("a.md")
    let done = Results<[String]>(count: 6)
    concurrently(6) { worker in
      var tags: [String] = []
      for number in 0..<15 {
        let tag = "t\(worker)-\(number)"
        let changed = try? editor.edit(path) { note throws(VaultError) in
          try FrontMatterEdit(note).adding([tag], to: "tags")
        }
        if changed == true { tags.append(tag) }
      }
      done[worker] = tags
    }
    let tags = note(try folder.text("a.md")).frontMatterTags
    let expected = done.all.flatMap { $0 }
    #expect(expected.count >= 15)
    #expect(Set(expected).isSubset(of: Set(tags)))
    #expect(try folder.names() == ["a.md"])
  }

  @Test func anUnwritableFolderIsLeftAsItIs() throws {
    try folder.write("locked/a.md", "one")
    chmod(folder.absolute("locked/a.md"), 0o666)
    chmod(folder.absolute("locked"), 0o555)
    defer { chmod(folder.absolute("locked"), 0o755) }
    let folder = folder
    Unprivileged.run {
      let created = #expect(throws: FileError.self) {
        try SafeFile.create(folder.absolute("locked/b.md"), [1])
      }
      #expect(created?.isDenied == true)
      let changed = #expect(throws: FileError.self) {
        try SafeFile.replace(
          folder.absolute("locked/a.md"), original: Array("one".utf8), with: [1])
      }
      #expect(changed?.isDenied == true)
    }
    #expect(try folder.names(in: "locked") == ["a.md"])
    #expect(try folder.text("locked/a.md") == "one")
  }

  /// An editor saves while somebody tries to replace what was there long ago: its last text stays.
  @Test func replaceNeverTakesBackALaterSave() throws {
    try folder.write("a.md", "0")
    let path = folder.absolute("a.md")
    let saves = 3_000
    let isDone = Atomic(false)
    concurrently(2) { worker in
      if worker == 0 {
        for number in 1...saves {
          try? Data("\(number)".utf8).write(to: URL(fileURLWithPath: path + ".tmp"))
          rename(path + ".tmp", path)
        }
        isDone.store(true, ordering: .releasing)
      } else {
        while !isDone.load(ordering: .acquiring) {
          let outcome = try? SafeFile.replace(
            path, original: bytes("long ago"), with: bytes("mine"), durably: false)
          #expect(outcome == .changedMeanwhile)
        }
      }
    }
    #expect(try folder.text("a.md") == "\(saves)")
    #expect(try folder.names() == ["a.md"])
  }

  #if compiler(>=6.2)
    /// A limit on the size of files stands for a full disk: the write fails half-way. It is one of a
    /// process, and inherited by those that others start meanwhile, so this has a process of its own.
    @Test func aFullDiskLeavesNothingHalfWritten() async {
      await #expect(processExitsWith: .success) {
        let folder = TemporaryFolder()
        try folder.write("a.md", "one")
        let large = [UInt8](repeating: 0x61, count: 40 << 20)
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit()
        getrlimit(Unprivileged.fileSizeLimit, &limit)
        limit.rlim_cur = 36 << 20
        setrlimit(Unprivileged.fileSizeLimit, &limit)
        #expect(throws: FileError.self) { try SafeFile.create(folder.absolute("b.md"), large) }
        #expect(throws: FileError.self) {
          try SafeFile.replace(
            folder.absolute("a.md"), original: Array("one".utf8), with: large)
        }
        #expect(throws: FileError.self) { try SafeFile.overwrite(folder.absolute("a.md"), large) }
        #expect(try folder.names() == ["a.md"])
        #expect(try folder.text("a.md") == "one")
      }
    }
  #endif

  @Test func onlyRegularFilesAreRead() throws {
    let pipe = folder.absolute("pipe.md")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: FileError.self) { try Notes.FileSystem.read(pipe) }
    #expect(throws: FileError.self) { try Notes.FileSystem.read(folder.path) }
    #expect(throws: FileError.self) { try Notes.FileSystem.read("/dev/zero", limit: 10) }
  }

  @Test func readsAtMostTheLimit() throws {
    try folder.write("a.md", String(repeating: "0123456789", count: 1_000))
    for limit in [0, 1, 64, 9_999, 10_000, 20_000] {
      let read = try Notes.FileSystem.read(folder.absolute("a.md"), limit: limit)
      #expect(read.count == min(limit, 10_000))
    }
  }
}
