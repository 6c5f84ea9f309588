public import ArgumentParser
public import EverydayCommands
internal import Career
internal import Learning
internal import Notes

/// What the verbs about certificates, contributions and sharing have in common: listing records.
struct RecordList {
  let kinds: [LearningRecord.Kind]
  let json: Bool
  let color: Style.When

  /// The records of these kinds, the newest first.
  func records(_ source: LearningSource) throws -> [LearningRecord] {
    try source.records().filter { kinds.contains($0.kind) }.sorted {
      ($1.date ?? "", $0.path) < ($0.date ?? "", $1.path)
    }
  }

  static func json(_ record: LearningRecord) -> JSON {
    .object([
      ("path", .string(record.path)), ("title", .string(record.title)),
      ("kind", .string(record.kind.rawValue)), ("date", .optional(record.date)),
      ("skills", .strings(record.skills)), ("url", .optional(record.url)),
      ("issuer", .optional(record.issuer)), ("expires", .optional(record.expires)),
    ])
  }

  func line(_ record: LearningRecord, _ style: Style) -> String {
    var line = SkillTable.left(record.date ?? "", 10) + "  "
    line += SkillTable.left(record.kind.rawValue, 12) + "  " + Terminal.harmless(record.title)
    if let issuer = record.issuer { line += ", " + Terminal.harmless(issuer) }
    if !record.skills.isEmpty { line += style.dim("  " + record.skills.joined(separator: ", ")) }
    return line + "  " + style.path(Terminal.harmless(record.path))
  }
}

/// Options of the verbs that make a record.
struct RecordOptions: ParsableArguments {
  @Option(
    name: [.customLong("skill"), .customShort("s")],
    help: ArgumentHelp("A skill area that it shows.", valueName: "skill"))
  var skills: [String] = []
  @Option(help: ArgumentHelp("The day; today when absent.", valueName: "date")) var date: String?
  @Option(help: ArgumentHelp("Where it can be seen.", valueName: "url")) var url: String?
}

/// Makes the note of a record.
struct RecordNote {
  let index: ReadingOptions
  let title: String
  let kind: LearningRecord.Kind
  let options: RecordOptions
  /// More keys for the front matter.
  var extra: [(key: String, value: String)] = []

  func save(_ output: inout Output) throws {
    let vault = try index.vault.open()
    let now = Environment.now
    let areas = try GuideFile(ifThere: vault).map { SkillAreas($0.guide) }
    let skills = try options.skills.map { name in
      try areas.map { try Skills.find(name, in: $0).id } ?? name
    }
    let day = try options.date.map { try DateWords.parse($0, now: now) } ?? now.isoDate
    let words = title.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard let slug = Slug.make(words) else {
      throw Failure(.badInput, "a title needs letters or digits", "Give it a few words.")
    }
    var lines = [
      "---", "title: " + YAMLText.blockScalar(words), "kind: note", "record: " + kind.rawValue,
      "date: " + day,
    ]
    if !skills.isEmpty {
      lines.append("skills: [\(skills.map { YAMLText.flowScalar($0) }.joined(separator: ", "))]")
    }
    if let url = options.url { lines.append("url: " + YAMLText.blockScalar(url)) }
    for (key, value) in extra { lines.append("\(key): " + YAMLText.blockScalar(value)) }
    lines += ["created: " + now.isoDate, "---", "", "# " + words, ""]
    let bytes = Array(lines.joined(separator: "\n").utf8)
    for number in 1...1000 {
      let name = number == 1 ? slug : "\(slug)-\(number)"
      let path = try VaultPath("\(kind.folder)/\(name).md")
      try vault.refuseLinksOutside(path)
      if FileSystem.status(vault.absolute(path), followingLinks: false) != nil { continue }
      var changes = vault.changes("add \(path)")
      do throws(FileError) {
        try vault.make(path, bytes, keeping: &changes)
        vault.changeLog?.record(changes)
      } catch {
        if error.exists { continue }
        throw VaultError.file(error)
      }
      NoteIndex.noteWritten([path], in: vault, directory: index.directory(of: vault))
      output.line(Terminal.harmless(FileSystem.display(vault.absolute(path))))
      return
    }
    throw Failure(.badInput, "there are 1,000 notes called \(slug)", "Give it another title.")
  }
}
