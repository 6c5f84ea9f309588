import Learning
import Notes
import Testing

/// The tagger learns words that only the notes of one vault use.
@Suite struct SkillLessonsTests {
  static func note(_ number: Int, _ words: String) throws -> Note {
    Note(
      path: try VaultPath("n\(number).md"), bytes: Array("# Note \(number)\n\n\(words)\n".utf8))
  }

  /// Four notes that name an area and a tool of the house, and eight that name neither.
  static func lessons(tagged count: Int) throws -> SkillLessons {
    SkillLessons(
      tagged: try (0..<count).map {
        (try note($0, "Grimbold was restarted after the frobnicate step."), ["kubernetes"])
      },
      others: try (10..<18).map { try note($0, "The garden was restarted after the winter step.") })
  }

  @Test func wordsOfTheHouseAreLearnedForTheirAreaAlone() throws {
    let words = try Self.lessons(tagged: 4).words
    #expect(Set(words.keys) == ["kubernetes"])
    let learned = words["kubernetes"] ?? [:]
    #expect(learned["grimbold"] != nil)
    #expect(learned.values.allSatisfy { $0 > 0 })
    // What all notes say tells nothing.
    #expect(learned["restarted"] == nil)
    #expect(learned["step"] == nil)
  }

  @Test func fewerThanThreeNotesTeachNothing() throws {
    #expect(try Self.lessons(tagged: 2).words.values.allSatisfy(\.isEmpty))
  }
}
