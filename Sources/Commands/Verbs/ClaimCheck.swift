internal import Career
internal import EverydayCommands
internal import Learning
internal import Notes

/// What `folio check` asks about skills and projects, besides the notes themselves.
enum ClaimCheck {
  /// Findings about skill areas that the guide does not have, and about projects and their metrics.
  ///
  /// - Parameter staged: Notes as they are to be committed: only those are looked at, beside the rest
  ///   of the vault; nil for every note.
  static func run(
    _ vault: Vault, _ notes: NoteIndex, staged: [Note]? = nil
  ) throws -> [Finding] {
    let source = CareerSource(vault, notes, staged: staged ?? [])
    let findings = try skills(source, staged) + projects(source)
    guard let staged else { return findings }
    let paths = Set(staged.map(\.path.description))
    return findings.filter { paths.contains($0.path) }
  }

  private static func skills(_ source: CareerSource, _ staged: [Note]?) throws -> [Finding] {
    guard let guide = try source.guide() else { return [] }
    let areas = SkillAreas(guide)
    guard !areas.all.isEmpty else { return [] }
    let reader = NoteReader(vault: source.vault)
    let named =
      staged.map { $0.map { (path: $0.path.description, skills: $0.skills, note: $0) } }
      ?? source.skilledNotes().map { (path: $0.path, skills: $0.skills, note: nil) }
    return try named.flatMap { named -> [Finding] in
      let unknown = named.skills.compactMap { skill -> (String, String?)? in
        guard case .none(let similar) = areas.area(named: skill) else { return nil }
        return (skill, similar)
      }
      guard !unknown.isEmpty else { return [] }
      let note = try named.note ?? reader.read(VaultPath(named.path))?.note
      let node = note?.frontMatter.value("skills", "skill")
      return unknown.map { skill, similar in
        let place = node?.items.first { $0.text == skill }?.position ?? node?.position
        return Finding(
          named.path, place ?? TextPosition(line: 1, column: 1), .unknownSkill,
          "\(skill) is no skill area of the guide" + (similar.map { "; did you mean \($0)?" } ?? "")
        )
      }
    }
  }

  private static func projects(_ source: CareerSource) throws -> [Finding] {
    let notes = try source.projectNotes()
    do throws(Problems) {
      return try source.projectFindings(try Project.read(notes))
    } catch {
      return error.list.map { problem in
        Finding(
          problem.path, problem.position, .badProject, problem.message)
      }
    }
  }
}

extension CareerSource {
  fileprivate func projectFindings(_ projects: [Project]) throws(Problems) -> [Finding] {
    let found = (try? findings(projects, metricsOnly: false)) ?? []
    return found.map { finding in
      Finding(finding.path, finding.position, Finding.Rule(finding.rule), finding.message)
    }
  }
}

extension Finding.Rule {
  static let unknownSkill = Self(
    "unknown-skill", .warning, "a skill area that the guide does not have")
  static let badProject = Self(
    "bad-project", .error, "a project or metric that documents cannot be made from")

  init(_ rule: ProjectFinding.Rule) {
    self.init(rule.rawValue, rule.isError ? .error : .warning, rule.summary)
  }

  /// Every rule, those about claims behind those about notes.
  static var every: [Self] {
    notes + [.unknownSkill, .badProject] + ProjectFinding.Rule.allCases.map { Self($0) }
  }
}
