import Foundation
import Manuscript
import TestSupport
import Testing

@testable import Typesetting

/// The templates of documents: their language, their names, and what a mistake says.
@Suite struct TemplateTests {
  private static func render(
    _ text: String, _ members: [(TemplateVariable, TemplateValue)],
    others: [String: String] = [:]
  ) throws -> String {
    var templates: [String: Template] = [:]
    let names = Set(others.keys)
    templates["x"] = try Template(text, names: names)
    for (name, text) in others { templates[name] = try Template(text, names: names) }
    var rendering = TemplateRendering(templates, TemplateObject(.page, members))
    rendering.write("x")
    return String(decoding: rendering.bytes, as: UTF8.self)
  }

  private static let runs = TemplateValue.list([
    TemplateObject(.run, [(.text, .text("a")), (.strong, .flag(true))]),
    TemplateObject(.run, [(.text, .text("b")), (.strong, .flag(false))]),
  ])

  @Test(arguments: [
    ("{{title}}", "A &amp; &lt;B&gt; &quot;c&quot; &#39;d&#39;"),
    ("{{ title }}!", "A &amp; &lt;B&gt; &quot;c&quot; &#39;d&#39;!"),
    ("{{#runs}}<{{text}}>{{/runs}}", "<a><b>"), ("{{^runs}}none{{/runs}}", ""),
    ("{{#runs}}{{#strong}}*{{/strong}}{{text}}{{/runs}}", "*ab"),
    ("{{#isLight}}yes{{/isLight}}{{^isLight}}no{{/isLight}}", "no"),
    ("{{#label}}x{{/label}}{{^label}}empty{{/label}}", "empty"),
    ("{{#contacts}}x{{/contacts}}{{^contacts}}none{{/contacts}}", "none"),
    ("a\n  {{#runs}}\n  {{text}}\n  {{/runs}}\nb\n", "a\n  a\n  b\nb\n"),
    ("a {{! remark }} b", "a  b"), ("a\n{{! a\nremark }}\nb", "a\nb"),
    ("{ {title} }} { {{day}}", "{ {title} }} { 2026"), ("{{#runs}}{{day}}{{/runs}}", "20262026"),
    ("{{author}}", ""), ("", ""),
    ("a\r\n{{#runs}}\r\n{{text}}\r\n{{/runs}}\r\n", "a\r\na\r\nb\r\n"),
  ])
  func theLanguageIsMustache(text: String, shown: String) throws {
    #expect(
      try Self.render(
        text,
        [
          (.title, .text("A & <B> \"c\" 'd'")), (.runs, Self.runs), (.isLight, .flag(false)),
          (.label, .text("")), (.contacts, .list([])), (.day, .text("2026")),
        ]) == shown)
  }

  @Test func partialsSeeWhatIsAroundThem() throws {
    #expect(
      try Self.render(
        "{{#runs}}{{> run.html}}{{/runs}}", [(.runs, Self.runs)],
        others: ["run.html": "({{text}})"]) == "(a)(b)")
  }

  @Test func aBlockIsOfOneKindWhateverTheBlockAroundItIs() throws {
    let outer = TemplateObject(.quote([.paragraph(.plain("x"), tone: .body)], label: ""))
    #expect(
      try Self.render(
        "{{#blocks}}{{> b}}{{/blocks}}", [(.blocks, .list([outer]))],
        others: [
          "b":
            "{{#quote}}<q>{{#blocks}}{{> b}}{{/blocks}}</q>{{/quote}}{{#paragraph}}p{{/paragraph}}"
        ]) == "<q>p</q>")
  }

  @Test(arguments: [
    ("<p>\n  {{titel}}", 2, 3, "there is no variable titel; did you mean title?"),
    ("{{#sektions}}{{/sektions}}", 1, 1, "there is no variable sektions; did you mean sections?"),
    ("ä {{nmae}}", 1, 3, "there is no variable nmae; did you mean name?"),
    ("{{TITLE}}", 1, 1, "there is no variable TITLE; did you mean title?"),
    ("a\n{{#title}}\n", 2, 1, "{{#title}} is never closed"),
    ("{{#title}}{{/name}}", 1, 11, "{{/name}} closes what {{#title}} opened"),
    ("{{/title}}", 1, 1, "{{/title}} closes nothing"), ("a {{title", 1, 3, "a tag is never closed"),
    ("{{}}", 1, 1, "a tag has no name"), ("{{#}}", 1, 1, "a tag has no name"),
    ("{{title {{name}}", 1, 1, "a tag is not closed before the next one begins"),
    ("{{{title}}}", 1, 1, "{{{ writes text without escaping; write {{name}}"),
    ("{{> nowhere.html}}", 1, 1, "there is no template nowhere.html; there are x.html"),
    ("{{$block}}", 1, 1, "{{$ is not known; there are {{#, {{^, {{/, {{> and {{!"),
  ])
  func aMistakeSaysWhereAndWhat(text: String, line: Int, column: Int, reason: String) {
    #expect(throws: Template.Mistake(line: line, column: column, reason: reason)) {
      try Template(text, names: ["x.html"])
    }
  }

  @Test func aMistakeOfAVaultNamesItsFile() throws {
    let error = #expect(throws: TypesettingError.self) {
      try TemplateSet(.portfolio) {
        $0 == "templates/portfolio/site.html" ? "\n<p>{{nam}}</p>" : nil
      }
    }
    #expect(
      error?.message
        == "templates/portfolio/site.html:2:4: there is no variable nam; did you mean name?")
  }

  @Test(arguments: [
    "{{> site.html}}", "{{#title}}{{> site.html}}{{> site.html}}{{/title}}",
    "{{#sections}}{{#blocks}}{{> site.html}}{{/blocks}}{{/sections}}",
  ])
  func templatesThatIncludeEachOtherWithoutEndAreRefused(text: String) {
    #expect(throws: TypesettingError.self) {
      try TemplateSet(.portfolio) { $0 == "templates/portfolio/site.html" ? text : nil }
    }
  }

  @Test func damagedTemplatesAreReadOrRefused() {
    var random = SeededGenerator(seed: 6)
    let parts = [
      "{{", "}}", "{{#runs}}", "{{/runs}}", "{{> x}}", "{", "}", "\n", " ", "é", "title",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
      _ = try? Self.render(text, [(.runs, Self.runs)], others: ["x": ""])
    }
    let deep = String(repeating: "{{#title}}", count: 100_000)
    #expect(throws: Template.Mistake.self) { try Template(deep, names: []) }
  }

  /// `docs/templates.md` has exactly the names that each thing has.
  @Test func everyNameOfEveryTemplateIsDocumented() throws {
    var had: [TemplateScope: Set<String>] = [:]
    func visit(_ object: TemplateObject) {
      for (name, value) in object.members {
        had[object.scope, default: []].insert(name.rawValue)
        switch value {
        case .object(let inner): visit(inner)
        case .list(let list): for inner in list { visit(inner) }
        case .text, .flag: break
        }
      }
    }
    visit(TemplateSpecimen.page)
    visit(TemplateObject(.style, HTMLWriter.values(of: Look())))
    #expect(Set(had.keys) == Set(TemplateScope.allCases))

    let text = try String(contentsOfFile: Example.folder + "/docs/templates.md", encoding: .utf8)
    var written: [String: Set<String>] = [:]
    var scope = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") { scope = String(line.dropFirst(3)) }
      guard line.hasPrefix("| `"), !scope.isEmpty else { continue }
      let cell = line.split(separator: "|")[0]
      let names = cell.matches(of: /`([^`]+)`/).map { String($0.1) }
      written[scope, default: []].formUnion(names)
    }
    for one in TemplateScope.allCases {
      #expect(written[one.rawValue] == had[one], "\(one.rawValue)")
    }
    #expect(written.count == TemplateScope.allCases.count)
    let all = had.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    #expect(all == Set(TemplateVariable.allCases.map(\.rawValue)))
  }

  @Test func theFilesThatCanBeReplacedAreDocumented() throws {
    let text = try String(contentsOfFile: Example.folder + "/docs/templates.md", encoding: .utf8)
    var asked: Set<String> = []
    _ = try TemplateSet(.portfolio) {
      asked.insert(String($0.dropFirst("templates/".count)))
      return nil
    }
    #expect(asked.count > 8)
    for path in asked { #expect(text.contains("`\(path)`"), "\(path)") }
  }
}
