import Learning
import Notes
import Testing

@Suite struct GuideTests {
  static func guide(_ text: String) throws -> Guide {
    Guide(Note(path: try VaultPath("guide.md"), bytes: Array(text.utf8)))
  }

  static func starter() throws -> Guide {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return Guide(
      Note(path: try VaultPath("guide.md"), bytes: try FileSystem.read("/\(root)/Vault/guide.md")))
  }

  @Test func theStarterGuideKeepsEveryItem() throws {
    let guide = try Self.starter()
    #expect(guide.items.count == 306)
    #expect(guide.progress.total == 77)
    #expect(Set(guide.items.map(\.id)).count == 306)
    let roles = Dictionary(grouping: guide.items, by: \.role).mapValues(\.count)
    #expect(roles[.skill] == 32)
    #expect(roles[.milestone] == 16)
    #expect(roles[.habit] == 16)
    #expect(roles[.check] == 15)
    #expect(roles[.activity] == 15)
    #expect(roles[.contribution] == 15)
    #expect(roles[.task] == nil)
    #expect(roles[.certificate] == 6)
    #expect(roles[.ladder] == 5)
    #expect(roles[.roadmap] == 24)
    #expect(roles[.point] == nil)
    #expect(roles[.project] == 32)
    #expect(roles[.resource] == 12)
  }

  @Test func skillAreasKnowTheirRoleAndPhase() throws {
    let areas = SkillAreas(try Self.starter())
    #expect(areas.all.count == 32)
    #expect(
      areas.roles.map(\.id) == [
        "data-engineer", "ml-engineer", "devops-engineer", "analytics-engineer",
      ])
    let area = try #require(areas.area("ci-cd"))
    #expect(area.name == "CI/CD")
    #expect(area.role == "devops-engineer")
    #expect(area.phase == "phase-1")
  }

  @Test func anAreaIsFoundByAnUnambiguousBeginning() throws {
    let areas = SkillAreas(try Self.starter())
    #expect(areas.area(named: "etl") == .area(try #require(areas.area("etl-patterns"))))
    #expect(areas.area(named: "data") == .several(["data-quality", "data-modelling"]))
    #expect(areas.area(named: "kubernets") == .none(similar: "kubernetes"))
  }

  @Test func theTailOfATickedItemIsNoPartOfItsName() throws {
    let guide = try Self.guide(
      """
      # Guide
      ## Tasks
      - [x] Ship it ✅ 2026-11-05 [[projects/etl|the load]]
      - [ ] Celebrate ✅ soon
      """)
    let items = guide.items
    #expect(items[0].id == "tasks/ship-it")
    #expect(items[0].doneOn == "2026-11-05")
    #expect(items[0].evidence == "projects/etl")
    #expect(items[1].text == "Celebrate ✅ soon")
    #expect(items[1].isDone == false)
  }

  @Test func idsDoNotChangeWhenItemsChangePlaces() throws {
    let one = try Self.guide("## Part\n- a task\n- another\n## Rest\n- last\n")
    let two = try Self.guide("## Rest\n- last\n## Part\n- another\n- a task\n")
    #expect(Set(one.items.map(\.id)) == Set(two.items.map(\.id)))
  }

  @Test func equalItemsGetNumbers() throws {
    let guide = try Self.guide("## Part\n- same\n- same\n- same\n")
    #expect(guide.items.map(\.id) == ["part/same", "part/same~2", "part/same~3"])
  }

  @Test(arguments: ["", "no headings at all", "```\n# code\n```", "<div>- x</div>", "> - quoted"])
  func anyTextIsSomeGuide(text: String) throws {
    let guide = try Self.guide(text)
    #expect(guide.items.count <= 1)
  }

  @Test func evidenceIsCountedByItsKind() throws {
    let guide = try Self.guide(
      """
      ## Data Path
      ### Phase 1: One
      **Skills to Develop:**

      - ETL patterns
      - Data quality

      ## Tasks
      - [x] Build it ✅ 2026-02-01 [[etl]]
      - [x] Unlinked ✅ 2026-02-02
      """)
    let note = Note(
      path: try VaultPath("projects/etl.md"),
      bytes: Array(
        "---\nkind: project\ncreated: 2026-01-05\nskills: [etl-patterns, etl-paterns]\n---\n".utf8))
    let evidence = SkillEvidence(
      guide: guide, areas: SkillAreas(guide), notes: [NoteSummary(note, modified: "2026-01-05")],
      metrics: [.init(note: "projects/etl.md", name: "Time", date: "2026-03-01")],
      resolve: { $0 == "etl" ? "projects/etl.md" : nil })
    #expect(evidence.count(of: "etl-patterns", .project) == 1)
    #expect(evidence.count(of: "etl-patterns", .metric) == 1)
    #expect(evidence.count(of: "etl-patterns", .tick) == 1)
    #expect(evidence.count(of: "data-quality") == 0)
    #expect(evidence.newest(of: "etl-patterns") == "2026-03-01")
    #expect(evidence.unknown.first?.similar == "etl-patterns")
  }

  @Test func sectionsAreFoundByPartsOfTheirNames() throws {
    let guide = try Self.starter()
    guard case .section(let path) = guide.section(named: "data-engineer") else {
      Issue.record("data-engineer is one section")
      return
    }
    #expect(path.kind == .role)
    guard case .section(let phase) = guide.section(named: "ml-engineer/phase-2") else {
      Issue.record("a part of the id is enough")
      return
    }
    #expect(phase.window == "Months 4-6")
    guard case .several = guide.section(named: "phase-1") else {
      Issue.record("four roles have a phase 1")
      return
    }
  }
}
