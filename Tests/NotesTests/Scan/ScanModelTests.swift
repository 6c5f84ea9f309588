import Foundation
import FullText
import TestSupport
import Testing

@testable import Notes

/// A scan with the table of the one before finds what a scan of everything finds.
@Suite struct ScanModelTests {
  private let folder = TemporaryFolder()
  private let outside = TemporaryFolder()

  private func scan(after table: FolderTable?) throws -> VaultScan {
    VaultScan(try Vault(folder: folder.path), after: table, fingerprint: 7)
  }

  /// What a scan says, as one line a file.
  private func shape(_ scan: VaultScan) -> [String] {
    scan.files.map { "\(scan.path(of: $0)) \($0.stamp.inode) \($0.stamp.size)" }
      + scan.refusedLinks.map { "refused \($0)" } + scan.errors.map { "error \($0.path)" }.sorted()
  }

  private func paths(_ scan: VaultScan) -> [String] { scan.files.map { scan.path(of: $0) } }

  /// Long enough for the times of folders to be trusted.
  private func age() { usleep(25_000) }

  private func randomFolder(_ generator: inout SeededGenerator) -> String {
    let parts = ["a", "b", "c", "x.md", ".hidden"]
    return (0..<generator.below(4)).map { _ in generator.pick(parts) }.joined(separator: "/")
  }

  private func change(_ generator: inout SeededGenerator) throws {
    let manager = FileManager.default
    let place = randomFolder(&generator)
    let name = generator.pick(["a.md", "b.md", "c.markdown", ".md", "d.txt", "é.md"])
    let path = place.isEmpty ? name : place + "/" + name
    let other = randomFolder(&generator)
    switch generator.below(15) {
    case 0...4: try? folder.write(path, "text \(generator.below(100))")
    case 5...6: try? folder.remove(path)
    case 7: if !place.isEmpty { try? folder.remove(place) }
    case 8: if !place.isEmpty, !other.isEmpty { try? folder.move(place, to: other) }
    case 9: try? folder.move(path, to: other.isEmpty ? "moved.md" : other + "/moved.md")
    case 10...11:
      let rules = (0..<generator.below(3)).map { _ in
        generator.pick(["a.md", "/b.md", "c/", "*.markdown", "!a.md", "a/**", "b/a.md"])
      }
      let file = place.isEmpty ? ".gitignore" : place + "/.gitignore"
      try? folder.write(file, rules.joined(separator: "\n"))
    case 12:
      try? folder.remove(place.isEmpty ? ".gitignore" : place + "/.gitignore")
    case 13:
      let target = generator.pick(
        [folder.absolute("a/a.md"), outside.absolute("out.md"), "nowhere.md", folder.absolute("b")])
      if !manager.fileExists(atPath: folder.absolute(path)) { try? folder.link(path, to: target) }
      if generator.once(in: 2), !place.isEmpty, !manager.fileExists(atPath: folder.absolute(place))
      {
        try? folder.link(place, to: target)
      }
    default:
      let mark = place.isEmpty ? "c/.folio-output" : place + "/.folio-output"
      if manager.fileExists(atPath: folder.absolute(mark)) {
        try folder.remove(mark)
      } else {
        try? folder.write(mark, "")
      }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func findsWhatAScanOfEverythingFinds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try outside.write("out.md", "outside")
    var table: FolderTable?
    for step in 0..<120 {
      for _ in 0...generator.below(3) { try change(&generator) }
      if generator.once(in: 2) { age() }
      let whole = try scan(after: nil)
      let next = try scan(after: table)
      #expect(shape(next) == shape(whole), "step \(step)")
      table = FolderTable(next.table.encoded, fingerprint: 7)
      #expect(table != nil)
    }
  }

  @Test func aFolderReplacedByALinkToItselfIsNotFollowed() throws {
    try folder.write("a/deep/note.md", "x")
    age()
    let before = try scan(after: nil)
    try folder.move("a", to: "b")
    try folder.link("a", to: "b")
    #expect(paths(try scan(after: before.table)) == ["b/deep/note.md"])
  }

  @Test func aRulesFileChangedWithinOneTickIsReadAgain() throws {
    try folder.write("a.md", "x")
    age()
    var table: FolderTable?
    for round in 0..<20 {
      try folder.write(".gitignore", round % 2 == 0 ? "a.md\n" : "b.md\n")
      let next = try scan(after: table)
      #expect(paths(next) == (round % 2 == 0 ? [] : ["a.md"]))
      table = next.table
    }
  }

  @Test func aFolderThatCouldNotBeListedIsTriedAgain() throws {
    try folder.write("open/a.md", "x")
    try folder.write("shut/b.md", "x")
    chmod(folder.absolute("shut"), 0)
    age()
    var table: FolderTable?
    try Unprivileged.run {
      for _ in 0..<2 {
        let shut = try scan(after: table)
        #expect(paths(shut) == ["open/a.md"])
        #expect(shut.errors.map(\.path) == [folder.absolute("shut")])
        table = FolderTable(shut.table.encoded, fingerprint: 7)
      }
    }
    chmod(folder.absolute("shut"), 0o755)
    let open = try scan(after: table)
    #expect(paths(open) == ["open/a.md", "shut/b.md"])
    #expect(open.errors.isEmpty)
  }

  @Test func linksOutOfTheVaultAreNamedEachTime() throws {
    try outside.write("out.md", "x")
    try folder.write("a.md", "x")
    try folder.link("link.md", to: outside.absolute("out.md"))
    try folder.link("inside.md", to: "a.md")
    try folder.link("gone.md", to: "nowhere.md")
    age()
    var table: FolderTable?
    for round in 0..<3 {
      let next = try scan(after: table)
      #expect(paths(next) == ["a.md", "inside.md"])
      #expect(next.refusedLinks == ["gone.md", "link.md"])
      #expect(next.tableChanged == (round == 0))
      table = FolderTable(next.table.encoded, fingerprint: 7)
    }
  }

  @Test func namesThatAreNoTextAreReported() throws {
    try folder.write("a.md", "x")
    let name =
      Array(folder.path.utf8).map { CChar(bitPattern: $0) } + [0x2F, 0x62, -1] + [
        0x2E, 0x6D, 0x64, 0,
      ]
    let descriptor = open(name, O_CREAT | O_WRONLY, 0o644)
    // Some file systems refuse such names.
    guard descriptor >= 0 else { return }
    close(descriptor)
    age()
    let first = try scan(after: nil)
    let second = try scan(after: first.table)
    for found in [first, second] {
      #expect(paths(found) == ["a.md"])
      #expect(found.errors.count == 1)
    }
  }

  @Test func aMarkedFolderIsNoPartOfTheVault() throws {
    try folder.write("site/.folio-output", "")
    try folder.write("site/deep/page.md", "x")
    age()
    let marked = try scan(after: nil)
    #expect(paths(marked).isEmpty)
    try folder.remove("site/.folio-output")
    #expect(paths(try scan(after: marked.table)) == ["site/deep/page.md"])
  }

  @Test func nothingIsListedWhenNothingChanged() throws {
    for name in ["a.md", "x/b.md", "x/y/c.md"] { try folder.write(name, "x") }
    age()
    let first = try scan(after: nil)
    #expect(!(try scan(after: first.table)).tableChanged)
    #expect(first.table.folders.allSatisfy { $0.modified > 0 })
  }
}
