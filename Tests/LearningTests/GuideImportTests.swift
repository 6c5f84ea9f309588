import Learning
import Notes
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What an import makes of guides of different shapes. With `FOLIO_WRITE_GOLDEN=1` the reports beside
/// the guides are written anew; the difference is read before it is committed.
@Suite struct GuideImportTests {
  static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Guides"

  static func read(_ text: String, repairing: Bool = true) throws -> GuideImport {
    try GuideImport(
      Note(path: try VaultPath("guide.md"), bytes: Array(text.utf8)), isRepairing: repairing)
  }

  static func report(_ imported: GuideImport) -> String {
    let counts = imported.counts
    var lines = [
      "\(imported.guide.title): \(counts.headingCount) headings, \(counts.items) items "
        + "(\(counts.bullets) bullets, \(counts.tasks) tasks, \(counts.numbered) numbered), "
        + "\(counts.links) links, \(counts.anchors) anchors, \(counts.tables) tables"
    ]
    for part in imported.parts {
      let became = part.became.map { "\($0.count) \($0.role.rawValue)" }.joined(separator: ", ")
      lines.append("line \(part.line) \(part.title): \(became)")
    }
    lines += GuideStructures(imported.guide).counts.filter { $0.count > 0 }
      .map { "\($0.name) \($0.count)" }
    for change in imported.repair?.changes ?? [] {
      lines.append("line \(change.line): \(change.before) is \(change.after)")
    }
    func outline(_ section: GuideSection, _ indent: String) {
      lines.append("\(indent)\(section.id) [\(section.kind.rawValue)] \(section.window ?? "")")
      func item(_ item: GuideItem, _ indent: String) {
        let box = item.isDone.map { $0 ? "x " : "o " } ?? ""
        lines.append("\(indent)\(item.role.rawValue) \(box)\(item.text)")
        for inner in item.items { item_(inner, indent + "  ") }
      }
      func item_(_ one: GuideItem, _ indent: String) { item(one, indent) }
      for one in section.items { item(one, indent + "  ") }
      for inner in section.sections { outline(inner, indent + "  ") }
    }
    for section in imported.guide.sections { outline(section, "") }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: ["weeks", "nested", "ladder", "french", "handbook"])
  func guidesOfAnyShapeBecomeWhatTheyAre(name: String) throws {
    let bytes = try FileSystem.read("\(Self.folder)/\(name).md")
    let imported = try GuideImport(
      Note(path: try VaultPath("\(name).md"), bytes: bytes), isRepairing: true)
    let report = Self.report(imported)
    let golden = "\(Self.folder)/\(name).report"
    if getenv("FOLIO_WRITE_GOLDEN") != nil {
      try SafeFile.overwrite(golden, Array(report.utf8))
    }
    #expect(report == String(decoding: try FileSystem.read(golden), as: UTF8.self))
  }

  @Test func leavingDamageAloneChangesNoByteAndNoID() throws {
    let text = "# Guide\n\n## ‚úÖ First Level\n\n- [ ] A ‚Üí B\n- [ ] C\n"
    let off = try Self.read(text, repairing: false)
    let on = try Self.read(text)
    #expect(off.result == Array(text.utf8))
    #expect(!off.isRepaired && off.repair?.changes.count == 2)
    #expect(String(decoding: on.result, as: UTF8.self).contains("## ✅ First Level"))
    #expect(off.guide.sections.map(\.id) == on.guide.sections.map(\.id))
    #expect(off.guide.sections.map(\.title) == ["First Level"])
  }

  @Test(arguments: [
    ("", "no headings and no lists"), ("only words", "no headings and no lists"),
    ("<!doctype html>\n<html><body><ul><li>one</ul>", "HTML"),
    (String(repeating: "- a line of a guide\n", count: 60_000), "more than can be read"),
  ])
  func whatIsNoGuideIsSaid(text: String, reason: String) throws {
    let note = Note(path: try VaultPath("guide.md"), bytes: Array(text.utf8))
    do throws(GuideProblem) {
      _ = try GuideImport(note, isRepairing: true)
      Issue.record("it was imported")
    } catch {
      #expect(error.message.contains(reason))
      #expect(!error.remedy.isEmpty)
    }
  }

  @Test func endlessNestingIsSaidWithItsLine() throws {
    let fine = (0..<40).map { String(repeating: " ", count: 2 * $0) + "- level \($0)\n" }.joined()
    #expect(try Self.read("# Guide\n\n" + fine).counts.items == 40)
    let deep = (0..<150).map { String(repeating: " ", count: 2 * $0) + "- level \($0)\n" }.joined()
    do {
      _ = try Self.read("# Guide\n\n" + deep)
      Issue.record("it was imported")
    } catch let problem as GuideProblem {
      #expect(problem.line > 90 && problem.line < 110)
    }
  }

  @Test func textThatIsNoUTF8IsSaidWithItsLine() throws {
    let bytes = Array("# Guide\n\n- a\n- caf".utf8) + [0xE9, 0x0A]
    let note = Note(path: try VaultPath("guide.md"), bytes: bytes)
    do throws(GuideProblem) {
      _ = try GuideImport(note, isRepairing: true)
      Issue.record("it was imported")
    } catch {
      #expect(error.line == 4)
    }
  }

  @Test func twoAreasOfOneNameAreSaid() throws {
    let imported = try Self.read(
      "# G\n\n## Data Path\n\n### Phase 1\n\n**Skills to Develop:**\n\n- SQL\n- sql\n")
    #expect(imported.guide.problems.map(\.line) == [10])
    #expect(imported.guide.problems.allSatisfy { !$0.isFatal })
  }

  /// Random Markdown of headings, labels, lists in lists and quotes, with a count kept while writing.
  @Test(arguments: 0..<150) func everyItemComesOut(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var text = random.once(in: 4) ? "" : "# Title\n\n"
    var written = 0
    func item(_ indent: String, _ depth: Int) {
      let mark = ["- ", "* ", "+ ", "1. ", "- [ ] ", "- [x] "][random.below(6)]
      let words = [
        "learn SQL", "→ read", "**Lead**: more", "[link](https://a.b)", "same", "Month 3: x",
      ]
      text += indent + mark + words[random.below(6)] + "\n"
      written += 1
      guard depth < 4 else { return }
      // Deep enough to stand inside whatever marker is above.
      let inner = indent + (mark.hasPrefix("1") ? "   " : "  ")
      for _ in 0..<(random.once(in: 3) ? random.below(3) : 0) { item(inner, depth + 1) }
    }
    for _ in 0..<(1 + random.below(12)) {
      switch random.below(6) {
      case 0: text += "## Part \(random.below(3))\n\n"
      case 1: text += "#### Daily Practices (5 minutes)\n\n"
      case 2: text += "**Skills to Develop:**\n\n"
      case 3:
        text += "> - quoted\n> - quoted too\n\n"
        written += 2
      default:
        for _ in 0..<(1 + random.below(4)) { item("", 0) }
        text += "\nA paragraph.\n\n"
      }
    }
    guard written > 0 else { return }
    let imported = try Self.read(text)
    #expect(imported.counts.items == written, "seed \(seed):\n\(text)")
    #expect(imported.guide.items.count == written)
    #expect(Set(imported.guide.items.map(\.id)).count == written)
    #expect(imported.parts.flatMap(\.became).reduce(0) { $0 + $1.count } == written)
  }
}
