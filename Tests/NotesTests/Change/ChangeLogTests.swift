import TestSupport
import Testing

@testable import Notes

@Suite struct ChangeLogTests {
  struct Death: Error {}

  private func log(_ folder: TemporaryFolder, _ local: TemporaryFolder) throws -> ChangeLog {
    ChangeLog(try Vault(folder: folder.path), local: local.path)
  }

  /// Edits of three notes, a note made, one removed, a folder made and a note moved into it.
  private func example(_ folder: TemporaryFolder) throws -> ChangeSet {
    var changes = ChangeSet(title: "test", moment: 1)
    for name in ["a.md", "b.md", "c.md"] {
      try folder.write(name, "text of \(name)\n")
      let old = Array("text of \(name)\n".utf8)
      changes.edit(VaultPath(known: name), from: old, to: Array("new text of \(name)!\n".utf8))
    }
    try folder.write("gone.md", "gone")
    changes.steps.append(.create(VaultPath(known: "made.md"), Array("made".utf8)))
    changes.steps.append(.remove(VaultPath(known: "gone.md"), Array("gone".utf8)))
    changes.steps.append(.makeFolder(VaultPath(known: "deep")))
    changes.steps.append(.move(from: VaultPath(known: "b.md"), to: VaultPath(known: "deep/b.md")))
    return changes
  }

  private func isBefore(_ folder: TemporaryFolder) throws -> Bool {
    try folder.names() == ["a.md", "b.md", "c.md", "gone.md"]
      && folder.text("a.md") == "text of a.md\n" && folder.text("b.md") == "text of b.md\n"
  }

  private func isAfter(_ folder: TemporaryFolder) throws -> Bool {
    try folder.names() == ["a.md", "c.md", "deep", "made.md"]
      && folder.text("a.md") == "new text of a.md!\n"
      && folder.text("deep/b.md") == "new text of b.md!\n"
      && folder.text("c.md") == "new text of c.md!\n" && folder.text("made.md") == "made"
  }

  @Test func changesAreMadeTakenBackAndMadeAgain() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    _ = try log.apply(try example(folder))
    #expect(try isAfter(folder))
    let undone = try log.undo { _, _ in }
    #expect(undone?.entry.changes.title == "test")
    #expect(try isBefore(folder))
    #expect(try log.undo { _, _ in } == nil)
    _ = try log.undo(again: true) { _, _ in }
    #expect(try isAfter(folder))
    #expect(log.entries().map(\.isUndone) == [false])
  }

  @Test func aDeathAtAnyMomentLeavesAllOrNothing() throws {
    var moment = 0
    var ended = false
    while !ended {
      let (folder, local) = (TemporaryFolder(), TemporaryFolder())
      var dying = try log(folder, local)
      let changes = try example(folder)
      let counter = Counter(moment)
      dying.hook = { _ in if counter.isLast() { throw Death() } }
      do {
        _ = try dying.apply(changes)
        ended = true
      } catch is Death {}
      // The next command.
      let next = try log(folder, local)
      _ = try next.recover()
      #expect(try isAfter(folder), "moment \(moment)")
      #expect(try next.recover() == nil)
      _ = try next.undo { _, _ in }
      #expect(try isBefore(folder), "moment \(moment)")
      moment += 1
    }
    #expect(moment > 8)
  }

  @Test func aDeathBeforeTheJournalLeavesNothing() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let changes = try example(folder)
    try local.write("change-journal.damaged", "")
    try local.write("change-journal", String(decoding: changes.encoded.dropLast(9), as: UTF8.self))
    #expect(try log(folder, local).recover() == nil)
    #expect(try isBefore(folder))
  }

  @Test func aFileThatIsNotAsExpectedStopsEverything() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    let changes = try example(folder)
    try folder.write("c.md", "somebody else")
    #expect(throws: VaultError.changedMeanwhile("c.md")) { try log.apply(changes) }
    #expect(try folder.text("a.md") == "text of a.md\n")
    try folder.write("c.md", "text of c.md\n")
    try folder.write("made.md", "in the way")
    #expect(throws: VaultError.exists("made.md")) { try log.apply(changes) }
    #expect(try folder.text("a.md") == "text of a.md\n")
  }

  @Test func anEditorBetweenReadingAndWritingIsNeverOverwritten() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    var log = try log(folder, local)
    let changes = try example(folder)
    // The editor saves when the journal is there and the file has been looked at.
    log.hook = { moment in
      if moment == .stepDone(1) { try folder.write("c.md", "an editor wrote: text of c.md\n") }
    }
    let outcome = try log.apply(changes) { path, bytes throws(VaultError) in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let place = text.firstRange(of: "text") else { return [] }
      let offset = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
      return [Splice(offset: offset, removed: [], inserted: Array("new ".utf8))]
    }
    #expect(outcome.retried == [VaultPath(known: "c.md")] && outcome.left.isEmpty)
    #expect(try folder.text("c.md") == "an editor wrote: new text of c.md\n")
    _ = try log.undo { _, _ in }
    #expect(try folder.text("c.md") == "an editor wrote: text of c.md\n")
  }

  @Test func nothingIsTakenBackOverLaterChanges() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    _ = try log.apply(try example(folder))
    try folder.write("deep/b.md", "later")
    #expect(throws: VaultError.changedSince(["deep/b.md"])) { try log.undo { _, _ in } }
    #expect(try folder.text("a.md") == "new text of a.md!\n")
    #expect(try folder.text("deep/b.md") == "later")
  }

  @Test func newFilesAreTakenBackWithTheirFoldersUnlessTheyWereChanged() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    let path = try VaultPath("new/deep/note.md")
    var changes = ChangeSet(title: "add note new/deep/note.md", moment: 0)
    try log.vault.make(path, Array("text".utf8), keeping: &changes)
    log.record(changes)
    #expect(throws: FileError.self) {
      try log.vault.make(path, Array("other".utf8), keeping: &changes)
    }
    #expect(try folder.text("new/deep/note.md") == "text")
    _ = try log.undo { _, _ in }
    #expect(try folder.names().isEmpty)
    _ = try log.undo(again: true) { _, _ in }
    #expect(try folder.text("new/deep/note.md") == "text")
    try folder.write("new/deep/note.md", "somebody went on")
    #expect(throws: VaultError.changedSince(["new/deep/note.md"])) { try log.undo { _, _ in } }
    #expect(try folder.text("new/deep/note.md") == "somebody went on")
  }

  @Test func whatOthersDidToFilesIsTakenBack() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    try folder.write("edited.md", "one\n")
    try folder.write("gone.md", "two\n")
    let paths = ["edited.md", "gone.md", "made.md", "same.md"].map { VaultPath(known: $0) }
    let before = paths.map { path in
      (path: path, bytes: try? FileSystem.read(log.vault.absolute(path)))
    }
    try folder.write("edited.md", "one and a half\n")
    try folder.remove("gone.md")
    try folder.write("made.md", "three\n")
    var changes = ChangeSet(title: "conflicts resolve", moment: 0)
    changes.add(since: before, in: log.vault)
    #expect(changes.steps.count == 3)
    log.record(changes)
    _ = try log.undo { _, _ in }
    #expect(try folder.names() == ["edited.md", "gone.md"])
    #expect(try folder.text("edited.md") == "one\n" && folder.text("gone.md") == "two\n")
  }

  @Test func commandsThatRecordAtTheSameMomentEachHaveTheirEntry() async throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<24 {
        group.addTask {
          var changes = ChangeSet(title: "change \(number)", moment: 0)
          changes.steps = [.create(VaultPath(known: "n\(number).md"), [])]
          log.record(changes)
        }
      }
    }
    #expect(Set(log.entries().map(\.changes.title)).count == 24)
  }

  @Test func whatAKilledProcessLeftBesideTheJournalGoes() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    // No process has a number as high as this.
    let left = ".folio-2147483646-0123456789abcdef"
    try local.write(left, "half a journal")
    try local.write("undo/" + left, "half an entry")
    try local.write(".folio-mine", "no temporary file")
    _ = try log.apply(try example(folder))
    #expect(try !local.names().contains(left) && !local.names(in: "undo").contains(left))
    #expect(try local.names().contains(".folio-mine"))
  }

  @Test func damagedJournalsAndLogsAreNeverObeyed() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let bytes = try example(folder).encoded
    #expect(ChangeSet(encoded: bytes) != nil)
    for length in 0..<bytes.count { #expect(ChangeSet(encoded: Array(bytes[..<length])) == nil) }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      var damaged = bytes
      damaged[generator.below(bytes.count)] ^= UInt8(1 << generator.below(8))
      #expect(ChangeSet(encoded: damaged) == nil)
    }
    var outside = ChangeSet(title: "x", moment: 0)
    outside.steps = [.move(from: VaultPath(known: "../a"), to: VaultPath(known: "/etc/b"))]
    #expect(ChangeSet(encoded: outside.encoded) == nil)
    _ = local
  }

  @Test func theNewestHundredAreKept() throws {
    let (folder, local) = (TemporaryFolder(), TemporaryFolder())
    let log = try log(folder, local)
    for number in 0..<(ChangeLog.kept + 5) {
      var changes = ChangeSet(title: "change \(number)", moment: 0)
      changes.steps = [.move(from: VaultPath(known: "a.md"), to: VaultPath(known: "b.md"))]
      log.record(changes)
    }
    let entries = log.entries()
    #expect(entries.count == ChangeLog.kept)
    #expect(entries.first?.changes.title == "change \(ChangeLog.kept + 4)")
  }

  @Test(arguments: [UInt64(31), 32])
  func splicesAreTakenBackByTheirInverse(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let text = Array(generator.text(of: ["a", "bc", "é", "\n"], upTo: 40).utf8)
      var splices: [Splice] = []
      var at = 0
      while at < text.count {
        let start = at + generator.below(4)
        let end = min(text.count, start + generator.below(4))
        guard start <= end else { break }
        splices.append(
          Splice(
            offset: start, removed: Array(text[start..<end]),
            inserted: Array(generator.text(of: ["x", "yy"], upTo: 3).utf8)))
        at = end + 1
      }
      let edited = Splice.apply(splices, to: text)
      #expect(edited.flatMap { Splice.apply(Splice.inverse(splices), to: $0) } == text)
      if let edited { #expect(Splice.apply([.between(text, edited)], to: text) == edited) }
    }
  }
}

/// Counts moments on any thread.
final class Counter: @unchecked Sendable {
  private var left: Int
  init(_ count: Int) { left = count }
  func isLast() -> Bool {
    left -= 1
    return left < 0
  }
}
