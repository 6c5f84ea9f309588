import Foundation
import Manuscript
import Notes
import Testing

@testable import Career
@testable import Learning

/// The site as pages, from a small vault on the disk.
@Suite struct SiteTests {
  /// A vault in a folder of its own, gone with the value.
  final class Shelf {
    let root: String
    let index: NoteIndex

    init(_ files: [String: String]) throws {
      root = NSTemporaryDirectory() + "folio-site-" + UUID().uuidString
      for (path, text) in files {
        let file = root + "/" + path
        try FileManager.default.createDirectory(
          atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
      }
      let vault = try Vault.find(named: root, environment: nil, current: root, userSettings: "")
      index = try NoteIndex.open(vault, directory: root + "/.index", freshness: .rebuild).index
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func notes(_ kind: NoteKind? = nil) throws -> [Note] {
      let reader = NoteReader(vault: index.vault)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
      return try paths.filter { $0.hasSuffix(".md") }.sorted().compactMap {
        reader.read(try VaultPath($0))?.note
      }.filter { kind == nil || $0.kind == kind }
    }

    func site() throws -> Site {
      let projects = try notes(.project)
      let choice = try Choice(
        profile: try ChoiceTests.profile(), projects: try Project.read(projects),
        areas: SkillAreas([]), view: .portfolio)
      return Site(
        choice,
        projectNotes: projects.filter { note in
          choice.projects.contains { $0.path == note.path.description }
        },
        notes: try notes(), resolver: LinkResolver(index))
    }
  }

  static func article(_ body: String, others: [String: String] = [:]) throws -> (Site, Site.Page) {
    var files = others
    files["snippets/one.md"] = "---\ntitle: One\nvisibility: public\n---\n\n" + body
    let site = try Shelf(files).site()
    let page = try #require(site.pages.first { $0.path == "notes/one.html" })
    return (site, page)
  }

  static func text(_ page: Site.Page) -> String { DocumentText.everything(in: page.document) }

  @Test func onlyNotesThatSayTheyArePublicBecomePages() throws {
    let site = try Shelf([
      "a.md": "---\nvisibility: public\n---\n\n# A\n",
      "b.md": "# B\n\nvisibility: public\n",
      "c.md": "---\nvisibility: private\n---\n\n# C\n",
      "d.md": "---\nvisibility: public\ndraft: true\n---\n\n# D\n",
      "e.md": "---\nvisibility: [public\n---\n\n# E\n",
      "profile.md": "---\nname: Ada\nvisibility: public\n---\n",
    ]).site()
    #expect(site.articles.map(\.note) == ["a.md"])
    for page in site.pages where page.path != "notes/a.html" {
      #expect(!Self.text(page).contains("visibility: public"))
    }
  }

  @Test(arguments: [
    ("See [[two]].", "See Two.", "two.html"), ("See [[two|that]].", "See that.", "two.html"),
    ("See [that](../docs/two.md).", "See that.", "two.html"),
    ("See [[two#Part B]].", "See Part B.", "two.html#part-b"),
  ])
  func linksToPublicNotesLeadToTheirPages(body: String, words: String, target: String) throws {
    let (_, page) = try Self.article(
      body, others: ["docs/two.md": "---\ntitle: Two\nvisibility: public\n---\n\n## Part B\n"])
    guard case .paragraph(let runs, _) = try #require(page.document.sections.first?.blocks.first)
    else { throw Unexpected() }
    #expect(runs.text == words)
    #expect(runs.compactMap { $0.link?.target } == ["../notes/" + target])
  }

  struct Unexpected: Error {}

  @Test(arguments: [
    "See [[secret]].", "See [[docs/secret|that]].", "See [that](../docs/secret.md).",
    "See [[nowhere]].", "See [that](javascript:alert(1)).", "See [that](file:///etc/passwd).",
    "See [that](../../outside.md).", "![[secret]] is not shown.",
    "![x](https://tracker.example/x.png)",
  ])
  func linksElsewhereBecomeWords(body: String) throws {
    let (_, page) = try Self.article(
      body,
      others: ["docs/secret.md": "---\ntitle: Canary title\n---\n\nThe canary sings at midnight.\n"]
    )
    let all = Self.text(page)
    #expect(!all.contains("anary"))
    let links = page.document.sections.flatMap(\.blocks).flatMap { block -> [String] in
      if case .paragraph(let runs, _) = block { return runs.compactMap { $0.link?.target } }
      return []
    }
    // A picture of another host is never loaded; a link to it is the reader's own choice.
    #expect(links.allSatisfy { $0 == "https://tracker.example/x.png" })
    #expect(
      page.document.sections.flatMap(\.blocks).allSatisfy {
        if case .image = $0 { return false }
        return true
      })
  }

  @Test(arguments: [
    ("Shown %%canary%% too.", "Shown  too."), ("Half 50%% of it.", "Half 50%% of it."),
    ("A\n\n%%\ncanary\n%%\n\nB", "A\nB"), ("A\n\n%% canary\n\nB", "A"),
    ("Code `a %%b%% c`.", "Code a %%b%% c."),
  ])
  func commentsStayWithTheirAuthor(body: String, shown: String) throws {
    let (_, page) = try Self.article(body)
    let words = page.document.sections.flatMap(\.blocks).map { block -> String in
      if case .paragraph(let runs, _) = block { return runs.text }
      return "?"
    }.joined(separator: "\n")
    #expect(words == shown)
  }

  @Test func theStructureOfANoteStays() throws {
    let (_, page) = try Self.article(
      """
      # One

      > [!warning] Mind the gap
      > It is wide.

      ## Steps

      1. First
         - inner
      2. [x] Done

      ### Deeper

      ```python
      print("hi")  # said
      ```

      | a | b |
      |---|--:|
      | x | 1 |

      """)
    let sections = page.document.sections
    #expect(sections.map(\.title) == ["", "Steps"])
    #expect(
      sections[0].blocks == [
        .quote([.paragraph(.plain("It is wide."), tone: .body)], label: "Mind the gap")
      ])
    guard case .items(let list) = sections[1].blocks[0] else { throw Unexpected() }
    #expect(list.start == 1)
    #expect(list.items.map(\.isDone) == [nil, true])
    #expect(sections[1].blocks[1] == .subheading(.plain("Deeper"), level: 3))
    #expect(sections[1].blocks[2] == .code(Code(language: "python", text: "print(\"hi\")  # said")))
    guard case .table(let table) = sections[1].blocks[3] else { throw Unexpected() }
    #expect(table.numeric == [1])
  }

  @Test func picturesOfPublicNotesComeAlongAndNoOthers() throws {
    let (site, page) = try Self.article(
      "![[shot.png]]\n\n![Words](../files/shot.png)\n\n![[script.svg]]\n\n![[../outside.png]]\n",
      others: [
        "files/shot.png": "png", "files/script.svg": "<svg/>", "files/other.png": "png",
      ])
    #expect(site.attachments == ["files/shot.png"])
    let images = page.document.sections.flatMap(\.blocks).compactMap { block -> Manuscript.Image? in
      if case .image(let image) = block { return image }
      return nil
    }
    #expect(images.map(\.alternative) == ["shot.png", "Words"])
    #expect(images.allSatisfy { $0.source.target == "../files/files-shot.png" })
  }

  @Test func twoNotesOfOneNameGetTwoPages() throws {
    let public_ = "---\nvisibility: public\n---\n\nText.\n"
    let site = try Shelf(["a/x.md": public_, "b/X.md": public_, "c/x.md": public_]).site()
    let paths = site.articles.map { $0.page.lowercased() }
    #expect(Set(paths).count == 3)
    #expect(site.pages.count == Set(site.pages.map { $0.path.lowercased() }).count)
  }

  @Test func projectsTellTheirStoryAndWhatIsRelated() throws {
    let site = try Shelf([
      "projects/load.md": """
      ---
      title: Load
      kind: project
      visibility: public
      skills: [etl]
      metrics:
        - {name: Time, before: 10 min, after: 5 min, direction: down, evidence: [{kind: url, ref: "https://e.example/x", note: dashboard}, {kind: file, ref: secret/canary.csv}]}
      ---

      ## Context

      It took long.
      """,
      "projects/hidden.md": "---\ntitle: Hidden canary\nkind: project\n---\n\nCanary story.\n",
      "n.md": "---\ntitle: How to load\nvisibility: public\nskills: [etl]\n---\n\nText.\n",
    ]).site()
    let page = try #require(site.pages.first { $0.kind == .project })
    let all = Self.text(page)
    for shown in ["Context", "It took long.", "https://e.example/x", "dashboard", "How to load"] {
      #expect(all.contains(shown), "\(shown)")
    }
    for page in site.pages { #expect(!Self.text(page).lowercased().contains("canary")) }
  }

  @Test func theSamePagesComeFromTheSameNotes() throws {
    let files = Dictionary(
      uniqueKeysWithValues: (0..<30).map { number in
        (
          "n\(number).md",
          "---\nvisibility: public\ntags: [t\(number % 3)]\ncreated: 2026-0\(1 + number % 9)-01\n---\n\nText [[n\(29 - number)]].\n"
        )
      })
    let shelf = try Shelf(files)
    let (first, second) = (try shelf.site(), try shelf.site())
    #expect(first.pages.map(\.document) == second.pages.map(\.document))
    #expect(first.pages.map(\.path) == second.pages.map(\.path))
  }

  /// `folio portfolio --to md` and the site are two forms of one content.
  @Test func oneDocumentSaysWhatThePagesSay() throws {
    let shelf = try Shelf([
      "a.md":
        "---\nvisibility: public\n---\n\n# A\n\nAlpha one.\n\n## Part\n\n- beta\n\n```sh\ngamma\n```\n",
      "b.md":
        "---\nvisibility: public\n---\n\n# B\n\n> [!note] Delta\n> epsilon [[a]]\n\n| zeta | eta |\n|---|---|\n| theta | iota |\n",
      "projects/p.md": """
      ---
      kind: project
      title: The project
      visibility: public
      created: 2026-01-01
      impact: It changed kappa.
      challenges: [{problem: Lambda was hard, solution: Mu was done}]
      stack: [Nu]
      metrics:
        - {name: Xi, kind: processing_time, before: 2 h, after: 1 h, per: run, as_of: 2026-01-01, action: omicron}
      ---

      ## Context

      Pi and rho.
      """,
    ])
    let site = try shelf.site()
    let projects = try shelf.notes(.project)
    let choice = try Choice(
      profile: try ChoiceTests.profile(), projects: try Project.read(projects),
      areas: SkillAreas([]), view: .portfolio)
    let whole = DocumentText.everything(
      in: Portfolio(choice).document(
        projectNotes: projects, notes: try shelf.notes(), resolver: LinkResolver(shelf.index)))
    let pages = site.pages.map(Self.text).joined(separator: "\n")
    for word in [
      "Alpha one.", "Part", "beta", "gamma", "Delta", "epsilon", "zeta", "theta", "iota",
      "It changed kappa.", "Lambda was hard", "Mu was done", "Nu", "Xi", "2 h", "1 h", "Context",
      "Pi and rho.", "The project",
    ] {
      #expect(pages.contains(word), "\(word) in the pages")
      #expect(whole.contains(word), "\(word) in the document")
    }
  }

  @Test func skillsAreCountedByQuarterAndOnlyWhatIsShownCounts() throws {
    let areas = SkillAreas([
      SkillArea(id: "etl", name: "ETL", role: "data", roleTitle: "Data"),
      SkillArea(id: "ci", name: "CI", role: "data", roleTitle: "Data"),
    ])
    let shelf = try Shelf([
      "a.md": "---\nvisibility: public\ncreated: 2026-05-01\nskills: [etl, ci]\n---\n\n# A\n",
      "b.md": "---\ncreated: 2026-05-01\nskills: [etl]\n---\n\n# B\n",
      "projects/p.md": """
      ---
      kind: project
      title: P
      visibility: public
      start: 2026-01
      end: 2026-02
      created: 2026-02-20
      skills: [etl]
      metrics:
        - {name: Xi, kind: count, after: 3, as_of: 2026-06-01}
        - {name: Kept, kind: count, after: 4, as_of: 2026-06-01, visibility: private}
      ---
      """,
    ])
    let choice = try Choice(
      profile: try ChoiceTests.profile(), projects: try Project.read(try shelf.notes(.project)),
      areas: areas, view: .portfolio, day: CalendarDate("2026-07-01"))
    guard
      case .heatMap(let map)? = choice.skillChart(
        articles: Article.listed(try shelf.notes()), quarters: 3)
    else { throw Unexpected() }
    #expect(map.columns == ["2026-Q1", "2026-Q2", "2026-Q3"])
    #expect(map.rows.map(\.label) == ["ETL", "CI"])
    #expect(map.rows.map(\.values) == [[1, 2, 0], [0, 1, 0]])
  }
}
