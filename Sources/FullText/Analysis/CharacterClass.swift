/// What a scalar is to the analyser.
///
/// The raw values are those of the generated `FoldingTables`.
enum CharacterClass: UInt8 {
  /// Ends a word.
  case other = 0
  /// A letter or digit of a script that puts spaces between words.
  case word = 1
  /// Left out without ending a word: combining accents, joiners, soft hyphens, bidi marks.
  case ignored = 2
  /// A letter of a script without spaces between words: indexed as overlapping pairs.
  case bigram = 3
  /// A word by itself: emoji and other pictures.
  case symbol = 4
  /// Left out between two letters.
  case apostrophe = 5
}

/// The class of a byte below 0x80.
enum ASCIIClass {
  static let other: UInt8 = 0
  static let lower: UInt8 = 1
  static let upper: UInt8 = 2
  static let digit: UInt8 = 3
  static let joiner: UInt8 = 4
  static let apostrophe: UInt8 = 5
  static let beyond: UInt8 = 6

  /// The class of each byte; `beyond` for bytes of multi-byte scalars.
  static let table: [UInt8] = {
    var table = [UInt8](repeating: other, count: 256)
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { table[Int(byte)] = lower }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(byte)] = upper }
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = digit }
    for byte in "-./:@#_".utf8 { table[Int(byte)] = joiner }
    table[Int(UInt8(ascii: "'"))] = apostrophe
    for byte in 0x80...0xFF { table[byte] = beyond }
    return table
  }()
  static let isWord: UInt8 = 1 | 2 | 4
  static let isJoiner: UInt8 = 8
  static let isBeyond: UInt8 = 32
  /// What may follow a joiner that joins.
  static let mayJoin = isWord | isJoiner | isBeyond

  /// `table` at an address, for the innermost loops.
  nonisolated(unsafe) static let classes = UnsafePointer(copy(table))

  /// The class of each byte as a flag of its own; 0 for `other`.
  nonisolated(unsafe) static let flags = UnsafePointer(
    copy(table.map { $0 == other ? 0 : 1 << ($0 - 1) }))

  private static func copy(_ table: [UInt8]) -> UnsafeMutablePointer<UInt8> {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: table.count)
    copy.initialize(from: table, count: table.count)
    return copy
  }
}
