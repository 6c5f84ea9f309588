import Notes
import TestSupport
import Testing

@testable import Sync

/// Random edits on two devices, against the promise that no line is lost.
@Suite struct RandomSyncTests {
  /// A line is written once, with a mark that no other line has.
  private func edit(
    _ device: Device, _ random: inout SeededGenerator, _ marks: inout Set<String>,
    _ count: inout Int
  ) throws {
    count += 1
    let mark = "\(device.name)-\(count)"
    let notes = try device.files().keys.filter { $0.hasSuffix(".md") }.sorted()
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1:
      try device.write("new/\(mark).md", "\(mark)\n\nbody of \(mark)\n")
      marks.insert("body of \(mark)")
    case 2 where !notes.isEmpty:
      let old = notes.randomElement(using: &random)!
      try device.move(old, to: "moved/\(mark).md")
    default:
      guard let path = notes.randomElement(using: &random) else { return }
      var lines = device.read(path)!.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
      let place = Int.random(in: 0...lines.count - 1, using: &random)
      lines.insert("written by \(mark)", at: place)
      marks.insert("written by \(mark)")
      try device.write(path, lines.joined(separator: "\n"))
    }
  }

  /// Settles some of the conflicts as a person would.
  private func settle(_ device: Device, _ random: inout SeededGenerator) throws {
    let vault = try Vault(folder: device.root)
    for path in Set(PendingConflicts(of: vault).conflicts.map(\.path)).sorted() {
      guard Bool.random(using: &random) else { continue }
      _ = try ConflictResolution(of: vault, named: path).settle(.both)
    }
  }

  @Test(arguments: 1...12) func noLineIsLostAndAllDevicesAgree(_ seed: UInt64) throws {
    let lab = try Lab()
    var random = SeededGenerator(seed: seed)
    let body = (1...40).map { "line \($0)\n" }.joined()
    let (a, b) = try lab.pair(["one.md": body, "two.md": body, "three.md": body])
    let c = try lab.clone("c")
    var marks: Set<String> = []
    var count = 0
    var moment: Int64 = 1_800_000_000
    for _ in 0..<12 {
      let device = [a, b, c].randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        try edit(device, &random, &marks, &count)
      }
      // Which side is the earlier one decides: its moments are part of what the seed brings back.
      moment += Int64.random(in: 0...2, using: &random)
      if Bool.random(using: &random) { _ = try device.sync { $0.date = moment } }
      if Int.random(in: 0..<3, using: &random) == 0 { try settle(device, &random) }
      if Int.random(in: 0..<4, using: &random) == 0 {
        let limit = Int.random(in: 1...14, using: &random)
        var seen = 0
        _ = try? device.sync(
          { $0.date = moment },
          hook: { _ in
            seen += 1
            if seen == limit { throw Killed() }
          })
      }
    }
    for _ in 0..<2 {
      for device in [a, b, c] { _ = try device.sync { $0.date = moment } }
    }
    let files = try a.files()
    #expect(try b.files() == files, "seed \(seed)")
    #expect(try c.files() == files, "seed \(seed)")
    let text = files.values.joined(separator: "\n")
    for mark in marks { #expect(text.contains(mark), "seed \(seed)") }
    #expect(lab.git("fsck", "--strict", in: a.root).contains("error") == false)
    #expect(lab.git("status", "--porcelain", in: b.root) == "")
  }
}
