/// Folding of case, accents and width, the same for words, tags and titles.
///
/// Case is folded fully (`Straße` becomes `strasse`), accents go from Latin, Greek and Cyrillic
/// letters, full-width and half-width forms become ordinary ones. Source: Unicode 15.0,
/// CaseFolding.txt (C and F) and the compatibility decompositions of UnicodeData.txt.
public enum TextFolding {
  /// The folded form of `text`.
  public static func fold(_ text: String) -> String {
    String(decoding: foldedBytes(text), as: UTF8.self)
  }

  /// The folded form of `text` as UTF-8.
  public static func foldedBytes(_ text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { fold($0) }
  }

  /// The folded form of UTF-8 bytes; invalid bytes become U+FFFD.
  public static func fold(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80 {
        folded.append(lowered(byte))
        at += 1
        continue
      }
      let (scalar, length) = decode(bytes, at)
      at += length
      let entry = Self.entry(of: scalar)
      if entry.kind == .ignored { continue }
      if entry.folding == 0 {
        appendUTF8(scalar, to: &folded)
      } else {
        for index in 0..<3 {
          let part = foldedScalar(entry.folding, index)
          if part != 0 { appendUTF8(part, to: &folded) }
        }
      }
    }
    return folded
  }

  /// The ASCII lower-case form of `byte`.
  @inline(__always)
  static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 0x20 : byte
  }

  /// The scalar at `at` and its length in bytes; U+FFFD and 1 where the bytes are not UTF-8.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[at])
    if first < 0x80 { return (first, 1) }
    let length: Int
    var scalar: UInt32
    let least: UInt32
    switch first {
    case 0xC2...0xDF: (length, scalar, least) = (2, first & 0x1F, 0x80)
    case 0xE0...0xEF: (length, scalar, least) = (3, first & 0x0F, 0x800)
    case 0xF0...0xF4: (length, scalar, least) = (4, first & 0x07, 0x10000)
    default: return (0xFFFD, 1)
    }
    guard at + length <= bytes.count else { return (0xFFFD, 1) }
    for index in 1..<length {
      let byte = UInt32(bytes[at + index])
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      scalar = scalar << 6 | byte & 0x3F
    }
    guard scalar >= least, scalar <= 0x10FFFF, scalar & ~0x7FF != 0xD800 else { return (0xFFFD, 1) }
    return (scalar, length)
  }

  /// The class of a scalar at or above 0x80, and the number of its folding (0: itself).
  static func entry(of scalar: UInt32) -> (kind: CharacterClass, folding: Int) {
    guard scalar < 0x20000 else {
      if scalar < 0x40000 { return (.bigram, 0) }
      return (scalar >= 0xE0000 && scalar < 0xE1000 ? .ignored : .other, 0)
    }
    let block = sextets(FoldingTables.blocks, Int(scalar >> 6) * 2, 2)
    let value = sextets(FoldingTables.entries, (block * 64 + Int(scalar & 63)) * 3, 3)
    return (CharacterClass(rawValue: UInt8(value >> 12)) ?? .other, value & 0xFFF)
  }

  /// The scalar `index` (0 to 2) of a folding; 0 when it has fewer.
  static func foldedScalar(_ folding: Int, _ index: Int) -> UInt32 {
    UInt32(sextets(FoldingTables.foldings, (folding * 3 + index) * 3, 3))
  }

  @inline(__always)
  private static func sextets(_ table: StaticString, _ at: Int, _ count: Int) -> Int {
    var value = 0
    for index in at..<at + count { value = value << 6 | Int(table.utf8Start[index] &- 0x30) }
    return value
  }

  static func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | scalar >> 6))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    default:
      bytes.append(UInt8(0xF0 | scalar >> 18 & 0x07))
      bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
