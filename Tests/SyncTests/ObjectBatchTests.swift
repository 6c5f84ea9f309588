import Notes
import TestSupport
import Testing

@testable import Sync

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Objects that are written together, and what finds them again.
@Suite struct ObjectBatchTests {
  private func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    // Half of it repeats, as text does.
    var last: UInt8 = 0
    return (0..<count).map { _ in
      if random.next() % 2 == 0 { last = UInt8(truncatingIfNeeded: random.next()) }
      return last
    }
  }

  private func packs(_ lab: Lab) throws -> [String] {
    try FileSystem.names(in: lab.remote + "/objects/pack").filter { $0.hasSuffix(".pack") }
  }

  @Test func manyObjectsAreOnePackThatGitReads() throws {
    let lab = try Lab()
    let repository = try Repository.open(lab.remote)
    var random = SeededGenerator(seed: 1)
    var sizes = [0, 1, 15, 16, 17, 2047, 2048, 65_535, 65_536, 300_000, 3_000_000]
    sizes += (0..<400).map { _ in Int(random.next() % 5000) }
    let blobs = sizes.map { bytes($0, &random) }
    let ids = try repository.gathering {
      try blobs.enumerated().map { place, blob in
        let id = try repository.writeBlob(blob)
        // What is not in the repository yet can be read by whoever writes it.
        if place % 7 == 0 { #expect(try repository.blob(id) == blob) }
        return id
      }
    }
    #expect(try packs(lab).count == 1)
    let fresh = try Repository.open(lab.remote)
    for (id, blob) in zip(ids, blobs) {
      #expect(id == Repository.id(ofBlob: blob))
      #expect(try repository.blob(id) == blob && fresh.blob(id) == blob)
    }
    let faults = lab.git("fsck", "--strict", "--no-dangling", in: lab.remote).split(separator: "\n")
    #expect(faults.allSatisfy { $0.hasPrefix("notice: ") }, "no branch is there yet")
    let list = lab.git("cat-file", "--batch-all-objects", "--batch-check", in: lab.remote)
    #expect(list.split(separator: "\n").count == Set(ids).count)
    #expect(!lab.git("count-objects", "-v", in: lab.remote).contains("garbage: 1"))
  }

  @Test func aFewObjectsAreAFileEach() throws {
    let lab = try Lab()
    let repository = try Repository.open(lab.remote)
    let id = try repository.gathering {
      _ = try repository.writeBlob([1])
      return try repository.writeBlob([2])
    }
    #expect(try packs(lab) == [] && repository.blob(id) == [2])
    #expect(lab.git("count-objects", in: lab.remote).hasPrefix("2 objects"))
  }

  @Test(arguments: [3, 100]) func whatIsGivenUpLeavesNothing(_ count: Int) throws {
    let lab = try Lab()
    let repository = try Repository.open(lab.remote)
    #expect(throws: Killed.self) {
      try repository.gathering {
        for number in 0..<count { _ = try repository.writeBlob([UInt8(number)]) }
        throw Killed()
      }
    }
    #expect(!repository.contains(Repository.id(ofBlob: [0])))
    #expect(try FileSystem.names(in: lab.remote + "/objects/pack") == [])
    #expect(lab.git("count-objects", in: lab.remote).hasPrefix("0 objects"))
  }

  /// git names a blob by the SHA-1 of `blob SIZE`, a zero and its bytes.
  @Test func theSumOfPartsIsThatOfTheWhole() {
    var random = SeededGenerator(seed: 2)
    for count in Array(0...200) + [1000, 65_536, 100_001] {
      let blob = bytes(count, &random)
      let text = Array("blob \(count)\u{0}".utf8) + blob
      var sum = SHA1()
      var at = 0
      while at < text.count {
        let end = min(text.count, at + 1 + Int(random.next() % 150))
        sum.add(Array(text[at..<end]))
        at = end
      }
      #expect(sum.finished() == Repository.id(ofBlob: blob).bytes, "\(count)")
      #expect(SHA1.hash(text) == sum.finished())
    }
  }

  @Test func whatIsDeliveredIsWholeHoweverTheHistoryBranches() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<8 {
      let lab = try Lab()
      let a = try lab.device("a")
      try a.write("n.md", "one\n")
      _ = try a.sync()
      for step in 0..<12 {
        if random.next() % 3 == 0 {
          lab.git("checkout", "-q", "-b", "side\(step)", in: a.root)
          try a.write("side/\(step).md", "side \(step)\n")
          lab.git("add", "-A", in: a.root)
          lab.git("commit", "-qm", "side", in: a.root)
          lab.git("checkout", "-q", "main", in: a.root)
          try a.write("main/\(random.next() % 4).md", "main \(step)\n")
          lab.git("add", "-A", in: a.root)
          lab.git("commit", "-qm", "main", in: a.root)
          lab.git("merge", "-q", "--no-edit", "side\(step)", in: a.root)
        } else {
          try a.write("f\(random.next() % 3)/\(random.next() % 40).md", "text \(step)\n")
        }
        if random.next() % 2 == 0 { _ = try a.sync() }
      }
      _ = try a.sync()
      #expect(lab.git("fsck", "--strict", "--no-dangling", in: lab.remote) == "")
      #expect(
        lab.git("rev-list", "--objects", "refs/heads/main", in: lab.remote)
          == lab.git("rev-list", "--objects", "refs/heads/main", in: a.root))
    }
  }
}

/// What makes a sync of a vault that did not change quick.
@Suite struct SyncCacheTests {
  @Test func stampsAreFoundInAnyOrderAndComeBackAsTheyWere() {
    var random = SeededGenerator(seed: 4)
    var table = StampTable()
    var expected: [TreePath: StampTable.Record] = [:]
    for number in 0..<500 {
      let path = TreePath("folder \(random.next() % 20)/\(number)")
      let stamp = FileStamp(
        modified: Int64(number), changed: 2, size: random.next(), inode: random.next())
      let record = StampTable.Record(
        stamp: stamp, id: Repository.id(ofBlob: [UInt8(truncatingIfNeeded: number)]))
      table.add(path, record)
      expected[path] = record
    }
    var copy = StampTable(table.encoded)
    #expect(copy.count == 500 && copy.encoded == table.encoded)
    for (path, record) in expected { #expect(copy.find(path) == record) }
    for number in 0..<60 {
      #expect(copy.find(TreePath("folder 1/x\(number)")) == nil)
      let (path, record) = expected.randomElement(using: &random)!
      #expect(copy.find(path) == record)
    }
    for place in stride(from: 0, to: table.encoded.count, by: 97) {
      var damaged = table.encoded
      damaged[place] ^= 0x10
      #expect(StampTable(damaged).count == 0)
      #expect(StampTable(Array(table.encoded[..<place])).count == 0)
    }
  }

  @Test func onlyAWholeIndexWithoutConflictsIsPlain() throws {
    let lab = try Lab()
    let a = try lab.device("a", connected: false)
    for number in 0..<30 { try a.write("f/\(number).md", "note \(number)\n") }
    func index() throws -> [UInt8] { try FileSystem.read(a.root + "/.git/index") }
    lab.git("add", "-A", in: a.root)
    #expect(IndexFile.isPlain(try index()))
    lab.git("commit", "-qm", "first", in: a.root)
    #expect(IndexFile.isPlain(try index()))
    let whole = try index()
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0x01
      #expect(!IndexFile.isPlain(damaged), "byte \(place)")
      #expect(!IndexFile.isPlain(Array(whole[..<place])), "cut at \(place)")
    }
    lab.git("add", "-N", ".folio/../f/1.md", in: a.root)
    #expect(IndexFile.isPlain(try index()))
    lab.git("update-index", "--skip-worktree", "f/2.md", in: a.root)
    #expect(!IndexFile.isPlain(try index()))
    lab.git("update-index", "--no-skip-worktree", "f/2.md", in: a.root)
    #expect(IndexFile.isPlain(try index()))
    lab.git("checkout", "-q", "-b", "other", in: a.root)
    try a.write("f/3.md", "theirs\n")
    lab.git("commit", "-qam", "theirs", in: a.root)
    lab.git("checkout", "-q", "main", in: a.root)
    try a.write("f/3.md", "mine\n")
    lab.git("commit", "-qam", "mine", in: a.root)
    lab.git("merge", "other", in: a.root)
    #expect(!IndexFile.isPlain(try index()))
  }

  /// What git lists of an index that was changed here is what was there and what was put in.
  @Test func anIndexIsChangedAsGitWouldChangeIt() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      let lab = try Lab()
      let a = try lab.device("a", connected: false)
      let repository = try a.repository
      let blob = try repository.writeBlob([1])
      for _ in 0..<30 {
        try a.write("f\(random.next() % 4)/\(random.next() % 30).md", "\(random.next())\n")
      }
      lab.git("add", "-A", in: a.root)
      if random.next() % 2 == 0 { lab.git("add", "-N", "f0", in: a.root) }
      let index = try #require(IndexFile(try FileSystem.read(a.root + "/.git/index")))
      var expected: [String: String] = [:]
      for line in lab.git("ls-files", "--stage", in: a.root).split(separator: "\n") {
        let parts = line.split(separator: "\t")
        expected[String(parts[1])] = String(parts[0])
      }
      let before = expected
      var changes: [String: IndexFile.Entry?] = [:]
      for _ in 0..<Int(random.next() % 20) {
        let path = "f\(random.next() % 4)/\(random.next() % 30).md"
        let isGone = random.next() % 3 == 0
        changes.updateValue(
          isGone ? nil : IndexFile.Entry(mode: TreeEntry.fileMode, id: blob), forKey: path)
        expected[path] = isGone ? nil : "100644 \(blob) 0"
      }
      let sorted = changes.map { (path: Array($0.key.utf8), entry: $0.value) }
        .sorted { TreePath.precedes($0.path, $1.path) }
      let after = try #require(index.changing(sorted, written: (.max, .max)))
      #expect(IndexFile.isPlain(after))
      unlink(a.root + "/.git/index")
      try SafeFile.create(a.root + "/.git/index", after)
      var found: [String: String] = [:]
      for line in lab.git("ls-files", "--stage", in: a.root).split(separator: "\n") {
        let parts = line.split(separator: "\t")
        found[String(parts[1])] = String(parts[0])
      }
      #expect(found == expected)
      // A file where a folder is, or the other way round, is not for this.
      let entry = IndexFile.Entry(mode: TreeEntry.fileMode, id: blob)
      let one = try #require(before.keys.filter { $0.hasPrefix("f") }.min())
      let folder = String(one.prefix(2))
      #expect(index.changing([(Array(folder.utf8), entry)], written: (0, 0)) == nil)
      #expect(index.changing([(Array("\(one)/x".utf8), entry)], written: (0, 0)) == nil)
    }
  }

  /// A file that is changed in the moment in which the index is written keeps its size and may keep its
  /// times; git must not take it for unchanged.
  @Test func anEntryAsYoungAsTheIndexIsLookedAtAgain() throws {
    let lab = try Lab()
    let a = try lab.device("a", connected: false)
    try a.write("n.md", "one\n")
    lab.git("add", "-A", in: a.root)
    let index = try #require(IndexFile(try FileSystem.read(a.root + "/.git/index")))
    func sizes(_ bytes: [UInt8]?) -> [UInt8] { Array((bytes ?? [])[48..<52]) }
    #expect(sizes(index.changing([], written: (0, 0))) == [0, 0, 0, 0])
    #expect(sizes(index.changing([], written: (.max, .max))) != [0, 0, 0, 0])
  }
}
