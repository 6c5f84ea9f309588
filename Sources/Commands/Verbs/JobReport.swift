internal import Career
internal import EverydayCommands
internal import Learning
internal import Manuscript
internal import Markup
internal import Notes

/// What an advertisement asks for beside what a resume says, and why the resume says what it does.
struct JobReport {
  let advertisement: JobAdvertisement
  let matches: [JobAdvertisement.Match]
  /// Nil for a resume that somebody else made.
  private let resume: Resume?

  init(_ advertisement: JobAdvertisement, _ resume: Resume, _ source: CareerSource) throws {
    try self.init(advertisement, resume.document, resume, source)
  }

  init(
    _ advertisement: JobAdvertisement, _ document: Manuscript.Document, _ resume: Resume? = nil,
    _ source: CareerSource
  ) throws {
    self.advertisement = advertisement
    self.resume = resume
    var found: [String: [String]] = [:]
    for term in advertisement.terms { found[term.name] = try source.evidence(of: term) }
    matches = advertisement.matches(entries: document.entries) { found[$0.name] ?? [] }
  }

  /// The report for people.
  func lines(_ choice: Choice) -> [String] {
    var lines: [String] = []
    if matches.isEmpty {
      lines.append("The advertisement names nothing that the vault has a word for.")
    }
    let groups: [(JobAdvertisement.Coverage, String)] = [
      (.covered, "Covered"), (.notShown, "In your notes, but not in this resume"),
      (.missing, "Missing"),
    ]
    for (coverage, title) in groups {
      let group = matches.filter { $0.coverage == coverage }
      guard !group.isEmpty else { continue }
      lines.append("\(title) (\(group.count) of \(matches.count))")
      for match in group.prefix(20) {
        let places = match.places.prefix(3).joined(separator: ", ")
        lines.append("  \(match.term.name)" + (places.isEmpty ? "" : ": " + places))
      }
      if group.count > 20 { lines.append("  and \(group.count - 20) more") }
    }
    if !advertisement.unsure.isEmpty {
      lines.append(
        "Perhaps names, counted for nothing: "
          + advertisement.unsure.prefix(12).joined(separator: ", "))
    }
    return lines + reasons(choice)
  }

  /// Why each job and project says what it says.
  func reasons(_ choice: Choice) -> [String] {
    guard let resume else { return [] }
    var shown: [String] = []
    var left: [String] = []
    for chosen in resume.chosen {
      let why = reason(for: chosen, choice)
      let line = "  \(chosen.title)" + (why.isEmpty ? "" : ": " + why)
      if !chosen.isShown {
        left.append(line)
      } else if chosen.isProject || !why.isEmpty {
        shown.append(
          line + (chosen.of > 0 ? " (\(chosen.points.count) of \(chosen.of) points)" : ""))
      }
    }
    var lines = shown.isEmpty ? [] : ["Why each is there"] + shown
    if !left.isEmpty { lines += ["Left out, worth less for its lines"] + left }
    return lines
  }

  private func reason(for chosen: Resume.Chosen, _ choice: Choice) -> String {
    if let project = choice.projects.first(where: { $0.path == chosen.path }), chosen.isProject {
      return choice.reasons(for: project, advertisement.terms)
    }
    return choice.terms(in: chosen.points, advertisement.terms).joined(separator: "; ")
  }

  var json: JSON {
    .array(
      matches.map {
        .object([
          ("term", .string($0.term.name)), ("weight", .int($0.term.weight)),
          ("skill", .optional($0.term.area)), ("status", .string($0.coverage.rawValue)),
          ("places", .strings($0.places)),
        ])
      })
  }

  /// What was chosen, for programs.
  func choices(_ choice: Choice) -> JSON {
    .array(
      (resume?.chosen ?? []).map { chosen in
        .object([
          ("title", .string(chosen.title)), ("project", .bool(chosen.isProject)),
          ("path", .optional(chosen.path)), ("shown", .bool(chosen.isShown)),
          ("points", .strings(chosen.points)), ("of", .int(chosen.of)),
          ("why", .string(reason(for: chosen, choice))),
        ])
      })
  }
}

extension CareerSource {
  /// Reads an advertisement in the words of this vault.
  func advertisement(_ file: String) throws -> JobAdvertisement {
    let bytes =
      file == "-" ? try StandardInput.read() : try FileSystem.read(FileSystem.absolute(file))
    guard bytes.contains(where: { $0 > 0x20 }) else {
      throw Failure(.badInput, "the advertisement is empty", "Give its text: '--job FILE'.")
    }
    let areas = try guide().map { SkillAreas($0) } ?? SkillAreas([])
    let words = areaWords()
    let projects = try Self.projects(try projectNotes())
    let own = try profile()
    var tools: [String] = []
    for tool in projects.flatMap(\.stack) + own.work.flatMap(\.stack)
      + own.skills.flatMap({ [$0.name] + $0.keywords })
    where !tools.contains(tool) {
      tools.append(tool)
    }
    return JobAdvertisement(bytes, areas: areas, areaWords: words, tools: tools)
  }

  private static func projects(_ notes: [Note]) throws -> [Project] {
    try checked { () throws(Problems) in try Project.read(notes) }
  }

  /// The notes that speak of a term, the best first; the guide itself is no evidence.
  func evidence(of term: JobAdvertisement.Term) throws -> [String] {
    var paths: [String] = []
    for spelling in term.spellings.prefix(8) {
      let words = spelling.filter { $0 != "\"" && $0 != "\\" }
      let found = try search("\"\(words)\"", limit: 4)
      for path in found where path != "guide.md" && path != "profile.md" && !paths.contains(path) {
        paths.append(path)
      }
      if paths.count >= 3 { break }
    }
    return Array(paths.prefix(3))
  }

  /// The notes that a project's note links to.
  func linkedNotes(_ path: String) -> [InterviewNotes.LinkedNote] {
    guard let inside = try? VaultPath(path), let note = note(inside) else { return [] }
    var found: [InterviewNotes.LinkedNote] = []
    for link in note.markdown.links {
      guard let target = resolve(link.target), !found.contains(where: { $0.path == target }),
        let other = (try? VaultPath(target)).flatMap({ self.note($0) })
      else { continue }
      let visibility = other.frontMatter.value("visibility")?.text?.lowercased()
      found.append(
        InterviewNotes.LinkedNote(
          title: other.title, path: target, kind: other.kind.rawValue,
          isPrivate: visibility == "private"))
    }
    return found
  }

  /// Keeps the choice made for an advertisement as a view.
  func save(
    _ view: View, for advertisement: JobAdvertisement, _ choice: Choice, as name: String
  ) throws -> String {
    guard let slug = Slug.make(name) else {
      throw Failure(.usage, "\(name) is no name for a view", "Write letters and digits.")
    }
    let path = "views/\(slug).yaml"
    let file = vault.absolute(try VaultPath(path))
    guard FileSystem.status(file) == nil else {
      throw Failure(.unsafe, "there is a view \(path)", "Choose another name, or delete it first.")
    }
    let text = ViewWriter.text(view, for: advertisement, choice)
    if !FileSystem.isFolder(vault.root + "/views") {
      try FileSystem.createFolder(vault.root + "/views")
    }
    try SafeFile.create(file, Array(text.utf8))
    return "\(path): this choice; 'folio resume --view \(slug)' makes it again."
  }
}
