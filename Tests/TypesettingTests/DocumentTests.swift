import Career
import Foundation
import Manuscript
import Notes
import Testing

@testable import Typesetting

@Suite struct DocumentTests {
  /// Made anew with `FOLIO_WRITE_GOLDEN=1`; the difference is read before it is committed.
  @Test func theExampleDocumentsAreAsTheyWere() throws {
    let resume = try Example.resume()
    let portfolio = try Example.portfolio().document
    let made = [
      "resume.txt": PlainTextWriter.write(resume), "resume.md": MarkdownWriter.write(resume),
      "portfolio.md": MarkdownWriter.write(portfolio),
    ]
    for (name, text) in made {
      if ProcessInfo.processInfo.environment["FOLIO_WRITE_GOLDEN"] != nil {
        try Data(text.utf8).write(to: URL(fileURLWithPath: Example.golden + "/" + name))
      }
      let golden = try FileSystem.read(Example.golden + "/" + name)
      #expect(text == String(decoding: golden, as: UTF8.self), "\(name)")
    }
  }

  @Test func nothingPrivateOfTheExampleIsInItsPortfolio() throws {
    let portfolio = try Example.portfolio()
    let look = Look()
    let writer = HTMLWriter(
      templates: try TemplateSet(.portfolio) { _ in nil }, look: look)
    let texts =
      [portfolio.document, portfolio.index].map { writer.write($0, template: "portfolio.html") }
      + portfolio.pages.map { writer.write($0.document, template: "site.html") }
    for text in texts {
      for kept in [
        "@example.org", "70 174", "7,900", "2,350", "Replication", "multi-cloud", "Göran",
      ] {
        #expect(!text.contains(kept), "\(kept)")
      }
    }
  }

  static let hostile =
    "<script>alert('x')</script> {{{name}}} & \"quoted\" *bold* [a](javascript:b) | $x$"

  static func document(_ text: String) -> Document {
    let block = Block.entry(
      Entry(
        id: "one", title: .plain(text), details: [.plain(text)], dates: "2020",
        blocks: [
          .list([.plain(text)]), .paragraph([Run(text, .strong)], tone: .body),
          .table(Table(header: [.plain(text)], rows: [[.plain(text)]])),
          .labelled([Labelled(text, .plain(text))]),
          .figures([Figure(value: text, label: text)]),
        ]))
    return Document(
      title: text, author: text, subject: text, day: "2026-01-02",
      masthead: Masthead(name: text, label: text, contacts: [.plain(text)]),
      sections: [Section(id: "part", title: text, blocks: [block])])
  }

  @Test(arguments: [("resume.html", TemplateSet.Family.resume), ("portfolio.html", .portfolio)])
  func hostileTextIsInertInHTML(template: String, family: TemplateSet.Family) throws {
    let writer = HTMLWriter(templates: try TemplateSet(family) { _ in nil }, look: Look())
    let html = writer.write(Self.document(Self.hostile), template: template)
    #expect(!html.contains("<script"))
    #expect(!html.contains("href=\"javascript"))
    #expect(html.contains("&lt;script&gt;"))
    #expect(html.contains("{{{name}}}"))
  }

  @Test func hostileTextIsInertInMarkdown() {
    let text = MarkdownWriter.write(Self.document(Self.hostile))
    #expect(!text.contains("<script"))
    #expect(!text.contains("[a](java"))
    #expect(text.contains("\\*bold\\*"))
  }

  @Test func pagesAskNobodyForAnything() throws {
    let writer = HTMLWriter(templates: try TemplateSet(.resume) { _ in nil }, look: Look())
    let html = writer.write(try Example.resume(), template: "resume.html")
    for part in ["<script", "<link", "src=", "url(", "@import", "<img"] {
      #expect(!html.contains(part), "\(part)")
    }
    #expect(html.hasPrefix("<!doctype html>"))
    #expect(html.contains("<html lang=\"en-GB\">"))
    #expect(html.components(separatedBy: "<h1>").count == 2)
    #expect(html.components(separatedBy: "<section").count == 8)
    #expect(!html.contains("href=\"\""))
  }

  @Test(arguments: [
    ("<p>{{{name}}}</p>", 1), ("<p>\n{{& name}}</p>", 2), ("{{% CONTENT_TYPE:TEXT}}", 1),
    ("a\nb\n{{=<% %>=}}", 3), ("{{ &name}}", 1), ("{{\n&name}}", 1), ("<SCRIPT>x</SCRIPT>", 1),
    ("{{#sections}}\n{{/name}}", 2), ("{{name", 1),
  ])
  func templatesCannotTurnEscapingOff(text: String, line: Int) throws {
    let error = #expect(throws: TypesettingError.self) {
      try TemplateSet(.resume) { $0 == "templates/resume/resume.html" ? text : nil }
    }
    guard case .badTemplate(let path, let place, let column, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path == "templates/resume/resume.html")
    #expect(place == line)
    #expect(!reason.isEmpty)
    #expect(column > 0)
  }

  @Test func aTemplateOfTheVaultIsUsed() throws {
    let templates = try TemplateSet(.resume) {
      $0 == "templates/resume/resume.html" ? "<b>{{name}}</b>" : nil
    }
    let html = HTMLWriter(templates: templates, look: Look())
      .write(Self.document("A & B"), template: "resume.html")
    #expect(html == "<b>A &amp; B</b>")
  }
}
