@testable import Learning
import Notes
import Testing

@testable import Career

@Suite struct BudgetTests {
  /// Every choice there is, by counting through them.
  private static func brute(_ groups: [Budget.Group], within capacity: Int) -> Int {
    var choices: [(worth: Int, cost: Int)] = [(0, 0)]
    for group in groups {
      var own: [(worth: Int, cost: Int)] = group.isRequired ? [] : [(0, 0)]
      for mask in 0..<(1 << group.items.count) {
        var sum = (worth: group.head.worth, cost: group.head.cost)
        for (index, item) in group.items.enumerated() where mask >> index & 1 == 1 {
          sum.worth += item.worth
          sum.cost += item.cost
        }
        own.append(sum)
      }
      choices = choices.flatMap { before in
        own.map { (before.worth + $0.worth, before.cost + $0.cost) }
      }.filter { $0.1 <= capacity }
    }
    return choices.map(\.worth).max() ?? 0
  }

  private static func groups(_ random: inout Random) -> [Budget.Group] {
    (0..<1 + random.next(4)).map { _ in
      Budget.Group(
        head: Budget.Item(worth: random.next(20), cost: random.next(12)),
        items: (0..<random.next(5)).map { _ in
          Budget.Item(worth: 1 + random.next(60), cost: 1 + random.next(25))
        }, isRequired: random.next(4) == 0)
    }
  }

  @Test func theChoiceIsTheBestThereIs() {
    var random = Random(seed: 41)
    var limited = 0
    for _ in 0..<600 {
      let groups = Self.groups(&random)
      let required = groups.reduce(0) { $0 + ($1.isRequired ? $1.head.cost : 0) }
      let capacity = required + random.next(120)
      let picks = Budget.best(groups, within: capacity)
      let sum = Budget.sum(groups, picks)
      #expect(sum.cost <= capacity)
      #expect(sum.worth == Self.brute(groups, within: capacity), "\(groups) in \(capacity)")
      if picks.contains(.none) { limited += 1 }
      for (group, pick) in zip(groups, picks) where group.isRequired { #expect(pick != .none) }
    }
    // Otherwise the capacities above would test nothing.
    #expect(limited > 100)
  }

  @Test func aBudgetBelowWhatIsRequiredSaysThatAlone() {
    let item = Budget.Item(worth: 9, cost: 9)
    let groups = [
      Budget.Group(head: item, items: [item], isRequired: true),
      Budget.Group(head: item, items: []),
    ]
    #expect(Budget.best(groups, within: 3) == [.head(items: []), .none])
    #expect(Budget.best([], within: 0) == [])
  }

  @Test func longBudgetsAreReckonedInStepsAndKept() {
    var random = Random(seed: 5)
    let groups = (0..<200).map { _ in
      Budget.Group(
        head: Budget.Item(worth: 5, cost: 17),
        items: (0..<6).map { _ in
          Budget.Item(worth: 1 + random.next(90), cost: 12 + random.next(11))
        }
      )
    }
    let capacity = 13_800
    let sum = Budget.sum(groups, Budget.best(groups, within: capacity))
    #expect(sum.cost <= capacity)
    // Rounding up costs at most a step an item.
    #expect(sum.cost > capacity * 8 / 10)
  }
}

@Suite struct LengthTests {
  static func profile(jobs: Int) throws -> Profile {
    let list = (1...jobs).map { job in
      "  - {name: Firm \(job), position: P, startDate: \(2026 - job), endDate: \(2027 - job), "
        + "highlights: [Point \(job)a, Point \(job)b, Point \(job)c, Point \(job)d]}"
    }
    return try ChoiceTests.profile("name: A\nwork:\n" + list.joined(separator: "\n"))
  }

  static func projects(_ count: Int) throws -> [Project] {
    try Project.read(
      try (1...count).map { index in
        try project(
          """
          title: Project \(index)
          impact: Whom it helped, \(index) times over and more than that in the end
          start: \(2000 + index)
          end: \(2001 + index)
          stack: [Tool\(index)]
          metrics:
            - {name: Load \(index), kind: cost, before: €100, after: €\(index)}
            - {name: Wait \(index), kind: latency, before: 100 s, after: 90 s}
          """, path: "projects/p\(index).md")
      })
  }

  static func resume(_ pages: Int, wanted: [String] = []) throws -> Resume {
    var view = View.resume
    view.pages = pages
    view.wanted = View.WantedTerm.ranked(wanted)
    return Resume(
      try Choice(
        profile: try profile(jobs: 6), projects: try projects(24), areas: SkillAreas([]),
        view: view))
  }

  @Test func everyJobStaysAndTheNewestSaysMost() throws {
    let resume = try Self.resume(1)
    let jobs = resume.chosen.filter { !$0.isProject }
    #expect(jobs.count == 6)
    #expect(jobs[0].points.count >= 2)
    #expect(jobs.prefix(5).allSatisfy { !$0.points.isEmpty })
    let shown = resume.chosen.filter { $0.isProject && $0.isShown }
    #expect(!shown.isEmpty && shown.count < 24)
    #expect(!resume.leftOut.isEmpty)
  }

  @Test func moreRoomIsUsed() throws {
    let one = try Self.resume(1).chosen.reduce(0) { $0 + $1.points.count }
    let two = try Self.resume(2).chosen.reduce(0) { $0 + $1.points.count }
    #expect(two > one)
    #expect(try Self.resume(9).leftOut.isEmpty)
  }

  @Test func whatIsAskedForAndWhatIsNewComesFirst() throws {
    func shown(_ wanted: [String]) throws -> Set<String> {
      Set(
        try Self.resume(1, wanted: wanted).chosen.filter { $0.isProject && $0.isShown }.map(\.title)
      )
    }
    let plain = try shown([])
    #expect(!plain.contains("Project 1"))
    #expect(plain.contains("Project 24"))
    #expect(try shown(["Tool1"]).contains("Project 1"))
  }

  @Test func everySentenceSaysWhereItComesFrom() throws {
    let resume = try Self.resume(1)
    let metrics = resume.claims.filter { if case .metric = $0.claim.source { true } else { false } }
    #expect(!metrics.isEmpty)
    for traced in resume.claims where traced.section == "work" {
      guard case .words(let path, let line) = traced.claim.source else {
        Issue.record("\(traced)")
        continue
      }
      #expect(path == "profile.md" && line != nil)
    }
    // Nothing in the document stands there without a source.
    let said = Set(resume.claims.map(\.claim.text))
    for chosen in resume.chosen { #expect(chosen.points.allSatisfy { said.contains($0) }) }
  }
}
