import Notes
import Testing

@testable import Career

@Suite struct JSONResumeTests {
  static func parse(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

  static func roundTrip(_ json: String, all: Bool = true) throws -> JSONValue {
    let made = try ProfileImport(Array(json.utf8), path: "resume.json")
    let note = Note(path: try VaultPath("profile.md"), bytes: Array(made.text.utf8))
    #expect(note.frontMatter.error == nil, "\(made.text)")
    return ProfileExport.make(note, includesPrivate: all)
  }

  /// Every field of the schema in one document of our own: 9 of basics, 5 of a location, 3 of an
  /// account, those of the eleven lists, 3 of meta, and keys that the schema does not have.
  static let everything = """
    {
      "$schema": "https://example.org/schema.json",
      "basics": {
        "name": "Ayşe Güneş-Ørsted", "label": "Mühendis: \\"veri\\"", "image": "me.png",
        "email": "ayse@example.org", "phone": "+90 212 555 01 00", "url": "https://ayse.example.org",
        "summary": "First line.\\n\\n- not: a list\\n\\nSecond # line 😀",
        "location": {"address": "Yol 1\\nKat 2", "postalCode": "034", "city": "İstanbul", "countryCode": "TR", "region": "null"},
        "profiles": [{"network": "GitHub", "username": "yes", "url": "https://example.org/a"}],
        "x-own": {"a": [1, 2.50, -0, 1e5, true, false, null, "1", "true", "", " lead", "2020-01-01"]}
      },
      "work": [
        {"name": "1999", "location": "A", "description": "B", "position": "C", "url": "https://x.example",
         "startDate": "2013-12-01", "endDate": "2014", "summary": "D: E", "highlights": ["- x", "#y", "", "ж"]},
        {"name": "no", "startDate": "2012-01", "other": [[1, [2]], {}, []]}
      ],
      "volunteer": [{"organization": "O", "position": "P", "url": "u", "startDate": "2012", "endDate": "2013", "summary": "S", "highlights": ["h"]}],
      "education": [{"institution": "I", "url": "u", "area": "A", "studyType": "B", "startDate": "2011", "endDate": "2012", "score": "4.0", "courses": ["c"]}],
      "awards": [{"title": "T", "date": "2014-11-01", "awarder": "A", "summary": "S"}],
      "certificates": [{"name": "N", "date": "2021-11-07", "url": "u", "issuer": "I"}],
      "publications": [{"name": "N", "publisher": "P", "releaseDate": "2014-10-01", "url": "u", "summary": "S"}],
      "skills": [{"name": "N", "level": "Master", "keywords": ["HTML", "1.0"]}],
      "languages": [{"language": "L", "fluency": "Native"}],
      "interests": [{"name": "N", "keywords": ["k"]}],
      "references": [{"name": "N", "reference": "R"}],
      "projects": [{"name": "N", "description": "D", "highlights": ["h"], "keywords": ["k"], "startDate": "2019-01-01", "endDate": "2021-01-01", "url": "u", "roles": ["r"], "entity": "E", "type": "t"}],
      "meta": {"canonical": "c", "version": "v1.0.0", "lastModified": "2017-12-24T15:53:00", "theme": {"a": 1}},
      "x-top": {"visibility": "private"}, "name": "a key of ours at the top"
    }
    """

  @Test func everyFieldOfTheSchemaComesBack() throws {
    let before = try Self.parse(Self.everything)
    let after = try Self.roundTrip(Self.everything)
    #expect(before.isSame(as: after), "\(after.pretty)")
    // The example does have every field.
    for (section, fields) in JSONResumeSchema.lists {
      let keys = Set(before[section]?.items.flatMap { $0.members.map(\.key) } ?? [])
      #expect(keys.isSuperset(of: fields), "\(section)")
    }
    let basics = try #require(before["basics"])
    #expect(Set(basics.members.map(\.key)).isSuperset(of: JSONResumeSchema.basics))
    let fields = JSONResumeSchema.basics + JSONResumeSchema.lists.flatMap(\.fields)
    #expect(fields.count + JSONResumeSchema.meta.count == 68)
  }

  @Test(arguments: [
    "{}", "{\"basics\": {}}", "{\"basics\": null}", "{\"basics\": {\"name\": null}}",
    "{\"basics\": {\"summary\": \" spaces around \"}}", "{\"basics\": {\"summary\": \"\"}}",
    "{\"basics\": {\"summary\": \"---\\na: b\"}}", "{\"basics\": {\"location\": null}}",
    "{\"basics\": {\"profiles\": []}}", "{\"work\": []}", "{\"work\": null}",
    "{\"work\": [{}, {\"name\": \"\"}]}", "{\"meta\": 5}",
    "{\"unknown\": [null, {\"a\": {\"b\": []}}]}",
    "{\"basics\": {\"url\": \"\\u0000\\u001f\\u2028\"}}",
    "{\"awards\": [{\"title\": \"a\\r\\nb\\tc\"}]}",
    "{\"skills\": [{\"name\": \"\\ud83d\\ude00 \\\\ / \\\" '\"}]}",
  ])
  func oddDocumentsComeBack(json: String) throws {
    let before = try Self.parse(json)
    let after = try Self.roundTrip(json)
    #expect(before.isSame(as: after), "\(after.pretty)")
  }

  @Test func randomDocumentsComeBack() throws {
    var random = Random(seed: 20_261_128)
    for _ in 0..<300 {
      let json = JSONValue.object(
        (["basics", "x", "unknown"] + JSONResumeSchema.lists.map(\.name)).filter { _ in
          random.next(3) == 0
        }.map { name in
          let fields = JSONResumeSchema.fields(of: name) ?? JSONResumeSchema.basics
          if name == "basics" { return .init(name, Self.object(fields, &random)) }
          return .init(name, .array((0..<random.next(3)).map { _ in Self.object(fields, &random) }))
        })
      let after = try Self.roundTrip(json.pretty)
      #expect(json.isSame(as: after), "\(json.pretty)\n\(after.pretty)")
    }
  }

  private static func object(_ fields: [String], _ random: inout Random) -> JSONValue {
    let lists: Set<String> = ["highlights", "courses", "keywords", "roles", "profiles"]
    return .object(
      fields.filter { _ in random.next(2) == 0 }.map { field in
        if field == "location", fields.contains("profiles") { return .init(field, .object([])) }
        if lists.contains(field) {
          // A list of texts, except for accounts.
          return .init(
            field,
            .array(
              (0..<random.next(3)).map { _ in
                field == "profiles"
                  ? .object([.init("network", .string(text(&random)))]) : .string(text(&random))
              }))
        }
        return .init(field, .string(text(&random)))
      })
  }

  private static func text(_ random: inout Random) -> String {
    let pieces = [
      "a", "Ж", " ", "\n", ":", " #", "- ", "'", "\"", "\\", "{", "]", "%", "@", "&", "*", "!", "|",
      ">", "?", "---", "null", "1", "2020-01-01", "😀", "\t", "~", "`", ",", "é", "日本", "0x1F",
      "yes",
    ]
    return (0..<random.next(6)).map { _ in pieces[random.next(pieces.count)] }.joined()
  }

  @Test func rolesAtOneEmployerArePartedAndJoinedAgain() throws {
    let yaml = """
      ---
      name: A
      work:
        - name: Firm
          url: https://firm.example
          roles:
            - {position: Lead, startDate: 2024, highlights: [x]}
            - {position: Engineer, startDate: 2022, endDate: 2023}
        - {name: Other, position: P}
      ---
      """
    let note = Note(path: try VaultPath("profile.md"), bytes: Array(yaml.utf8))
    let profile = try ProfileReader.read(note)
    #expect(profile.work.map(\.name) == ["Firm", "Firm", "Other"])
    #expect(profile.work.map(\.position) == ["Lead", "Engineer", "P"])
    #expect(profile.work[1].url == "https://firm.example")
    let json = ProfileExport.make(note)
    #expect(json["work"]?.items.count == 3)
    let again = try ProfileImport(Array(json.pretty.utf8), path: "r.json").text
    let joined = try ProfileReader.read(
      Note(path: try VaultPath("profile.md"), bytes: Array(again.utf8)))
    // Where an entry stands in its file is no part of what it says.
    func said(_ profile: Profile) -> [Profile.Work] {
      profile.work.map { job in
        var job = job
        job.place = nil
        job.highlightPlaces = []
        return job
      }
    }
    #expect(said(joined) == said(profile))
    #expect(again.ranges(of: "name: Firm").count == 1)
  }

  @Test func privateEntriesStayOutUnlessAskedFor() throws {
    let json = "{\"work\": [{\"name\": \"A\"}, {\"name\": \"B\", \"visibility\": \"private\"}]}"
    #expect(try Self.roundTrip(json, all: false)["work"]?.items.count == 1)
    #expect(try Self.roundTrip(json, all: true)["work"]?.items.count == 2)
  }

  @Test func writtenByHandItIsStillJSONResume() throws {
    let yaml = """
      ---
      name: A
      contact: {location: "Gothenburg, SE", phone: +46 1}
      label: {en: Engineer, sv: Ingenjör}
      work:
        - name: B
          startDate: 2020
          endDate:
      ---

      Hello *there*.
      """
    let note = Note(path: try VaultPath("profile.md"), bytes: Array(yaml.utf8))
    let json = ProfileExport.make(note, language: "sv")
    #expect(json["basics"]?["label"]?.text == "Ingenjör")
    #expect(json["basics"]?["location"]?["city"]?.text == "Gothenburg, SE")
    #expect(json["basics"]?["summary"]?.text == "Hello *there*.")
    #expect(json["work"]?.items[0].members.map(\.key) == ["name", "startDate"])
    #expect(json["work"]?.items[0]["startDate"]?.text == "2020")
  }

  @Test(arguments: [
    ("", "ends too early"), ("{", "text in quotes"), ("[1,]", "a value"), ("{\"a\":1,}", "quotes"),
    ("{\"a\":1 \"b\":2}", "'}'"), ("01", "follows"), ("1.", "digit"), ("\"a", "no end"),
    ("\"\\x\"", "no escape"), ("\"\\u12\"", "four hex"), ("\"a\nb\"", "line end"),
    ("nul", "a value"),
    ("{\"a\":1,\"a\":2}", "twice"), ("{} x", "follows"), ("'a'", "a value"), ("-", "digit"),
    (String(repeating: "[", count: 100), "too deeply"), ("\"\u{1}\"", "control"),
  ])
  func brokenJSONSaysWhereAndWhat(json: String, reason: String) throws {
    let error = try #require(
      #expect(throws: JSONParser.Failure.self) { try Self.parse(json) })
    #expect(error.reason.contains(reason), "\(error)")
    #expect(throws: Problems.self) { try ProfileImport(Array(json.utf8), path: "x") }
  }

  @Test func theParserReadsWhatTheStandardAllows() throws {
    let value = try Self.parse(
      "\u{FEFF} {\"a\\u00e9\": [1.50e+3, \"\\ud83d\\ude00\\/\", \"\\ud83d\"]}\n")
    #expect(value["aé"]?.items == [.number("1.50e+3"), .string("😀/"), .string("\u{FFFD}")])
    let bad: [UInt8] = [0x22, 0xFF, 0x22]
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(bad) }
  }

  /// Whatever bytes come: a value or a place, never a crash.
  @Test func damagedDocumentsAreRefusedOrRead() throws {
    var random = Random(seed: 7)
    let good = Array(Self.everything.utf8)
    for _ in 0..<2000 {
      var bytes = good
      for _ in 0...random.next(3) { bytes[random.next(bytes.count)] = UInt8(random.next(256)) }
      if random.next(2) == 0 { bytes.removeLast(random.next(bytes.count)) }
      do throws(Problems) {
        let made = try ProfileImport(bytes, path: "x")
        #expect(FrontMatter(Array(made.text.utf8)).error == nil)
      } catch {
        #expect(error.list.allSatisfy { $0.position.line > 0 && !$0.message.isEmpty })
      }
    }
  }
}

/// Numbers that are the same in every run (xorshift).
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(_ below: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, below)))
  }
}
