/// Which names travel between devices.
///
/// A name that one system reads as `.git` (HFS+ leaves out some code points, NTFS trailing dots and
/// spaces) could overwrite a repository there, so such names are refused everywhere.
enum CarriedName {
  /// Why a name cannot travel; nil when it can.
  static func problem(_ name: [UInt8]) -> String? {
    if isPlain(name) { return nil }
    if name.isEmpty || name == Array(".".utf8) || name == Array("..".utf8) {
      return "it is not a name"
    }
    if name.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "it has a control character" }
    if name.contains(UInt8(ascii: "/")) || name.contains(UInt8(ascii: "\\")) {
      return "it has a slash or a backslash"
    }
    if name.count > 255 { return "it is longer than 255 bytes" }
    if isRepository(name) { return "some systems take it for .git" }
    return nil
  }

  /// Whether a name is made of printable ASCII and begins like none that is refused: nearly all are.
  private static func isPlain(_ name: [UInt8]) -> Bool {
    guard let first = name.first, name.count <= 255 else { return false }
    if first == UInt8(ascii: ".") || first | 0x20 == UInt8(ascii: "g") { return false }
    return name.allSatisfy {
      (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
    }
  }

  private static func isRepository(_ name: [UInt8]) -> Bool {
    var text = String(decoding: name, as: UTF8.self).unicodeScalars.filter { !isIgnorable($0) }
      .map { Character($0).lowercased() }.joined()
    if let colon = text.firstIndex(of: ":") { text = String(text[..<colon]) }
    while text.hasSuffix(" ") || text.hasSuffix(".") { text.removeLast() }
    return text == ".git" || text == "git~1"
  }

  /// What HFS+ does not see when it compares names.
  private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }

  /// Files that programs put beside a note while it is written: folio's, Vim's and Emacs's.
  static func isTemporary(_ name: [UInt8]) -> Bool {
    guard name.first == UInt8(ascii: ".") else { return false }
    let text = String(decoding: name, as: UTF8.self)
    if text.hasPrefix(".#") { return true }
    if text.hasPrefix(".folio-"), text.utf8.count == 23 {
      return text.dropFirst(7).allSatisfy { $0.isHexDigit }
    }
    return text.hasPrefix(".") && (text.hasSuffix(".swp") || text.hasSuffix(".swo"))
  }
}
