internal import Career
internal import EverydayCommands
internal import Learning
internal import Manuscript
internal import Markup
internal import Notes

/// What an advertisement asks for beside what a resume says.
struct JobReport {
  let advertisement: JobAdvertisement
  let matches: [JobAdvertisement.Match]
  private let document: Manuscript.Document

  init(_ advertisement: JobAdvertisement, _ document: Manuscript.Document, _ source: CareerSource)
    throws
  {
    self.advertisement = advertisement
    self.document = document
    var found: [String: [String]] = [:]
    for term in advertisement.terms { found[term.name] = try source.evidence(of: term) }
    matches = advertisement.matches(entries: document.entries) { found[$0.name] ?? [] }
  }

  /// The report for people.
  func lines(_ choice: Choice) -> [String] {
    guard !matches.isEmpty else {
      return ["The advertisement names nothing that the vault has a word for."]
    }
    var lines: [String] = []
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
    lines.append("Why each project")
    let shown = Set(document.entries.map(\.title))
    for project in choice.ranking where shown.contains(project.title) {
      lines.append("  \(project.title): \(choice.reasons(for: project, advertisement.terms))")
    }
    return lines
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
    var words: [String: [String]] = [:]
    if let file = self.file(SkillWords.fileName), let read = try? SkillWords(file) {
      for entry in read.entries { words[entry.id] = entry.words }
    }
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

  /// The troubleshooting notes that a project's note links to.
  func troubles(_ path: String) -> [(title: String, path: String)] {
    guard let inside = try? VaultPath(path), let note = note(inside) else { return [] }
    var found: [(title: String, path: String)] = []
    for link in note.markdown.links {
      guard let target = resolve(link.target), !found.contains(where: { $0.path == target }),
        let other = (try? VaultPath(target)).flatMap({ self.note($0) }),
        other.kind == .troubleshooting
      else { continue }
      found.append((other.title, target))
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
