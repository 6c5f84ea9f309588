import TestSupport
import Testing

@testable import Notes

@Suite struct PlaceholdersTests {
  private func read(_ text: String) throws -> Placeholders { try Placeholders(Array(text.utf8)) }

  @Test func knowsTheThreeForms() throws {
    let read = try read(
      "a {{name}} {{host:http://x:80/}} {{env:dev|prod}} {{empty:}} {{bar:a\\|b}}")
    #expect(
      read.all == [
        .init(name: "name"), .init(name: "host", defaultValue: "http://x:80/"),
        .init(name: "env", defaultValue: "dev", choices: ["dev", "prod"]),
        .init(name: "empty", defaultValue: ""), .init(name: "bar", defaultValue: "a|b"),
      ])
  }

  /// Airflow, GitHub, Helm, Go, Handlebars, Python, JSON, shell.
  @Test(arguments: [
    "{{ ds }}", "{{ name}}", "{{name }}", "${{ github.ref }}", "${{secrets}}", "{{.Values.x}}",
    "{{- if x}}", "{{range .Items}}", "{{{raw}}}", "{{#each}}", "{{/each}}", "{{> part}}", "{{!c}}",
    "{{\"a\": 1}}", "{{key: value}}", "{{a.b}}", "{{1}}", "{{}}", "{ {x} }", "{{x", "{x}}",
    "{{ x:y }}", "{{x:y }}", "{{'a'}}", "{{a|default}}", "{{a b}}",
  ])
  func leavesOtherTemplatesAlone(text: String) throws {
    // What is open at the end of a line is refused, see below; in a line with an end it is text.
    let line = text == "{{x" ? text + " y" : text
    let read = try read("before \(line) after")
    #expect(read.all.isEmpty, "\(line)")
    #expect(read.filled(["x": "1", "name": "2", "ds": "3"]) == Array("before \(line) after".utf8))
  }

  @Test func fillsEveryPlaceOfAName() throws {
    let read = try read("{{a}}-{{b:2}}-{{a:1}}\n{{a}}")
    #expect(read.all.map(\.name) == ["a", "b"])
    #expect(read.all[0].defaultValue == "1")
    #expect(
      String(decoding: read.filled(["a": "{{b}}", "b": "é"]), as: UTF8.self)
        == "{{b}}-é-{{b}}\n{{b}}")
  }

  @Test(arguments: [
    ("one\n{{name", 2, "{{name is never closed"),
    ("{{name\nx}}", 1, "{{name is never closed"),
    ("{{name:default\n}}", 1, "{{name: is never closed on its line"),
    ("{{name:a", 1, "{{name: is never closed on its line"),
    ("{{a:{{b}}}}", 1, "{{a: has another {{ inside it"),
  ])
  func saysWhereOneIsBroken(text: String, line: Int, reason: String) {
    #expect(throws: Placeholders.Problem(line: line, reason: reason)) { try read(text) }
  }

  @Test(arguments: [
    ("curl {{host:localhost}}", true), ("deploy {{env:dev|prod}}", true), ("echo {{name}}", false),
    ("{{ ds }}", false), ("style={{color:'red'}}", false), ("{{a:{{b}}}}", false), ("", false),
    ("{{x:}}", false),
  ])
  func areMeantWhenTheyHaveADefault(text: String, isMeant: Bool) {
    #expect(Placeholders.areMeant(in: text) == isMeant)
  }

  @Test func anyTextComesOutAsItWas() {
    var generator = SeededGenerator(seed: 11)
    let pieces = ["{{", "}}", "a", ":", "|", "\\", "$", " ", "\n", "é", "{", "}"]
    for _ in 0..<3_000 {
      let text = generator.text(of: pieces, upTo: 14)
      guard let read = try? read(text) else { continue }
      // Each name filled with itself in braces is the text with its defaults taken away.
      let filled = String(decoding: read.filled([:]), as: UTF8.self)
      if read.all.allSatisfy({ $0.defaultValue == nil }) { #expect(filled == text) }
    }
  }
}
