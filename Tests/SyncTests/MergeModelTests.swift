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

/// Random work on three devices, merged as sync does and as the model does. A proof of `make test-sync`,
/// which sets the number of seeds in `FOLIO_MERGE_SEEDS`.
@Suite(.enabled(if: getenv("FOLIO_MERGE_SEEDS") != nil)) struct MergeModelTests {
  /// A vault as the model has it, by id, and as git has it.
  struct Side {
    var notes: [String: ModelNote] = [:]
    var tree: ObjectID?
  }

  /// Three devices and what they have in common.
  struct World {
    let repository: Repository
    var random: SeededGenerator
    var shared = Side()
    var devices = [Side](repeating: Side(), count: 3)
    /// What each device and the shared vault had in common last.
    var bases = [Side](repeating: Side(), count: 3)
    var count = 0
    /// The paragraph of each text.
    var known: [String: Int] = [:]

    init(_ repository: Repository, seed: UInt64) {
      self.repository = repository
      random = SeededGenerator(seed: seed)
    }

    mutating func pick<C: RandomAccessCollection>(_ from: C) -> C.Element? {
      from.isEmpty ? nil : from.randomElement(using: &random)
    }

    mutating func paragraph(_ number: Int? = nil) -> ModelNote.Paragraph {
      count += 1
      let text =
        Bool.random(using: &random) ? "words \(count)" : "words \(count)\nand more of \(count)"
      let number = number ?? count
      known[text] = number
      return .init(number: number, text: text)
    }

    /// One thing that a person does on a device.
    mutating func work(_ device: Int) throws {
      let ids = devices[device].notes.keys.sorted()
      let kind = Int.random(in: 0..<20, using: &random)
      guard kind > 1, let id = pick(ids), var note = devices[device].notes[id] else {
        count += 1
        var note = ModelNote(path: "f\(count % 3)/n\(count).md")
        for _ in 0..<Int.random(in: 0...9, using: &random) { note.paragraphs.append(paragraph()) }
        return try put("id-\(count)", note, on: device)
      }
      switch kind {
      case 2: return try put(id, nil, on: device)
      case 3:
        count += 1
        note.path = "g\(count % 3)/m\(count).md"
      case 4...6:
        let key = ["status", "impact", "rating"].randomElement(using: &random)!
        count += 1
        note.fields[key] = Int.random(in: 0..<4, using: &random) == 0 ? nil : "value \(count)"
      case 7...9:
        let tag = ["airflow", "sql", "ops", "etl"].randomElement(using: &random)!
        if note.tags.remove(tag) == nil { note.tags.insert(tag) }
      case 10...12:
        let place = Int.random(in: 0...note.paragraphs.count, using: &random)
        note.paragraphs.insert(paragraph(), at: place)
      case 13:
        if let place = pick(note.paragraphs.indices) { note.paragraphs.remove(at: place) }
      default:
        guard let place = pick(note.paragraphs.indices) else { return }
        note.paragraphs[place] = paragraph(note.paragraphs[place].number)
      }
      try put(id, note, on: device)
    }

    private mutating func put(_ id: String, _ note: ModelNote?, on device: Int) throws {
      var edits: [TreePath: TreeEntry?] = [:]
      if let old = devices[device].notes[id] { edits.updateValue(nil, forKey: TreePath(old.path)) }
      if let note {
        let blob = try repository.writeBlob(note.bytes(id: id))
        edits[TreePath(note.path)] = TreeEntry(mode: TreeEntry.fileMode, id: blob)
      }
      devices[device].notes[id] = note
      devices[device].tree = try repository.editing(devices[device].tree, edits)
    }

    /// Brings a device and the shared vault together, and looks whether that is what the model says.
    mutating func sync(_ device: Int) throws {
      let base = bases[device]
      let isFirst = Bool.random(using: &random)
      let first = isFirst ? devices[device] : shared
      let second = isFirst ? shared : devices[device]
      let (merge, tree) = try merge(base, first, second)
      #expect(try self.merge(base, first, second).1 == tree, "the same merge is another tree")
      var merged = Side(tree: tree)
      var files = try read(tree)
      for id in Set(first.notes.keys).union(second.notes.keys).union(base.notes.keys).sorted() {
        let expected = ModelMerge(base: base.notes[id], first.notes[id], second.notes[id])
        let conflicts = merge.conflicts.filter { $0.path == expected.path }
        merged.notes[id] = try compare(
          expected, id, conflicts, &files,
          [base.notes[id], first.notes[id], second.notes[id]].map { $0?.paragraphs ?? [] })
        // Deleted on one side, written anew with the same words on the other: it may stay.
        if let old = base.notes[id], merged.notes[id] == nil,
          [first.notes[id], second.notes[id]].contains(old), let bytes = files[old.path],
          FrontMatter(bytes).root?["id"]?.text == id
        {
          files[old.path] = nil
          merged.notes[id] = ModelNote(bytes, path: old.path, known: known)
        }
      }
      // A person settles everything with what is there.
      var edits: [TreePath: TreeEntry?] = [:]
      for (path, bytes) in files {
        let isRecord = path.hasPrefix(ConflictRecord.folder)
        #expect(isRecord || FrontMatter(bytes).root?["conflict_of"] != nil, "\(path) is too much")
        edits.updateValue(nil, forKey: TreePath(path))
      }
      for (id, note) in merged.notes where note.fields["conflicts"] != nil {
        var settled = note
        settled.fields["conflicts"] = nil
        let blob = try repository.writeBlob(settled.bytes(id: id))
        edits[TreePath(note.path)] = TreeEntry(mode: TreeEntry.fileMode, id: blob)
        merged.notes[id] = settled
      }
      merged.tree = try repository.editing(merged.tree, edits)
      shared = merged
      devices[device] = merged
      bases[device] = merged
    }

    private func merge(
      _ base: Side, _ first: Side, _ second: Side
    ) throws -> (TreeMerge, ObjectID?) {
      var merge = TreeMerge(
        repository, prefix: .top, first: MergeSide(commit: nil, time: 1, device: "one"),
        second: MergeSide(commit: nil, time: 2, device: "two"))
      let tree = try merge.merge(base: base.tree, first.tree, second.tree)
      return (merge, tree)
    }

    /// The note that came out, after a look at it.
    private func compare(
      _ expected: ModelMerge, _ id: String, _ conflicts: [MergeConflict],
      _ files: inout [String: [UInt8]], _ sides: [[ModelNote.Paragraph]]
    ) throws -> ModelNote? {
      guard let path = expected.path else { return nil }
      guard let bytes = files.removeValue(forKey: path),
        var note = ModelNote(bytes, path: path, known: known)
      else {
        Issue.record("\(id) is not at \(path)")
        return nil
      }
      let mark = note.fields.removeValue(forKey: "conflicts")
      #expect(note.fields == expected.fields, "\(id): keys")
      #expect(note.tags == expected.tags, "\(id): tags")
      #expect(
        Set(conflicts.compactMap(\.field)) == expected.contested, "\(id): keys to choose between")
      let copies = conflicts.compactMap(\.copy)
      #expect(conflicts.contains { $0.reason == .deleted } == expected.isKept, "\(id): kept")
      switch expected.body {
      case .clean(let paragraphs):
        #expect(note.paragraphs == paragraphs, "\(id): text")
        #expect(copies.isEmpty && mark == nil, "\(id): no copy is needed")
      case .overlap: #expect(copies.count == 1 && mark != nil, "\(id): a copy is needed")
      case .either: break
      }
      // Whatever anybody wrote is there, in the note or in its copy.
      var all = Set(note.paragraphs.map(\.text))
      for copy in copies {
        let text = ModelNote(files[copy] ?? [], path: copy, known: known)
        all.formUnion(text?.paragraphs.map(\.text) ?? [])
      }
      if case .clean = expected.body {
      } else {
        for paragraph in sides[1] + sides[2] where !sides[0].contains(paragraph) {
          #expect(all.contains(paragraph.text), "\(id): \(paragraph.text) is lost")
        }
      }
      if mark != nil { note.fields["conflicts"] = mark }
      return note
    }

    private func read(_ tree: ObjectID?) throws -> [String: [UInt8]] {
      var files: [String: [UInt8]] = [:]
      for change in try repository.changes(from: nil, to: tree) {
        if let new = change.new { files[change.path.description] = try repository.blob(new.id) }
      }
      return files
    }
  }

  static var seeds: ClosedRange<UInt64> {
    1...(getenv("FOLIO_MERGE_SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 40)
  }

  @Test func mergesAreWhatTheModelSays() throws {
    let lab = try Lab()
    for seed in Self.seeds {
      let repository = try Repository.open(lab.remote)
      try repository.keepInMemory()
      var world = World(repository, seed: seed)
      var done = 0
      while done < 200 {
        let device = Int.random(in: 0..<3, using: &world.random)
        for _ in 0..<Int.random(in: 1...8, using: &world.random) {
          try world.work(device)
          done += 1
        }
        if Int.random(in: 0..<3, using: &world.random) > 0 { try world.sync(device) }
      }
      for device in [0, 1, 2, 0, 1] { try world.sync(device) }
      #expect(
        world.devices[0].tree == world.devices[1].tree
          && world.devices[1].tree == world.devices[2].tree, "seed \(seed): the devices differ")
    }
  }
}
