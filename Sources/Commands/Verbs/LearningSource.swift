internal import EverydayCommands
internal import FullText
internal import Learning
internal import Notes

/// What the verbs about learning read from a vault.
struct LearningSource {
  let vault: Vault
  let notes: NoteIndex
  let reader: NoteReader
  let file: GuideFile

  var guide: Guide { file.guide }

  init(_ options: ReadingOptions) throws {
    let vault = try options.vault.open()
    let file = try GuideFile(vault)
    self.init(vault, file, try options.open(vault).index)
  }

  init(_ vault: Vault, _ file: GuideFile, _ notes: NoteIndex) {
    self.vault = vault
    self.file = file
    self.notes = notes
    reader = NoteReader(vault: vault)
  }

  /// The skill areas of the guide; a failure when it names none.
  func areas() throws -> SkillAreas {
    let areas = SkillAreas(guide)
    guard !areas.all.isEmpty else {
      throw Failure(
        .nothing, "guide.md names no skill areas",
        "List them under a bold line or a heading 'Skills to Develop'.")
    }
    return areas
  }

  /// The words of `skills.yaml`; none when it is not there.
  func words() throws -> SkillWords {
    let path = try VaultPath(SkillWords.fileName)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read(vault.absolute(path), limit: 4 << 20)
    } catch {
      if error.isMissing { return SkillWords() }
      throw VaultError.file(error)
    }
    do throws(GuideProblem) { return try SkillWords(bytes) } catch { throw Failure(error) }
  }

  func summaries(where filter: Filter) -> [NoteSummary] {
    notes.index.documents(where: ConflictCopy.leftOut(of: filter)).map { notes.summary(of: $0) }
  }

  /// The notes of a filter, in the order of their paths; those that are gone are left out.
  func read(where filter: Filter) throws -> [Note] {
    try summaries(where: filter).compactMap { summary in
      reader.read(try VaultPath(summary.path))?.note
    }
  }

  /// The path of the note that a link means, or nil.
  func resolve(_ link: String) -> String? {
    if case .note(let path) = LinkResolver(notes).resolve(name: link) { return path.description }
    return nil
  }

  /// A tagger that knows the vault's words and what its tagged notes have taught.
  func tagger(_ areas: SkillAreas) throws -> SkillTagger {
    let index = notes.index
    return SkillTagger(
      areas: areas, words: try words(), lessons: try lessons(areas),
      statistics: VaultStatistics(notes: index.documentCount) {
        index.documentFrequency(ofWord: $0)
      })
  }

  /// Tagged notes that are read for an area, and untagged ones to compare them with.
  private static let mostLessons = 40
  private static let mostOthers = 200

  private func lessons(_ areas: SkillAreas) throws -> SkillLessons? {
    let known = Set(areas.all.map(\.id))
    var counts: [String: Int] = [:]
    var chosen: [NoteSummary] = []
    let tagged = summaries(where: .exists("skill")).sorted {
      ($1.modified, $0.path) < ($0.modified, $1.path)
    }
    for note in tagged {
      let wanted = note.skills.filter {
        known.contains($0) && counts[$0, default: 0] < Self.mostLessons
      }
      guard !wanted.isEmpty else { continue }
      for id in note.skills where known.contains(id) { counts[id, default: 0] += 1 }
      chosen.append(note)
    }
    guard !chosen.isEmpty else { return nil }
    let others = summaries(where: .not(.exists("skill")))
    let step = max(1, others.count / Self.mostOthers)
    let compared = try stride(from: 0, to: others.count, by: step).compactMap {
      reader.read(try VaultPath(others[$0].path))?.note
    }
    let lessons = try chosen.compactMap { summary -> (note: Note, areas: [String])? in
      guard let note = reader.read(try VaultPath(summary.path))?.note else { return nil }
      return (note, summary.skills.filter { known.contains($0) })
    }
    return SkillLessons(tagged: lessons, others: compared)
  }
}
