import Testing

@testable import FullText

/// Words with typos are those that the definition of the distance gives: letters put in, left out,
/// changed or swapped with the next; an ASCII word is measured in bytes, another in scalars.
@Suite struct NearSpellingTests {
  @Test(arguments: ["abc", "abcdefgh", "aбя"]) func areAllFoundAndNoOthers(letters: String) throws {
    let letters = Array(letters)
    var random = SeededGenerator(seed: 31)
    func word(_ lengths: ClosedRange<Int>) -> [Character] {
      (0..<Int.random(in: lengths, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? "a"
      }
    }
    var words: Set<[Character]> = []
    while words.count < 400 { words.insert(word(3...8)) }
    // Swapped letters and the like are rare among words by chance.
    for known in words.sorted(by: { String($0) < String($1) }).prefix(150) {
      var other = known
      let at = Int.random(in: 0..<other.count - 1, using: &random)
      other.swapAt(at, at + 1)
      if Bool.random(using: &random) { other.append(letters[0]) }
      words.insert(other)
    }
    let sorted = words.map { String($0) }.sorted { isBelow(Array($0.utf8), Array($1.utf8)) }
    let directory = TemporaryDirectory()
    let index = try Fixture.index(sorted.map { Fixture.document($0, $0) }, in: directory)
    var (found, swapped) = (0, 0)
    for text in sorted.shuffled(using: &random).prefix(80) {
      for (ending, most) in [("~", 1), ("~2", 2)] {
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        func units(_ word: String) -> [UInt32] {
          isASCII ? word.utf8.map { UInt32($0) } : word.unicodeScalars.map(\.value)
        }
        let wanted = units(text)
        let expected = sorted.filter {
          let other = units($0)
          return (most > 1 || other.first == wanted.first) && Oracle.distance(wanted, other) <= most
        }
        let result = try index.search(
          Query.parse(text + ending, syntax: Fixture.syntax), options: SearchOptions(limit: 600))
        #expect(Set(result.hits.map { index.key(of: $0.document) }) == Set(expected), "\(text)")
        found += expected.count
        swapped += expected.count { $0 != text && $0.sorted() == text.sorted() }
      }
    }
    #expect(found > 200 && swapped > 20)
  }
}
