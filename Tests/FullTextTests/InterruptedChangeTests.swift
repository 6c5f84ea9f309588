import Testing

@testable import FullText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A change that ends half-way, killed or by a full disk, leaves the index as it was, and the next
/// change is as if nothing had happened. `Tests/EngineProof/faults.py` does the same to the program.
@Suite struct InterruptedChangeTests {
  /// Two segments, one of them with deletions.
  private static func before(_ directory: TemporaryDirectory) throws {
    var random = SeededGenerator(seed: 11)
    let documents = (0..<12).map { Fixture.document("n\(10 + $0)", random: &random) }
    _ = try Fixture.index(documents, in: directory)
    _ = try Fixture.writer(directory).update(
      remove: ["n15"], add: ["m"], threads: 1, load: { Fixture.document($0, "task run") })
  }

  /// Puts in, replaces and takes out; writes segments and deletions of two others.
  private static func change(_ directory: TemporaryDirectory) throws {
    _ = try Fixture.writer(directory).update(
      remove: ["n12"], add: ["m", "n13", "x"], threads: 2,
      load: { Fixture.document($0, "task foo \($0)", tags: ["a"]) })
  }

  private static func answers(_ directory: TemporaryDirectory) -> [String] {
    guard let index = Fixture.open(directory) else { return ["no index"] }
    var lines: [String] = []
    index.forEachDocument { document, key, mark in
      lines.append("\(String(decoding: key, as: UTF8.self)) \(mark)")
    }
    for text in ["task", "foo run", "\"task run\"", "r*", "tag:a", "-tag:a run"] {
      let found = try? index.search(Query.parse(text, syntax: Fixture.syntax))
      lines.append(
        "\(text): \(found?.hits.map { "\(index.key(of: $0.document)) \($0.score)" } ?? [])")
    }
    return lines
  }

  private static func files(_ directory: TemporaryDirectory) -> [(name: String, bytes: [UInt8])] {
    FileSystem.names(in: directory.path).filter { $0 != "LOCK" }.map {
      ($0, FileSystem.read(directory.path + "/" + $0, limit: 1 << 20) ?? [])
    }
  }

  private static func write(
    _ files: some Sequence<(name: String, bytes: [UInt8])>, to directory: TemporaryDirectory
  ) throws {
    for (name, bytes) in files {
      try FileSystem.write(bytes, to: directory.path + "/" + name, synchronising: false)
    }
  }

  /// The next change gives the same answers and leaves nothing behind.
  private static func expectTheNextChange(
    in directory: TemporaryDirectory, gives answers: [String], _ place: String
  ) throws {
    try change(directory)
    #expect(self.answers(directory) == answers, "\(place)")
    // Files of the state before may stay for readers, but nothing of an interrupted change does.
    var known = Set(try #require(Head(directory.path)).entries.flatMap(\.names))
    try change(directory)
    known.formUnion(try #require(Head(directory.path)).entries.flatMap(\.names))
    known.formUnion(["HEAD", "LOCK"])
    #expect(
      FileSystem.names(in: directory.path).filter { !known.contains($0) } == [], "\(place)")
    #expect(Index.verify(directory.path) == [], "\(place)")
  }

  @Test func killedAtAnyWriteItIsAsItWasBefore() throws {
    let old = TemporaryDirectory()
    try Self.before(old)
    let oldFiles = Self.files(old)
    let whole = TemporaryDirectory()
    try Self.write(oldFiles, to: whole)
    try Self.change(whole)
    let (oldAnswers, newAnswers) = (Self.answers(old), Self.answers(whole))
    #expect(oldAnswers != newAnswers && oldAnswers.count > 12)
    let names = Set(oldFiles.map(\.name))
    let newFiles = Self.files(whole)
    let head = try #require(newFiles.first { $0.name == "HEAD" })
    // In the order in which they are written; the head goes to a file beside it first.
    let written =
      newFiles.filter { !names.contains($0.name) }
      .sorted { $0.name.hasSuffix(".seg") && !$1.name.hasSuffix(".seg") }
      + [("HEAD.tmp", head.bytes)]
    #expect(written.count >= 3)
    for (number, file) in written.enumerated() {
      for count in Set([0, 1, 64, file.bytes.count / 2, file.bytes.count - 1, file.bytes.count]) {
        let directory = TemporaryDirectory()
        try Self.write(oldFiles, to: directory)
        try Self.write(written[..<number], to: directory)
        try Self.write([(file.name, Array(file.bytes.prefix(count)))], to: directory)
        let place = "\(file.name), \(count) of \(file.bytes.count) bytes"
        #expect(Self.answers(directory) == oldAnswers, "\(place)")
        try Self.expectTheNextChange(in: directory, gives: newAnswers, place)
      }
    }
    // Killed behind the renaming, with files of the state before still there, or gone.
    for kept in 0...oldFiles.count {
      let directory = TemporaryDirectory()
      try Self.write(oldFiles[..<kept], to: directory)
      try Self.write(newFiles, to: directory)
      #expect(Self.answers(directory) == newAnswers)
    }
  }

  #if compiler(>=6.2)
    /// A limit on the size of files fails writes as a full disk does; it is one of a process, so this
    /// runs in one of its own.
    @Test func aFullDiskAtAnyWriteLeavesTheOldState() async {
      await #expect(processExitsWith: .success) {
        try InterruptedChangeTests.failAtEachSize(step: 61) {
          try InterruptedChangeTests.change($0)
        }
        // A change that takes out alone, of which the head is the largest file.
        try InterruptedChangeTests.failAtEachSize(step: 5) {
          _ = try Fixture.writer($0).update(
            remove: ["n12", "n13"], add: [], threads: 1, load: { _ in nil })
        }
      }
    }
  #endif

  private static func failAtEachSize(
    step: rlim_t, _ change: (TemporaryDirectory) throws -> Void
  ) throws {
    let directory = TemporaryDirectory()
    try before(directory)
    let (old, oldAnswers) = (files(directory), answers(directory))
    let whole = TemporaryDirectory()
    try before(whole)
    try change(whole)
    let newAnswers = answers(whole)
    precondition(newAnswers != oldAnswers)
    signal(SIGXFSZ, SIG_IGN)
    var failures = 0
    var size: rlim_t = 0
    while true {
      limitFiles(to: size)
      var isDone = false
      do {
        try change(directory)
        isDone = true
      } catch is IndexError {
        failures += 1
      }
      limitFiles(to: .max >> 1)
      if isDone { break }
      let now = files(directory)
      precondition(now.map(\.name) == old.map(\.name), "files after \(size) bytes")
      precondition(now.map(\.bytes) == old.map(\.bytes), "bytes after \(size) bytes")
      precondition(answers(directory) == oldAnswers, "answers after \(size) bytes")
      size += step
    }
    precondition(failures > 5, "only \(failures) failures")
    precondition(answers(directory) == newAnswers, "answers at last")
  }

  private static func limitFiles(to size: rlim_t) {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
      let resource = RLIMIT_FSIZE
    #endif
    getrlimit(resource, &limit)
    limit.rlim_cur = min(size, limit.rlim_max)
    setrlimit(resource, &limit)
  }
}
