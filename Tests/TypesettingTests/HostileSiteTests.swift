import Career
import Foundation
import Learning
import Manuscript
import Notes
import TestSupport
import Testing
import Typesetting

/// Notes that try to become more than text, on the finished pages of a site.
@Suite struct HostileSiteTests {
  /// A vault on the disk, gone with the value.
  final class Shelf {
    let root = NSTemporaryDirectory() + "folio-hostile-" + UUID().uuidString
    let site: Site

    init(_ files: [String: String]) throws {
      for (path, text) in files {
        let file = root + "/" + path
        try FileManager.default.createDirectory(
          atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
      }
      let vault = try Vault.find(named: root, environment: nil, current: root, userSettings: "")
      let index = try NoteIndex.open(vault, directory: root + "/.index", freshness: .rebuild).index
      let reader = NoteReader(vault: vault)
      let notes = try files.keys.filter { $0.hasSuffix(".md") }.sorted().compactMap {
        reader.read(try VaultPath($0))?.note
      }
      let projects = notes.filter { $0.kind == .project }
      let choice = try Choice(
        profile: try ProfileReader.read(try Example.note("profile.md")),
        projects: try Project.read(projects), areas: SkillAreas([]), view: .portfolio)
      site = Site(choice, projectNotes: projects, notes: notes, resolver: LinkResolver(index))
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func html(_ path: String) throws -> String {
      let page = try #require(site.pages.first { $0.path == path })
      return HTMLWriter(templates: try TemplateSet(.portfolio) { _ in nil }, look: Look()).write(
        page.document, template: "site.html",
        frame: SiteFrame(up: page.up, navigation: [], isSearch: page.kind == .search))
    }
  }

  static let bodies = [
    "<script>alert(1)</script>", "text <img src=x onerror=alert(1)> text",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<iframe src=\"//evil.example\"></iframe>",
    "[click](javascript:alert(1))", "[click](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>1</script>)",
    "[click](vbscript:x)", "<javascript:alert(1)>", "![x](javascript:alert(1))",
    "![x](https://tracker.example/x.png)", "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "{{{title}}} {{> site.html}} {{#sections}}{{/sections}}", "{{&title}} {{=<% %>=}} <%title%>",
    "[a\"onmouseover=\"alert(1)](x \"t\\\"onclick=alert(1)\")",
    "`</code></pre><script>alert(1)</script>`",
    "```\"><script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```",
    "# </title><script>alert(1)</script>", "> [!<script>alert(1)</script>] <b>x</b>\n> body",
    "| <script> | b |\n|---|---|\n| <img onerror=x src=y> | `|` |", "[[<script>alert(1)</script>]]",
    "![[../../../../etc/passwd.png]]", "![x](../../../../etc/passwd.png)",
    "<!-- --><base href=//evil>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;", "[ref]: javascript:alert(1)\n\n[ref]",
    "<style>*{background:url(//evil.example)}</style>",
    "<meta http-equiv=refresh content=0;//evil>",
    "<form action=//evil><input></form>", "\u{202E}evil\u{202C} \u{0} \u{8}",
  ]

  @Test(arguments: bodies) func whatANoteSaysIsText(body: String) throws {
    let shelf = try Shelf([
      "n.md":
        "---\nvisibility: public\ntitle: \"N <script>{{title}}\"\ntags: [\"<b>x\"]\n---\n\n\(body)\n",
      "projects/p.md": """
      ---
      kind: project
      title: "P </title><script>alert(1)</script>"
      visibility: public
      created: 2026-01-01
      impact: "<img src=x onerror=alert(1)> {{name}}"
      ---

      \(body)
      """,
    ])
    for page in shelf.site.pages {
      let html = try shelf.html(page.path)
      // Of all elements only those of the templates are there; the search page has two scripts.
      let scripts = html.ranges(of: "<script").count
      #expect(scripts == (page.kind == .search ? 2 : 0))
      for element in [
        "<img src=\"http", "<img src=\"data", "<img src=x", "<iframe", "<base", "<style",
        "<form action=\"/", "<object", "<embed", "http-equiv", "<b>",
      ] {
        #expect(!html.contains(element), "\(element)")
      }
      // Values of attributes are text, whatever they say.
      let bare = html.replacing(/"[^"]*"/, with: "\"\"")
      let attributes = bare.matches(of: /<[a-z][^<>]*\s(on[a-z]+)\s*=/).map { String($0.1) }
      #expect(attributes.isEmpty)
      for link in html.matches(of: /(?:href|src|action)="([^"]*)"/).map({
        String($0.1).lowercased()
      }) {
        #expect(
          !link.hasPrefix("javascript") && !link.hasPrefix("data") && !link.hasPrefix("vbscript")
            && !link.contains("passwd"), "\(link)")
      }
      #expect(!html.unicodeScalars.contains("\u{202E}") && !html.unicodeScalars.contains("\u{8}"))
    }
    #expect(shelf.site.attachments.isEmpty)
  }

  @Test func aPageOfTenThousandLinksIsMadeAndOnlyItsOwnLead() throws {
    let growth = try ProcessorTime.growth(from: 2_500) { count in
      let html = try Self.page(ofLinks: count)
      #expect(html.ranges(of: "<a href=\"../notes/other.html\">Other</a>").count == count / 4)
      #expect(html.ranges(of: "<a href=\"https://example.org/").count == count / 4)
      #expect(!html.contains("canary") && !html.contains("javascript"))
      #expect(html.ranges(of: "<li>").count >= count)
    }
    #expect(growth < 8, "four times the links took \(growth) times as long")
  }

  private static func page(ofLinks count: Int) throws -> String {
    let lines = (0..<count).map { number in
      switch number % 4 {
      case 0: "- [[other]]"
      case 1: "- [[private|words]]"
      case 2: "- [x](https://example.org/\(number))"
      default: "- [y](javascript:alert(\(number)))"
      }
    }
    let shelf = try Shelf([
      "many.md": "---\nvisibility: public\n---\n\n# Many\n\n" + lines.joined(separator: "\n"),
      "other.md": "---\nvisibility: public\n---\n\n# Other\n",
      "private.md": "---\nvisibility: private\n---\n\n# A canary of a title\n",
    ])
    return try shelf.html("notes/many.html")
  }

  @Test func onlyPicturesThatAPublicNoteShowsAreTakenAlong() throws {
    let shelf = try Shelf([
      "a.md":
        "---\nvisibility: public\n---\n\n# A\n\n![one](pictures/one.png)\n\n[[pictures/four.pdf]]\n",
      "b.md": "---\nvisibility: private\n---\n\n# B\n\n![two](pictures/two.png)\n",
      "c.md": "# C\n\n![three](pictures/three.png)\n",
      "pictures/one.png": "x", "pictures/two.png": "x", "pictures/three.png": "x",
      "pictures/four.pdf": "x", "pictures/five.svg": "x",
    ])
    #expect(shelf.site.attachments == ["pictures/one.png"])
  }
}
