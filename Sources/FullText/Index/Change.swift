/// One change of an index, from the state before to the commit.
struct Change {
  private let directory: String
  private let schema: Schema
  private let options: IndexOptions
  private var head: Head
  /// The segments of `head.entries`, in the same order.
  private var segments: [Segment]
  private var nextNumber: UInt64
  /// Files written so far, to be removed when the change fails.
  private var written: [String] = []
  private(set) var summary = IndexWriter.UpdateSummary()

  init(
    _ directory: String, _ schema: Schema, _ options: IndexOptions, fromNothing: Bool
  ) throws(IndexError) {
    self.directory = directory
    self.schema = schema
    self.options = options
    head = Head(schema: schema, options: options)
    segments = []
    if let old = Head(directory) {
      head.generation = old.generation
      if !fromNothing, old.settings == head.settings,
        let index = Index(directory, old, schema, options)
      {
        head.entries = old.entries
        segments = index.segments
      }
    }
    head.generation += 1
    nextNumber = head.generation << 20
    // Also what an interrupted change left behind, so that its numbers may be used again.
    Self.removeStrangers(in: directory)
  }

  /// Removes files that the present head does not name.
  private static func removeStrangers(in directory: String) {
    let known = Set(Head(directory)?.entries.flatMap(\.names) ?? [])
    for name in FileSystem.names(in: directory) where !known.contains(name) {
      if name.hasSuffix(".seg") || name.hasSuffix(".del") || name.hasSuffix(".tmp") {
        FileSystem.remove(directory + "/" + name)
      }
    }
  }

  private mutating func newNumber() -> UInt64 {
    nextNumber += 1
    return nextNumber
  }

  // MARK: Adding and removing

  mutating func apply(
    remove: [String], add: [String], threads: Int, load: @escaping @Sendable (String) -> Document?,
    progress: (@Sendable (Int) -> Void)?
  ) throws(IndexError) {
    let keys = Self.distinct(add)
    let made = try write(runs(of: keys, threads, load, progress))
    let fresh = try made.map { (entry) throws(IndexError) in try reopen(entry) }

    var removed = 0
    var replaced = 0
    var maps = segments.map(\.deletions)
    for key in segments.isEmpty ? [] : Self.distinct(remove + keys) {
      var key = key
      key.withUTF8 { bytes in
        for (index, segment) in segments.enumerated() {
          guard let local = segment.find(bytes) else { continue }
          maps[index].insert(local, capacity: segment.documentCount)
          head.entries[index].liveLengths.subtract(segment.lengthByte(local))
          removed += 1
          if fresh.contains(where: { $0.find(bytes) != nil }) { replaced += 1 }
        }
      }
    }
    var kept: [Segment] = []
    var entries: [Head.Entry] = []
    for (index, map) in maps.enumerated() {
      if map.count == segments[index].documentCount { continue }
      if map == segments[index].deletions {
        kept.append(segments[index])
        entries.append(head.entries[index])
        continue
      }
      head.entries[index].deletedCount = map.count
      head.entries[index].deletionGeneration = head.generation
      let path = directory + "/" + (head.entries[index].deletionName ?? "")
      written.append(path)
      try FileSystem.write(map.encoded(), to: path, synchronising: true)
      kept.append(try reopen(head.entries[index]))
      entries.append(head.entries[index])
    }
    head.entries = entries
    segments = kept
    segments += fresh
    head.entries += made
    summary.added = made.reduce(0) { $0 + $1.documentCount }
    summary.removed = removed - replaced
  }

  /// The documents as runs in the order of their keys, a stretch of them for each thread.
  private func runs(
    of keys: [String], _ threads: Int, _ load: @escaping @Sendable (String) -> Document?,
    _ progress: (@Sendable (Int) -> Void)?
  ) throws(IndexError) -> [Run] {
    let workers = max(1, min(threads, keys.count))
    let work = Work(directory: directory, schema: schema, progress: progress)
    concurrently(workers) { worker in
      let range = keys.count * worker / workers..<keys.count * (worker + 1) / workers
      work.run(keys[range], worker, load)
    }
    return try work.outcome()
  }

  /// Makes one segment of runs; none when they hold no document.
  private mutating func write(_ runs: [Run]) throws(IndexError) -> [Head.Entry] {
    guard !runs.isEmpty else { return [] }
    let number = newNumber()
    let path = directory + "/" + Head.hexadecimal(number) + ".seg"
    written.append(path)
    let merge = RunMerge(runs, schema: schema, options: options)
    return [Head.Entry(number: number, try merge.write(to: path))]
  }

  /// The keys by their bytes, each once; `String` would take equivalent spellings for equal.
  private static func distinct(_ keys: [String]) -> [String] {
    let isAscending = keys.indices.dropFirst().allSatisfy {
      keys[$0 - 1].utf8.lexicographicallyPrecedes(keys[$0].utf8)
    }
    if isAscending { return keys }
    var sorted = keys.map { (bytes: Array($0.utf8), key: $0) }
    sorted.sort { isBelow($0.bytes, $1.bytes) }
    var distinct: [String] = []
    for (index, entry) in sorted.enumerated()
    where index == 0 || entry.bytes != sorted[index - 1].bytes {
      distinct.append(entry.key)
    }
    return distinct
  }

  private func reopen(_ entry: Head.Entry) throws(IndexError) -> Segment {
    guard let segment = Segment(directory, entry) else {
      throw .damaged(file: directory + "/" + entry.name, what: "it cannot be read back")
    }
    return segment
  }

  // MARK: Merging

  var needsOptimising: Bool {
    segments.count > 1 || segments.contains { !$0.deletions.isEmpty }
  }

  mutating func mergeAll() throws(IndexError) {
    if needsOptimising { try merge(Array(segments.indices)) }
  }

  mutating func mergeByPolicy() throws(IndexError) {
    while let chosen = MergePolicy.choose(segments.map { MergePolicy.Candidate($0) }) {
      try merge(chosen)
    }
  }

  private mutating func merge(_ chosen: [Int]) throws(IndexError) {
    let number = newNumber()
    let name = Head.hexadecimal(number) + ".seg"
    var merge = SegmentMerge(chosen.map { segments[$0] }, schema: schema, options: options)
    let path = directory + "/" + name
    written.append(path)
    let entry = Head.Entry(number: number, try merge.write(to: path))
    let rest = segments.indices.filter { !chosen.contains($0) }
    head.entries = rest.map { head.entries[$0] }
    segments = rest.map { segments[$0] }
    if entry.documentCount > 0 {
      head.entries.append(entry)
      segments.append(try reopen(entry))
    }
  }

  // MARK: Committing

  mutating func commit() throws(IndexError) {
    let path = directory + "/" + Head.fileName
    let temporary = path + ".tmp"
    written.append(temporary)
    try FileSystem.write(head.encoded(), to: temporary, synchronising: true)
    try FileSystem.move(temporary, to: path)
    // Segments that were made on the way and merged again are nobody's.
    let known = Set(head.entries.flatMap(\.names))
    for path in written {
      guard let slash = path.lastIndex(of: "/") else { continue }
      if !known.contains(String(path[path.index(after: slash)...])) { FileSystem.remove(path) }
    }
    summary.documents = head.entries.reduce(0) { $0 + $1.liveCount }
    summary.segments = head.entries.count
  }

  /// Removes what was written; the state before stays.
  func abandon() {
    for path in written { FileSystem.remove(path) }
  }
}

extension Head.Entry {
  init(number: UInt64, _ summary: SegmentSummary) {
    self.init(
      number: number, fileLength: summary.fileLength, checksum: summary.checksum,
      documentCount: summary.documentCount, liveLengths: summary.liveLengths, deletedCount: 0,
      deletionGeneration: 0)
  }
}

/// The part of a change that runs on several threads: documents into runs.
private final class Work: Sendable {
  private struct State {
    var runs: [(worker: Int, run: Run)] = []
    /// Bytes of runs in memory.
    var held = 0
    var seen = 0
    var failure: IndexError?
  }

  /// Bytes of runs that stay in memory, which is where most changes end.
  private static let mostHeld = 4 << 20

  private let directory: String
  private let schema: Schema
  private let progress: (@Sendable (Int) -> Void)?
  private let state = Guarded(State())

  init(directory: String, schema: Schema, progress: (@Sendable (Int) -> Void)?) {
    self.directory = directory
    self.schema = schema
    self.progress = progress
  }

  func run(_ keys: ArraySlice<String>, _ worker: Int, _ load: @Sendable (String) -> Document?) {
    var inverter = Inverter(schema: schema)
    for key in keys {
      if var document = load(key) {
        document.key = key
        inverter.add(document)
      }
      let seen = state.use {
        $0.seen += 1
        return $0.failure == nil ? $0.seen : -1
      }
      if seen < 0 { return }
      progress?(seen)
      if inverter.isFull {
        guard let memory = keep(inverter.finish(), worker) else { return }
        inverter.reuse(memory)
      }
    }
    if !inverter.isEmpty { _ = keep(inverter.finish(), worker) }
  }

  /// Puts a run with the others, in memory while there is room; nil when that failed, else memory that
  /// may be used for the next one.
  private func keep(_ run: Run, _ worker: Int) -> RunBytes? {
    var memory = RunBytes()
    let isHeld = state.use {
      guard $0.held + run.memory <= Self.mostHeld else { return false }
      $0.held += run.memory
      return true
    }
    if !isHeld {
      do throws(IndexError) {
        memory = try run.spill(to: "\(directory)/run-\(worker).tmp")
      } catch {
        state.use { $0.failure = error }
        return nil
      }
    }
    state.use { $0.runs.append((worker, run)) }
    return memory
  }

  /// The runs in the order of their documents.
  func outcome() throws(IndexError) -> [Run] {
    let (runs, failure) = state.use { ($0.runs, $0.failure) }
    if let failure { throw failure }
    var ordered: [Run] = []
    for worker in Set(runs.map(\.worker)).sorted() {
      ordered += runs.filter { $0.worker == worker }.map(\.run)
    }
    return ordered
  }
}
