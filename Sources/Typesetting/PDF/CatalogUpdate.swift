/// Adds to a finished PDF what Cairo 1.16 cannot write: the language of the text, and the mark that
/// says its structure is to be relied on.
///
/// An incremental update as in ISO 32000-1, 7.5.6: the catalogue is written once more behind the end,
/// followed by a cross-reference section and a trailer that points back to the first ones.
enum CatalogUpdate {
  /// The document with its update; the bytes as they are when their end is not the expected one.
  static func apply(_ bytes: [UInt8], language: String) -> [UInt8] {
    let tail = String(decoding: bytes.suffix(1024), as: UTF8.self)
    guard let trailer = tail.range(of: "trailer", isLast: true),
      let root = number(after: "/Root ", in: tail[trailer.lowerBound...]),
      let size = number(after: "/Size ", in: tail[trailer.lowerBound...]),
      let start = number(after: "startxref\n", in: tail[trailer.lowerBound...]),
      let catalog = object(root, in: bytes), let end = catalog.range(of: ">>", isLast: true)
    else { return bytes }
    let info = number(after: "/Info ", in: tail[trailer.lowerBound...])
    let safeLanguage = language.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    var out = bytes
    if out.last != 0x0A { out.append(0x0A) }
    let offset = out.count
    out += Array(
      (catalog[..<end.lowerBound] + "   /Lang (\(safeLanguage))\n   /MarkInfo << /Marked true >>\n"
        + "   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n").utf8)
    let table = out.count
    let digits = String(offset)
    let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    out += Array("xref\n\(root) 1\n\(padded) 00000 n \n".utf8)
    out += Array("trailer\n<< /Size \(size)\n   /Root \(root) 0 R\n".utf8)
    if let info { out += Array("   /Info \(info) 0 R\n".utf8) }
    out += Array("   /Prev \(start)\n>>\nstartxref\n\(table)\n%%EOF\n".utf8)
    return out
  }

  private static func number(after key: String, in text: Substring) -> Int? {
    guard let place = text.firstRange(of: key) else { return nil }
    return Int(text[place.upperBound...].prefix { $0.isNumber })
  }

  /// The text of an object from its number to before `endobj`; it is looked for from the end.
  private static func object(_ number: Int, in bytes: [UInt8]) -> String? {
    let head = Array("\n\(number) 0 obj\n".utf8)
    guard bytes.count > head.count else { return nil }
    var at = bytes.count - head.count
    while at > 0, !bytes[at...].starts(with: head) { at -= 1 }
    guard at > 0 else { return nil }
    let rest = String(decoding: bytes[(at + 1)...].prefix(4096), as: UTF8.self)
    guard let end = rest.firstRange(of: "endobj") else { return nil }
    return String(rest[..<end.lowerBound])
  }
}

extension String {
  fileprivate func range(of part: String, isLast: Bool) -> Range<Index>? { ranges(of: part).last }
}
