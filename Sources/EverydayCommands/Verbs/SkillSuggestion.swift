internal import FullText
internal import Learning
internal import Notes

/// The skill areas that a note just captured seems to be about.
///
/// What `folio tag suggest` says, but for what the vault's tagged notes have taught: reading those
/// would take longer than the capture.
struct SkillSuggestion {
  let areas: [String]

  /// Nil when the vault follows no guide, when its guide or its words cannot be read, or when nothing
  /// is suggested: a capture is no place to complain.
  ///
  /// - Parameter index: Tells common words from rare ones; it need not have the note.
  init?(_ path: VaultPath, in vault: Vault, _ index: NoteIndex?) {
    let reader = NoteReader(vault: vault)
    guard FileSystem.status(vault.root + "/guide.md") != nil,
      let guidePath = try? VaultPath("guide.md"),
      let (guideNote, _) = reader.read(guidePath), let (note, _) = reader.read(path)
    else { return nil }
    let areas = SkillAreas(Guide(guideNote))
    guard !areas.all.isEmpty else { return nil }
    var words = SkillWords()
    if let own = try? FileSystem.read(vault.root + "/" + SkillWords.fileName, limit: 1 << 20),
      let read = try? SkillWords(own)
    {
      words = read
    }
    let statistics = index.map { notes in
      VaultStatistics(notes: notes.index.documentCount) {
        notes.index.documentFrequency(ofWord: $0)
      }
    }
    var tagger = SkillTagger(areas: areas, words: words, statistics: statistics)
    self.areas = tagger.suggestions(for: note).map(\.area.id)
    if self.areas.isEmpty { return nil }
  }
}
