@testable import Learning
import Manuscript
import Notes
import Testing

@testable import Career

/// Every field of profile, project, metric, view and record with values that it cannot have: each is
/// either read, or refused by a sentence that says where and what to write instead.
@Suite struct BadInputTests {
  static let values = [
    "[a, b]", "{a: b}", "[{a: b}]", "[[a]]", "2019-19-39", "''", "-1", "99999999999999999999999",
    "1e400", "~", "true", "\"\\u0000\\u202e\"", "'{{name}} <b>'", "3 parsecs", "0/0",
  ]

  static func look(at problems: Problems, _ what: String) {
    #expect(!problems.list.isEmpty)
    for problem in problems.list {
      #expect(!problem.path.isEmpty && problem.position.line > 0, "\(what): \(problem)")
      #expect(!problem.message.isEmpty && !problem.remedy.isEmpty, "\(what): \(problem)")
    }
  }

  static let profileFields = [
    "name", "label", "contact", "contact.email", "contact.phone", "contact.url", "contact.location",
    "contact.profiles", "work", "work.name", "work.position", "work.location", "work.url",
    "work.startDate", "work.endDate", "work.summary", "work.highlights", "work.stack", "work.roles",
    "work.visibility", "education", "education.institution", "education.area",
    "education.studyType", "education.startDate", "education.endDate", "education.score",
    "education.courses", "certificates", "certificates.name", "certificates.issuer",
    "certificates.date", "certificates.expires", "certificates.url", "certificates.skills",
    "languages", "languages.language", "languages.fluency", "interests", "interests.name",
    "interests.keywords", "skills", "skills.name", "skills.level", "skills.keywords", "volunteer",
    "volunteer.organization", "volunteer.startDate", "awards", "awards.title", "awards.date",
    "publications", "publications.name", "publications.releaseDate", "talks", "talks.name",
    "talks.date", "contributions", "contributions.name", "projects", "projects.name",
    "projects.highlights", "references", "references.name", "references.reference", "visibility",
    "summary", "basics", "basics.name", "basics.location", "basics.profiles",
  ]

  /// A profile in which one field has a value.
  static func profile(_ field: String, _ value: String) -> String {
    let parts = field.split(separator: ".").map(String.init)
    var lines = field == "name" ? [] : ["name: Ada"]
    if parts.count == 1 {
      lines.append("\(field): \(value)")
    } else if ["contact", "basics"].contains(parts[0]) {
      lines += ["\(parts[0]):", "  \(parts[1]): \(value)"]
    } else {
      lines += ["\(parts[0]):", "  - \(parts[1]): \(value)"]
      let must =
        [
          "education": "institution", "languages": "language", "awards": "title",
        ][parts[0]] ?? "name"
      if must != parts[1] { lines.append("    \(must): X") }
    }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: profileFields)
  func everyFieldOfAProfileIsReadOrRefused(field: String) throws {
    for value in Self.values {
      do throws(any Error) {
        let profile = try ChoiceTests.profile(Self.profile(field, value))
        // What was read can be set.
        let choice = try Choice(
          profile: profile, projects: [], areas: SkillAreas([]), view: .resume)
        _ = Resume(choice).document
      } catch let problems as Problems {
        Self.look(at: problems, "\(field): \(value)")
      }
    }
  }

  @Test(arguments: [
    "id", "name", "kind", "before", "after", "unit", "direction", "per", "frequency", "since",
    "until", "people", "share", "basis", "counts_toward", "part_of", "as_of", "evidence",
    "visibility", "action", "wording",
  ])
  func everyFieldOfAMetricIsReadOrRefused(field: String) throws {
    for value in Self.values {
      var fields = ["name": "Load", "kind": "cost", "before": "€9", "after": "€3"]
      fields[field] = value
      let yaml =
        "metrics:\n  - "
        + fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        .joined(separator: "\n    ")
      do throws(any Error) {
        let projects = try Project.read([try project(yaml)])
        let first = try #require(projects.first)
        _ = first.claims(try #require(Words("tr")))
        _ = MetricTotals(first.metrics, to: CalendarDate(year: 2026, month: 1, day: 1))
      } catch let problems as Problems {
        Self.look(at: problems, "\(field): \(value)")
      }
    }
  }

  @Test(arguments: [
    "title", "role", "organisation", "start", "end", "difficulty", "skills", "stack", "tags",
    "impact", "challenges", "url", "visibility", "highlights", "interview", "metrics", "created",
  ])
  func everyFieldOfAProjectIsReadOrRefused(field: String) throws {
    for value in Self.values {
      do throws(any Error) { _ = try Project.read([try project("\(field): \(value)")]) } catch let
        problems as Problems
      { Self.look(at: problems, "\(field): \(value)") }
    }
  }

  @Test(
    arguments: ViewReader.keys + [
      "length.pages", "privacy.contact", "theme.accent", "theme.design",
    ])
  func everyKeyOfAViewIsReadOrRefused(field: String) throws {
    for value in Self.values {
      let parts = field.split(separator: ".")
      let yaml =
        parts.count == 1 ? "\(field): \(value)" : "\(parts[0]): {\(parts[1]): \(value)}"
      do throws(any Error) {
        let view = try ChoiceTests.view(yaml)
        _ = try ChoiceTests.choice(view)
      } catch let problems as Problems { Self.look(at: problems, yaml) }
    }
  }

  @Test(arguments: ["record", "date", "skills", "url", "issuer", "expires", "visibility", "title"])
  func everyFieldOfARecordIsReadOrRefused(field: String) throws {
    for value in Self.values {
      var fields = ["record": "talk", "title": "T"]
      fields[field] = value
      let note = Note(
        path: try VaultPath("sharing/t.md"),
        bytes: Array(
          ("---\n"
            + fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            .joined(separator: "\n") + "\n---\n").utf8))
      if let problem = LearningRecord.problem(of: note) {
        #expect(problem.line > 0 && !problem.remedy.isEmpty)
      } else if let record = LearningRecord(note) {
        let profile = try ChoiceTests.profile("name: A").adding([record])
        #expect(
          profile.talks.count + profile.certificates.count + profile.contributions.count
            + profile.publications.count == 1)
      }
    }
  }
}
