internal import Notes

/// Names for the second of two versions. They come from the bytes of the version, so that every device
/// that merges the same commits gives the same names.
enum ConflictName {
  private static let mark = Array(".conflict-".utf8)

  /// `pools.conflict-1a2b3c4d.md` for `pools.md`; a copy of a copy is not marked twice.
  static func copy(of name: [UInt8], _ id: ObjectID, digits: Int = 8) -> [UInt8] {
    let (stem, end) = parts(name)
    return fitted(plain(stem), mark + id.description.utf8.prefix(digits), end)
  }

  /// `pools-1a2b3c4d.md`: a note of its own beside another of the same name.
  static func beside(_ name: [UInt8], _ id: ObjectID, separator: String = "-") -> [UInt8] {
    let (stem, end) = parts(name)
    return fitted(stem, Array(separator.utf8) + id.description.utf8.prefix(8), end)
  }

  /// Whether a name is that of a copy.
  static func isCopy(_ name: [UInt8]) -> Bool {
    let stem = parts(name).stem
    return plain(stem).count < stem.count
  }

  private static func plain(_ stem: [UInt8]) -> [UInt8] {
    guard let dot = stem.lastIndex(of: UInt8(ascii: ".")), stem[dot...].starts(with: mark) else {
      return stem
    }
    let digits = stem[dot...].dropFirst(mark.count)
    let isHash = digits.count >= 8 && digits.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    return isHash && dot > 0 ? Array(stem[..<dot]) : stem
  }

  private static func parts(_ name: [UInt8]) -> (stem: [UInt8], end: [UInt8]) {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0, name.count - dot <= 12 else {
      return (name, [])
    }
    return (Array(name[..<dot]), Array(name[dot...]))
  }

  /// Names have at most 255 bytes; a long one is cut between two characters.
  private static func fitted(_ stem: [UInt8], _ middle: [UInt8], _ end: [UInt8]) -> [UInt8] {
    var stem = stem
    while stem.count + middle.count + end.count > 255 {
      while let last = stem.popLast(), last & 0xC0 == 0x80 {}
    }
    return stem + middle + end
  }
}
