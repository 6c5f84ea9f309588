@testable import Learning
import Manuscript
import Notes
import Testing

@testable import Career

@Suite struct InterviewTests {
  static func document(linked: [InterviewNotes.LinkedNote] = []) throws -> Document {
    let note = try project(
      """
      title: Loads
      metrics:
        - {id: night, name: Nightly duration, kind: processing_time, before: 6 h, after: 1 h, action: smaller batches, as_of: 2026-01-02, evidence: [{kind: file, ref: e.csv}]}
        - {id: bill, name: Warehouse bill, kind: cost, before: €90, after: €9, basis: reported}
        - {id: secret, name: Margin, kind: cost, before: €7, after: €5, visibility: private}
      highlights: [Wrote the handbook for analysts]
      challenges:
        - {problem: Batches of one hour overlapped, solution: A lock on each batch}
        - {problem: Nobody owned the rota, solution: A calendar}
      interview: [The bill was the finance team's wish]
      """)
    let choice = try Choice(
      profile: try ChoiceTests.profile(), projects: try Project.read([note]),
      areas: SkillAreas([]), view: .resume)
    return InterviewNotes.add(to: Resume(choice), of: choice) { path in
      path == "projects/load.md" ? linked : []
    }
  }

  /// What stands under each point and, under the key "", under the project.
  static func remarks(_ document: Document) throws -> [String: [String]] {
    let section = try #require(document.sections.first { $0.id == "projects" })
    guard case .entry(let entry) = try #require(section.blocks.first) else { return [:] }
    var remarks: [String: [String]] = [:]
    var point = ""
    for (index, block) in entry.blocks.enumerated() {
      switch block {
      case .list(let items):
        #expect(items.count == 1)
        point = items[0].text
      case .labelled(let lines):
        // The last ones belong to the project when they follow other remarks.
        if index > 0, case .labelled = entry.blocks[index - 1] { point = "" }
        remarks[point, default: []] += lines.map { "\($0.label): \($0.text.text)" }
      default: break
      }
    }
    return remarks
  }

  @Test func eachPointHasWhatStandsBehindIt() throws {
    let remarks = try Self.remarks(
      try Self.document(linked: [
        .init(
          title: "Batches that hang", path: "t/hang.md", kind: "troubleshooting", isPrivate: false),
        .init(title: "Warehouse contract", path: "n/contract.md", kind: "note", isPrivate: true),
        .init(
          title: "Batches in general", path: "d/open.md", kind: "documentation", isPrivate: false),
      ]))
    func under(_ words: String) throws -> String {
      try #require(remarks.first { $0.key.contains(words) }, "\(remarks)").value
        .joined(separator: "\n")
    }
    let night = try under("nightly duration")
    #expect(
      night.contains("Behind Nightly duration: 6 h → 1 h (−83 %), reported 2026-01-02; file e.csv"))
    #expect(night.contains("Hard: Batches of one hour overlapped → A lock on each batch"))
    #expect(night.contains("Trouble: Batches that hang, t/hang.md"))
    let bill = try under("warehouse bill")
    #expect(bill.contains("Behind Warehouse bill") && bill.contains("reported; no evidence named"))
    #expect(bill.contains("Private: Warehouse contract, n/contract.md"))
    let all = remarks.values.joined().joined(separator: "\n")
    // What belongs to no point stands under the project, and nothing is lost.
    #expect(all.contains("Hard: Nobody owned the rota → A calendar"))
    #expect(!night.contains("rota") && !bill.contains("rota"))
    #expect(all.contains("At hand: The bill was"))
    #expect(!all.contains("in general"))
    #expect(!all.contains("Margin"))
  }

  @Test func withoutAnythingToSayThePointsStayAsTheyAre() throws {
    let note = try project("title: Plain\nhighlights: [One, Two]")
    let choice = try Choice(
      profile: try ChoiceTests.profile(), projects: try Project.read([note]),
      areas: SkillAreas([]), view: .resume)
    let resume = Resume(choice)
    let document = InterviewNotes.add(to: resume, of: choice) { _ in [] }
    let text = DocumentText.everything(in: document)
    #expect(text.contains("One") && text.contains("Two") && text.contains("interview notes"))
    #expect(!text.contains("Hard") && !text.contains("Behind"))
  }
}
