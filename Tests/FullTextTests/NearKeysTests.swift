import Testing

@testable import FullText

/// The walk over the dictionary finds every key that is near, and no other.
@Suite struct NearKeysTests {
  /// Bytes for words in ASCII, scalars for others.
  private func letters(_ text: String, like word: String) -> [UInt32] {
    word.utf8.allSatisfy { $0 < 0x80 }
      ? text.utf8.map { UInt32($0) } : text.unicodeScalars.map(\.value)
  }

  /// The near keys of a table of `keys`, with their edits.
  private func found(
    _ word: String, _ most: Int, _ first: String, in keys: [String]
  ) -> [String: Int] {
    var writer = FrontCodedTableWriter()
    for key in keys {
      Array(key.utf8).withUnsafeBufferPointer {
        writer.append($0, payload: [7, 9], inlineCount: 1)
      }
    }
    var training = SymbolTraining()
    writer.sample(SymbolTraining.enough, to: &training)
    let coder = training.coder()
    let (sparse, data) = writer.coded(coder)
    return coder.encoded.withUnsafeBufferPointer { symbols in
      sparse.withUnsafeBufferPointer { sparse in
        data.withUnsafeBufferPointer { data in
          guard let symbols = SymbolTable(symbols) else { return [:] }
          let table = FrontCodedTable(sparse: sparse, data: data, streams: 2, symbols: symbols)
          let near = Array(first.utf8).withUnsafeBufferPointer {
            table.keys(near: EditDistance(word: Array(word.utf8), most: most), startingWith: $0)
          }
          #expect(!near.isDamaged)
          #expect(near.found.map(\.ordinal) == near.found.map(\.ordinal).sorted())
          return Dictionary(
            uniqueKeysWithValues: near.found.map { (keys[$0.ordinal], $0.distance) })
        }
      }
    }
  }

  private func sorted(_ words: Set<String>) -> [String] {
    words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func check(_ word: String, _ most: Int, _ keys: [String]) {
    let first = most == 1 ? String(word.unicodeScalars.first!) : ""
    var wanted: [String: Int] = [:]
    for key in keys where key.hasPrefix(first) && key.utf8.starts(with: first.utf8) {
      let far = Oracle.distance(letters(word, like: word), letters(key, like: word))
      if far <= most { wanted[key] = far }
    }
    #expect(found(word, most, first, in: keys) == wanted, "\(word) \(most)")
  }

  /// Words of few letters stand close together: most lookups find many.
  @Test(arguments: [1, 2])
  func allWordsOfFewLetters(most: Int) {
    var random = SeededGenerator(seed: 31)
    let letters: [Character] = ["a", "b", "c", "d", "é", "日"]
    func word(_ kinds: Int) -> String {
      String(
        (0..<Int.random(in: 1...9, using: &random)).map { _ in
          letters[Int.random(in: 0..<kinds, using: &random)]
        })
    }
    for kinds in [2, 4, 6] {
      let keys = sorted(Set((0..<1_200).map { _ in word(kinds) }))
      for _ in 0..<25 { check(word(kinds), most, keys) }
    }
  }

  /// Long words with long common beginnings: whole blocks begin alike and are passed.
  @Test(arguments: [1, 2])
  func wordsThatBeginAlike(most: Int) {
    var random = SeededGenerator(seed: 5)
    let beginnings = ["con", "configura", "internationalis", "x", "zz", "pre", "p"]
    let endings = ["tion", "ted", "ting", "tions", "a", "", "er", "ers", "ity"]
    var words: Set<String> = ["zzzznothing"]
    while words.count < 2_000 {
      var middle = ""
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        middle.append(Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &random))))
      }
      words.insert(
        beginnings.randomElement(using: &random)! + middle + endings.randomElement(using: &random)!)
    }
    words.remove("")
    let keys = sorted(words)
    for _ in 0..<30 {
      var typed = Array(keys.randomElement(using: &random)!)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: 0..<typed.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where typed.count > 1: typed.remove(at: place)
        case 1: typed.insert("q", at: place)
        case 2 where place > 0: typed.swapAt(place, place - 1)
        default: typed[place] = "e"
        }
      }
      check(String(typed), most, keys)
    }
    check("zzzznothing", most, keys)
    check("nothingatallhere", most, keys)
  }

  /// A word may have more letters than a machine word bits.
  @Test(arguments: [61, 62, 63, 64, 65, 66], [1, 2])
  func longWords(length: Int, most: Int) {
    let whole = String(repeating: "abcdefghij", count: 7)
    var keys: Set<String> = []
    for count in 55...64 {
      keys.insert(String(whole.prefix(count)))
      keys.insert(String(whole.prefix(count - 1)) + "x")
      keys.insert(
        "a" + whole.dropFirst().prefix(20).reversed() + whole.dropFirst(21).prefix(count - 21))
      keys.insert("a" + String(whole.dropFirst(2).prefix(count - 1)))
    }
    check(String(whole.prefix(length)), most, sorted(keys))
    check(
      String(whole.prefix(length - 1)) + "é", most, sorted(keys.filter { $0.count < length + 3 }))
  }
}
