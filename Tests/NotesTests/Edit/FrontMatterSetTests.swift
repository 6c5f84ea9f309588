import TestSupport
import Testing

@testable import Notes

@Suite struct FrontMatterSetTests {
  private func setting(
    _ key: String, _ value: FrontMatterValue, in text: String
  ) throws -> String {
    String(decoding: try FrontMatterEdit(note(text)).setting(key, to: value), as: UTF8.self)
  }

  @Test(arguments: [
    ("---\na: 1\n---\n", "b", "x", "---\na: 1\nb: x\n---\n"),
    ("---\na: 1 # why\nb: 2\n---\n", "a", "3", "---\na: 3 # why\nb: 2\n---\n"),
    ("---\na: '1'\n---\n", "a", "it's", "---\na: 'it''s'\n---\n"),
    ("---\na: \"1\"\n---\n", "a", "x \"y\"", "---\na: \"x \\\"y\\\"\"\n---\n"),
    ("---\na:\nb: 1\n---\n", "a", "x", "---\na: x\nb: 1\n---\n"),
    ("---\na: # none\nb: 1\n---\n", "a", "x", "---\na: x # none\nb: 1\n---\n"),
    ("---\na: ~\n---\n", "a", "x", "---\na: x\n---\n"),
    ("---\na: |\n  one\n  two\n\n# c\nb: 1\n---\n", "a", "x", "---\na: x\n\n# c\nb: 1\n---\n"),
    ("---\na: >-\n  one\n  two\n---\n", "a", "x", "---\na: x\n---\n"),
    ("---\na: one\n  two\nb: 1\n---\n", "a", "x", "---\na: x\nb: 1\n---\n"),
    ("---\nA: 1\n---\n", "a", "2", "---\nA: 2\n---\n"),
    ("---\r\na: 1\r\n---\r\nx", "a", "2", "---\r\na: 2\r\n---\r\nx"),
    ("---\r\na: 1\r\n---\r\nx", "b", "2", "---\r\na: 1\r\nb: 2\r\n---\r\nx"),
    ("\u{FEFF}---\ntitle: é\n---\n", "title", "日", "\u{FEFF}---\ntitle: 日\n---\n"),
    ("# T", "rating", "4", "---\nrating: 4\n---\n\n# T"),
    ("---\n---\nx", "a", "1", "---\na: 1\n---\nx"),
    ("---\na: 1\n---", "b", "2", "---\na: 1\nb: 2\n---"),
    ("---\np:\n  w: 1 # c\n  v: 2\n---\n", "p.w", "3", "---\np:\n  w: 3 # c\n  v: 2\n---\n"),
    ("---\np: {w: 1, v: 2}\n---\n", "p.v", "3", "---\np: {w: 1, v: 3}\n---\n"),
    ("---\na: 1\n---\n", "a", "true", "---\na: true\n---\n"),
    ("---\na: 1\n---\n", "a", "007", "---\na: \"007\"\n---\n"),
    ("---\na: 1\n---\n", "a", "a: b", "---\na: \"a: b\"\n---\n"),
    ("---\na: 1\n---\n", "a", "[[note]]", "---\na: \"[[note]]\"\n---\n"),
    ("---\na: 1\n---\n", "a", "2026-11-22T09:30", "---\na: 2026-11-22T09:30\n---\n"),
    ("---\na: 1\n---\n", "a", "one\ntwo", "---\na: \"one\\ntwo\"\n---\n"),
  ])
  func aTextChangesItsBytesOnly(
    before: String, key: String, value: String, after: String
  ) throws {
    #expect(try setting(key, .text(value), in: before) == after)
  }

  @Test(arguments: [
    ("---\na: [x, 'y']\n---\n", ["y", "z"], "---\na: ['y', z]\n---\n"),
    (
      "---\na:\n  - x # c\n  - y\nb: 1\n---\n", ["z", "x"], "---\na:\n  - z\n  - x # c\nb: 1\n---\n"
    ),
    ("---\na: x\n---\n", ["p", "q, r"], "---\na: [p, \"q, r\"]\n---\n"),
    ("---\nb: 1\n---\n", ["p"], "---\nb: 1\na: [p]\n---\n"),
    ("---\na:\n- x\n- y\n---\n", [], "---\na: []\n---\n"),
    ("---\na: [x]\n---\n", [], "---\na: []\n---\n"),
  ])
  func aListKeepsItsStyle(before: String, items: [String], after: String) throws {
    #expect(try setting("a", .list(items), in: before) == after)
  }

  @Test func aListStaysOneAndAnEmptyValueIsNone() throws {
    #expect(
      try setting("a", .text("z"), in: "---\na:\n  - x\n---\n") == "---\na:\n  - z\n---\n")
    #expect(try setting("a", .empty, in: "---\na: x # c\n---\n") == "---\na:  # c\n---\n")
    #expect(try setting("a", .empty, in: "---\nb: x\n---\n") == "---\nb: x\na:\n---\n")
  }

  @Test(arguments: [
    ("---\na: {b: 1}\n---\n", "a"), ("---\na: &x 1\nb: *x\n---\n", "a"),
    ("---\n{a: 1}\n---\n", "b"), ("---\na: 1\na: 2\n---\n", "b"), ("---\na: [1\n---\n", "b"),
    ("+++\na = [1]\n+++\n", "a"), ("+++\na = \"\"\"\ny\"\"\"\n+++\n", "a"),
    ("+++\n[t]\na = 1\n+++\n", "t"), ("+++\na = 1\na = 2\n+++\n", "b"),
    ("+++\na = 1\n+++\n", "a b"), ("{\"a\": 1}\n", "a"), ("---\nb: 1\n---\n", "a: b"),
    ("---\nb: 1\n---\n", "- a"), ("---\nb: 1\n---\n", "a\nb"),
  ])
  func whatIsNotSafeIsRefused(text: String, key: String) {
    #expect(throws: VaultError.self) { try setting(key, .text("x"), in: text) }
  }

  @Test(arguments: [
    ("a = \"x\" # c\nb = 1\n", "a", "y \"z\"", "a = \"y \\\"z\\\"\" # c\nb = 1\n"),
    ("a = 1\n", "a", "2.5", "a = 2.5\n"), ("a = \"1\"\n", "a", "2", "a = \"2\"\n"),
    ("a = true\r\n[t]\r\na = 1\r\n", "a", "false", "a = false\r\n[t]\r\na = 1\r\n"),
    ("date = 2026-01-05\n", "date", "2026-01-06", "date = 2026-01-06\n"),
    ("\ta='x'\n", "A", "y", "\ta=\"y\"\n"), ("b = 1\n", "a", "x", "b = 1\na = \"x\"\n"),
    ("b = 1\n\n[t]\na = 1\n", "a", "x", "b = 1\na = \"x\"\n\n[t]\na = 1\n"),
    ("b = [\n1]\n", "a", "2026-01-05", "a = 2026-01-05\nb = [\n1]\n"),
    ("", "a", "x", "a = \"x\"\n"),
  ])
  func aSingleValueOfTOMLIsSetOnItsLine(
    before: String, key: String, value: String, after: String
  ) throws {
    let fence = before.contains("\r") ? "+++\r\n" : "+++\n"
    let text = fence + before + fence + "body\n"
    let bytes = try setting(key, .text(value), in: text)
    #expect(bytes == fence + after + fence + "body\n")
    guard !before.contains("a") || before.hasPrefix("b") else { return }
    let back = try FrontMatterEdit(note(bytes)).unsetting(key)
    #expect(String(decoding: back, as: UTF8.self) == text)
  }

  @Test func aKeyThatIsNotThereIsSaidWithTheNearest() throws {
    let edit = try FrontMatterEdit(note("---\nrating: 1\n---\n"))
    #expect {
      try edit.unsetting("ratin")
    } throws: { error in
      (error as? VaultError)?.remedy == "Did you mean rating?"
    }
  }

  @Test(arguments: [
    ("---\na: 1\n---\n\nx", "a", "x"), ("---\na: 1\n# c\n---\nx", "a", "---\n# c\n---\nx"),
    ("---\na: |\n  one\n  two\nb: 1\n---\n", "a", "---\nb: 1\n---\n"),
    ("---\na:\n  - 1\n  - 2\n# c\nb: 1\n---\n", "a", "---\n# c\nb: 1\n---\n"),
  ])
  func unsettingTakesItsLines(before: String, key: String, after: String) throws {
    let bytes = try FrontMatterEdit(note(before)).unsetting(key)
    #expect(String(decoding: bytes, as: UTF8.self) == after)
  }

  private static let keys = ["new", "Rating", "stack", "due date", "x-1", "日"]
  private static let values: [FrontMatterValue] = [
    .text("plain"), .text("2026-11-22"), .text("a: b # c"), .text("- x"), .text("yes"),
    .text("é 日 🎉"), .list(["a", "b c", "d, e"]), .list([]), .empty, .text("'"), .text("one\ntwo"),
  ]

  @Test(arguments: [UInt64(21), 22, 23])
  func settingAndUnsettingGivesTheSameBytesBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var edited = 0
    for _ in 0..<400 {
      let text = FrontMatterEditProperties().randomNote(&generator)
      let before = note(text)
      let isEmptyBlock = before.frontMatter.format == .yaml && before.frontMatter.content.isEmpty
      guard before.frontMatter.error == nil, !isEmptyBlock else { continue }
      let key = generator.pick(Self.keys)
      let value = generator.pick(Self.values)
      let set = Note(
        path: before.path, bytes: try FrontMatterEdit(before).setting(key, to: value))
      edited += 1
      #expect(try FrontMatterEdit(set).unsetting(key) == before.bytes, "\(text.debugDescription)")
      // One line more in a block that is there.
      let lines = { (bytes: [UInt8]) in bytes.count { $0 == 0x0A } }
      if before.frontMatter.format == .yaml {
        #expect(lines(set.bytes) == lines(before.bytes) + 1)
      }
    }
    #expect(edited > 350)
  }

  @Test(arguments: [UInt64(24), 25])
  func changingAValueAndBackChangesOneLine(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let others = ["b: 1 # x", "c: [1, 2]", "d: |\n  t\n", "# note", "e:\n  - 1"].shuffled(
        using: &generator)
      let old = generator.pick(["one", "'one'", "\"one\"", "one # c", "  one"])
      let text =
        "---\n" + others.prefix(2).joined(separator: "\n") + "\na: \(old)\n"
        + others.dropFirst(2).joined(separator: "\n") + "\n---\nbody\n"
      let set = try FrontMatterEdit(note(text)).setting("a", to: .text("two"))
      let back = try FrontMatterEdit(note(String(decoding: set, as: UTF8.self)))
        .setting("a", to: .text("one"))
      #expect(back == Array(text.utf8), "\(text)")
      let before = text.split(separator: "\n", omittingEmptySubsequences: false)
      let after = String(decoding: set, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(zip(before, after).count { $0 != $1 } == 1 && before.count == after.count)
    }
  }

  @Test(arguments: [
    ("kind", "doc", FrontMatterValue.text("documentation")),
    ("visibility", "public", .text("public")),
    ("verified", "today", .text("2026-11-22")), ("difficulty", "3", .text("3")),
    ("skills", "a, b", .list(["a", "b"])), ("tags", "[a, 'b c']", .list(["a", "b c"])),
    ("anything", "[a, b]", .list(["a", "b"])), ("anything", "[[a]]", .text("[[a]]")),
    ("end", "present", .text("present")), ("rating", "", .empty),
  ])
  func typedValuesAreReadByTheirKey(key: String, text: String, value: FrontMatterValue) throws {
    let now = LocalTime(year: 2026, month: 11, day: 22, hour: 9, minute: 0, second: 0)
    #expect(try NoteKey.value(of: key, typed: text, now: now) == value)
  }

  @Test(arguments: [
    ("kind", "snipet"), ("visibility", "hidden"), ("verified", "soon"), ("difficulty", "6"),
    ("placeholders", "maybe"),
  ])
  func valuesThatAKeyCannotHaveAreRefused(key: String, text: String) {
    let now = LocalTime(year: 2026, month: 11, day: 22, hour: 9, minute: 0, second: 0)
    #expect(throws: VaultError.self) { try NoteKey.value(of: key, typed: text, now: now) }
  }

  @Test func misspeltKeysOfFoliosOwnAreTold() {
    #expect(NoteKey.similar(to: "visiblity") == "visibility")
    #expect(NoteKey.similar(to: "dificulty") == "difficulty")
    #expect(NoteKey.similar(to: "visibility") == nil)
    #expect(NoteKey.similar(to: "layout") == nil)
    #expect(NoteKey.similar(to: "authors") == nil)
  }
}
