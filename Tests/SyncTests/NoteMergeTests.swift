import Notes
import TestSupport
import Testing

@testable import Sync

/// What becomes of two versions of one note.
@Suite struct NoteMergeTests {
  private func merge(
    _ base: String?, _ first: String, _ second: String, _ kind: NoteMerge.Kind = .note
  ) -> (text: String, overlap: MergeConflict.Reason?, fields: [FieldMerge.Conflict]) {
    let result = NoteMerge.merge(
      base: base.map { Array($0.utf8) }, Array(first.utf8), Array(second.utf8), kind)
    return (String(decoding: result.bytes, as: UTF8.self), result.overlap, result.fields)
  }

  private func note(_ fields: String, _ body: String = "Text.\n") -> String {
    "---\n\(fields)---\n\(body)"
  }

  // MARK: - Front matter

  struct Fields: CustomTestStringConvertible {
    var testDescription: String
    var base: String
    var first: String
    var second: String
    var merged: String
    var conflicts: [String] = []
  }

  static let fields: [Fields] = [
    Fields(
      testDescription: "keys that one side changed are taken", base: "title: A\nlang: sql\n",
      first: "title: B\nlang: sql\n", second: "title: A\nlang: python\n",
      merged: "title: B\nlang: python\n"),
    Fields(
      testDescription: "tags of both sides are there once", base: "tags: [a, b]\n",
      first: "tags: [a, b, x]\n", second: "tags: [a, b, c, x]\n", merged: "tags: [a, b, x, c]\n"),
    Fields(
      testDescription: "a tag that one side took away is gone", base: "tags: [a, b]\n",
      first: "tags: [a]\n", second: "tags: [a, b, c]\n", merged: "tags: [a, c]\n"),
    Fields(
      testDescription: "block lists keep their style", base: "tags:\n  - a\n  - b\n",
      first: "tags:\n  - a\n  - b\n  - x\n", second: "tags:\n  - b\n",
      merged: "tags:\n  - b\n  - x\n"),
    Fields(
      testDescription: "both wrote the same with other quotes", base: "title: A\n",
      first: "title: \"B\"\n", second: "title: B\n", merged: "title: \"B\"\n"),
    Fields(
      testDescription: "both changed a key: the first stays and it is said", base: "status: a\n",
      first: "status: b\n", second: "status: c\n", merged: "status: b\n", conflicts: ["status"]),
    Fields(
      testDescription: "the later of two dates of change", base: "updated: 2026-01-01\n",
      first: "updated: 2026-02-01\n", second: "updated: 2026-03-01\n",
      merged: "updated: 2026-03-01\n"),
    Fields(
      testDescription: "the earlier of two dates of making", base: "created: 2026-05-01\n",
      first: "created: 2026-02-01\n", second: "created: 2026-03-01\n",
      merged: "created: 2026-02-01\n"),
    Fields(
      testDescription: "an id never changes", base: "id: n-1\n", first: "id: n-2\n",
      second: "id: n-3\n", merged: "id: n-1\n"),
    Fields(
      testDescription: "new keys go behind the keys they stood behind",
      base: "title: A\nkind: doc\n", first: "title: A\nx: 1\nkind: doc\n",
      second: "title: A\ny: 2\nkind: doc\n", merged: "title: A\ny: 2\nx: 1\nkind: doc\n"),
    Fields(
      testDescription: "comments and order stay", base: "# about\ntitle: A # here\n\nlang: sql\n",
      first: "# about\ntitle: A # here\n\nlang: python\nskills: [x]\n",
      second: "# about me\ntitle: B # there\n\nlang: sql\n",
      merged: "# about me\ntitle: B # there\n\nlang: python\nskills: [x]\n"),
    Fields(
      testDescription: "a key taken away on one side is gone", base: "a: 1\nb: 2\n",
      first: "b: 2\n", second: "a: 1\nb: 3\n", merged: "b: 3\n"),
    Fields(
      testDescription: "a key taken away and changed stays and it is said", base: "a: 1\nb: 2\n",
      first: "b: 2\n", second: "a: 5\nb: 2\n", merged: "a: 5\nb: 2\n", conflicts: ["a"]),
    Fields(
      testDescription: "keys within a key", base: "contact:\n  email: a\n  phone: 1\n",
      first: "contact:\n  email: b\n  phone: 1\n", second: "contact:\n  email: a\n  phone: 2\n",
      merged: "contact:\n  email: b\n  phone: 2\n"),
    Fields(
      testDescription: "a list of mappings by id",
      base: "metrics:\n  - id: cost\n    before: 10\n    after: 5\n  - id: time\n    after: 1\n",
      first: "metrics:\n  - id: cost\n    before: 12\n    after: 5\n  - id: time\n    after: 1\n",
      second:
        "metrics:\n  - id: cost\n    before: 10\n    after: 4\n  - id: time\n    after: 1\n  - id: new\n    after: 9\n",
      merged:
        "metrics:\n  - id: cost\n    before: 12\n    after: 4\n  - id: time\n    after: 1\n  - id: new\n    after: 9\n"
    ),
    Fields(
      testDescription: "one value of a mapping in a list",
      base: "work:\n- name: A\n  start: 2020\n  role: x\n",
      first: "work:\n- name: A\n  start: 2020\n  role: y\n",
      second: "work:\n- name: A\n  start: 2020\n  role: z\n",
      merged: "work:\n- name: A\n  start: 2020\n  role: y\n", conflicts: ["work.A 2020.role"]),
    Fields(
      testDescription: "long texts are one value", base: "impact: |\n  one\n  two\nlang: sql\n",
      first: "impact: |\n  one\n  two\n  three\nlang: sql\n",
      second: "impact: |\n  one\n  two\nlang: go\n",
      merged: "impact: |\n  one\n  two\n  three\nlang: go\n"),
  ]

  @Test(arguments: fields) func frontMatterIsMergedKeyByKey(_ row: Fields) {
    let result = merge(note(row.base), note(row.first), note(row.second))
    #expect(result.text == note(row.merged))
    #expect(result.fields.map(\.field) == row.conflicts)
    #expect(result.overlap == nil)
  }

  @Test func frontMatterAndBodyAreMergedApart() {
    let result = merge(
      note("tags: [a]\n", "one\n"), note("tags: [a, b]\n", "one\n"), note("tags: [a]\n", "two\n"))
    #expect(result.text == note("tags: [a, b]\n", "two\n"))
  }

  @Test func frontMatterThatBothMadeIsMerged() {
    let result = merge("Text.\n", note("tags: [a]\n"), note("tags: [b]\nlang: sql\n"))
    #expect(result.text == note("tags: [a, b]\nlang: sql\n"))
  }

  @Test func unreadableFrontMatterIsMergedAsLines() {
    let broken = note("title: [a\nlang: sql\n", "x\n\ny\n")
    let result = merge(
      broken, broken.replacing("x\n", with: "X\n"), broken.replacing("y\n", with: "Y\n"))
    #expect(result.text == note("title: [a\nlang: sql\n", "X\n\nY\n"))
  }

  @Test func lineEndsMarksAndMissingLineEndsStay() {
    let base = "\u{FEFF}---\r\ntags: [a]\r\n---\r\none\r\n\r\ntwo"
    let result = merge(
      base, base.replacing("[a]", with: "[a, b]"), base.replacing("two", with: "three"))
    #expect(result.text == "\u{FEFF}---\r\ntags: [a, b]\r\n---\r\none\r\n\r\nthree")
  }

  @Test func aSideThatChangedAllLineEndsWins() {
    let base = "one\n\ntwo\n"
    let result = merge(base, "one\r\n\r\ntwo\r\n", "one\n\nthree\n")
    #expect(result.text == "one\r\n\r\nthree\r\n")
  }

  // MARK: - Body

  struct Body: CustomTestStringConvertible {
    var testDescription: String
    var base: String
    var first: String
    var second: String
    /// Nil when the two overlap.
    var merged: String?
  }

  static let bodies: [Body] = [
    Body(
      testDescription: "lines far apart", base: "1\n2\n3\n4\n5\n", first: "1a\n2\n3\n4\n5\n",
      second: "1\n2\n3\n4\n5b\n", merged: "1a\n2\n3\n4\n5b\n"),
    Body(
      testDescription: "lines that touch in a paragraph", base: "1\n2\n3\n", first: "1\n2a\n3\n",
      second: "1\n2\n3b\n", merged: nil),
    Body(
      testDescription: "paragraphs with a blank line between", base: "one\n\ntwo\n",
      first: "ONE\n\ntwo\n", second: "one\n\nTWO\n", merged: "ONE\n\nTWO\n"),
    Body(
      testDescription: "list items that touch", base: "- a\n- b\n", first: "- A\n- b\n",
      second: "- a\n- B\n", merged: "- A\n- B\n"),
    Body(
      testDescription: "new list items at one place", base: "- a\n", first: "- a\n- b\n",
      second: "- a\n- c\n", merged: "- a\n- b\n- c\n"),
    Body(
      testDescription: "one list item of two lines", base: "- a\n  b\n- c\n",
      first: "- A\n  b\n- c\n", second: "- a\n  B\n- c\n", merged: nil),
    Body(
      testDescription: "one code block", base: "```sql\na\nb\nc\nd\n```\n",
      first: "```sql\nA\nb\nc\nd\n```\n", second: "```sql\na\nb\nc\nD\n```\n", merged: nil),
    Body(
      testDescription: "code block and the text below", base: "```\na\n```\ntext\n",
      first: "```\nA\n```\ntext\n", second: "```\na\n```\nTEXT\n", merged: "```\nA\n```\nTEXT\n"),
    Body(
      testDescription: "the same change", base: "1\n2\n3\n", first: "1\nx\n3\n",
      second: "1\nx\n3\n", merged: "1\nx\n3\n"),
    Body(
      testDescription: "the same change and another", base: "1\n2\n3\n\n5\n",
      first: "1\nx\n3\n\n5\n", second: "1\nx\n3\n\n6\n", merged: "1\nx\n3\n\n6\n"),
    Body(
      testDescription: "the same line", base: "1\n2\n3\n", first: "1\na\n3\n", second: "1\nb\n3\n",
      merged: nil),
    Body(
      testDescription: "deleted here, changed there", base: "1\n2\n3\n", first: "1\n3\n",
      second: "1\nb\n3\n", merged: nil),
    Body(
      testDescription: "both add at the end of a note that is no log", base: "1\n",
      first: "1\n\na\n", second: "1\n\nb\n", merged: nil),
    Body(
      testDescription: "heading and paragraph", base: "# A\ntext\n", first: "# B\ntext\n",
      second: "# A\nTEXT\n", merged: "# B\nTEXT\n"),
    Body(
      testDescription: "without a line end at the end", base: "1\n\n2", first: "0\n\n2",
      second: "1\n\n2\n3", merged: "0\n\n2\n3"),
  ]

  @Test(arguments: bodies) func bodiesAreMergedLineByLine(_ row: Body) {
    let result = merge(row.base, row.first, row.second)
    if let merged = row.merged {
      #expect(result.text == merged)
      #expect(result.overlap == nil)
    } else {
      #expect(result.overlap == .sameLines)
    }
    // Which side is older decides no more than which of two overlapping edits stays.
    let swapped = merge(row.base, row.second, row.first)
    #expect((swapped.overlap == nil) == (result.overlap == nil))
  }

  @Test func ofOverlappingEditsTheFirstStaysAndTheRestIsMerged() {
    let result = merge(
      "1\n\n2\n\n3\n", "1a\n\n2a\n\n3\n", "1\n\n2b\n\n3b\n")
    #expect(result.text == "1a\n\n2a\n\n3b\n")
    #expect(result.overlap == .sameLines)
  }

  @Test func whatBothWriteAtTheEndOfAJournalDayIsKept() {
    let base = "# 2026-11-22\n"
    let result = merge(
      base, base + "\n## Log\n\nFixed the sensor.\n", base + "\n## Log\n\nRead about pools.\n",
      .journal)
    #expect(result.text == "# 2026-11-22\n\n## Log\n\nFixed the sensor.\nRead about pools.\n")
    #expect(result.overlap == nil)
  }

  @Test func aJournalDayThatBothBeganIsOneDay() {
    let head = "---\nkind: journal\ndate: 2026-11-22\n---\n# 2026-11-22\n\n"
    let result = merge(nil, head + "- a\n", head + "- b\n", .journal)
    #expect(result.text == head + "- a\n- b\n")
    #expect(result.overlap == nil)
  }

  @Test func notesMadeApartAreOneOnlyWithOneID() {
    #expect(merge(nil, "a\n", "b\n").overlap == .bothNew)
    let same = merge(nil, note("id: x\ntags: [a]\n"), note("id: x\ntags: [b]\n"))
    #expect(same.text == note("id: x\ntags: [a, b]\n"))
    #expect(same.overlap == nil)
  }

  @Test func whatIsNoTextIsNotMerged() {
    #expect(merge("a\0", "b\0", "c\0").overlap == .notText)
  }

  /// Random edits of random notes: what one side wrote is in the result or in its own version, the
  /// front matter parses, and without a conflict every line that a side added is there.
  @Test(arguments: 1...150) func noAddedLineIsLostInRandomMerges(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
    let pool = [
      "- item", "text", "", "# Heading", "  more", "```", "1. one", "> quote", "- [ ] task", "---",
    ]
    let keys = ["tags: [a, b]", "title: T", "updated: 2026-01-01", "status: open", "x:", "  y: 1"]
    var body = (0..<Int.random(in: 0...14, using: &random)).map { _ in
      pool.randomElement(using: &random)!
    }
    if Bool.random(using: &random) {
      body = ["---"] + keys.prefix(Int.random(in: 1...6, using: &random)) + ["---"] + body
    }
    var added: [Set<String>] = [[], []]
    let sides = (0..<2).map { side in
      var lines = body
      for count in 0..<Int.random(in: 0...4, using: &random) {
        let place = Int.random(in: 0...lines.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where !lines.isEmpty:
          lines.remove(at: min(place, lines.count - 1))
        case 1 where !lines.isEmpty:
          let line = "\(lines[min(place, lines.count - 1)]) s\(side)c\(count)"
          lines[min(place, lines.count - 1)] = line
        default:
          let line = ["", "- "].randomElement(using: &random)! + "new s\(side)c\(count)"
          lines.insert(line, at: place)
        }
      }
      added[side] = Set(lines.filter { $0.contains("s\(side)c") })
      return text(lines)
    }
    let result = merge(text(body), sides[0], sides[1])
    let frontMatters = ([text(body)] + sides).map { FrontMatter(Array($0.utf8)) }
    if frontMatters.allSatisfy({ $0.error == nil && $0.duplicateKeys.isEmpty }) {
      let merged = FrontMatter(Array(result.text.utf8))
      #expect(merged.error == nil && merged.duplicateKeys.isEmpty)
    }
    #expect(merge(text(body), sides[0], sides[1]).text == result.text)
    let lines = Set(result.text.split(separator: "\n").map(String.init))
    if result.overlap == nil, result.fields.isEmpty, frontMatters.allSatisfy({ $0.format == .none })
    {
      for line in added[0].union(added[1]) { #expect(lines.contains(line)) }
    }
    #expect(!result.text.contains("<<<<<<<") && !result.text.contains(">>>>>>>"))
  }
}
