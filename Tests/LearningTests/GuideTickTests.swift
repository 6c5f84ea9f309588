import Learning
import Notes
import TestSupport
import Testing

@Suite struct GuideTickTests {
  static let lines = [
    "- [ ] plain", "* [ ] star", "+ [ ] plus  ", "1. [ ] numbered", "10) [ ] numbered",
    "- [ ] with **bold** and [a link](https://a.b)", "- [ ] named ^block-1", "- [ ] tab\t",
    "  - [ ] deeper", "> - [ ] quoted", "- [ ] ends with ✅", "- [ ] a [[note]]",
    "- [ ] Ünïcödé → ✅ 🔧",
  ]

  static func guide(_ text: String) throws -> Guide {
    Guide(Note(path: try VaultPath("guide.md"), bytes: Array(text.utf8)))
  }

  /// Each line in files with every line ending, with and without one at the end.
  @Test(arguments: lines, ["\n", "\r\n"])
  func tickingChangesOneLineAndUntickingGivesTheBytesBack(line: String, newline: String) throws {
    for ending in ["", newline] {
      let text =
        ["# Guide", "", "- before", line, "- [ ] after"].joined(separator: newline) + ending
      let item = try #require(try Self.guide(text).items.first { $0.line == 4 && $0.isDone != nil })
      var lines = GuideLines(Array(text.utf8))
      let isTicked = lines.tick(item, date: "2026-11-22", note: "projects/etl")
      #expect(isTicked)
      let ticked = String(decoding: lines.bytes, as: UTF8.self)
      let changed = zip(ticked.split(separator: newline), text.split(separator: newline))
        .filter { $0.0 != $0.1 }
      #expect(changed.count == 1)
      let read = try #require(
        try Self.guide(ticked).items.first { $0.line == 4 && $0.isDone != nil })
      #expect(read.isDone == true)
      #expect(read.doneOn == "2026-11-22")
      #expect(read.evidence == "projects/etl")
      #expect(read.id == item.id)
      #expect(read.text == item.text)
      let isOpen = lines.untick(read)
      #expect(isOpen)
      #expect(lines.bytes == Array(text.utf8))
    }
  }

  @Test func theTailStandsOnTheLineOfTheBox() throws {
    let text = "# G\n\n- [ ] begins here\n  and goes on\n- [ ] next\n"
    var lines = GuideLines(Array(text.utf8))
    let item = try Self.guide(text).items[0]
    let isTicked = lines.tick(item, date: "2026-11-22", note: nil)
    #expect(isTicked)
    #expect(
      String(decoding: lines.bytes, as: UTF8.self)
        == "# G\n\n- [x] begins here ✅ 2026-11-22\n  and goes on\n- [ ] next\n")
    let ticked = try Self.guide(String(decoding: lines.bytes, as: UTF8.self)).items[0]
    #expect(ticked.id == item.id)
    #expect(ticked.doneOn == "2026-11-22")
  }

  @Test(arguments: 0..<100) func anyOrderOfTicksCanBeTakenBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = 3 + random.below(12)
    let text =
      "# Guide\n\n"
      + (0..<count).map { "\(Self.lines[random.below(8)]) \($0)\n" }.joined()
    var lines = GuideLines(Array(text.utf8))
    for round in [true, false] {
      var order = Array(0..<count)
      for index in order.indices { order.swapAt(index, random.below(count)) }
      for place in order {
        let guide = try Self.guide(String(decoding: lines.bytes, as: UTF8.self))
        let item = try #require(guide.items.first { $0.line == place + 3 })
        let note = random.once(in: 2) ? "a/b" : nil
        let isChanged =
          round ? lines.tick(item, date: "2026-01-31", note: note) : lines.untick(item)
        #expect(isChanged)
      }
    }
    #expect(lines.bytes == Array(text.utf8), "seed \(seed)")
  }

  @Test func anItemIsFoundByWordsThatOnlyItHas() throws {
    let guide = try Self.guide(
      """
      # Guide
      ## Levels
      - [ ] Contribute to open source projects
      - [ ] Use sensors
      ## Monthly Practices
      - [ ] Contribute to open source projects
      """)
    func ids(_ words: String) -> [String] {
      switch guide.item(named: words) {
      case .item(let item): [item.id]
      case .several(let items): items.map(\.id)
      case .none: []
      }
    }
    #expect(ids("contribute open source").count == 2)
    #expect(
      ids("monthly contribute") == ["monthly-practices/contribute-to-open-source-projects"])
    #expect(ids("sensor") == ["levels/use-sensors"])
    #expect(ids("levels/use-sensors") == ["levels/use-sensors"])
    #expect(ids("nothing").isEmpty)
    #expect(guide.item(named: "") == .none(similar: nil))
  }
}

@Suite struct GuideMergeTests {
  static func note(_ text: String) throws -> Note {
    Note(path: try VaultPath("guide.md"), bytes: Array(text.utf8))
  }

  static let first = """
    # Guide

    ## Levels

    - [x] Write a small pipeline ✅ 2026-01-02 [[projects/a]]
    - [ ] Use sensors for events
    - [x] Draw the graph of a workflow by hand ✅ 2026-02-03
    - [x] Give up smoking ✅ 2026-03-04
    - [ ] Never ticked

    """

  @Test func progressMovesToTheNewEdition() throws {
    let second = """
      # Guide

      Second edition.

      ## Levels

      - [ ] Use sensors for events
      - [ ] Draw the graph of any workflow by hand
      - [ ] Write a small pipeline
      - [ ] Something new

      """
    let imported = try GuideImport(
      Self.note(second), isRepairing: true,
      earlier: .init(note: Self.note(Self.first), base: nil))
    let text = String(decoding: imported.result, as: UTF8.self)
    #expect(text.contains("- [x] Write a small pipeline ✅ 2026-01-02 [[projects/a]]\n"))
    #expect(text.contains("- [x] Draw the graph of any workflow by hand ✅ 2026-02-03\n"))
    #expect(text.contains("- [ ] Use sensors for events\n"))
    #expect(
      text.hasSuffix("## \(GuideMerge.keptHeading)\n\n- [x] Give up smoking ✅ 2026-03-04\n"))
    #expect(imported.merge?.orphans.map(\.text) == ["Give up smoking", "Never ticked"])
    #expect(imported.merge?.added.map(\.text) == ["Something new"])
    // Without the ticks and the section at the end it is the new edition, byte for byte.
    #expect(imported.counts.items == 4)
  }

  @Test func whatTheOwnerAddedIsKept() throws {
    let mine = Self.first + "- My own item\n"
    let imported = try GuideImport(
      Self.note("# Guide\n\n## Levels\n\n- [ ] Use sensors for events\n"), isRepairing: true,
      earlier: .init(note: Self.note(mine), base: Self.note(Self.first)))
    #expect(imported.kept.map(\.text).contains("My own item"))
    #expect(!imported.kept.map(\.text).contains("Never ticked"))
  }

  @Test func theSameEditionAgainChangesNothing() throws {
    let imported = try GuideImport(
      Self.note(Self.first.replacing("[x]", with: "[ ]").replacing(#/ ✅.*/#, with: "")),
      isRepairing: true, earlier: .init(note: Self.note(Self.first), base: nil))
    #expect(String(decoding: imported.result, as: UTF8.self) == Self.first)
  }

  /// Ticks are never lost, whatever becomes of the items around them.
  @Test(arguments: 0..<100) func noTickIsLost(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = ["write", "read", "load", "test", "a", "the", "pipeline", "graph", "note", "sql"]
    func item() -> String {
      (0..<(2 + random.below(4))).map { _ in words[random.below(words.count)] }
        .joined(separator: " ")
    }
    var items = (0..<(2 + random.below(15))).map { _ in item() }
    var old = "# G\n\n## Part\n\n"
    var ticks = 0
    for (day, one) in items.enumerated() {
      let isDone = random.once(in: 2)
      if isDone { ticks += 1 }
      old += isDone ? "- [x] \(one) ✅ 2026-01-\(day + 10)\n" : "- [ ] \(one)\n"
    }
    for _ in 0..<random.below(6) {
      switch random.below(3) {
      case 0: items.append(item())
      case 1: if items.count > 1 { items.remove(at: random.below(items.count)) }
      default: items.swapAt(random.below(items.count), random.below(items.count))
      }
    }
    let new = "# G\n\n## Part\n\n" + items.map { "- [ ] \($0)\n" }.joined()
    let imported = try GuideImport(
      Self.note(new), isRepairing: true, earlier: .init(note: Self.note(old), base: nil))
    let text = String(decoding: imported.result, as: UTF8.self)
    #expect(text.ranges(of: "✅ 2026-01-").count == ticks, "seed \(seed)\n\(old)\n---\n\(text)")
  }
}
