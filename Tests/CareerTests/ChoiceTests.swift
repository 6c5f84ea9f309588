import Learning
import Manuscript
import Notes
import Testing

@testable import Career

@Suite struct ChoiceTests {
  static let profile = """
    name: Ada Byron
    label: Engineer
    contact: {email: ada@example.org, phone: "+44 20 7946 0018", url: "https://ada.example.org"}
    work:
      - {name: Shown Ltd, position: Engineer, startDate: 2020}
      - {name: Hidden Ltd, position: Spy, startDate: 2019, endDate: 2020, visibility: private}
    """

  static func profile(_ yaml: String = profile) throws -> Profile {
    try ProfileReader.read(
      Note(path: try VaultPath("profile.md"), bytes: Array("---\n\(yaml)\n---\n\nHello.\n".utf8)))
  }

  static func view(_ yaml: String, over base: View = .resume) throws -> View {
    try ViewReader.read(Array(yaml.utf8), path: "views/test.yaml", over: base)
  }

  static func projects() throws -> [Note] {
    [
      try project(
        """
        title: Open
        visibility: public
        metrics:
          - {name: Load, before: 10 min, after: 5 min, direction: down}
          - {id: bill, name: Bill, before: "€7,900", after: "€2,350", direction: down, visibility: private}
          - {id: deal, name: Deal, before: "€9,900", after: "€1,980", direction: down, visibility: redacted}
        """, path: "projects/open.md"),
      try project("title: Unsaid", path: "projects/unsaid.md"),
      try project("title: Closed\nvisibility: private\nimpact: Canary", path: "projects/closed.md"),
    ]
  }

  static func choice(_ view: View) throws -> Choice {
    try Choice(
      profile: try profile(), projects: try Project.read(try projects()), areas: SkillAreas([]),
      view: view)
  }

  @Test func aProfileWithoutANameWillDoWhereNobodyIsNamed() throws {
    let note = Note(
      path: try VaultPath("profile.md"), bytes: Array("---\nlabel: Engineer\n---\n".utf8))
    #expect(throws: Problems.self) { try ProfileReader.read(note) }
    #expect(try ProfileReader.read(note, needsName: false).label == "Engineer")
  }

  @Test func anApplicationShowsAllButWhatIsPrivate() throws {
    let choice = try Self.choice(.resume)
    #expect(choice.projects.map(\.name) == ["open", "unsaid"])
    let text = DocumentText.everything(in: Resume(choice).document)
    for shown in ["ada@example.org", "7946", "Open", "Unsaid", "Shown Ltd", "80 %"] {
      #expect(text.contains(shown), "\(shown)")
    }
    for kept in ["Closed", "Canary", "Hidden Ltd", "Spy", "7,900", "2,350", "9,900", "1,980"] {
      #expect(!text.contains(kept), "\(kept)")
    }
  }

  @Test func thePublicSeesOnlyWhatIsPublic() throws {
    let choice = try Self.choice(.portfolio)
    #expect(choice.projects.map(\.name) == ["open"])
    for document in [Portfolio(choice).document, Portfolio(choice).index]
      + Portfolio(choice).pages.map(\.document)
    {
      let text = DocumentText.everything(in: document)
      for kept in [
        "ada@", "7946", "ada.example", "Unsaid", "unsaid", "Closed", "7,900", "2,350", "9,900",
        "1,980",
        "5,550", "7,920",
      ] {
        #expect(!text.contains(kept), "\(kept)")
      }
    }
  }

  @Test func aViewNamesTheContactDetailsThatMayBeShown() throws {
    let choice = try Self.choice(try Self.view("contact: [url]", over: .portfolio))
    let text = DocumentText.everything(in: Portfolio(choice).document)
    #expect(text.contains("ada.example.org"))
    #expect(!text.contains("ada@"))
  }

  @Test func theGateFindsWhatCameInByAnotherWay() throws {
    let notes = try Self.projects()
    let hidden = Note(
      path: try VaultPath("diary.md"),
      bytes: Array("---\nvisibility: private\n---\nThe quick brown fox jumps over it.\n".utf8))
    let gate = Gate(try Self.choice(.portfolio), privateNotes: [hidden], shownNotes: [notes[0]])
    #expect(gate.leak(in: "call +44 (20) 7946-0018 now", named: "x")?.what == "the phone number")
    #expect(gate.leak(in: "mail ADA@example.org", named: "x")?.source == "profile.md")
    #expect(gate.leak(in: "down to €2,350 a month", named: "x")?.source == "projects/open.md:7")
    #expect(gate.leak(in: "said: the quick brown <b>fox</b>", named: "x") == nil)
    #expect(
      gate.leak(in: "So, the quick brown fox jumps over it, again", named: "x")?.source
        == "diary.md:4")
    #expect(gate.leak(in: "https://ada.example.org/", named: "x") == nil)
    #expect(gate.leak(in: "see ada.example.org", named: "x") != nil)
    #expect(gate.leak(in: "Open: 10 min to 5 min", named: "x") == nil)
  }

  @Test(arguments: [
    ("audience: publik", "Did you mean public?"), ("sections: [sumary]", "Did you mean summary?"),
    ("contct: [url]", "Did you mean contact?"), ("length: {pages: none}", "1 to 50"),
    ("privacy: {private_notes: true}", "private_notes: false"), ("theme: {accent: pink}", "blue"),
    ("sections: [a\n", "Mend"), ("- a list", "key: value"),
    ("projects: [opne]", "Did you mean open?"),
    ("contact: [mail]", "email"),
  ])
  func aBrokenViewSaysWhereAndWhat(yaml: String, remedy: String) throws {
    let error = try #require(
      #expect(throws: Problems.self) { try Self.choice(try Self.view(yaml)) })
    #expect(error.list.contains { $0.remedy.contains(remedy) }, "\(error.list)")
    #expect(error.list.allSatisfy { $0.path == "views/test.yaml" })
  }

  @Test(arguments: [
    ("label: x", "the profile has no name"), ("name: ''", "the profile has no name"),
    ("name: A\nwork: text", "work is a list"),
    ("name: A\nwork:\n  - {position: x}", "work has no name"),
    ("name: A\nwork:\n  - {name: X, enddate: 2020}", "no key enddate"),
    ("name: A\nwork:\n  - {name: X, startDate: 2022, endDate: 2020}", "ends (2020) before"),
    ("name: A\nvisibility: pirvate", "visibility cannot be"), ("name: [", "cannot be read"),
    ("name: A\ncontact: {emial: x}", "no key emial"),
  ])
  func aBrokenProfileSaysWhereAndWhat(yaml: String, message: String) throws {
    let error = try #require(#expect(throws: Problems.self) { try Self.profile(yaml) })
    #expect(error.list.contains { $0.message.contains(message) }, "\(error.list)")
  }

  @Test func aSlipInVisibilityIsAnErrorAndNoLeak() throws {
    let note = try project("visibility: pirvate")
    #expect(throws: Problems.self) { try Project.read([note]) }
  }

  @Test func keysOfOnesOwnAreLeftAlone() throws {
    #expect(try Self.profile("name: A\nfavourite_colour: green").name == "A")
  }

  @Test(arguments: [
    (
      "Nightly ETL duration", "incremental processing", "cut nightly ETL duration", "by incremental"
    ),
    ("Airflow cost", "a smaller machine", "cut Airflow cost", "with a smaller machine"),
    ("From wish to run", "", "the way from wish to run", "from 10 min to 5 min (−50 %)"),
  ])
  func aMetricBecomesASentence(name: String, action: String, start: String, end: String) throws {
    let note = try project(
      """
      stack: [Airflow]
      metrics:
        - {name: \(name), kind: processing_time, before: 10 min, after: 5 min, action: '\(action)'}
      """)
    let bullet = try #require(try Project.read([note])[0].bullets().first).text
    #expect(bullet.lowercased().contains(start.lowercased()))
    #expect(bullet.contains(end))
  }

  @Test func whatGotWorseIsNoBullet() throws {
    let note = try project("metrics:\n  - {name: A, kind: cost, before: €5, after: €9}")
    #expect(try Project.read([note])[0].bullets().isEmpty)
  }

  @Test func onePageIsReachedByLeavingOutTheLeastImportantLines() throws {
    let jobs = (1...9).map { job in
      "  - {name: Firm \(job), position: P, startDate: \(2025 - job), endDate: \(2026 - job), highlights: [a, b, c, d, e, f, g]}"
    }
    let profile = try Self.profile("name: A\nwork:\n" + jobs.joined(separator: "\n"))
    var view = View.resume
    view.pages = 1
    let choice = try Choice(profile: profile, projects: [], areas: SkillAreas([]), view: view)
    let resume = Resume(choice)
    #expect(!resume.leftOut.isEmpty)
    let text = DocumentText.everything(in: resume.document)
    #expect((1...9).allSatisfy { text.contains("Firm \($0)") })
  }
}
