internal import FullText
internal import Markup
public import Notes

/// Words that the vault's own tagged notes use far more for one area than for others.
public struct SkillLessons: Sendable {
  /// By area: word and weight.
  public private(set) var words: [String: [String: Float]] = [:]

  /// Fewer notes teach nothing.
  private static let leastNotes = 3
  /// A word must be so many times likelier in notes of the area.
  private static let leastRatio = 4.0
  private static let mostWords = 30

  /// - Parameters:
  ///   - tagged: Notes with the areas that they name.
  ///   - others: Notes to compare with, which name none.
  public init(tagged: [(note: Note, areas: [String])], others: [Note]) {
    var counts: [String: Int] = [:]
    var byArea: [String: (notes: Int, words: [String: Int])] = [:]
    var spelling: [String: String] = [:]
    func read(_ note: Note) -> Set<String> {
      var stems: Set<String> = []
      for word in Self.words(of: note) {
        let stem = Lexicon.stems(of: word).first ?? word
        if stems.insert(stem).inserted {
          counts[stem, default: 0] += 1
          if spelling[stem].map({ word.utf8.count < $0.utf8.count }) ?? true {
            spelling[stem] = word
          }
        }
      }
      return stems
    }
    for (note, areas) in tagged {
      let stems = read(note)
      for area in areas {
        byArea[area, default: (0, [:])].notes += 1
        for stem in stems { byArea[area]?.words[stem, default: 0] += 1 }
      }
    }
    for note in others { _ = read(note) }
    let total = Double(tagged.count + others.count)
    for (area, own) in byArea where own.notes >= Self.leastNotes {
      let notes = Double(own.notes)
      var ranked: [(stem: String, weight: Double)] = []
      for (stem, count) in own.words where count >= 2 && Double(count) >= 0.15 * notes {
        let elsewhere = Double((counts[stem] ?? count) - count)
        let ratio =
          (Double(count) / notes) / ((elsewhere + 0.5) / (total - notes + 1))
        guard ratio >= Self.leastRatio else { continue }
        // A few notes are little proof.
        let trust = notes / (notes + 4)
        ranked.append((stem, trust * min(2.5, 0.6 * TaggerMath.log(ratio))))
      }
      ranked.sort { ($1.weight, $0.stem) < ($0.weight, $1.stem) }
      var learned: [String: Float] = [:]
      for (stem, weight) in ranked.prefix(Self.mostWords) {
        learned[spelling[stem] ?? stem] = Float(weight)
      }
      words[area] = learned
    }
  }

  /// The words of a note's text, code and targets of links left out.
  private static func words(of note: Note) -> Set<String> {
    var words: Set<String> = []
    for span in note.markdown.spans {
      switch span.kind {
      case .heading, .prose, .inlineCode:
        for word in Tokens.words(of: note.bytes[span.range])
        where word.utf8.count > 2 && word.contains(where: \.isLetter) {
          words.insert(word)
        }
      case .code, .linkTarget, .html, .math: continue
      }
    }
    for word in Tokens.words(of: note.title.utf8) where word.utf8.count > 2 { words.insert(word) }
    return words
  }
}
